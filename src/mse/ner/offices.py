"""Names of organizations: a level or a place with what the office works on, names known in full, and named bodies."""

from __future__ import annotations

import regex

from mse.grammar import alternation, load
from mse.ner.borders import own_start
from mse.ner.fields import work
from mse.ner.gazetteer import Gazetteer

_DATA = load("offices")
_JOINT = alternation(_DATA["fields"]["joints"])
_INNER = _DATA["inner"]
_GENERIC = frozenset(_DATA["generic"]["words"])
_GENERIC_START = tuple(_DATA["generic_openings"]["words"])
_LEVELS = _DATA["levels"]
_DEPARTMENT = (
    rf"(?:{alternation(_INNER['kinds'])}(?:{_JOINT}{alternation(_INNER['kinds'])})?{alternation(_INNER['words'])}"
    rf"|{alternation(_INNER['alone'])})"
)
_WORK = work(_DATA["endings"]["words"])
_GOES_ON = alternation(_DATA["goes_on"]["words"])
_BODY = rf"(?:{_WORK}|{alternation(_DATA['bodies']['words'])})(?:{_DEPARTMENT}){{0,2}}(?!{_GOES_ON})"
_LEVELED = regex.compile(rf"(?:{alternation(_LEVELS['words'])})(?:{alternation(_LEVELS['words'])})?{_BODY}")
_AFTER_PLACE = regex.compile(_BODY)
_NAMED = regex.compile(rf"{alternation(_DATA['named']['words'])}(?:{_DEPARTMENT}){{0,2}}")
_BRANCH = rf"(?:\p{{Han}}{{2,6}}?{alternation(_DATA['branches']['words'])})"
_KNOWN = regex.compile(rf"{alternation(_DATA['names']['words'])}{_BRANCH}?+")
_DESCRIBED = regex.compile(rf"(?:{alternation(_DATA['describing']['words'])}|[\d,.，%])+")
_PRIVATE = alternation(_DATA["private"]["words"])
_PRIVATE_NAME = regex.compile(_PRIVATE)
_DATE = regex.compile(_DATA["date_before"]["pattern"])
LONGEST_NAME = 24


def leveled(text: str) -> list[tuple[int, int]]:
    """Offices that begin with a level: 市民政局. What stands before the level is the caller's business."""
    return [hit.span() for hit in _LEVELED.finditer(text)]


def after_place(text: str, start: int) -> int:
    """Where an office ends whose name goes on at `start`, right behind a place; -1 where none does."""
    hit = _AFTER_PLACE.match(text, start)
    return hit.end() if hit else -1


def known(text: str) -> list[tuple[int, int]]:
    """Offices that are known by their whole name: 国务院."""
    return [hit.span() for hit in _KNOWN.finditer(text)]


def named(text: str, floor_at: list[int]) -> list[tuple[int, int]]:
    """Companies, schools and other bodies with a name of their own; `floor_at[i]` is where a name at i may begin."""
    found = []
    for hit in _NAMED.finditer(text):
        start = own_start(text, hit.start(), floor_at[hit.start()], 2, LONGEST_NAME)
        date = _DATE.match(text, start, hit.start()) if start >= 0 else None
        start = date.end() if date else start
        if not 0 <= start < hit.start() or is_generic(text[start : hit.end()]):
            continue
        if not _DESCRIBED.fullmatch(text, start, hit.start()):
            found.append((start, hit.end()))
    return found


def is_generic(name: str) -> bool:
    """Whether a name says no more than what kind of body it is: 学校, 各部门."""
    return name in _GENERIC or name.startswith(_GENERIC_START)


def is_private(name: str) -> bool:
    """Whether an organization is a company, an association or another body without public posts."""
    return _PRIVATE_NAME.search(name) is not None


ORGANIZATIONS = Gazetteer(_DATA["names"]["words"])
