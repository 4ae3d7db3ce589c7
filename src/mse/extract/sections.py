"""Sections of prose about a year that is over: what stands below `一、2023年工作回顾` in a report of 2024.

A heading that names such a year and looks back opens the section; the next heading of the first rank, or one that looks
ahead, closes it.
"""

from __future__ import annotations

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


def _is_year(period: Period | None) -> bool:
    if period is None or period.start is None or period.end is None:
        return False
    return (period.end - period.start).days in _YEAR_DAYS
