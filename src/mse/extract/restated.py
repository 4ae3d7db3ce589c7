"""Targets said again in progress: `全市新建旅游厕所26座，目前19座已开工` repeats the 26 of its task.

A number of a progress cell that no word calls reached, that equals a target of its task, and that more numbers of the
same kind follow, is that target once more; the parts in its brackets are parts of the target.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from mse.extract.frames import Frame
from mse.extract.verdict import Verdict
from mse.grammar import alternation, load
from mse.model import Mention

_STATUS = regex.compile(rf"{alternation(load('cues')['status']['words'])}\s*$")

_UNSAID = "cell"  # the cue of a role that only the cell decided


def restated_targets(text: str, frames: list[list[Frame]]) -> Iterator[tuple[Frame, Verdict]]:
    """New verdicts for restated targets and their parts; reads roles, values and units."""
    promised: dict[int, list[Mention]] = {}
    for passage_frames in frames:
        for frame in passage_frames:
            if frame.passage.role == "task" and frame.mention.role == "target":
                promised.setdefault(id(frame.passage.task), []).append(frame.mention)
    for passage_frames in frames:
        if not passage_frames or passage_frames[0].passage.role != "progress":
            continue
        targets = promised.get(id(passage_frames[0].passage.task), [])
        for frame in passage_frames:
            if _unsaid(text, frame) and _equals_one(frame.mention, targets) and _answered(frame):
                yield frame, Verdict("target", "restated", 0.85)
                for part in passage_frames:
                    if part.host is frame and part.mention.role == "actual":
                        yield part, Verdict("target", "restated", 0.8)


def _unsaid(text: str, frame: Frame) -> bool:
    mention = frame.mention
    if _STATUS.search(text, *frame.lead):
        return False
    return mention.role == "actual" and mention.cues.get("role") == _UNSAID and frame.clause.parent is None


def _equals_one(mention: Mention, targets: list[Mention]) -> bool:
    return mention.value is not None and any(t.value == mention.value and t.unit == mention.unit for t in targets)


def _answered(frame: Frame) -> bool:
    """Whether a smaller number of the same unit follows in the sentence, outside brackets."""
    after = frame.following
    while after is not None and after.clause.sentence == frame.clause.sentence:
        mention = after.mention
        if after.clause.parent is None and mention.unit == frame.mention.unit and mention.value is not None:
            return frame.mention.value is not None and mention.value < frame.mention.value
        after = after.following
    return False
