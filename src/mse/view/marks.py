"""What is marked in a report's text: quantities by role, dates, officials, and what a finding rests on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from mse.audit import Finding
from mse.model import Fact, Measure, Mention, SpanRef
from mse.ner.recognize import entities

if TYPE_CHECKING:
    from mse.ner.model import NameModel

Kind = Literal["target", "actual", "rate", "change", "baseline", "context", "date", "person", "office", "plain"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_ENTITIES: dict[str, Kind] = {"PERSON": "person", "POST": "person", "ORG": "office"}


@dataclass(slots=True)
class Mark:
    """A stretch of text that is shown marked. `facts` and `findings` are the positions of those that rest on it."""

    start: int
    end: int
    kind: Kind
    mention: Mention | None = None
    facts: list[int] = field(default_factory=list)
    findings: list[int] = field(default_factory=list)


def marks_of(
    text: str,
    mentions: Iterable[Mention],
    facts: Sequence[Fact] = (),
    findings: Sequence[Finding] = (),
    stretches: Iterable[SpanRef] = (),
    model: NameModel | bool = True,
) -> list[Mark]:
    """The marks of a text in order, none over another; officials are looked for in the given stretches with `model`.

    Mentions go before what findings add, and that goes before officials.
    """
    found = _Marks([Mark(m.start, m.end, _kind(m), m) for m in mentions])
    for index, finding in enumerate(findings):
        for spot in finding.evidence:
            for mark in found.at(spot.start, spot.end):
                if index not in mark.findings:
                    mark.findings.append(index)
    ends = dict(stretches)
    if ends:
        starts = sorted(ends)
        for entity in entities(text, model):  # at once: a call for each cell would cost far more
            place = bisect_right(starts, entity.start) - 1
            if entity.label in _ENTITIES and place >= 0 and entity.end <= ends[starts[place]]:
                found.add(Mark(entity.start, entity.end, _ENTITIES[entity.label]))
    by_start = {mark.start: mark for mark in found.items}
    for index, fact in enumerate(facts):
        for measure in measures(fact):
            spot_mark = by_start.get(measure.start) if measure.start is not None else None
            if spot_mark is not None and index not in spot_mark.facts:
                spot_mark.facts.append(index)
    _attach_rates(found.items)
    return sorted(found.items, key=lambda mark: mark.start)


def measures(fact: Fact) -> Iterator[Measure]:
    """The sides of a fact that are there, the one that tells most first."""
    yield from (side for side in (fact.actual, fact.target, fact.change, fact.baseline) if side is not None)


def _kind(mention: Mention) -> Kind:
    return "date" if mention.type == "date" else mention.role or "context"


def _attach_rates(marks: Sequence[Mark]) -> None:
    """A rate leads to the facts of the numbers it is the ratio of."""
    by_span = {(mark.start, mark.end): mark for mark in marks}
    for mark in marks:
        if mark.kind != "rate" or mark.facts or mark.mention is None:
            continue
        for name in ("actual", "target"):
            for start, end in mark.mention.links.get(name, []):
                linked = by_span.get((start, end))
                if linked is not None and not mark.facts:
                    mark.facts.extend(linked.facts)


class _Marks:
    """Marks by the characters they cover, so that no two come to lie over each other."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self.items: list[Mark] = []
        self._covered: dict[int, Mark] = {}
        for mark in marks:
            self.add(mark)

    def add(self, mark: Mark) -> bool:
        if mark.start >= mark.end or any(i in self._covered for i in range(mark.start, mark.end)):
            return False
        self.items.append(mark)
        self._covered.update(dict.fromkeys(range(mark.start, mark.end), mark))
        return True

    def at(self, start: int, end: int) -> list[Mark]:
        """The marks over a stretch; a new plain one where there is none."""
        here = {id(m): m for i in range(start, end) if (m := self._covered.get(i)) is not None}
        if not here:
            mark = Mark(start, end, "plain")
            return [mark] if self.add(mark) else []
        return list(here.values())
