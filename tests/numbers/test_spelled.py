"""Numerals put together from others: dozens, half a hundred, powers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mse.numbers import find, quantities


def values(text: str) -> list[tuple[str, Decimal]]:
    return [(n.text, n.value) for n in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一打", [("一打", 12)]),
        ("三打造场景", [("三", 3)]),
        ("年过半百", [("半百", 50)]),
        ("数百", [("百", 100)]),
        ("2^5", [("2^5", 32)]),
        ("-1.5^2", [("-1.5^2", Decimal("2.25"))]),
        ("10^-2", [("10^-2", Decimal("0.01"))]),
        ("0^-1", [("0", 0), ("-1", -1)]),
        ("2^0.5", [("2", 2), ("0.5", Decimal("0.5"))]),
        ("30000000^30亿", [("30000000", 30000000), ("30亿", 3000000000)]),
    ],
)
def test_values(text, expected):
    assert values(text) == expected


def test_a_dozen_as_a_unit_keeps_its_count():
    (quantity,) = quantities("采购铅笔20打")
    assert (quantity.value, quantity.unit) == (20, "打")


@given(st.text(alphabet="0123456789^+-.eE万亿打半百一十 ", max_size=30))
def test_any_string_is_read_without_an_error_and_spans_are_what_is_written(text):
    for numeral in find(text):
        assert text[numeral.start : numeral.end] == numeral.text
        assert numeral.value.is_finite()
