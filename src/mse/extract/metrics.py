"""What a number measures: the shortest phrase that is understandable alone, as verbatim pieces of the text.

Reads frames and roles; sets `metric`, `metric_spans` and `scope`. A phrase that says too little alone (`其中已完工`)
gets the topic before it; the parts of a breakdown get what they are part of; a place in a list becomes the scope.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from mse.extract.counted import gives_examples, noun_behind, points_back, tells_of
from mse.extract.frames import Frame
from mse.extract.lists import elements_before, group_of
from mse.extract.parts import Parts
from mse.extract.passages import Passages
from mse.extract.phrases import (
    Phrase,
    is_relative,
    leading_verb,
    noun_before,
    predicate_behind,
    receiver,
    restated,
    split_change,
    split_difference,
    split_move,
    split_share,
    trim,
)
from mse.extract.places import Places
from mse.extract.topics import Topics
from mse.grammar import alternation, load
from mse.segmentation import Piece

_WORDS = load("metrics")
_CUES = load("cues")

_LIGHT = regex.compile(rf"(?:{alternation([*_WORDS['light']['words'], *_WORDS['brief_verb']['words']])}|\s)*")
_LIGHT_NOUNS = frozenset(_WORDS["light_noun"]["words"])
_RATIO_END = regex.compile(rf"{alternation(_WORDS['bare_ratio']['words'])}$")
_DUTY = regex.compile(rf"\s*(?:{alternation(_CUES['duty']['bare'])})\s*")
_LIST_MARK = regex.compile(rf"\s*(?:{load('clauses')['item_mark']})")
_VERBS = frozenset(_WORDS["verb"]["words"])
_SHARE_OF = regex.compile(alternation(_WORDS["share_of"]["words"]))
_VERB_FRONT = regex.compile(alternation([*_WORDS["verb"]["words"], *_WORDS["bare_ratio"]["manner"]]))
_VERB_OPENINGS = frozenset(_WORDS["verb_prefix"]["words"])
_ADVERBS = frozenset(_WORDS["adverb"]["words"])
_PERCENT = frozenset(_CUES["units"]["percent"])
_PERCENT_POINTS = frozenset([*_PERCENT, *_CUES["units"]["points"]])
_DUTY_NAME = regex.compile(
    rf"{alternation(_WORDS['plan']['periods'])}?{alternation(_CUES['restated_target']['words'])}"
)
_PACE = regex.compile(alternation(_WORDS["pace"]["words"]))
_DISTANCE = regex.compile(
    rf"{alternation(_WORDS['distance']['words'])}[^，。；]*"
    rf"{alternation([*_CUES['target_value']['words'], *_CUES['restated_target']['words']])}$"
)
_TIES_TIME = regex.compile(
    alternation([*_CUES["to"]["words"], *_CUES["comparison"]["words"], *_CUES["share_verb"]["words"]]) + "$"
)
_AVERAGE = regex.compile(alternation(_WORDS["average"]["words"]))
_NAMELESS_RATIO = 4  # a ratio this short says nothing of what it is a ratio of, whatever its word
_LONGEST_SAID = 14  # code points behind a bare count that say how the things stand
_BARE_RATIO = 5  # a ratio with a name this short needs its topic (`安置率`)


def assign_metrics(passages: Passages, frames: list[list[Frame]]) -> None:
    """Set metric and scope of every quantity; `frames` holds one list for each passage."""
    stage = _Metrics(passages)
    for passage_frames in frames:
        for index, frame in enumerate(passage_frames):
            stage.set(passage_frames, index, frame)


class _Metrics:
    """Finds the phrase of one number after another in the order of the text."""

    def __init__(self, passages: Passages) -> None:
        self.text = passages.text
        self.words = passages.segmented()
        self.places = Places(passages.text)
        self.topics = Topics(passages.text, self.words)
        self.parts = Parts(self.text, self.words, self.places, self.topics)

    def set(self, frames: list[Frame], index: int, frame: Frame) -> None:
        self.parts.note(frame)
        phrase = self._phrase(frames, index, frame)
        self.topics.remember(frame, phrase)
        mention = frame.mention
        mention.metric_spans = [*phrase.pieces, *([phrase.change] if phrase.change else [])]
        mention.metric = "|".join(self.text[a:b] for a, b in mention.metric_spans)
        mention.scope = "".join(self.text[a:b] for a, b in phrase.scope)

    def _phrase(self, frames: list[Frame], index: int, frame: Frame) -> Phrase:
        if (beside := self._beside(frame)) is not None:
            return beside
        group = group_of(self.text, frames, index)
        if len(group) > 1 and (shared := self._from_list(frames, group, frame)) is not None:
            return shared
        counted = (
            (frame.noun_behind or _shares_noun(frame))
            and not is_relative(self.text, frame)
            and not _DUTY.fullmatch(self.text, *frame.tail)
        )
        if counted:
            return self._counted(frame)
        said = trim(self.text, *frame.tail)
        told = self._told_of(frame, said) if said[1] - said[0] <= _LONGEST_SAID else None
        return told or self._measured(frame)

    def _beside(self, frame: Frame) -> Phrase | None:
        """Two sizes of one thing stand side by side: `改造公路329个630公里`."""
        before = frame.previous
        if not frame.same_clause or before is None or before.mention.end != frame.mention.start or frame.noun_behind:
            return None
        phrase = self.topics.of(before)
        if before.noun_behind or phrase is None or before.mention.unit == frame.mention.unit:
            return None
        return Phrase(list(phrase.pieces), phrase.scope, phrase.verb, None, phrase.base, None, phrase.topic)

    # -- the noun stands behind the number -------------------------------------------------------------------------

    def _counted(self, frame: Frame) -> Phrase:
        verb, noun = noun_behind(self.text, frame, self.words)
        before = noun_before(self.text, frame, self.words)
        phrase = Phrase([noun] if noun[0] < noun[1] else [], verb=verb)
        end = self.places.prefix_end(self.text, *before)
        if end > before[0] or self.places.is_place(self.text, *before):
            phrase.scope = [trim(self.text, before[0], end if end > before[0] else before[1])]
        if not phrase.pieces:
            before = self._without_share(frame, before)
            return self._with_topic(frame, Phrase([before] if before[0] < before[1] else []))
        if to := receiver(self.text, frame):
            return Phrase([to, noun], phrase.scope)
        subject = None if gives_examples(self.text, frame) else self._subject(before, verb)
        if subject is not None and (frame.mention.unit in _PERCENT or self._light(noun)):
            return Phrase([subject, *([verb] if verb and self._light(noun) else []), noun], phrase.scope, verb)
        host = self.topics.of(frame.host)
        if verb is None and host is not None and frame.host and frame.host.mention.unit == frame.mention.unit:
            return Phrase([*self.topics.core_of(host), noun], phrase.scope or host.scope)
        if verb is None and (told := self._told_of(frame, noun)) is not None:
            return told
        if _DUTY_NAME.fullmatch(self.text, *before) and (topic := self.topics.of_duty(frame)) is not None:
            return Phrase([*self.topics.core_of(topic), noun], phrase.scope or topic.scope, topic=topic.topic)
        if verb is None and subject is None and self._light(noun) and _counts_on(frame):
            return self._with_topic(frame, phrase)
        if verb is None and self._joined(frame):
            verb = phrase.verb = self._verb_of(frame.previous)
        if verb is not None:
            phrase.pieces = [verb, noun]
        return phrase

    def _subject(self, before: Piece, verb: Piece | None) -> Piece | None:
        """What stands before the verb of the number, where it is a thing and not the report's own area."""
        end = verb[0] if verb is not None and verb[0] >= before[0] else before[1]
        piece = self.topics.core(trim(self.text, before[0], end))
        if piece[1] - piece[0] < 2 or self.places.is_place(self.text, *piece) or self._light(piece):
            return None
        return piece

    # -- the noun stands before the number -------------------------------------------------------------------------

    def _measured(self, frame: Frame) -> Phrase:
        role = frame.mention.role
        piece = noun_before(self.text, frame, self.words)
        piece, broken_down = self.parts.without_breakdown(frame, piece)
        change: Piece | None = None
        if role in ("change", "target"):
            rest, change = (split_difference if role == "change" else split_change)(self.text, piece)
            if change is not None and _AVERAGE.fullmatch(self.text, *rest):
                rest, change = piece, None
            if role == "change" and change is not None and _DISTANCE.match(self.text, *rest):
                rest, change = (rest[0], rest[0]), trim(self.text, rest[0], change[1])
            bare = rest[0] >= rest[1] or self.places.is_place(self.text, *rest)
            if role == "change" or bare:
                piece = rest
            else:
                change = None
            if role == "target" and change is None and _DISTANCE.match(self.text, *piece):
                piece, change = (piece[0], piece[0]), piece
        elif role == "actual" and frame.mention.unit in _PERCENT and _SHARE_OF.match(self.text, *piece):
            piece, change = (piece[0], piece[0]), piece
        elif role == "rate":
            piece, change = split_share(self.text, frame, piece)
        piece = self._without_share(frame, piece)
        if piece[0] < piece[1] and self.places.is_place(self.text, *piece):
            topic = self.parts.whole(frame) if broken_down or frame.host else self.topics.topic(frame)
            if topic is not None:
                return Phrase(list(topic.pieces), [piece], topic.verb, change or topic.change)
            return Phrase([], [piece], None, change)
        piece, scope = self._without_scope(piece)
        acted = self._behind_verb(piece) if not scope else None
        moved = split_move(self.text, piece)
        if moved is not None:
            return Phrase([*moved], scope, None, change, base=moved[1])
        phrase = Phrase(self._around_time(frame, piece), scope, None, change)
        if acted is not None:
            phrase.verb, phrase.scope, thing = acted
            phrase.pieces = [phrase.verb, thing]
        elif phrase.pieces:
            phrase.verb = leading_verb(self.text, piece, self.words)
        if broken_down or frame.clause.parent is not None:
            phrase = self.parts.part(frame, phrase)
        elif self._dependent(frame, phrase):
            phrase = self._with_topic(frame, phrase)
        elif self._joined(frame):
            phrase = self._continued(frame, phrase)
        level = role in ("actual", "target") and phrase.pieces and not frame.threshold
        if level and (predicate := predicate_behind(self.text, frame)) is not None:
            phrase.pieces = [*phrase.pieces, predicate]
            phrase.predicate = predicate
        return phrase

    def _without_share(self, frame: Frame, piece: Piece) -> Piece:
        """A target that a share is told of, by its own name."""
        following = frame.next_in_clause
        share = frame.mention.role == "target" and following is not None and following.mention.role == "rate"
        return restated(self.text, frame, piece) if share else piece

    def _around_time(self, frame: Frame, piece: Piece) -> list[Piece]:
        """The phrase without a date that stands inside it: `比亚迪4月销量` is `比亚迪` and `销量`."""
        for a, b in frame.times:
            if piece[0] + 1 < a and b + 1 < piece[1]:
                before, behind = trim(self.text, piece[0], a), trim(self.text, b, piece[1])
                acts = any(self.text[c:d] in _VERBS for c, d in self.words.within(*before))
                tied = acts or _TIES_TIME.search(self.text, *before)
                if not tied and before[0] < before[1] and behind[1] - behind[0] > 1:
                    return [before, behind]
        return [piece] if piece[0] < piece[1] else []

    def _without_scope(self, piece: Piece) -> tuple[Piece, list[Piece]]:
        end = self.places.prefix_end(self.text, *piece)
        if end > piece[0] and piece[1] - end >= 2:
            return trim(self.text, end, piece[1]), [trim(self.text, piece[0], end)]
        return piece, []

    def _behind_verb(self, piece: Piece) -> tuple[Piece, list[Piece], Piece] | None:
        """A phrase as its verb, the places behind it and the thing: `建成端州区、鼎湖区公厕`."""
        verb = leading_verb(self.text, piece, self.words)
        if verb is None:
            return None
        thing, scope = self._without_scope((verb[1], piece[1]))
        return (verb, scope, thing) if scope else None

    def _continued(self, frame: Frame, phrase: Phrase) -> Phrase:
        """A later item of a list takes the verb of the first, or what the first shares with it."""
        before = self.topics.of(frame.previous)
        if before is None:
            return phrase
        if before.base is not None and sum(b - a for a, b in phrase.pieces) <= _BARE_RATIO:
            return Phrase([*phrase.pieces, before.base], phrase.scope or before.scope, None, phrase.change, before.base)
        if before.verb is not None and phrase.verb is None:
            return Phrase([before.verb, *phrase.pieces], phrase.scope, before.verb, phrase.change)
        return phrase

    def _dependent(self, frame: Frame, phrase: Phrase) -> bool:
        """Whether the words before the number cannot stand alone: none, light ones, bare verbs, a bare ratio."""
        if not phrase.pieces:
            return True
        if len(phrase.pieces) > 1:
            return False
        piece = phrase.pieces[-1]
        if self._light(piece):
            return True
        if frame.mention.unit in _PERCENT_POINTS and _PACE.fullmatch(self.text, *piece):
            return True
        core = self.topics.core(piece)
        if frame.mention.unit in _PERCENT and core[1] - core[0] <= _BARE_RATIO and _RATIO_END.search(self.text, *core):
            return core[1] - core[0] <= _NAMELESS_RATIO or _VERB_FRONT.match(self.text, *core) is not None
        return False

    def _light(self, piece: Piece) -> bool:
        """Only light words, or nothing but verbs and adverbs, at most two of them."""
        if _LIGHT.fullmatch(self.text, *piece):
            return True
        inside = [self.text[a:b] for a, b in self.words.within(*piece)]
        return len(inside) <= 2 and all(_is_act(w) or w in _ADVERBS for w in inside)

    def _with_topic(self, frame: Frame, phrase: Phrase) -> Phrase:
        if phrase.pieces and not (self._light(phrase.pieces[-1]) or _PACE.fullmatch(self.text, *phrase.pieces[-1])):
            topic = self.topics.host(frame) or self.topics.in_sentence(frame)
        else:
            bare = not phrase.pieces or points_back(self.text, frame)
            topic = (self._counted_before(frame) if bare else self.topics.among(frame)) or self.topics.topic(frame)
        if topic is None:
            return phrase
        scope = phrase.scope or topic.scope
        if not phrase.pieces and topic.topic and predicate_behind(self.text, frame) is not None:
            return Phrase(list(topic.topic), scope, topic=topic.topic)
        if not phrase.pieces and (phrase.change is None or frame.mention.role == "rate"):
            pieces = [piece for piece in topic.pieces if piece != topic.predicate] or topic.pieces
            return Phrase(list(pieces), scope, topic.verb, phrase.change, topic.base)
        if self._ratios_beside(frame, phrase, topic):
            return phrase
        parallel = phrase.pieces and topic.topic and self.topics.beside(frame, topic)
        about = topic.topic if parallel else self.topics.core_of(topic)
        own = self.text[phrase.pieces[0][0] : phrase.pieces[-1][1]] if phrase.pieces else ""
        core = [p for p in about if self.text[p[0] : p[1]] not in own]
        return Phrase([*core, *phrase.pieces], scope, phrase.verb, phrase.change, topic=core)

    def _told_of(self, frame: Frame, said: Piece) -> Phrase | None:
        """What is said of things counted before, behind their bare number: `13项达到进度`."""
        if said[0] >= said[1] or not tells_of(self.text, frame, self.words):
            return None
        total = self._counted_before(frame)
        if total is None:
            return None
        return Phrase([*total.pieces, said], total.scope, predicate=said, topic=total.pieces)

    def _counted_before(self, frame: Frame) -> Phrase | None:
        """What a bare count or the rest of a count is of; two numbers side by side have one thing."""
        return self.topics.total(frame, further=points_back(self.text, frame))

    def _ratios_beside(self, frame: Frame, phrase: Phrase, topic: Phrase) -> bool:
        """Whether a ratio follows another that stands alone (`优良率53.6%，近视率48%`): neither is about the other."""
        if not phrase.pieces or phrase.verb is not None or topic.topic or not self.topics.beside(frame, topic):
            return False
        return all(_RATIO_END.search(self.text, *found.pieces[-1]) for found in (phrase, topic))

    # -- lists -----------------------------------------------------------------------------------------------------

    def _verb_of(self, frame: Frame | None) -> Piece | None:
        phrase = self.topics.of(frame)
        return phrase.verb if phrase is not None else None

    def _joined(self, frame: Frame) -> bool:
        """Whether the number continues a list of its clause (`、`, `和`), so that the first verb holds for it too."""
        before = frame.previous
        if before is None or not frame.same_clause:
            return False
        end = before.tail[1] if before.noun_behind else before.tail[0]
        return bool(_LIST_MARK.match(self.text, end, frame.mention.start))

    def _from_list(self, frames: list[Frame], group: Sequence[Frame], frame: Frame) -> Phrase | None:
        """The phrase of one number of a parallel list (`A、B分别为1和2`), or None where it says nothing itself."""
        place = next(i for i, f in enumerate(group) if f is frame)
        first = group[0]
        piece = noun_before(self.text, first, self.words)
        change: Piece | None = None
        if frame.mention.role == "change":
            piece, change = split_change(self.text, piece)
        elif frame.mention.role == "target":
            rest, change = split_change(self.text, piece)
            piece, change = (rest, change) if rest[0] >= rest[1] else (piece, None)
        elif frame.mention.role == "rate":
            piece, change = split_share(self.text, first, piece)
        piece, scope = self._without_scope(piece)
        if piece[0] < piece[1] and self.places.is_place(self.text, *piece):
            piece, scope = (piece[1], piece[1]), [piece]
        elements = elements_before(self.text, piece, len(group))
        if elements:
            pieces = elements[place]
            if self.places.is_place(self.text, *pieces[0]) and len(pieces) > 1:
                return Phrase(pieces[1:], [pieces[0]], None, change)
            return Phrase(pieces, scope, None, change)
        if piece[0] < piece[1] and not self._light(piece):
            return Phrase([piece], scope, leading_verb(self.text, piece, self.words), change)
        parallel = _before(first, len(group), amounts=frame.mention.role == "rate")
        if len(parallel) == len(group) and (phrase := self.topics.of(parallel[place])) is not None:
            return Phrase(list(phrase.pieces), scope or phrase.scope, phrase.verb, change or phrase.change)
        return None


