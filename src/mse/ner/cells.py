"""The person that a short piece of a table cell names, by the surnames and titles that find people in prose."""

from __future__ import annotations

from functools import lru_cache

import regex

from mse.grammar import alternation, load
from mse.ner import names
from mse.ner.titles import titles

_NAMES = load("surnames")
_TIE = regex.compile(_NAMES["tie"]["pattern"])
_DOTTED = regex.compile(_NAMES["dot"]["whole"])
_NOT_LAST = frozenset(_NAMES["cells"]["not_last"])
_REST = regex.compile(rf"(?:{alternation([*_NAMES['follows']['words'], *_NAMES['verbs']['words']])})+")


@lru_cache(maxsize=4096)
def person_in(piece: str) -> str | None:
    """The name in a piece without brackets and blanks: 张三 of `常务副市长张三`, `张三副市长`, `张三等`, `张三牵头`.

    `""` where it names a post and nobody (`各分管副市长`), and None where it is no person that can be told.
    """
    found = titles(piece)
    if not found:
        if _is_whole(piece):
            return piece
        end = names.name_end(piece, 0)
        return piece[:end] if _ends(piece, end) else None
    start = found[-1].end
    if tie := _TIE.match(piece, start):
        start = tie.end()
    if start < len(piece):
        if _is_whole(piece[start:]):
            return piece[start:]
        end = names.name_end(piece, start)
        return piece[start:end] if _ends(piece, end) else None
    before = piece[: found[0].start]
    if _is_whole(before):
        return before
    start = names.name_start(piece, len(before), 0)
    return before[start:] if start >= 0 else ""


def office_before(piece: str) -> str:
    """What stands before the first title of a piece that names a person with title: the office, or nothing."""
    found = titles(piece)
    if not found:
        return ""
    return piece[: found[0].start if found[0].head < 0 else found[0].head]


def _is_whole(text: str) -> bool:
    """Whether the text is a name and nothing else: with a surname, or joined by dots, or the given name withheld."""
    if names.could_be_name(text):
        # Alone in its piece a name ends where the piece does: 江某才, though 才 may follow a name in a sentence.
        return text[-1] not in _NOT_LAST
    return _DOTTED.fullmatch(text) is not None or names.WITHHELD_NAME.fullmatch(text) is not None


def _ends(piece: str, end: int) -> bool:
    """Whether a name that ends here leaves nothing but what follows names (`等`, `牵头`)."""
    return end == len(piece) or (end > 0 and _REST.fullmatch(piece, end) is not None)
