"""Resolve a whole passage: what an earlier expression says, later ones in its reach inherit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import regex

from mse.dates.expression import DateExpression
from mse.dates.find import find
from mse.dates.grammar import DATA
from mse.dates.resolve import Reference, Resolution, resolve
from mse.grammar import alternation, load
from mse.model import Period

_SENTENCE_END = regex.compile(load("clauses")["sentence_end"])
_CLAUSE_END = regex.compile(load("clauses")["clause_end"])
_COMPARED_BEFORE = regex.compile(alternation(DATA["context"]["compared_before"]) + "[ 　]?$")
_BASIS_BEFORE = regex.compile(alternation(DATA["context"]["basis_before"]) + "[ 　]?$")
_COMPARED_AFTER = regex.compile(alternation(DATA["context"]["compared_after"]))
_YEAR_BY_MONTH = ("month", "day", "third", "quarter", "half")


def resolve_in_order(
    expressions: Sequence[DateExpression], text: str, reference: Reference, start: int = 0
) -> list[Resolution]:
    """The resolutions of expressions in the order of `text`, whose own offsets begin at `start`.

    A year said earlier in the same sentence holds for later months, one counted from the day (去年) only within its
    clause; a month said earlier in the passage holds for later bare days. A year of a comparison, a range or a
    deadline holds for nothing else. Where the reference knows no year, a year said holds until the next one.
    """
    results: list[Resolution] = []
    year_held: int | None = None
    held_to_clause = False
    month_held: int | None = None
    named: int | None = None
    position = start
    for expression in expressions:
        gap = (position - start, max(position, expression.start) - start)
        if _SENTENCE_END.search(text, *gap) and reference.year is not None:
            year_held = None
        if held_to_clause and _CLAUSE_END.search(text, *gap):
            year_held, held_to_clause = None, False
        year = year_held if year_held is not None else reference.year
        resolution = resolve(expression, replace(reference, year=year, month=month_held or reference.month, said=named))
        results.append(resolution)
        position = expression.end
        first = expression.first
        said = any(part in first.parts for part in ("year", "year_shift", "said_shift"))
        if "year" in first.parts and (year_named := _year_said(expression, resolution)) is not None:
            named = year_named
        if said and expression.last is None and not _is_measure(text, expression.start - start, expression.end - start):
            held = _year_said(expression, resolution)
            relative = "year_shift" in first.parts
            if held is not None and (not expression.bound or first.unit in _YEAR_BY_MONTH):
                year_held, held_to_clause = held, relative
        if "month" in first.parts and first.unit in ("month", "day", "third"):
            month_held = (expression.last or first).parts.get("month", first.parts["month"])
    return results


def recognize(text: str, date: dt.date | str | None = None) -> list[tuple[DateExpression, Period | None]]:
    """The date expressions of free text with their periods. `date` (or its ISO form) is what relative dates count from.

    Raises ValueError for a `date` that is no ISO date.
    """
    day = dt.date.fromisoformat(date) if isinstance(date, str) else date
    expressions = find(text)
    resolutions = resolve_in_order(expressions, text, Reference(day=day))
    return [(e, r.period) for e, r in zip(expressions, resolutions, strict=True)]


def compared(text: str, start: int, end: int) -> bool:
    """Whether the date at `text[start:end]` is what something is measured against: 比去年, 较2016年, 去年同期."""
    return bool(_COMPARED_BEFORE.search(text, max(0, start - 4), start) or _COMPARED_AFTER.match(text, end))


def _is_measure(text: str, start: int, end: int) -> bool:
    """Whether the date only serves to measure or reckon something, and so gives later months no year."""
    return compared(text, start, end) or _BASIS_BEFORE.search(text, max(0, start - 4), start) is not None


def _year_said(expression: DateExpression, resolution: Resolution) -> int | None:
    period = resolution.period
    if "bc" in expression.first.parts:
        return None
    if period is None:
        return expression.first.parts.get("year")
    day = period.end or period.start
    return day.year if day else None
