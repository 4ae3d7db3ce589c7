"""Sums that the report writes out itself: `18006 ÷ 408.46 = 44.09`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, localcontext

import regex

from mse.audit import wording
from mse.audit.finding import Evidence, Finding
from mse.audit.record import Where
from mse.audit.rounding import EXACT, difference, overlap, quotient, rounded, total
from mse.extract.completion import Interval, decimals
from mse.extract.passages import Passage
from mse.grammar import load

_DATA = load("audit")["equation"]
_EQUATION = regex.compile(_DATA["pattern"])
_OPERAND = regex.compile(_DATA["operand"])
_OPERATOR = regex.compile(_DATA["operators"])
_PLUS, _MINUS, _TIMES, _OVER = (frozenset(_DATA[key]) for key in ("plus", "minus", "times", "over"))
_EQUALS = frozenset(_DATA["equals"])
_SCALES = {word: Decimal(value) for word, value in _DATA["scales"].items()}
_TENS = 12
_PLACES = 2
_LONGEST = 120
_CONFIDENCE = 0.95


def check(text: str, passage: Passage, where: Where) -> Iterator[Finding]:
    """Written sums with a wrong result. A power of ten is let pass: units are changed on the way (万元 over 万人)."""
    for hit in _EQUATION.finditer(text, passage.start, passage.end):
        if hit.end() - hit.start() <= _LONGEST:
            yield from _written(hit.group(), hit.start(), where)


def _written(text: str, start: int, where: Where) -> Iterator[Finding]:
    numbers = [(Decimal(h.group("number").replace(",", "").replace("，", "")), h) for h in _OPERAND.finditer(text)]
    signs = [h.group() for h in _OPERATOR.finditer(text)]
    if len(signs) != len(numbers) - 1 or not signs or signs[-1] not in _EQUALS:
        return
    scaled = [(n, _SCALES.get(h.group("scale") or "", Decimal(1))) for n, h in numbers]
    found = _result([_interval(*pair) for pair in scaled[:-1]], signs[:-1])
    exact = _result([Interval(n * s, n * s) for n, s in scaled[:-1]], signs[:-1])
    last, scale = scaled[-1]
    with localcontext(EXACT):
        half = Decimal(1).scaleb(-decimals(last)) / 2 * scale
        said = Interval(last * scale - half, last * scale + half)
    if found is None or exact is None or _fits(found, said):
        return
    value = rounded(exact.low / scale, max(_PLACES, decimals(last)))
    places = [
        Evidence.model_construct(start=start + h.start(), end=start + h.end(), text=h.group(), value=n * s)
        for (n, s), (_, h) in zip(scaled, numbers, strict=True)
    ]
    stated = text[numbers[-1][1].start() :].strip()
    yield wording.finding(
        where,
        "equation",
        metric="",
        stated=wording.day(stated),
        computed=wording.amount(value, numbers[-1][1].group("scale") or ""),
        arithmetic=wording.against(f"{text[: text.rindex(signs[-1])].strip()} = {value}", stated),
        places=places,
        confidence=_CONFIDENCE,
    )


def _interval(number: Decimal, scale: Decimal) -> Interval:
    places = decimals(number)
    with localcontext(EXACT):
        half = Decimal(1).scaleb(-places) / 2 * scale if places else Decimal(0)
        return Interval(number * scale - half, number * scale + half)


def _result(numbers: list[Interval], signs: list[str]) -> Interval | None:
    """From left to right; None for mixed signs of different rank, and for what cannot be divided by."""
    ranks = {sign in _PLUS | _MINUS for sign in signs}
    if len(ranks) != 1:
        return None
    value = numbers[0]
    for sign, number in zip(signs, numbers[1:], strict=True):
        if sign in _PLUS:
            value = total((value, number))
        elif sign in _MINUS:
            value = difference(value, number)
        elif sign in _TIMES:
            with localcontext(EXACT):
                value = Interval(value.low * number.low, value.high * number.high)
        elif number.low > 0:
            value = quotient(value, number)
        else:
            return None
    return value


def _fits(found: Interval, said: Interval) -> bool:
    """Whether the results agree, but for a power of ten."""
    with localcontext(EXACT):
        return any(
            overlap(Interval(found.low.scaleb(k), found.high.scaleb(k)), said)
            for k in (range(-_TENS, _TENS + 1) if found.low > 0 else range(1))
        )
