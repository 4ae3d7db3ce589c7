"""Quantities: numerals with their units and comparison words, normalized.

`quantities` leaves out what only names or orders (`names`), joins numbers with units (`joining`), reads the comparison
(`comparisons`) and gives the unit that is meant but not written (`unwritten`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

import regex

from mse.grammar import alternation, load
from mse.numbers import names
from mse.numbers.comparisons import comparison
from mse.numbers.joining import LIST, Joined, joined, named, per
from mse.numbers.units import to_unit
from mse.numbers.unwritten import PREFIX, currency_before, spread, unit_of_bare

_BIG_UNIT: str = load("quantities")["big"]["unit"]
_SHARES = frozenset(load("quantities")["big"]["shares"])
_EACH = regex.compile(alternation(load("cues")["distribute"]["words"]))
# How far before a number 每人每月 may begin.
_REACH = 12


@dataclass(slots=True)
class Quantity:
    """One quantity: `text[start:end]` is number, scale and unit, and nothing else.

    `op` is one of `=` `>=` `>` `<=` `<` `~`; a range has `low` and `high`, anything else `value`. `unit` is written
    without 万 and 亿, `""` for an index or a bare ratio. The numeral itself is `text[number_start:number_end]`; the
    words that compare lie in `text[cue_start:cue_end]`, which includes the surface.
    """

    start: int
    end: int
    op: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    number_start: int
    number_end: int
    cue_start: int
    cue_end: int

    def to(self, unit: str) -> Quantity:
        """The same quantity in another unit of its dimension. Raises ValueError where there is no way to it."""
        value, low, high = (
            None if number is None else to_unit(number, self.unit, unit) for number in (self.value, self.low, self.high)
        )
        return replace(self, value=value, low=low, high=high, unit=unit)


def quantities(text: str, covered: Iterable[tuple[int, int]] = ()) -> list[Quantity]:
    """All quantities of a text, in order; numerals that touch a `covered` span (dates) are left alone."""
    found: list[Quantity] = []
    last: tuple[int, str] | None = None
    for item in joined(text, _merge([*covered, *names.blocked(text)])):
        quantity = _quantity(text, item, last)
        if quantity is not None:
            found.append(quantity)
            last = (quantity.end, quantity.unit)
    _share_comparison(text, found)
    return found


def _share_comparison(text: str, found: list[Quantity]) -> None:
    """Give what compares one number of a list to its neighbour: 分别不低于80%和35%, 分别控制在45人和50人以内."""
    for first, second in pairwise(found):
        if first.unit != second.unit or (first.op == "=") == (second.op == "="):
            continue
        before = first.cue_start < first.start and first.cue_end == first.end
        behind = second.cue_end > second.end and second.cue_start == second.start
        if not (before if second.op == "=" else behind) or not LIST.fullmatch(text, first.end, second.start):
            continue
        if _EACH.search(text, max(0, first.start - _REACH), first.start):
            first.op = second.op = first.op if second.op == "=" else second.op


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def _quantity(text: str, item: Joined, last: tuple[int, str] | None) -> Quantity | None:
    """The quantity a numeral makes, or None where it measures nothing."""
    numeral = item.numeral
    unit = _unit(text, item, last)
    if unit is None:
        return None
    name, start = unit
    left = max(0, start - _REACH)
    each = PREFIX.search(text[left:start]) if item.name else None
    if each is not None:
        start = left + each.start()
        name = per([name, *(p for p in each.groups() if p)])
    elif named(text, numeral):
        return None
    elif item.name:
        name = spread(text, item, last) if name == item.name else name
    said = comparison(
        text,
        start,
        item.end,
        own=numeral.op,
        share=item.unit is not None and item.unit.group in _SHARES,
        measure=item.unit is not None and item.unit.kind == "measure",
        round_number=numeral.bare_scale,
        scaled=item.scaled,
    )
    if numeral.bare_scale and said.op == "=" and numeral.part is None:
        return None
    one = item.high is None
    return Quantity(
        start,
        item.end,
        said.op,
        item.low if one else None,
        None if one else item.low,
        item.high,
        name,
        item.start,
        numeral.end,
        min(said.start, start),
        said.end,
    )


def _unit(text: str, item: Joined, last: tuple[int, str] | None) -> tuple[str, int] | None:
    """The unit, written or meant, and where the surface then begins; None where there is none."""
    currency = currency_before(text, item)
    if currency is not None:
        return currency
    if item.name:
        return (_BIG_UNIT if item.unit is not None and item.unit.big else item.name), item.start
    bare = unit_of_bare(text, item, last)
    return None if bare is None else (bare, item.start)
