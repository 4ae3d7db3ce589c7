"""Tables each of whose cells ends in a stroke: the text of a web page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mse
from mse.grammar import load
from mse.reading import read_text
from mse.reading.clean import squeeze
from mse.reading.columns import header_roles
from mse.reading.flattened import flattened
from mse.reading.placing import _WHEN, Column, placed

A_CELL_A_LINE = """\
2016年1-5月民生实事完成情况表 |
序号 |
实事项目名称 |
责任单位 |
目标任务 |
1-5月实际完成情况 |
完成率% |
备注 |
1 |
改造农村危房 |
县住建局 |
400户 |
310 |
77.5% |
超时间进度 |
2 |
新增城镇就业 |
县人社局 |
2600 |
1300 |
50% |
|
3 |
新建敬老院 |
县民政局 |
2所 |
|
40% |
主体施工 |
"""


def rows(text: str) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for grid in flattened(text) for row in grid.rows]


def test_a_cell_a_line() -> None:
    report = read_text(A_CELL_A_LINE)
    assert [(task.number, task.text, task.lead_organizations) for task in report.tasks] == [
        ("1", "改造农村危房", ["县住建局"]),
        ("2", "新增城镇就业", ["县人社局"]),
        ("3", "新建敬老院", ["县民政局"]),
    ]
    facts = [
        (fact.target and fact.target.text, fact.actual and fact.actual.text, fact.completion and fact.completion.stated)
        for fact in mse.extract(report)
    ]
    assert [tuple(map(str, fact)) for fact in facts[:2]] == [("400户", "310", "77.5"), ("2600", "1300", "50")]
    assert str(facts[2][0]) == "2所"
    assert facts[2][1] is None


def test_a_number_without_a_unit_is_counted_like_the_one_beside_it() -> None:
    facts = mse.extract(read_text(A_CELL_A_LINE.replace("400户", "4万户").replace("310", "3.1")))
    assert facts[0].actual is not None
    assert (str(facts[0].actual.value), facts[0].unit) == ("31000", "户")


def test_strokes_at_the_end_of_a_row_count_its_empty_and_merged_cells() -> None:
    text = """\
项目名称 | 工作任务 | 完成时限 | 牵头单位 |
1.城市路网项目 | 改造主干道4条； | 9月底 | 住建局 |
2022.11 | 城建集团 | ||
新建停车场6处； | 2022.12 | 交警大队 | |
2.农村供水项目 | 铺设管道30公里。 | 12月 | 水利局 |
"""
    assert rows(text)[1:] == [
        ["1.城市路网项目", "改造主干道4条；", "9月底", "住建局"],
        ["", "", "2022.11", "城建集团"],
        ["", "新建停车场6处；", "2022.12", "交警大队"],
        ["2.农村供水项目", "铺设管道30公里。", "12月", "水利局"],
    ]


def test_rows_that_lost_a_merged_cell() -> None:
    text = """\
大类 | 序号 | 工作任务 | 分管领导 | 责任单位 | 落实情况 |
一、提高救助水平 | 1 | 低保标准提高到每月700元。 | 王建军 | 市民政局 | 已完成。提高到每月720元。 |
2 | 救助流浪人员900人次。 | 王建军 | 市民政局 | 截至8月底，救助812人次。 |
"""
    report = read_text(text)
    assert [(task.number, task.category, task.leaders, task.lead_organizations) for task in report.tasks] == [
        ("1", "一、提高救助水平", ["王建军"], ["市民政局"]),
        ("2", "一、提高救助水平", ["王建军"], ["市民政局"]),
    ]
    assert squeeze(report.text[report.tasks[1].cells[-1].start :]).startswith("截至8月底")


def test_a_table_of_one_row() -> None:
    head = ["序号", "实施内容", "责任单位", "协同单位", "分管领导", "最新进度（8月2日）", "达序时", "问题"]
    text = "".join(f"{cell} |\n" for cell in [*head, "7", "改造户厕90户。", "县住建局", "各乡镇", "已完成60户。"])
    (task,) = read_text(text).tasks
    assert (task.number, task.text, task.lead_organizations) == ("7", "改造户厕90户。", ["县住建局"])
    assert [cell.role for cell in task.cells] == ["task", "progress"]


def test_a_lone_cell_that_names_a_group() -> None:
    text = """\
