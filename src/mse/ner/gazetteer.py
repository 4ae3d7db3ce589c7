"""The places that are known by name: divisions of China, countries, cities, rivers and mountains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from mse.grammar import alternation, load

_DATA = load("divisions")
_ENDINGS = tuple(sorted(_DATA["endings"]["division"], key=len, reverse=True))
_AUTONOMOUS = _DATA["peoples"]["before"]
_PEOPLES = regex.compile(rf"{alternation(_DATA['peoples']['words'])}+(?={_AUTONOMOUS})")


class Gazetteer:
    """Words by their first two characters, so that most positions of a text cost one look-up."""

    __slots__ = ("_by_start",)

    def __init__(self, words: Iterable[str]) -> None:
        by_start: dict[str, list[str]] = {}
        for word in sorted(set(words), key=lambda w: (-len(w), w)):
            if len(word) > 1:
                by_start.setdefault(word[:2], []).append(word)
        self._by_start = by_start

    def end(self, text: str, start: int) -> int:
        """Where the longest known word ends that begins at `start`; `start` itself where none does."""
        for word in self._by_start.get(text[start : start + 2], ()):
            if text.startswith(word, start):
                return start + len(word)
        return start

    def __iter__(self) -> Iterator[str]:
        for words in self._by_start.values():
            yield from words

    def __contains__(self, word: str) -> bool:
        return word in self._by_start.get(word[:2], ())


def divisions() -> Iterator[str]:
    """The divisions of China in full, provinces first."""
    for province in _DATA["province"]:
        yield from province["words"]
        yield from province.get("prefectures", "").split()
        yield from province.get("counties", "").split()


def short_form(division: str) -> str:
    """The division without its ending, 肇庆 for 肇庆市 and 恩施 for 恩施土家族苗族自治州; "" where one is left."""
    name = division
    if _AUTONOMOUS in division:
        name = _PEOPLES.sub("", division)
        name = name.partition(_AUTONOMOUS)[0]
    else:
        name = next((division.removesuffix(ending) for ending in _ENDINGS if division.endswith(ending)), division)
    return name if len(name) > 1 else ""


def _all() -> Iterator[str]:
    unfit = set(_DATA["ambiguous_short"]["words"])
    for province in _DATA["province"]:
        yield from province["short"]
    for division in divisions():
        yield division
        short = short_form(division)
        if short and short not in unfit:
            yield short
        if short and _AUTONOMOUS in division:
            yield short + division[-1]
    yield from _DATA["countries"]["words"]
    yield from _DATA["cities"]["words"]


PLACES = Gazetteer(_all())
