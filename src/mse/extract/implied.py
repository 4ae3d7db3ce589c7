"""A target nobody wrote: what must have been promised, from what was reached and the share it is said to be.

`建成57.33万平方米，完成年度任务的114.66%` implies a target of 50万平方米. Both printed numbers are rounded, so they
allow an interval of targets; promises are round numbers, so the roundest of the interval is taken.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, localcontext

import regex

from mse.extract.completion import Interval, half_unit, percent, printed_interval
from mse.grammar import alternation, load
from mse.model import Measure, Mention

_DATA = load("pairing")
_AGAINST_TARGET = regex.compile(alternation(_DATA["against_target"]["words"]))
_WHOLE = regex.compile(alternation(_DATA["whole"]["words"]))
_EXACT = Context(prec=60)
_STATED = frozenset(("=", "~"))
_HUNDRED = Decimal(100)
_RATIOS = frozenset(["", *_DATA["percent"]["units"]])


def implied_target(actual: Mention, rate: Mention, said: str) -> Measure | None:
    """The target that `actual` is `rate` percent of; `said` are the words before the rate.

    None unless the rate is counted against a target, plan or task of the year, is no bound, and the actual is an
    amount. The evidence of the measure is the rate. `op` is `~` where several equally round numbers fit.
    """
    stated = percent(rate)
    if stated is None or stated <= 0 or actual.value is None or actual.value <= 0 or actual.unit in _RATIOS:
        return None
    if actual.op not in _STATED or rate.op not in _STATED or _WHOLE.search(said) or not _AGAINST_TARGET.search(said):
        return None
    allowed = _allowed(actual, rate, stated)
    if allowed is None:
        return None
    value, only = roundest(allowed, actual.value / stated * _HUNDRED)
    return Measure.trusted(
        op="=" if only and actual.op == rate.op == "=" else "~",
        value=value,
        low=None,
        high=None,
        unit=actual.unit,
        period=None,
        text=rate.text,
        start=rate.start,
        end=rate.end,
        implied=True,
    )


def roundest(allowed: Interval, near: Decimal) -> tuple[Decimal, bool]:
    """The number of the interval with the fewest digits, the one next to `near` where several have as few.

    The second value says whether it is the only one with so few digits. `allowed.low` must be positive.
    """
    with localcontext(_EXACT):
        place = Decimal(1).scaleb(allowed.high.adjusted())
        while True:
            first = (allowed.low / place).to_integral_value(ROUND_CEILING)
            last = (allowed.high / place).to_integral_value(ROUND_FLOOR)
            if first <= last:
                best = min(max((near / place).to_integral_value(), first), last)
                return best * place, first == last
            place /= 10


def _allowed(actual: Mention, rate: Mention, stated: Decimal) -> Interval | None:
    reached = printed_interval(actual)
    half = half_unit(rate) or Decimal("0.5")
    if reached is None or stated - half <= 0 or reached.low <= 0:
        return None
    with localcontext(_EXACT):
        return Interval(reached.low / (stated + half) * _HUNDRED, reached.high / (stated - half) * _HUNDRED)
