"""Read the parts of a date from one match of the rules."""

from __future__ import annotations

from functools import lru_cache

import regex

from mse.dates.expression import Point, Unit
from mse.dates.grammar import DATA, SHIFTS, VALUES, number

# Parts written as a numeral, parts whose word has a number in the lexicon (under which list), and plain marks.
_NUMBERS = frozenset({"month", "day", "quarter", "first_months", "first_quarters", "week", "decade", "count", "plan"})
_WORDS = {"half": "half", "half_month": "half", "weekday": "weekday", "century": "century", "term": "term"}
_MARKS = frozenset({"bc", "school", "lunar", "whole", "back", "ahead", "ago", "later"})
_EDGES = frozenset({"edge", "month_edge", "part"})
# The unit of a point is that of the first of these parts it has.
_FINEST: tuple[tuple[str, Unit], ...] = (
    ("every", "every"),
    ("now", "now"),
    ("count", "span"),
    ("plan", "plan"),
    ("decade", "decade"),
    ("century", "decade"),
    ("day", "day"),
    ("day_shift", "day"),
    ("third", "third"),
    ("half_month", "third"),
    ("weekday", "day"),
    ("week", "week"),
    ("week_shift", "week"),
    ("month", "month"),
    ("month_shift", "month"),
    ("month_edge", "month"),
    ("first_months", "month"),
    ("quarter", "quarter"),
    ("quarter_shift", "quarter"),
    ("first_quarters", "quarter"),
    ("half", "half"),
)
_HALF = DATA["numerals"]["half"]
_HALF_OF = {"year": ("month", 6), "month": ("day", 15)}
_MINGUO = next(word for word, before in VALUES["era"].items() if before == 1911)
_PIVOT = 50  # two digits below it are of this century


def read(match: regex.Match[str]) -> tuple[Point, Point | None]:
    """The point a match names, and the last one where several share a unit (2016—2020年)."""
    said: dict[str, str] = {name: value for name, value in zip(_names(match.re), match.groups(), strict=True) if value}
    parts: dict[str, int] = {}
    edge = ""
    for name, value in said.items():
        if name in _NUMBERS:
            parts[name] = 0 if value == _HALF else number(value)
        elif name.endswith("_shift"):
            parts[name] = SHIFTS[name.removesuffix("_shift")][value]
        elif name == "year":
            parts[name] = _year(value, said.get("era"))
        elif name == "minguo":
            parts["year"] = _year(value, _MINGUO)
        elif name == "age":
            parts["century"] = max(1, number(value) * 100 - 100)
        elif name in _WORDS:
            parts[name] = VALUES[_WORDS[name]][value]
        elif name == "third":
            parts["third"], parts["third_to"] = (int(part) for part in VALUES[name][value].split("-"))
        elif name == "holiday":
            parts["month"], parts["day"] = (int(part) for part in VALUES[name][value].split("-"))
        elif name in _EDGES:
            edge = VALUES["edge"][value]
        elif name in _MARKS:
            parts[name] = 1
    if "span_unit" in said:
        counted = VALUES["span_unit"][said["span_unit"]]
        if said["count"] == _HALF:
            counted, parts["count"] = _HALF_OF.get(counted, (counted, 1))
        parts[counted] = parts["count"]
    if "month_edge" in said:
        parts["month_shift"] = 0
    unit: Unit = next((unit for name, unit in _FINEST if name in said or name in parts), "year")
    point = Point(unit, parts, edge)
    if parts.get("decade", 10) < 10:
        parts["decade"] *= 10  # 七八十年代
    if other := said.get("minguo2"):
        return Point(unit, dict(parts)), Point(unit, {**parts, "year": _year(other, _MINGUO)}, edge)
    for name in ("year", "month", "day", "quarter", "decade"):
        if other := said.get(name + "2"):
            final = _last_year(other, said) if name == "year" else number(other)
            if "school" in parts:
                final -= 1  # 2022-2023学年 is one school year, the one that begins in 2022
            return Point(unit, dict(parts)), Point(unit, {**parts, name: final}, edge)
    return point, None


@lru_cache(maxsize=8)
def _names(pattern: regex.Pattern[str]) -> list[str]:
    """The names of the groups in their order; every group of the rules has one."""
    return sorted(pattern.groupindex, key=pattern.groupindex.__getitem__)


def _last_year(text: str, said: dict[str, str]) -> int:
    """The last year of a range; two digits take their century from the first: 1870-71年."""
    first = number(said["year"])
    if "era" not in said and len(text) == 2 and first > 99:
        return first // 100 * 100 + number(text)
    return _year(text, said.get("era"))


def _year(text: str, era: str | None) -> int:
    value = number(text)
    if era is not None:
        return int(VALUES["era"][era]) + value
    if len(text) == 2 and value < 100:
        return value + (2000 if value < _PIVOT else 1900)
    return value
