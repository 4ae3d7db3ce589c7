"""Shares that the text itself computes: where a percentage is one number over another, the three know their roles.

`需迁改57处，累计完成53处，占比93%`: 53 of 57 is 93%, so 57 is what is counted against, 53 what is done, 93% the rate.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from decimal import Decimal

import regex

from mse.extract.frames import Frame
from mse.extract.verdict import Verdict
from mse.grammar import alternation, load
from mse.model import Mention

_CUES = load("cues")
_PERCENT = frozenset(_CUES["units"]["percent"])
_DONE = regex.compile(alternation([*_CUES["done"]["sure"], *_CUES["status"]["words"]]))
_ALLOTTED = frozenset(_CUES["allotted"]["words"])
_DONE_BEFORE = regex.compile(rf"{alternation(w for w in _CUES['status']['words'] if w not in _ALLOTTED)}\s*$")
_BARE = regex.compile(load("pairing")["bare_rate"]["pattern"])
_REACH = 4  # quantities looked back over
_SLIGHT = Decimal("0.0001")
_TELLING = 3  # digits from which a share is no accident


def by_arithmetic(text: str, frames: list[Frame], levels: Set[int]) -> Iterator[tuple[Frame, Verdict]]:
    """New verdicts for quantities of one passage whose numbers form `part / whole = share` within a sentence.

    `levels` are the starts of percentages that are levels of a ratio their task promises, and so no shares done.
    """
    for index, frame in enumerate(frames):
        share = frame.mention
        if share.start in levels:
            continue
        if share.unit not in _PERCENT or share.role not in ("actual", "rate") or share.value is None:
            continue
        near = [f for f in frames[max(0, index - _REACH) : index] if f.clause.sentence == frame.clause.sentence]
        for part, whole in _pairs(near):
            if whole.condition or _said_done(text, whole) or not is_share(part.mention, whole.mention, share):
                continue
            if whole.mention.role == "target" or _done(text, part) or _done(text, frame):
                cue = f"{part.mention.text}/{whole.mention.text}"
                yield whole, Verdict("target", cue, 0.9)
                yield part, Verdict("actual", cue, 0.9)
                yield frame, Verdict("rate", cue, 0.95)
                break


def shares_of_promises(text: str, frames: list[list[Frame]], levels: Set[int]) -> Iterator[tuple[Frame, Verdict]]:
    """New verdicts for percentages that are a number before them over a target of the task.

    `开工860套，100%` where the task promises 860套: nothing but the arithmetic says that 100% is the share done. With
    words of its own before it (`到车率64.6%`) a percentage needs digits enough not to be one by chance.
    """
    promised: dict[int, list[Mention]] = {}
    for passage_frames in frames:
        for frame in passage_frames:
            if frame.passage.role == "task" and frame.mention.role == "target":
                promised.setdefault(id(frame.passage.task), []).append(frame.mention)
    for passage_frames in frames:
        for part, frame in _followed(passage_frames):
            share = frame.mention
            bare = part is frame.previous and _BARE.fullmatch(text, part.mention.end, share.start)
            if not bare and (share.start in levels or _digits(share) < _TELLING):
                continue
            for whole in promised.get(id(frame.passage.task), ()):
                if whole.unit == part.mention.unit and is_share(part.mention, whole, share):
                    yield frame, Verdict("rate", f"{part.mention.text}/{whole.text}", 0.95)
                    break


def _followed(frames: list[Frame]) -> Iterator[tuple[Frame, Frame]]:
    """What was reached, and a percentage that follows it in its sentence, nearest first."""
    for index, frame in enumerate(frames):
        if frame.mention.unit in _PERCENT and frame.mention.role == "actual":
            for part in reversed(frames[max(0, index - _REACH) : index]):
                if part.clause.sentence == frame.clause.sentence and part.mention.role == "actual":
                    yield part, frame


def _digits(share: Mention) -> int:
    """How many digits the number has: how unlikely it is to be a share by chance."""
    return len(share.value.as_tuple().digits) if share.value is not None else 0


def _done(text: str, frame: Frame) -> bool:
    """Whether the words around the number say that something was done, and not merely what a thing is made of."""
    return _DONE.search(text, frame.raw_lead[0], frame.tail[1]) is not None


def _said_done(text: str, whole: Frame) -> bool:
    """Whether the verb before the number says that this much was done (`开工300公里`), so that it is no total."""
    return _DONE_BEFORE.search(text, *whole.lead) is not None


def _pairs(near: list[Frame]) -> Iterator[tuple[Frame, Frame]]:
    """Part and whole, nearest first; the whole is named before its part or right after it."""
    for i in range(len(near) - 1, -1, -1):
        for j in range(len(near) - 1, -1, -1):
            if i != j and near[i].mention.unit == near[j].mention.unit and near[i].mention.unit not in _PERCENT:
                yield near[i], near[j]


def is_share(part: Mention, whole: Mention, share: Mention) -> bool:
    """Whether the percentage is the part over the whole, as far as it is printed."""
    if part.value is None or whole.value is None or share.value is None or whole.value <= 0 or part.value <= 0:
        return False
    places = max(0, -int(share.value.as_tuple().exponent))
    half = Decimal(1).scaleb(-places) / 2
    over = part.value * 100 / whole.value - share.value
    return -half - _SLIGHT <= over < 2 * half  # digits are as often cut off as rounded
