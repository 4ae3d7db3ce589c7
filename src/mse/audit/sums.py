"""Sums of parts against totals: `新建厕所26座（新建12座、改扩建15座）`.

Parts must add up to the whole only where they claim to be all of it: in brackets, behind 分别为 or a colon, or where
their names leave nothing else (进口 and 出口). Behind 其中 they may come to less, and to more only where they overlap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext

import regex

from mse.audit import wording
from mse.audit.finding import Finding, Kind
from mse.audit.record import Record, amount
from mse.audit.rounding import EXACT, allowed, finest, overlap, total
from mse.extract.affinity import is_intensive
from mse.extract.comparable import convert
from mse.extract.completion import Interval
from mse.extract.placed import Placed
from mse.grammar import alternation, load
from mse.model import Mention
from mse.numbers.units import lexicon

_DATA = load("audit")


def _any(key: str) -> str:
    return alternation(_DATA[key]["words"])


_TIE = rf"(?:{alternation(load('cues')['tie']['words'])}|\s)*"
_SOME_PARTS = regex.compile(_any("some_parts"))
_ALL_PARTS = regex.compile(rf"{_any('all_parts')}\s*")
_NO_PART = regex.compile(_any("no_part"))
_ADDED_UP = regex.compile(rf"{_any('added_up')}{_TIE}$")
_PERHAPS_ADDED_UP = regex.compile(rf"{_any('perhaps_added_up')}{_TIE}$")
_LEFT = regex.compile(_any("what_is_left"))
_FAMILIES = [
    (regex.compile(alternation(f["words"])), frozenset(f["words"]), bool(f.get("whole"))) for f in _DATA["family"]
]
_LIST_MARK = regex.compile(rf"\s*(?:{load('clauses')['list_mark']})\s*")
_EDGE = regex.compile(r"^\W+|\W+$")
_SAYS = regex.compile(r"[\p{Han}\p{L}]")

_FEWEST, _MOST, _MOST_BEFORE = 2, 40, 16
_SURE, _FAIR = 0.9, 0.75
_NEAR, _WIDE, _CLOSE = Decimal("0.1"), Decimal("0.5"), Decimal("0.05")
_TELLING = Decimal(100)


def check(record: Record) -> Iterator[Finding]:
    """Parts that do not add up to their whole, or exceed it."""
    for host in record.placed:
        if _may_be_total(host):
            yield from _brackets(record, host)
            yield from _listed(record, host)
    for item in record.placed:
        if _may_be_total(item):
            yield from _added_up(record, item)
        if _LEFT.search(item.before):
            yield from _rest(record, item)


def _may_be_total(item: Placed) -> bool:
    return (
        item.role not in ("rate", "change", "baseline")
        and amount(item.mention)
        and not is_intensive(item.mention.unit)
        and item.mention.value is not None
        and item.mention.value > 0
    )


# brackets behind the total


def _brackets(record: Record, host: Placed) -> Iterator[Finding]:
    inside = [p for p in record.placed if p.host is host]
    for start, end in host.clause.holes:
        group = [p for p in inside if start <= p.mention.start < end]
        if not group or not _right_behind(record, host, start):
            continue
        opener = record.text[start + 1 : group[0].mention.start]
        if _SOME_PARTS.search(opener):
            yield from _at_most(record, host, _like(group, host))
        elif len(group) >= _FEWEST:
            yield from _exactly(record, host, group)


def _right_behind(record: Record, host: Placed, start: int) -> bool:
    """Whether the bracket follows the number, at most the counted noun between."""
    between = record.text[host.mention.end : start]
    return start >= host.mention.end and not _LIST_MARK.search(between)


# parts in the sentence itself


def _listed(record: Record, host: Placed) -> Iterator[Finding]:
    behind = record.placed[host.order + 1 : host.order + 1 + _MOST]
    following = [p for p in behind if p.same_sentence(host) and p.clause.parent is host.clause.parent]
    if not following:
        following = _next_sentence(record, host)
    if not following:
        return
    between = record.text[host.mention.end : following[0].mention.start]
    if (cue := _SOME_PARTS.search(between)) and cue.group() in _OPENS_SENTENCE_PARTS:
        yield from _at_most(record, host, _run(record, host, following))
    elif _ALL_PARTS.match(between) and len(following) >= _FEWEST:
        yield from _exactly(record, host, following)


_OPENS_SENTENCE_PARTS = frozenset(w for w in _DATA["some_parts"]["words"] if len(w) > 1)


def _next_sentence(record: Record, host: Placed) -> list[Placed]:
    """`共需资金1923万元。其中省级1510万元、市级86万元`: parts that a sentence of their own opens with 其中."""
    if host.order + 1 >= len(record.placed):
        return []
    first = record.placed[host.order + 1]
    opens = first.cell == host.cell and first.sentence == host.sentence + 1 and _SOME_PARTS.match(first.lead.lstrip())
    return [p for p in record.sentence_mates(first) if p.clause.parent is host.clause.parent] if opens else []


def _run(record: Record, host: Placed, following: Sequence[Placed]) -> list[Placed]:
    """The parts behind 其中, as long as each is a number like the total's and nothing else stands between."""
    run: list[Placed] = []
    for item in following[:_MOST]:
        if run and _SOME_PARTS.search(item.before):
            break  # 其中 once more: parts of the part
        if not _like([item], host) or not item.part:
            break
        if run and not _joined(record, run[-1], item):
            break
        run.append(item)
    return run


