"""Quantities: numerals with their units and comparison words, normalized.

`quantities` is a pass over the numerals of a text: each is joined with its unit, ranges and lists are put together,
names are left out, and the words around decide the comparison.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import regex

from mse.grammar import alternation, load
from mse.numbers import names
from mse.numbers.numerals import EXACT, Numeral, scan
from mse.numbers.units import Unit, lexicon

_DATA = load("quantities")
_SCALES = load("numerals")["scales"]
_HALF: str = load("numerals")["fractions"]["half"][0]
_COUNTING_TWO = frozenset(load("numerals")["digits"]["pair_two"])
_OPS_BEFORE = {word: op for op in (">=", ">", "<=", "<", "~") for word in _DATA["before"][op]}
_OPS_AFTER = {word: op for op in (">=", ">", "<=", "~") for word in _DATA["after"][op]}
_SCALE_ONLY = frozenset(_DATA["before"]["scale_only"])
_BLANK = r"[ \u00a0\u3000]{0,2}"
_BEFORE = regex.compile(
    rf"(?<op>{alternation(_OPS_BEFORE)}|{alternation(_SCALE_ONLY)}){_BLANK}{alternation(_DATA['before']['fillers'])}?{_BLANK}$"
)
# 不低于当地标准的1.6倍: a share or a multiple of something carries the word before that something.
_BEFORE_OF = regex.compile(
    rf"(?<op>{alternation(_DATA['before']['of'])})[^，。；、,;\s\d（）]{{2,30}}{_DATA['before']['of_mark']}$"
)
_AFTER = regex.compile(rf"{_BLANK}(?<op>{alternation(_OPS_AFTER)})")
_RANGE = regex.compile(rf"{_BLANK}{alternation(_DATA['range']['marks'])}{_BLANK}")
_LIST = regex.compile(rf"{_BLANK}{alternation(_DATA['list']['strict'])}{_BLANK}")
_LEX = lexicon()
_EACH = alternation(_DATA["each"]["words"])
_PER = alternation(word for word in _LEX.per if len(word) < 5)
_PREFIX = regex.compile(rf"{_EACH}(?<a>{_PER})(?:{_EACH}?(?<b>{_PER}))?{_BLANK}$")
_AVERAGE = regex.compile(
    rf"(?<each>{alternation(_DATA['average']['units'])}){alternation(_DATA['average']['between'])}*{_BLANK}$"
)
_PERSON: dict[str, str] = _DATA["each"]["person"]
_BASIS = regex.compile(alternation(_DATA["bare"]["basis"]))
_HEAD_BEFORE = regex.compile(
    rf"(?<head>{alternation(_DATA['bare']['before'])}){alternation(_DATA['bare']['copulas'])}*$"
)
_PEOPLE = regex.compile(alternation(_DATA["bare"]["people"]))
_MONEY = regex.compile(alternation(_DATA["bare"]["money"]))
_CLAUSE = regex.compile(r"[^，。；！？：、\s（）()]{0,14}")
_CLAUSE_BEFORE = regex.compile(r"[^。；！？\s]{0,24}$")
_INDEX = regex.compile(rf"{alternation(_DATA['bare']['index'])}{alternation(_DATA['bare']['copulas'])}{_BLANK}$")
_ENDS = regex.compile(r"\s*(?:[，。；！？、,;）)]|$|[\r\n\t])")
_SCALE_TAIL = regex.compile("[" + "".join(_SCALES["small"]) + "".join(_SCALES["big"]) + "]+$")
_BETWEEN_UNIT = regex.compile(r"\$?[ \u00a0\u3000]{0,2}\\?(?=\S)")
_LINE_START = regex.compile(r"(?:^|[\r\n\t。；;：:>])[ \u00a0\u3000]*$")


@dataclass(slots=True)
class Quantity:
    """One quantity: `text[start:end]` is number, scale and unit, and nothing else.

    `op` is one of `=` `>=` `>` `<=` `<` `~`; a range has `low` and `high`, anything else `value`. `unit` is written
    without 万 and 亿, `""` for an index or a bare ratio. `number_end` is where the numeral ends and its unit begins.
    """

    start: int
    end: int
    op: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    number_end: int


@dataclass(slots=True)
class _Raw:
    """A numeral with what directly follows it."""

    numeral: Numeral
    start: int
    end: int
    low: Decimal
    high: Decimal | None
    unit: Unit | None
    name: str
    each: bool = False
    name_like: bool = False


def quantities(text: str, covered: Iterable[tuple[int, int]] = ()) -> list[Quantity]:
    """All quantities of a text, in order; numerals that touch a `covered` span (dates) are left alone."""
    closed = _merge([*covered, *names.blocked(text)])
    raws = _raws(text, closed)
    found: list[Quantity] = []
    last_rate: tuple[int, str] | None = None
    i = 0
    while i < len(raws):
        raw = raws[i]
        i += 1
        if i < len(raws):
            joined = _range(text, raw, raws[i])
            if joined is not None:
                raw = joined
                i += 1
        if raw.unit is None and not raw.name:
            _share(text, raws, i - 1, raw)
        quantity = _quantity(text, raw, last_rate)
        if quantity is None:
            continue
        found.append(quantity)
        last_rate = (quantity.end, quantity.unit) if "/" in quantity.unit else None
    return found


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def _raws(text: str, closed: list[tuple[int, int]]) -> list[_Raw]:
    raws: list[_Raw] = []
    at = 0
    for numeral in scan(text):
        while at < len(closed) and closed[at][1] <= numeral.start:
            at += 1
        if at < len(closed) and closed[at][0] < numeral.end:
            continue
        raws.append(_with_unit(text, numeral))
    return raws


def _with_unit(text: str, numeral: Numeral) -> _Raw:
    """Join a numeral with the unit behind it, tenths turned into percent."""
    low, high = numeral.value, numeral.high
    raw = _Raw(numeral, numeral.start, numeral.end, low, high, None, "")
    if numeral.part in _PARTS:
        raw.name = _PARTS[numeral.part]
        raw.low = EXACT.multiply(low, numeral.part)
        raw.high = None if high is None else EXACT.multiply(high, numeral.part)
        raw.unit = _LEX.by_word[raw.name]
        return raw
    basis = _BASIS.match(text, numeral.end)
    if basis:
        raw.name, raw.end = basis.group(), basis.end()
        return raw
    if numeral.slashed:
        return raw
    gap = _BETWEEN_UNIT.match(text, numeral.end)
    place = gap.end() if gap else numeral.end
    unit = _LEX.match(text, place)
    if unit is None or (unit.arabic and _only_name(text, numeral, unit, place)):
        return raw
    end = place + len(unit.word)
    name = unit.word
    if unit.tenths:
        scale = Decimal(10)
        raw.low = EXACT.multiply(low, scale) + (5 if unit.half else 0)
        raw.high = None if high is None else EXACT.multiply(high, scale)
        name = unit.base
    if unit.time and raw.high is None and text.startswith(_HALF, end):
        raw.low, end = EXACT.add(raw.low, Decimal("0.5")), end + len(_HALF)
    raw.unit, raw.name, raw.end = unit, name, end
    _rate(text, raw)
    return raw


def _only_name(text: str, numeral: Numeral, unit: Unit, place: int) -> bool:
    """Whether a Chinese numeral before this unit is part of a name or an order: 三级, 二期; 两期 is a count."""
    if not numeral.chinese or numeral.op != "=" or numeral.value >= 100 or numeral.text in _COUNTING_TWO:
        return False
    if unit.chinese_if:
        return regex.match(unit.chinese_if, text[place + len(unit.word) : place + len(unit.word) + 4]) is None
    return True


_PARTS = {Decimal(100): "%", Decimal(1000): "‰", Decimal(10000): "‱"}


def _rate(text: str, raw: _Raw) -> None:
    """Read on over `/人/月`, `·月`, `每人`: what stands below the line of the unit."""
    parts = [raw.name]
    position = raw.end
    for _ in range(3):
        mark = text[position : position + 1]
        if not mark or (mark not in _LEX.joints and mark not in _DATA["each"]["words"]):
            break
        word = _LEX.match_per(text, position + 1)
        if word is None:
            break
        parts.append(word)
        position += 1 + len(word)
        if mark in _LEX.joints and len(parts) == 2 and word in ("人", "生", "户"):
            # 元/人月 leaves out the second stroke.
            period = _LEX.match_per(text, position)
            if period in ("月", "年", "日", "天"):
                parts.append(period)
                position += 1
    if len(parts) > 1 and parts[0] + "/" + parts[1] not in _LEX.by_word:
        raw.name, raw.end = _per(parts), position


def _per(parts: list[str]) -> str:
    """`元`, `生`, `年` as `元/人/年`: who counts as a person, and people before time."""
    below = [_PERSON.get(p, p) for p in parts[1:]]
    if len(below) == 2 and below[1] == "人":
        below.reverse()
    return "/".join([parts[0], *below])


def _range(text: str, a: _Raw, b: _Raw) -> _Raw | None:
    """`a` and `b` as one range, where a range mark and nothing else stands between them."""
    if b.start - a.end > 6 or a.high is not None or b.high is not None:
        return None
    if not b.name or not _RANGE.fullmatch(text, a.end, b.start):
        return None
    if _named(text, b.numeral):
        return None
    if a.name and a.name != b.name:
        return None
    low, high = a.low, b.low
    if not a.name:
        tail = _SCALE_TAIL.search(b.numeral.text)
        if tail and not _SCALE_TAIL.search(a.numeral.text):
            low = EXACT.multiply(low, EXACT.divide(b.low, _unscaled(b)))
        elif b.unit is not None and b.unit.tenths:
            low = EXACT.multiply(low, Decimal(10))
    if high < 0 < low:
        high = -high
    if low > high:
        return None
    return _Raw(a.numeral, a.start, b.end, low, high, b.unit, b.name)


def _unscaled(raw: _Raw) -> Decimal:
    """What a numeral would be without its closing scale: 3 of 3万."""
    scale = Decimal(1)
    tail = _SCALE_TAIL.search(raw.numeral.text)
    for char in tail.group() if tail else "":
        scale *= _SCALES["small"].get(char) or _SCALES["big"].get(char)
    return EXACT.divide(raw.low, scale)


def _share(text: str, raws: list[_Raw], i: int, raw: _Raw) -> None:
    """A number in a list takes the unit of the next member that has one: 36、55微克/立方米."""
    position, j = raw.end, i + 1
    if raw.start and _LINE_START.search(text[max(0, raw.start - 4) : raw.start]):
        return
    while j < len(raws) and j - i < 12 and raws[j].start - position <= 4:
        if not _LIST.fullmatch(text, position, raws[j].start):
            return
        if raws[j].name:
            raw.unit, raw.name = raws[j].unit, raws[j].name
            return
        position = raws[j].end
        j += 1


def _quantity(text: str, raw: _Raw, last_rate: tuple[int, str] | None) -> Quantity | None:
    numeral = raw.numeral
    each = _PREFIX.search(text[max(0, raw.start - 12) : raw.start])
    start, end, name = raw.start, raw.end, raw.name
    if (each is None or not name) and _named(text, numeral):
        return None
    if each and name:
        start = max(0, raw.start - 12) + each.start()
    op, before = _op(text, raw, start)
    if numeral.bare_scale and not before and numeral.part is None:
        return None
    if not name:
        unit = _unwritten(text, raw)
        if unit is None:
            return None
        name = unit
    elif raw.unit is not None and raw.unit.kind == "count" and raw.high is None:
        if each is None and _split_list_number(text, raw):
            start = raw.start
    if raw.unit is not None and raw.unit.big:
        name = "个"
    if each and name:
        name = _per([name, *(p for p in each.groups() if p)])
    elif name == "元":
        name = _person_sum(text, raw, last_rate)
    value = raw.low if raw.high is None else None
    low = raw.low if raw.high is not None else None
    return Quantity(start, end, op, value, low, raw.high, name, numeral.end)


def _named(text: str, numeral: Numeral) -> bool:
    if numeral.part is not None:
        return False
    return names.is_name(text, numeral.start, numeral.end, numeral.chinese)


def _split_list_number(text: str, raw: _Raw) -> bool:
    """`1.3家` at the head of a line is list number 1 and then 3家: classifiers count whole things."""
    written = raw.numeral.text
    dot = written.find(".")
    if dot < 0 or dot > 2 or _SCALE_TAIL.search(written) or not written[dot + 1 :].isdigit():
        return False
    if _LINE_START.search(text[max(0, raw.start - 4) : raw.start]):
        raw.start += dot + 1
        raw.low = Decimal(written[dot + 1 :])
        return True
    return False


def _op(text: str, raw: _Raw, start: int) -> tuple[str, bool]:
    """The comparison, and whether a word before the surface says it."""
    before = _BEFORE.search(text[max(0, start - 10) : start])
    if before is None and raw.unit is not None and raw.unit.group in ("ratio", "multiple"):
        before = _BEFORE_OF.search(text[max(0, start - 40) : start])
    after = _AFTER.match(text, raw.end)
    word = before["op"] if before else ""
    if word in _SCALE_ONLY and not (raw.numeral.bare_scale or _SCALE_TAIL.search(raw.numeral.text)):
        word = ""
    if after:
        return _OPS_AFTER[after["op"]], bool(word)
    if word:
        return _OPS_BEFORE.get(word, ">"), True
    return raw.numeral.op, False


def _unwritten(text: str, raw: _Raw) -> str | None:
    """The unit a number plainly has though none is written; None where it is no quantity."""
    scaled = _SCALE_TAIL.search(raw.numeral.text)
    if not raw.numeral.chinese:
        head = _HEAD_BEFORE.search(text[max(0, raw.start - 14) : raw.start])
        if head and (scaled or raw.numeral.op != "=" or _ENDS.match(text, raw.end)):
            return str(_DATA["bare"]["before"][head["head"]])
    if scaled and not raw.numeral.chinese:
        ahead = _CLAUSE.match(text, raw.end)
        if ahead and _PEOPLE.search(ahead.group()):
            return "人"
        behind = _CLAUSE_BEFORE.search(text[max(0, raw.start - 24) : raw.start])
        if behind and _MONEY.search(behind.group()):
            return "元"
        return ""
    if raw.numeral.part is not None and raw.numeral.high is None:
        return ""
    if (
        not raw.numeral.chinese
        and _INDEX.search(text[max(0, raw.start - 10) : raw.start])
        and _ENDS.match(text, raw.end)
    ):
        return ""
    return None


def _person_sum(text: str, raw: _Raw, last_rate: tuple[int, str] | None) -> str:
    """元 or, after 人均 or in a list that began per person, 元 per person."""
    if last_rate is not None and _LIST.fullmatch(text, last_rate[0], raw.start) and last_rate[1].startswith("元/"):
        return last_rate[1]
    average = _AVERAGE.search(text[max(0, raw.start - 20) : raw.start])
    if average:
        return "元/" + str(_DATA["average"]["units"][average["each"]])
    return "元"
