"""Whether a stretch of text looks ahead: below a heading (`明年工作安排`), in a list under a head, or after `下一步`.

A document may plan by its title. A heading is a short line without a stop, or a run-in one (`发展目标。`); it
holds up to the next heading that says otherwise. A head with a name of its own (`目标任务：`) holds to the end
of its line or to the next such head (`完成情况：`), alone on its line as a heading. `下一步` and its like hold
to the end of their line, a head with a colon (`今年要抓好以下工作：`) to the next full stop, and in prose over
the items of the list behind it (`一是…。二是…。`), on its own line or on lines of their own.
"""

from __future__ import annotations

from bisect import bisect_right

import regex

from mse.extract.moods import FUTURE, NOT_A_CUE
from mse.extract.passages import Passage
from mse.grammar import alternation, load

_CUES = load("cues")
_CLAUSES = load("clauses")
_AHEAD = regex.compile(alternation(_CUES["heading_ahead"]["words"]))
_BACK = regex.compile(alternation(_CUES["heading_back"]["words"]))
_OPENER = regex.compile(rf"(?:^|{_CLAUSES['sentence_end']})\s*{alternation(_CUES['plan_opener']['words'])}")
_LATE = regex.compile(alternation(_CUES["lagging"]["words"]))
_LIST_HEAD = regex.compile(_CLAUSES["list_head"])
_FULL_STOP = regex.compile(_CLAUSES["full_stop"])
_ITEM = regex.compile(f"{_CLAUSES['list_number']}|{_CLAUSES['list_item']}")
_STOP = regex.compile(f"{_CLAUSES['sentence_end']}|{_CLAUSES['clause_end']}")
_NAMED_HEAD = regex.compile(
    rf"{_CLAUSES['head_open']}(?:(?P<ahead>{alternation(_CUES['plan_head']['words'])})"
    rf"|{alternation(_CUES['progress_head']['words'])}){_CLAUSES['head_close']}"
)
_PLAN, _TOLD = (regex.compile(load("metadata")["plan"][kind]) for kind in ("pattern", "told"))
# A heading at the head of its own paragraph: （二）发展目标。到2025年，…
_RUN_IN = regex.compile(
    rf"\s*(?:{_CLAUSES['list_number']})?[^，。；：:\d]{{0,6}}{alternation(_CUES['heading_ahead']['run_in'])}[。：:]"
)
_LINE = regex.compile(r"[^\r\n]+")
_LONGEST_HEADING = 40


class Outlook:
    """The stretches of one passage that look ahead; found once, looked up by offset into the document."""

    def __init__(self, text: str, passage: Passage, title: str) -> None:
        prose = passage.role == "text"  # in a cell the items of a list are reports as often as plans
        under = prose and not passage.in_table_report and plans(title)
        self._starts = [passage.start]
        self._looks = [under]
        listed = False
        for line in _LINE.finditer(text, passage.start, passage.end):
            if is_heading(text, *line.span()):
                back, ahead = _BACK.search(line.group()), _AHEAD.search(line.group())
                under = under if bool(back) == bool(ahead) else bool(ahead)
            heads = list(_NAMED_HEAD.finditer(line.group()))
            if heads and (heads[-1].group("ahead") is None or not line.group()[heads[-1].end() :].strip()):
                under = heads[-1].group("ahead") is not None
            listed = listed and prose and _ITEM.match(text, *line.span()) is not None
            self._turn(line.start(), under or listed)
            start, looks = line.start(), under or listed
            for head in heads:
                if not looks:
                    self._read(text, start, line.start() + head.start(), prose)
                looks = head.group("ahead") is not None
                start = line.start() + (head.end() if looks else head.start())
                self._turn(start, looks)
            if not looks:
                listed = self._read(text, start, line.end(), prose)

    def ahead(self, offset: int) -> bool:
        """Whether headings and openers say that what stands at the offset is planned."""
        return self._looks[bisect_right(self._starts, offset) - 1]

    def _read(self, text: str, start: int, end: int, prose: bool) -> bool:
        """Turn where a line says so; whether it ends within a list that looks ahead."""
        listed = False
        if prose and (head := _RUN_IN.match(text, start, end)):
            self._turn(head.end(), True)
            return False
        opener = _OPENER.search(text[start:end])
        stop = start + opener.start() if opener else end
        for head in _LIST_HEAD.finditer(text, start, stop):
            if FUTURE.search(NOT_A_CUE.sub("", head.group())) and not _LATE.search(head.group()):
                self._turn(head.end(), True)
                closed = _list_end(text, head.end(), stop, prose)
                self._turn(closed, False)
                listed = closed >= end
        self._turn(stop, opener is not None)
        return listed

    def _turn(self, at: int, ahead: bool) -> None:
        if ahead != self._looks[-1]:
            self._starts.append(at)
            self._looks.append(ahead)


def plans(title: str) -> bool:
    """Whether a document that is called so plans and does not tell: 工作要点, 实施方案."""
    return _PLAN.search(title) is not None and _TOLD.search(title) is None


def _list_end(text: str, start: int, end: int, prose: bool) -> int:
    """The end of the last sentence of a list: in prose the first full stop behind which no item begins."""
    for stop in _FULL_STOP.finditer(text, start, end):
        if not prose or _ITEM.match(text, stop.end(), end) is None:
            return stop.end()
    return end


def is_heading(text: str, start: int, end: int) -> bool:
    """Whether a line is short and has no stop."""
    return end - start <= _LONGEST_HEADING and not _STOP.search(text, start, end)
