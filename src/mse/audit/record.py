"""What a check reads: the quantities of one task (or one paragraph of prose), with their places and links."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from mse.extract.clauses import sentences
from mse.extract.passages import Passage
from mse.extract.placed import Placed
from mse.extract.places import Places
from mse.extract.rates import said_before
from mse.model import Mention, Report, SpanRef, Task
from mse.pipeline import Analysis


class Where(NamedTuple):
    """The document and the number of the task something stands in; empty outside the tasks."""

    doc: str
    task: str


@dataclass(slots=True)
class Record:
    """One task, or one paragraph outside the tasks. `placed` are its quantities in the order of the text."""

    report: Report
    passages: list[Passage]
    places: Places
    placed: list[Placed]
    by_span: dict[SpanRef, Placed] = field(init=False)
    _sentences: dict[int, list[tuple[int, int]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_span = {p.mention.span: p for p in self.placed}

    @property
    def text(self) -> str:
        return self.report.text

    @property
    def task(self) -> Task | None:
        return self.passages[0].task

    @property
    def where(self) -> Where:
        return Where(self.report.doc, self.task.number if self.task is not None else "")

    def said(self) -> dict[SpanRef, str]:
        """For each rate the words before it that say what it is counted against."""
        return said_before(self.placed)

    def linked(self, item: Placed, name: str) -> Placed | None:
        """The quantity a link names: `target` or `actual`."""
        spans = item.mention.links.get(name) or []
        return self.by_span.get((spans[0][0], spans[0][1])) if spans else None

    def sentence(self, item: Placed) -> tuple[int, int]:
        """Where the sentence of the quantity begins and ends."""
        passage = self.passages[item.cell]
        known = self._sentences.get(item.cell)
        if known is None:
            known = self._sentences[item.cell] = sentences(self.text, passage.start, passage.end)
        at = item.mention.start
        index = bisect_right(known, at, key=lambda span: span[0]) - 1
        return known[index] if index >= 0 and at < known[index][1] else item.mention.span

    def sentence_mates(self, item: Placed) -> list[Placed]:
        """All quantities of the same sentence, in order, the quantity itself among them."""
        first = last = item.order
        while first > 0 and self.placed[first - 1].same_sentence(item):
            first -= 1
        while last + 1 < len(self.placed) and self.placed[last + 1].same_sentence(item):
            last += 1
        return self.placed[first : last + 1]


def records(analysis: Analysis) -> Iterator[Record]:
    """The records of a report in the order of the text; those without quantities are left out."""
    places = Places(analysis.report.text)
    for passages, placed in analysis.neighbourhoods():
        if any(p.mentions for p in passages):
            yield Record(analysis.report, passages, places, placed)


def amount(mention: Mention) -> bool:
    """Whether the mention is one number that is not only a bound."""
    return mention.value is not None and mention.op in ("=", "~")
