"""Plans that prose says first and answers next: `新建泊位600个。上半年，新建泊位320个。`

Sentences at the head of a paragraph that say of nothing that it is done are the plan, where the sentences behind them
open with a time so far (`上半年`, `截至8月底`, `目前`) and take up what they name, or tell shares of their numbers.
Years that go on behind the time so far (`（2013—2017年）`) say as much by themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from mse.extract.comparable import comparable
from mse.extract.frames import Frame
from mse.extract.nesting import starting_in
from mse.extract.passages import Passages
from mse.extract.shares import is_share
from mse.extract.similarity import Wording
from mse.extract.verdict import ANNOUNCED, Verdict
from mse.grammar import alternation, load
from mse.model import Mention

_CUES = load("cues")
_SO_FAR = regex.compile(rf"\s*{alternation(_CUES['so_far']['words'])}")
_DONE = regex.compile(alternation([*_CUES["done"]["words"], *_CUES["so_far"]["told"]]))
_LISTED = regex.compile(alternation(_CUES["so_far"]["listed"]))
_PERCENT = frozenset(_CUES["units"]["percent"])
_ALIKE = 0.6
_FAR_BEYOND = 10
_MOST = 40  # numbers of a paragraph that are looked at
_SIGHT = 24  # code points before and behind a number that name what it counts


@dataclass(slots=True)
class _Paragraph:
    """A line of prose with numbers: where its sentences start, its numbers, and its dates."""

    starts: list[int]
    frames: list[Frame]
    dates: list[Mention]


def announced_targets(passages: Passages, frames: list[list[Frame]]) -> Iterator[tuple[Frame, Verdict]]:
    """New verdicts for what a paragraph plans; reads roles, values, units and dates."""
    for passage_frames in frames:
        if not passage_frames or passage_frames[0].passage.role != "text":
            continue
        dates = [d for d in passage_frames[0].passage.dates if d.period is not None and d.period.end is not None]
        covered = passages.report.metadata.period
        for paragraph in _paragraphs(passages.text, passage_frames, dates):
            for frame in _plan_of(passages.text, paragraph, covered.end if covered is not None else None):
                yield frame, Verdict("target", ANNOUNCED, 0.8)


def _paragraphs(text: str, frames: list[Frame], dates: list[Mention]) -> Iterator[_Paragraph]:
    """The lines with numbers that have more than one sentence."""
    passage = frames[0].passage
    first_of: dict[int, int] = {}
    for clause in passage.nested_clauses(text):
        first_of.setdefault(clause.sentence, clause.start)
    begun = sorted(first_of.values())
    at = first = 0
    start = passage.start
    for line in text[passage.start : passage.end].split("\n"):
        end, head, begin = start + len(line), at, first
        while at < len(frames) and frames[at].mention.start < end:
            at += 1
        while first < len(begun) and begun[first] < end:
            first += 1
        if at > head and first - begin > 1:
            yield _Paragraph(begun[begin:first], frames[head : min(at, head + _MOST)], starting_in(dates, start, end))
        start = end + 1


def _plan_of(text: str, paragraph: _Paragraph, covered: dt.date | None) -> Iterator[Frame]:
    begin, *others = paragraph.starts
    dated = {date.start for date in paragraph.dates}
    turn = next((start for start in others if start in dated or _SO_FAR.match(text, start)), None)
    if turn is None:
        return
    said = [frame for frame in paragraph.frames if frame.mention.start < turn]
    answers = [frame for frame in paragraph.frames if frame.mention.start >= turn]
    plan = [frame for frame in said if frame.mention.role == "actual"]
    if not plan or not all(_untold(frame) for frame in said) or _DONE.search(text, begin, plan[-1].mention.end):
        return
    times = [d.period.end for d in paragraph.dates if d.start < turn and d.period and d.period.end]
    so_far = next((d.period.end for d in paragraph.dates if d.start >= turn and d.period), covered)
    if times and (so_far is None or min(times) <= so_far):
        return
    ahead = so_far is not None and any(end.year > so_far.year for end in times)
    words = Wording()
    listed = _LISTED.search(text, begin, plan[-1].mention.end) is not None
    taken_up = [f for f in plan if not listed and any(_takes_up(text, words, f, other) for other in answers)]
    if ahead or 2 * len(taken_up) >= len(plan) or any(_counted(frame, answers) for frame in plan):
        yield from plan


def _untold(frame: Frame) -> bool:
    mention = frame.mention
    return mention.role in ("context", "target") or (mention.role == "actual" and mention.cues.get("role") == "cell")


def _takes_up(text: str, words: Wording, plan: Frame, answer: Frame) -> bool:
    a, b = plan.mention, answer.mention
    if b.role != "actual" or a.value is None or b.value is None or not comparable(a.unit, b.unit):
        return False
    return b.value <= _FAR_BEYOND * a.value and words.similarity(_around(text, plan), _around(text, answer)) >= _ALIKE


def _around(text: str, frame: Frame) -> str:
    before = text[max(frame.lead[0], frame.lead[1] - _SIGHT) : frame.lead[1]]
    return f"{before}|{text[frame.tail[0] : min(frame.tail[1], frame.tail[0] + _SIGHT)]}"


def _counted(plan: Frame, answers: list[Frame]) -> bool:
    """Whether a share behind one of the answers is that answer over the number planned."""
    for share in answers:
        part = share.previous.mention if share.previous is not None else None
        if part is None or share.mention.role != "rate" or part.unit != plan.mention.unit or part.unit in _PERCENT:
            continue
        if is_share(part, plan.mention, share.mention):
            return True
    return False
