"""Tables drawn with rules: the cells that the rules enclose, merged ones included."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from mse.grammar import load
from mse.reading.formats.pdf.lines import Line, joined, lines_of, names_joined
from mse.reading.formats.pdf.page import Char, Page, Rule

_SNAP = 3.0
_MOST_AFTER_MERGE = 3_000
_MOST_PLACES = 200_000
_LONGEST_LIST = 300
_LIST_MARKS = frozenset(mark for mark in load("officials")["separators"]["marks"] if not mark.isspace())


@dataclass(slots=True)
class PdfCell:
    """A cell at a row and column (from 0) with its lines; `settle` turns them into text, which is all that is kept.

    A cell of `names` without marks between them holds one name a line, unless a name was plainly broken.
    """

    row: int
    column: int
    rows: int
    columns: int
    lines: list[Line] = field(default_factory=list)
    names: bool = False
    wrapped: str = ""
    listed: str = ""

    @property
    def text(self) -> str:
        return self.listed if self.names else self.wrapped

    def settle(self, left: float, right: float) -> None:
        """Take the text out of the lines, which stand between these margins."""
        self.wrapped = self.listed = joined(self.lines, left, right)
        if len(self.wrapped) <= _LONGEST_LIST and not any(char in _LIST_MARKS for char in self.wrapped):
            self.listed = names_joined(self.lines, left, right)
        self.lines = []


@dataclass(slots=True)
class PdfTable:
    """A table on a page: its cells, where its columns begin and end, and how far down it reaches."""

    cells: list[PdfCell]
    edges: list[float]
    top: float
    bottom: float
    page: int

    @property
    def height(self) -> int:
        return max((cell.row + cell.rows for cell in self.cells), default=0)


def ruled_tables(page: Page) -> list[PdfTable]:
    """The ruled tables of a page from top to bottom; their characters are taken off the page."""
    horizontal, vertical = _merged(page.horizontal), _merged(page.vertical)
    if len(horizontal) + len(vertical) > _MOST_AFTER_MERGE:
        return []
    tables: list[PdfTable] = []
    for across, down in _components(horizontal, vertical):
        xs, ys = _positions(down, across)
        if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_PLACES:
            continue
        if len(xs) == 2 and len(ys) == 2:
            continue
        cells = _cells(xs, ys, across, down)
        if len(cells) > 1:
            table = PdfTable(cells, xs, ys[0], ys[-1], page.number)
            _fill(page, table, xs, ys)
            if any(cell.wrapped for cell in cells):
                tables.append(table)
    return sorted(tables, key=lambda table: (table.top, table.edges[0]))


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules on one line that touch, as one."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if lines and rule.at - lines[-1][0].at <= _SNAP / 2:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    merged: list[Rule] = []
    for line in lines:
        at = line[0].at
        for rule in sorted(line, key=lambda rule: rule.low):
            if merged and merged[-1].at == at and rule.low <= merged[-1].high + _SNAP:
                merged[-1].high = max(merged[-1].high, rule.high)
            else:
                merged.append(Rule(at, rule.low, rule.high))
    return merged


def _components(horizontal: list[Rule], vertical: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that cross or touch each other, group by group."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, across in enumerate(horizontal):
        for j, down in enumerate(vertical, start=len(horizontal)):
            if (
                across.low - _SNAP <= down.at <= across.high + _SNAP
                and down.low - _SNAP <= across.at <= down.high + _SNAP
            ):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate([*horizontal, *vertical]):
        group = groups.setdefault(root(i), ([], []))
        group[i >= len(horizontal)].append(rule)
    return [group for group in groups.values() if len(group[0]) >= 2 and len(group[1]) >= 1]


def _positions(down: list[Rule], across: list[Rule]) -> tuple[list[float], list[float]]:
    """Where columns and rows begin and end; a table open at its sides ends where its rules end."""
    xs = [rule.at for rule in down]
    xs += [min(rule.low for rule in across), max(rule.high for rule in across)]
    ys = [rule.at for rule in across]
    return _distinct(xs), _distinct(ys)


def _distinct(values: list[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _SNAP:
            kept.append(value)
    return kept


def _cells(xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]) -> list[PdfCell]:
    """The places between the rules, those without a rule between them as one cell."""
    width, height = len(xs) - 1, len(ys) - 1
    walls = [[False] * (width + 1) for _ in range(height)]
    floors = [[False] * width for _ in range(height + 1)]
    for rule in down:
        column = _nearest(xs, rule.at)
        for row in range(height):
            middle = (ys[row] + ys[row + 1]) / 2
            walls[row][column] |= rule.low - _SNAP <= middle <= rule.high + _SNAP
    for rule in across:
        row = _nearest(ys, rule.at)
        for column in range(width):
            middle = (xs[column] + xs[column + 1]) / 2
            floors[row][column] |= rule.low - _SNAP <= middle <= rule.high + _SNAP
    taken = [[False] * width for _ in range(height)]
    cells: list[PdfCell] = []
    for row in range(height):
        for column in range(width):
            if taken[row][column]:
                continue
            right = column + 1
            while right < width and not walls[row][right] and not taken[row][right]:
                right += 1
            below = row + 1
            while below < height and not any(floors[below][column:right]) and not any(taken[below][column:right]):
                if any(walls[below][column + 1 : right]):
                    break
                below += 1
            for line in range(row, below):
                taken[line][column:right] = [True] * (right - column)
            cells.append(PdfCell(row, column, below - row, right - column))
    return cells


def _nearest(values: list[float], at: float) -> int:
    place = bisect_right(values, at)
    candidates = [index for index in (place - 1, place) if 0 <= index < len(values)]
    return min(candidates, key=lambda index: abs(values[index] - at))


def _fill(page: Page, table: PdfTable, xs: list[float], ys: list[float]) -> None:
    """Move the characters inside the table from the page into its cells."""
    places: dict[tuple[int, int], int] = {}
    for index, cell in enumerate(table.cells):
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                places[row, column] = index
    inside: list[list[Char]] = [[] for _ in table.cells]
    rest: list[Char] = []
    for char in page.chars:
        row, column = bisect_right(ys, char.middle) - 1, bisect_right(xs, char.center) - 1
        if 0 <= row < len(ys) - 1 and 0 <= column < len(xs) - 1:
            inside[places[row, column]].append(char)
        else:
            rest.append(char)
    page.chars = rest
    for cell, chars in zip(table.cells, inside, strict=True):
        cell.lines = lines_of(chars)
    _set_margins(table, xs)


def _set_margins(table: PdfTable, xs: list[float]) -> None:
    """Find between which margins the text of each column runs: as far in at the right as it begins at the left."""
    spans = {(cell.column, cell.columns) for cell in table.cells}
    for column, columns in spans:
        cells = [cell for cell in table.cells if (cell.column, cell.columns) == (column, columns) and cell.lines]
        if not cells:
            continue
        left = min(line.left for cell in cells for line in cell.lines)
        right = max(line.right for cell in cells for line in cell.lines)
        padding = max(0.0, left - xs[column])
        for cell in cells:
            cell.settle(left, max(right, xs[column + columns] - padding))
