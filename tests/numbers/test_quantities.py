"""Quantities: spans, covered spans, ranges, lists and what is not written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mse.numbers import Quantity, find, quantities

HARD = (
    "0123456789０９.．,，-－—～~/／%％‰:：+×$￥¥ 　\n\t一二两三四五十百千万亿零〇半几多余来第每人均月年日元"
    "角分个家名次公里平方米吨以上下内约近超过不低于至到、和（）()《》〈〉“”「」〔〕[]A5GPM_{}\\壹拾廿点又之成折倍番"
)


def only(text: str) -> Quantity:
    (quantity,) = quantities(text)
    return quantity


def test_surface_and_number() -> None:
    text = "补贴标准为每人每月574元，约占三成"
    money, share = quantities(text)
    assert text[money.start : money.end] == "每人每月574元"
    assert text[money.number_start : money.number_end] == "574"
    assert text[share.cue_start : share.cue_end] == "约占三成"
    assert (share.start, share.op, share.value, share.unit) == (16, "~", 30, "%")


def test_covered_spans_are_left_alone() -> None:
    text = "5年内投资3亿元"
    assert [q.unit for q in quantities(text)] == ["年", "元"]
    assert [q.unit for q in quantities(text, [(0, 2)])] == ["元"]
    assert quantities(text, [(5, 8), (0, 3), (1, 2)]) == []


def test_range_has_two_ends() -> None:
    quantity = only("拟补助2-3万元")
    assert (quantity.value, quantity.low, quantity.high) == (None, 20000, 30000)
    assert only("5%—8%").high == 8
    assert only("投资10万元-20万元").low == 100000


def test_years_joined_by_a_dash_are_no_range() -> None:
    assert quantities("2016—2020年") == []


def test_list_shares_the_unit_behind() -> None:
    assert [(q.value, q.unit) for q in quantities("浓度控制在36、55微克/立方米")] == [
        (36, "微克/立方米"),
        (55, "微克/立方米"),
    ]
    assert [q.value for q in quantities("分别奖励10、20、30万元")] == [100000, 200000, 300000]


def test_list_shares_the_person_before() -> None:
    text = "从每人每月574元、271元分别提高到每人每月609元、300元"
    assert {q.unit for q in quantities(text)} == {"元/人/月"}


def test_a_change_keeps_the_person() -> None:
    assert [q.unit for q in quantities("从每人每月702元提高到772元")] == ["元/人/月", "元/人/月"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("月人均不低于1000元", "元/人/月"),
        ("补助标准提高到人均69元", "元/人"),
        ("人均可支配收入11118元", "元"),
        ("276元/人月", "元/人/月"),
        ("每人每月900元", "元/人/月"),
        ("20100元/人年", "元/人/年"),
        ("解决34.95万农村群众饮水", "人"),
        ("完成投资计划1000万", "元"),
        ("阅读量100万", ""),
        ("综合指数为4.46，", ""),
    ],
)
def test_unit_that_is_meant(text: str, unit: str) -> None:
    assert only(text).unit == unit


def test_list_number_before_a_count() -> None:
    quantity = only("1.3家企业")
    assert (quantity.start, quantity.value) == (2, 3)
    assert only("每万人拥有18.5名指导员").value == Decimal("18.5")


def test_in_another_unit() -> None:
    assert only("造林30亩").to("公顷").value == pytest.approx(Decimal(2))
    area = only("占地15-30亩").to("公顷")
    assert (area.value, area.low, area.high, area.unit) == (None, 1, 2, "公顷")
    with pytest.raises(ValueError, match="cannot turn"):
        only("造林30亩").to("元")


@pytest.mark.parametrize(
    ("text", "unit"), [("带动3万贫困户增收", "户"), ("惠及5万外地人", "人"), ("贫困人口减少6800多万", "人")]
)
def test_what_the_nouns_say(text: str, unit: str) -> None:
    assert only(text).unit == unit


def test_latex_remains() -> None:
    text = "支出为 $18006 \\div 408.46 = 44.09$ 元，PM _{2.5} 浓度"
    quantity = only(text)
    assert text[quantity.start : quantity.end] == "44.09$ 元"
    assert quantity.value == Decimal("44.09")


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=200), st.text(alphabet=HARD, max_size=120)))
def test_any_text(text: str) -> None:
    found = quantities(text)
    assert found == quantities(text)
    position = 0
    for q in found:
        assert position <= q.start < q.end <= len(text)
        assert q.start <= q.number_start < q.number_end <= q.end
        assert q.cue_start <= q.start
        assert q.cue_end >= q.end
        assert (q.value is None) == (q.low is not None) == (q.high is not None)
        assert q.op in ("=", ">=", ">", "<=", "<", "~")
        position = q.end
    for n in find(text):
        assert text[n.start : n.end] == n.text


@given(st.text(alphabet=HARD, max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_covered_spans_hold_nothing(text: str, covered: list[tuple[int, int]]) -> None:
    for q in quantities(text, covered):
        assert not any(a < b and a < q.number_end and q.number_start < b for a, b in covered)
