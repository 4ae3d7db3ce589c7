"""Places: those known by name, and names of their own before an ending: 云山村, 中山路."""

from __future__ import annotations

import regex

from mse.grammar import alternation, load
from mse.ner.borders import own_start
from mse.ner.gazetteer import PLACES

_DATA = load("divisions")
_DIVISION = tuple(_DATA["endings"]["division"])
_GOES_ON = _DATA["goes_on"]["after"]
_NO_NAME_CHARS = frozenset(_DATA["no_name"]["chars"])
_CROSSING = regex.compile(alternation(_DATA["crossing"]["words"]))
_GENERIC = frozenset(_DATA["generic"]["words"])
_OTHER = tuple(_DATA["endings"]["words"])
_LONGER = regex.compile(alternation([*_DATA["endings"]["behind_place"], *_OTHER]))
_ENDING = regex.compile(alternation([*_DIVISION, *_OTHER]))
_NO_NAME = regex.compile(rf"(?:.?{alternation(_DATA['no_name']['words'])}.?)+|\d+.*")


def known(text: str) -> list[tuple[int, int]]:
    """The places of the gazetteer in the order of the text, longest at each place."""
    found = []
    position, last = 0, len(text) - 1
    crossed = {i for hit in _CROSSING.finditer(text) for i in range(hit.start(), hit.end() - 1)}
    while position < last:
        end = PLACES.end(text, position)
        if end > position and not (end - position == 2 and position in crossed):
            ending = _LONGER.match(text, end) if not text[position:end].endswith(_DIVISION) else None
            if ending and text[ending.end() : ending.end() + 1] not in (_GOES_ON.get(ending.group()) or " "):
                end = ending.end()
            found.append((position, end))
            position = end
        else:
            position += 1
    return found


def named(text: str, floor_at: list[int], ends_place: set[int]) -> list[tuple[int, int]]:
    """Places that are not in the gazetteer, by their endings.

    `floor_at[i]` is where a name that ends at i may begin; `ends_place` holds where known places end.
    """
    found = []
    for hit in _ENDING.finditer(text):
        ending = hit.group()
        if text[hit.end() : hit.end() + 1] in (_GOES_ON.get(ending) or " "):
            continue
        chained = floor_at[hit.start()] in ends_place
        start = own_start(text, hit.start(), floor_at[hit.start()], 1, 4)
        if start < 0:
            continue
        name = text[start : hit.start()]
        whole = name + ending
        if whole in _GENERIC or _NO_NAME.fullmatch(name):
            continue
        if not _NO_NAME_CHARS.isdisjoint(name):
            continue
        if len(name) == 1 and not (chained and len(ending) > 1):
            continue
        found.append((start, hit.end()))
    return found
