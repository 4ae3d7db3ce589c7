"""Mood: whether a number is promised or reached, by the nearest cue before it in its sentence."""

from __future__ import annotations

from typing import Literal

import regex

from mse.extract.frames import Frame
from mse.grammar import alternation, load

Mood = Literal["future", "done", ""]

_CUES = load("cues")
_VERBS = alternation(load("metrics")["verb"]["words"])
_BEFORE_VERB = (
    rf"(?<![{_CUES['future']['not_after']}]){alternation(_CUES['future']['before_verb'])}"
    rf"{alternation(_CUES['future']['adverbs'])}?(?={_VERBS})"
)
FUTURE = regex.compile(rf"{alternation(_CUES['future']['words'])}|{_BEFORE_VERB}")
_NEED = regex.compile(alternation(_CUES["need"]["words"]))
_DONE = regex.compile(alternation(_CUES["done"]["words"]))
_LIKE = _CUES["future_not"]
_ADVERBS = f"{alternation(_CUES['future']['adverbs'])}?"
_PLANNED_THING = (
    rf"{alternation(_LIKE['planned'])}{_ADVERBS}{_VERBS}{{1,2}}{alternation(_LIKE['planned_things'])}"
    rf"(?={alternation(_LIKE['come_of'])})"
)
NOT_A_CUE = regex.compile(
    rf"{alternation([*_LIKE['words'], *_CUES['done']['compared']])}"
    rf"|(?:{alternation(_LIKE['before_noun'])}|{alternation(_LIKE['goals'])}(?!{alternation(_LIKE['told_by'])}))"
    rf"(?!{_ADVERBS}{_VERBS})|{_PLANNED_THING}"
)
_ANY = regex.compile(f"{FUTURE.pattern}|{_NEED.pattern}|{_DONE.pattern}")  # most sentences have no cue at all
_PLANNED = regex.compile(alternation(_CUES["planned_scale"]["words"]))
_SURELY_DONE = regex.compile(alternation(_CUES["done"]["sure"]))
_BRIEF = frozenset(_CUES["future"]["brief"])
_FULL_STOP = regex.compile(load("clauses")["full_stop"])
_PAUSE = regex.compile(rf"\s*{load('clauses')['pause']}\s*")
_CARRIED = "carried"  # the cue of a promise that goes on behind a semicolon
_FURTHEST = 40  # numbers looked back over in a sentence
_SIGHT = 400  # code points within which a cue is looked for
_MARKS = tuple(_CUES["units"]["sentence_marks"])


def mood(text: str, frame: Frame) -> tuple[Mood, str]:
    """The mood the number stands in, and the cue; a promise reaches to the end of its sentence or to the next `已`.

    A duty (`需`) reaches no further than its own clause. In brackets only the bracket counts.
    """
    start = _sentence_start(text, frame)
    if frame.clause.parent is not None:
        start = max(start, frame.clause.start)
    before = _before(text, frame, start)
    if not before or before.isspace():
        if frame.ahead:
            return "future", "heading"
        return _carried(text, frame, start)
    clause = before[frame.clause.start - start :] if frame.clause.start > start else before
    if need := _last(_NEED, clause):
        done = _last(_DONE, clause)
        if done is None or done.start() < need.start():
            return "future", need.group()
    future, done = _last(FUTURE, before), _last(_SURELY_DONE if frame.ahead else _DONE, before)
    if future and (done is None or future.start() > done.start()):
        frame.promise = future.group()
        return "future", future.group()
    if frame.ahead and not done:
        return "future", "heading"
    return ("done", done.group()) if done else _carried(text, frame, start)


def _carried(text: str, frame: Frame, start: int) -> tuple[Mood, str]:
    if not _goes_on(text, frame, start):
        return "", ""
    frame.promise = _CARRIED
    return "future", _CARRIED


def _before(text: str, frame: Frame, start: int) -> str:
    """The sentence up to the number, masked; the numbers of a sentence share the work."""
    end = frame.mention.start
    if signed := _signed_until(frame, start):
        return _masked(text[start:end], signed - start)
    known = frame.passage.masked.get(start)
    if known is None or len(known) < end - start:
        stops = (text.find(mark, end, min(end + _SIGHT, frame.passage.end)) for mark in _MARKS)
        last = min((stop for stop in stops if stop >= 0), default=min(end + _SIGHT, frame.passage.end))
        sentence = text[start : max(end, last)]
        known = _masked(sentence, 0) if _ANY.search(sentence) else " " * len(sentence)
        frame.passage.masked[start] = known
    return known[: end - start]


def _goes_on(text: str, frame: Frame, start: int) -> bool:
    """Whether prose promises something right before the semicolon at the head: `将新建幼儿园12所；新增学位3600个`."""
    before = frame.previous
    while before is not None and before.mention.start >= start:
        before = before.previous
    if before is None or frame.passage.role != "text" or before.mention.role != "target":
        return False
    if not _promised_on(before):
        return False
    pause = _PAUSE.search(text, before.mention.end, start)
    return pause is not None and pause.end() >= start and not _FULL_STOP.search(text, before.mention.end, start)


def _promised_on(last: Frame) -> bool:
    """Whether a promise that outlasts its semicolon stands in the sentence of this number, at it or before it."""
    frame: Frame | None = last
    for _ in range(_FURTHEST):
        if frame is None or frame.clause.sentence != last.clause.sentence or frame.mention.role != "target":
            return False
        if frame.promise and frame.promise not in _BRIEF:
            return True
        frame = frame.previous
    return False


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
    text = _PLANNED.sub(blank, text, endpos=max(0, signed))
    return NOT_A_CUE.sub(blank, text)


def blank(hit: regex.Match[str]) -> str:
    """As many spaces as the match is long: masks a look-alike without moving what stands around it."""
    return " " * len(hit.group())


def _sentence_start(text: str, frame: Frame) -> int:
    start = max(frame.passage.start, frame.mention.start - _SIGHT)
    return max(start, *(text.rfind(mark, start, frame.mention.start) + 1 for mark in _MARKS))


def _last(pattern: regex.Pattern[str], text: str) -> regex.Match[str] | None:
    found = None
    for hit in pattern.finditer(text):
        found = hit
    return found
