"""The same thing said twice with different numbers: within a task, or in two tasks of one report.

Names of metrics are short, and two tasks may well both have `完成投资`. So a number counts as said twice only where
name, unit, scope and period are the same, the name says enough, and both speak of the whole place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import regex

from mse.audit import wording
from mse.audit.finding import Finding, Kind
from mse.audit.record import Record, amount
from mse.audit.rounding import allowed, finest, overlap
from mse.extract.affinity import is_intensive, telling_digits
from mse.extract.placed import Placed
from mse.extract.similarity import Wording, says
from mse.grammar import alternation, load

_DATA = load("audit")
_WHOLE_PLACE = regex.compile(alternation(_DATA["whole_place"]["words"]))
_SAME_TIME = alternation(_DATA["same_time"]["words"])
_AGAIN = regex.compile(rf"\s*[，,、]\s*(?P<cue>{_SAME_TIME}\p{{Han}}{{2}})\s*")
_TOLD_IN = ("progress", "problems", "text")
_SAYS_ENOUGH = 4.0
_DIGITS, _LONG = 3, 4
_ALIKE = 0.55
_CONFIDENCE, _LESS_SURE = 0.75, 0.65

Said = tuple[Record, Placed]


def check(records: Sequence[Record]) -> Iterator[Finding]:
    """Numbers of the report that contradict each other though they tell the same."""
    yield from _across(records)
    for record in records:
        yield from _misprints(record)
        yield from _compared_twice(record)


def _tells(item: Placed) -> bool:
    return item.cell_role in _TOLD_IN and item.role in ("actual", "target", "context") and amount(item.mention)


def _across(records: Sequence[Record]) -> Iterator[Finding]:
    """Totals of the whole place under the same name, in different sentences."""
    known: dict[tuple[object, ...], list[Said]] = {}
    for record in records:
        for item in record.placed:
            m = item.mention
            if not _tells(item) or item.part or telling_digits(m) < _DIGITS or says(m.metric) < _SAYS_ENOUGH:
                continue
            if not _WHOLE_PLACE.search(record.text, record.sentence(item)[0], m.start):
                continue
            period = None if m.period is None else (m.period.start, m.period.end)
            known.setdefault((m.metric, m.unit, m.scope, m.role, period), []).append((record, item))
    for (first, a), *others in known.values():
        for second, b in others:
            if not (first is second and a.same_sentence(b)) and _differ(a, b):
                yield _finding(second, "twice", a, b, _CONFIDENCE)
                break


def _misprints(record: Record) -> Iterator[Finding]:
    """Long numbers of one task in one unit, of names alike, that differ in one digit."""
    names = Wording()
    told = [
        p
        for p in record.placed
        if p.cell_role != "plan"
        and p.role in ("actual", "target", "context")
        and amount(p.mention)
        and telling_digits(p.mention) >= _LONG
        and not is_intensive(p.mention.unit)
    ]
    for a, b in combinations(told, 2):
        x, y = a.mention, b.mention
        if (x.unit, x.scope, a.role) != (y.unit, y.scope, b.role) or a.same_sentence(b):
            continue
        if a.part or b.part or not _one_digit_apart(wording.shown(x), wording.shown(y)):
            continue
        if x.period == y.period and names.similarity(x.metric, y.metric) >= _ALIKE:
            yield _finding(record, "misprint", a, b, _LESS_SURE)


def _one_digit_apart(a: str, b: str) -> bool:
    """Whether two printed numbers differ in one digit, or in two neighbours that changed places."""
    if len(a) != len(b):
        return False
    off = [i for i, (c, d) in enumerate(zip(a, b, strict=True)) if c != d]
    if not all(a[i].isdigit() and b[i].isdigit() for i in off):
        return False
    swapped = len(off) == 2 and off[1] == off[0] + 1 and a[off[0]] == b[off[1]] and a[off[1]] == b[off[0]]
    return len(off) == 1 or swapped


def _compared_twice(record: Record) -> Iterator[Finding]:
    """`贷款户数同比增加900户，同比增加160户`: the same comparison twice, with nothing new named between."""
    for a, b in zip(record.placed, record.placed[1:], strict=False):
        if a.role != "change" or b.role != "change" or not a.same_sentence(b) or a.mention.unit != b.mention.unit:
            continue
        again = _AGAIN.fullmatch(record.text, a.mention.end, b.mention.start)
        if again and a.before.rstrip().endswith(again.group("cue")) and _differ(a, b):
            yield _finding(record, "twice", a, b, _LESS_SURE)


def _differ(a: Placed, b: Placed) -> bool:
    if not (amount(a.mention) and amount(b.mention)):
        return False
    fine = finest((a.mention, b.mention))
    return not overlap(allowed(a.mention, fine), allowed(b.mention, fine))


def _finding(record: Record, kind: Kind, a: Placed, b: Placed, confidence: float) -> Finding:
    x, y = a.mention, b.mention
    return wording.finding(
        record.where,
        kind,
        metric=y.metric or x.metric,
        stated=wording.amount_of(y),
        computed=wording.amount_of(x),
        arithmetic=f"{wording.shown(x)} ≠ {wording.shown(y)}",
        places=[x, y],
        severity="error" if kind == "twice" else "note",
        confidence=confidence,
    )
