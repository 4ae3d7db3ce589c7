"""Numerals: text to exact decimals, in Arabic, Chinese and mixed spelling.

`scan` gives every numeral of a text with all it says (approximation, range, fraction); `find` and `parse` are the
public face of it. What follows a numeral, its unit, is none of this file's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

import regex

from mse.grammar import alternation, load

_DATA = load("numerals")
_DIGITS: dict[str, int] = {**_DATA["digits"]["chars"], **_DATA["digits"]["formal"]}
_FORMAL = frozenset([*_DATA["digits"]["formal"], *_DATA["digits"]["formal_words"]])
_FORMAL_BEFORE = tuple(_DATA["digits"]["formal_before"])
_TENS: dict[str, int] = _DATA["digits"]["tens"]
_ZEROS = frozenset(_DATA["digits"]["zeros"])
_SMALL: dict[str, int] = _DATA["scales"]["small"]
_BIG: dict[str, int] = _DATA["scales"]["big"]
_POINTS = frozenset(_DATA["points"]["words"])
_TEN = frozenset(char for char, value in _SMALL.items() if value == 10)
_ABOUT = frozenset(_DATA["hedges"]["about"])
_PAIRS = frozenset(_DATA["near"]["pairs"])

# Longer runs are keys and serial numbers, and exact arithmetic on them would not stay linear.
LONGEST = 64
EXACT = Context(prec=4 * LONGEST)
_FOLD = str.maketrans("０１２３４５６７８９．，＋－−﹣ｅＥ", "0123456789.,+---eE")


def _chars(*tables: Iterable[str]) -> str:
    return "".join(char for table in tables for char in table)


def _scales() -> str:
    """A scale character that is no prefix of a unit: the 千 of 千瓦 is none."""
    prefixes: dict[str, list[str]] = _DATA["scales"]["prefixes"]
    plain = "".join(c for c in _chars(_SMALL, _BIG) if c not in prefixes)
    return f"(?:[{plain}]|" + "|".join(f"{c}(?!{alternation(words)})" for c, words in prefixes.items()) + ")"


def _chinese() -> str:
    """One Chinese numeral character; 两 is two only at the head, before a scale or in 一两: 三十两 is a weight."""
    two = _chars(_DATA["digits"]["pair_two"])
    every, before, after = (
        _chars(_DIGITS, _TENS, _SMALL, _BIG),
        _DATA["digits"]["before_two"],
        _DATA["digits"]["after_two"],
    )
    return rf"(?:{_D}|{_S}|(?<![{every}])[{two}]|(?<=[{_chars(before)}])[{two}]|[{two}](?={_S}|[{_chars(after)}]))"


_WS = r"[ \u00a0\u3000]"
_D = f"[{''.join(c for c in _chars(_DIGITS, _TENS) if c not in _DATA['digits']['pair_two'])}]"
_S = _scales()
_Z = f"[{_chars(_ZEROS)}]"
_P = alternation(_POINTS)
_C = _chinese()
_ARABIC = (
    r"(?:(?<![\w.．])[.．][0-9０-９]++|(?:[0-9]{1,3}(?:(?:,[0-9]{3})++|(?:，0[0-9]{2})++)(?![0-9])"
    r"|[０-９]{1,3}(?:[,，][０-９]{3})++(?![０-９])|[0-9０-９]++)(?:[.．][0-9０-９]++)?)"
    r"(?:[eEｅＥ][-+－＋]?[0-9０-９]{1,2}(?![0-9０-９A-Za-z]))?"
)
# 16万5000: as many figures as the scale has noughts, and no year behind it.
_NO_TAIL = f"(?![0-9０-９.,，{_DATA['scales']['plain_tail_before']}])"
_PLAIN_TAIL = "|".join(
    rf"(?<={scale})[0-9０-９]{{{count}}}{_NO_TAIL}" for scale, count in _DATA["scales"]["plain_tail"].items()
)
# Blanks inside a Chinese number are kept to where the spelling shows that it goes on: 三千 九百 六十五, 四 百 五.
_SPACED = rf"(?:{_WS}(?={_S}){_C}++|{_WS}(?={_D}{_WS}?{_S}){_C}++)*+(?:(?<={_WS}{_S}){_WS}{_D}(?!{_C}))?"
_BODY = (
    rf"(?:{_ARABIC}(?:{_WS}{{0,2}}{_S}++(?:{_Z}?(?:{_ARABIC}|{_D}){_WS}?{_S}++)*+(?:{_Z}[0-9０-９]++|{_PLAIN_TAIL})?)?"
    rf"|{_C}++{_SPACED}(?:{_WS}?{_P}{_WS}?{_D}++(?:{_WS}?{_S}++)?)?)"
)
_HEDGE = alternation([*_DATA["hedges"]["more"], *_DATA["hedges"]["about"]])
_FRACTIONS = _DATA["fractions"]
_OF = _WS + "{0,2}" + (_WS + "{0,2}").join(_FRACTIONS["of"]) + _WS + "{0,2}"
_INTEGER = r"(?<![0-9０-９./／])[0-9０-９]{1,6}"
_SLASHED = (
    rf"(?:(?<units>{_INTEGER}){_WS})?(?<top>{_INTEGER}){alternation(_FRACTIONS['slash'])}(?<below>[0-9０-９]{{1,6}})"
    rf"(?![0-9０-９.．/／]|{_WS}?{_S}|-[0-9])"
)
_HALF_WORD = alternation(_FRACTIONS["half"])
_HALVED = rf"(?:{alternation(_FRACTIONS['half_before'])}|{_FRACTIONS['half_before_pattern']})"
_HALF_ALONE = rf"(?<![{_FRACTIONS['half_not_after']}]){_HALF_WORD}(?={_HALVED})"
_HALF = rf"{alternation(_FRACTIONS['half_of_all'])}|{_HALF_ALONE}"
# 两个半小时: the half is told, the 个 counts nothing.
_AND_HALF = rf"{_FRACTIONS['half_unit']}{_HALF_WORD}(?={alternation(_FRACTIONS['half_after_unit'])})"
_SIGN = alternation([*_DATA["signs"]["negative"], *_DATA["signs"]["minus"]])
_MINUS = alternation(_DATA["signs"]["minus"])
# A minus sign belongs to the number only where it cannot be a hyphen or the middle of a range.
_SIGNED = (
    rf"(?:{alternation(_DATA['signs']['negative'])}|(?<![-－—–0-9０-９A-Za-zａ-ｚＡ-Ｚ%％\p{{Han}}）)\]］}}]){_MINUS}"
    rf"|(?<=\p{{Han}})(?<![{_chars(_SMALL, _BIG)}]){_MINUS}(?=[0-9０-９]))"
)
# One look at a character tells whether a numeral can begin there; most cannot.
_HEAD = _chars(
    *(_DIGITS, _TENS, _SMALL, _BIG, (w[0] for w in _DATA["signs"]["negative"]), _DATA["signs"]["minus"]),
    *(_FRACTIONS["half"], _FRACTIONS["discount_first"]),
).replace("-", "")
_FRACTION = (
    rf"(?:(?<whole>{_BODY}){_WS}?{alternation(_FRACTIONS['and'])}{_WS}?)?(?<den>{_BODY}){_OF}(?<num>{_SIGN}?{_BODY})"
)
_HEDGED = rf"{_WS}?(?<hedge>{_HEDGE})(?:{_WS}?(?<after>{_S}+))?"
_NUMERAL = regex.compile(
    rf"(?=[0-9０-９.．{_HEAD}-])(?:(?<half>{_HALF})|(?<discount>{_FRACTIONS['discount']})"
    rf"|(?<sign>{_SIGNED})?(?:{_FRACTION}|{_SLASHED}|(?<body>{_BODY})(?:(?<andhalf>{_AND_HALF})|{_HEDGED})?))"
)
# Two kinds make up most of all numerals and are read without the long pattern: plain figures, and one Chinese digit,
# with nothing behind them that a longer numeral could go on with.
_GOES_ON = _chars(
    *(_DIGITS, _TENS, _SMALL, _BIG, _POINTS, _DATA["digits"]["pair_two"], _FRACTIONS["half"], " \u00a0\u3000eEｅＥ"),
    *(w[0] for part in ("of", "slash", "and") for w in _FRACTIONS[part]),
    *(w[0] for part in ("more", "about") for w in _DATA["hedges"][part]),
)
_END = rf"(?![0-9０-９{re.escape(_GOES_ON)}]|[.．,，][0-9０-９]|{_FRACTIONS['half_unit']}{_HALF_WORD})"
_FIGURES = re.compile(rf"[0-9]{{1,15}}(?:\.[0-9]{{1,9}})?{_END}")
_ONE_DIGIT = {c: Decimal(v) for c, v in _DATA["digits"]["chars"].items() if c not in _ZEROS}
for _two in _DATA["digits"]["pair_two"]:
    _ONE_DIGIT.pop(_two, None)
_ALONE = re.compile(f"[{''.join(_ONE_DIGIT)}]{_END}")
_OPENING = re.compile(rf"[0-9０-９.．{_HEAD}-](?<![.．](?![0-9０-９]))(?<![0-9]-)")
_MAY_GO_ON = frozenset(_GOES_ON + "0123456789０１２３４５６７８９.．,，" + _HEAD)
_ORDINAL = regex.compile(alternation(_DATA["ordinals"]["prefixes"]) + _WS + "?")
_TOP_SIGN = regex.compile(_SIGN)
_TOKEN = regex.compile(rf"(?<a>{_ARABIC})|(?<c>[{_chars(_DIGITS, _TENS, _SMALL, _BIG)}])|(?<p>{_P})")


@dataclass(slots=True)
class Numeral:
    """A numeral in a text; `text[start:end]` is what is written.

    `value` is exact; an approximate range (三四十) has its low end there and its high end in `high`.
    `op` is `=`, `>` (十几, 200多万) or `~` (二十来). `part` is the denominator of a fraction: 100 for 百分之五.
    """

    start: int
    end: int
    text: str
    value: Decimal
    high: Decimal | None = None
    op: str = "="
    part: Decimal | None = None
    chinese: bool = False
    bare_scale: bool = False
    slashed: bool = False
    and_half: bool = False


def parse(text: str) -> Decimal:
    """The exact value of a numeral that fills the whole text, blanks around it aside.

    Raises ValueError, with the text and the position, where it is no number or says no single value.
    """
    stripped = text.strip()
    offset = text.find(stripped)
    hit = _NUMERAL.match(stripped)
    numeral = _read(hit, alone=True) if hit else None
    if numeral is None:
        raise ValueError(f"no number in {_shown(text)} at position {offset}")
    if numeral.end < len(stripped):
        raise ValueError(f"no number in {_shown(text)}: cannot read on at position {offset + numeral.end}")
    if numeral.high is not None or numeral.op != "=":
        raise ValueError(f"no single value in {_shown(text)} at position {offset}")
    return numeral.value


def ordinals(text: str) -> list[Numeral]:
    """All ordinals of a text (第三, 第250) in order; the span has the prefix, the value is the place."""
    found = []
    for hit in _ORDINAL.finditer(text):
        numeral = _read_at(text, hit.end())
        if numeral is not None and numeral.high is None and numeral.op == "=":
            numeral.start, numeral.text = hit.start(), text[hit.start() : numeral.end]
            found.append(numeral)
    return found


def _read_at(text: str, position: int) -> Numeral | None:
    hit = _NUMERAL.match(text, position)
    return _read(hit) if hit else None


def scan(text: str, closed: Sequence[tuple[int, int]] = ()) -> Iterator[Numeral]:
    """Every stretch of a text that can be read as a number, in order, words or not.

    What begins in a `closed` span (sorted, disjoint) is skipped where the span ends as no numeral does.
    """
    start = at_closed = 0
    while (opening := _OPENING.search(text, start)) is not None:
        at = opening.start()
        while at_closed < len(closed) and closed[at_closed][1] <= at:
            at_closed += 1
        if at_closed < len(closed) and closed[at_closed][0] <= at:
            start = closed[at_closed][1]
            if text[start - 1 : start] not in _MAY_GO_ON:
                continue
        if plain := _FIGURES.match(text, at):
            start = plain.end()
            yield Numeral(at, start, plain.group(), Decimal(plain.group()))
        elif alone := _ALONE.match(text, at):
            start = at + 1
            yield Numeral(at, start, alone.group(), _ONE_DIGIT[alone.group()], chinese=True)
        elif hit := _NUMERAL.match(text, at):
            start = hit.end()
            numeral = _read(hit)
            if numeral is not None:
                yield numeral
        else:
            start = at + 1


def _shown(text: str) -> str:
    return repr(text if len(text) <= 80 else text[:77] + "...")


def _read(hit: regex.Match[str], *, alone: bool = False) -> Numeral | None:
    """The numeral of a match, or None where the characters make none; `alone` with no text around."""
    start, end = hit.span()
    text = hit.group()
    if hit["half"]:
        whole = len(text) > 1
        return Numeral(start, end, text, Decimal("0.5"), part=Decimal(2) if whole else None, chinese=True)
    if hit["discount"]:
        return Numeral(start, end, text, Decimal("0.5"), part=Decimal(100), chinese=True)
    negative = bool(hit["sign"])
    if hit["num"]:
        return _fraction(hit, negative)
    if hit["top"]:
        return _slashed(hit, negative)
    body: str = hit["body"]
    after = hit["after"] or ""
    if not alone and len(text) == 1 and text in _FORMAL and not hit.string.startswith(_FORMAL_BEFORE, end):
        return None
    chinese = body[0] in _DIGITS or body[0] in _SMALL or body[0] in _BIG or body[0] in _TENS
    if not chinese and not after and len(body) <= LONGEST and body.isascii() and "," not in body:
        low: Decimal | None = Decimal(body)
        high = None
    else:
        low, high = _amount(body + after)
        if low is None and chinese and not after and not hit["hedge"]:
            low, high, cut = _beginning(body)
            end, text = end - cut, text[: len(text) - cut]
    if low is None:
        return None
    if hit["andhalf"]:
        low, high = EXACT.add(low, Decimal("0.5")), None
    op = "="
    if hit["hedge"]:
        op = "~" if hit["hedge"] in _ABOUT else ">"
    if negative:
        low, high = (-low, None) if high is None else (-high, -low)
    bare = chinese and all(c in _SMALL or c in _BIG for c in body) and body not in _TEN
    return Numeral(start, end, text, low, high, op, None, chinese, bare, and_half=bool(hit["andhalf"]))


def _slashed(hit: regex.Match[str], negative: bool) -> Numeral | None:
    """`3/5` and `1 3/5`."""
    top, below = Decimal(hit["top"].translate(_FOLD)), Decimal(hit["below"].translate(_FOLD))
    if not below:
        return None
    value = EXACT.add(Decimal((hit["units"] or "0").translate(_FOLD)), _quotient(top, below))
    return Numeral(hit.start(), hit.end(), hit.group(), -value if negative else value, slashed=True)


def _fraction(hit: regex.Match[str], negative: bool) -> Numeral | None:
    below, _ = _amount(hit["den"])
    text = hit["num"]
    top_negative = _TOP_SIGN.match(text) is not None
    above, high, cut = _beginning(text[1:] if top_negative else text)
    whole = _amount(hit["whole"])[0] if hit["whole"] else Decimal(0)
    if below is None or above is None or whole is None or not below:
        return None
    value = EXACT.add(whole, _quotient(above, below))
    upper = None if high is None else EXACT.add(whole, _quotient(high, below))
    if negative != top_negative:
        value, upper = (-value, None) if upper is None else (-upper, -value)
    chinese = hit["den"][0] in _DIGITS or hit["den"][0] in _SMALL or hit["den"][0] in _BIG
    end = hit.end() - cut
    return Numeral(hit.start(), end, hit.string[hit.start() : end], value, upper, "=", below, chinese)


def _quotient(above: Decimal, below: Decimal) -> Decimal:
    """Exact where the division ends, else to 28 digits."""
    exact = EXACT.divide(above, below)
    return exact if len(exact.as_tuple().digits) < EXACT.prec else Context(prec=28).divide(above, below)


def tidy(value: Decimal) -> Decimal:
    """The same value without the zeros a scale leaves behind: 24.9万 is 249000, not 249000.0."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1), context=EXACT)
    return value.normalize(EXACT)


