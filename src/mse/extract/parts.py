"""Parts of a whole: which numbers break a total down, and what a part is called.

A part (`其中工业投资3亿元`, `（其中端州区2座）`) keeps a name that says its own kind, else it gets that of the total
before it.
"""

from __future__ import annotations

import regex

from mse.extract.frames import Frame
from mse.extract.phrases import Phrase, leading_verb, noun_before, split_change, trim
from mse.extract.places import Places
from mse.extract.topics import Topics
from mse.grammar import alternation, load
from mse.segmentation import Piece, Words

_CUES = load("cues")

_BREAKDOWN = regex.compile(rf"\s*{alternation(_CUES['breakdown']['words'])}\s*[，：:]?")
_LIST_MARK = regex.compile(rf"\s*(?:{load('clauses')['item_mark']})")
_PERCENT = frozenset(_CUES["units"]["percent"])
_FURTHEST = 60  # numbers looked back over for the total of a part
_SHARED_HEAD = 2  # characters by which a part shows that it names its own kind
_OWN_KIND = 5  # characters that name a part as a kind of its own
_OWN_THING = 6  # characters that name a part in a unit of its own as a thing of its own
_SAYS_SOMETHING = 4  # characters from which a verb and its thing name themselves


class Parts:
    """The breakdowns of one text; numbers are noted in its order."""

    def __init__(self, text: str, words: Words, places: Places, topics: Topics) -> None:
        self.text, self.words, self.places, self.topics = text, words, places, topics
        self._parts: set[int] = set()  # numbers that break a total down, by where they start

    def without_breakdown(self, frame: Frame, piece: Piece) -> tuple[Piece, bool]:
        opened = _BREAKDOWN.match(self.text, frame.raw_lead[0], frame.mention.start)
        if opened is not None and opened.end() > piece[0]:
            piece = trim(self.text, min(opened.end(), piece[1]), piece[1])
        return piece, opened is not None or self._continues_breakdown(frame)

    def _continues_breakdown(self, frame: Frame) -> bool:
        """Whether a part before this one was opened by `其中`, with a list mark between, or places make it plain."""
        if self._headed_by_breakdown(frame):
            return True
        before = frame.previous
        if before is None or before.clause.sentence != frame.clause.sentence:
            return False
        if before.mention.role != frame.mention.role or not self._opens_breakdown(before):
            return False
        if _LIST_MARK.match(self.text, before.mention.end, frame.mention.start):
            if frame.mention.unit in _PERCENT and before.mention.unit not in _PERCENT:
                return False
            return before.mention.unit == frame.mention.unit or not _names_itself(self.text, frame, self.words)
        piece = noun_before(self.text, frame, self.words)
        rest, _ = split_change(self.text, piece)
        return self.places.is_place(self.text, *rest)

    def _headed_by_breakdown(self, frame: Frame) -> bool:
        """`其中：` and `其中，` are clauses of their own before the first part."""
        head = self.text[max(frame.passage.start, frame.clause.start - 4) : frame.clause.start]
        return bool(_BREAKDOWN.fullmatch(head.lstrip("。；;，, \n")))

    def _opens_breakdown(self, frame: Frame) -> bool:
        """Whether `其中` stands before this number, or before one of the same list."""
        return frame.mention.start in self._parts

    def note(self, frame: Frame) -> None:
        before = frame.previous
        said = self._begins_breakdown(frame)
        if not said and before is not None and before.clause.sentence == frame.clause.sentence:
            listed = before.mention.unit == frame.mention.unit and before.mention.start in self._parts
            said = listed or self._begins_breakdown(before)
        if said:
            self._parts.add(frame.mention.start)

    def _begins_breakdown(self, frame: Frame) -> bool:
        opened = _BREAKDOWN.match(self.text, frame.raw_lead[0], frame.mention.start)
        return opened is not None or self._headed_by_breakdown(frame)

    def whole(self, frame: Frame) -> Phrase | None:
        """The total a part belongs to: before the bracket, before `其中`, in the sentence before."""
        if frame.clause.parent is not None:
            host = self.topics.host(frame)
            if host is not None and len(host.pieces) == 1 and self.places.is_place(self.text, *host.pieces[0]):
                whole = self.topics.outside(frame)
                return Phrase(whole.pieces if whole else [], list(host.pieces), whole.verb if whole else None)
            return host
        before = frame.previous
        for _ in range(_FURTHEST):
            if before is None or before.clause.sentence < frame.clause.sentence - 1:
                break
            phrase = self.topics.of(before)
            same = before.mention.role == frame.mention.role and before.clause.parent is None
            same = same and (frame.mention.unit in _PERCENT or before.mention.unit not in _PERCENT)
            if same and phrase is not None and not self._opens_breakdown(before):
                return phrase
            before = before.previous
        return self.topics.topic(frame)

    def part(self, frame: Frame, phrase: Phrase) -> Phrase:
        """A part of a total keeps its own name where that names its kind, else gets the total's before it."""
        whole = self.whole(frame)
        if whole is None:
            return phrase
        if not phrase.pieces:
            return Phrase(list(whole.pieces), phrase.scope or whole.scope, whole.verb, phrase.change)
        own = self.text[phrase.pieces[-1][0] : phrase.pieces[-1][1]]
        if len(own) >= _OWN_THING and frame.clause.parent is None and not self._same_unit_before(frame):
            return phrase
        name = "".join(self.text[a:b] for a, b in whole.pieces[-1:])
        if own[-_SHARED_HEAD:] in name and len(own) >= _OWN_KIND:
            joint = whole.verb is not None and phrase.verb is None and whole.verb not in phrase.pieces
            pieces = [whole.verb, *phrase.pieces] if joint and whole.verb else phrase.pieces
        else:
            core = self.topics.core_of(whole)
            state = [whole.predicate] if frame.host is not None and whole.predicate else []
            pieces = [*(p for p in core if self.text[p[0] : p[1]] not in own), *phrase.pieces, *state]
            return Phrase(pieces, phrase.scope or whole.scope, phrase.verb, phrase.change, topic=core)
        return Phrase(pieces, phrase.scope or whole.scope, phrase.verb, phrase.change)

    def _same_unit_before(self, frame: Frame) -> bool:
        """Whether something in the same unit stands in this sentence or the one before; shares are of anything."""
        before = frame.previous
        while before is not None and before.clause.sentence >= frame.clause.sentence - 1:
            if before.mention.unit == frame.mention.unit or frame.mention.unit in _PERCENT:
                return True
            before = before.previous
        return False


def _names_itself(text: str, frame: Frame, words: Words) -> bool:
    """Whether a verb and its thing stand before the number, so that it needs no whole: `、惠及居民9870户`."""
    piece = noun_before(text, frame, words)
    return piece[1] - piece[0] >= _SAYS_SOMETHING and leading_verb(text, piece, words) is not None
