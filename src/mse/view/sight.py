"""All that is shown of one report: its analysis with findings, schedule and marks, tied to each other by position."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from mse.audit import Finding, MetricStatus, TaskStatus, audit, schedule
from mse.audit.status import Status
from mse.extract.passages import Passage
from mse.model import Fact, Mention, Report, Task
from mse.pipeline import Analysis, analyse
from mse.view.marks import Mark, marks_of, measures

STATUSES: tuple[Status, ...] = ("behind", "on track", "ahead", "done", "unknown")
LATE_FIRST = {status: order for order, status in enumerate(STATUSES)}


@dataclass
class Sight:
    """One report as it is looked at. Positions in `marks`, `standings` and `task_of` are those of facts and tasks."""

    analysis: Analysis
    findings: list[Finding] = field(init=False)
    statuses: list[TaskStatus] = field(init=False)

    def __post_init__(self) -> None:
        self.findings = audit(self.analysis)
        self.statuses = schedule(self.analysis)

    @classmethod
    def of(cls, source: Report | Analysis) -> Sight:
        """The sight of a report, which is analysed first, or of an analysis."""
        return cls(analyse(source) if isinstance(source, Report) else source)

    @property
    def report(self) -> Report:
        return self.analysis.report

    @property
    def facts(self) -> Sequence[Fact]:
        return self.analysis.facts

    @cached_property
    def mentions(self) -> list[Mention]:
        return self.analysis.mentions

    @property
    def passages(self) -> list[Passage]:
        return self.analysis.passages.items

    @cached_property
    def marks(self) -> list[Mark]:
        stretches = [(p.start, p.end) for p in self.passages]
        return marks_of(self.report.text, self.mentions, self.facts, self.findings, stretches, self.analysis.model)

    @cached_property
    def marks_by_start(self) -> dict[int, Mark]:
        """The marks by the code point they begin at."""
        return {mark.start: mark for mark in self.marks}

    def marks_between(self, start: int, end: int) -> list[Mark]:
        """The marks that lie inside a stretch, in order."""
        first = bisect_left(self._starts, start)
        return [mark for mark in self.marks[first : bisect_left(self._starts, end)] if mark.end <= end]

    @cached_property
    def _starts(self) -> list[int]:
        return [mark.start for mark in self.marks]

    def index_of(self, fact: Fact) -> int | None:
        """The position of a fact, also of one that was extracted on its own; None for one of another report."""
        return self._by_identity.get(_identity(fact))

    @cached_property
    def _by_identity(self) -> dict[tuple[object, ...], int]:
        return {_identity(fact): index for index, fact in reversed(list(enumerate(self.facts)))}

    @cached_property
    def standings(self) -> list[MetricStatus | None]:
        """For each fact the status of the promise it tells of, as the schedule sees it."""
        by_start: dict[int, MetricStatus] = {}
        for status in self.statuses:
            for metric in status.metrics:
                for spot in metric.evidence:
                    by_start.setdefault(spot.start, metric)
        return [
            next((by_start[m.start] for m in measures(fact) if m.start in by_start), None)
            if fact.target is not None or fact.completion.stated is not None
            else None
            for fact in self.facts
        ]

    @cached_property
    def task_of(self) -> list[int | None]:
        """For each fact the position of its task; None in prose."""
        tasks = self.report.tasks
        spans = sorted(
            (cell.start, cell.end, index) for index, task in enumerate(tasks) for cell in task.cells if task.cells
        )
        by_name = {(t.number, t.category, t.text): index for index, t in reversed(list(enumerate(tasks)))}
        found: list[int | None] = []
        for fact in self.facts:
            at = next((m.start for m in measures(fact) if m.start is not None), None)
            inside = None if at is None else _inside(spans, at)
            ref = fact.task
            found.append(inside if inside is not None else by_name.get((ref.number, ref.category, ref.text)))
        return found

    @property
    def counts(self) -> Counter[Status]:
        """How many tasks stand how."""
        return Counter(status.status for status in self.statuses)


def done_of(fact: Fact) -> Decimal | None:
    """How much is done in percent: computed where it can be, else as stated."""
    return fact.completion.computed if fact.completion.computed is not None else fact.completion.stated


def task_name(task: Task, length: int = 24) -> str:
    """The number and the first words of a task."""
    text = " ".join(task.text.split())
    short = text if len(text) <= length else text[: length - 1] + "…"
    return f"{task.number} {short}".strip()


def _identity(fact: Fact) -> tuple[object, ...]:
    sides = (fact.target, fact.actual, fact.change, fact.baseline)
    return (fact.doc, fact.metric, fact.scope, *(side and side.start for side in sides))


def _inside(spans: Sequence[tuple[int, int, int]], at: int) -> int | None:
    place = bisect_right(spans, (at, float("inf"), 0)) - 1
    return spans[place][2] if place >= 0 and spans[place][0] <= at < spans[place][1] else None