def _joined(record: Record, first: Placed, second: Placed) -> bool:
    """Whether nothing but the name of the second part, its bracket aside, stands between two parts."""
    between = record.text[first.mention.end : second.mention.start]
    return not _NO_PART.search(between)


def _like(group: Sequence[Placed], host: Placed) -> list[Placed]:
    """The numbers of the group that can be parts of the total: in its unit, and said of the same time and sense."""
    return [
        p
        for p in group
        if p.role not in ("rate", "change", "baseline", "context")
        and amount(p.mention)
        and _same_unit(p.mention, host.mention)
        and not _NO_PART.search(p.before)
    ]


def _same_unit(a: Mention, b: Mention) -> bool:
    """Equal units, or measures of one dimension: 个 and 家 may count different things."""
    if a.unit == b.unit:
        return True
    x, y = lexicon().lookup(a.unit), lexicon().lookup(b.unit)
    return x is not None and y is not None and x.kind == y.kind == "measure" and x.group == y.group


# the comparisons


def _exactly(record: Record, host: Placed, group: Sequence[Placed]) -> Iterator[Finding]:
    parts = _like(group, host)
    if len(parts) != len(group) or not all(_SAYS.search(_label(record, p)) for p in parts):
        return
    if _exclusive(record, parts):
        yield from _compare(record, host, parts, _WIDE, _SURE)
    elif _parallel([_label(record, p) for p in parts]):
        yield from _compare(record, host, parts, _NEAR, _FAIR)


def _at_most(record: Record, host: Placed, parts: Sequence[Placed]) -> Iterator[Finding]:
    fine = _finest(host, parts)
    whole = allowed(host.mention, fine)
    for part in parts:
        if part.role == host.role and _in(part, host, fine).low > whole.high:
            yield _finding(record, "part", host, [part], _FAIR)
            return
    if len(parts) < _FEWEST or not _exclusive(record, parts):
        return
    if total(_in(p, host, fine) for p in parts).low > whole.high or _complete(record, parts):
        yield from _compare(record, host, parts, _WIDE, _FAIR)


def _compare(
    record: Record, host: Placed, parts: Sequence[Placed], reach: Decimal, confidence: float
) -> Iterator[Finding]:
    """A finding where the sum misses the total, though not by so much that it must be a sum of something else."""
    fine = _finest(host, parts)
    summed, whole = total(_in(p, host, fine) for p in parts), allowed(host.mention, fine)
    value = host.mention.value
    assert value is not None
    with localcontext(EXACT):
        off = max(summed.low - whole.high, whole.low - summed.high)
        if 0 < off <= value * reach:
            yield _finding(record, "sum", host, parts, confidence)


def _finest(host: Placed, parts: Sequence[Placed]) -> Decimal:
    return finest(p.mention for p in (host, *parts))


def _fits(whole: Placed, parts: Sequence[Placed]) -> bool:
    """Whether the parts may add up to the whole."""
    fine = _finest(whole, parts)
    return overlap(total(_in(p, whole, fine) for p in parts), allowed(whole.mention, fine))


def _in(part: Placed, host: Placed, fine: Decimal) -> Interval:
    """What the part may stand for beside numbers printed as finely, in the unit of the total."""
    found = allowed(part.mention, fine)
    low = convert(found.low, part.mention.unit, host.mention.unit)
    high = convert(found.high, part.mention.unit, host.mention.unit)
    assert low is not None
    assert high is not None
    return Interval(low, high)


