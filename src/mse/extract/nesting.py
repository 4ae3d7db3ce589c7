"""Clauses with their brackets: a remark in brackets that holds numbers is a clause of its own inside another.

`全市新建厕所26座（新建12座、改扩建14座）已开工` is one clause with a hole, and an inner clause inside it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from dataclasses import dataclass, field
from operator import attrgetter

import regex

from mse.extract.clauses import list_number_end, sentences
from mse.grammar import load
from mse.model import Mention

_DATA = load("clauses")
_REACH = 400  # a bracket that closes further on was left open by mistake
_CLOSER = dict(_DATA["brackets"])
_TITLE_CLOSER = dict(_DATA["titles"])
_MARK = regex.compile(
    _DATA["clause_end"]
    + "|"
    + _DATA["pause"]
    + "|["
    + regex.escape("".join(a + b for a, b in [*_DATA["brackets"], *_DATA["titles"]]), special_only=False)
    + "]"
)


Span = tuple[int, int]


@dataclass(slots=True)
class NestedClause:
    """A clause by offsets; `holes` are its brackets with numbers, `parent` the clause whose bracket holds this one."""

    start: int
    end: int
    sentence: int
    parent: NestedClause | None = None
    holes: list[tuple[int, int]] = field(default_factory=list)
    quantities: list[Mention] = field(default_factory=list)

    def contains(self, offset: int) -> bool:
        """Whether the offset stands in this clause itself and not in one of its holes."""
        return self.start <= offset < self.end and not any(a <= offset < b for a, b in self.holes)


def nested_clauses(text: str, start: int, end: int, quantities: list[Mention]) -> list[NestedClause]:
    """The clauses of `text[start:end]` in the order of their starts, each with the quantities that stand in it."""
    found: list[NestedClause] = []
    for index, (a, b) in enumerate(sentences(text, start, end)):
        inside = starting_in(quantities, a, b)
        a = list_number_end(text, a, b)
        _cut(text, a, b, index, None, inside, found)
    found.sort(key=lambda c: (c.start, -c.end))
    for clause in found:
        position = clause.start
        for a, b in [*clause.holes, (clause.end, clause.end)]:
            clause.quantities.extend(starting_in(quantities, position, a))
            position = b
    return found


def starting_in(mentions: list[Mention], start: int, end: int) -> list[Mention]:
    """Those of the mentions, which stand in the order of the text, that start in `text[start:end]`."""
    first = bisect_left(mentions, start, key=_start)
    return mentions[first : bisect_left(mentions, end, first, key=_start)]


_start = attrgetter("start")


def _cut(
    text: str,
    start: int,
    end: int,
    sentence: int,
    parent: NestedClause | None,
    quantities: list[Mention],
    found: list[NestedClause],
) -> None:
    holes, ends = _scan(text, start, end, quantities)
    position = start
    waiting = deque(holes)
    for stop, after in [*ends, (end, end)]:
        if not text[position:stop].strip():
            position = max(position, after)
            continue
        clause = NestedClause(list_number_end(text, position, stop), stop, sentence, parent)
        while waiting and waiting[0][0] < stop:
            a, b = waiting.popleft()
            inner = starting_in(quantities, a + 1, b) if position <= a and b <= stop else []
            if inner:
                clause.holes.append((a, b))
                _cut(text, a + 1, b - 1, sentence, clause, inner, found)
        found.append(clause)
        position = after


def _scan(
    text: str, start: int, end: int, quantities: list[Mention]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Outermost brackets of the stretch, and the clause marks that stand outside brackets, titles and quantities."""
    holes: list[Span] = []
    ends: list[Span] = []
    skip_to = start
    next_quantity = 0
    for hit in _MARK.finditer(text, start, end):
        at = hit.start()
        while next_quantity < len(quantities) and quantities[next_quantity].end <= at:
            next_quantity += 1
        inside = next_quantity < len(quantities) and quantities[next_quantity].start <= at
        if at < skip_to or inside:
            continue
        mark = hit.group()
        if mark in _TITLE_CLOSER:
            close = text.find(_TITLE_CLOSER[mark], at + 1, min(end, at + _REACH))
            skip_to = close + 1 if close >= 0 else skip_to
        elif mark in _CLOSER:
            close = _matching(text, at, end, mark, _CLOSER[mark])
            if close >= 0:
                holes.append((at, close + 1))
                skip_to = close + 1
        elif len(mark) == 1 and not _is_bracket(mark):
            ends.append((at, hit.end()))
    return holes, ends


def _matching(text: str, at: int, end: int, opener: str, closer: str) -> int:
    depth = 0
    for i in range(at, min(end, at + _REACH)):
        if text[i] == opener:
            depth += 1
        elif text[i] == closer:
            depth -= 1
            if depth == 0:
                return i
    return -1


_BRACKETS = frozenset(c for pair in [*_DATA["brackets"], *_DATA["titles"]] for c in pair)


def _is_bracket(mark: str) -> bool:
    return mark in _BRACKETS
