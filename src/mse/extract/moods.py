"""Mood: whether a number is promised or reached, by the nearest cue before it in its sentence."""

from __future__ import annotations

from typing import Literal

import regex

from mse.extract.frames import Frame
from mse.grammar import alternation, load

Mood = Literal["future", "done", ""]

_CUES = load("cues")
_FUTURE = regex.compile(alternation(_CUES["future"]["words"]))
_NEED = regex.compile(alternation(_CUES["need"]["words"]))
_DONE = regex.compile(alternation(_CUES["done"]["words"]))
NOT_A_CUE = regex.compile(
    rf"{alternation(_CUES['future_not']['words'])}"
    rf"|{alternation(_CUES['future_not']['before_noun'])}(?!{alternation(load('metrics')['verb']['words'])})"
)
_PLANNED = regex.compile(alternation(_CUES["planned_scale"]["words"]))
_SURELY_DONE = regex.compile(alternation(_CUES["done"]["sure"]))
_SIGHT = 400  # code points within which a cue is looked for
_MARKS = tuple(_CUES["units"]["sentence_marks"])


def mood(text: str, frame: Frame) -> tuple[Mood, str]:
    """The mood the number stands in, and the cue; a promise reaches to the end of its sentence or to the next `已`.

    A duty (`需`) reaches no further than its own clause. In brackets only the bracket counts.
    """
    start = _sentence_start(text, frame)
    if frame.clause.parent is not None:
        start = max(start, frame.clause.start)
    before = _masked(text[start : frame.mention.start], _signed_until(frame, start) - start)
    clause = before[frame.clause.start - start :] if frame.clause.start > start else before
    if need := _last(_NEED, clause):
        done = _last(_DONE, clause)
        if done is None or done.start() < need.start():
            return "future", need.group()
    future, done = _last(_FUTURE, before), _last(_SURELY_DONE if frame.ahead else _DONE, before)
    if future and (done is None or future.start() > done.start()):
        return "future", future.group()
    if frame.ahead and not done:
        return "future", "heading"
    return ("done", done.group()) if done else ("", "")


def _signed_until(frame: Frame, start: int) -> int:
    """The end of the last planned sum of the sentence that was signed, and so promises nothing for what follows."""
    before = frame.previous
    while before is not None and before.mention.start >= start:
        if before.mention.role == "actual" and _PLANNED.fullmatch(before.mention.cues.get("role", "")):
            return before.mention.end
        before = before.previous
    return 0


def _masked(text: str, signed: int) -> str:
    """The text with look-alikes of cues (`年度计划`, `供应`) blanked out, and planned sums before `signed` too."""
    text = _PLANNED.sub(_blank, text, endpos=max(0, signed))
    return NOT_A_CUE.sub(_blank, text)


def _blank(hit: regex.Match[str]) -> str:
    return " " * len(hit.group())


def _sentence_start(text: str, frame: Frame) -> int:
    start = max(frame.passage.start, frame.mention.start - _SIGHT)
    return max(start, *(text.rfind(mark, start, frame.mention.start) + 1 for mark in _MARKS))


def _last(pattern: regex.Pattern[str], text: str) -> regex.Match[str] | None:
    found = None
    for hit in pattern.finditer(text):
        found = hit
    return found
