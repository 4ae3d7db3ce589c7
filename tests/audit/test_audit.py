"""Contradictions are found with both numbers and the arithmetic; figures that fit are left alone."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_cases import CASES, INNOCENT, Case, report
from mse.audit import Finding, audit
from mse.pipeline import analyse
from mse.reading import read_text


def found(*rows: tuple[str, str], **options: str) -> list[Finding]:
    return audit(analyse(report(*rows, **options)))


@pytest.mark.parametrize("case", CASES, ids=[f"{c.kind}: {c.shows}" for c in CASES])
def test_a_planted_contradiction_is_found_and_nothing_else(case: Case) -> None:
    findings = found((case.task, case.wrong))
    assert [f.kind for f in findings] == [case.kind]
    assert (findings[0].stated.text, findings[0].computed.text) == (case.stated, case.computed)


@pytest.mark.parametrize("case", CASES, ids=[f"{c.kind}: {c.shows}" for c in CASES])
def test_the_same_report_put_right_has_no_finding(case: Case) -> None:
    assert found((case.task, case.right)) == []


@pytest.mark.parametrize(("task", "progress"), [row[1:] for row in INNOCENT], ids=[row[0] for row in INNOCENT])
def test_what_rounding_or_reading_explains_is_no_finding(task: str, progress: str) -> None:
    assert found((task, progress)) == []


def test_the_evidence_is_the_text() -> None:
    done = report(*[(case.task, case.wrong) for case in CASES])
    findings = audit(analyse(done))
    assert len(findings) >= len(CASES)
    for finding in findings:
        assert finding.evidence
        for spot in finding.evidence:
            assert done.text[spot.start : spot.end] == spot.text
        assert finding.message
        assert finding.message_en.isascii() or any(spot.text for spot in finding.evidence)
        assert json.loads(json.dumps(finding.model_dump(), ensure_ascii=False))["kind"] == finding.kind


def test_findings_come_in_the_order_of_the_text_and_always_the_same() -> None:
    rows = [(case.task, case.wrong) for case in CASES]
    first, second = found(*rows), found(*rows)
    assert first == second
    starts = [f.evidence[0].start for f in first]
    assert starts == sorted(starts)


def test_a_total_of_the_whole_place_must_be_the_same_in_two_tasks() -> None:
    rows = [
        ("整治入海排口。", "全县入海排污口共1184个，已完成整治640个。"),
        ("开展排口监测。", "全县入海排污口共1129个，均已设置监测点。"),
    ]
    (finding,) = found(*rows)
    assert (finding.kind, finding.stated.text, finding.computed.text) == ("twice", "1129个", "1184个")
    assert found(rows[0], (rows[1][0], rows[1][1].replace("1129", "1184"))) == []


def test_numbers_one_digit_apart_may_be_a_misprint() -> None:
    told = "列入改造计划的农户共12683户。今年计划改造的农户为12653户。"
    (finding,) = found(("改造农村危旧房。", told))
    assert (finding.kind, finding.severity) == ("misprint", "note")
    assert found(("改造农村危旧房。", told.replace("12683", "12653"))) == []


def test_a_deadline_before_the_report() -> None:
    (finding,) = found(("2019年12月底前建成污水泵站6座。", "正在推进。"))
    assert finding.kind == "deadline"
    assert found(("2021年12月底前建成污水泵站6座。", "正在推进。")) == []


def test_a_figure_after_the_day_of_issue_is_an_error() -> None:
    issued = report(("开展技能培训。", "截至9月底，已培训3300人。"), title="海陵县2021年重点工作进展情况表")
    issued.metadata.issued = dt.date(2021, 7, 15)
    issued.metadata.period = None
    (finding,) = audit(analyse(issued))
    assert (finding.kind, finding.severity, finding.computed.text) == ("future", "error", "2021-07-15")
    issued.metadata.issued = dt.date(2021, 10, 15)
    assert audit(analyse(issued)) == []


def test_prose_is_audited_too() -> None:
    text = "今年1至6月，全县完成植树4200亩，完成年度任务6000亩的60%。\n"
    (finding,) = audit(analyse(read_text(text)))
    assert (finding.kind, finding.task, finding.computed.text) == ("rate", "", "70%")


# ---- reports whose figures fit by construction

counts = st.integers(min_value=1, max_value=99_999)
places = st.lists(
    st.sampled_from(["东港镇", "西坝镇", "南岭乡", "北关镇", "石桥乡"]), min_size=2, max_size=5, unique=True
)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_consistent_report_has_no_finding(data: st.DataObject) -> None:
    target, done = data.draw(counts), data.draw(counts)
    digits = data.draw(st.integers(min_value=0, max_value=2))
    rate = f"{done * 100 / target:.{digits}f}"
    names = data.draw(places)
    parts = [data.draw(counts) for _ in names]
    old, new = (
        data.draw(st.integers(min_value=10, max_value=9_999)),
        data.draw(st.integers(min_value=10, max_value=9_999)),
    )
    way, move = ("增长", "增加") if new >= old else ("下降", "减少")
    grown = f"{abs(new - old) * 100 / old:.1f}"
    goal, reached = (
        data.draw(st.integers(min_value=1, max_value=20)),
        data.draw(st.integers(min_value=1, max_value=300)),
    )
    gap = reached - goal * 10
    side = "高于" if gap >= 0 else "低于"
    rows = [
        (f"全年修复古井{target}口。", f"1-6月，修复古井{done}口，完成全年任务{target}口的{rate}%。"),
        (
            "建设驿站。",
            f"上半年建成驿站{sum(parts)}座（{'、'.join(f'{n}{v}座' for n, v in zip(names, parts, strict=True))}）。",
        ),
        ("扩大茶园。", f"茶企由{old}家{move}到{new}家，{way}{grown}%。"),
        (
            f"规模工业产值增长{goal}%。",
            f"1-6月，规模工业产值增长{reached / 10:.1f}%，{side}全年目标{abs(gap) / 10:.1f}个百分点。",
        ),
    ]
    assert found(*rows) == []


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet="完成全年任务的由到增长其中（）、，。：；0123456789.%万亿元个年月日÷=+× \n\t合计剩余截至", max_size=120
    )
)
def test_any_text_is_audited_without_an_exception(text: str) -> None:
    for finding in audit(analyse(read_text(text))):
        assert all(text[e.start : e.end] == e.text for e in finding.evidence)
