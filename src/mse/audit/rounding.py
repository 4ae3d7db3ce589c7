"""What a printed number may stand for. An audit must allow what rounding explains, and no more.

A number stands for everything that rounds to it: half a unit of its last printed place to either side. A whole number
is exact, unless it is scaled and finer ones stand beside it (`4万人` beside `2.35万人`). 约 allows two in a hundred.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

import regex

from mse.extract.completion import Interval, decimals, half_unit
from mse.model import Mention

EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
HUNDRED = Decimal(100)
_ROUGH = Decimal("0.02")
_PRINTED = regex.compile(r"\d[\d,，]*(?:\.\d+)?")


def scale_of(mention: Mention) -> tuple[str, Decimal] | None:
    """The number as it is printed, and what one of it is worth: `4.15`, 10000 for `4.15万人`; None for words."""
    if mention.value is None:
        return None
    for text in _PRINTED.findall(mention.text):
        number = Decimal(regex.sub("[,，]", "", text))
        if number and mention.value:
            with localcontext(EXACT):
                scale = abs(mention.value) / number
                if scale.normalize().as_tuple().digits == (1,):
                    return text, scale
    return None


def place(mention: Mention) -> Decimal:
    """The worth of the last printed digit: 0.01 for `33.95%`, 10000 for `4万人`, 1 for a numeral in words."""
    found = scale_of(mention)
    if found is None:
        return Decimal(1)
    text, scale = found
    with localcontext(EXACT):
        return scale.scaleb(-decimals(Decimal(regex.sub("[,，]", "", text)))).normalize()


def finest(mentions: Iterable[Mention]) -> Decimal:
    """The smallest last place among the numbers."""
    return min((place(m) for m in mentions), default=Decimal(1))


def allowed(mention: Mention, finer: Decimal | None = None) -> Interval:
    """What the number may stand for, beside numbers printed down to `finer`. `mention.value` must be set."""
    value = mention.value
    assert value is not None
    with localcontext(EXACT):
        half = half_unit(mention)
        last = place(mention)
        if finer is not None and last > finer:
            half = max(half, last / 2)
        if mention.op == "~":
            half = max(half, abs(value) * _ROUGH)
        return Interval(value - half, value + half)


def printed(mention: Mention) -> Interval:
    """The number with half a unit of its last printed place to either side, whole numbers too: shares and growth."""
    value = mention.value
    assert value is not None
    with localcontext(EXACT):
        half = place(mention) / 2
        if mention.op == "~":
            half = max(half, abs(value) * _ROUGH)
        return Interval(value - half, value + half)


def overlap(a: Interval, b: Interval) -> bool:
    """Whether some number is allowed by both."""
    return a.low <= b.high and b.low <= a.high


def total(parts: Iterable[Interval]) -> Interval:
    """What the sum of the parts may be."""
    low = high = Decimal(0)
    with localcontext(EXACT):
        for part in parts:
            low, high = low + part.low, high + part.high
    return Interval(low, high)


def rounded(value: Decimal, places: int) -> Decimal:
    """The value with so many decimal places, halves upwards."""
    with localcontext(EXACT):
        return value.quantize(Decimal(1).scaleb(-places))


def difference(minuend: Interval, subtrahend: Interval) -> Interval:
    """What the first less the second may be."""
    with localcontext(EXACT):
        return Interval(minuend.low - subtrahend.high, minuend.high - subtrahend.low)


def quotient(over: Interval, under: Interval) -> Interval:
    """What the first over the second may be; `under` must be positive."""
    with localcontext(EXACT):
        ends = [a / b for a in (over.low, over.high) for b in (under.low, under.high)]
    return Interval(min(ends), max(ends))
