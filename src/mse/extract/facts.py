"""Facts: per task one line for each metric, with what was promised, what was reached and how both compare.

`build_facts` reads the mentions with their roles, metrics, periods and links, and changes nothing. An actual makes a
fact, with the target it is linked to; so does a target that nothing answers, a change whose level is not given, and a
rate that stands alone. A number that is context only makes none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mse.extract.answering import Answering, answering
from mse.extract.completion import completion
from mse.extract.confidence import of_fact
from mse.extract.explain import explain
from mse.extract.implied import implied_target
from mse.extract.levels import levels_of_changes
from mse.extract.passages import Passage, Passages
from mse.extract.phrases import is_plan
from mse.extract.placed import Neighbourhood, Placed, placed_neighbourhoods
from mse.extract.rates import said_before
from mse.model import Fact, Measure, Mention, SpanRef, Task, TaskRef

if TYPE_CHECKING:
    from mse.ner.model import NameModel


def build_facts(
    passages: Passages, neighbourhoods: Iterable[Neighbourhood] | None = None, model: NameModel | bool = True
) -> list[Fact]:
    """The facts of a report in the order of the text (by the first number each of them rests on).

    `model` finds the names of those who answer where no column names them; False leaves it to rules.
    """
    found: list[tuple[int, int, Fact]] = []
    for cells, placed in placed_neighbourhoods(passages) if neighbourhoods is None else neighbourhoods:
        book = _Book(passages.report.text, passages.report.doc, cells, placed, model)
        found.extend((start, len(found) + i, fact) for i, (start, fact) in enumerate(book.facts()))
    found.sort(key=lambda entry: entry[:2])
    return [fact for _, _, fact in found]


@dataclass(slots=True)
class _Parts:
    """The mentions that one fact rests on."""

    target: Mention | None = None
    actual: Mention | None = None
    baseline: Mention | None = None
    change: Mention | None = None
    rate: Mention | None = None

    def all(self) -> list[Mention]:
        return [m for m in (self.target, self.actual, self.baseline, self.change, self.rate) if m is not None]

    @property
    def start(self) -> int:
        """Where the fact stands: its first number, the rate only where it is all there is."""
        measures = [m for m in self.all() if m is not self.rate]
        return min(m.start for m in measures or self.all())


@dataclass(slots=True)
class _Book:
    """The quantities of one task, looked up by their spans."""

    text: str
    doc: str
    cells: list[Passage]
    placed: list[Placed]
    model: NameModel | bool
    quantities: list[Mention] = field(init=False)
    by_span: dict[SpanRef, Mention] = field(init=False)
    said: dict[SpanRef, str] = field(init=False)
    answering: Answering = field(init=False)

    def __post_init__(self) -> None:
        self.quantities = [p.mention for p in self.placed]
        self.by_span = {m.span: m for m in self.quantities}
        self.said = said_before(self.placed)
        self.answering = self._answering() if self.placed else Answering()

    def _answering(self) -> Answering:
        """Those whom the columns name; where they name nobody, those whom the sentences name."""
        task = self.cells[0].task
        by_column = Answering.of_task(task) if task is not None else Answering()
        return by_column or answering(self.text, self.cells[0].start, self.cells[-1].end, self.model)

    def facts(self) -> list[tuple[int, Fact]]:
        parts = self._answered_targets() + self._unanswered()
        self._add_rates(parts)
        self._add_changes(parts)
        self._add_baselines(parts)
        return [(part.start, self._fact(part)) for part in parts]

    # which mentions belong together

    def _answered_targets(self) -> list[_Parts]:
        """One entry for each actual, with its target where it has one."""
        return [_Parts(target=self._linked(m, "target"), actual=m) for m in self.quantities if m.role == "actual"]

    def _unanswered(self) -> list[_Parts]:
        """Targets that no actual answers; one that restates another is that other."""
        answered = {t.span for m in self.quantities if m.role == "actual" if (t := self._linked(m, "target"))}
        return [
            _Parts(target=m)
            for m in self.quantities
            if m.role == "target" and m.span not in answered and not m.links.get("target")
        ]

    def _add_rates(self, parts: list[_Parts]) -> None:
        for rate in self.quantities:
            if rate.role != "rate":
                continue
            actual, target = self._linked(rate, "actual"), self._linked(rate, "target")
            home = None
            for part in parts:
                if actual is not None:
                    fits = part.actual is actual and (part.target is target or part.target is None)
                else:
                    fits = target is not None and part.target is target and part.actual is None
                if fits:
                    home = part
                    break
            if home is None:
                parts.append(_Parts(target=target, actual=actual, rate=rate))
            elif home.rate is None:
                home.rate = rate
                home.target = home.target or target

    def _add_changes(self, parts: list[_Parts]) -> None:
        """A change goes to the level it is told of, and to the target it answers."""
        levels = levels_of_changes(self.text, self.placed)
        for placed in self.placed:
            change = placed.mention
            if change.role != "change":
                continue
            target = self._linked(change, "target")
            told = levels[placed.order].mention if placed.order in levels else None
            level = self._linked(change, "actual") or told
            homes = [p for p in parts if p.actual is level and p.change is None] if level is not None else []
            if target is not None and not any(p.target is target for p in homes):
                homes.extend([p for p in parts if p.target is target and p.actual is None and p.change is None][:1])
                if not any(p.target is target for p in homes):
                    parts.append(_Parts(target=target, change=change))
            for part in homes:
                part.change = change
            if not homes and target is None:
                parts.append(_Parts(change=change))

    def _add_baselines(self, parts: list[_Parts]) -> None:
        """A former level goes to the level that the same sentence moves it to: first to first, by unit."""
        place_of = {p.mention.span: (p.cell, p.sentence) for p in self.placed}
        for placed in self.placed:
            if placed.role != "baseline":
                continue
            baseline = placed.mention
            for part in parts:
                moved = [
                    m
                    for m in (part.target, part.actual)
                    if m is not None
                    and m.start > baseline.start
                    and m.unit == baseline.unit
                    and place_of[m.span] == (placed.cell, placed.sentence)
                ]
                if moved and part.baseline is None:
                    part.baseline = baseline
                    break

    def _linked(self, mention: Mention, name: str) -> Mention | None:
        spans = mention.links.get(name)
        return self.by_span.get((spans[0][0], spans[0][1])) if spans else None

    # one fact

    def _fact(self, part: _Parts) -> Fact:
        task = self.cells[0].task
        lead = part.actual or part.target or part.change or part.rate
        assert lead is not None
        named = self._named(part)
        target = _measure(part.target)
        share = completion(part.actual, part.target, part.rate)
        if share.consistent is False and self._shared(part):
            share.consistent = None
        implied = None
        if target is None and part.actual is not None and part.rate is not None:
            target = implied = implied_target(part.actual, part.rate, self.said[part.rate.span])
        unit = (part.target or part.actual or part.change or part.rate or lead).unit
        return Fact.trusted(
            doc=self.doc,
            task=_task_ref(task),
            metric=named.metric,
            scope=next((m.scope for m in (part.actual, part.target, part.change, part.rate) if m and m.scope), ""),
            unit=unit,
            target=target,
            actual=_measure(part.actual),
            baseline=_measure(part.baseline),
            change=_measure(part.change),
            completion=share,
            date=next(
                (
                    m.period.end
                    for m in (part.actual, part.change, part.rate, part.target)
                    if m is not None and m.period is not None and m.period.end is not None
                ),
                None,
            ),
            leaders=list(self.answering.leaders),
            lead_organizations=list(self.answering.lead_organizations),
            persons=list(self.answering.persons),
            supporting_organizations=list(self.answering.supporting_organizations),
            confidence=of_fact(part.all(), lead, part.target),
            source="model"
            if self.answering.source == "model" or any(m.source == "model" for m in part.all())
            else "rule",
            explanation=explain(self.text, self.cells, lead, part.target, part.rate, implied, share),
        )

    def _shared(self, part: _Parts) -> bool:
        """Whether other actuals of the sentence answer the same target, so that the rate may be of all of them."""
        place_of = {p.mention.span: (p.cell, p.sentence) for p in self.placed}
        return any(
            m is not part.actual
            and m.role == "actual"
            and self._linked(m, "target") is part.target
            and part.actual is not None
            and place_of[m.span] == place_of[part.actual.span]
            for m in self.quantities
        )

    def _named(self, part: _Parts) -> Mention:
        """Whose metric names the fact: the promise's, unless it only says it is one, or several stages answer it."""
        if part.target is not None and part.actual is not None:
            stages = [m for m in self.quantities if m.role == "actual" and self._linked(m, "target") is part.target]
            if len(stages) > 1 or not part.target.metric or (part.actual.metric and is_plan(part.target.metric)):
                return part.actual
            return part.target
        lead = part.target or part.actual or part.change or part.rate
        assert lead is not None
        return lead


def _measure(mention: Mention | None) -> Measure | None:
    if mention is None:
        return None
    return Measure.trusted(
        op=mention.op,
        value=mention.value,
        low=mention.low,
        high=mention.high,
        unit=mention.unit,
        period=mention.period,
        text=mention.text,
        start=mention.start,
        end=mention.end,
        implied=False,
    )


def _task_ref(task: Task | None) -> TaskRef:
    if task is None:
        return TaskRef.trusted(number="", category="", text="")
    return TaskRef.trusted(number=task.number, category=task.category, text=task.text)
