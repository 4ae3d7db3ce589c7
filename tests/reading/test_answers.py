"""Offices named in brackets by what they do for a task, and in headings for all tasks below."""

from __future__ import annotations

from textwrap import dedent

import pytest

from mse.grammar import load
from mse.reading import read_text
from mse.reading.answers import answers_in_text


def test_the_example_of_the_lexicon() -> None:
    assert answers_in_text(load("officials")["answer"]["example"]) == [
        ("lead", ["市教育局"]),
        ("supporting", ["市财政局", "各镇街"]),
    ]


@pytest.mark.parametrize(
    ("bracket", "answers"),
    [
        ("（由市民政局牵头）", [("lead", ["市民政局"])]),
        ("（市民政局负责）", [("office", ["市民政局"])]),
        ("（区住建局牵头负责，各街道办事处配合落实）", [("lead", ["区住建局"]), ("supporting", ["各街道办事处"])]),
        (
            "（省发展改革委牵头，省财政厅、省交通运输厅等部门按职责分工负责）",
            [("lead", ["省发展改革委"]), ("office", ["省财政厅", "省交通运输厅"])],
        ),
        ("（县水利局、县林业局，各镇（乡）政府负责）", [("office", ["县水利局", "县林业局", "各镇（乡）政府"])]),
        ("(县教育局主办;县财政局协办)", [("lead", ["县教育局"]), ("supporting", ["县财政局"])]),
    ],
)
def test_brackets_of_offices(bracket: str, answers: list[tuple[str, list[str]]]) -> None:
    assert answers_in_text(f"新建学校3所。{bracket}") == answers


@pytest.mark.parametrize(
    "text",
    [
        "改造小区（含配套设施）3个",
        "新建学校（幼儿园）3所",
        "项目（由业主自己解决）",
        "（三）落实",
        "（）",
        "（负责）",
        "（市",
    ],
)
def test_other_brackets_name_nobody(text: str) -> None:
    assert answers_in_text(text) == []


def test_who_answers_for_all_tasks_below_a_heading() -> None:
    text = dedent("""\
        2023年度重点工作任务分解表
        一、经济发展（责任领导：王志强）
        1.新增企业6家。（市工信局负责）
        2.完成投资8亿元。（市发改委牵头，市统计局配合）
        二、城市建设
        3.改造小区30个。（市住建局负责）
        """)
    tasks = read_text(text).tasks
    assert [task.leaders for task in tasks] == [["王志强"], ["王志强"], []]
    assert [task.lead_organizations for task in tasks] == [["市工信局"], ["市发改委"], ["市住建局"]]
    assert [task.supporting_organizations for task in tasks] == [[], ["市统计局"], []]
