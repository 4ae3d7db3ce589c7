"""Targets said again in progress: `全市新建旅游厕所26座，目前19座已开工` repeats the 26 of its task.

A number of a progress cell that no word calls reached, that equals a target of its task, and that more numbers of the
same kind follow, is that target once more; the parts in its brackets are parts of the target.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from mse.extract.frames import Frame
from mse.extract.verdict import Verdict
from mse.grammar import alternation, load
from mse.model import Mention

_STATUS = regex.compile(rf"{alternation(load('cues')['status']['words'])}\s*$")
_MOVED = regex.compile(rf"{alternation(w for w in load('cues')['to']['words'] if len(w) > 1)}\s*$")

_SIGHT = 400  # code points within which the answer is looked for
_Amount = tuple[Decimal | None, str]
_UNTOLD = (("actual", "cell"), ("context", "among"))  # roles that no word of the number's own decided, with their cues


def restated_targets(text: str, frames: list[list[Frame]]) -> Iterator[tuple[Frame, Verdict]]:
    """New verdicts for restated targets and their parts; reads roles, values and units."""
    promised: dict[int, set[_Amount]] = {}
    for passage_frames in frames:
        for frame in passage_frames:
            if frame.passage.role == "task" and frame.mention.role == "target":
                promised.setdefault(id(frame.passage.task), set()).add(_amount(frame.mention))
    for passage_frames in frames:
        if not passage_frames or passage_frames[0].passage.role != "progress":
            continue
        said: set[int] = set()
        targets = promised.get(id(passage_frames[0].passage.task), set())
        for frame in passage_frames:
            if frame.host is not None and id(frame.host) in said and frame.mention.role == "actual":
                yield frame, Verdict("target", "restated", 0.8)
            elif _unsaid(text, frame) and _amount(frame.mention) in targets and _answered(frame):
                said.add(id(frame))
                yield frame, Verdict("target", "restated", 0.85)


def _unsaid(text: str, frame: Frame) -> bool:
    mention = frame.mention
    if _STATUS.search(text, *frame.lead) or _MOVED.search(text, *frame.raw_lead):
        return False
    if mention.value is None:
        return False
    told = (mention.role, mention.cues.get("role")) in _UNTOLD
    return told and frame.clause.parent is None


def _amount(mention: Mention) -> _Amount:
    return mention.value, mention.unit


def _answered(frame: Frame) -> bool:
    """Whether a smaller number of the same unit follows in the sentence, outside brackets."""
    after, end = frame.following, frame.mention.end + _SIGHT
    while after is not None and after.clause.sentence == frame.clause.sentence and after.mention.start < end:
        mention = after.mention
        if after.clause.parent is None and mention.unit == frame.mention.unit and mention.value is not None:
            return frame.mention.value is not None and mention.value < frame.mention.value
        after = after.following
    return False
