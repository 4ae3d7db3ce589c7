"""Word documents as they are shown: merged cells, tracked changes, lists that number themselves, boxes and notes."""

from __future__ import annotations

from pathlib import Path

from made import W, docx, p, tbl, tc, tr
from mse.model import Report
from mse.reading import read

HEAD = tr("序号", "工作任务", "进展情况", "责任单位")


def report_of(tmp_path: Path, body: str, **parts: str) -> Report:
    file = tmp_path / "报告.docx"
    file.write_bytes(docx(body, **parts))
    return read(file)


def test_text_tables_and_places(tmp_path: Path) -> None:
    body = (
        p("2020年民生实事进展情况表")
        + tbl(HEAD, tr("1", "新增床位", tc(p("已新增") + p("800张")), "市卫健局"))
        + p("完")
    )
    report = report_of(tmp_path, body)
    assert report.text == (
        "2020年民生实事进展情况表\n序号\t工作任务\t进展情况\t责任单位\n1\t新增床位\t已新增\n800张\t市卫健局\n完\n"
    )
    (task,) = report.tasks
    progress = task.cells[1]
    assert report.text[progress.start : progress.end] == "已新增\n800张"
    assert (progress.table, progress.row, progress.column, progress.page) == (1, 2, 3, 1)
    assert report.metadata.title == "2020年民生实事进展情况表"


def test_merged_both_ways(tmp_path: Path) -> None:
    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        tr(tc("一、改善民生", '<w:gridSpan w:val="4"/>')),
        tr("1", "新增床位", "已新增800张", tc("市卫健局", restart)),
        tr("2", "改造门诊", "已完成", tc("", goes_on)),
        tr("3", "修路", "已动工", "市交通局"),
    ]
    report = report_of(tmp_path, tbl(HEAD, *rows))
    assert [t.lead_organizations for t in report.tasks] == [["市卫健局"], ["市卫健局"], ["市交通局"]]
    assert [t.category for t in report.tasks] == ["一、改善民生"] * 3


def test_a_row_that_begins_with_a_gap(tmp_path: Path) -> None:
    gap = '<w:gridBefore w:val="1"/>'
    report = report_of(
        tmp_path, tbl(HEAD, tr("1", "新增床位", "已增", "甲局"), tr("修路", "已修", "乙局", properties=gap))
    )
    assert [t.text for t in report.tasks] == ["新增床位", "修路"]


def test_tracked_changes(tmp_path: Path) -> None:
    changed = (
        '<w:p><w:r><w:t>已完成</w:t></w:r><w:del w:id="1"><w:r><w:delText>600</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>800</w:t></w:r></w:ins><w:r><w:t>张</w:t></w:r>'
        '<w:moveFrom w:id="3"><w:r><w:t>旧</w:t></w:r></w:moveFrom></w:p>'
    )
    deleted = tr("2", "删去的任务", "无", "乙局", properties='<w:del w:id="4"/>')
    report = report_of(tmp_path, tbl(HEAD, tr("1", "新增床位", tc(changed), "甲局"), deleted))
    assert "已完成800张" in report.text
    assert len(report.tasks) == 1


def test_lists_number_themselves(tmp_path: Path) -> None:
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>'
        "</w:numbering>"
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'
    number = p("", properties=listed.format(5))
    headings = p("总体情况", properties=listed.format(6)) + p("下一步", properties=listed.format(6))
    rows = [tr(tc(number), task, "已完成", "甲局") for task in ("新增床位", "修路", "植树")]
    report = report_of(tmp_path, headings + tbl(HEAD, *rows), numbering=numbering)
    assert [t.number for t in report.tasks] == ["1", "2", "3"]
    assert report.text.startswith("一、总体情况\n二、下一步\n")


def test_boxes_notes_fields_and_breaks(tmp_path: Path) -> None:
    box = "<w:r><w:txbxContent>" + p("框内文字") + "</w:txbxContent></w:r>"
    twice = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
        f"{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r><w:r><w:br/><w:t>下行</w:t></w:r>"
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    first, second = (f'<w:footnote w:id="{n}">{p(text)}</w:footnote>' for n, text in ((2, "脚注文字"), (3, "不用")))
    notes = f"<w:footnotes {W}>{first}{second}</w:footnotes>"
    report = report_of(tmp_path, f"<w:p><w:r><w:t>正文</w:t></w:r>{twice}{field}{note}</w:p>", footnotes=notes)
    assert report.text == "正文7\n下行\n框内文字\n脚注文字\n"


def test_nested_tables(tmp_path: Path) -> None:
    inner = tbl(HEAD, tr("1", "新增床位", "已新增800张", "市卫健局"))
    layout = tbl(tr(tc(p("左边说明")), tc(inner + p("表后文字"))))
    report = report_of(tmp_path, layout)
    assert [t.text for t in report.tasks] == ["新增床位"]
    assert report.text.startswith("左边说明\n序号")
    small = tbl(tr("一季度", "300张"), tr("二季度", "500张"))
    report = report_of(tmp_path, tbl(HEAD, tr("1", "新增床位", tc(p("已新增：") + small + p("")), "市卫健局")))
    progress = report.tasks[0].cells[1]
    assert report.text[progress.start : progress.end] == "已新增：\n一季度\t300张\n二季度\t500张"


def test_a_table_broken_by_a_page_keeps_its_merged_office_and_numbers(tmp_path: Path) -> None:
    page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    first, second = tr("1", "新增床位", "已新增", "甲局"), tr("2", "修路", "已修", "乙局")
    report = report_of(
        tmp_path, tbl(HEAD, first) + page + tbl(HEAD, second) + page + tbl(tr("3", "植树", "已植", "丙局"))
    )
    assert [t.number for t in report.tasks] == ["1", "2", "3"]
    assert [t.cells[0].page for t in report.tasks] == [1, 2, 3]


def test_properties_fill_what_the_text_leaves_open(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.core_properties.title = "肇庆市2020年民生实事进展情况（上半年）"
    table = document.add_table(2, 4)
    for row, texts in enumerate(
        (("序号", "工作任务", "进展情况", "责任单位"), ("1", "修路5公里", "已修3公里", "市交通局"))
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.save(str(tmp_path / "a.docx"))
    metadata = read(tmp_path / "a.docx").metadata
    assert (metadata.title, metadata.place, metadata.year) == ("肇庆市2020年民生实事进展情况（上半年）", "肇庆市", 2020)
    assert str(metadata.period.end) == "2020-06-30"
