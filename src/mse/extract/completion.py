"""How much of a target is done: as the report states it, as the values give it, and whether both agree.

Arithmetic is exact decimal. A printed number stands for everything that rounds to it, so the check compares intervals:
what the printed actual and target allow, and what the printed percentage allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

import regex

from mse.extract.comparable import convert
from mse.grammar import load
from mse.model import Completion, Measure, Mention

_PRINTED = regex.compile(r"\d[\d,，]*(?:\.\d+)?")
_PRECISE = Context(prec=60, rounding=ROUND_HALF_UP)
_HUNDRED = Decimal(100)
_LEAST_PLACES = 2
_ROUNDED_FROM = 3
_ROUGH = Decimal("0.02")
_SHARES = frozenset(load("pairing")["percent"]["units"])
_PARTS = {unit: Decimal(part) for unit, part in load("pairing")["percent"]["in_percent"].items()}

Quantity = Mention | Measure


@dataclass(slots=True)
class Interval:
    """Everything a printed number may stand for; `low` and `high` inclusive."""

    low: Decimal
    high: Decimal


def completion(actual: Quantity | None, target: Quantity | None, rate: Quantity | None) -> Completion:
    """Compare the stated share with the share that `actual` and `target` give, both in percent.

    `computed` is rounded to the places of the stated rate, at least two; it is None where a value is missing, the
    target is not positive or is a percentage or an upper limit, or the units cannot be converted. `consistent` is None
    where there is nothing to compare, or an operand is only a bound or an approximation and leaves it undecided.
    """
    stated = percent(rate)
    share = _share(actual, target)
    if share is None or actual is None or target is None:
        return Completion.trusted(stated=stated, computed=None, consistent=None)
    places = max(_LEAST_PLACES, 0 if stated is None else decimals(stated))
    with localcontext(_PRECISE):
        computed = share.quantize(Decimal(1).scaleb(-places))
    agrees = None if rate is None or stated is None else _agrees(actual, target, rate, stated)
    return Completion.trusted(stated=stated, computed=computed, consistent=agrees)


def percent(rate: Quantity | None) -> Decimal | None:
    """A stated share in percent: `33.95%` is 33.95, a bare ratio of 0.6667 is 66.67; None for anything else."""
    if rate is None or rate.value is None or rate.unit not in _PARTS:
        return None
    with localcontext(_PRECISE):
        return rate.value * _PARTS[rate.unit]


def decimals(value: Decimal) -> int:
    """How many decimal places the number has."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def printed_interval(quantity: Quantity) -> Interval | None:
    """What the printed number may stand for: half a unit of its last printed place to either side.

    A whole number is taken as exact, unless it is scaled (`18006万元`) and long enough to be a rounded one.
    """
    if quantity.value is None:
        return None
    half = half_unit(quantity)
    return Interval(quantity.value - half, quantity.value + half)


def half_unit(quantity: Quantity) -> Decimal:
    """Half a unit of the last printed place, in the quantity's unit; 0 for exact numbers."""
    value = quantity.value
    if value is None:
        return Decimal(0)
    printed = [Decimal(regex.sub("[,，]", "", number)) for number in _PRINTED.findall(quantity.text)]
    with localcontext(_PRECISE):
        for number in printed:
            if number and value and _is_scale(abs(value) / number):
                scale = abs(value) / number
                places = decimals(number)
                if places or (scale > 1 and len(str(number)) >= _ROUNDED_FROM):
                    return scale * Decimal(1).scaleb(-places) / 2
                return Decimal(0)
    return Decimal(0)


def _is_scale(ratio: Decimal) -> bool:
    return ratio.normalize().as_tuple().digits == (1,)


def _share(actual: Quantity | None, target: Quantity | None) -> Decimal | None:
    if actual is None or target is None or actual.value is None or target.value is None:
        return None
    if target.value <= 0 or target.op in ("<", "<=") or target.unit in _SHARES:
        return None
    reached = convert(actual.value, actual.unit, target.unit)
    if reached is None:
        return None
    with localcontext(_PRECISE):
        return reached / target.value * _HUNDRED


def _agrees(actual: Quantity, target: Quantity, rate: Quantity, stated: Decimal) -> bool | None:
    share = _interval_of_share(actual, target)
    if share is None or rate.value is None:
        return None
    if not _PRINTED.search(rate.text) and rate.text:
        return None  # `过半`, `八成`: no printed precision
    with localcontext(_PRECISE):
        half = half_unit(rate) if rate.text else Decimal(1).scaleb(-decimals(stated)) / 2
        if rate.unit in _PARTS:
            half = half * _PARTS[rate.unit]
        if not half:
            half = Decimal(1) / 2 * _PARTS.get(rate.unit, Decimal(1))
        low, high = stated - half, stated + 2 * half  # digits are as often cut off as rounded: 75.97% is printed 75.9%
        ops = {actual.op, rate.op}
        if actual.op in (">", ">="):
            return False if rate.op in ("=", "<", "<=") and high < share.low else None
        if actual.op in ("<", "<="):
            return False if rate.op in ("=", ">", ">=") and low > share.high else None
        if rate.op in (">", ">="):
            return True if share.low >= stated else False if share.high < low else None
        if rate.op in ("<", "<="):
            return True if share.high <= stated else False if share.low > high else None
        if share.low <= high and low <= share.high:
            return True
        if "~" in ops or target.op == "~":
            gap = max(low - share.high, share.low - high)
            return False if gap > _ROUGH * max(abs(stated), abs(share.high)) else None
        return False


def _interval_of_share(actual: Quantity, target: Quantity) -> Interval | None:
    reached, promised = printed_interval(actual), printed_interval(target)
    if reached is None or promised is None or promised.low <= 0:
        return None
    low = convert(reached.low, actual.unit, target.unit)
    high = convert(reached.high, actual.unit, target.unit)
    if low is None or high is None:
        return None
    with localcontext(_PRECISE):
        by = (promised.high, promised.low) if low >= 0 else (promised.low, promised.high)
        return Interval(low / by[0] * _HUNDRED, high / by[1] * _HUNDRED)
