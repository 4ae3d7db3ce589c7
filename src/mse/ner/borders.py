"""Where a name of its own begins: at the nearest mark, small word or end of another name to its left."""

from __future__ import annotations

import regex

from mse.grammar import load

_STOPS = load("offices")["stops"]
_CHARS = frozenset(_STOPS["chars"])
_WORDS = tuple(_STOPS["words"])
_INNER = regex.compile(r"[\p{Han}A-Za-z0-9]")


def own_start(text: str, end: int, floor: int, least: int, most: int) -> int:
    """Where the name begins that ends at `end`, of `least` to `most` characters, not before `floor`; -1 for none.

    A name is believed only where something clearly ends in front of it, and it begins at the nearest such place.
    """
    for start in range(end, max(floor, end - most) - 1, -1):
        if start < end and not _INNER.match(text[start]):
            return -1
        before = text[start - 1] if start > floor else ""
        if not before or not _INNER.match(before) or before in _CHARS or text.endswith(_WORDS, floor, start):
            return start if end - start >= least else -1
    return -1
