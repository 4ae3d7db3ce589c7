"""Numbers that measure nothing: whether a numeral stands in a name, a code, an ordinal or an idiom.

The patterns are data in `grammar/names.toml`; this file asks them at one numeral at a time, so a text without numerals
costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import regex

from mse.grammar import load

_DATA = load("names")
_NUMERALS = load("numerals")
_CHARS = "".join(
    [
        *_NUMERALS["digits"]["chars"],
        *_NUMERALS["digits"]["formal"],
        *_NUMERALS["digits"]["tens"],
        *_NUMERALS["scales"]["small"],
        *_NUMERALS["scales"]["big"],
    ]
)
_CHINESE = f"[{_CHARS}]{{1,8}}+"
_POINTS = "".join(_NUMERALS["points"]["words"])
_DIGITS = r"[0-9０-９]{1,12}+"
_ONE = next(char for char, value in _NUMERALS["digits"]["chars"].items() if value == 1)
_PLACEHOLDERS = ("{n}", "{c}", "{d}")
_REPEATS = ("?", "*", "+", "{")
_PLAIN = frozenset(_DATA["plain"])
# How far back a pattern may look.
_REACH = 24


def _join(section: str) -> str:
    # Neighbours that begin with the same numeral share it, so that it is read once.
    grouped = groupby((entry["pattern"] for entry in _DATA[section]), key=_numeral_first)
    joined = "|".join(
        f"{first}(?:{'|'.join(f'(?:{p.removeprefix(first)})' for p in patterns)})" for first, patterns in grouped
    )
    return (
        joined.replace("{c}", _CHINESE)
        .replace("{n}", f"(?:{_CHINESE}|{_DIGITS})")
        .replace("{d}", _DIGITS)
        .replace("{chars}", _CHARS)
        .replace("{k}", _DATA["classifiers"])
        .replace("{h}", rf"[\p{{Han}}--[{_CHARS}{_POINTS}]]")
    )


def _numeral_first(pattern: str) -> str:
    first = pattern[:3]
    return first if first in _PLACEHOLDERS and pattern[3:4] not in _REPEATS else ""


_BLOCK = regex.compile(_join("block"))
# Read backwards from the numeral, so that nothing is searched for.
_BEFORE = regex.compile(f"(?r)(?:{_join('before')})")
_BEFORE_ONE = regex.compile(f"(?:{_join('before_one')})$")
_BEFORE_CHINESE = regex.compile(f"(?r)(?:{_join('before')}|{_join('before_chinese')})")
_BEFORE_ANY_ONE = regex.compile(
    f"(?r)(?:{'|'.join(_join(part) for part in ('before', 'before_chinese', 'before_one', 'article'))})"
)
_WORD = regex.compile(_join("word"), regex.V1)
_WHOLE = regex.compile(_join("whole"), regex.V1)


def blocked(text: str) -> Iterator[tuple[int, int]]:
    """Spans in which no number is a quantity: titles in 《》, document numbers, short quoted names, addresses."""
    for hit in _BLOCK.finditer(text):
        yield hit.span()


def inside_word(text: str, start: int, end: int) -> bool:
    """Whether Chinese numerals here are only part of a word: 一切, 四川, 统一."""
    if text[start].isascii():
        return False
    if text[start:end] == _ONE and _BEFORE_ONE.search(text[max(0, start - 2) : start]):
        return True
    hit = _WORD.match(text, start)
    return hit is not None and hit.end() >= end


def is_name(text: str, start: int, end: int, chinese: bool) -> bool:
    """Whether the numeral at `text[start:end]` names or orders something instead of measuring it."""
    word = _WORD.match(text, start)
    if word is not None and word.end() >= end:
        return True
    if start:
        one = chinese and text[start:end] == _ONE
        pattern = _BEFORE_ANY_ONE if one else _BEFORE_CHINESE if chinese else _BEFORE
        if pattern.match(text[max(0, start - _REACH) : start]):
            return True
    if not chinese and text[end : end + 1] in _PLAIN:
        return False
    whole = _WHOLE.match(text, start)
    return whole is not None and whole.end() >= end
