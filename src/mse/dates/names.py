"""Years that are part of a name: titles in 《》, document numbers, names of plans and notices."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import regex

from mse.dates.expression import DateExpression
from mse.dates.grammar import DATA

_NAMES = DATA["names"]
_TITLE = regex.compile(_NAMES["title"])


@dataclass(slots=True)
class Names:
    """The named stretches of one text."""

    text: str
    starts: list[int]
    ends: list[int]

    def holds(self, expression: DateExpression) -> bool:
        """Whether the expression is a piece of a name rather than a date of its own."""
        index = bisect_right(self.starts, expression.start) - 1
        return index >= 0 and expression.start < self.ends[index]


def in_names(text: str) -> Names:
    """The stretches of a text that are names."""
    spans = [match.span() for match in _TITLE.finditer(text)]
    return Names(text, [a for a, _ in spans], [b for _, b in spans])
