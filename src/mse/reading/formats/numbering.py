"""The numbers a word processor puts before paragraphs by itself, so that they are part of the text as it is shown."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from mse.grammar import load
from mse.reading.formats.package import Package, parse_xml

_COUNTING = load("tables")["counting"]
_DIGITS: str = _COUNTING["digits"]
_TEN: str = _COUNTING["ten"]
_HUNDRED: str = _COUNTING["hundred"]
_PLACEHOLDER = regex.compile(r"%([1-9])")
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CIRCLED_ONE, _CIRCLED = 0x2460, 20
_MOST = 999


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[str] = field(default_factory=set)

    def label(self, number: str, level: int) -> str:
        """The number of the next paragraph of a list at a level; empty for bullets and lists that are not defined."""
        levels = self.lists.get(self.kinds.get(number, ""), {})
        own = levels.get(level)
        if own is None or own.form in ("bullet", "none"):
            return ""
        counter = self.counters.setdefault(self.kinds[number], {})
        if number not in self.started:
            self.started.add(number)
            for restarted, value in self.restarts.get(number, {}).items():
                counter[restarted] = value - 1
        counter[level] = counter.get(level, own.start - 1) + 1
        for deeper in [each for each in counter if each > level]:
            del counter[deeper]

        def counted(hit: regex.Match[str]) -> str:
            place = int(hit[1]) - 1
            other = levels.get(place, own)
            return numeral(counter.get(place, other.start), other.form)

        return _PLACEHOLDER.sub(counted, own.text)


def numeral(value: int, form: str) -> str:
    """A number in a form of word processors: 3 as 3, c, iii, 三 or ③."""
    lower = form.lower()
    if not 0 < value <= _MOST:
        return str(value)
    if "letter" in lower:
        text = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return text.upper() if lower.startswith("upper") else text
    if "roman" in lower:
        text = ""
        for worth, sign in _ROMAN:
            text += sign * (value // worth)
            value %= worth
        return text.upper() if lower.startswith("upper") else text
    if "enclosed" in lower:
        return chr(_CIRCLED_ONE + value - 1) if value <= _CIRCLED else str(value)
    if "digital" in lower:
        return "".join(_DIGITS[int(digit)] for digit in str(value))
    if "counting" in lower or "chinese" in lower:
        return _counted(value)
    return f"{value:02}" if form == "decimalZero" else str(value)


def _counted(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = _DIGITS[hundreds] + _HUNDRED if hundreds else ""
    if tens:
        text += (_DIGITS[tens] if tens > 1 or hundreds else "") + _TEN
    elif hundreds and ones:
        text += _DIGITS[0]
    return text + (_DIGITS[ones] if ones else "")


def read_numbering(package: Package, folder: str) -> Numbering:
    """The lists that a document defines, and the paragraph styles that belong to one."""
    numbering = Numbering()
    if (name := f"{folder}numbering.xml") in package:
        _read_lists(package, name, numbering)
    if (name := f"{folder}styles.xml") in package:
        _read_styles(package, name, numbering)
    return numbering


def _read_lists(package: Package, name: str, numbering: Numbering) -> None:
    kind = number = ""
    level = 0
    levels: dict[int, _Level] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal kind, number, level, levels
        value = attributes.get("val", "")
        match tag:
            case "abstractNum":
                kind, number = attributes.get("abstractNumId", ""), ""
                levels = numbering.lists.setdefault(kind, {})
            case "num":
                number = attributes.get("numId", "")
            case "abstractNumId":
                numbering.kinds[number] = value
            case "lvl" | "lvlOverride":
                level = _whole(attributes.get("ilvl"))
                if tag == "lvl" and not number:
                    levels[level] = _Level()
            case "startOverride":
                numbering.restarts.setdefault(number, {})[level] = _whole(value)
            case "start" if not number and level in levels:
                levels[level].start = _whole(value)
            case "numFmt" if not number and level in levels:
                levels[level].form = value
            case "lvlText" if not number and level in levels:
                levels[level].text = value[:40]

    parse_xml(package, name, start, _nothing, _nothing)


def _read_styles(package: Package, name: str, numbering: Numbering) -> None:
    style = number = ""
    level = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal style, number, level
        match tag:
            case "style":
                style, number, level = attributes.get("styleId", ""), "", 0
            case "numId":
                number = attributes.get("val", "")
            case "ilvl":
                level = _whole(attributes.get("val"))

    def end(tag: str) -> None:
        if tag == "style" and number:
            numbering.styles[style] = (number, level)

    parse_xml(package, name, start, end, _nothing)


def _nothing(_: str) -> None:
    return None


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else 0
