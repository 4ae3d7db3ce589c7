"""What a number's unit leaves unwritten: money per person, a currency in front, people or money without any unit."""

from __future__ import annotations

import regex

from mse.grammar import alternation, load
from mse.numbers.joining import LIST, Joined, per
from mse.numbers.units import lexicon

_DATA = load("quantities")
_BARE = _DATA["bare"]
MONEY: str = _DATA["average"]["money"]
_AVERAGES: dict[str, str] = _DATA["average"]["units"]
_SIGNS: dict[str, str] = _DATA["currency"]["signs"]
_BLANK = r"[ \u00a0\u3000]{0,2}"
_AVERAGE = regex.compile(rf"(?<each>{alternation(_AVERAGES)}){alternation(_DATA['average']['between'])}*+{_BLANK}$")
_TIMED: dict[str, str] = _DATA["timed_average"]["units"]
_TIMED_AVERAGE = regex.compile(rf"(?<each>{alternation(_TIMED)}){_DATA['timed_average']['of']}{_BLANK}$")
_HEADS = regex.compile(_DATA["each_heads"]["pattern"].replace("{heads}", _DATA["each_heads"]["heads"]))
_EACH_OF = regex.compile(_DATA["each_of"]["pattern"].replace("{words}", alternation(_DATA["each_of"]["words"])))
_NOT_SPREAD = frozenset(_DATA["each_of"]["not_kinds"])
_SPEED = regex.compile(rf"{alternation(_DATA['speed']['words'])}{_DATA['speed']['between']}{_BLANK}$")
_MOVE = regex.compile(_DATA["moves"]["pattern"])
_SIGN = regex.compile(rf"(?<sign>{alternation(_SIGNS)}){_BLANK}$")
# One look at the character before a number spares the pattern nearly always.
_SIGN_ENDINGS = frozenset([*" \u00a0\u3000", *(sign[-1] for sign in _SIGNS)])
_PIECE: str = _DATA["paid"]["unit"]
_PAID = regex.compile(rf"{_DATA['paid']['before']}{_BLANK}$")
_END = regex.compile(_DATA["paid"]["behind"])
_DEGREE: str = _DATA["scale_before"]["of"]
_DEGREE_SCALES: dict[str, str] = _DATA["scale_before"]["units"]
_DEGREE_SCALE = regex.compile(rf"(?<scale>{alternation(_DEGREE_SCALES)}){_BLANK}$")
_FORMULA = regex.compile(_DATA["currency"]["no_formula"])
_PER = alternation(word for word in lexicon().per if len(word) < 5)
PREFIX = regex.compile(
    rf"{alternation(_DATA['each']['words'])}(?<a>{_PER})(?:{alternation(_DATA['each']['words'])}?(?<b>{_PER}))?{_BLANK}$"
)
# Chinese numbers without a unit are figures only when they are as large as a 万.
_LARGE = 10000
# So large is a round number only where it is money.
_SUM = 10**8
_HOLDERS = regex.compile(
    rf"(?<households>{alternation(_BARE['households'])})|{alternation(_BARE['people'])}|^{_BARE['people_ending']}"
)
_PEOPLE_BEFORE = regex.compile(rf"{alternation(_BARE['people'])}|{_BARE['people_before']}")
_BEHIND_UNITS: dict[str, str] = _BARE["behind_units"]
_BEHIND_FIGURES: dict[str, str] = _BARE["behind_figures"]
_AFTER_THEM = regex.compile(_BARE["behind"])
_SENTENCE = regex.compile(r"[^。；！？\r\n\t]{0,40}")
_MONEY_WORD = regex.compile(alternation(_BARE["money"]))
_COPULA = alternation(_BARE["copulas"])
_HEAD = regex.compile(rf"(?<head>{alternation(_BARE['before'])}){_COPULA}*+{_BLANK}$")
_INDEX = regex.compile(rf"{alternation(_BARE['index'])}{_COPULA}++{_BLANK}$")
_SHARE = regex.compile(rf"{alternation(_BARE['share'])}{_BLANK}$")
_SHARE_AFTER = regex.compile(_BLANK + alternation(_BARE["share_after"]))
_AHEAD = regex.compile(r"[^，。；！？：、\s（）()]{0,14}")
_BEHIND = regex.compile(r"[^。；！？\s]{0,24}$")
_ENDS = regex.compile(rf"\s*(?:[，。；！？、,;）)]|$|[\r\n\t]|{_BARE['moving']})")
_RATIO = regex.compile(rf"{alternation(_BARE['index'])}{_BLANK}$")
_LEVEL = regex.compile(rf"{alternation(_BARE['index'])}(?:{_BARE['opened']}|{_DATA['moves']['pattern']}){_BLANK}$")
# How far before a number 每亩 or 每万人 may stand.
_SPREAD = 24


