"""How a spreadsheet shows a number: its value under a number format, as exact as the sheet shows it.

Covered are the formats reports use: digits, thousands, percent, scaling, literal text (`0.0"万元"`), dates and times.
Under any other format the number is shown as it is.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

import regex

from mse.model import plain

BUILTIN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "yyyy/m/d", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"\u5e74"m"\u6708"', 28: 'm"\u6708"d"\u65e5"', 29: 'm"\u6708"d"\u65e5"', 30: "m-d-yy",
    31: 'yyyy"\u5e74"m"\u6708"d"\u65e5"', 36: 'yyyy"\u5e74"m"\u6708"', 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 50: 'yyyy"\u5e74"m"\u6708"',
    57: 'yyyy"\u5e74"m"\u6708"', 58: 'm"\u6708"d"\u65e5"',
}  # fmt: skip
"""The formats that a file names by number only, those of Chinese versions included."""

_SECTION = regex.compile(r'"[^"]*"|[\\!].|.', regex.DOTALL)
_TOKEN = regex.compile(r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[[^\]]*\]|(?P<plain>.)', regex.DOTALL)
_DATE_PART = regex.compile(r"y+|m+|d+|h+|s+|a+m?/?p?m?", regex.IGNORECASE)
_LONGEST_FORMAT = 200
_EXCEL_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_LARGEST = Decimal("1e30")
_FIRST_DAY, _FIRST_DAY_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)
_LAST_DAY = Decimal(2_958_465)


def number_of(stored: str) -> Decimal | None:
    """The number a sheet stores, with the 15 digits a spreadsheet keeps; None for what is no number."""
    try:
        value = _EXCEL_DIGITS.create_decimal(stored.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < _LARGEST else None


def displayed(value: Decimal, form: str, from_1904: bool = False) -> str:
    """The number as the sheet shows it under a number format."""
    positive, *others = _sections(form)
    section = positive
    if value < 0 and others:
        section, value = others[0], -value
    elif value == 0 and len(others) > 1:
        section = others[1]
    kind, before, pattern, after = _read(section)
    match kind:
        case "date":
            return _date(value, pattern, from_1904) or plain(value)
        case "number":
            return before + _number(value, pattern, after) + after
        case "text" if others:
            return before
    return plain(value)


@lru_cache(maxsize=1024)
def _sections(form: str) -> tuple[str, ...]:
    sections = [""]
    for hit in _SECTION.finditer(form[:_LONGEST_FORMAT]):
        if hit.group() == ";":
            sections.append("")
        else:
            sections[-1] += hit.group()
    return tuple(sections)


@lru_cache(maxsize=1024)
def _read(section: str) -> tuple[str, str, str, str]:
    """Kind of a section (`date`, `number`, `text` or nothing), and what stands before, in and after its digits."""
    parts: list[tuple[str, str]] = []
    for hit in _TOKEN.finditer(section):
        if hit["quoted"] is not None or hit["escaped"] is not None:
            parts.append(("text", hit["quoted"] if hit["quoted"] is not None else hit["escaped"]))
        elif hit["plain"] is not None:
            parts.append(("mark", hit["plain"]))
    marks = "".join(text for kind, text in parts if kind == "mark")
    if marks.lower() in ("general", "@"):
        return "", "", "", ""
    if not any(mark in "0#?" for mark in marks):
        if regex.search("[ymdhs]", marks, regex.IGNORECASE):
            return "date", "", "".join(text if kind == "mark" else f'"{text}"' for kind, text in parts), ""
        return ("text", "".join(text for _, text in parts), "", "") if parts else ("", "", "", "")
    places = [index for index, (kind, text) in enumerate(parts) if kind == "mark" and text in "0#?,."]
    first, last = places[0], places[-1]
    inside = parts[first : last + 1]
    if any(kind == "text" or text not in "0#?,." for kind, text in inside):
        return "", "", "", ""
    before = "".join(text for _, text in parts[:first])
    after = "".join(text for _, text in parts[last + 1 :])
    return "number", before, "".join(text for _, text in inside), after


def _number(value: Decimal, pattern: str, after: str) -> str:
    whole, _, fraction = pattern.partition(".")
    scaled = pattern.rstrip(",")
    value = _WIDE.multiply(value, Decimal(100) ** after.count("%"))
    value = _WIDE.divide(value, Decimal(1000) ** (len(pattern) - len(scaled)))
    most = sum(mark in "0#?" for mark in fraction)
    least = fraction.count("0")
    value = value.quantize(Decimal(1).scaleb(-most), context=_WIDE)
    text = format(abs(value), ",f" if "," in whole.rstrip(",") else "f")
    integer, _, rest = text.partition(".")
    while len(rest) > least and rest.endswith("0"):
        rest = rest[:-1]
    sign = "-" if value < 0 else ""
    return sign + integer.rjust(whole.count("0"), "0") + ("." + rest if rest else "")


def _date(value: Decimal, pattern: str, from_1904: bool) -> str:
    """A day and time under a date format; empty for a number that is no day."""
    if not 0 <= value <= _LAST_DAY:
        return ""
    seconds = int((value * 86_400).to_integral_value(ROUND_HALF_UP))
    moment = (_FIRST_DAY_1904 if from_1904 else _FIRST_DAY) + dt.timedelta(seconds=seconds)
    shown: list[str] = []
    after_hour = False
    for hit in regex.finditer(r'"([^"]*)"|([ymdhs]+)|(?:am/pm|a/p)|(.)', pattern, regex.IGNORECASE | regex.DOTALL):
        if hit[2] is None:
            shown.append(hit[1] or hit[3] or "")
            continue
        part = hit[2].lower()
        minutes = part[0] == "m" and (after_hour or pattern[hit.end() :].lstrip(':"').lower().startswith("s"))
        after_hour = part[0] == "h" or (after_hour and part[0] not in "ymds")
        number = moment.minute if minutes else _PARTS[part[0]](moment)
        if part[0] == "y":
            shown.append(f"{number:04}" if len(part) > 2 else f"{number % 100:02}")
        else:
            shown.append(f"{number:02}" if len(part) == 2 else str(number))
    return "".join(shown)


_PARTS = {
    "y": lambda moment: moment.year,
    "m": lambda moment: moment.month,
    "d": lambda moment: moment.day,
    "h": lambda moment: moment.hour,
    "s": lambda moment: moment.second,
}
