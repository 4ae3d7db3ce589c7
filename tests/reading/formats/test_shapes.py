"""Tables of every build come to the same tasks: turned, with two header lines, side by side, with units in columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from made import xlsx
from mse.model import Report
from mse.reading import read

HEADER = ["序号", "工作任务", "进展情况", "责任单位"]
ROWS = [[1, "新增床位1000张", "已新增800张", "市卫生健康局"], [2, "改造老旧小区15个", "已完成9个", "市住房城乡建设局"]]


def of(report: Report) -> list[tuple[str, str, list[str], list[str]]]:
    """Number, text, leading offices and progress of every task."""
    return [
        (
            t.number,
            t.text,
            t.lead_organizations,
            [report.text[c.start : c.end] for c in t.cells if c.role == "progress"],
        )
        for t in report.tasks
    ]


EXPECTED = [
    ("1", "新增床位1000张", ["市卫生健康局"], ["已新增800张"]),
    ("2", "改造老旧小区15个", ["市住房城乡建设局"], ["已完成9个"]),
]


def sheet(tmp_path: Path, rows: list, merged: tuple[str, ...] = ()) -> Report:
    return read(xlsx({"情况": rows}, tmp_path / "表.xlsx", merged))


def test_plain_with_a_title_row_and_a_note(tmp_path: Path) -> None:
    rows = [["2020年民生实事1-9月进展情况表"], HEADER, *ROWS, ["合计", None, "2项", None], ["注：数据截至9月底"]]
    report = sheet(tmp_path, rows, ("A1:D1", "A6:D6"))
    assert of(report) == EXPECTED
    assert report.metadata.title == "2020年民生实事1-9月进展情况表"
    assert str(report.metadata.period.end) == "2020-09-30"


def test_turned_by_90_degrees(tmp_path: Path) -> None:
    rows = [[HEADER[i], ROWS[0][i], ROWS[1][i]] for i in range(4)]
    assert of(sheet(tmp_path, [["2020年进展情况"], *rows])) == EXPECTED


def test_turned_with_a_merged_office(tmp_path: Path) -> None:
    rows = [[HEADER[i], ROWS[0][i], ROWS[1][i]] for i in range(3)] + [["责任单位", "市卫生健康局", None]]
    offices = [task.lead_organizations for task in sheet(tmp_path, rows, ("B4:C4",)).tasks]
    assert offices == [["市卫生健康局"], ["市卫生健康局"]]


def test_a_form_of_labels_and_values(tmp_path: Path) -> None:
    rows = []
    for number, task, progress, office in ROWS:
        rows += [["工作任务", task, "序号", number], ["进展情况", progress, "责任单位", office]]
    assert of(sheet(tmp_path, rows)) == EXPECTED


def test_header_over_two_lines_merged(tmp_path: Path) -> None:
    rows = [
        ["序号", "工作任务", "进展情况", None, "责任单位", None],
        [None, None, "完成情况", "存在问题", "牵头单位", "配合单位"],
        [1, "新增床位1000张", "已新增800张", "资金不足", "市卫生健康局", "市财政局"],
    ]
    report = sheet(tmp_path, rows, ("A1:A2", "B1:B2", "C1:D1", "E1:F1"))
    (task,) = report.tasks
    assert [cell.role for cell in task.cells] == ["task", "progress", "problems"]
    assert (task.lead_organizations, task.supporting_organizations) == (["市卫生健康局"], ["市财政局"])
    assert all(report.text[a:b] not in ("进展情况", "完成情况") for t in report.tasks for a, b in [(t.start, t.end)])


def test_header_over_two_lines_without_merging(tmp_path: Path) -> None:
    rows = [
        ["序号", "工作任务", "季度安排", None, "责任单位"],
        [None, None, "一季度", "二季度", None],
        [1, "新增床位1000张", "完成设计", "开工建设", "市卫生健康局"],
    ]
    (task,) = sheet(tmp_path, rows).tasks
    assert [cell.role for cell in task.cells] == ["task", "plan", "plan"]


def test_side_by_side(tmp_path: Path) -> None:
    left, right = ROWS
    rows = [[*HEADER, None, *HEADER], [*left, None, *right]]
    assert of(sheet(tmp_path, rows)) == EXPECTED


def test_several_tables_in_a_sheet_and_several_sheets(tmp_path: Path) -> None:
    one = [
        ["一、民生实事"],
        HEADER,
        ROWS[0],
        [],
        ["二、重点工作"],
        ["编号", "重点任务", "落实情况", "牵头单位"],
        ROWS[1],
    ]
    report = read(xlsx({"甲": one, "乙": [HEADER, *ROWS]}, tmp_path / "两表.xlsx"))
    assert of(report) == EXPECTED + EXPECTED
    assert [task.cells[0].sheet for task in report.tasks] == ["甲", "甲", "乙", "乙"]
    assert [task.cells[0].row for task in report.tasks] == [3, 7, 2, 3]


def test_columns_without_a_header_by_their_content(tmp_path: Path) -> None:
    rows = [
        [i, f"新建改建公共厕所{i}0座并投入使用", f"目前已经完成{i}座的建设任务", "市城市管理局"] for i in range(1, 6)
    ]
    report = sheet(tmp_path, rows)
    assert [task.number for task in report.tasks] == ["1", "2", "3", "4", "5"]
    assert all(task.lead_organizations == ["市城市管理局"] for task in report.tasks)


def test_merged_cells_hold_and_empty_ones_are_empty(tmp_path: Path) -> None:
    header = ["序号", "工作任务", "责任领导", "牵头单位"]
    rows = [header, [1, "新增床位1000张", "王一", "市卫生健康局"], [2, "修路5公里", None, "市交通局"]]
    rows += [[3, "植树3万株", None, "市林业局"]]
    report = sheet(tmp_path, rows, ("C2:C3",))
    assert [task.leaders for task in report.tasks] == [["王一"], ["王一"], []]


def test_rows_below_a_merged_task(tmp_path: Path) -> None:
    rows = [
        HEADER,
        [1, "建设两座水厂", "第一座已完工", "市水务局"],
        [None, None, "第二座完成60%", None],
        [2, *ROWS[1][1:]],
    ]
    report = sheet(tmp_path, rows, ("A2:A3", "B2:B3", "D2:D3"))
    assert [len(task.cells) for task in report.tasks] == [3, 2]


def test_a_number_that_is_merged_over_different_tasks_gives_each_its_own(tmp_path: Path) -> None:
    rows = [
        HEADER,
        [1, "新增床位1000张", "已新增800张", "市卫生健康局"],
        [None, "改造门诊15个", "已完成9个", "市卫生健康局"],
    ]
    assert len(sheet(tmp_path, rows, ("A2:A3",)).tasks) == 2


@pytest.mark.parametrize(
    ("header", "unit"),
    [("目标（人）", "人"), ("投资(万元)", "万元"), ("完成比例(%)", "%"), ("完成率", "%"), ("目标值/公里", "公里")],
)
def test_the_unit_stands_in_the_header(tmp_path: Path, header: str, unit: str) -> None:
    rows = [["序号", "工作任务", "年度目标", header.replace("投资", "完成投资")], [1, "新增床位1000张", 5, 2000]]
    (task,) = sheet(tmp_path, rows).tasks
    assert task.cells[-1].unit == unit


def test_the_unit_stands_in_a_column_or_above_the_table(tmp_path: Path) -> None:
    rows = [
        ["序号", "指标名称", "单位", "目标值", "完成值"],
        [1, "城镇新增就业", "人", 2000, 679],
        [2, "投资", "亿元", 12, 8],
    ]
    report = sheet(tmp_path, rows)
    assert [[cell.unit for cell in task.cells[1:]] for task in report.tasks] == [["人", "人"], ["亿元", "亿元"]]
    assert all(not task.lead_organizations for task in report.tasks)
    rows = [
        ["2020年投资情况"],
        [None, None, None, "单位：万元"],
        ["序号", "项目名称", "年度计划", "完成投资"],
        [1, "水厂", 2000, 679],
    ]
    (task,) = read(xlsx({"一": rows}, tmp_path / "三.xlsx")).tasks
    assert [cell.unit for cell in task.cells[1:]] == ["万元", "万元"]


def test_a_column_named_unit_that_holds_offices(tmp_path: Path) -> None:
    rows = [["序号", "工作任务", "进展情况", "单位"], *ROWS]
    assert of(sheet(tmp_path, rows)) == EXPECTED
