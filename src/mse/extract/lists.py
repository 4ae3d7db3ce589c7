"""Parallel lists: numbers that belong, in order, to the things named before them.

`城镇、农村低保补差水平分别提高到609元和300元` gives each number its own thing and the part the things share.
"""

from __future__ import annotations

import regex

from mse.extract.frames import Frame
from mse.extract.phrases import trim
from mse.grammar import alternation, load
from mse.segmentation import Piece

_DATA = load("clauses")
_CUES = load("cues")
_MARK = regex.compile(_DATA["item_mark"])
_ONLY_MARK = regex.compile(rf"\s*(?:{_DATA['item_mark']})\s*(?:{alternation(_CUES['tie']['words'])})*+\s*")
_DISTRIBUTE = regex.compile(alternation(_CUES["distribute"]["words"]))
_LONGEST = 30  # numbers in a list that answer things one by one


def group_of(text: str, frames: list[Frame], index: int) -> list[Frame]:
    """The numbers of the list this one stands in (`609元、300元`): nothing but list marks between them."""
    first = last = index
    while first > 0 and index - first < _LONGEST and _continues(text, frames[first - 1], frames[first]):
        first -= 1
    while last + 1 < len(frames) and last - index < _LONGEST and _continues(text, frames[last], frames[last + 1]):
        last += 1
    return frames[first : last + 1] if last - first < _LONGEST else [frames[index]]


def _continues(text: str, before: Frame, frame: Frame) -> bool:
    if before.clause is not frame.clause or before.noun_behind:
        return False
    return _ONLY_MARK.fullmatch(text, before.tail[0], frame.mention.start) is not None


def elements_before(text: str, piece: Piece, count: int) -> list[list[Piece]]:
    """The `count` things that a phrase lists, each as its own pieces, or nothing where it does not list so many.

    What the last thing shares with the others is told from its length: in `城镇、农村低保补差水平` the second is as
    long as the first, and the rest belongs to both.
    """
    start, end = piece
    cut = _DISTRIBUTE.search(text, start, end)
    if cut:
        end = cut.start()
    marks = list(_MARK.finditer(text, start, end))
    if len(marks) < count - 1 or count < 2:
        return []
    marks = marks[-(count - 1) :]
    bounds = [start, *(m.end() for m in marks)]
    ends = [*(m.start() for m in marks), end]
    parts = [trim(text, a, b) for a, b in zip(bounds, ends, strict=True)]
    if any(a >= b for a, b in parts):
        return []
    first, last = parts[0], parts[-1]
    length = first[1] - first[0]
    if text[first[1] - 1] == text[last[1] - 1] or last[1] - last[0] <= length:
        return [[part] for part in parts]
    shared = trim(text, last[0] + length, last[1])
    own = (last[0], last[0] + length)
    return [*([part, shared] for part in parts[:-1]), [own, shared]]
