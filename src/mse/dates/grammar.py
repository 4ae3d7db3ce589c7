"""The calendar lexicon, compiled: patterns from its fragments and rules, words with their values.

A `{name}` in a fragment or rule stands for the fragment of that name, for `words_NAME` the words of a list, for
`words_shift_UNIT` the words that count that unit from the reference day.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import regex

from mse.errors import GrammarError
from mse.grammar import alternation, load
from mse.numbers.numerals import parse

DATA = load("calendar")

_REFERENCE = regex.compile(r"\{([a-z_]+)\}")

SHIFTS: dict[str, dict[str, int]] = {entry["unit"]: entry["words"] for entry in DATA["shift"]}
VALUES: dict[str, dict[str, Any]] = {
    name: entry["values"] for name, entry in DATA["words"].items() if "values" in entry
}


def words(name: str) -> list[str]:
    """The words of one list of the calendar lexicon. Raises KeyError for a list that is not there."""
    entry = DATA["words"][name]
    return list(entry.get("words") or entry["values"])


def _word_lists() -> dict[str, str]:
    lists = {f"words_shift_{unit}": alternation(words) for unit, words in SHIFTS.items()}
    for name in DATA["words"]:
        lists[f"words_{name}"] = alternation(words(name))
    return lists


_PIECES: dict[str, str] = _word_lists() | DATA["fragment"]


def expand(pattern: str, depth: int = 0) -> str:
    """The pattern with every `{name}` filled in. Raises GrammarError for a name that is nowhere defined."""
    if depth > 12:
        raise GrammarError("grammar/calendar.toml: a fragment refers to itself")

    def fill(hit: regex.Match[str]) -> str:
        name = hit.group(1)
        if name not in _PIECES:
            raise GrammarError(f"grammar/calendar.toml: no fragment or list is called {name!r}")
        return "(?:" + expand(_PIECES[name].replace("\n", ""), depth + 1) + ")"

    return _REFERENCE.sub(fill, pattern.replace("\n", ""))


def compiled(pattern: str) -> regex.Pattern[str]:
    """A pattern of the lexicon, expanded and compiled."""
    return regex.compile(expand(pattern))


def beginnings(listed: Iterable[str], depth: int = 3) -> str:
    """A pattern for the first three characters of each word, or for all it has."""
    followers: dict[str, set[str]] = {}
    for word in listed:
        followers.setdefault(word[0], set()).add(word[1:])
    ends = sorted(first for first, rests in followers.items() if "" in rests or depth == 1)
    longer = [
        regex.escape(first) + beginnings(rests, depth - 1)
        for first, rests in sorted(followers.items())
        if first not in ends
    ]
    found = [f"[{regex.escape(''.join(ends))}]", *longer] if ends else longer
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


_DIGITS: dict[str, str] = DATA["numerals"]["digits"]


def number(text: str) -> int:
    """The value of a numeral in a date, in figures or characters: `12`, `１２`, `廿三`, `二〇二〇`, `初十`, `正`.

    Raises ValueError for what is no numeral.
    """
    if text.isdecimal():
        return int(text)
    numerals = DATA["numerals"]
    if text in numerals["names"]:
        return int(numerals["names"][text])
    if len(text) > 1 and all(character in _DIGITS for character in text):
        return int("".join(_DIGITS[character] for character in text))  # a year read digit by digit
    return int(parse(text.removeprefix(numerals["first_days"])))
