"""What every format but plain text is turned into first: paragraphs and tables, and the text and grids they come to.

The text of such a document is its paragraphs, one a line, and its tables, one row a line with a tab between the cells.
A cell's content stands in one piece; where it has several lines they stay lines. A merged cell is written once.
"""

from __future__ import annotations

import datetime as dt
import itertools
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from mse.errors import LimitError
from mse.reading.clean import trim
from mse.reading.columns import read_header
from mse.reading.grid import Grid, GridCell, Origin, Row
from mse.reading.limits import Limits

DEEPEST = 12
_PLACES_A_CELL = 4


@dataclass(slots=True)
class Paragraph:
    """A stretch of running text; `page` is where it stands, from 1. `links` tells that it only points elsewhere."""

    text: str
    page: int | None = None
    links: bool = False


@dataclass(slots=True)
class TableCell:
    """A cell at `row` and `column` (from 0) that reaches over `rows` and `columns`."""

    blocks: list[Block]
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    page: int | None = None

    @property
    def text(self) -> str:
        return "\n".join(_lines(self.blocks)).strip("\n")


@dataclass(slots=True)
class Table:
    """The cells of a table in any order; `sheet` is the name of the sheet it stands on."""

    cells: list[TableCell] = field(default_factory=list)
    sheet: str | None = None

    @property
    def nested(self) -> bool:
        return any(isinstance(block, Table) for cell in self.cells for block in cell.blocks)


Block = Paragraph | Table


@dataclass(slots=True)
class Document:
    """Paragraphs and tables in reading order, and what the document's own properties say."""

    blocks: list[Block] = field(default_factory=list)
    title: str = ""
    issued: dt.date | None = None
    created: dt.date | None = None


@dataclass(slots=True)
class Rendered:
    """The text of a document and its tables as grids, each with the offsets at which it begins and ends."""

    text: str
    grids: list[Grid]
    areas: list[tuple[int, int]]


def render(document: Document, limits: Limits, path: str) -> Rendered:
    """The text and the grids of a document. Raises LimitError for a table wider or larger than the limits."""
    pieces: list[str] = []
    rendered = Rendered("", [], [])
    position = number = count = 0
    for block in flattened(document.blocks):
        if isinstance(block, Paragraph):
            if block.text.strip() and not block.links:
                pieces.append(block.text.rstrip("\n") + "\n")
                position += len(pieces[-1])
            continue
        number += 1
        count += sum(1 for cell in block.cells if cell.blocks)
        if count > limits.cells:
            raise LimitError(
                path, f"has more than {limits.cells} cells", "split it or raise the limit cells", f"table {number}"
            )
        start = position
        for table in side_by_side(block):
            grid = _grid(table, number, position, pieces, limits, path)
            position += len(pieces[-1])
            rendered.grids.append(grid)
            rendered.areas.append((start, position))
            start = position
    rendered.text = "".join(pieces)
    return rendered


def flattened(blocks: list[Block], depth: int = 0) -> Iterator[Block]:
    """The blocks with tables that only lay out a page taken apart: what stands in their cells, row by row."""
    for block in blocks:
        if isinstance(block, Table) and _is_layout(block):
            for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.column)):
                if depth < DEEPEST:
                    yield from flattened(cell.blocks, depth + 1)
                else:
                    yield Paragraph(cell.text, cell.page)
        else:
            yield block


def _is_layout(table: Table) -> bool:
    """Whether a table holds no data of its own: one column, or tables inside it and no header of a report."""
    if len({cell.column for cell in table.cells if cell.blocks}) <= 1:
        return True
    if not table.nested:
        return False
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        text = "\n".join(block.text for block in cell.blocks if isinstance(block, Paragraph))
        rows.setdefault(cell.row, []).append(text)
    return not any(read_header(texts) for texts in rows.values())


def side_by_side(table: Table) -> list[Table]:
    """The table, or its parts where empty columns divide it and each part has a header of its own."""
    used = sorted({cell.column for cell in table.cells if _filled(cell)})
    cuts = [b for a, b in itertools.pairwise(used) if b > a + 1]
    if not cuts:
        return [table]
    bounds = [0, *cuts, 1 << 31]
    parts = [
        Table([cell for cell in table.cells if low <= cell.column < high], table.sheet)
        for low, high in itertools.pairwise(bounds)
    ]
    return parts if all(_has_header(part) for part in parts) else [table]


