"""Numerals joined with what belongs to them: the unit behind, the rate below the line, the other end of a range."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from mse.grammar import alternation, load
from mse.numbers import names
from mse.numbers.numerals import EXACT, Numeral, scan, tidy
from mse.numbers.units import Unit, lexicon

_DATA = load("quantities")
_NUMERALS = load("numerals")
_SCALES: dict[str, int] = {**_NUMERALS["scales"]["small"], **_NUMERALS["scales"]["big"]}
_DIGITS = frozenset(_NUMERALS["digits"]["chars"])
_PAIRS = frozenset(_NUMERALS["near"]["pairs"])
_COUNTING_TWO = frozenset(_NUMERALS["digits"]["pair_two"])
_HALF = regex.compile(_NUMERALS["fractions"]["half_after_measure"])
_TENTHS_MORE = regex.compile(_NUMERALS["fractions"]["tenths_more"])
_ONES: dict[str, int] = _NUMERALS["digits"]["chars"]
_HALVED = frozenset(_NUMERALS["fractions"]["halved_groups"])
_EACH = frozenset(_DATA["each"]["words"])
_PERSON: dict[str, str] = _DATA["each"]["person"]
_WHO, _WHEN = frozenset(_DATA["each"]["who"]), frozenset(_DATA["each"]["when"])
_SMALL_MONEY: dict[str, str] = _DATA["currency"]["small"]
_MONEY_CHARS = frozenset([*_SMALL_MONEY, _DATA["average"]["money"]])
_MONEY: str = _DATA["average"]["money"]
_BLANK = r"[ \u00a0\u3000]{0,2}"
_SIGNS = frozenset(_DATA["currency"]["words"])
_RANGE = regex.compile(rf"{_BLANK}{alternation(_DATA['range']['marks'])}{_BLANK}")
LIST = regex.compile(rf"{_BLANK}{alternation(_DATA['list']['marks'])}{_BLANK}")
_BASIS = regex.compile(alternation(_DATA["bare"]["basis"]))
# One look at the character behind a number spares most of the patterns.
_BASIS_OPENING = frozenset(word[0] for word in _DATA["bare"]["basis"])
_TAIL = regex.compile("[" + "".join(_SCALES) + "]+$")
# A blank, and what LaTeX leaves between a number and its unit: `44.09$ 元`, `30\%`.
_SPACED = regex.compile(
    r"[ \u00a0\u3000]{0,4}(?:" + "|".join(r"[ \u00a0\u3000]{0,2}".join(word) for word in _DATA["spaced"]["words"]) + ")"
)
_SPACED_OPENING = frozenset([*" \u00a0\u3000", *(word[0] for word in _DATA["spaced"]["words"])])
_HOLDERS = frozenset(_DATA["holders"]["words"])
_HELD: int = _DATA["holders"]["at_least"]
_POINTS: str = _DATA["spaced"]["name"]
_POINTS_NEXT = regex.compile(
    rf"{_BLANK}{alternation(_DATA['list']['marks'])}{_BLANK}[0-9０-９]+(?:[.．][0-9０-９]+)?{_BLANK}{_POINTS}"
)
_THOUSAND = frozenset(_DATA["thousand"]["characters"])
_THOUSANDS = regex.compile(rf"[{_DATA['thousand']['characters']}](?![A-Za-zＡ-Ｚａ-ｚ])")
_GAP = regex.compile(r"\$?[ \u00a0\u3000]{0,2}\\?(?=\S)")
_GAP_OPENING = frozenset("$ \u00a0\u3000\\")
_LINE_START = regex.compile(r"(?:^|[\r\n\t。；;：:>])[ \u00a0\u3000]*$")
_NUMBER = regex.compile(
    _BLANK + "(?:[0-9０-９" + "".join([*_NUMERALS["digits"]["chars"], *_SCALES]) + "]|" + alternation(_EACH) + ")"
)
_LIST_NUMBER = regex.compile(r"[0-9]{1,2}\.(?=[0-9]+$)")
_PARTS = {Decimal(100): "%", Decimal(1000): "‰", Decimal(10000): "‱", Decimal(1000000): "ppm"}
_INSIDE = frozenset(_DATA["inside"]["characters"])
_INSIDE_OP: str = _DATA["inside"]["op"]
_DECIMALS = regex.compile(_DATA["decimals"]["pattern"])
_WITH_DECIMALS: dict[str, int] = _DATA["decimals"]["units"]
_STEPS: dict[str, tuple[str, Decimal]] = {
    unit: (smaller, Decimal(count)) for unit, (smaller, count) in _DATA["duration"]["steps"].items()
}
_STEP_NAMES: dict[str, str] = _DATA["duration"]["same"]
# A sum without a unit is only read as a range from here on: 300万-400万.
_LARGE = 10000
_AGE: str = _DATA["ages"]["unit"]
_AGE_BEFORE = frozenset(_DATA["ages"]["before"])
_OLD: int = _DATA["ages"]["at_least"]
_CLASSIFIER: str = _NUMERALS["fractions"]["half_unit"]
_FIVE = Decimal(5)
_TEN = Decimal(10)


@dataclass(slots=True)
class Joined:
    """A numeral with its unit: `text[start:end]`. `name` is the unit to give, `""` where none is written."""

    numeral: Numeral
    start: int
    end: int
    low: Decimal
    high: Decimal | None = None
    unit: Unit | None = None
    name: str = ""
    shared_scale: Decimal | None = None

    @property
    def scaled(self) -> bool:
        """Whether a scale is written: 3万, 百."""
        return self.numeral.text[-1] in _SCALES


def joined(text: str, closed: Iterable[tuple[int, int]]) -> list[Joined]:
    """Every numeral outside the closed spans (sorted, disjoint) with its unit, ranges put together, lists filled in."""
    alone = _outside(text, list(closed))
    merged: list[Joined] = []
    i = 0
    while i < len(alone):
        pair = _range(text, alone[i], alone[i + 1]) if i + 1 < len(alone) else None
        i += 1
        if pair is None:
            merged.append(alone[i - 1])
        elif pair.high is None and i + 1 < len(alone):
            # A sum goes on: 50元6角3分.
            alone[i] = pair
        else:
            merged.append(pair)
            i += 1
    return _shared(text, merged)


def per(parts: list[str]) -> str:
    """`元`, `生`, `年` as `元/人/年`: pupils count as persons, persons come before time."""
    below = [_PERSON.get(p, p) for p in parts[1:]]
    if len(below) == 2 and below[0] in _WHEN and below[1] in _WHO:
        below.reverse()
    return "/".join([parts[0], *below])


def named(text: str, numeral: Numeral) -> bool:
    """Whether the numeral names or orders something instead of measuring it."""
    if numeral.part is not None:
        return False
    if numeral.chinese and len(numeral.text) > 1 and numeral.high is None and _DIGITS.issuperset(numeral.text):
        unit = lexicon().match(text, numeral.end)
        return unit is None or not unit.tens
    return names.is_name(text, numeral.start, numeral.end, numeral.chinese)


def _outside(text: str, closed: list[tuple[int, int]]) -> list[Joined]:
    found: list[Joined] = []
    at = 0
    for numeral in scan(text, closed):
        while at < len(closed) and closed[at][1] <= numeral.start:
            at += 1
        overlaps = at < len(closed) and closed[at][0] < numeral.end
        if not overlaps and not (found and numeral.start < found[-1].end):
            found.append(_with_unit(text, numeral))
    return found


def _with_unit(text: str, numeral: Numeral) -> Joined:
    item = Joined(numeral, numeral.start, numeral.end, numeral.value, numeral.high)
    if numeral.part in _PARTS:
        item.name = _PARTS[numeral.part]
        _multiply(item, numeral.part)
        if text[numeral.end : numeral.end + 1] in _THOUSAND and _THOUSANDS.match(text, numeral.end):
            _multiply(item, Decimal(1000))
            item.end += 1
        item.unit = lexicon().by_word[item.name]
        return item
    follower = text[numeral.end : numeral.end + 1]
    if follower in _BASIS_OPENING and (basis := _BASIS.match(text, numeral.end)):
        item.name, item.end = basis.group(), basis.end()
        return item
    if numeral.slashed:
        return item
    gap = _GAP.match(text, numeral.end) if follower in _GAP_OPENING else None
    place = gap.end() if gap else numeral.end
    if numeral.and_half:
        # 三个半月: the classifier stands before the half.
        unit, place = lexicon().match(_CLASSIFIER + text[place : place + 8], 0), place - len(_CLASSIFIER)
    else:
        unit = lexicon().match(text, place)
    if unit is None and text[place + 1 : place + 2] in _AGE_BEFORE and text[place] == _AGE and numeral.value >= _OLD:
        unit = lexicon().by_word[_AGE]
    if unit is not None and unit.word == _CLASSIFIER and text[place + 1 : place + 2] in _INSIDE:
        # 3个多月: the hedge stands inside the unit.
        longer = lexicon().match(_CLASSIFIER + text[place + 2 : place + 10], 0)
        if longer is not None and longer.word != _CLASSIFIER:
            unit, place, numeral.op = longer, place + 1, _INSIDE_OP
    if (
        (unit is None or unit.word == _CLASSIFIER)
        and follower in _SPACED_OPENING
        and (spaced := _SPACED.match(text, numeral.end))
    ):
        item.name, item.end = _POINTS, spaced.end()
        item.unit = lexicon().by_word[_POINTS]
        return item
    if unit is not None and unit.word in _HOLDERS and item.low >= _HELD:
        return item
    if unit is not None and unit.tens and item.low == _TEN and item.high is None:
        return item  # 十折 is no discount
    if unit is not None and unit.kind == "count" and text[numeral.start - 1 : numeral.start] in _SIGNS:
        unit = None
    if unit is None or (unit.arabic and _only_name(text, numeral, unit, place)):
        return item
    item.unit, item.name, item.end = unit, unit.name, place + len(unit.word)
    if unit.word == _CLASSIFIER and _POINTS_NEXT.match(text, item.end):
        item.unit, item.name = lexicon().by_word[_POINTS], _POINTS
    if unit.tenths:
        if unit.tens and item.high is not None:
            # 五六折 is 56%, not five or six tenths.
            item.low, item.high = EXACT.add(EXACT.multiply(item.low, _TEN), item.high), None
        elif not (unit.tens and item.low > _TEN):
            _multiply(item, _TEN)
        item.name = unit.base
        if unit.half:
            item.low = EXACT.add(item.low, _FIVE)
        elif numeral.chinese and item.high is None and (more := _TENTHS_MORE.match(text, item.end)):
            item.low, item.end = EXACT.add(item.low, Decimal(_ONES[more.group()])), more.end()
    elif unit.group in _HALVED and item.high is None and _HALF.match(text, item.end):
        item.low, item.end = EXACT.add(item.low, Decimal("0.5")), item.end + 1
    elif unit.word in _WITH_DECIMALS:
        _decimals(text, item, _WITH_DECIMALS[unit.word])
    _split_list_number(text, item)
    _rate(text, item)
    return item


def _decimals(text: str, item: Joined, below: int) -> None:
    """Read on over the decimals behind a unit: 9秒83 is 9.83 seconds."""
    more = _DECIMALS.match(text, item.end)
    if more is None or item.numeral.chinese or item.high is not None or not 0 <= item.low < below:
        return
    if item.low == item.low.to_integral_value() and lexicon().match(text, more.end()) is None:
        item.low, item.end = EXACT.add(item.low, Decimal("0." + more.group())), more.end()


def _multiply(item: Joined, factor: Decimal) -> None:
    item.low = tidy(EXACT.multiply(item.low, factor))
    if item.high is not None:
        item.high = tidy(EXACT.multiply(item.high, factor))


def _only_name(text: str, numeral: Numeral, unit: Unit, place: int) -> bool:
    """Whether a Chinese numeral before this unit is part of a name or an order: 三级, 二期; 两期 is a count."""
    if not numeral.chinese or numeral.op != "=" or numeral.value >= 100 or numeral.text in _COUNTING_TWO:
        return False
    if unit.word in _SMALL_MONEY and text[numeral.start - 1 : numeral.start] in _MONEY_CHARS:
        return False
    if unit.chinese_if:
        return regex.match(unit.chinese_if, text[place + len(unit.word) : place + len(unit.word) + 10]) is None
    return True


def _rate(text: str, item: Joined) -> None:
    """Read on over `/人/月`, `·月`, `每人`: what stands below the line of the unit."""
    units = lexicon()
    parts = [item.name]
    position = item.end
    for _ in range(3):
        mark = text[position : position + 1]
        if not mark or not (mark in units.joints or mark in _EACH):
            break
        who, when = text[position + 1 : position + 2], text[position + 2 : position + 3]
        if who in _WHO and when in _WHEN:
            # 元/人月 leaves out the second stroke.
            parts += [who, when]
            position += 3
            continue
        word = units.match_per(text, position + 1)
        if word is None or (mark in _EACH and _NUMBER.match(text, position + 1 + len(word))):
            # 89岁每月50元: the 每月 belongs to the number behind it.
            break
        parts.append(word)
        position += 1 + len(word)
    if len(parts) > 1:
        item.name, item.end = per(parts), position


def _split_list_number(text: str, item: Joined) -> None:
    """`1.3家` at the head of a line is list number 1 and then 3家: classifiers count whole things."""
    if item.unit is None or item.unit.kind != "count":
        return
    number = _LIST_NUMBER.match(item.numeral.text)
    if number and _LINE_START.search(text[max(0, item.start - 4) : item.start]):
        item.start += number.end()
        item.low = Decimal(text[item.start : item.numeral.end])


def _range(text: str, a: Joined, b: Joined) -> Joined | None:
    """`a` and `b` as one, where they are the ends of a range or the 元 and 角 of one sum."""
    if b.start - a.end > 6 or a.high is not None or b.high is not None:
        return None
    if not b.name:
        return _bare_range(text, a, b) if b.scaled and not a.name else None
    if a.end == b.start and a.name == _MONEY and b.name in _SMALL_MONEY:
        return _small_money(a, b)
    if a.end == b.start and a.name and (total := _duration(a, b)) is not None:
        return total
    if a.end == b.start and a.name == b.name and b.low < 0:
        # 10万元-20万元: after a unit the minus sign is a dash.
        return Joined(a.numeral, a.start, b.end, a.low, -b.low, b.unit, b.name) if a.low <= -b.low else None
    if a.name and a.name != b.name:
        return None
    if not (_RANGE.fullmatch(text, a.end, b.start) or _neighbours(text, a, b)) or named(text, b.numeral):
        return None
    low, high = a.low, b.low
    if not a.name:
        if b.scaled and not a.scaled:
            low = EXACT.multiply(low, _scale(b))
        elif b.unit is not None and b.unit.tenths:
            low = EXACT.multiply(low, _TEN)
    if low > high:
        return None
    return Joined(a.numeral, a.start, b.end, low, high, b.unit, b.name)


def _neighbours(text: str, a: Joined, b: Joined) -> bool:
    """Whether the two are one estimate with a mark inside: 三、四十, 六、七千."""
    first, second = a.numeral.text, b.numeral.text
    if len(first) != 1 or first not in _DIGITS or len(second) < 2 or second[0] not in _DIGITS or not b.scaled:
        return False
    return first + second[0] in _PAIRS and LIST.fullmatch(text, a.end, b.start) is not None


def _small_money(a: Joined, b: Joined) -> Joined:
    total = EXACT.add(a.low, EXACT.multiply(b.low, Decimal(_SMALL_MONEY[b.name])))
    return Joined(a.numeral, a.start, b.end, total, None, a.unit, a.name)


def _duration(a: Joined, b: Joined) -> Joined | None:
    """A duration said in two units, in the smaller one: 2小时30分钟 is 150 minutes."""
    step = _STEPS.get(_STEP_NAMES.get(a.name, a.name))
    if step is None or _STEP_NAMES.get(b.name, b.name) != step[0] or not 0 <= b.low < step[1] or a.numeral.op != "=":
        return None
    name, count = step
    return Joined(a.numeral, a.start, b.end, EXACT.add(EXACT.multiply(a.low, count), b.low), None, b.unit, name)


def _bare_range(text: str, a: Joined, b: Joined) -> Joined | None:
    """Two large numbers without any unit as the ends of a range: 300万-400万, 3至4万."""
    if b.low < _LARGE or a.numeral.part or b.numeral.part:
        return None
    if not _RANGE.fullmatch(text, a.end, b.start) or named(text, b.numeral):
        return None
    low = a.low if a.scaled else EXACT.multiply(a.low, _scale(b))
    if low >= b.low:
        return None
    numeral = replace(a.numeral, end=b.end, text=text[a.start : b.end])
    return Joined(numeral, a.start, b.end, low, b.low)


def _scale(item: Joined) -> Decimal:
    """The scale a numeral ends with: 10000 for 3万."""
    tail = _TAIL.search(item.numeral.text)
    scale = Decimal(1)
    for char in tail.group() if tail else "":
        scale = EXACT.multiply(scale, Decimal(_SCALES[char]))
    return scale


def _shared(text: str, items: list[Joined]) -> list[Joined]:
    """Members of a list without a unit take that of the next member: 36、55微克/立方米, 2、3万元."""
    for i in range(len(items) - 2, -1, -1):
        a, b = items[i], items[i + 1]
        if a.name or not b.name or b.start - a.end > 5 or a.numeral.part is not None or a.numeral.slashed:
            continue
        if not LIST.fullmatch(text, a.end, b.start):
            continue
        if a.numeral.chinese or _LINE_START.search(text[max(0, a.start - 4) : a.start]):
            continue
        if b.unit is not None and b.unit.tenths:
            _multiply(a, _TEN)
        scale = b.shared_scale or _scale(b)
        if not a.scaled:
            _multiply(a, scale)
            a.shared_scale = scale
        a.unit, a.name = b.unit, b.name
    return items
