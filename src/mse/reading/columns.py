"""What the columns of a table hold: by their headers, else by what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import regex

from mse.grammar import alternation, load
from mse.grammar.script import simplified
from mse.numbers import parse
from mse.reading.clean import squeeze

Roles = tuple[str, ...]

_DATA = load("columns")
_ENTRIES: list[dict[str, Any]] = _DATA["column"]
_WORDS: dict[str, str] = {word.casefold(): entry["role"] for entry in _ENTRIES for word in entry["words"]}
_PATTERNS: list[tuple[str, list[regex.Pattern[str]]]] = [
    (entry["role"], [regex.compile(p) for p in entry.get("patterns", [])]) for entry in _ENTRIES
]
# Most texts that are looked at name no column at all; one pattern says so.
_ANY = regex.compile("|".join(f"(?:{pattern.pattern})" for _, patterns in _PATTERNS for pattern in patterns))
_CONNECTOR = regex.compile(alternation(_DATA["connectors"]))
_BRACKET = regex.compile(r"[（(\[【][^（()）\[\]【】]*[)）\]】]$")
_UNIT_BEHIND = regex.compile(load("tables")["unit_after_header"]["pattern"])
_ROW_NUMBER = regex.compile(_DATA["row_number"]["pattern"])
_HEADING = regex.compile(_DATA["heading"]["pattern"], regex.DOTALL)
_SENTENCE = regex.compile(f"[{_DATA['sentence']['marks']}]")
_TOTALS = frozenset(_DATA["totals"]["words"])
_NONE = frozenset(_DATA["none"]["words"])

_LONGEST_TOTAL = max(map(len, _TOTALS))
_LONGEST_NONE = max(map(len, _NONE))

TEXT_ROLES = ("task", "progress", "plan", "problems")
OFFICIAL_ROLES = ("leader", "lead", "office", "supporting", "person")
_LONGEST_HEADER = 30


def is_row_number(text: str) -> bool:
    """Whether a cell holds nothing but a row number."""
    text = squeeze(text)
    return len(text) <= 12 and _ROW_NUMBER.fullmatch(text) is not None


def row_value(text: str) -> int:
    """The number a cell holds where it holds nothing but a whole row number (`3.`, `（三）`), else 0."""
    if not is_row_number(text):
        return 0
    plain = squeeze(text).strip("（）().．、")
    if plain.isdecimal():
        return int(plain)
    try:
        return int(parse(plain)) if plain and not plain[0].isascii() else 0
    except ValueError:
        return 0


def is_heading(text: str) -> bool:
    """Whether a cell reads like a heading over a group of tasks."""
    text = text.strip()
    return len(text) <= 60 and not _SENTENCE.search(text) and _HEADING.fullmatch(text) is not None


def is_caption(text: str) -> bool:
    """Whether a cell is short enough for a heading without a list number: 民生保障类."""
    return 2 <= len(squeeze(text)) <= _LONGEST_HEADER and not _SENTENCE.search(text)


def is_total(text: str) -> bool:
    text = squeeze(text)
    return len(text) <= _LONGEST_TOTAL and simplified(text) in _TOTALS


def is_none(text: str) -> bool:
    """Whether a cell says that there is nothing: empty, `/`, 无."""
    text = squeeze(text)
    return not text or (len(text) <= _LONGEST_NONE and simplified(text) in _NONE)


@lru_cache(maxsize=4096)
def header_roles(header: str) -> Roles:
    """The roles a column header names, usually one; several for an office and a person in one cell; none if unknown."""
    text = simplified(squeeze(header))
    if not text or len(text) > _LONGEST_HEADER:
        return ()
    short = _BRACKET.sub("", text) or text
    for candidate in (text, short):
        if role := _WORDS.get(candidate.casefold()):
            return (role,)
    parts = [part for part in _CONNECTOR.split(short) if part]
    if len(parts) > 1:
        roles = [_role(part) for part in parts]
        if all(roles):
            if all(role in OFFICIAL_ROLES for role in roles):
                return tuple(dict.fromkeys(roles))
            return (roles[0],)
    role = _role(short) or _role(_UNIT_BEHIND.sub("", short))
    return (role,) if role else ()


def _role(text: str) -> str:
    if role := _WORDS.get(text.casefold()):
        return role
    if _ANY.fullmatch(text) is None:
        return ""
    for role, patterns in _PATTERNS:
        if any(pattern.fullmatch(text) for pattern in patterns):
            return role
    return ""


def read_header(cells: Sequence[str]) -> list[Roles] | None:
    """The roles of each column if these cells are a header row, else None.

    A header row has short cells, most of them known, at least one known as it stands, and one of them a text column.
    """
    filled: list[str] = []
    for cell in map(squeeze, cells):
        if len(cell) > _LONGEST_HEADER:
            return None
        if cell:
            filled.append(simplified(cell))
    if len(filled) < 2 or any(_SENTENCE.search(cell) for cell in filled):
        return None
    roles = [header_roles(cell) for cell in cells]
    known = {role for each in roles for role in each}
    count = sum(1 for each in roles if each)
    exact = any(cell.casefold() in _WORDS for cell in filled)
    if count < 2 or len(known) < 2 or count * 2 < len(filled) or not exact or not known & set(TEXT_ROLES):
        return None
    return roles
