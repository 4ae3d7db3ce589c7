"""Tables in plain text whose cells are set apart by blanks, ordinary or ideographic ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from mse.grammar import load
from mse.reading.clean import trim
from mse.reading.columns import header_roles, is_heading, is_row_number, read_header
from mse.reading.grid import Grid, GridCell, Row
from mse.reading.officials import labelled
from mse.reading.placing import Column, fit, placed

_LINE = regex.compile(r"[^\r\n]*")
_WIDE = regex.compile(r"(?:(?![ \u00a0\u2002-\u200a\u3000\t]{2})[^\r\n])+")
_NARROW = regex.compile(r"[^\s]+")
_AFTER = regex.compile(load("columns")["after_table"]["pattern"])
_NARROWEST = 3
_WIDEST = 40
_LONGEST_HEADER_LINE = 400
_STRANGE = -1.0  # a cell that fits its column so badly belongs elsewhere
_NEAR = 2  # columns of a terminal by which a cell may miss the start of its header


@dataclass(slots=True)
class _Table:
    """A table that is being read: its rows, how many are whole, and its columns and where they begin on the screen."""

    starts: list[int]
    columns: list[Column]
    rows: list[Row]
    whole: int = 0
    gap: bool = False
    seen: list[GridCell] = field(default_factory=list)


def spaced(text: str) -> list[Grid]:
    """The tables of blank-separated cells; an empty list where no line is a header with such rows below it."""
    found: list[_Table] = []
    table: _Table | None = None
    for hit in _LINE.finditer(text):
        start, end = hit.span()
        if start == end:
            continue
        line = hit.group()
        if not line.strip():
            if table:
                table.gap = True
            continue
        if header := _header(text, start, end):
            columns = [Column(cell.text, header_roles(cell.text)) for cell in header]
            table = _Table([_column(line, cell.start - start) for cell in header], columns, [Row(header)])
            found.append(table)
        elif table and not _take(table, text, start, end):
            table = None
        elif table:
            table.gap = text.startswith(("\n\n", "\r\n\r\n"), end)
    return [Grid(table.rows) for table in found if table.whole]


def _header(text: str, start: int, end: int) -> list[GridCell] | None:
    """The cells of a header line. One set apart by single blanks must consist of known headers alone."""
    if end - start > _LONGEST_HEADER_LINE:
        return None
    for pattern in (_WIDE, _NARROW):
        cells = _cells(text, start, end, pattern)
        if pattern is _NARROW:
            cells = _joined(text, cells)
        if _NARROWEST <= len(cells) <= _WIDEST:
            roles = read_header([cell.text for cell in cells])
            if roles and (pattern is _WIDE or all(roles)):
                return cells
    return None


def _joined(text: str, cells: Sequence[GridCell]) -> list[GridCell]:
    """The cells of a header, two of them as one where only together they name a column: 2020 年目标值."""
    joined: list[GridCell] = []
    if len(cells) < _NARROWEST or sum(1 for cell in cells if header_roles(cell.text)) * 2 < len(cells):
        return list(cells)
    for cell in cells:
        before = joined[-1] if joined else None
        if before and not (header_roles(before.text) and header_roles(cell.text)):
            both = GridCell(text[before.start : cell.end], before.start, cell.end)
            if header_roles(both.text):
                joined[-1] = both
                continue
        joined.append(cell)
    return joined


def _cells(text: str, start: int, end: int, pattern: regex.Pattern[str]) -> list[GridCell]:
    cells: list[GridCell] = []
    for hit in pattern.finditer(text, start, end):
        a, b = trim(text, *hit.span())
        if a < b:
            cells.append(GridCell(text[a:b], a, b))
        if len(cells) > _WIDEST:
            break
    return cells


def _take(table: _Table, text: str, start: int, end: int) -> bool:
    """Add a line to a table; False where the table has ended."""
    width = len(table.starts)
    line = text[start:end]
    wide = _cells(text, start, end, _WIDE)
    narrow = _cells(text, start, end, _NARROW)
    if len(wide) == width or (len(narrow) == width and _fits(table, narrow)):
        table.rows.append(Row(wide if len(wide) == width else narrow))
        table.whole += 1
        return True
    words = line.strip()
    if _AFTER.fullmatch(words):
        return False
    if is_heading(words) or labelled(words):
        empty = [GridCell("", end, end)] * (width - 1)
        a, b = trim(text, start, end)
        table.rows.append(Row([GridCell(text[a:b], a, b), *empty], spanning=True))
        return True
    if 2 <= len(wide) < width and (placed := _placed(table.starts, wide, line, start)):
        table.rows.append(Row(placed))
        return True
    if len(wide) > 1 and len(wide) < width and is_row_number(wide[0].text):
        table.rows.append(Row(wide, loose=True))
        return True
    if _NARROWEST <= len(narrow) <= width and is_row_number(narrow[0].text):
        if row := _by_content(table, narrow):
            table.rows.append(row)
        return True
    return False


def _fits(table: _Table, cells: Sequence[GridCell]) -> bool:
    """Whether none of the cells, one for each column, contradicts its header."""
    return all(fit(cell.text, column) > _STRANGE for cell, column in zip(cells, table.columns, strict=True))


def _by_content(table: _Table, cells: Sequence[GridCell]) -> Row | None:
    """A row some of whose cells are empty, by what the others hold; None where they fit no columns."""
    score, places = placed([cell.text for cell in cells], table.columns)
    if score < 0 or len(cells) == len(table.columns):
        return None
    found = [GridCell("", cells[0].start, cells[0].start)] * len(table.columns)
    for cell, place in zip(cells, places, strict=True):
        if place is not None:
            if fit(cell.text, table.columns[place]) <= _STRANGE:
                return None
            found[place] = cell
    return Row(found)


def _placed(starts: Sequence[int], cells: Sequence[GridCell], line: str, start: int) -> list[GridCell] | None:
    """The cells by column where each stands below a header of its own."""
    placed = [GridCell("", cells[0].start, cells[0].start)] * len(starts)
    for cell in cells:
        at = _column(line, cell.start - start)
        column = min(range(len(starts)), key=lambda each: abs(starts[each] - at))
        if abs(starts[column] - at) > _NEAR or placed[column].text:
            return None
        placed[column] = cell
    return placed


def _column(line: str, index: int) -> int:
    """Where a character stands on the screen: a Chinese one takes two columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line[:index])
