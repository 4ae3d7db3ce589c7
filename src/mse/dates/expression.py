"""What a date expression says, part by part, before anything is known about the day it is read on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Unit = Literal["year", "half", "quarter", "month", "third", "week", "day", "plan", "decade", "span", "now", "every"]
Bound = Literal["", "until", "by", "since", "after", "within"]


@dataclass(slots=True)
class Point:
    """One point or stretch of the calendar as it is written: its finest unit and the parts that were said.

    `parts` maps a part (`year`, `year_shift`, `month`, `quarter`, `day`, ...) to its number; a `*_shift` counts units
    from the reference day (去年 is `year_shift` -1). `edge` is `start`, `middle` or `end` of the unit (年底), else "".
    """

    unit: Unit
    parts: dict[str, int] = field(default_factory=dict)
    edge: str = ""


@dataclass(slots=True)
class DateExpression:
    """A span of the text that names a point or a period; offsets are code points, end exclusive.

    `last` is the other end of a range. `bound` says what the words around it make of it: `until` (截至) and `by` (前)
    leave only an end, `since` (起, 以来) and `after` (以后) only a start. `recurring` marks 每月10日前 and its like.
    """

    start: int
    end: int
    text: str
    first: Point
    last: Point | None = None
    bound: Bound = ""
    recurring: bool = False
    has_numeral: bool = True

    @property
    def unit(self) -> Unit:
        """The finest unit of the (last) point."""
        return (self.last or self.first).unit
