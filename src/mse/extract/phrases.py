"""The phrase around one number that says what it measures, before any topic is added.

Works on words (spans of the segmenter), so that `共` is cut off in `共培训` and left alone in `共同富裕`.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

import regex

from mse.extract.frames import Frame
from mse.extract.passages import Passages
from mse.grammar import alternation, load

_WORDS = load("metrics")
_CUES = load("cues")

Piece = tuple[int, int]

_STRIP = frozenset(_WORDS["region"]["words"]) | frozenset(_WORDS["adverb"]["words"])
_VERBS = frozenset(_WORDS["verb"]["words"])
_PREPOSITIONS = frozenset(_WORDS["preposition"]["words"])
_HEAD_STRIP = regex.compile(rf"(?:{alternation(_WORDS['region']['words'])}|[\s，,、：:]+)+")
_TAIL_STRIP = regex.compile(rf"(?:{alternation(_WORDS['tail_strip']['words'])}|[\s，,、：:]+)+$")
_VERB_BEFORE = regex.compile(
    rf"(?P<verb>(?:{alternation(_WORDS['verb_prefix']['words'])})*{alternation(_VERBS)}"
    rf"(?:(?:或|和|及|、){alternation(_VERBS)})?)(?:{'|'.join(_WORDS['verb']['endings'])})?\s*$"
)
_ORGANIZATION = regex.compile(rf"\p{{Han}}{{0,16}}?{alternation(_WORDS['organization']['suffixes'])}")
_CHANGE_TAIL = regex.compile(
    rf"(?P<compare>(?:{alternation(_CUES['comparison']['words'])})[^，。；\d]{{0,12}}?)?"
    rf"(?P<change>{alternation([*_CUES['change']['words'], *_CUES['difference']['words']])})(?:率|幅度)?$"
)
_SHARE_TAIL = regex.compile(
    rf"(?:{alternation(_CUES['share_verb']['words'])})[^，。；、]{{0,12}}?{alternation(_CUES['plan_share']['words'])}.*$"
)
_LONGEST = 26


@dataclass(slots=True)
class Phrase:
    """Verbatim pieces in the order they are read, the head last; `scope` are places; `change` is a growth phrase."""

    pieces: list[Piece] = field(default_factory=list)
    scope: list[Piece] = field(default_factory=list)
    verb: Piece | None = None
    change: Piece | None = None


class Words:
    """Word boundaries of a report, looked up by offset."""

    def __init__(self, passages: Passages) -> None:
        self._spans = passages.words
        self._starts = [a for a, _ in self._spans]

    def within(self, start: int, end: int) -> list[Piece]:
        """The words of `text[start:end]`, cut off at its edges."""
        found: list[Piece] = []
        index = max(0, bisect_left(self._starts, start) - 1)
        while index < len(self._spans) and self._spans[index][0] < end:
            a, b = max(start, self._spans[index][0]), min(end, self._spans[index][1])
            if a < b:
                found.append((a, b))
            index += 1
        return found or ([(start, end)] if start < end else [])


def trim(text: str, start: int, end: int) -> Piece:
    """The stretch without surrounding blanks and marks."""
    while start < end and (text[start].isspace() or text[start] in _EDGE_MARKS):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _EDGE_MARKS):
        end -= 1
    return start, end


_EDGE_MARKS = frozenset(_WORDS["edge"]["marks"])


def noun_before(text: str, frame: Frame, words: Words) -> Piece:
    """The phrase before the number, without region, date, adverbs, and the manner before the verb."""
    start, end = frame.lead
    for date in frame.passage.dates:
        if start <= date.start < end:
            start = (
                date.end
                if not text[start : date.start].strip() or _only_strip(text, start, date.start, words)
                else start
            )
    start, end = trim(text, start, end)
    start = _skip_front(text, start, end, words)
    start = _behind_preposition(text, start, end, words)
    start = _behind_subject(text, start, end, words)
    if end - start > _LONGEST:
        start = _shorten(text, start, end, words)
    return trim(text, start, end)


def _only_strip(text: str, start: int, end: int, words: Words) -> bool:
    return _skip_front(text, start, end, words) >= end


def _skip_front(text: str, start: int, end: int, words: Words) -> int:
    """Past region words, adverbs and marks at the front; whole words only."""
    hit = _HEAD_STRIP.match(text, start, end)
    if hit:
        start = hit.end()
    for a, b in words.within(start, end):
        if a != start:
            continue
        word = text[a:b]
        if word in _STRIP or not word.strip() or word in _EDGE_MARKS:
            start = b
        else:
            break
    hit = _HEAD_STRIP.match(text, start, end)
    return hit.end() if hit else start


def _behind_preposition(text: str, start: int, end: int, words: Words) -> int:
    """`通过直购电降低用电成本`: from the verb behind the manner on; unchanged without one."""
    inside = words.within(start, end)
    for i, (a, b) in enumerate(inside):
        if text[a:b] in _PREPOSITIONS:
            for c, d in inside[i + 2 :]:
                if text[c:d] in _VERBS and d < end:
                    return c
    return start


def _behind_subject(text: str, start: int, end: int, words: Words) -> int:
    """`市水务局开展执法巡查`: without the office that acts, where a verb follows it."""
    hit = _ORGANIZATION.match(text, start, end)
    if hit is None or hit.end() >= end:
        return start
    rest = _skip_front(text, hit.end(), end, words)
    first = words.within(rest, end)
    if first and text[first[0][0] : first[0][1]] in _VERBS and end - rest >= 4:
        return rest
    return start


def _shorten(text: str, start: int, end: int, words: Words) -> int:
    """The last verb that leaves a phrase of fair length; else the last words that fit."""
    inside = words.within(start, end)
    for a, b in inside:
        if end - a <= _LONGEST and text[a:b] in _VERBS and end - a >= 6:
            return a
    for a, _ in inside:
        if end - a <= _LONGEST:
            return a
    return end - _LONGEST


def noun_behind(text: str, frame: Frame) -> tuple[Piece | None, Piece]:
    """For a count with its noun behind it: the verb right before the number, and the phrase behind it."""
    start, end = trim(text, *frame.tail)
    hit = _TAIL_STRIP.search(text, start, end)
    if hit and hit.start() - start >= 2:
        end = hit.start()
    if end - start > _LONGEST:
        end = start + _LONGEST
    lead_start, lead_end = frame.lead
    verb = _VERB_BEFORE.search(text, max(lead_start, lead_end - 16), lead_end)
    piece = trim(text, *verb.span("verb")) if verb else None
    return piece, trim(text, start, end)


def leading_verb(text: str, piece: Piece, words: Words) -> Piece | None:
    """The verb that opens a phrase, with a second one where they stand together (`新建、改扩建`)."""
    inside = words.within(*piece)
    if len(inside) < 2 or text[inside[0][0] : inside[0][1]] not in _VERBS:
        return None
    return inside[0]


def split_change(text: str, piece: Piece) -> tuple[Piece, Piece | None]:
    """A phrase that ends in a growth word, cut into what grows and how (`固定资产投资`, `同比增长`)."""
    hit = _CHANGE_TAIL.search(text, *piece)
    if hit is None:
        return piece, None
    return trim(text, piece[0], hit.start()), trim(text, hit.start(), piece[1])


def without_share(text: str, piece: Piece) -> Piece:
    """A phrase without what it is a share of: `新增投产项目完成年目标任务的` is `新增投产项目`."""
    hit = _SHARE_TAIL.search(text, *piece)
    return trim(text, piece[0], hit.start()) if hit else piece