序号 | 工作任务 | 分管领导 | 责任单位及负责人 | 落实情况 |
民生保障类 | ||||
1 | 新建医院2所。 | 张 伟李 娜 | 市卫健局 赵志强 市财政局 孙立平 | 已开工。 |
2 | 发放补贴900万元。 | 李 明 | 市民政局 | 发放610万元。 |
已发放7成。 | ||||
"""
    first, second = read_text(text).tasks
    assert (first.category, first.leaders) == ("民生保障类", ["张伟", "李娜"])
    assert (first.lead_organizations, first.persons) == (["市卫健局", "市财政局"], ["赵志强", "孙立平"])
    assert (second.category, second.leaders) == ("民生保障类", ["李明"])
    assert [cell.role for cell in second.cells] == ["task", "progress", "progress"]


def test_a_header_of_two_lines() -> None:
    text = """\
序号 |
任务名称 |
责任单位 |
完成情况 |
|
目标任务（个） |
累计完成（个） |
|||
1 |
新建公厕 |
城管局 |
20 |
12 |
2 |
新建驿站 |
总工会 |
8 |
8 |
"""
    head, first, second = rows(text)
    assert head == ["序号", "任务名称", "责任单位", "目标任务（个）", "完成情况累计完成（个）"]
    assert (first, second) == (["1", "新建公厕", "城管局", "20", "12"], ["2", "新建驿站", "总工会", "8", "8"])


def test_a_cell_of_several_lines_and_what_stands_below_the_table() -> None:
    text = """\
序号 |
重点工作 |
责任单位 |
进展情况 |
1 |
修建便民桥9座 |
县交通局
县水利局 |
已开工7座。
其余在招标。 |
2 |
植树造林800亩 |
县林业局 |
已完成。 |
注：以上数据截至6月底。
上一篇 | 下一篇 |
"""
    report = read_text(text)
    assert [(task.text, task.lead_organizations) for task in report.tasks] == [
        ("修建便民桥9座", ["县交通局", "县水利局"]),
        ("植树造林800亩", ["县林业局"]),
    ]
    assert [report.text[cell.start : cell.end] for cell in report.tasks[1].cells] == ["植树造林800亩", "已完成。"]


@pytest.mark.parametrize(
    "text",
    [
        "索引号： | 0134/2022 | 发文日期： | 2022-03-01 |\n公开方式： | 主动公开 | 时限： | 长期 |\n",
        "首页 | 新闻 | 政务公开 |\n办事 | 互动 | 专题 |\n",
        "| 序号 | 工作任务 | 进展情况 |\n|---|---|---|\n| 1 | 植树 | 已完成 |\n",
        "",
    ],
)
def test_strokes_that_make_no_such_table(text: str) -> None:
    assert flattened(text) == []


COLUMNS = [
    Column(name, header_roles(name))
    for name in ("序号", "任务名称", "责任单位", "年度目标", "1-6月完成", "完成率", "备注")
]


@pytest.mark.parametrize(
    ("texts", "places"),
    [
        (["3", "修路", "交通局", "20", "12", "60%"], [0, 1, 2, 3, 4, 5]),
        (["3", "修路", "交通局", "60%"], [0, 1, 2, 5]),
        (["修路", "交通局", "20", "12", "60%", "正常"], [1, 2, 3, 4, 5, 6]),
        # a target without a result rather than a result without a target
        (["3", "修路", "交通局", "20", "60%"], [0, 1, 2, 3, 5]),
    ],
)
def test_cells_find_their_columns(texts: list[str], places: list[int | None]) -> None:
    assert placed(texts, COLUMNS)[1] == places


def test_a_figure_that_may_stand_in_two_columns_is_left_out() -> None:
    columns = [Column(name, header_roles(name)) for name in ("序号", "任务名称", "5月完成", "累计完成", "责任单位")]
    assert placed(["3", "修路", "20", "交通局"], columns)[1] == [0, 1, None, 4]
    assert placed(["3", "修路", "20", "60", "交通局"], columns)[1] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("example", load("tables")["when"]["example"])
def test_what_is_a_time_to_be_done_by(example: str) -> None:
    assert _WHEN.fullmatch(example)


PIECES = st.sampled_from(
    [
        "|",
        "||",
        " | ",
        "\n",
        "序号",
        "任务",
        "责任单位",
        "完成情况",
        "1",
        "2",
        "3",
        "县教育局",
        "已完成。",
        "5%",
        "---",
        "注：",
    ]
)


@given(st.lists(PIECES, max_size=80).map("".join))
@settings(max_examples=100, deadline=None)
def test_any_text_at_all(text: str) -> None:
    for grid in flattened(text):
        for row in grid.rows[1:]:
            assert all(text[cell.start : cell.end] == cell.text for cell in row.cells)
            spans = [(cell.start, cell.end) for cell in row.filled]
            assert spans == sorted(spans)
    read_text(text)