def _amount(body: str) -> tuple[Decimal | None, Decimal | None]:
    """Value of a numeral body, and its high end where two neighbouring digits make it a range; None for no number."""
    if len(body) > LONGEST:
        return None, None
    tokens = _TOKEN.findall(body)
    words = [a or c or p for a, c, p in tokens]
    for i in range(len(words) - 1):
        if words[i] + words[i + 1] in _PAIRS and _pair_stands(words, i):
            low, high = _value(words[: i + 1] + words[i + 2 :]), _value(words[:i] + words[i + 1 :])
            if low is None or high is None or low >= high:
                return None, None
            return low, high
    return _value(words), None


def _beginning(body: str) -> tuple[Decimal | None, Decimal | None, int]:
    """The amount of the longest beginning that is a number, and how many characters were cut: 七十 of 七十百分位."""
    for cut in range(min(len(body), 4)):
        begin = body[: len(body) - cut]
        low, high = _amount(begin)
        if low is not None and (not cut or any(c in _DIGITS for c in begin)):
            return low, high, cut
    return None, None, 0


def _pair_stands(words: list[str], i: int) -> bool:
    """Whether the digits at `i` and `i+1` are no part of a string of digits: 三四十 but not 二〇三四 or 三四五."""
    if (len(words) > 2 and all(w in _DIGITS for w in words)) or any(w in _POINTS for w in words[:i]):
        return False
    before = words[i - 1] if i else ""
    after = words[i + 2] if i + 2 < len(words) else ""
    return not (before in _DIGITS and before not in _ZEROS) and before not in _POINTS and after not in _DIGITS


