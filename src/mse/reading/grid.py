"""The neutral grid every format is turned into: rows of cells, each with the place in the text it came from."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class GridCell:
    """One cell: its content without surrounding space or markup, `text[start:end]`, and the column it stands in.

    `start` and `end` are code-point offsets into the document's text; an empty cell has `start == end`.
    """

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Row:
    """One row of a table. In a `loose` row empty cells may have been lost, so its columns have to be found again."""

    cells: list[GridCell]
    loose: bool = False

    @property
    def filled(self) -> list[GridCell]:
        return [cell for cell in self.cells if cell.start < cell.end]


@dataclass(slots=True)
class Grid:
    """The rows of one table in the order of the text, header rows included wherever they stand."""

    rows: list[Row] = field(default_factory=list)
