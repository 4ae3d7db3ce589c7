"""Reports whose tasks stand in lines of their own, without numbers."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mse
from mse.grammar import load
from mse.reading import read_text
from mse.reading.unnumbered import unnumbered

PROMISE = load("lists")["promise"]


def read(text: str) -> mse.Report:
    return read_text(dedent(text).lstrip())


def cells(report: mse.Report, task: mse.Task) -> list[tuple[str, str]]:
    return [(cell.role, report.text[cell.start : cell.end]) for cell in task.cells]


def test_lines_that_promise_and_tell_what_was_done() -> None:
    report = read("""\
        2018年上半年民生实事进展情况
        全年安排20件实事，总体进展顺利，现将主要进度公布如下。
        400公里县乡道改造（2017—2019年）。上半年完成80公里，累计完成230公里。
        建成社区食堂30个。截至6月底，已建成14个。
        城市供水管网更新工程。目前，已更新管网16公里。
        镇卫生院全部配备救护车。上半年已配备9台。
        """)
    assert [(task.number, cells(report, task)) for task in report.tasks] == [
        ("", [("task", "400公里县乡道改造（2017—2019年）。"), ("progress", "上半年完成80公里，累计完成230公里。")]),
        ("", [("task", "建成社区食堂30个。"), ("progress", "截至6月底，已建成14个。")]),
        ("", [("task", "城市供水管网更新工程。"), ("progress", "目前，已更新管网16公里。")]),
    ]
    facts = [(fact.target.text, fact.actual.text) for fact in mse.extract(report) if fact.target and fact.actual]
    assert ("30个", "14个") in facts


@pytest.mark.parametrize(
    "text",
    [
        # too few
        """\
        2018年民生实事进展情况
        建成社区食堂30个。截至6月底，已建成14个。
        改造公厕60座。目前，已改造41座。
        """,
        # the title speaks of no tasks
        """\
        走进乡村看变化
        建成社区食堂30个。截至6月底，已建成14个。
        改造公厕60座。目前，已改造41座。
        新增公交车15辆。目前，已投入9辆。
        """,
        # prose about the state of things
        """\
        2018年民生实事完成情况
        全市教育投入同比增长7%。截至6月底，新建学校3所。
        我市交通条件明显改善，新增线路4条。目前，已改造道路12条。
        累计发放贷款5亿元。上半年，新增贷款2亿元。
        """,
    ],
)
def test_lines_that_are_no_tasks(text: str) -> None:
    assert read(text).tasks == []


@pytest.mark.parametrize("example", PROMISE["example"])
def test_what_is_a_promise(example: str) -> None:
    text = "\n".join(f"{example}目前，已完成一半。" for _ in range(3))
    found = unnumbered(text, "民生实事进展情况")
    assert found is not None
    assert len(found.rows) == 3


@pytest.mark.parametrize("example", PROMISE["never_example"])
def test_what_is_no_promise(example: str) -> None:
    assert unnumbered("\n".join(f"{example}目前，已完成一半。" for _ in range(3)), "民生实事进展情况") is None


RECORDS = """\
为民办实事项目推进情况汇报
01 项目名称：改善乡村教学条件
项目内容：
改造乡镇小学12所，新增学位900个。
责任单位：
县教育局、县财政局
进展与成效：
已改造小学7所。
新增学位520个。
02
项目名称：方便群众就医
项目内容：建设村卫生室40个。
责任单位
县卫健局
进展与成效：
已建成31个。
三、其他
03项目名称：整治乡村道路
进展与成效：完成9公里。
"""


def test_records_that_open_with_the_same_label() -> None:
    report = read(RECORDS)
    assert [(task.number, task.text, task.lead_organizations, task.category) for task in report.tasks] == [
        ("01", "改善乡村教学条件", ["县教育局", "县财政局"], ""),
        ("02", "方便群众就医", ["县卫健局"], ""),
        ("03", "整治乡村道路", [], "三、其他"),
    ]
    assert cells(report, report.tasks[0]) == [
        ("task", "改善乡村教学条件"),
        ("progress", "已改造小学7所。\n新增学位520个。"),
        ("task", "改造乡镇小学12所，新增学位900个。"),
    ]


PIECES = st.sampled_from(
    [*"\n。；：01一、已2所", "项目名称：", "进展情况：", "责任单位", "目前，", "民生实事", "建成3所。", "累计", "附件"]
)


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=60, deadline=None)
def test_any_text_at_all(text: str) -> None:
    report = read_text("民生实事进展情况\n" + text)
    for task in report.tasks:
        assert 0 <= task.start < task.end <= len(report.text)
        assert all(cell.start < cell.end for cell in task.cells)