def unit_of_bare(text: str, item: Joined, last: tuple[int, str] | None) -> str | None:
    """The unit a number without one plainly has, `""` for an index or a bare share; None where it is no quantity.

    `last` is the end and the unit of the quantity before.
    """
    numeral = item.numeral
    if numeral.slashed:
        said = _SHARE.search(text[max(0, item.start - 4) : item.start]) or _SHARE_AFTER.match(text, item.end)
        return "" if 0 < item.low < 1 and said else None
    if numeral.part is not None:
        return ""
    follower = text[item.end : item.end + 1]
    behind = _BEHIND_UNITS.get(follower) or (None if numeral.chinese else _BEHIND_FIGURES.get(follower))
    if behind is not None and _AFTER_THEM.match(text, item.end + 1):
        return behind
    scaled = item.scaled
    if numeral.bare_scale and numeral.value >= _SUM:
        # 营收突破百亿, 产值超百亿企业
        return _said_before(text, item, None) or None
    if numeral.chinese and (numeral.bare_scale or not scaled or numeral.value < _LARGE):
        return None
    head = _HEAD.search(text[max(0, item.start - 16) : item.start])
    if head and (scaled or numeral.op != "=" or _ENDS.match(text, item.end)):
        return str(_BARE["before"][head["head"]])
    if scaled:
        ahead = _AHEAD.match(text, item.end)
        head = _HOLDERS.search(ahead.group()) if ahead else None
        if head:
            return str(_BARE["households_unit"] if head["households"] else _BARE["people_unit"])
        if ahead and _MONEY_WORD.match(ahead.group()):
            return MONEY
        return _said_before(text, item, last)
    if not _ENDS.match(text, item.end):
        return None
    before = text[max(0, item.start - 12) : item.start]
    if _INDEX.search(before) or _LEVEL.search(before) or ("." in numeral.text and _RATIO.search(before)):
        return ""
    moved = last is not None and _MOVE.fullmatch(text, last[0], item.start)
    return last[1] if last is not None and moved else None


def _said_before(text: str, item: Joined, last: tuple[int, str] | None) -> str:
    """People or money, whichever word stands nearer before the number; else money where a sum went before."""
    hit = _BEHIND.search(text[max(0, item.start - 24) : item.start])
    behind = hit.group() if hit else ""
    people = max((m.end() for m in _PEOPLE_BEFORE.finditer(behind)), default=-1)
    money = max((m.end() for m in _MONEY_WORD.finditer(behind)), default=-1)
    if people > money:
        return str(_BARE["people_unit"])
    if money >= 0:
        return MONEY
    near = last is not None and last[1] == MONEY and _SENTENCE.fullmatch(text, last[0], item.start)
    return MONEY if near else ""


def currency_before(text: str, item: Joined) -> tuple[str, int] | None:
    """A currency or a scale of temperature in front of the number; None without one.

    Given is the unit, and where the surface begins. 块 at the end of what is paid is money, too.

    A sign (¥) belongs to the surface; a word (港币580万元) only says what the 元 is.
    """
    if item.name == _PIECE and _PAID.search(text[max(0, item.start - 6) : item.start]) and _END.match(text, item.end):
        return MONEY, item.start
    if item.name == _DEGREE and (scale := _DEGREE_SCALE.search(text[max(0, item.start - 6) : item.start])):
        return _DEGREE_SCALES[scale["scale"]], max(0, item.start - 6) + scale.start()
    if text[item.start - 1 : item.start] not in _SIGN_ENDINGS:
        return None
    sign = _SIGN.search(text[max(0, item.start - 4) : item.start])
    if sign is None:
        return None
    word = sign["sign"]
    if word in _DATA["currency"]["words"]:
        if item.name not in ("", MONEY) or not _FORMULA.match(text, item.end):
            return None
        return _SIGNS[word], max(0, item.start - 4) + sign.start()
    return (_SIGNS[word], item.start) if item.name == MONEY else None


def spread(text: str, item: Joined, last: tuple[int, str] | None) -> str:
    """The unit as it is meant: per person after 人均, per mu after 每亩, per 10,000 heads after 每万人.

    A list or a change goes on as it began (从每人每月702元提高到772元). `last` is the end and the unit of the quantity
    before.
    """
    name, unit = item.name, item.unit
    if last is not None and "/" in last[1] and item.start - last[0] <= 14 and last[1].startswith(name + "/"):
        between = text[last[0] : item.start]
        if LIST.fullmatch(between) or _MOVE.fullmatch(between):
            return last[1]
    if name == MONEY:
        average = _AVERAGE.search(text[max(0, item.start - 20) : item.start])
        if average:
            return f"{MONEY}/{_AVERAGES[average['each']]}"
        timed = _TIMED_AVERAGE.search(text[max(0, item.start - 20) : item.start])
        if timed:
            return f"{MONEY}/{_TIMED[timed['each']]}"
    if unit is None or "/" in name or unit.group in _NOT_SPREAD:
        return name
    before = text[max(0, item.start - _SPREAD) : item.start]
    if unit.kind == "measure":
        if unit.group in _DATA["speed"]["kinds"] and _SPEED.search(before):
            return f"{name}/{_DATA['speed']['per']}"
        each = _EACH_OF.search(before) if _DATA["each"]["words"][0] in before else None
        return per([name, *(p for p in (each["one"], each["when"]) if p)]) if each else name
    heads = _HEADS.search(before)
    if heads is None:
        return name
    return f"{name}/{heads['heads']}{_DATA['each_heads']['who'].get(heads['who'], heads['who'])}"