def _has_header(table: Table) -> bool:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        if _filled(cell):
            rows.setdefault(cell.row, []).append(cell.text)
    return any(read_header(texts) for texts in list(rows.values())[:20])


def _filled(cell: TableCell) -> bool:
    return any(isinstance(block, Table) or block.text.strip() for block in cell.blocks)


def _grid(table: Table, number: int, position: int, pieces: list[str], limits: Limits, path: str) -> Grid:
    """The grid of a table, its text appended to `pieces`. Rows and columns in which nothing begins are left out."""
    filled = sorted((cell for cell in table.cells if _filled(cell)), key=lambda cell: (cell.row, cell.column))
    rows = sorted({cell.row for cell in filled})
    columns = sorted({cell.column for cell in filled})
    place = f"sheet {table.sheet}" if table.sheet else f"table {number}"
    if len(columns) > limits.columns:
        raise LimitError(
            path, f"has {len(columns)} columns, the limit is {limits.columns}", "raise the limit columns", place
        )
    matrix = _Matrix(rows, columns, GridCell("", position, position), _PLACES_A_CELL * limits.cells)
    texts: list[str] = []
    row, at = 0, 0
    for cell in filled:
        line, column = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
        if not matrix.free(line, column):
            continue
        if line > row:
            texts.append("\n" * (line - row))
            position, row, at = position + line - row, line, 0
        text = cell.text
        texts += ("\t" * (column - at), text)
        position += column - at
        owner = _cell(text, position, Origin(table.sheet, number, cell.row + 1, cell.column + 1, cell.page))
        position, at = position + len(text), column
        if not matrix.put(owner, line, column, cell):
            raise LimitError(path, "has merged cells beyond the limit cells", "raise the limit cells", place)
    pieces.append("".join(texts) + "\n" * (len(rows) - row))
    return Grid([Row(cells, spanning=line in matrix.whole) for line, cells in enumerate(matrix.cells)])


def _cell(text: str, position: int, origin: Origin) -> GridCell:
    start, end = trim(text, 0, len(text))
    return GridCell(text[start:end], position + start, position + end, origin)


class _Matrix:
    """The places of a table; `whole` are the rows that one cell fills from end to end."""

    def __init__(self, rows: list[int], columns: list[int], empty: GridCell, budget: int) -> None:
        self.rows, self.columns, self.empty = rows, columns, empty
        self.budget = budget - len(rows) * len(columns)
        self.cells = [[empty] * len(columns) for _ in rows] if self.budget >= 0 else []
        self.whole: set[int] = set()

    def free(self, line: int, column: int) -> bool:
        return self.budget < 0 or self.cells[line][column] is self.empty

    def put(self, owner: GridCell, line: int, column: int, cell: TableCell) -> bool:
        """Put a cell and what it covers where nothing else stands; False where that is more than the limits allow."""
        below = line + 1 if cell.rows == 1 else bisect_left(self.rows, cell.row + cell.rows)
        right = column + 1 if cell.columns == 1 else bisect_left(self.columns, cell.column + cell.columns)
        self.budget -= (below - line) * (right - column) - 1
        if self.budget < 0:
            return False
        for each in range(line, below):
            covered = GridCell("", owner.start, owner.start, None, owner, "above" if each > line else "left")
            for place in range(column, right):
                if self.cells[each][place] is self.empty:
                    self.cells[each][place] = covered
        self.cells[line][column] = owner
        if below == line + 1 and column == 0 and right == len(self.columns) > 1:
            self.whole.add(line)
        return True


def _lines(blocks: list[Block], depth: int = 0) -> Iterator[str]:
    """The text of a cell, line by line; a table inside it gives one line a row."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif depth < DEEPEST:
            rows: dict[int, list[str]] = {}
            for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.column)):
                rows.setdefault(cell.row, []).append(" ".join(_lines(cell.blocks, depth + 1)))
            yield from ("\t".join(row) for row in rows.values())
