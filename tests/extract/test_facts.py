"""Facts from linked mentions: what each of them rests on, and what makes none."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given, settings

from annotated import REPORT, passages
from mse.extract.facts import build_facts
from mse.extract.pairing import link
from mse.model import Fact, plain

D = Decimal


def facts(task: str = "", progress: str = "", **more: str) -> list[Fact]:
    report = passages({"task": task, "progress": progress, **more})
    link(report)
    return build_facts(report)


def shown(found: list[Fact]) -> list[tuple[str, str | None, str | None]]:
    return [(f.metric, f.target and f.target.text, f.actual and f.actual.text) for f in found]


def test_a_target_with_its_actual_and_completion():
    (fact,) = facts(
        "新建托育点{60个|target|新建托育点;;2022-12-31}。",
        "已建成托育点{27个|actual|建成托育点;;2022-06-30}，完成年度任务的{45%|rate|建成托育点}。",
    )
    assert fact.metric == "新建托育点"
    assert fact.unit == "个"
    assert (fact.target.value, fact.actual.value) == (D(60), D(27))
    assert (fact.completion.stated, fact.completion.computed, fact.completion.consistent) == (D(45), D(45), True)
    assert fact.date == dt.date(2022, 6, 30)
    assert fact.task.number == "1"
    assert fact.leaders == ["王一"]
    assert fact.lead_organizations == ["市统计局"]
    assert not fact.target.implied


def test_evidence_points_at_the_text():
    report = passages(
        {
            "task": "植树{3万株|target|植树}。",
            "progress": "植树{1.2万株|actual|植树}，比去年增长{8%|change|植树|增长}。",
        }
    )
    link(report)
    (fact,) = build_facts(report)
    for measure in (fact.target, fact.actual, fact.change):
        assert report.text[measure.start : measure.end] == measure.text


def test_what_stands_alone_is_a_fact_and_context_is_none():
    found = facts(
        "建成驿站{40个|target|建成驿站;;2022-12-31}，服务{60岁|context|老人}以上老人。",
        "开展活动{18场|actual|开展活动}；主体工程完成{70%|rate|主体工程完成}。",
    )
    assert shown(found) == [("建成驿站", "40个", None), ("开展活动", None, "18场"), ("主体工程完成", None, None)]
    assert found[0].date == dt.date(2022, 12, 31)
    assert found[2].completion.stated == D(70)
    assert found[2].unit == "%"


def test_a_restated_target_is_not_a_fact_of_its_own():
    found = facts(
        "发放补贴{3000万元|target|发放补贴}。",
        "发放补贴{1500万元|actual|发放补贴}，完成任务{3000万元|target|任务}的{50%|rate|发放补贴}。",
    )
    assert shown(found) == [("发放补贴", "3000万元", "1500万元")]
    assert found[0].completion.consistent is True


def test_stages_are_facts_of_their_own_against_one_target():
    found = facts(
        "建设口袋公园{24个|target|建设口袋公园}。",
        "口袋公园完工{6个|actual|口袋公园|完工}，正在施工{15个|actual|口袋公园|正在施工}。",
    )
    assert shown(found) == [("口袋公园|完工", "24个", "6个"), ("口袋公园|正在施工", "24个", "15个")]
    assert [f.completion.computed for f in found] == [D("25.00"), D("62.50")]


def test_an_implied_target_is_computed_and_marked():
    (fact,) = facts(progress="治理违建{57.33万平方米|actual|治理违建}，完成全年目标任务的{114.66%|rate|治理违建}。")
    assert fact.target.implied
    assert (fact.target.value, fact.target.unit, fact.target.op) == (D(500000), "平方米", "=")
    assert fact.target.text == "114.66%"
    assert (fact.completion.stated, fact.completion.computed, fact.completion.consistent) == (D("114.66"), None, None)
    assert json.loads(fact.model_dump_json())["target"]["implied"] is True


def test_an_implied_target_that_several_numbers_fit_is_approximate():
    (fact,) = facts(progress="引进项目{11个|actual|引进项目}，占年度任务的{31%|rate|引进项目}。")
    assert (fact.target.op, fact.target.value) == ("~", D(35))


@pytest.mark.parametrize(
    "progress",
    [
        "完成投资{6.3亿元|actual|完成投资}，占总投资的{70%|rate|完成投资}。",
        "实测面积{18万亩|actual|实测面积}，占耕地面积的{86.36%|rate|实测面积}。",
        "完成投资{6.3亿元|actual|完成投资}，超过年度任务的{>70%|rate|完成投资}。",
    ],
)
def test_no_target_is_implied(progress):
    (fact,) = facts(progress=progress)
    assert fact.target is None
    assert fact.completion.stated is not None


def test_a_share_of_the_whole_is_not_checked_against_the_target_of_the_year():
    found = facts(
        "年内完成投资{2亿元|target|完成投资}。",
        "完成投资{0.9亿元|actual|完成投资}，占总投资的{9%|rate|完成投资}。",
    )
    assert [(f.completion.stated, f.completion.computed, f.completion.consistent) for f in found] == [
        (None, D("45.00"), None),
        (D(9), None, None),
    ]


def test_growth_goes_to_the_level_and_to_the_target_it_answers():
    found = facts(
        "工业投资增长{10%|target|工业投资增长}。",
        "工业投资{35亿元|actual|工业投资;;2022-06-30}，同比增长{7.4%|change|工业投资|同比增长;;2022-06-30}。",
    )
    assert [(f.metric, f.target and f.target.text, f.actual and f.actual.text, f.change.text) for f in found] == [
        ("工业投资增长", "10%", None, "7.4%"),
        ("工业投资", None, "35亿元", "7.4%"),
    ]
    assert all(f.completion.computed is None and f.date == dt.date(2022, 6, 30) for f in found)


def test_growth_after_a_list_goes_to_each_in_turn():
    found = facts(
        progress="水稻{3万亩|actual|水稻}、蔬菜{2万亩|actual|蔬菜}，同比增长{1%|change|增长}和{4%|change|增长}。",
    )
    assert [(f.metric, f.change.text) for f in found] == [("水稻", "1%"), ("蔬菜", "4%")]


def test_former_levels_go_first_to_first():
    found = facts(
        "城镇、农村补差水平分别从{500元|baseline|城镇|补差水平}、{200元|baseline|农村|补差水平}"
        "提高到{560元|target|城镇|补差水平}、{240元|target|农村|补差水平}。"
    )
    assert [(f.baseline.text, f.target.text) for f in found] == [("500元", "560元"), ("200元", "240元")]


def test_a_rate_of_several_actuals_together_is_no_contradiction():
    found = facts(
        "完成甲、乙两项筛查各{400例|target|甲、乙两项筛查}。",
        "完成甲项筛查{398例|actual|完成甲项筛查}、乙项筛查{402例|actual|完成乙项筛查}，完成总任务数的{99.9%|rate|筛查}。",
    )
    assert all(f.completion.consistent is None for f in found)


def test_facts_come_in_the_order_of_the_text_and_prose_has_no_task():
    report = passages(
        {"task": "修路{3公里|target|修路}，植树{9亩|target|植树}。", "progress": "植树{4亩|actual|植树}。"},
        prose="全年捐款{20万元|actual|捐款}。",
    )
    link(report)
    found = build_facts(report)
    assert [f.metric for f in found] == ["修路", "植树", "捐款"]
    assert [f.task.number for f in found] == ["1", "1", ""]
    assert found[2].leaders == []


def test_confidence_follows_the_least_sure_number():
    def confidence(*of_mentions):
        report = passages({"task": "修路{3公里|target|修路}。", "progress": "修路{1公里|actual|修路}。"})
        link(report)
        for mention, sure in zip([m for p in report.items for m in p.mentions], of_mentions, strict=True):
            mention.confidence = sure
        (fact,) = build_facts(report)
        return fact.confidence

    assert confidence(0.5, 0.95) == confidence(0.95, 0.5) < confidence(0.95, 0.9) < confidence(0.95, 0.95) <= 1


# properties


@given(REPORT)
@settings(max_examples=100, deadline=None)
def test_every_quantity_that_says_something_is_in_a_fact(report):
    link(report)
    found = build_facts(report)
    used = {
        (m.start, m.end)
        for f in found
        for m in (f.target, f.actual, f.change, f.baseline)
        if m is not None and not m.implied
    }
    for passage in report.items:
        for m in passage.mentions:
            if m.role in ("actual", "change") or (m.role == "target" and not m.links):
                assert m.span in used
            if m.role in ("context", ""):
                assert m.span not in used


@given(REPORT)
@settings(max_examples=100, deadline=None)
def test_facts_are_ordered_repeatable_and_true_to_the_text(report):
    link(report)
    found = build_facts(report)
    assert [f.model_dump_json() for f in found] == [f.model_dump_json() for f in build_facts(report)]
    starts = [
        min(m.start for m in (f.target, f.actual, f.change, f.baseline) if m is not None)
        for f in found
        if f.actual is not None or f.change is not None or (f.target is not None and not f.target.implied)
    ]
    assert starts == sorted(starts)
    for fact in found:
        Fact.model_validate(json.loads(fact.model_dump_json()))
        for m in (fact.target, fact.actual, fact.change, fact.baseline):
            assert m is None or report.text[m.start : m.end] == m.text


@given(REPORT)
@settings(max_examples=100, deadline=None)
def test_consistent_never_covers_arithmetic_that_is_off(report):
    link(report)
    for fact in build_facts(report):
        if fact.completion.consistent:
            off = abs(fact.completion.stated - fact.completion.computed)
            slack = D(1).scaleb(-max(0, -fact.completion.stated.as_tuple().exponent))
            relative = D("0.05") * fact.completion.computed  # the printed decimals of the amounts
            assert off <= slack + relative, (plain(fact.completion.stated), plain(fact.completion.computed))
