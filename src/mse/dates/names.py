"""Years that are part of a name: titles in 《》, document numbers, names of notices, plans and tables."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import regex

from mse.dates.expression import DateExpression
from mse.dates.grammar import DATA
from mse.grammar import alternation

_NAMES = DATA["names"]
_DOCUMENTS = alternation(_NAMES["documents"])
_TITLE = regex.compile(_NAMES["title"])
_NAME_AFTER = regex.compile(_NAMES["between"] + f"(?P<document>{_DOCUMENTS})")
_MAKES = regex.compile(_NAMES["makes"])
_MADE = regex.compile(_NAMES["makes"] + _NAMES["made"])
_NAME_AFTER_MADE = regex.compile(_NAMES["between_made"] + _DOCUMENTS)
_QUOTE = regex.compile(_NAMES["quote"] + "$")
_QUOTED = regex.compile(_NAMES["quoted"])
_VERBS = regex.compile(alternation(_NAMES["verbs"]))
_ANNOUNCED = regex.compile(_NAMES["announced"])
_ANNOUNCED_END = regex.compile(_NAMES["announced_end"].replace("{documents}", _DOCUMENTS))
_HEADING = regex.compile(_NAMES["heading"])
_HEADING_END = regex.compile(_NAMES["heading_end"].replace("{documents}", _DOCUMENTS))
_WITHIN = set(_NAMES["within"])
_LONGEST_OPENING = 24


@dataclass(slots=True)
class Names:
    """The named stretches of one text."""

    text: str
    starts: list[int]
    ends: list[int]

    def holds(self, expression: DateExpression) -> bool:
        """Whether the expression is a piece of a name rather than a date of its own."""
        index = bisect_right(self.starts, expression.start) - 1
        if index >= 0 and expression.start < self.ends[index]:
            return True
        bare = expression.unit == "year" and "year" in expression.first.parts and not expression.bound
        return bare and not expression.first.edge and self._names_document(expression.start, expression.end)

    def _names_document(self, start: int, end: int) -> bool:
        """Whether a bare year opens or stands in the name of a document."""
        low = max(0, start - _LONGEST_OPENING)
        if _MADE.search(self.text, low, start) and _NAME_AFTER_MADE.match(self.text, end):
            return True
        after = _NAME_AFTER.match(self.text, end)
        if after and not self._has_verb(end, after.start("document")):
            return True
        if _QUOTE.search(self.text, low, start) and _QUOTED.match(self.text, end):
            return True
        if _ANNOUNCED.search(self.text, low, start) and _ANNOUNCED_END.match(self.text, end):
            return True
        heading = _HEADING_END.match(self.text, end)
        return (
            heading is not None
            and _MAKES.search(self.text, end, heading.end()) is None
            and _HEADING.search(self.text, low, start) is not None
        )

    def _has_verb(self, start: int, end: int) -> bool:
        """Whether a verb of its own stands before the document that begins at `end`."""
        return any(
            match.end() != end or match.group() not in _WITHIN for match in _VERBS.finditer(self.text, start, end)
        )


def in_names(text: str) -> Names:
    """The stretches of a text that stand in title brackets or are document numbers."""
    spans = [match.span() for match in _TITLE.finditer(text)]
    return Names(text, [a for a, _ in spans], [b for _, b in spans])
