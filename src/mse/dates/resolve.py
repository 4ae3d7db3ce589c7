"""Resolve date expressions: which days they mean, counted from a reference day and the year the context gives."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from mse.dates.expression import DateExpression, Point
from mse.model import Metadata, Period

_FIRST_PLAN, _FIRST_PLAN_YEAR = 3, 1966  # from the third plan on, five years each without a gap
_EARLY_PLANS = {1: 1953, 2: 1958}
_SCHOOL_YEAR_MONTH = 9
_LARGEST_SPAN = 100_000
_YEAR_PARTS = ("year", "year_shift", "said_shift")


@dataclass(slots=True, frozen=True)
class Reference:
    """What the context gives: `day` is where relative dates count from; `year` and `month` fill what is not said.

    `said` is the year the text named last, which 同年 and 次年 count from.
    """

    day: dt.date | None = None
    year: int | None = None
    month: int | None = None
    said: int | None = None

    @classmethod
    def of_report(cls, metadata: Metadata) -> Reference:
        """The reference a report gives: the end of its period (or its day of issue), and its year."""
        day = (metadata.period.end if metadata.period else None) or metadata.issued
        if metadata.year and (day is None or day.year != metadata.year):
            day = dt.date(metadata.year, 12, 31)
        return cls(day=day, year=metadata.year or (day.year if day else None))


@dataclass(slots=True)
class Resolution:
    """The days meant, both inclusive; None where the context does not suffice.

    `deadline`: only the end is meant (前, 截至). `since`: only the start (起, 以来). `recurring`: comes round again.
    """

    period: Period | None
    deadline: bool = False
    since: bool = False
    recurring: bool = False


Days = tuple[dt.date | None, dt.date | None]


def resolve(expression: DateExpression, reference: Reference) -> Resolution:
    """What an expression means under a reference. Never raises; days outside the calendar give no period."""
    bound = expression.bound
    result = Resolution(None, bound in ("until", "by"), bound in ("since", "after"), expression.recurring)
    if expression.recurring:
        return result
    try:
        days = _expression_days(expression, reference)
    except (ValueError, OverflowError):
        return result
    if days is not None:
        result.period = Period.trusted(start=days[0], end=days[1])
    return result


def _expression_days(expression: DateExpression, reference: Reference) -> Days | None:
    days = _days(expression.first, reference)
    if expression.last is not None:
        days = _range(expression, reference, days)
    if days is None:
        return None
    start, end = days
    if expression.bound in ("until", "by"):
        return None, end
    if expression.bound == "since":
        return start, None
    if expression.bound == "after":
        later = end if expression.unit == "day" else end + dt.timedelta(days=1) if end else None
        return later, None
    return start, end


def _range(expression: DateExpression, reference: Reference, days: Days | None) -> Days | None:
    """From the start of the first point to the end of the last; each fills what it lacks from the other."""
    first, last = expression.first, expression.last
    assert last is not None
    if last.unit == "now":
        return (days[0], reference.day) if days else None
    filled = Point(last.unit, dict(last.parts), last.edge)
    if not _has_year(filled):
        _inherit(first, filled, ("year", "year_shift", "week_shift") if "weekday" in filled.parts else _YEAR_PARTS)
        if "month" not in filled.parts and "month_shift" not in filled.parts and filled.unit in ("day", "third"):
            _inherit(first, filled, ("month", "month_shift"))
    elif not _has_year(first) and "day_shift" not in first.parts:
        first = Point(first.unit, dict(first.parts), first.edge)
        _inherit(filled, first, ("year",))
        days = _days(first, reference)
    end_days = _days(filled, reference)
    if days is None or end_days is None:
        return None
    start, end = days[0], end_days[1]
    if start and end and end < start and not _has_year(last):
        end = _moved_year(end, 1)  # 11月至3月 runs into the next year
    return start, end


def _inherit(source: Point, target: Point, names: tuple[str, ...]) -> None:
    for name in names:
        if name in source.parts and name not in target.parts:
            target.parts[name] = source.parts[name]


def _has_year(point: Point) -> bool:
    return any(part in point.parts for part in _YEAR_PARTS)


def _days(point: Point, reference: Reference) -> Days | None:
    """The days of one point."""
    parts, unit = point.parts, point.unit
    today = reference.day
    if "lunar" in parts and unit in ("month", "day", "third"):
        return None  # a day of the lunar calendar: no days rather than wrong ones
    if "bc" in parts:
        return None
    if unit == "now":
        return (today, today) if today else None
    if unit == "span":
        return _span(parts, today) if today else None
    if "day_shift" in parts:
        return _single(today + dt.timedelta(days=parts["day_shift"])) if today else None
    if "week_shift" in parts or unit == "week" or "weekday" in parts:
        return _week(point, reference)
    if unit == "plan":
        return _thirds_of_years(_plan_year(parts["plan"]), 5, point.edge)
    if unit == "decade":
        return _thirds_of_years(_decade_year(parts, today), 10 if "decade" in parts else 100, point.edge)
    year = _year(parts, reference)
    if year is None:
        return None
    if "school" in parts or "term" in parts:
        return _school(parts, year)
    if unit in ("year", "half", "quarter"):
        low, high = _months_of(parts, today)
        return _edged(_first_day(year, low), _last_day(year, high), point)
    if parts.get("first_months"):
        return _first_day(year, 1), _last_day(year, parts["first_months"])
    year, month = _month(parts, year, reference)
    if month is None:
        return None
    if unit == "day":
        return _single(_valid_day(year, month, parts, _has_year(point)))
    if unit == "third":
        low, high = parts.get("third", 0), parts.get("third_to", 0)
        if "half_month" in parts:
            first = parts["half_month"] == 1
            return (
                dt.date(year, month, 1 if first else 16),
                dt.date(year, month, 15) if first else _last_day(year, month),
            )
        return dt.date(year, month, low * 10 - 9), dt.date(year, month, high * 10) if high < 3 else _last_day(
            year, month
        )
    return _edged(_first_day(year, month), _last_day(year, month), point)


def _single(day: dt.date) -> Days:
    return day, day


def _year(parts: dict[str, int], reference: Reference) -> int | None:
    if "year" in parts:
        return parts["year"]
    if "said_shift" in parts and reference.said is not None:
        return reference.said + parts["said_shift"]
    if "year_shift" in parts or "said_shift" in parts:
        base = reference.day.year if reference.day else reference.year
        return None if base is None else base + parts.get("year_shift", parts.get("said_shift", 0))
    if any(name in parts for name in ("month_shift", "quarter_shift")) and reference.day:
        return reference.day.year
    if reference.year is not None:
        return reference.year
    return reference.day.year if reference.day else None


def _month(parts: dict[str, int], year: int, reference: Reference) -> tuple[int, int | None]:
    if "month" in parts:
        return year, parts["month"]
    if "month_shift" in parts:
        if not reference.day:
            return year, None
        base = reference.month if parts["month_shift"] == 0 and reference.month else reference.day.month
        months = year * 12 + base - 1 + parts["month_shift"]
        return months // 12, months % 12 + 1
    return year, reference.month or (reference.day.month if reference.day else None)


def _months_of(parts: dict[str, int], today: dt.date | None) -> tuple[int, int]:
    """First and last month of a year, half or quarter; a quarter counted from today may lie outside 1 to 12."""
    if "half" in parts:
        return parts["half"] * 6 - 5, parts["half"] * 6
    if "first_quarters" in parts:
        return 1, parts["first_quarters"] * 3
    if "quarter" in parts:
        return parts["quarter"] * 3 - 2, parts["quarter"] * 3
    if "quarter_shift" in parts:
        if today is None:
            raise ValueError("a quarter counted from no day")
        quarter = (today.month - 1) // 3 + 1 + parts["quarter_shift"]
        return quarter * 3 - 2, quarter * 3
    return 1, 12


def _edged(start: dt.date, end: dt.date, point: Point) -> Days:
    """The whole unit, or its start (the first month of a year, ten days of a month), middle, or last day."""
    if not point.edge:
        return start, end
    if point.edge == "end":
        return _single(end)
    if point.unit == "month":
        return (
            (start, start.replace(day=10)) if point.edge == "start" else (start.replace(day=11), start.replace(day=20))
        )
    if point.edge == "start":
        return start, _last_day(start.year, start.month)
    middle = (start.month + end.month) // 2
    return _first_day(start.year, middle), _last_day(start.year, middle)


def _thirds_of_years(first: int, count: int, edge: str) -> Days:
    """A run of years, or its first, middle or last tenth; at least a year."""
    low, high, part = first, first + count - 1, max(1, count // 10)
    if edge == "start":
        high = first + part - 1
    elif edge == "end":
        low = high - part + 1
    elif edge == "middle":
        low = first + count // 2
        high = low + part - 1
    return _first_day(low, 1), _last_day(high, 12)


def _plan_year(number: int) -> int:
    return _EARLY_PLANS.get(number) or _FIRST_PLAN_YEAR + 5 * (number - _FIRST_PLAN)


def _decade_year(parts: dict[str, int], today: dt.date | None) -> int:
    decade = parts.get("decade", 0)
    if "century" in parts:
        return parts["century"] + decade
    year = 1900 + decade
    return year + 100 if today and year + 100 <= today.year and decade < 30 else year


def _school(parts: dict[str, int], year: int) -> Days:
    """A school year runs from September to August; its first term ends with January."""
    term = parts.get("term")
    if "school" not in parts:
        # 2020年春季学期 names the calendar year the term begins in.
        if term == 2:
            return _first_day(year, 2), _last_day(year, 8)
        return _first_day(year, _SCHOOL_YEAR_MONTH), _last_day(year + 1, 1)
    if term == 1:
        return _first_day(year, _SCHOOL_YEAR_MONTH), _last_day(year + 1, 1)
    return _first_day(year + 1, 2) if term == 2 else _first_day(year, _SCHOOL_YEAR_MONTH), _last_day(year + 1, 8)


def _span(parts: dict[str, int], today: dt.date) -> Days:
    count = min(parts["count"], _LARGEST_SPAN)
    backwards = "back" in parts or "ago" in parts
    other = _moved(today, parts, -count if backwards else count)
    if "ago" in parts or "later" in parts:
        return _single(other)
    if backwards:
        return other, today
    tomorrow = today + dt.timedelta(days=1)
    return tomorrow, other


def _moved(day: dt.date, parts: dict[str, int], count: int) -> dt.date:
    if "day" in parts:
        return day + dt.timedelta(days=count)
    if "week" in parts:
        return day + dt.timedelta(weeks=count)
    if "year" in parts:
        return _moved_year(day, count)
    months = day.year * 12 + day.month - 1 + count * (3 if "quarter" in parts else 1)
    year, month = months // 12, months % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _moved_year(day: dt.date, count: int) -> dt.date:
    year = day.year + count
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise ValueError("outside the calendar")
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def _week(point: Point, reference: Reference) -> Days | None:
    parts = point.parts
    if "week" in parts:
        year = _year(parts, reference)
        if year is None:
            return None
        monday = dt.date.fromisocalendar(year, parts["week"], 1)
    elif reference.day is None:
        return None
    else:
        monday = reference.day - dt.timedelta(days=reference.day.weekday() - 7 * parts.get("week_shift", 0))
    weekday = parts.get("weekday")
    if weekday is None:
        return monday, monday + dt.timedelta(days=6)
    if weekday == 0:  # the weekend
        return monday + dt.timedelta(days=5), monday + dt.timedelta(days=6)
    return _single(monday + dt.timedelta(days=weekday - 1))


def _valid_day(year: int, month: int, parts: dict[str, int], year_said: bool) -> dt.date:
    """The day; one its month lacks is its last day, or lies in an earlier month or leap year where none is said."""
    day = parts["day"]
    last = calendar.monthrange(year, month)[1]
    if day > last and "month" not in parts and "month_shift" not in parts and month > 1:
        month -= 1
        last = calendar.monthrange(year, month)[1]
    if day > last and not year_said and month == 2 and day == 29:
        while not calendar.isleap(year):
            year -= 1
        last = 29
    return dt.date(year, month, min(day, last))


def _first_day(year: int, month: int) -> dt.date:
    months = year * 12 + month - 1
    return dt.date(months // 12, months % 12 + 1, 1)


def _last_day(year: int, month: int) -> dt.date:
    months = year * 12 + month - 1
    year, month = months // 12, months % 12 + 1
    return dt.date(year, month, calendar.monthrange(year, month)[1])
