"""Tables in plain text without tabs: cells one below the other, cells set apart by blanks, cells between strokes."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mse.grammar import load
from mse.model import Report, Task
from mse.reading import read_text
from mse.reading.closing import closing
from mse.reading.officials import looks_like_office
from mse.reading.spaced import spaced
from mse.reading.stacked import stacked

HEADER = ["序号", "工作任务", "牵头单位", "配合单位", "进展情况"]


def progress(report: Report, task: Task) -> list[str]:
    return [report.text[cell.start : cell.end] for cell in task.cells if cell.role == "progress"]


def test_cells_one_below_the_other() -> None:
    report = read_text(
        "\n".join(
            [
                "东山市2021年民生实事进展情况",
                "",
                *HEADER,
                "一、教育",
                "1",
                "新建学校3所",
                "市教育局",
                "市财政局",
                "已建成2所。",
                "2",
                "新增学位900个",
                "市教育局",
                "已新增820个。",
                "二、交通",
                "3",
                "新增公交线路5条",
                "市交通局",
                "市公安局",
                "市城管局",
                "开通4条。",
                "另有1条试运行。",
                "市政府办公室",
                "2021年10月8日",
            ]
        )
    )
    first, second, third = report.tasks
    assert [(task.number, task.category, task.text) for task in report.tasks] == [
        ("1", "一、教育", "新建学校3所"),
        ("2", "一、教育", "新增学位900个"),
        ("3", "二、交通", "新增公交线路5条"),
    ]
    assert (first.lead_organizations, first.supporting_organizations) == (["市教育局"], ["市财政局"])
    assert (second.lead_organizations, second.supporting_organizations) == (["市教育局"], [])
    assert (third.lead_organizations, third.supporting_organizations) == (["市交通局"], ["市公安局", "市城管局"])
    assert [progress(report, task) for task in report.tasks] == [
        ["已建成2所。"],
        ["已新增820个。"],
        ["开通4条。\n另有1条试运行。"],
    ]


def test_cells_one_below_the_other_without_running_numbers() -> None:
    text = "任务名称\n责任单位\n完成情况\n新建学校3所\n市教育局\n已建成2所。\n造林2000亩\n市林业局\n已造林1800亩。\n"
    report = read_text(text)
    assert [(task.text, task.lead_organizations) for task in report.tasks] == [
        ("新建学校3所", ["市教育局"]),
        ("造林2000亩", ["市林业局"]),
    ]


def test_a_header_broken_over_lines() -> None:
    text = "序号\n任务\n责任\n单位\n推进情况\n1\n新建学校3所\n市教育局\n已建成2所\n2\n造林90亩\n市林业局\n已造林80亩\n"
    report = read_text(text)
    assert [(task.text, task.lead_organizations, progress(report, task)) for task in report.tasks] == [
        ("新建学校3所", ["市教育局"], ["已建成2所"]),
        ("造林90亩", ["市林业局"], ["已造林80亩"]),
    ]


def test_bare_numbers_are_not_taken_for_row_numbers() -> None:
    rows = [["1", "学校", "2", "3"], ["2", "医院", "3", "4"], ["3", "公园", "4", "2"]]
    report = read_text("\n".join(["序号", "项目名称", "年度目标", "已完成", *(cell for row in rows for cell in row)]))
    assert [(task.number, task.text, progress(report, task)) for task in report.tasks] == [
        ("1", "学校", ["3"]),
        ("2", "医院", ["4"]),
        ("3", "公园", ["2"]),
    ]


@pytest.mark.parametrize("blank", ["  ", "　　", "   \u3000"])
def test_cells_set_apart_by_blanks(blank: str) -> None:
    rows = [
        HEADER,
        ["1", "新建学校3所", "市教育局", "市财政局", "已建成2所"],
        ["2", "造林2000亩", "市林业局", "各镇", "已造林1800亩"],
    ]
    report = read_text("东山市2021年民生实事\n\n" + "\n".join(blank.join(row) for row in rows) + "\n\n说明：略。\n")
    assert [(task.number, task.text, task.supporting_organizations) for task in report.tasks] == [
        ("1", "新建学校3所", ["市财政局"]),
        ("2", "造林2000亩", ["各镇"]),
    ]
    assert progress(report, report.tasks[1]) == ["已造林1800亩"]


def test_an_empty_cell_between_blanks_is_found_by_its_place() -> None:
    text = (
        "序号  工作任务      牵头单位  配合单位  进展情况\n"
        "1     新建学校3所   市教育局  市财政局  已建成2所\n"
        "2     造林2000亩    市林业局            已造林1800亩\n"
    )
    report = read_text(text)
    assert [(task.lead_organizations, task.supporting_organizations) for task in report.tasks] == [
        (["市教育局"], ["市财政局"]),
        (["市林业局"], []),
    ]
    assert progress(report, report.tasks[1]) == ["已造林1800亩"]


@pytest.mark.parametrize(
    "table",
    [
        "序号 | 工作任务 | 进展情况\n--- | --- | ---\n1 | 新建学校3所 | 已建成2所\n2 | 造林2000亩 | 已造林1800亩\n",
        "+---+---+---+\n| 序号 | 工作任务 | 进展情况 |\n+---+---+---+\n| 1 | 新建学校3所 | 已建成2所 |\n"
        "| 2 | 造林2000亩 | 已造林1800亩 |\n+---+---+---+\n",
        "┌──┬──┬──┐\n│序号│工作任务│进展情况│\n├──┼──┼──┤\n│1│新建学校3所│已建成2所│\n│2│造林2000亩│已造林1800亩│\n└──┴──┴──┘\n",
    ],
    ids=["markdown without outer strokes", "strokes and dashes", "drawn"],
)
def test_cells_between_strokes(table: str) -> None:
    report = read_text("东山市进展情况 | 内部资料\n\n" + table)
    assert [(task.number, task.text, progress(report, task)) for task in report.tasks] == [
        ("1", "新建学校3所", ["已建成2所"]),
        ("2", "造林2000亩", ["已造林1800亩"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "今年以来  全市完成投资3亿元  同比增长5%  进展情况良好。\n下一步  继续推进  落实责任单位  完成任务。\n" * 3,
        "工作任务\n进展情况\n责任单位\n今年以来，各单位认真落实，完成投资3亿元。\n下一步，继续推进。\n",
        "目标\n1\n2\n3\n结束。\n",
        "全市完成投资3亿元|同比增长5%\n下一步|继续推进\n",
    ],
)
def test_what_only_looks_alike_is_no_table(text: str) -> None:
    assert read_text(text).tasks == []


def test_what_closes_a_report() -> None:
    lines = ["市教育局", "已建成2所。", "特此通报。", "市委办公室 市政府办公室", "市政府督查室", "2021年10月8日"]
    assert closing(lines) == [False, False, True, True, True, True]


PIECES = st.sampled_from(
    [
        *HEADER,
        "类别",
        "1",
        "2",
        "3",
        "一、教育",
        "新建学校3所",
        "市教育局",
        "已建成2所。",
        " ",
        "\u3000",
        "  ",
        "\n",
        "\n\n",
        "|",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("\n".join) | st.lists(PIECES, max_size=60).map("".join))
def test_cells_are_spans_of_the_text_in_its_order(text: str) -> None:
    for grid in [*stacked(text), *spaced(text)]:
        cells = [cell for row in grid.rows for cell in row.filled]
        assert all(text[cell.start : cell.end] == cell.text for cell in cells)
        assert all(a.end <= b.start for a, b in itertools.pairwise(cells))


def test_a_post_and_its_holder_in_lines_of_their_own() -> None:
    rows = [
        ["1", "改造桥梁9座", "副县长", "林  涛", "县交通局", "已完工5座。"],
        ["2", "慰问老人60人", "县委常委、副县长", "毛红梅", "县民政局", "全部完成。"],
        ["3", "新建泵站3座", "毛红梅", "县水利局", "建成2座。"],
    ]
    header = ["序号", "实事内容", "责任领导", "责任单位", "进展情况"]
    report = read_text("\n".join([*header, *(cell for row in rows for cell in row)]))
    assert [(task.text, task.leaders, task.lead_organizations) for task in report.tasks] == [
        ("改造桥梁9座", ["林涛"], ["县交通局"]),
        ("慰问老人60人", ["毛红梅"], ["县民政局"]),
        ("新建泵站3座", ["毛红梅"], ["县水利局"]),
    ]


def test_cells_set_apart_by_single_blanks() -> None:
    report = read_text(
        "表3\n序号 指标名称 2020 年目标值 2020 年预计值 完成情况\n"
        "1 植树造林（亩） 900 950 完成\n2 新建公厕 30座 28座 未完成\n3 改造校舍 12所 正在施工\n"
        "4 其他事项 共有3项 都在办理中 预计年底前 能够完成\n"
    )
    cells = [[report.text[cell.start : cell.end] for cell in task.cells] for task in report.tasks]
    assert cells[:2] == [["植树造林（亩）", "900", "950", "完成"], ["新建公厕", "30座", "28座", "未完成"]]
    assert cells[2][:2] == ["改造校舍", "12所"]
    assert [task.text for task in report.tasks] == ["植树造林（亩）", "新建公厕", "改造校舍"]


@pytest.mark.parametrize("example", load("officials")["doing"]["example"])
def test_work_is_no_office_though_it_ends_like_one(example: str) -> None:
    assert not looks_like_office(example)
    assert looks_like_office("市妇幼保健服务中心")
    text = f"序号\n任务\n责任单位\n进展情况\n1\n修路9公里\n县交通局\n已修好。\n2\n{example}\n正在装修。\n"
    assert [(task.text, task.lead_organizations) for task in read_text(text).tasks][1] == (example, ["县交通局"])


def test_a_single_row_of_figures_below_its_header() -> None:
    text = (
        "附：完成情况\n\n指标名称\n\n全年目标（户）\n\n实际完成（户）\n\n完成率\n\n{}\n\n某区民政局\n\n2021年3月5日\n"
    )
    report = read_text(text.format("改造危房\n\n40\n\n38\n\n95%"))
    assert [[report.text[cell.start : cell.end] for cell in task.cells] for task in report.tasks] == [
        ["改造危房", "40", "38", "95%"]
    ]
    assert read_text(text.format("改造危房\n\n40户左右\n\n38\n\n很高")).tasks == []
