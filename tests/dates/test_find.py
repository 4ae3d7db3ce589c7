"""Recognizing: which parts a date says, and what the words around it make of it."""

from __future__ import annotations

import pytest

from mse import dates


def one(text):
    [expression] = dates.find(text)
    return expression


@pytest.mark.parametrize(
    ("text", "unit", "parts"),
    [
        ("2020年5月18日", "day", {"year": 2020, "month": 5, "day": 18}),
        ("去年10月", "month", {"year_shift": -1, "month": 10}),
        ("第二季度", "quarter", {"quarter": 2}),
        ("前三季度", "quarter", {"first_quarters": 3}),
        ("下半年", "half", {"half": 2}),
        ("5月中下旬", "third", {"month": 5, "third": 2, "third_to": 3}),
        ("下周五", "day", {"week_shift": 1, "weekday": 5}),
        ("“十四五”期间", "plan", {"plan": 14}),
        ("昨天", "day", {"day_shift": -1}),
    ],
)
def test_parts(text, unit, parts):
    expression = one(text)
    assert (expression.unit, expression.first.parts) == (unit, parts)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("截至4月30日", "until"),
        ("到2025年", "until"),
        ("10月底前", "by"),
        ("2016年10月以来", "since"),
        ("从2020年1月1日起", "since"),
        ("2019年以后", "after"),
        ("4月30日", ""),
    ],
)
def test_bounds(text, bound):
    expression = one(text)
    assert (expression.text, expression.bound) == (text, bound)


def test_a_shared_unit_makes_one_expression_and_two_units_make_two():
    assert one("二、三季度").last.parts == {"quarter": 3}
    assert [e.text for e in dates.find("2015年、2016年")] == ["2015年", "2016年"]
    assert [e.text for e in dates.find("3月和5月")] == ["3月", "5月"]


def test_only_expressions_with_a_numeral_say_so():
    assert [e.has_numeral for e in dates.find("目前，去年，全年，1-4月，上半年，三季度")] == [False] * 3 + [True] * 3


@pytest.mark.parametrize(
    ("text", "surface"),
    [("3月前往德庆", "3月"), ("6月起草方案", "6月"), ("9月后期", "9月"), ("10月底前进场", "10月底前")],
)
def test_a_word_that_only_begins_alike_does_not_belong(text, surface):
    assert one(text).text == surface


@pytest.mark.parametrize("text", ["提高到2020年", "延至2018年1月", "推迟到6月底"])
def test_to_after_a_verb_takes_the_date_as_its_object(text):
    assert not one(text).bound


def test_recurring_ones_are_recognized_as_such():
    assert [(e.text, e.recurring) for e in dates.find("每月10日前发放，每年3月底公布，每季度通报")] == [
        ("每月10日前", True),
        ("每年3月底", True),
        ("每季度", True),
    ]


def test_a_sum_per_month_is_no_date():
    assert dates.find("每人每月609元、每生每年1000元、2017元/人/月") == []


@pytest.mark.parametrize("text", ["《2020年工作要点》", "〔2020〕51号", "印发2020年度绩效考核工作方案"])
def test_a_year_in_a_name_is_no_date(text):
    assert dates.find(text) == []


def test_a_title_left_open_hides_nothing():
    assert one("《关于工作的通知，2020年5月印发").text == "2020年5月"
