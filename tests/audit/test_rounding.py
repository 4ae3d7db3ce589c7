"""What a printed number may stand for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mse.audit.rounding import allowed, finest, overlap, place, printed, quotient, total
from mse.audit.wording import amount_like
from mse.extract.completion import Interval
from mse.model import Mention


def mention(text: str, value: str, unit: str = "", op: str = "=") -> Mention:
    return Mention(start=0, end=len(text), text=text, value=Decimal(value), unit=unit, op=op)


@pytest.mark.parametrize(
    ("text", "value", "worth"),
    [
        ("33.95%", "33.95", "0.01"),
        ("4万人", "40000", "10000"),
        ("4.15万人", "41500", "100"),
        ("1,250人", "1250", "1"),
        ("三家", "3", "1"),
        ("18006万元", "180060000", "10000"),
    ],
)
def test_the_worth_of_the_last_digit(text: str, value: str, worth: str) -> None:
    assert place(mention(text, value)) == Decimal(worth)


def test_a_whole_number_is_exact_until_finer_ones_stand_beside_it() -> None:
    coarse, fine = mention("4万人", "40000"), mention("2.35万人", "23500")
    assert allowed(coarse) == Interval(Decimal(40000), Decimal(40000))
    assert allowed(coarse, finest([coarse, fine])) == Interval(Decimal(35000), Decimal(45000))
    assert printed(mention("7%", "7")) == Interval(Decimal("6.5"), Decimal("7.5"))


def test_about_allows_two_in_a_hundred() -> None:
    assert allowed(mention("500亩", "500", op="~")) == Interval(Decimal(490), Decimal(510))


def test_sums_and_quotients_of_intervals() -> None:
    one, two = Interval(Decimal(1), Decimal(2)), Interval(Decimal(4), Decimal(5))
    assert total([one, two]) == Interval(Decimal(5), Decimal(7))
    assert quotient(two, one) == Interval(Decimal(2), Decimal(5))
    assert overlap(one, Interval(Decimal(2), Decimal(3)))
    assert not overlap(one, two)


@pytest.mark.parametrize(
    ("text", "value", "computed", "shown"),
    [("92.4亿元", "9240000000", "8340000000", "83.4亿元"), ("46间", "46", "48", "48间"), ("两家", "2", "5", "5家")],
)
def test_a_computed_number_is_shown_as_its_neighbour(text: str, value: str, computed: str, shown: str) -> None:
    unit = text[-1]
    assert amount_like(Decimal(computed), mention(text, value, unit)).text == shown
