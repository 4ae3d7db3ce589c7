"""The neutral grid every format is turned into: rows of cells, each with the place in the text it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a cell or paragraph stood in its document, counted from 1; None where the format has no such place."""

    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    page: int | None = None


@dataclass(slots=True)
class GridCell:
    """One cell: its content without surrounding space or markup, `text[start:end]`, and the column it stands in.

    `start` and `end` are code-point offsets into the document's text; an empty cell has `start == end`.
    Where the document says that a merged cell reaches over this place, `owner` is that cell, `covered` tells whether it
    reaches here from above or from the left, and the cell itself is empty. `unit` is what its row or table says that
    numbers are counted in.
    """

    text: str
    start: int
    end: int
    origin: Origin | None = None
    owner: GridCell | None = None
    covered: Literal["", "above", "left"] = ""
    unit: str = ""

    @property
    def said(self) -> GridCell:
        """The cell whose content holds here: itself, or the merged cell that covers it from above."""
        return self.owner if self.owner is not None and self.covered == "above" else self


@dataclass(slots=True)
class Row:
    """One row of a table. In a `loose` row empty cells may have been lost, so its columns have to be found again.

    `spanning` tells that one cell fills the whole row.
    """

    cells: list[GridCell]
    loose: bool = False
    spanning: bool = False

    @property
    def filled(self) -> list[GridCell]:
        return [cell for cell in self.cells if cell.start < cell.end]


@dataclass(slots=True)
class Grid:
    """The rows of one table in the order of the text, header rows included wherever they stand.

    `outside` are spans of the table that hold no statements and stand in no row, such as the upper line of a header.
    """

    rows: list[Row] = field(default_factory=list)
    outside: list[tuple[int, int]] = field(default_factory=list)