def _finding(record: Record, kind: Kind, host: Placed, parts: Sequence[Placed], confidence: float) -> Finding:
    unit = host.mention.unit
    values = [convert(p.mention.value, p.mention.unit, unit) for p in parts if p.mention.value is not None]
    with localcontext(EXACT):
        summed = sum((v for v in values if v is not None), Decimal(0))
    computed = wording.amount_like(summed, host.mention)
    terms = " + ".join(wording.shown(p.mention) for p in parts)
    if kind == "part":
        arithmetic = f"{terms} > {wording.shown(host.mention)}"
    else:
        arithmetic = wording.against(f"{terms} = {computed.text}", wording.shown(host.mention))
    return wording.finding(
        record.where,
        kind,
        metric=host.mention.metric,
        stated=wording.amount_of(host.mention),
        computed=computed,
        arithmetic=arithmetic,
        places=[host.mention, *(p.mention for p in parts)],
        confidence=confidence,
    )


# what the parts are called


def _label(record: Record, part: Placed) -> str:
    """The name of a part: the words before its number, else those behind it up to the next part."""
    before = _EDGE.sub("", _SOME_PARTS.sub("", part.before))
    if _SAYS.search(before):
        return before
    mark = _LIST_MARK.search(part.after)
    return _EDGE.sub("", part.after[: mark.start()] if mark else part.after)


def _exclusive(record: Record, parts: Sequence[Placed]) -> bool:
    """Whether the names shut each other out: different places, or different members of one family."""
    labels = [_label(record, p) for p in parts]
    if len(set(labels)) < len(labels):
        return False
    if all(_is_place(record, label) for label in labels):
        return True
    return any(len(found) == len(labels) for found, _ in _members(labels))


def _parallel(labels: Sequence[str]) -> bool:
    """Whether the names are different and built alike: 工业 and 服务业, 首期 and 二期."""
    return len(set(labels)) == len(labels) and (len({n[-1] for n in labels}) == 1 or len({n[0] for n in labels}) == 1)


def _complete(record: Record, parts: Sequence[Placed]) -> bool:
    """Whether the names leave nothing else: all members of a family that is a whole."""
    return any(whole and len(found) == len(parts) for found, whole in _members([_label(record, p) for p in parts]))


def _members(labels: Sequence[str]) -> Iterator[tuple[set[str], bool]]:
    """For each family the different members the labels name, and whether they are all of a whole."""
    for pattern, words, whole in _FAMILIES:
        hits = [pattern.search(label) for label in labels]
        if all(hits):
            found = {hit.group() for hit in hits if hit}
            yield found, whole and found == words


def _is_place(record: Record, label: str) -> bool:
    joint = _LIST_MARK.match(label)
    return any(record.places.is_place(name, 0, len(name)) for name in (label, label[joint.end() :] if joint else label))


# totals behind their parts


def _added_up(record: Record, item: Placed) -> Iterator[Finding]:
    """`首批12项，第二批19项，合计31项`: the numbers before it in the sentence, as far back as they go, must give it."""
    sure = _ADDED_UP.search(item.before)
    if not sure and not _PERHAPS_ADDED_UP.search(item.before):
        return
    before = [p for p in record.placed[max(0, item.order - _MOST_BEFORE) : item.order] if p.same_sentence(item)]
    earlier = [i for i, p in enumerate(before) if _ADDED_UP.search(p.before)]
    before = before[earlier[-1] + 1 :] if earlier else before  # another total ends the parts of its own
    if item.clause.parent is None:
        before = [p for p in before if p.clause.parent is None]
    parts = _like(before, item)
    if len(parts) < _FEWEST or len(parts) != len(before):
        return
    value = item.mention.value
    assert value is not None
    if not sure and value < _TELLING:
        return
    if any(_fits(item, parts[first:]) for first in range(len(parts) - 1)):
        return
    yield from _compare(record, item, parts, _NEAR if sure else _CLOSE, _FAIR)


def _rest(record: Record, rest: Placed) -> Iterator[Finding]:
    """`共172户，已签约140户，其余32户`: total, what is done and what is left, and no other number like them."""
    mates = [p for p in record.sentence_mates(rest) if _same_sort(p, rest)]
    if len(mates) < 3 or mates[-1] is not rest or not _may_be_total(rest):
        return
    whole, parts = mates[0], mates[1:]
    if not _may_be_total(whole) or any(_NO_PART.search(p.before) for p in parts):
        return
    if len(parts) == _FEWEST and not _fits(whole, parts):
        yield from _compare(record, whole, parts, _NEAR * 3, _FAIR)


def _same_sort(item: Placed, other: Placed) -> bool:
    return item.mention.unit == other.mention.unit and item.role != "context" and amount(item.mention)
