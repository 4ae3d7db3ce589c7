"""The area a report is about: a division that its title names, else the one whose papers or organs it names most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

import regex

from mse.grammar import alternation, load

_DATA = load("metadata")["place"]
_DIVISIONS = load("divisions")
_KIND = alternation(_DATA["kinds"])
_CLOSED = tuple(_DATA["closed"])
_GENERIC_START = tuple(_DATA["generic_start"])
_GENERIC_END = (*_DATA["generic_end"], *_DIVISIONS["generic_levels"]["words"])
_NO_NAME = regex.compile(
    rf"[{_DIVISIONS['no_name']['chars']}]|{alternation(_DIVISIONS['no_name']['words'])}|{alternation(_DATA['no_name'])}"
)
_BEFORE = alternation(_DATA["before"])
_NAME = rf"(?P<place>\p{{Han}}{{2,4}}?{_KIND}|\p{{Han}}{{2,12}}?{alternation(_DATA['autonomous'])})"
_IN_TITLE = regex.compile(rf"(?:^|[\d\s“《]){_BEFORE}*+{_NAME}")
_OF_ORGAN = regex.compile(rf"(?<![\p{{Han}}\d]){_BEFORE}*+{_NAME}(?={alternation(_DATA['organs'])})")
_OF_PAPER = regex.compile(rf"(?<=[《“]){_BEFORE}*+{_NAME}(?=\p{{Han}})")
_LONGEST_TITLE = 100


def place_of(titles: Sequence[str], text: str) -> str:
    """The area by the lines of a title, else by the papers and organs of the text; empty where none is named."""
    for line in titles:
        if place := _known(line[:_LONGEST_TITLE]):
            return place
        for hit in _IN_TITLE.finditer(line[:_LONGEST_TITLE]):
            if _is_name(hit["place"]):
                return hit["place"]
    for pattern in (_OF_PAPER, _OF_ORGAN):
        counts = Counter(hit["place"] for hit in pattern.finditer(text) if _is_name(hit["place"]))
        if counts:
            most = max(counts.values())
            return next(place for place in counts if counts[place] == most)
    return ""


def _known(line: str) -> str:
    """The first division of China that a line names in full; of divisions one behind the other the last."""
    known = _divisions()
    position, found = 0, ""
    while position < len(line):
        words = known.get(line[position : position + 2], ())
        word = next((word for word in words if line.startswith(word, position)), "")
        if word:
            found = word
            position += len(word)
        elif found:
            break
        else:
            position += 1
    return found


@cache
def _divisions() -> dict[str, list[str]]:
    """The divisions by their first two characters, longer ones first."""
    words = {
        word
        for province in _DIVISIONS["province"]
        for word in (
            *province["words"],
            *province.get("prefectures", "").split(),
            *province.get("counties", "").split(),
        )
    }
    by_start: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        by_start.setdefault(word[:2], []).append(word)
    return by_start


def _is_name(place: str) -> bool:
    if place in _divisions().get(place[:2], ()):
        return True
    generic = place.startswith(_GENERIC_START) or place.endswith((*_GENERIC_END, *_CLOSED))
    return not generic and _NO_NAME.search(place) is None
