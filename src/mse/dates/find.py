"""Recognize date expressions: which spans of a text name a point or a period, and which parts they say.

One pass of the compiled rules finds the points; neighbours with a range mark between them become ranges; the words
before and after decide whether the expression is an end (截至, 前), a start (起, 以来) or the period itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from mse.dates.expression import Bound, DateExpression, Point
from mse.dates.grammar import DATA, SHIFTS, beginnings, compiled, expand, words
from mse.dates.names import in_names
from mse.dates.parts import read
from mse.grammar import alternation

_OPENING_WORDS = [word for name in DATA["opening"]["lists"] for word in words(name)]
_OPENING_WORDS += [word for shifts in SHIFTS.values() for word in shifts]
_LISTED = beginnings(word for word in _OPENING_WORDS if len(word) > 1)
_OPENINGS = "|".join(f"{{{name}}}" for name in DATA["fragment"] if name.startswith("opening_"))
# The standard library's patterns find a character of a class much faster; the look at the class alone makes it skip.
_FIRST = "".join(sorted({word[0] for word in _OPENING_WORDS}))
OPENING = re.compile(f"(?={expand('{openings}')}|[{_FIRST}])(?:{expand(_OPENINGS)}|{_LISTED})")
_POINT = regex.compile("|".join(expand(rule["pattern"]) for rule in DATA["rule"]))
_TO = compiled("{range}")
_AND = compiled("{and}")
_BETWEEN = compiled("{between}")
_SAME_DAY = compiled("{same_day}")
_SAME_DAY_BRACKET = compiled("{same_day_bracket}")
_BETWEEN_BEFORE = frozenset(DATA["bound"]["between"]["words"])
_NUMERAL = regex.compile(rf"[\d{''.join(DATA['numerals']['digits'])}{DATA['numerals']['visible']}]")

_LEADS: list[tuple[Bound | str, regex.Pattern[str]]] = [
    (name, regex.compile(alternation(DATA["bound"][name]["words"]) + r"[ 　]?$")) for name in ("until", "reach", "from")
]
_REACH_AFTER = regex.compile(alternation(DATA["bound"]["reach"]["after"]) + "$")
_FROM_BLOCKED = set(DATA["bound"]["from"]["blocked_before"])
_FROM_ALONE = set(DATA["bound"]["from"]["alone"])


def _tail(name: str) -> regex.Pattern[str]:
    entry = DATA["bound"][name]
    words = [*entry["words"], *entry.get("inclusive", [])]
    # Only a single character can be the head of another word: 前往, 起诉; not 之前, 以来.
    blocked = f"(?!{alternation(entry['blocked_after'])})" if "blocked_after" in entry else ""
    pieces = [regex.escape(word) + (blocked if len(word) == 1 else "") for word in sorted(words, key=len, reverse=True)]
    return regex.compile(f"[ 　]?(?P<word>{'|'.join(pieces)})")


_TAILS: list[tuple[Bound, regex.Pattern[str]]] = [
    ("by", _tail("by")),
    ("since", _tail("since")),
    ("after", _tail("after")),
]
_STOP = _tail("stop")
_WITHIN = _tail("within")
_AFTER_INCLUSIVE = set(DATA["bound"]["after"]["inclusive"])
_NEEDS_LEAD = set(DATA["bound"]["since"]["needs_lead"])
_LIST_MONTH = regex.compile(r"\d{1,2}[、,]")
_LINE_START = regex.compile(r"(?:^|[\n\t。；;])[ 　]?$", regex.MULTILINE)
_LONGEST_BETWEEN = 12  # a time of day, and what makes a range of two days
_LONGEST_LEAD = 8


@dataclass(slots=True)
class _Hit:
    start: int
    end: int
    first: Point
    last: Point | None


def find(text: str) -> list[DateExpression]:
    """All date expressions of a text, sorted and without overlap. Never raises."""
    names = in_names(text)
    hits = [_Hit(match.start(), match.end(), *read(match)) for match in _points(text)]
    found: list[DateExpression] = []
    index = 0
    while index < len(hits):
        hit = hits[index]
        index += 1
        recurring = False
        if hit.first.unit == "every" and index < len(hits) and hits[index].start <= hit.end + 1:
            start, hit, recurring = hit.start, hits[index], True
            hit = _Hit(start, hit.end, hit.first, hit.last)
            index += 1
        while index < len(hits):
            joined = _join(text, hit, hits[index])
            if joined is None:
                break
            hit = joined
            index += 1
        ceiling = hits[index].start if index < len(hits) else len(text)
        expression = _bounded(text, hit, found[-1].end if found else 0, ceiling)
        expression.recurring = recurring or hit.first.unit == "every"
        if not names.holds(expression):
            found.append(expression)
    return found


def _matches(text: str) -> Iterator[regex.Match[str]]:
    position = 0
    while (opening := OPENING.search(text, position)) is not None:
        position = opening.start()
        match = _POINT.match(text, position)
        if match is None:
            position += 1
        else:
            yield match
            position = match.end()


def _points(text: str) -> Iterator[regex.Match[str]]:
    """The matches of the rules; the number of a list before a month (1、3月底前) is no month."""
    for match in _matches(text):
        second = match.start("month2")
        if second < 0 or not _LIST_MONTH.fullmatch(text, match.start(), second):
            yield match
            continue
        opens_line = _LINE_START.search(text, max(0, match.start() - 2), match.start()) is not None
        next_month = int(match.group("month2")) == int(match.group("month")) + 1
        if match.group("day") or (opens_line and not next_month):
            yield _POINT.match(text, second) or match
        else:
            yield match


def _join(text: str, left: _Hit, right: _Hit) -> _Hit | None:
    """The two as one range, where a range mark (or 和 … 之间) stands between them."""
    if right.start - left.end > _LONGEST_BETWEEN or "every" in (left.first.unit, right.first.unit):
        return None
    if _names_again(left, right):
        if _SAME_DAY.fullmatch(text, left.end, right.start):
            return _Hit(left.start, right.end, left.first, left.last)
        if _SAME_DAY_BRACKET.fullmatch(text, left.end, right.start):
            return left
    until_now = right.first.unit == "now" and right.start == left.end and not left.first.edge
    if not until_now and _TO.fullmatch(text, left.end, right.start) is None:
        between = _AND.fullmatch(text, left.end, right.start) and _BETWEEN.match(text, right.end)
        if not between:
            return None
        right = _Hit(right.start, between.end(), right.first, right.last)
        if left.start > 0 and text[left.start - 1] in _BETWEEN_BEFORE:
            left = _Hit(left.start - 1, left.end, left.first, left.last)
    units = (left.last or left.first).unit, right.first.unit
    unlike = units[0] != units[1] and units[1] != "now" and not right.first.edge and not left.first.edge
    if unlike and not ("year" in left.first.parts and "year" in right.first.parts):
        return None
    if "span" in units or units[0] == "now":
        return None
    return _Hit(left.start, right.end, left.first, right.last or right.first)


def _names_again(day: _Hit, weekday: _Hit) -> bool:
    """Whether the second is a bare weekday after a day of the month."""
    parts = weekday.first.parts
    return (
        weekday.last is None
        and "weekday" in parts
        and "week_shift" not in parts
        and "day" in (day.last or day.first).parts
    )


def _bounded(text: str, hit: _Hit, floor: int, ceiling: int) -> DateExpression:
    """The expression with the words around it that belong to it, from where the one before ended to the next one."""
    start, end = hit.start, hit.end
    bound: Bound = ""
    low = max(floor, start - _LONGEST_LEAD)
    lead = lead_word = ""
    lead_start = start
    for name, pattern in _LEADS:
        if match := pattern.search(text, low, start):
            lead, lead_word, lead_start = name, match.group().strip(), match.start()
            break
    is_range = hit.last is not None
    for name, pattern in _TAILS:
        if tail := _behind(pattern, text, end, ceiling):
            if hit.first.unit in ("now", "span") or (tail.group("word") in _NEEDS_LEAD and lead != "from"):
                break
            bound, end = name, tail.end()
            if name == "after" and tail.group("word") in _AFTER_INCLUSIVE:
                bound = "since"
            break
    if not bound and hit.first.unit == "plan" and (tail := _behind(_WITHIN, text, end, ceiling)):
        end = tail.end()
    if not bound and (is_range or lead in ("until", "reach")) and (stop := _behind(_STOP, text, end, ceiling)):
        end = stop.end()
        lead = lead if is_range else "until"
    if lead == "until" and bound in ("", "by"):
        bound, start = bound or "until", lead_start
    elif lead == "reach" and not bound and not is_range and _opens_clause(text, lead_start, low):
        bound, start = "until", lead_start
    elif lead == "from" and not (lead_start > 0 and text[lead_start - 1] in _FROM_BLOCKED):
        if bound == "since" or is_range:
            start = lead_start
        elif not bound and lead_word in _FROM_ALONE:
            bound, start = "since", lead_start
    surface = text[start:end]
    return DateExpression(
        start, end, surface, hit.first, hit.last, bound, has_numeral=_NUMERAL.search(surface) is not None
    )


def _behind(pattern: regex.Pattern[str], text: str, end: int, ceiling: int) -> regex.Match[str] | None:
    """The words of `pattern` right behind the date, where they are no part of the next one (今天后天)."""
    match = pattern.match(text, end)
    return match if match is not None and match.end() <= ceiling else None


def _opens_clause(text: str, position: int, low: int) -> bool:
    """Whether 到 or 至 at `position` is a preposition: nothing before it, no Chinese character, or a known opener."""
    if position == 0:
        return True
    before = text[position - 1]
    return not regex.match(r"\p{Han}", before) or _REACH_AFTER.search(text, max(0, position - 6), position) is not None
