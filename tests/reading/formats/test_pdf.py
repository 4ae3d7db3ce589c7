"""PDF: unruled tables, tables with rules only between rows, running text, pages without text."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from mse.errors import EncryptedError, UnsupportedError
from mse.reading import read
from mse.reading.formats.pdf.font import box_font

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
HEADER = ["序号", "工作任务", "进展情况", "责任单位"]
ROWS = [
    ["1", ["新增医疗床位1000张，建", "设疾控中心大楼。"], ["已新增800张，占年度任务", "的80%。"], ["市卫生健康局"]],
    ["2", ["改造老旧小区15个。"], ["已完成9个，其余6个正在施", "工。"], ["市住房城乡建", "设局"]],
]
LEFT = (20 * mm, 35 * mm, 85 * mm, 140 * mm)


def canvas(path: Path, **settings: object) -> Canvas:
    made = Canvas(str(path), invariant=1, **settings)
    made.setFont("STSong-Light", 10)
    return made


def draw_table(made: Canvas, top: float, rule: str = "") -> float:
    """Draw the rows from a height down; `rule` draws lines between rows."""
    y = top
    if rule:
        made.line(18 * mm, y + 12, 190 * mm, y + 12)
    for x, text in zip(LEFT, HEADER, strict=True):
        made.drawString(x, y, text)
    for row in ROWS:
        y -= 22
        if rule:
            made.line(18 * mm, y + 14, 190 * mm, y + 14)
        height = max(len(cell) for cell in row if isinstance(cell, list))
        for x, cell in zip(LEFT, row, strict=True):
            for number, line in enumerate(cell if isinstance(cell, list) else [cell]):
                made.drawString(x, y - 12 * number, line)
        y -= 12 * (height - 1)
    return y


@pytest.mark.parametrize("rule", ["", "between rows"])
def test_tables_without_rules_around_their_cells(tmp_path: Path, rule: str) -> None:
    made = canvas(tmp_path / "a.pdf")
    made.drawCentredString(105 * mm, 270 * mm, "2020年民生实事进展情况表")
    bottom = draw_table(made, 255 * mm, rule)
    made.drawString(20 * mm, bottom - 80, "以上情况，特此通报。")
    made.save()
    report = read(tmp_path / "a.pdf")
    assert [(t.number, t.text) for t in report.tasks] == [
        ("1", "新增医疗床位1000张，建设疾控中心大楼。"),
        ("2", "改造老旧小区15个。"),
    ]
    assert [t.lead_organizations for t in report.tasks] == [["市卫生健康局"], ["市住房城乡建设局"]]
    cell = report.tasks[0].cells[1]
    assert report.text[cell.start : cell.end] == "已新增800张，占年度任务的80%。"
    assert (cell.page, cell.table, cell.column) == (1, 1, 3)
    assert report.metadata.title == "2020年民生实事进展情况表"
    assert report.text.endswith("以上情况，特此通报。\n")


def test_running_text_is_put_together_again(tmp_path: Path) -> None:
    made = canvas(tmp_path / "a.pdf")
    full = "今年以来全市上下认真贯彻落实各项决策部署扎实推进高质量发展"
    made.drawString(20 * mm + 20, 250 * mm, full[:28])
    made.drawString(20 * mm, 250 * mm - 16, full[:30].replace("今", "全"))
    made.drawString(20 * mm, 250 * mm - 32, "成效明显。")
    made.drawString(20 * mm + 20, 250 * mm - 48, "完成投资3.7亿元。")
    made.drawCentredString(105 * mm, 8 * mm, "- 1 -")
    made.save()
    assert (
        read(tmp_path / "a.pdf").text == full[:28] + full[:30].replace("今", "全") + "成效明显。\n完成投资3.7亿元。\n"
    )


def test_characters_that_stand_alone_are_read_without_their_font(tmp_path: Path) -> None:
    made = canvas(tmp_path / "a.pdf")
    for index, char in enumerate("完成投资三亿元"):
        made.drawString(20 * mm + 10 * index, 250 * mm, char)
    made.save()
    assert read(tmp_path / "a.pdf").text == "完成投资三亿元\n"
    assert box_font()[:4] == b"\x00\x01\x00\x00"


def test_a_turned_page_is_read_upright(tmp_path: Path) -> None:
    made = canvas(tmp_path / "a.pdf")
    made.rotate(90)
    made.setFont("STSong-Light", 10)
    made.translate(0, -210 * mm)
    draw_table(made, 180 * mm, "between rows")
    made.save()
    assert [t.number for t in read(tmp_path / "a.pdf").tasks] == ["1", "2"]


def test_bold_drawn_twice_is_read_once(tmp_path: Path) -> None:
    made = canvas(tmp_path / "a.pdf")
    for shift in (0, 0.3):
        made.drawString(20 * mm + shift, 250 * mm, "完成投资3.7亿元")
    made.save()
    assert read(tmp_path / "a.pdf").text == "完成投资3.7亿元\n"


def test_a_scanned_and_an_empty_document_say_so(tmp_path: Path) -> None:
    from PIL import Image

    noise = Image.frombytes("L", (64, 64), random.Random(0).randbytes(64 * 64))
    made = canvas(tmp_path / "scan.pdf")
    made.drawInlineImage(noise, 0, 0, 500, 700)
    made.save()
    with pytest.raises(UnsupportedError, match="scanned") as caught:
        read(tmp_path / "scan.pdf")
    assert "OCR" in caught.value.hint
    made = canvas(tmp_path / "empty.pdf")
    made.showPage()
    made.save()
    with pytest.raises(UnsupportedError, match="without text"):
        read(tmp_path / "empty.pdf")


def test_an_encrypted_document_says_so(tmp_path: Path) -> None:
    made = canvas(tmp_path / "a.pdf", encrypt="secret")
    made.drawString(50, 500, "完成")
    made.save()
    with pytest.raises(EncryptedError, match="encrypted"):
        read(tmp_path / "a.pdf")
