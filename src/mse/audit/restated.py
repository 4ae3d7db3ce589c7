"""Targets told again in the progress, against those of the task.

A restated target that equals the task's is linked to it. One that is not may be another thing's, a part, or a plan that
was changed; only where none of that can be is it a contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

import regex

from mse.audit import wording
from mse.audit.finding import Finding
from mse.audit.record import Record, amount
from mse.audit.rounding import allowed, finest, overlap, total
from mse.extract.affinity import is_intensive
from mse.extract.comparable import comparable, convert
from mse.extract.completion import Interval
from mse.extract.placed import Placed
from mse.extract.similarity import Wording
from mse.grammar import alternation, load

_DATA = load("audit")
_AGAINST_TARGET = regex.compile(alternation(load("pairing")["against_target"]["words"]))
_CHANGED = regex.compile(alternation(_DATA["changed_plan"]["words"]))
_PART_OF_YEAR = regex.compile(alternation(_DATA["part_of_year"]["words"]))
_NO_PART = regex.compile(alternation(load("pairing")["part"]["words"]))
_LIST_MARK = regex.compile(load("clauses")["item_mark"])
_RESTATED_IN = ("progress", "problems")
_ALIKE = 0.75
_CONFIDENCE = 0.75
_NEAR = Decimal("0.5")
_MANY = 6


def check(record: Record) -> Iterator[Finding]:
    """Targets of the progress that differ from the task's target of the same name."""
    promised = [p for p in record.placed if p.cell_role == "task" and p.role == "target" and amount(p.mention)]
    again = [
        p
        for p in record.placed
        if p.cell_role in _RESTATED_IN and p.role == "target" and amount(p.mention) and not record.linked(p, "target")
    ]
    names = Wording([p.mention.metric for p in promised])
    for item in again:
        if not _AGAINST_TARGET.search(item.words) or _is_special(record, item):
            continue
        target = _meant(item, promised, names)
        if target is not None and _differs(item, target) and not _adds_up(item, again, promised):
            yield _finding(record, item, target)


def _is_special(record: Record, item: Placed) -> bool:
    """Whether the number is a part, a part of the year's, or of a plan that was changed."""
    start, end = record.sentence(item)
    if item.part or item.host is not None or item.mention.scope or _PART_OF_YEAR.search(item.words):
        return True
    passage = record.passages[item.cell]
    around = record.text[max(passage.start, start) : min(passage.end, end)]
    return _CHANGED.search(around) is not None or _NO_PART.search(item.before) is not None


def _meant(item: Placed, promised: Sequence[Placed], names: Wording) -> Placed | None:
    """The task's target that is told again: the only one in such a unit and of such a name."""
    found = [
        p
        for p in promised
        if _same_kind(item, p)
        and not p.mention.scope
        and not _PART_OF_YEAR.search(p.words)
        and names.similarity(item.mention.metric, p.mention.metric) >= _ALIKE
    ]
    if len(found) != 1:
        return None
    # A target of several things (保障性住房、棚户区改造住房) may be told again for one of them alone.
    lists = _LIST_MARK.search(found[0].mention.metric) and not _LIST_MARK.search(item.mention.metric)
    return None if lists else found[0]


def _same_kind(a: Placed, b: Placed) -> bool:
    return is_intensive(a.mention.unit) == is_intensive(b.mention.unit) and comparable(a.mention.unit, b.mention.unit)


def _interval(item: Placed, unit: str, beside: Sequence[Placed]) -> Interval:
    found = allowed(item.mention, finest(p.mention for p in beside))
    low, high = (convert(v, item.mention.unit, unit) for v in (found.low, found.high))
    assert low is not None
    assert high is not None
    return Interval(low, high)


def _differs(item: Placed, target: Placed) -> bool:
    unit = target.mention.unit
    here, there = _interval(item, unit, [item, target]), allowed(target.mention, finest([item.mention, target.mention]))
    value = target.mention.value
    assert value is not None
    off = max(here.low - there.high, there.low - here.high)
    return not overlap(here, there) and off <= abs(value) * _NEAR


def _adds_up(item: Placed, again: Sequence[Placed], promised: Sequence[Placed]) -> bool:
    """Whether it and other restated targets together are a target of the task: told again in parts."""
    others = [p for p in again if p is not item and _same_kind(p, item)][:_MANY]
    for target in promised:
        if not _same_kind(item, target):
            continue
        unit = target.mention.unit
        for count in range(1, len(others) + 1):
            for some in combinations(others, count):
                parts = [item, *some]
                summed = total(_interval(p, unit, parts) for p in parts)
                if overlap(summed, allowed(target.mention)):
                    return True
    return False


def _finding(record: Record, item: Placed, target: Placed) -> Finding:
    here, there = item.mention, target.mention
    return wording.finding(
        record.where,
        "restated",
        metric=there.metric or here.metric,
        stated=wording.amount_of(here),
        computed=wording.amount_of(there),
        arithmetic=f"{wording.shown(here)} ≠ {wording.shown(there)}",
        places=[there, here],
        confidence=_CONFIDENCE,
    )
