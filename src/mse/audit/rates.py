"""Stated rates against their parts: `完成全年任务2000人的33.59%` with 679 done is 33.95%.

Only what the links tie together is compared, and only where the words say that the rate is counted against that very
target. A rate that another pair of numbers of the task explains is taken for a share of something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, localcontext

import regex

from mse.audit import wording
from mse.audit.finding import Finding, Severity
from mse.audit.record import Record, amount
from mse.audit.rounding import EXACT, HUNDRED, allowed, overlap, place, printed, quotient, rounded
from mse.extract.comparable import comparable, convert
from mse.extract.completion import Interval, completion, decimals, percent
from mse.extract.placed import Placed
from mse.extract.similarity import Wording
from mse.grammar import alternation, load
from mse.model import Mention, plain

_DATA = load("audit")
_PAIRING = load("pairing")
_CUES = load("cues")
_PART_OF_YEAR = regex.compile(alternation(_DATA["part_of_year"]["words"]))
_OTHER_BASE = regex.compile(alternation(_DATA["other_base"]["words"]))
_COUNTED = regex.compile(alternation([*_PAIRING["against_target"]["words"], *_CUES["completion"]["words"]]))
_SINCE_START = regex.compile(alternation(_PAIRING["since_start"]["words"]))
_SHARE_OF_ALL = regex.compile(alternation(_DATA["share_of_all"]["words"]) + r"\W*$")
_SHARE_BESIDE = regex.compile(
    rf"[\s，,（(]*\p{{Han}}{{0,4}}?{alternation(_DATA['share_beside']['words'])}(?:{alternation(_CUES['tie']['words'])}|\s)*"
)
_NAMED_TOTAL = regex.compile(alternation(_DATA["named_total"]["words"]))
_SHARE_OF = regex.compile(_PAIRING["share_of"]["pattern"])
_OF_TOTAL = regex.compile(alternation(_DATA["of_total"]["words"]))
_NEAR = 16  # characters before a total that say it is one
_TOTAL_AND_PART = 2
_PERCENT = frozenset(("%",))
_PLACES = 2
_SHOWN = 4
_FAR = 200  # characters looked back over for the name of the target
_SURE, _FAIRLY_SURE = 0.95, 0.85


def check(record: Record) -> Iterator[Finding]:
    """Rates that do not follow from their parts, and shares of a whole above 100%."""
    said = record.said()
    for item in record.placed:
        if item.role == "rate":
            yield from _rate(record, item, said.get(item.mention.span, item.before))
        elif item.role in ("actual", "target"):
            yield from _share_of_all(record, item)
        if item.role in ("rate", "actual") and record.linked(item, "target") is None:
            yield from _share_of_total(record, item)


def _rate(record: Record, rate: Placed, said: str) -> Iterator[Finding]:
    actual, target = record.linked(rate, "actual"), record.linked(rate, "target")
    if actual is None or target is None:
        return
    target = _written_beside(record, rate, target)
    if target.cell != rate.cell:
        target = _meant(record, rate, actual, target)
    compared = completion(actual.mention, target.mention, rate.mention)
    if compared.consistent is not False or rate.mention.value is None:
        return
    beside = target.same_sentence(rate) and target.order < rate.order
    if not beside and not _counted_against(said, actual, target):
        return
    if _coarse(actual.mention, target.mention, rate.mention):
        return
    adjacent = beside and _SHARE_OF.fullmatch(record.text, target.mention.end, rate.mention.start) is not None
    if _explained(record, rate, actual, target, beside=adjacent) or _together(record, rate, actual):
        return
    a, t, r = actual.mention, target.mention, rate.mention
    reached = convert(a.value, a.unit, t.unit) if a.value is not None else None
    stated = percent(r)
    if reached is None or t.value is None or stated is None:
        return
    with localcontext(EXACT):
        share = reached / t.value * HUNDRED
        off = abs(share - stated)
    places = max(_PLACES, decimals(stated))
    computed = wording.amount(rounded(share, places), "%")
    severity: Severity = "minor" if off < place(r) else "error"
    over = wording.shown(a) if reached == a.value else f"{wording.shown(a)}（{_turned(reached)}{t.unit}）"
    yield wording.finding(
        record.where,
        "rate",
        metric=target.mention.metric if beside else (target.mention.metric or actual.mention.metric),
        stated=wording.amount_of(r),
        computed=computed,
        arithmetic=wording.against(f"{over} / {wording.shown(t)} = {computed.text}", wording.shown(r)),
        places=[a, t, r],
        severity=severity,
        confidence=_SURE if beside else _FAIRLY_SURE,
    )


def _turned(value: Decimal) -> str:
    """A value in another unit, short enough to be read."""
    with localcontext(EXACT):
        return plain(value if decimals(value) <= _SHOWN else rounded(value, _SHOWN))


def _written_beside(record: Record, rate: Placed, target: Placed) -> Placed:
    """The target as it is restated right before the rate, where it is: nearer evidence for the same number."""
    if rate.order == 0:
        return target
    last = record.placed[rate.order - 1]
    restates = last.role == "target" and last.same_sentence(rate) and record.linked(last, "target") is target
    return last if restates else target


def _counted_against(said: str, actual: Placed, target: Placed) -> bool:
    """Whether the words before the rate can mean the target of the task cell: the year's, of this very work."""
    if _OTHER_BASE.search(said) or not _COUNTED.search(said) or _SINCE_START.search(actual.words):
        return False
    return bool(_PART_OF_YEAR.search(said)) == bool(_PART_OF_YEAR.search(target.words))


