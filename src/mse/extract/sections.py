"""Sections of prose about a year that is over: what stands below `一、2023年工作回顾` in a report of 2024.

A heading that names such a year and looks back opens the section; the next heading of the first rank, or one that looks
ahead, closes it.
"""

from __future__ import annotations

import calendar
import datetime as dt
from bisect import bisect_right

import regex

from mse.extract.nesting import starting_in
from mse.extract.outlook import is_heading
from mse.extract.passages import Passage
from mse.grammar import alternation, load
from mse.model import Period

_CUES = load("cues")
_BACK = regex.compile(alternation(_CUES["heading_back"]["words"]))
_AHEAD = regex.compile(alternation(_CUES["heading_ahead"]["words"]))
_FIRST_RANK = regex.compile(load("clauses")["first_rank"])
_NAMES_YEAR = regex.compile(rf"\d{{4}}|{alternation(load('periods')['relative_year']['words'])}")
_LINE = regex.compile(r"[^\r\n]+")
_YEAR_DAYS = range(364, 367)


class Sections:
    """The years that sections of one passage tell of; found once, looked up by offset into the document."""

    def __init__(self, text: str, passage: Passage) -> None:
        self._starts = [passage.start]
        self._years: list[Period | None] = [None]
        dates = passage.dates
        for line in _LINE.finditer(text, passage.start, passage.end):
            if not is_heading(text, *line.span()):
                continue
            year = next((d.period for d in starting_in(dates, *line.span()) if _is_year(d.period)), None)
            looks_back = _BACK.search(line.group()) is not None and _AHEAD.search(line.group()) is None
            if year is not None and looks_back:
                self._turn(line.start(), year)
            elif _FIRST_RANK.match(line.group()) or _AHEAD.search(line.group()):
                self._turn(line.start(), None)

    def year(self, offset: int) -> Period | None:
        """The year the section around the offset tells of, None where no heading says one."""
        return self._years[bisect_right(self._starts, offset) - 1]

    def _turn(self, at: int, year: Period | None) -> None:
        self._starts.append(at)
        self._years.append(year)


def into_sections(sections: Sections, passage: Passage, year: Period | None) -> None:
    """Move dates that name no year (`全年`, `1-9月`) from the report's year into that of the section they stand in."""
    if year is None or year.start is None:
        return
    for date in passage.dates:
        section, period = sections.year(date.start), date.period
        if section is None or section.start is None or section.start >= year.start or period is None:
            continue
        if _NAMES_YEAR.search(date.text) or any(d is not None and d.year != year.start.year for d in _days(period)):
            continue
        days = [_in_year(d, section.start.year) if d is not None else None for d in _days(period)]
        date.period = Period.trusted(start=days[0], end=days[1])


def _days(period: Period) -> tuple[dt.date | None, dt.date | None]:
    return period.start, period.end


def _in_year(day: dt.date, year: int) -> dt.date:
    last = calendar.monthrange(year, day.month)[1]
    ends = day.day == calendar.monthrange(day.year, day.month)[1]  # the last day of a month stays so
    return dt.date(year, day.month, last if ends else min(day.day, last))


def _is_year(period: Period | None) -> bool:
    if period is None or period.start is None or period.end is None:
        return False
    return (period.end - period.start).days in _YEAR_DAYS
