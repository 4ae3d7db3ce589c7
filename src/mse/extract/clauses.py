"""Sentences and clauses: the pieces of a passage within which a cue word or a date holds.

A sentence ends at 。！？； outside brackets, or at a line break; a clause also ends at a comma that is not inside a
number.
List numbers at the head of a sentence (`1.`, `（2）`, `一是`) are left out of its first clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from mse.grammar import load

_DATA = load("clauses")
_SENTENCE_END = regex.compile(_DATA["sentence_end"])
_REMARK = regex.compile(_DATA["remark"])
_CLAUSE_END = regex.compile(_DATA["clause_end"])
_LIST_NUMBER = regex.compile(_DATA["list_number"])


@dataclass(slots=True)
class Clause:
    """A clause by offsets into the document, with the index of its sentence within the passage."""

    start: int
    end: int
    sentence: int


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the sentences of `text[start:end]`, without their end marks; empty ones are left out."""
    remarks = [hit.span() for hit in _REMARK.finditer(text, start, end)]
    return _cut(text, start, end, _SENTENCE_END, remarks)


def clauses(text: str, start: int, end: int) -> list[Clause]:
    """The clauses of `text[start:end]` in order; brackets do not end a clause."""
    found: list[Clause] = []
    for index, (a, b) in enumerate(sentences(text, start, end)):
        a = list_number_end(text, a, b)
        found.extend(Clause(c, d, index) for c, d in _cut(text, a, b, _CLAUSE_END))
    return found


def list_number_end(text: str, start: int, end: int) -> int:
    """Where the sentence begins behind its list number; `start` itself where it has none."""
    number = _LIST_NUMBER.match(text, start, end)
    return number.end() if number and number.end() < end else start


def _cut(
    text: str, start: int, end: int, mark: regex.Pattern[str], remarks: Sequence[tuple[int, int]] = ()
) -> list[tuple[int, int]]:
    pieces = []
    position = start
    inside = 0
    for hit in mark.finditer(text, start, end):
        while inside < len(remarks) and remarks[inside][1] <= hit.start():
            inside += 1
        if inside < len(remarks) and remarks[inside][0] < hit.start():
            continue
        if text[position : hit.start()].strip():
            pieces.append((position, hit.start()))
        position = hit.end()
    if text[position:end].strip():
        pieces.append((position, end))
    return pieces
