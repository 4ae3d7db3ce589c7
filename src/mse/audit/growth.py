"""Changes against the levels they lead from and to, and distances from a target.

`由100家增加到150家，增长40%`, `完成120亿元（去年同期100亿元），同比增长25%`, `目标7%，实际4.8%，低于目标2.1个百分点`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, localcontext

import regex

from mse.audit import wording
from mse.audit.finding import Finding
from mse.audit.record import Record, amount
from mse.audit.rounding import EXACT, HUNDRED, allowed, difference, finest, overlap, place, printed, quotient, rounded
from mse.extract.completion import Interval
from mse.extract.levels import levels_of_changes
from mse.extract.placed import Placed
from mse.grammar import alternation, load
from mse.model import Mention, plain

_DATA = load("audit")
_AGAINST_TARGET = regex.compile(alternation(load("pairing")["against_target"]["words"]))


def _any(key: str) -> str:
    return alternation(_DATA[key]["words"])


_CUES = load("cues")
_TIE = rf"(?:{alternation(_CUES['tie']['words'])}|\s)*"
_UP = regex.compile(rf"{_any('up')}{_any('extent')}?{_TIE}$")
_DOWN = regex.compile(rf"{_any('down')}{_any('extent')}?{_TIE}$")
_SIDES = regex.compile(rf"(?P<below>{_any('below')})|(?P<above>{_any('above')})")
_OTHER_REFERENCE = regex.compile(_any("other_reference"))
_YEAR_BEFORE = regex.compile(rf"{_any('year_before')}\s*(?:{_any('year_before_tie')}|\s)*$")
_SAME_TIME = regex.compile(_any("same_time"))
_PERCENT = "%"
_POINTS = frozenset((_PERCENT, *_CUES["units"]["points"]))
_TIMES = frozenset(_CUES["units"]["multiple"])
_SURE, _FAIR = 0.9, 0.8
_PLACES = 2


def check(record: Record) -> Iterator[Finding]:
    """Changes that do not follow from both levels, and distances from a target that are wrong."""
    yield from _moved(record)
    yield from _year_on_year(record)
    yield from _from_target(record)


def direction(change: Placed) -> int:
    """1 where the words before the number say up, -1 where they say down, 0 where they say neither."""
    down, up = _DOWN.search(change.before), _UP.search(change.before)
    if down and up:
        return -1 if len(down.group()) > len(up.group()) else 1
    return -1 if down else 1 if up else 0


# from one level to another


def _moved(record: Record) -> Iterator[Finding]:
    for items in _by_sentence(record):
        bases = [p for p in items if p.role == "baseline" and amount(p.mention)]
        if len(bases) != 1:
            continue
        base = bases[0]
        behind = [p for p in items if p.order > base.order]
        if not behind or behind[0].mention.unit != base.mention.unit or behind[0].role not in ("actual", "target"):
            continue
        level, rest = behind[0], behind[1:]
        if rest and rest[0].role in ("change", "target", "actual", "rate") and amount(rest[0].mention):
            change = rest[0]
            if amount(level.mention) and direction(change) and not _OTHER_REFERENCE.search(change.before):
                yield from _compare(record, base, level, change, _SURE)


def _year_on_year(record: Record) -> Iterator[Finding]:
    """This year's level, the year before's beside it, and the growth between."""
    levels = levels_of_changes(record.text, record.placed)
    for items in _by_sentence(record):
        before = [p for p in items if p.role != "change" and amount(p.mention) and _YEAR_BEFORE.search(p.before)]
        changes = [p for p in items if p.role == "change" and _SAME_TIME.search(p.before) and direction(p)]
        if len(before) != 1 or len(changes) != 1:
            continue
        base, change = before[0], changes[0]
        level = levels.get(change.order)
        if level is None or level is base:
            candidates = [p for p in items if p is not base and p.role == "actual" and p.order < change.order]
            level = candidates[0] if len(candidates) == 1 else None
        if level is None or level.mention.unit != base.mention.unit or not amount(level.mention):
            continue
        if amount(change.mention) and change.mention.unit != level.mention.unit:
            yield from _compare(record, base, level, change, _FAIR)


def _compare(record: Record, base: Placed, level: Placed, change: Placed, confidence: float) -> Iterator[Finding]:
    a, b, c = base.mention, level.mention, change.mention
    readings = list(_readings(a, b, c))
    if not readings:
        return
    sign = direction(change)
    assert c.value is not None
    said = printed(c)
    if c.value > 0 and sign < 0:
        said = Interval(-said.high, -said.low)
    if any(overlap(found, said) for found, _, _ in readings):
        return
    _, value, arithmetic = readings[0]
    computed = wording.amount_like(value, c)
    yield wording.finding(
        record.where,
        "growth",
        metric=b.metric or a.metric,
        stated=wording.amount_of(c),
        computed=computed,
        arithmetic=wording.against(
            f"{arithmetic} = {computed.text}", f"{change.before.strip()[-6:]}{wording.shown(c)}"
        ),
        places=[a, b, c],
        confidence=confidence,
    )


def _readings(a: Mention, b: Mention, c: Mention) -> Iterator[tuple[Interval, Decimal, str]]:
    """What the change may be by the levels: each way its unit can be read, with the value and the arithmetic."""
    assert a.value is not None
    assert b.value is not None
    assert c.value is not None
    fine = finest((a, b))
    old, new = allowed(a, fine), allowed(b, fine)
    gap = difference(new, old)
    was, now = wording.shown(a), wording.shown(b)
    with localcontext(EXACT):
        step = b.value - a.value
        places = max(_PLACES, -_exponent(c.value))
        if (c.unit == _PERCENT or c.unit in _TIMES) and old.low > 0:
            scale = HUNDRED if c.unit == _PERCENT else Decimal(1)
            grown = quotient(gap, old)
            value = rounded(step / a.value * scale, places)
            yield Interval(grown.low * scale, grown.high * scale), value, f"({now} - {was}) / {was}"
            if c.unit in _TIMES:
                ratio = quotient(new, old)
                yield ratio, rounded(b.value / a.value, places), f"{now} / {was}"
        if c.unit == b.unit or (b.unit == _PERCENT and c.unit in _POINTS):
            yield gap, step, f"{now} - {was}"


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


# from the target


def _from_target(record: Record) -> Iterator[Finding]:
    for item in record.placed:
        if item.role != "change" or not _AGAINST_TARGET.search(item.words) or not _side(item):
            continue
        target = record.linked(item, "target")
        if target is None or not amount(item.mention) or target.mention.value is None:
            continue
        level = _level(record, item, target)
        if level is None or not _in_points(item.mention, level.mention, target.mention):
            continue
        yield from _distance(record, item, level, target)


def _side(item: Placed) -> int:
    """1 for a distance above the target, -1 below it, by the last word that says so; 0 where none does."""
    hits = [*_SIDES.finditer(item.before)]
    return 0 if not hits else 1 if hits[-1].group("above") else -1


def _level(record: Record, item: Placed, target: Placed) -> Placed | None:
    """The one number of the task that answers the same target and is itself no distance."""
    found = [
        p
        for p in record.placed
        if p is not item
        and p.role in ("actual", "change")
        and p.mention.unit == target.mention.unit
        and record.linked(p, "target") is target
        and not _AGAINST_TARGET.search(p.words)
        and amount(p.mention)
    ]
    beside = [p for p in found if p.same_sentence(item)]
    found = beside or found
    return found[0] if len({p.mention.value for p in found}) == 1 else None


def _in_points(distance: Mention, level: Mention, target: Mention) -> bool:
    if level.unit == _PERCENT:
        return distance.unit in _POINTS
    return distance.unit == level.unit == target.unit


def _distance(record: Record, item: Placed, level: Placed, target: Placed) -> Iterator[Finding]:
    d, v, t = item.mention, level.mention, target.mention
    assert d.value is not None
    assert v.value is not None
    assert t.value is not None
    reached = _signed(level)
    gap = difference(printed(v) if reached == v.value else _mirrored(printed(v)), allowed(t))
    said = printed(d)
    if _side(item) < 0:
        said = _mirrored(said)
    if overlap(gap, said):
        return
    with localcontext(EXACT):
        value = reached - t.value
    computed = wording.amount_like(value, d)
    minor = abs(abs(value) - d.value) < place(d)
    yield wording.finding(
        record.where,
        "difference",
        metric=t.metric or v.metric,
        stated=wording.amount_of(d),
        computed=computed,
        arithmetic=wording.against(
            f"{plain(reached)}{v.unit} - {wording.shown(t)} = {computed.text}",
            f"{item.before.strip()[-8:]}{wording.shown(d)}",
        ),
        places=[v, t, d],
        severity="minor" if minor else "error",
        confidence=_SURE,
    )


def _signed(level: Placed) -> Decimal:
    """The value with its direction: a fall of 2% is -2."""
    value = level.mention.value
    assert value is not None
    return -value if level.role == "change" and value > 0 and direction(level) < 0 else value


def _mirrored(interval: Interval) -> Interval:
    return Interval(-interval.high, -interval.low)


def _by_sentence(record: Record) -> Iterator[list[Placed]]:
    found: dict[tuple[int, int], list[Placed]] = {}
    for item in record.placed:
        found.setdefault((item.cell, item.sentence), []).append(item)
    yield from found.values()
