"""Excel workbooks: numbers as they are displayed, dates, sheets, and results of formulas."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from made import xlsx
from mse.reading import read
from mse.reading.formats.displayed import displayed, number_of

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize(
    ("stored", "form", "shown"),
    [
        ("0.33950000000000002", "0.00%", "33.95%"),
        ("0.3395", "0%", "34%"),
        ("0.1+0.2", "0.0", None),
        ("2000", "General", "2000"),
        ("1E-3", "", "0.001"),
        ("41500", "#,##0", "41,500"),
        ("3.7", '0.0"亿元"', "3.7亿元"),
        ("12345678", "#,##0,", "12,346"),
        ("-5", "0;(0)", "(5)"),
        ("0", '0;-0;"-"', "-"),
        ("-8.2", "0.0", "-8.2"),
        ("7", '"第"0"名"', "第7名"),
        ("1234.5", "_ * #,##0.00_ ;_ * -#,##0.00_ ", "1,234.50"),
        ("43969", 'yyyy"年"m"月"d"日"', "2020年5月18日"),
        ("43969", "yyyy/m/d", "2020/5/18"),
        ("43969.5", "yyyy-mm-dd hh:mm:ss", "2020-05-18 12:00:00"),
        ("43969", '[$-804]yyyy"年"m"月"', "2020年5月"),
        ("1e300", "0", None),
        ("nan", "0", None),
        ("99999999999", "yyyy/m/d", "99999999999"),
        ("5", "@", "5"),
        ("5", "0" * 5000, "0" * 199 + "5"),
    ],
)
def test_numbers_are_shown_as_the_sheet_shows_them(stored: str, form: str, shown: str | None) -> None:
    value = number_of(stored)
    assert (None if value is None else displayed(value, form)) == shown


def test_days_may_count_from_1904() -> None:
    assert displayed(Decimal(42507), "yyyy-mm-dd", from_1904=True) == "2020-05-18"


def test_what_cells_show_is_what_is_read(tmp_path: Path) -> None:
    rows = [
        ["序号", "工作任务", "进展情况", "完成率"],
        [1, "新增床位1000张", (dt.date(2020, 5, 18), 'yyyy"年"m"月"d"日"'), (0.3395, "0.00%")],
        [2, "植树", "=A2*2", True],
    ]
    file = xlsx({"一": rows}, tmp_path / "a.xlsx")
    text = read(file).text
    assert "1\t新增床位1000张\t2020年5月18日\t33.95%\n" in text
    # The formula was never computed by a spreadsheet, so there is nothing to show; it is not computed here either.
    assert "2\t植树\t\tTRUE\n" in text
    assert "=A2" not in text


def test_hidden_sheets_are_left_out(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    file = xlsx({"一": [["看得见"]], "二": [["看不见"]]}, tmp_path / "a.xlsx")
    book = load_workbook(file)
    book["二"].sheet_state = "hidden"
    book.save(file)
    assert read(file).text == "看得见\n"


def test_line_breaks_and_rich_text_in_cells(tmp_path: Path) -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    rich = CellRichText("已新增", TextBlock(InlineFont(b=True), "800张"), "，\n进展顺利")
    rows = [["序号", "工作任务", "进展情况"], [1, "新增床位", rich]]
    report = read(xlsx({"一": rows}, tmp_path / "a.xlsx"))
    cell = report.tasks[0].cells[1]
    assert report.text[cell.start : cell.end] == "已新增800张，\n进展顺利"


def test_an_old_workbook_reads_like_a_new_one() -> None:
    """`old.xls` was written with xlwt: a merged office, a percentage, a date and a hidden second sheet."""
    report = read(DATA / "old.xls")
    assert [task.lead_organizations for task in report.tasks] == [["市卫生健康局"], ["市卫生健康局"]]
    assert "33.95%" in report.text
    assert "2020年5月18日" in report.text
    assert "看不见" not in report.text
    assert report.tasks[0].cells[0].sheet == "进展"
