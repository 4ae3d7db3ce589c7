"""Which tasks are behind: by the time gone, by value, or in the report's own words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_cases import CASES, report
from mse.audit import TaskStatus, schedule
from mse.pipeline import analyse


def status(task: str, progress: str, **options: str) -> TaskStatus:
    (found,) = schedule(analyse(report((task, progress), **options)))
    return found


@pytest.mark.parametrize(
    ("task", "progress", "expected", "basis"),
    [
        ("全年培训船员1000人。", "1-6月，培训船员320人。", "behind", "time"),
        ("全年培训船员1000人。", "1-6月，培训船员480人。", "on track", "time"),
        ("全年培训船员1000人。", "1-6月，培训船员730人。", "ahead", "time"),
        ("全年培训船员1000人。", "1-6月，培训船员1010人。", "done", "time"),
        ("新增产业用地6平方公里。", "1-6月，新增产业用地1800亩。", "behind", "time"),
        ("完成水利投资1.6亿元。", "1-6月，完成水利投资7900万元。", "on track", "time"),
        ("加快厂房建设。", "1-6月，建成厂房31栋，完成年度任务的38.75%。", "behind", "time"),
        ("城镇登记失业率控制在3%以内。", "二季度城镇登记失业率2.6%。", "on track", "value"),
        ("城镇登记失业率控制在3%以内。", "二季度城镇登记失业率3.4%。", "behind", "value"),
        ("农村自来水普及率达到92%。", "目前，农村自来水普及率达93.1%。", "done", "value"),
        ("农村自来水普及率达到92%。", "目前，农村自来水普及率达88.5%。", "behind", "value"),
        ("规模工业产值增长8%。", "1-6月，规模工业产值增长9.2%。", "on track", "value"),
        ("规模工业产值增长8%。", "1-6月，规模工业产值下降3.1%。", "behind", "value"),
        ("完善养老设施。", "已完成。", "done", "words"),
        ("完善养老设施。", "按进度完成。", "on track", "words"),
        ("完善养老设施。", "正在开展前期工作，未达到序时进度。", "behind", "words"),
        ("完善养老设施。", "正在开展前期工作。", "unknown", ""),
        ("全年培训船员1000人。", "正在制定培训方案。", "unknown", ""),
    ],
)
def test_a_task_is_judged_by_what_it_promises(task: str, progress: str, expected: str, basis: str) -> None:
    found = status(task, progress)
    assert (found.status, found.basis) == (expected, basis)


def test_the_arithmetic_is_shown_with_its_evidence() -> None:
    text = report(("全年培训船员1000人。", "1-6月，培训船员320人。")).text
    found = status("全年培训船员1000人。", "1-6月，培训船员320人。")
    assert (found.share_done, found.share_gone) == (Decimal("32"), Decimal("49.59"))
    assert found.arithmetic == "完成 320人 / 1000人 = 32%，时间已过 181 / 365天 = 49.59%"
    assert [text[e.start : e.end] for e in found.metrics[0].evidence] == ["1000人", "320人"]


def test_a_deadline_within_the_year_counts_from_the_first_of_january() -> None:
    found = status("2021年9月底前培训船员1000人。", "1-6月，培训船员600人。")
    assert found.share_gone == Decimal("66.3")  # 181 of 273 days
    assert found.status == "behind"


def test_one_promise_behind_makes_the_task_behind() -> None:
    found = status("培训船员1000人，检修渔船200艘。", "1-6月，培训船员900人，检修渔船20艘。")
    assert [m.status for m in found.metrics] == ["ahead", "behind"]
    assert (found.status, found.share_done) == ("behind", Decimal(10))


def test_stages_that_disagree_say_nothing() -> None:
    found = status("新建冷库40座。", "目前，新建冷库已启动38座，已建成5座。")
    assert found.status in ("unknown", "behind")
    assert all(m.status != "ahead" for m in found.metrics)


def test_without_a_period_the_time_gone_is_unknown() -> None:
    title = "海陵县2021年重点工作进展情况表"
    assert status("全年培训船员1000人。", "已培训船员320人。", title=title).status == "unknown"
    assert status("全年培训船员1000人。", "截至6月底，已培训船员320人。", title=title).status == "behind"


def test_every_task_has_a_status() -> None:
    rows = [(case.task, case.right) for case in CASES]
    assert [s.task for s in schedule(analyse(report(*rows)))] == [str(i) for i in range(1, len(rows) + 1)]


@settings(max_examples=30, deadline=None)
@given(st.integers(min_value=10, max_value=9_999), st.integers(min_value=1, max_value=9_999))
def test_more_done_is_never_worse(target: int, done: int) -> None:
    order = ["behind", "on track", "ahead", "done"]
    less = status(f"全年修复古井{target}口。", f"1-6月，修复古井{done}口。").status
    more = status(f"全年修复古井{target}口。", f"1-6月，修复古井{done + target}口。").status
    assert more == "done"
    assert order.index(less) <= order.index(more)
