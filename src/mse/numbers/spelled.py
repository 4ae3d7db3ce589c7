"""Numerals that are put together from others: dozens (十打 is 120), half a hundred (半百), powers (2^5)."""

from __future__ import annotations

from decimal import Context, Decimal

import regex

from mse.grammar import load
from mse.numbers.numerals import Numeral, scan, tidy

_DATA = load("numerals")
_DOZEN = regex.compile(_DATA["dozen"]["pattern"])
_TWELVE = Decimal(_DATA["dozen"]["value"])
_HALF_HUNDRED: str = _DATA["half_hundred"]["words"][0]
_POWER = regex.compile(_DATA["power"]["pattern"])
_LARGEST_EXPONENT = 64  # digits that a power may have before its point, or noughts behind it
_EXACT = Context(prec=80)


def find(text: str) -> list[Numeral]:
    """All numerals of a text in order, without words that only look like numerals (一切, 四川)."""
    from mse.numbers.names import inside_word

    found: list[Numeral] = []
    for numeral in scan(text):
        if inside_word(text, numeral.start, numeral.end):
            continue
        if found and (power := _power(text, found[-1], numeral)) is not None:
            found[-1] = power
        else:
            found.append(_spelled(text, numeral))
    return found


def _power(text: str, base: Numeral, exponent: Numeral) -> Numeral | None:
    """The two as one, where the second is written as an exponent of the first and the value can be given."""
    sign = _POWER.fullmatch(text, base.end, exponent.start)
    plain = base.op == exponent.op == "=" and base.part is exponent.part is None
    if sign is None or not plain or exponent.value.as_tuple().exponent != 0 or not base.value:
        return None
    times = -exponent.value if sign["minus"] else exponent.value
    if (abs(base.value.adjusted()) + 1) * abs(times) > _LARGEST_EXPONENT:
        return None
    value = tidy(_EXACT.power(base.value, times))
    return Numeral(base.start, exponent.end, text[base.start : exponent.end], value)


def _spelled(text: str, numeral: Numeral) -> Numeral:
    """A dozen, or half a hundred, where the numeral is part of one."""
    start, end, value = numeral.start, numeral.end, numeral.value
    if numeral.bare_scale and text.startswith(_HALF_HUNDRED, start - 1):
        return Numeral(start - 1, end, text[start - 1 : end], _EXACT.divide(value, Decimal(2)), chinese=True)
    if numeral.high is None and numeral.part is None and _DOZEN.match(text, end):
        end += 1
        value = _EXACT.multiply(value, _TWELVE)
        return Numeral(start, end, text[start:end], value, op=numeral.op, chinese=numeral.chinese)
    return numeral
