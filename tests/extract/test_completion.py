"""Shares done: exact arithmetic, rounded as printed, and what cannot be decided stays open."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mse.extract.completion import completion, half_unit
from mse.model import Measure

D = Decimal


def amount(value, unit, text="", op="="):
    return Measure(value=D(str(value)), unit=unit, text=text or f"{value}{unit}", op=op)


def rate(value, op="="):
    return Measure(value=D(value), unit="%", text=f"{value}%", op=op)


def test_stated_and_computed_agree():
    result = completion(amount(679, "人"), amount(2000, "人"), rate("33.95"))
    assert (result.stated, result.computed, result.consistent) == (D("33.95"), D("33.95"), True)


def test_rounding_to_the_printed_place_agrees():
    assert completion(amount(2, "个"), amount(3, "个"), rate("67")).consistent is True
    assert completion(amount(2, "个"), amount(3, "个"), rate("66.7")).consistent is True
    assert completion(amount(2, "个"), amount(3, "个"), rate("66.5")).consistent is False


def test_computed_has_at_least_two_places_and_as_many_as_stated():
    assert completion(amount(1, "个"), amount(3, "个"), None).computed == D("33.33")
    assert completion(amount(1, "个"), amount(3, "个"), rate("33.3333")).computed == D("33.3333")


def test_a_report_that_contradicts_itself():
    result = completion(amount("450000000", "元", "4.5亿元"), amount("1200000000", "元", "12亿元"), rate("53.05"))
    assert (result.computed, result.consistent) == (D("37.50"), False)


def test_printed_decimals_leave_room_for_the_rounding_of_the_amount():
    reached = amount("120000000", "元", "1.2亿元")  # anything from 1.15 to 1.25
    assert completion(reached, amount("900000000", "元", "9亿元"), rate("13.6")).consistent is True
    assert completion(reached, amount("900000000", "元", "9亿元"), rate("14.1")).consistent is False


def test_areas_are_converted_exactly():
    result = completion(amount("1500", "亩"), amount("2", "平方公里"), rate("50"))
    assert (result.computed, result.consistent) == (D("50.00"), True)


def test_counts_of_one_kind_are_set_one_to_one():
    assert completion(amount(659, "人"), amount(800, "人次"), None).computed == D("82.38")


@pytest.mark.parametrize(
    ("actual", "target"),
    [
        (amount(5, "个"), None),
        (None, amount(5, "个")),
        (amount(5, "个"), amount(0, "个")),
        (amount(5, "个"), amount(-3, "个")),
        (amount(5, "公里"), amount(5, "亩")),
        (amount(5, "元"), amount(5, "美元")),
        (amount("2.4", "%"), amount("3", "%")),
        (amount(55, "微克"), amount(60, "微克", op="<=")),
        (Measure(low=D(3), high=D(5), unit="个", text="3至5个"), amount(5, "个")),
    ],
)
def test_nothing_to_compute(actual, target):
    result = completion(actual, target, rate("50"))
    assert (result.stated, result.computed, result.consistent) == (D(50), None, None)


def test_no_rate_nothing_to_compare():
    assert completion(amount(5, "个"), amount(10, "个"), None).consistent is None


def test_a_bound_only_contradicts_what_it_excludes():
    many = amount(200, "个", "200多个", op=">")
    assert completion(many, amount(400, "个"), rate("55")).consistent is None
    assert completion(many, amount(400, "个"), rate("40")).consistent is False
    few = amount(200, "个", "不到200个", op="<")
    assert completion(few, amount(400, "个"), rate("45")).consistent is None
    assert completion(few, amount(400, "个"), rate("60")).consistent is False


def test_a_rate_that_is_a_bound():
    assert completion(amount(55, "个"), amount(100, "个"), rate("50", ">")).consistent is True
    assert completion(amount(45, "个"), amount(100, "个"), rate("50", ">=")).consistent is False
    assert completion(amount(45, "个"), amount(100, "个"), rate("50", "<=")).consistent is True


def test_an_approximation_contradicts_only_from_afar():
    about = amount("284000000", "元", "2.84亿元", op="~")
    assert completion(about, amount("900000000", "元", "9亿元"), rate("31.5")).consistent is True
    assert completion(about, amount("900000000", "元", "9亿元"), rate("31.3")).consistent is None
    assert completion(about, amount("900000000", "元", "9亿元"), rate("40")).consistent is False


def test_a_rate_in_words_has_no_printed_precision():
    spoken = Measure(value=D(80), unit="%", text="八成")
    result = completion(amount(79, "个"), amount(100, "个"), spoken)
    assert (result.stated, result.consistent) == (D(80), None)


def test_fractions_and_multiples_are_stated_in_percent():
    assert completion(None, None, Measure(value=D("0.6667"), unit="", text="三分之二")).stated == D("66.67")
    assert completion(None, None, Measure(value=D("1.2"), unit="倍", text="1.2倍")).stated == D(120)
    assert completion(None, None, amount(5, "个")).stated is None


@pytest.mark.parametrize(
    ("measure", "half"),
    [
        (amount("370000000", "元", "3.7亿元"), D("5000000")),
        (amount("91047862", "元", "9104.7862万元"), D("0.5")),
        (amount("180060000", "元", "18006万元"), D("5000")),
        (amount("300000000", "元", "3亿元"), D(0)),
        (amount("2000", "人"), D(0)),
        (amount("11118.5", "元"), D("0.05")),
        (amount("1234567", "元", "1,234,567元"), D(0)),
        (amount("80", "%", "八成"), D(0)),
    ],
)
def test_half_a_unit_of_the_last_printed_place(measure, half):
    assert half_unit(measure) == half


@given(
    st.integers(1, 10**6),
    st.integers(1, 10**6),
    st.integers(0, 3),
    st.decimals(min_value="-0.4", max_value="0.4", places=2),
)
@settings(max_examples=200, deadline=None)
def test_consistent_is_true_exactly_within_rounding(reached, promised, places, nudge):
    step = D(1).scaleb(-places)
    exact = D(reached) / D(promised) * 100
    rounded = exact.quantize(step)
    near = completion(amount(reached, "个"), amount(promised, "个"), rate(str(rounded)))
    assert near.consistent is True
    off = rounded + (2 + nudge) * step
    assert completion(amount(reached, "个"), amount(promised, "个"), rate(str(off.quantize(step)))).consistent is False
