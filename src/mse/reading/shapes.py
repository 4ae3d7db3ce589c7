"""Tables of any build brought into the one build that is read: a header row, and below it one record a row.

A table turned by 90 degrees is turned back, a header over two lines becomes one, a form of labels and values becomes
rows, and a table that goes on behind a page break is joined to its first part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import regex

from mse.grammar import load
from mse.reading.clean import squeeze
from mse.reading.columns import Roles, header_roles, is_row_number, read_header
from mse.reading.grid import Grid, GridCell, Row
from mse.reading.units import caption_unit, is_unit, names_units

_AFTER_TABLE = regex.compile(load("columns")["after_table"]["pattern"])
_PAGE_NOISE = regex.compile(r"[\s\p{P}\d]*")
_LONGEST_HEADER = 30
_CAPTION_LINES = 3
_SHORT = 40


def shaped(grids: Sequence[Grid], areas: Sequence[tuple[int, int]], text: str) -> list[Grid]:
    """The grids in the common build; `areas` tell where each begins and ends in the text."""
    found: list[Grid] = []
    captions: list[str] = []
    end = -1
    for grid, (start, stop) in zip(grids, areas, strict=True):
        rows = [row for row in grid.rows if row.filled]
        rows = _turned_back(_without_notes(rows))
        shaped_grid = _with_one_header(rows)
        shaped_grid.outside += grid.outside
        if found and _goes_on(found[-1].rows, shaped_grid.rows, squeeze(text[end:start][: 10 * _SHORT])):
            found[-1].rows += shaped_grid.rows
            found[-1].outside += shaped_grid.outside
        else:
            found.append(shaped_grid)
            captions.append(caption_unit(_above(text, end, start)))
        end = stop
    for grid, caption in zip(found, captions, strict=True):
        _count_units(grid.rows, caption)
    return found


def areas_of(grids: Sequence[Grid]) -> tuple[Sequence[Grid], list[tuple[int, int]]]:
    """The grids with rows in them, and where each begins and ends by its own cells."""
    kept = [grid for grid in grids if any(row.filled for row in grid.rows)]
    filled = [[cell for row in grid.rows for cell in row.filled] for grid in kept]
    return kept, [(min(cell.start for cell in cells), max(cell.end for cell in cells)) for cells in filled]


def _above(text: str, end: int, start: int) -> str:
    lines = text[max(end, start - 200, 0) : start].strip("\n").split("\n")
    return "\n".join(lines[-_CAPTION_LINES:])


def _without_notes(rows: list[Row]) -> list[Row]:
    """The rows without those in which a lone cell holds a note or a caption, which stay running text."""
    return [row for row in rows if len(row.filled) > 1 or not _AFTER_TABLE.fullmatch(row.filled[0].text)]


# Turned tables


def _turned_back(rows: list[Row]) -> list[Row]:
    """Where the headers stand in the first column, every further column becomes a row."""
    if any(row.loose for row in rows):
        return rows
    head = next((index for index, row in enumerate(rows) if len(row.filled) > 1), len(rows))
    body = rows[head:]
    width = len(body[0].cells) if body else 0
    if width < 2 or len(body) < 2 or any(len(row.cells) != width for row in body):
        return rows
    form = _unfolded(body, width)
    if form is None and any(read_header([cell.text for cell in row.cells]) for row in rows):
        return rows
    body = form or body
    width = max(len(row.cells) for row in body)
    cards = _cards(body)
    if any(read_header([row.cells[0].text for row in card]) is None for card in cards):
        return rows
    turned = rows[:head]
    for card in cards:
        records = [Row([_turned_cell(row.cells[column]) for row in card]) for column in range(width)]
        turned += [record for record in records if record.filled]
    return turned


def _turned_cell(cell: GridCell) -> GridCell:
    if not cell.covered:
        return cell
    return replace(cell, covered="above" if cell.covered == "left" else "left")


def _unfolded(rows: list[Row], width: int) -> list[Row] | None:
    """A form with several labels in a row, each before its value, as one label and value a row; None for no form."""
    labels = [row.cells[column].text for row in rows for column in range(0, width, 2) if row.cells[column].text]
    values = [row.cells[column].text for row in rows for column in range(1, width, 2) if row.cells[column].text]
    known = sum(1 for text in labels if header_roles(text))
    strays = sum(1 for text in values if header_roles(text))
    if width < 4 or width % 2 or known * 3 < 2 * len(labels) or strays * 3 > len(values):
        return None
    if all(header_roles(cell.text) for cell in rows[0].cells):
        return None
    pairs = [Row(list(row.cells[column : column + 2])) for row in rows for column in range(0, width, 2)]
    return [pair for pair in pairs if pair.filled and pair.cells[0].text]


def _cards(rows: list[Row]) -> list[list[Row]]:
    """The rows cut before every repeat of the first label: one form after the other."""
    first = squeeze(rows[0].cells[0].text)
    cards: list[list[Row]] = []
    for row in rows:
        if not cards or (first and squeeze(row.cells[0].text) == first):
            cards.append([])
        cards[-1].append(row)
    return cards


# Headers


def _with_one_header(rows: list[Row]) -> Grid:
    """The rows, a header over two lines joined into one; its upper line goes to `outside`."""
    grid = Grid()
    index = 0
    while index < len(rows):
        joined = _joined(rows[index], rows[index + 1]) if index + 1 < len(rows) else None
        if joined is not None:
            grid.outside += [(cell.start, cell.end) for cell in rows[index].filled]
            index += 1
        grid.rows.append(joined or rows[index])
        index += 1
    return grid


def _joined(upper: Row, lower: Row) -> Row | None:
    """Two rows as one header row, or None where they are not the two lines of a header."""
    width = len(upper.cells)
    if width < 3 or len(lower.cells) != width or len(upper.filled) < 2 or len(lower.filled) < 2:
        return None
    if any(
        len(squeeze(cell.text)) > _LONGEST_HEADER or is_row_number(cell.text) for cell in upper.filled + lower.filled
    ):
        return None
    if sum(1 for cell in upper.filled if header_roles(cell.text)) == 0:
        return None
    cells: list[GridCell] = []
    above: GridCell | None = None
    for column, (top, low) in enumerate(zip(upper.cells, lower.cells, strict=True)):
        spans = column + 1 < width and _reaches(upper.cells[column + 1], lower.cells[column + 1])
        if top.text and low.text and not spans:
            return None
        above = top if top.text else top.owner if top.covered == "left" else above
        if low.text and above is not None:
            cells.append(replace(low, text=_name(squeeze(above.text), squeeze(low.text))))
        elif low.text:
            return None
        else:
            cells.append(top if top.text else GridCell("", top.start, top.start))
    known = sum(1 for low, cell in zip(lower.cells, cells, strict=True) if low.text and header_roles(cell.text))
    return Row(cells) if known * 2 >= len(lower.filled) and read_header([cell.text for cell in cells]) else None


def _reaches(upper: GridCell, lower: GridCell) -> bool:
    """Whether the upper cell to the left reaches over this place: merged, or left empty above a header of its own."""
    return upper.covered == "left" or (not upper.text and not upper.covered and bool(lower.text))


def _name(upper: str, lower: str) -> str:
    """What the two lines say together, unless that would be no known header or another one than the lower line is."""
    roles: Roles = header_roles(lower)
    together = header_roles(upper + lower)
    return upper + lower if together and (not roles or roles == together) else lower if roles else upper + lower


# Units


def _count_units(rows: list[Row], caption: str) -> None:
    """Tell every row the unit of its numbers where a column, or the caption of the table, names it."""
    column = -1
    headed = False
    for index, row in enumerate(rows):
        texts = [cell.text for cell in row.cells]
        if not headed:
            caption = next((unit for text in texts if (unit := caption_unit(text))), caption)
        if read_header(texts):
            headed = True
            column = _unit_column(texts, rows[index + 1 :])
            if column >= 0:
                # The header tells offices from units by a word that means both.
                row.cells[column] = replace(row.cells[column], text="")
        elif not row.loose:
            named = row.cells[column].said.text if 0 <= column < len(row.cells) else ""
            unit = squeeze(named) if is_unit(squeeze(named)) else caption
            for cell in row.filled if unit else ():
                cell.unit = unit


def _unit_column(headers: list[str], below: Iterable[Row]) -> int:
    for column, header in enumerate(headers):
        if names_units(header):
            texts = [squeeze(row.cells[column].text) for row in below if column < len(row.cells)]
            filled = [text for text in texts if text and not names_units(text)][:50]
            if filled and sum(map(is_unit, filled)) * 10 >= len(filled) * 8:
                return column
    return -1


# Tables that go on


def _goes_on(before: list[Row], rows: list[Row], between: str) -> bool:
    """Whether rows are the rest of the table above: as wide, with the same header, or with none and little between."""
    if not before or not rows or len(before[-1].cells) != len(rows[0].cells):
        return False
    header = next((row for row in before if read_header([cell.text for cell in row.cells])), None)
    if header is None:
        return False
    own = next((row for row in rows if read_header([cell.text for cell in row.cells])), None)
    if own is None:
        return len(between) <= _SHORT
    return _PAGE_NOISE.fullmatch(between) is not None and own is rows[0] and _texts(own) == _texts(header)


def _texts(row: Row) -> list[str]:
    return [squeeze(cell.text) for cell in row.cells]
