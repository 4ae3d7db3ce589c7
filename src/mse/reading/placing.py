"""Find the columns of a row again whose empty and merged cells are only counted: by what the cells hold.

A number is placed only where it certainly belongs; where two columns would do, its cell is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from mse.grammar import load
from mse.reading.align import cell_fit
from mse.reading.clean import squeeze
from mse.reading.columns import OFFICIAL_ROLES, TEXT_ROLES, Roles
from mse.reading.officials import is_post
from mse.reading.units import unit_of_header

_DONE = regex.compile(load("lists")["progress"]["pattern"])
_FIGURE = regex.compile(load("number_columns")["bare"]["pattern"])
_COUNT = regex.compile(r"[\d.,，]+\s*\p{L}{0,4}")
_PERCENT = regex.compile(r"[\d.]+\s*[%％]")
_BRACKET = regex.compile(r"[（(\[【][^（()）\[\]【】]*[)）\]】]$")
_RATE_OR_WORDS = tuple(load("tables")["rate_or_words"]["words"])
_WHEN = regex.compile(load("tables")["when"]["pattern"])
_MARKS = tuple(load("columns")["sentence"]["marks"])
_DIGIT = regex.compile(r"\d")
_LIST_NUMBER = regex.compile(rf"\A{load('columns')['leading_number']['pattern']}")
_LONG = 8
_LONGEST_FIGURE = 20
# What it costs that a column before the first cell, or between two cells, is left out; behind the last it is free.
# A target without a result is common, a result without a target is not.
_BEFORE, _BETWEEN, _NO_TARGET = 0.3, 0.6, 1.0
_CERTAIN = 0.35  # by so much the place of a figure must be better than any other
_NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its header and the roles this names; a `spare` one is reached over by the header before it."""

    header: str
    roles: Roles
    spare: bool = False

    @property
    def rate(self) -> bool:
        return unit_of_header(self.header) == "%"

    @property
    def words(self) -> bool:
        """Whether words may stand in it though it holds rates: 形象进度."""
        return _BRACKET.sub("", self.header).endswith(_RATE_OR_WORDS)


def placed(texts: Sequence[str], columns: Sequence[Column]) -> tuple[float, list[int | None]]:
    """How well the cells fit, and the column of each, in order; None for a figure that has no certain place."""
    fits = [[fit(text, column) for column in columns] for text in texts]
    if len(texts) >= len(columns):
        return sum(fits[cell][cell] for cell in range(len(columns))), list(range(len(columns)))
    best, places = _best(fits, columns)
    found: list[int | None] = list(places)
    for cell, place in enumerate(places):
        if place < 0 or len(texts[cell]) > _LONGEST_FIGURE or not _DIGIT.search(_LIST_NUMBER.sub("", texts[cell])):
            continue
        kept = fits[cell][:]
        for index, column in enumerate(columns):
            if _are_alike(column, columns[place], texts[cell]):
                fits[cell][index] = _NEVER
        if best - _best(fits, columns)[0] < _CERTAIN:
            found[cell] = None
        fits[cell] = kept
    return best, found


def _are_alike(one: Column, other: Column, text: str) -> bool:
    """Whether it makes no difference in which of two columns a cell stands."""
    if one == other:
        return True
    figure = _FIGURE.fullmatch(text) or _PERCENT.fullmatch(text)
    return one.roles == other.roles and not (figure and one.roles[:1] not in ((), ("number",)))


def _best(fits: Sequence[Sequence[float]], columns: Sequence[Column]) -> tuple[float, list[int]]:
    """The best score of all cells in rising columns, and these columns."""
    between = [0.0 if c.spare else _NO_TARGET if c.roles == ("task",) else _BETWEEN for c in columns]
    width = len(fits[0]) if fits else 0
    scores: list[list[float]] = []
    came: list[list[int]] = []
    for cell, fit in enumerate(fits):
        row, origins = [_NEVER] * width, [-1] * width
        top, origin = _NEVER, -1
        for column in range(width):
            if cell == 0:
                row[column] = fit[column] - _BEFORE * column
                continue
            top -= between[column - 1]
            if column and scores[-1][column - 1] > top:
                top, origin = scores[-1][column - 1], column - 1
            row[column], origins[column] = top + fit[column], origin
        scores.append(row)
        came.append(origins)
    if not scores:
        return 0.0, []
    last = max(range(width), key=lambda column: scores[-1][column])
    best = scores[-1][last]
    places = [last]
    for origins in reversed(came[1:]):
        places.append(origins[places[-1]])
    return best, places[::-1]


def fit(text: str, column: Column) -> float:
    """How well a cell agrees with a column: from -3 to 3."""
    role = column.roles[0] if column.roles else ""
    if not text:
        return 0.0
    when = _WHEN.fullmatch(squeeze(text)) is not None
    if role == "number":
        return cell_fit(text, role)
    if role in OFFICIAL_ROLES:
        if role in ("leader", "person") and is_post(text):
            return 1.0
        told = _DIGIT.search(text) is not None or _DONE.match(text) is not None
        return max(cell_fit(text, each) for each in column.roles) - 2.0 * told
    if role == "category":
        return cell_fit(text, role) - 2.0 * bool(_FIGURE.fullmatch(text))
    length = len(squeeze(text))
    if role not in TEXT_ROLES:
        return 0.5 * (not role and length > _LONG)
    if _PERCENT.fullmatch(text):
        return 1.5 if column.rate else -1.0
    if column.rate and not column.words:
        return -0.5 if _FIGURE.fullmatch(text) else -1.0 if length > 2 * _LONG else 0.0
    if when:
        return 2.0 if role == "plan" else -1.0
    official = cell_fit(text, "office") == 2 or cell_fit(text, "person") == 2 or is_post(text)
    score = -1.0 if official and _DIGIT.search(text) is None else 0.0
    score += (length > _LONG) + 0.5 * text.endswith(_MARKS) + 0.4 * (role == "task" and not _COUNT.fullmatch(text))
    if _DONE.match(text):
        score += 1.0 if role == "progress" else -1.0
    return score
