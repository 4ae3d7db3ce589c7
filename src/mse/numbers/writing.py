"""Numbers written out: the inverse of `parse`, in every spelling reports use."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from mse.grammar import load
from mse.model import plain

_DATA = load("numerals")["writing"]
_SIGN: str = load("numerals")["signs"]["negative"][0]
_DIGITS: str = _DATA["digits"]
_FORMAL: str = _DATA["formal_digits"]
_PLACES: list[str] = _DATA["places"]
_FORMAL_PLACES: list[str] = _DATA["formal_places"]
_MYRIADS: list[str] = _DATA["myriads"]
_POINT: str = _DATA["point"]
_WIDE = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
_LARGEST = Decimal(10) ** (4 * len(_MYRIADS))

Style = Literal["plain", "grouped", "wide", "chinese", "formal", "digits", "scaled"]


def write(value: Decimal, style: Style = "plain") -> str:
    """A decimal as text that `parse` reads back as the same value.

    `plain` 1234.5; `grouped` 1,234.5; `wide` in full width; `chinese` 一千二百三十四点五; `formal` as on cheques;
    `digits` 一二三四, digit by digit, for whole numbers; `scaled` with the largest of 万, 亿, 万亿 that fits.
    Raises ValueError for what is not finite, for an unknown style and for a value the style cannot say.
    """
    if not value.is_finite():
        raise ValueError(f"cannot write {value}")
    text = plain(value)
    if style == "plain":
        return text
    if style == "grouped":
        whole, point, fraction = text.partition(".")
        return f"{int(whole):,}" + point + fraction if whole != "-0" else text
    if style == "wide":
        return text.translate(_WIDE)
    if style == "scaled":
        return _scaled(value)
    sign = _SIGN if text.startswith("-") else ""
    whole, _, fraction = text.removeprefix("-").partition(".")
    if style == "digits":
        if fraction or sign or len(whole) < 2:
            raise ValueError(f"{text} has no spelling digit by digit")
        return "".join(_DIGITS[int(d)] for d in whole)
    if style not in ("chinese", "formal"):
        raise ValueError(f"unknown style {style!r}")
    if abs(value) >= _LARGEST:
        raise ValueError(f"{text} is too large for {style}")
    digits, places = (_FORMAL, _FORMAL_PLACES) if style == "formal" else (_DIGITS, _PLACES)
    said = sign + _whole(whole, digits, places)
    return said + _POINT + "".join(digits[int(d)] for d in fraction) if fraction else said


def _scaled(value: Decimal) -> str:
    for name, scale in reversed(_DATA["scales"].items()):
        if abs(value) >= Decimal(scale):
            return plain(value.scaleb(-(len(str(scale)) - 1))) + str(name)
    return plain(value)


def _whole(text: str, digits: str, places: list[str]) -> str:
    """Groups of four digits, each with its 万, 亿 or 兆; one zero stands for any gap."""
    width = -(-len(text) // 4) * 4
    padded = text.zfill(width)
    said = ""
    gap = False
    for index in range(0, width, 4):
        group = padded[index : index + 4]
        if group == "0000":
            gap = bool(said)
            continue
        for place, digit in enumerate(group):
            if digit == "0":
                gap = bool(said)
                continue
            if gap:
                said, gap = said + digits[0], False
            said += digits[int(digit)] + places[3 - place]
        said += _MYRIADS[(width - index) // 4 - 1]
    return said or digits[0]