def _coarse(actual: Mention, target: Mention, rate: Mention) -> bool:
    """Whether the amount reached is printed too coarsely to tell: `3亿元` of `9.1亿元`."""
    stated = percent(rate)
    if actual.value is None or target.value is None or stated is None:
        return True
    reached = allowed(actual, place(target))
    low, high = convert(reached.low, actual.unit, target.unit), convert(reached.high, actual.unit, target.unit)
    under = allowed(target)
    if low is None or high is None or under.low <= 0:
        return True
    with localcontext(EXACT):
        share = quotient(Interval(low * HUNDRED, high * HUNDRED), under)
    return overlap(share, printed(rate)) if rate.unit in _PERCENT else False


def _explained(record: Record, rate: Placed, actual: Placed, target: Placed, *, beside: bool) -> bool:
    """Whether another number over this target gives the rate, or this one over another where none is written beside."""
    for other in record.placed:
        if other is rate or other.role in ("rate", "change") or other.mention.unit in _PERCENT:
            continue
        pairs = []
        if other.order not in (actual.order, target.order):
            pairs = [(other, target)] if beside else [(actual, other), (other, target)]
        for over, under in pairs:
            if comparable(over.mention.unit, under.mention.unit):
                agrees = completion(over.mention, under.mention, rate.mention).consistent
                if agrees and other.cell in (rate.cell, target.cell):
                    return True
    return False


def _meant(record: Record, rate: Placed, actual: Placed, target: Placed) -> Placed:
    """The target that the sentence names: the linked one, unless another of the task is plainly nearer to its words."""
    rivals = [
        p
        for p in record.placed
        if p.role == "target" and p.cell == target.cell and comparable(p.mention.unit, target.mention.unit)
    ]
    names = Wording([p.mention.metric for p in rivals])
    start = min(record.sentence(rate)[0], max(record.sentence(actual)[0], rate.mention.start - _FAR))
    said = record.text[start : rate.mention.start]
    best, own = target, names.similarity(said, target.mention.metric)
    for rival in rivals:
        alike = names.similarity(said, rival.mention.metric)
        if alike > own:
            best, own = rival, alike
    return best


