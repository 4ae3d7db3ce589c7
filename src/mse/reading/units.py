"""What the numbers of a column are counted in: by its header, by a column of units, by the caption of the table."""

from __future__ import annotations

from functools import lru_cache

import regex

from mse import numbers
from mse.grammar import load
from mse.reading.clean import squeeze

_DATA = load("tables")
_UNIT_COLUMN = frozenset(_DATA["unit_column"]["words"])
_IN_HEADER = regex.compile(_DATA["unit_in_header"]["pattern"])
_AFTER_HEADER = regex.compile(_DATA["unit_after_header"]["pattern"])
_CAPTION = regex.compile(_DATA["unit_caption"]["pattern"], regex.MULTILINE)
_RATES = tuple(_DATA["rate_column"]["words"])
_PERCENT = "%"
_LONGEST = 12
_LONGEST_NAME = 30


@lru_cache(maxsize=4096)
def is_unit(text: str) -> bool:
    """Whether a text is nothing but a unit, its scale included: 人, 万元, %."""
    if not text or len(text) > _LONGEST or text[0].isdigit():
        return False
    found = numbers.quantities("1" + text)
    return len(found) == 1 and (found[0].start, found[0].end) == (0, len(text) + 1) and bool(found[0].unit)


def names_units(header: str) -> bool:
    """Whether a header may stand over a column of units."""
    return squeeze(header) in _UNIT_COLUMN


@lru_cache(maxsize=4096)
def unit_of_header(header: str) -> str:
    """The unit that a header gives the bare numbers below it, as written; empty where it gives none."""
    header = squeeze(header)
    candidates = [hit["unit"] for hit in _IN_HEADER.finditer(header)]
    if hit := _AFTER_HEADER.search(header):
        candidates.append(hit["unit"])
    found = next((each for each in reversed(candidates) if is_unit(each)), "")
    bare = _IN_HEADER.sub("", header)
    return found or (_PERCENT if bare.endswith(_RATES) else "")


@lru_cache(maxsize=4096)
def unit_of_row(title: str, cells: tuple[str, ...]) -> str:
    """The unit that the name of a row gives its bare numbers (全区生产总值（亿元）); none where a cell writes one."""
    unit = unit_of_header(title) if len(title) <= _LONGEST_NAME else ""
    return "" if unit and any(len(cell) <= _LONGEST and _is_count(cell) for cell in cells) else unit


def _is_count(text: str) -> bool:
    found = numbers.quantities(text)
    return len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)) and found[0].unit not in ("", _PERCENT)


def caption_unit(text: str) -> str:
    """The unit that the lines above a table name for all its numbers; empty where they name none."""
    hit = _CAPTION.search(text)
    return hit["unit"] if hit and is_unit(hit["unit"]) else ""
