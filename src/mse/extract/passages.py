"""What the stages work on: a report cut into passages, each with its mentions.

A passage is one cell of a task, or one stretch of text outside the tables. A stage is a function over a `Passages`
object; its docstring says what it reads and what it sets on the mentions.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from mse.extract.nesting import NestedClause, nested_clauses
from mse.grammar.script import read_as_simplified
from mse.model import Mention, Report, Task
from mse.segmentation import Words


@dataclass(slots=True)
class Passage:
    """One cell (or stretch of prose) with its mentions in the order of the text.

    `role` is `task`, `progress`, `plan`, `problems`, or `text` outside any task; `header` is the column's header.
    `recurring` are spans within the passage of expressions like 每月10日前, which are no mentions.
    `in_table_report` tells that the report has tasks, so that text outside them is preamble and not the matter itself.
    `masked` are its sentences without look-alikes of cues, by where they start; `moods` keeps them.
    """

    start: int
    end: int
    role: str
    header: str = ""
    task: Task | None = None
    mentions: list[Mention] = field(default_factory=list)
    in_table_report: bool = False
    recurring: list[tuple[int, int]] = field(default_factory=list)
    masked: dict[int, str] = field(default_factory=dict)
    _nested: tuple[list[Mention], list[NestedClause]] | None = None
    _dates_by_end: dict[dt.date, list[Mention]] | None = field(default=None, init=False)

    def nested_clauses(self, text: str) -> list[NestedClause]:
        """The clauses with their brackets and quantities; cut again only after `mentions` was replaced."""
        if self._nested is None or self._nested[0] is not self.mentions:
            self._nested = self.mentions, nested_clauses(text, self.start, self.end, self.quantities)
        return self._nested[1]

    @property
    def quantities(self) -> list[Mention]:
        return [m for m in self.mentions if m.type == "quantity"]

    @property
    def dates(self) -> list[Mention]:
        return [m for m in self.mentions if m.type == "date"]

    def dates_ending(self, day: dt.date) -> list[Mention]:
        """The dates whose periods end on a day; to be asked for once the periods are final."""
        if self._dates_by_end is None:
            self._dates_by_end = {}
            for date in self.dates:
                if date.period is not None and date.period.end is not None:
                    self._dates_by_end.setdefault(date.period.end, []).append(date)
        return self._dates_by_end.get(day, [])


@dataclass(slots=True)
class Passages:
    """A whole report under analysis, passages in the order of the text; `words` are set once mentions are known."""

    report: Report
    items: list[Passage]
    words: Words | None = None
    _plain: str | None = None

    @property
    def text(self) -> str:
        """The text the stages read: the report's, traditional characters as simplified ones; offsets are the same."""
        if self._plain is None:
            self._plain = read_as_simplified(self.report.text)
        return self._plain

    @property
    def mentions(self) -> list[Mention]:
        """All quantities and dates in the order of the text."""
        return [mention for passage in self.items for mention in passage.mentions]

    def segmented(self) -> Words:
        """The words of the text, by jieba where no other segmenter was set, with every mention as one word."""
        if self.words is None:
            self.words = Words(self.text, self.spans())
        return self.words

    def spans(self) -> list[tuple[int, int]]:
        """The spans of all mentions; of two that overlap, the first."""
        found: list[tuple[int, int]] = []
        for mention in self.mentions:
            if not found or mention.start >= found[-1][1]:
                found.append(mention.span)
        return found

    def of_task(self, task: Task) -> list[Passage]:
        return [p for p in self.items if p.task is task]


def passages_of(report: Report) -> Passages:
    """Cut a report into passages: every cell of every task, and the text between them without its `regions`."""
    items = [
        Passage(cell.start, cell.end, cell.role, cell.header, task)
        for task in report.tasks
        for cell in task.cells
        if cell.start < cell.end
    ]
    taken = sorted([(p.start, p.end) for p in items] + [(a, b) for a, b in report.regions])
    position = 0
    for start, end in [*taken, (len(report.text), len(report.text))]:
        if start > position and report.text[position:start].strip():
            items.append(Passage(position, start, "text", in_table_report=bool(report.tasks)))
        position = max(position, end)
    items.sort(key=lambda p: (p.start, p.end))
    return Passages(report, items)