def _together(record: Record, rate: Placed, actual: Placed) -> bool:
    """Whether the numbers of the sentence have the stated rate together: `A筛查100例、B筛查90例，完成总任务的95%`."""
    reached = promised = Decimal(0)
    count = 0
    for item in record.sentence_mates(rate):
        target = record.linked(item, "target")
        if item.role != "actual" or item.order > rate.order or item.mention.unit != actual.mention.unit:
            continue
        if target is not None and item.mention.value is not None and target.mention.value is not None:
            turned = convert(target.mention.value, target.mention.unit, item.mention.unit)
            reached, promised, count = reached + item.mention.value, promised + (turned or Decimal(0)), count + 1
    if count <= 1 or promised <= 0:
        return False
    with localcontext(EXACT):
        share = reached / promised * HUNDRED
    return overlap(Interval(share, share), printed(rate.mention))


def _share_of_total(record: Record, share: Placed) -> Iterator[Finding]:
    """A share of a number beside it that no link names, because nothing but the share itself would prove the link."""
    if share.mention.unit not in _PERCENT or not amount(share.mention):
        return
    found = _in_between(record, share) or _named_before(record, share)
    if found is None:
        return
    part, whole = found
    compared = completion(part.mention, whole.mention, share.mention)
    if compared.consistent is not False or _explained(record, share, part, whole, beside=True):
        return
    w, p, s = whole.mention, part.mention, share.mention
    if w.value is None or p.value is None or w.value <= 0 or s.value is None:
        return
    with localcontext(EXACT):
        value = rounded(p.value / w.value * HUNDRED, max(_PLACES, decimals(s.value)))
    computed = wording.amount(value, "%")
    yield wording.finding(
        record.where,
        "rate",
        metric=part.mention.metric,
        stated=wording.amount_of(s),
        computed=computed,
        arithmetic=wording.against(f"{wording.shown(p)} / {wording.shown(w)} = {computed.text}", wording.shown(s)),
        places=[w, p, s],
        confidence=_FAIRLY_SURE,
    )


def _in_between(record: Record, share: Placed) -> tuple[Placed, Placed] | None:
    """`完成桩基4085根，占总量（4743根）86%`: part and total, the total right before the share and said to be one."""
    if share.order < _TOTAL_AND_PART:
        return None
    whole = record.placed[share.order - 1]
    if not whole.same_sentence(share) or not _SHARE_OF.fullmatch(record.text, whole.mention.end, share.mention.start):
        return None
    said = record.text[max(record.sentence(share)[0], whole.mention.start - _NEAR) : whole.mention.start]
    part = record.linked(share, "actual") or record.placed[whole.order - 1]
    fits = part.same_sentence(share) and part.role == "actual" and part.mention.unit == whole.mention.unit
    if not fits or not amount(part.mention) or not amount(whole.mention) or not _OF_TOTAL.search(said):
        return None
    return part, whole


def _named_before(record: Record, share: Placed) -> tuple[Placed, Placed] | None:
    """`共有网站260个，已托管138个，占比53.1%`: a total named as one, a part of it, and right behind it the share."""
    if not _SHARE_BESIDE.fullmatch(share.before):
        return None
    before = [p for p in record.sentence_mates(share) if p.order < share.order]
    if not before or before[-1].mention.unit in _PERCENT or before[-1].order != share.order - 1:
        return None
    like = [p for p in before if p.mention.unit == before[-1].mention.unit]
    if len(like) != _TOTAL_AND_PART or not all(amount(p.mention) for p in like):
        return None
    whole, part = like
    named = _NAMED_TOTAL.search(whole.before) and not whole.part and whole.clause is not part.clause
    return (part, whole) if named else None


def _share_of_all(record: Record, item: Placed) -> Iterator[Finding]:
    mention = item.mention
    if mention.unit != "%" or mention.value is None or mention.value <= HUNDRED:
        return
    if not _SHARE_OF_ALL.search(mention.metric):
        return
    yield wording.finding(
        record.where,
        "proportion",
        metric=mention.metric,
        stated=wording.amount_of(mention),
        computed=wording.amount(HUNDRED, "%"),
        arithmetic=f"{wording.shown(mention)} > 100%",
        places=[mention],
        confidence=_FAIRLY_SURE,
    )