def _is_act(word: str) -> bool:
    """Whether a word is a verb, with what opens a verb before it or not: 开工, 新开工."""
    return word in _VERBS or word in _VERB_OPENINGS or (word[:1] in _VERB_OPENINGS and word[1:] in _VERBS)


def _counts_on(frame: Frame) -> bool:
    """Whether the number before it in the sentence counts the same things: `5座桥梁中，2座通车，2座合龙`."""
    before = frame.previous
    if before is None or before.clause.sentence != frame.clause.sentence:
        return False
    return before.mention.unit == frame.mention.unit and frame.clause.parent is None


def _amounts_before(frame: Frame, count: int) -> list[Frame]:
    found: list[Frame] = []
    before = frame.previous
    while before is not None and len(found) < count and before.clause.sentence == frame.clause.sentence:
        if before.mention.role == "actual" and before.mention.unit not in _PERCENT:
            found.append(before)
        before = before.previous
    return found[::-1]


def _shares_noun(frame: Frame) -> bool:
    """Whether another count and then the thing of both follow at once: `8类146种应急物资`, `5万名65岁以上老人`."""
    following = frame.next_in_clause
    return following is not None and following.noun_behind and frame.tail[0] >= following.mention.start


def _before(frame: Frame, count: int, amounts: bool = False) -> list[Frame]:
    """The last numbers before this one that are no context, at most `count`, in the order of the text.

    `amounts`: without percentages and changes, where amounts enough stand in the sentence.
    """
    if amounts and len(reached := _amounts_before(frame, count)) == count:
        return reached
    found: list[Frame] = []
    before = frame.previous
    while before is not None and len(found) < count:
        if before.mention.role != "context":
            found.append(before)
        before = before.previous
    return found[::-1]
