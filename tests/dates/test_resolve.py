"""Resolving: days from parts, a reference day and the year of the context."""

from __future__ import annotations

import datetime as dt

import pytest

from mse import dates
from mse.dates import Reference
from mse.model import Metadata, Period

YEAR = Reference(day=dt.date(2020, 4, 30), year=2020)


def resolved(text, reference=YEAR):
    expressions = dates.find(text)
    return dates.resolve_in_order(expressions, text, reference)


def spans(text, reference=YEAR):
    return [r.period and (str(r.period.start), str(r.period.end)) for r in resolved(text, reference)]


def test_the_flags_say_which_side_is_meant():
    deadline, since, recurring = resolved("10月底前完成，从5月1日起实施，每月10日前上报")
    assert (deadline.deadline, since.since, recurring.recurring) == (True, True, True)
    assert (deadline.period.start, since.period.end, recurring.period) == (None, None, None)


def test_the_year_of_the_context_fills_what_is_not_said():
    assert spans("1-4月", Reference(year=2017)) == [("2017-01-01", "2017-04-30")]


def test_nothing_is_guessed_without_a_reference():
    assert spans("1-4月，上半年，去年，昨天", Reference()) == [None] * 4


def test_a_year_said_holds_within_its_sentence():
    assert spans("2019年3月开工，5月封顶。6月验收") == [
        ("2019-03-01", "2019-03-31"),
        ("2019-05-01", "2019-05-31"),
        ("2020-06-01", "2020-06-30"),
    ]


def test_last_year_holds_within_its_clause_only():
    assert spans("去年10月完成，3月投用")[1] == ("2020-03-01", "2020-03-31")


@pytest.mark.parametrize(
    "comparison", ["比去年同期增长3%", "较2018年增长3%", "与上年相比增长3%", "以2015年为基期增长3%"]
)
def test_a_year_compared_with_dates_nothing_else(comparison):
    assert spans(f"{comparison}，5月增长2%")[-1] == ("2020-05-01", "2020-05-31")


def test_a_deadline_or_a_range_of_years_dates_nothing_else():
    assert spans("到2025年达到60%，10月底前达到50%")[1] == ("None", "2020-10-31")
    assert spans("2016—2019年投入3亿元，5月拨付")[1] == ("2020-05-01", "2020-05-31")


def test_a_bare_day_takes_the_month_said_before():
    assert spans("5月16日揭牌，18日开业") == [("2020-05-16", "2020-05-16"), ("2020-05-18", "2020-05-18")]


def test_months_past_the_turn_of_the_year():
    assert spans("11月至次年3月") == [("2020-11-01", "2021-03-31")]
    assert spans("下个月", Reference(day=dt.date(2020, 12, 15))) == [("2021-01-01", "2021-01-31")]


def test_days_outside_the_calendar_give_no_period():
    assert spans("300年前，未来900年", Reference(day=dt.date(200, 1, 1))) == [None, ("0200-01-02", "1100-01-01")]
    assert spans("未来900年", Reference(day=dt.date(9500, 1, 1))) == [None]


def test_a_day_of_the_lunar_calendar_is_given_no_days():
    assert spans("农历正月初五") == [None]


@pytest.mark.parametrize(
    ("metadata", "day", "year"),
    [
        (Metadata(), None, None),
        (Metadata(year=2020), dt.date(2020, 12, 31), 2020),
        (Metadata(year=2020, issued=dt.date(2021, 1, 15)), dt.date(2020, 12, 31), 2020),
        (Metadata(year=2020, period=Period(end=dt.date(2020, 4, 30))), dt.date(2020, 4, 30), 2020),
        (Metadata(issued=dt.date(2020, 5, 18)), dt.date(2020, 5, 18), 2020),
    ],
)
def test_the_reference_a_report_gives(metadata, day, year):
    reference = Reference.of_report(metadata)
    assert (reference.day, reference.year) == (day, year)


def test_a_date_that_is_no_iso_date_is_refused():
    with pytest.raises(ValueError, match="nonsense"):
        dates.recognize("1-4月", "nonsense")