def _value(words: list[str]) -> Decimal | None:
    """Value of the tokens of one number, or None where they do not form one."""
    point = next((i for i, w in enumerate(words) if w in _POINTS), None)
    if point is None:
        return _whole(words)
    tail = point + 1
    while tail < len(words) and words[tail] in _DIGITS:
        tail += 1
    whole = _whole(words[:point])
    if whole is None or tail == point + 1:
        return None
    digits = "".join(str(_DIGITS[w]) for w in words[point + 1 : tail])
    value = EXACT.add(whole, Decimal("0." + digits))
    for word in words[tail:]:
        scale = _SMALL.get(word) or _BIG.get(word)
        if scale is None:
            return None
        value = EXACT.multiply(value, Decimal(scale))
    return tidy(value) if tail < len(words) else value


def _whole(words: list[str]) -> Decimal | None:
    if all(w in _DIGITS for w in words):
        return Decimal("".join(str(_DIGITS[w]) for w in words)) if words else None
    total = section = Decimal(0)
    number: Decimal | None = None
    last_small, last_big, last = 10**9, 0, 0
    zero = fresh = bare = False
    for word in words:
        if word in _ZEROS:
            if number is not None:
                return None
            zero = True
        elif word in _DIGITS:
            if number is not None:
                return None
            number = Decimal(_DIGITS[word])
        elif word in _TENS:
            if number is not None or last_small <= 10:
                return None
            section, last_small, last, zero = section + 10 * _TENS[word], 10, 10, False
        elif word in _SMALL:
            scale = _SMALL[word]
            if scale >= last_small or (number is None and last and not zero and scale != 10):
                return None
            section = EXACT.add(section, EXACT.multiply(Decimal(1) if number is None else number, Decimal(scale)))
            number, last_small, last, zero, fresh = None, scale, scale, False, False
        elif word in _BIG:
            scale = _BIG[word]
            amount = section if number is None else EXACT.add(section, number)
            if not amount and fresh:
                if bare and scale == last_big:
                    return None
                total = EXACT.multiply(total, Decimal(scale))
            elif not amount and last == 0 and not zero:
                total, bare = Decimal(scale), True
            elif not amount:
                return None
            elif last_big and scale > last_big:
                total = EXACT.multiply(EXACT.add(total, amount), Decimal(scale))
            elif last_big and scale == last_big:
                return None
            else:
                total = EXACT.add(total, EXACT.multiply(amount, Decimal(scale)))
            section, number, last_small, zero, fresh = Decimal(0), None, 10**9, False, True
            last_big = last = scale
        else:
            if number is not None:
                return None
            number = Decimal(word.translate(_FOLD).replace(",", ""))
    if number is not None:
        # 一百二 is 120: the last digit takes the scale below the one before it, unless a zero stands between.
        plain = zero or last == 0 or words[-1] not in _DIGITS
        section = EXACT.add(section, number if plain else EXACT.multiply(number, Decimal(last // 10)))
    return tidy(EXACT.add(total, section))
