"""What a number measures: the shortest phrase that is understandable alone, as verbatim pieces of the text.

Reads frames and roles; sets `metric`, `metric_spans` and `scope`. A phrase that says too little alone (`其中已完工`) gets
the topic before it; the parts of a breakdown get what they are part of; a place in a list becomes the scope.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from mse.extract.frames import Frame
from mse.extract.lists import elements_before, group_of
from mse.extract.passages import Passages
from mse.extract.phrases import (
    Phrase,
    Piece,
    Words,
    leading_verb,
    noun_before,
    noun_behind,
    split_change,
    trim,
    without_share,
)
from mse.extract.places import Places
from mse.grammar import alternation, load

_WORDS = load("metrics")
_CUES = load("cues")

_LIGHT = regex.compile(rf"(?:{alternation(_WORDS['light']['words'])}|\s)*")
_LIGHT_FRONT = regex.compile(rf"(?:{alternation(_WORDS['light_verb']['words'])})+")
_LIGHT_END = regex.compile(rf"(?:{alternation(_WORDS['light_verb']['words'])})+$")
_BREAKDOWN = regex.compile(rf"\s*{alternation(_CUES['breakdown']['words'])}\s*[，：:]?")
_LIST_MARK = regex.compile(rf"\s*(?:{load('clauses')['item_mark']})")
_HEAD = 2  # characters by which a part shows that it names its own kind


def assign_metrics(passages: Passages, frames: list[list[Frame]]) -> None:
    """Set metric and scope of every quantity; `frames` holds one list for each passage."""
    stage = _Metrics(passages)
    for passage_frames in frames:
        for index, frame in enumerate(passage_frames):
            stage.set(passage_frames, index, frame)


class _Metrics:
    """The phrases found so far in one report, by the start of their number."""

    def __init__(self, passages: Passages) -> None:
        self.text = passages.text
        self.words = Words(passages)
        self.places = Places(passages.text)
        self.phrases: dict[int, Phrase] = {}
        self.units: dict[int, str] = {}

    def set(self, frames: list[Frame], index: int, frame: Frame) -> None:
        phrase = self._phrase(frames, index, frame)
        self.phrases[frame.mention.start] = phrase
        self.units[frame.mention.start] = frame.mention.unit
        mention = frame.mention
        spans = [*phrase.pieces] + ([phrase.change] if phrase.change else [])
        mention.metric_spans = spans
        mention.metric = "|".join(self.text[a:b] for a, b in spans)
        mention.scope = "".join(self.text[a:b] for a, b in phrase.scope)

    def _phrase(self, frames: list[Frame], index: int, frame: Frame) -> Phrase:
        group = group_of(self.text, frames, index)
        if len(group) > 1:
            shared = self._from_list(frames, group, frame)
            if shared is not None:
                return shared
        if frame.noun_behind:
            return self._counted(frames, index, frame)
        return self._measured(frames, index, frame)

    # -- the noun stands behind the number -------------------------------------------------------------------------

    def _counted(self, frames: list[Frame], index: int, frame: Frame) -> Phrase:
        verb, noun = noun_behind(self.text, frame)
        phrase = Phrase([noun], verb=verb)
        before = noun_before(self.text, frame, self.words)
        end = self.places.prefix_end(self.text, *before)
        if end > before[0] or self.places.is_place(self.text, *before):
            phrase.scope = [trim(self.text, before[0], end if end > before[0] else before[1])]
        if verb is None and self._joined(frame):
            verb = self._verb_of(frame.previous)
        if verb is not None:
            phrase.verb = verb
            phrase.pieces = [verb, noun]
        if noun[0] >= noun[1]:
            return self._with_topic(frames, index, frame, Phrase([before] if before[0] < before[1] else []))
        return phrase

    # -- the noun stands before the number -------------------------------------------------------------------------

    def _measured(self, frames: list[Frame], index: int, frame: Frame) -> Phrase:
        role = frame.mention.role
        piece = noun_before(self.text, frame, self.words)
        piece, broken_down = self._without_breakdown(frame, piece)
        change: Piece | None = None
        if role == "change" or (role == "target" and self._inherits_change(frame)):
            piece, change = split_change(self.text, piece)
        elif role == "rate":
            piece = self._core(without_share(self.text, piece))
        if piece[0] < piece[1] and self.places.is_place(self.text, *piece):
            topic = self._topic(frames, index, frame)
            if topic is not None:
                return Phrase(topic.pieces, [piece], topic.verb, change or topic.change)
        scope: list[Piece] = []
        end = self.places.prefix_end(self.text, *piece)
        if end > piece[0] and piece[1] - end >= 2:
            scope = [trim(self.text, piece[0], end)]
            piece = trim(self.text, end, piece[1])
        phrase = Phrase(
            [piece] if piece[0] < piece[1] else [], scope, leading_verb(self.text, piece, self.words), change
        )
        if role == "target" and frame.same_clause and self._counted_against(frame):
            return self._with_topic(frames, index, frame, phrase) if not phrase.pieces else phrase
        if change is not None and not phrase.pieces:
            return self._with_topic(frames, index, frame, phrase)
        if broken_down or frame.host is not None:
            return self._part(frames, index, frame, phrase)
        if not phrase.pieces or _LIGHT.fullmatch(self.text, *piece):
            return self._with_topic(frames, index, frame, phrase)
        if self._joined(frame) and phrase.verb is None and (verb := self._verb_of(frame.previous)):
            phrase.pieces = [verb, *phrase.pieces]
            phrase.verb = verb
        return phrase

    def _counted_against(self, frame: Frame) -> bool:
        following = frame.next_in_clause
        return following is not None and following.mention.role == "rate"

    def _inherits_change(self, frame: Frame) -> bool:
        """`市直增长0.5%，高新区增长5%` and `比上年增长4.6%`: growth promised behind what grows."""
        return (
            split_change(self.text, frame.lead)[1] is not None
            and frame.previous is not None
            and (frame.previous.clause.sentence == frame.clause.sentence)
        )

    def _without_breakdown(self, frame: Frame, piece: Piece) -> tuple[Piece, bool]:
        opened = _BREAKDOWN.match(self.text, frame.raw_lead[0], frame.mention.start)
        broken = opened is not None or self._continues_breakdown(frame)
        if opened is not None and opened.end() > piece[0]:
            piece = trim(self.text, min(opened.end(), piece[1]), piece[1])
        return piece, broken

    def _continues_breakdown(self, frame: Frame) -> bool:
        """Whether a part before this one in the sentence was opened by `其中`, with only list marks between."""
        before = frame.previous
        if (
            before is None
            or before.clause.sentence != frame.clause.sentence
            or before.mention.role != frame.mention.role
        ):
            return False
        return self._opens_breakdown(before) and bool(
            _LIST_MARK.match(self.text, before.mention.end, frame.mention.start)
        )

    def _opens_breakdown(self, frame: Frame) -> bool:
        if _BREAKDOWN.match(self.text, frame.raw_lead[0], frame.mention.start):
            return True
        # `其中：` and `其中，` are clauses of their own.
        head = self.text[max(frame.passage.start, frame.clause.start - 4) : frame.clause.start]
        if _BREAKDOWN.fullmatch(head.lstrip("。；;，, ")):
            return True
        before = frame.previous
        return (
            before is not None
            and before.clause.sentence == frame.clause.sentence
            and before.mention.unit == frame.mention.unit
            and self._opens_breakdown(before)
        )

    # -- what is shared --------------------------------------------------------------------------------------------

    def _part(self, frames: list[Frame], index: int, frame: Frame, phrase: Phrase) -> Phrase:
        """A part of a total keeps its own name where that names its kind, else gets the total's before it."""
        whole = self._whole(frames, index, frame)
        if whole is None:
            return phrase
        if not phrase.pieces:
            return Phrase(whole.pieces, phrase.scope or whole.scope, whole.verb, phrase.change)
        own = self.text[phrase.pieces[-1][0] : phrase.pieces[-1][1]]
        name = self.text[whole.pieces[-1][0] : whole.pieces[-1][1]] if whole.pieces else ""
        if own[-_HEAD:] and own[-_HEAD:] in name:
            pieces = [whole.verb, *phrase.pieces] if whole.verb and phrase.verb is None else phrase.pieces
        else:
            pieces = [*self._core_of(whole), *phrase.pieces]
        return Phrase(pieces, phrase.scope, phrase.verb, phrase.change)

    def _whole(self, frames: list[Frame], index: int, frame: Frame) -> Phrase | None:
        """The total a part belongs to: the quantity before the bracket, or before `其中`."""
        if frame.host is not None:
            return self.phrases.get(frame.host.mention.start)
        before = frame.previous
        while before is not None and before.clause.sentence == frame.clause.sentence:
            if not self._opens_breakdown(before) and before.mention.role == frame.mention.role:
                return self.phrases.get(before.mention.start)
            before = before.previous
        return self._topic(frames, index, frame)

    def _with_topic(self, frames: list[Frame], index: int, frame: Frame, phrase: Phrase) -> Phrase:
        topic = self._topic(frames, index, frame)
        if topic is None:
            return phrase
        core = self._core_of(topic)
        scope = phrase.scope or topic.scope
        if frame.mention.role == "rate" and not phrase.pieces:
            return Phrase(topic.pieces, scope, topic.verb)
        return Phrase([*core, *phrase.pieces], scope, phrase.verb or topic.verb, phrase.change)

    def _topic(self, frames: list[Frame], index: int, frame: Frame) -> Phrase | None:
        """What the sentence is about: the quantity before it in the sentence, else what the task promises."""
        if frame.host is not None and (host := self.phrases.get(frame.host.mention.start)):
            return host
        wanted = {"rate": ("actual", "target"), "change": ("actual", "target", "baseline")}.get(frame.mention.role)
        fallback: Phrase | None = None
        for before in reversed(frames[:index]):
            if before.clause.sentence != frame.clause.sentence:
                break
            phrase = self.phrases.get(before.mention.start)
            if phrase is None or not phrase.pieces or before.mention.role in ("context", ""):
                continue
            if wanted is None or before.mention.role in wanted:
                return Phrase(phrase.pieces, phrase.scope, phrase.verb) if wanted else phrase
            fallback = fallback or phrase
        return fallback or self._promised(frame)

    def _promised(self, frame: Frame) -> Phrase | None:
        """The metric of the task's own target, where it is the only one in this unit."""
        task = frame.passage.task
        if task is None or frame.passage.role == "task":
            return None
        found = [
            phrase
            for start, phrase in self.phrases.items()
            if task.start <= start < task.end and phrase.pieces and self.units.get(start) == frame.mention.unit
        ]
        return found[0] if len(found) == 1 else None

    def _core_of(self, phrase: Phrase) -> list[Piece]:
        """The thing itself, without the verb of its own number (`完成`, `累计`)."""
        pieces = list(phrase.pieces)
        if len(pieces) > 1 and phrase.verb == pieces[0]:
            pieces = pieces[1:]
        core = [self._core(piece) for piece in pieces]
        return [piece for piece in core if piece[0] < piece[1]] or pieces

    def _core(self, piece: Piece) -> Piece:
        start, end = piece
        if hit := _LIGHT_FRONT.match(self.text, start, end):
            start = hit.end()
        if hit := _LIGHT_END.search(self.text, start, end):
            end = hit.start()
        return trim(self.text, start, end)

    def _verb_of(self, frame: Frame | None) -> Piece | None:
        phrase = self.phrases.get(frame.mention.start) if frame is not None else None
        return phrase.verb if phrase is not None else None

    def _joined(self, frame: Frame) -> bool:
        """Whether the number continues a list of its clause (`、`, `和`), so that the first verb holds for it too."""
        before = frame.previous
        if before is None or not frame.same_clause:
            return False
        end = before.tail[1] if before.noun_behind else before.tail[0]
        return bool(_LIST_MARK.match(self.text, end, frame.mention.start))

    def _from_list(self, frames: list[Frame], group: Sequence[Frame], frame: Frame) -> Phrase | None:
        """The phrase of one number of a parallel list (`A、B分别为1和2`), or None where the list says nothing itself."""
        place = next(i for i, f in enumerate(group) if f is frame)
        first = group[0]
        piece = noun_before(self.text, first, self.words)
        change: Piece | None = None
        if frame.mention.role == "change" or (frame.mention.role == "target" and self._inherits_change(first)):
            piece, change = split_change(self.text, piece)
        elif frame.mention.role == "rate":
            piece = without_share(self.text, piece)
        elements = elements_before(self.text, piece, len(group))
        if elements:
            pieces = elements[place]
            scope: list[Piece] = []
            if self.places.is_place(self.text, *pieces[0]) and len(pieces) > 1:
                scope, pieces = [pieces[0]], pieces[1:]
            return Phrase(pieces, scope, None, change)
        if piece[0] < piece[1] and not _LIGHT.fullmatch(self.text, *piece):
            return Phrase([piece], [], leading_verb(self.text, piece, self.words), change)
        before = [f for f in frames if f.mention.start < first.mention.start and f.mention.role != "context"]
        parallel = before[-len(group) :]
        if len(parallel) == len(group):
            phrase = self.phrases.get(parallel[place].mention.start)
            if phrase is not None:
                return Phrase(phrase.pieces, phrase.scope, phrase.verb, change or phrase.change)
        return None
