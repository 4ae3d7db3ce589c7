"""Tables in plain text whose cells are divided by marks: comma-separated values, quoted ones too, and Markdown tables.

The text stays as it is; cells are spans of it, without their quotes.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from mse.reading.clean import trim
from mse.reading.columns import read_header
from mse.reading.grid import Grid, GridCell, Origin, Row

_LINE = regex.compile(r"[^\r\n]*")
_STROKE = regex.compile(r"[|｜│┃]")
# The line below a header in Markdown, and lines that are only drawn between rows.
_DIVIDER = regex.compile(r"[ \t]*[|:-][|: \t-]*")
_BORDER = regex.compile(r"[\s+|:=─━═┄┈┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋-]+")
_QUOTED_TAB = regex.compile(r'(?:^|\t)"[^"]*\n', regex.MULTILINE)
_DELIMITERS = (",", ";", "\t")
_HEADER_LINES = 40
_MOST_COLUMNS = 500
_ALIKE = 0.6


def delimited(text: str) -> list[Grid]:
    """The tables of a text of separated values or Markdown; an empty list where it is neither."""
    for delimiter in _DELIMITERS:
        if delimiter in text and (delimiter != "\t" or _QUOTED_TAB.search(text)) and _has_header(text, delimiter):
            rows = [Row(cells) for cells in _records(text, delimiter)]
            head = next((i for i, row in enumerate(rows) if read_header([c.text for c in row.cells])), None)
            if head is None:
                continue
            body = [row for row in rows[head:] if row.filled]
            alike = sum(1 for row in body if len(row.cells) == len(rows[head].cells))
            if alike >= max(2, _ALIKE * len(body)):
                return [Grid([row for row in rows if len(row.cells) > 1])]
    return _markdown(text) if _STROKE.search(text) else []


def _has_header(text: str, delimiter: str) -> bool:
    """Whether one of the first lines is a header once it is cut; a cheap look before all is parsed."""
    position = 0
    for _ in range(_HEADER_LINES):
        hit = _LINE.match(text, position)
        parts = hit.group()[:4000].split(delimiter) if hit else []
        if 2 < len(parts) <= _MOST_COLUMNS and read_header([part.strip().strip('"') for part in parts]):
            return True
        position = hit.end() + 1 if hit else len(text)
        if position >= len(text):
            return False
    return False


def _records(text: str, delimiter: str) -> Iterator[list[GridCell]]:
    """The records of separated values; a quoted cell may hold delimiters and line ends."""
    mark = regex.escape(delimiter)
    field = regex.compile(rf'[ ]*"(?P<quoted>(?:[^"]|"")*+)"[ ]*(?={mark}|[\r\n]|\Z)|[^{mark}\r\n]*+')
    end = len(text)
    position = 1 if text.startswith("\ufeff") else 0
    cells: list[GridCell] = []
    number = 1
    while position <= end:
        hit = field.match(text, position)
        if hit is None:
            return
        span = hit.span("quoted") if hit["quoted"] is not None else hit.span()
        if len(cells) < _MOST_COLUMNS:
            start, stop = trim(text, *span)
            cells.append(GridCell(text[start:stop], start, stop, Origin(row=number, column=len(cells) + 1)))
        position = hit.end()
        if position < end and text[position] == delimiter:
            position += 1
            continue
        yield cells
        cells = []
        number += 1
        if text.startswith("\r\n", position):
            position += 1
        position += 1


def _markdown(text: str) -> list[Grid]:
    """The tables of a Markdown text: lines of cells between strokes, with a divider below the first."""
    found: list[Grid] = []
    rows: list[Row] = []
    divided = False

    def close() -> None:
        # A line with strokes above the header is running text.
        head = next((i for i, row in enumerate(rows) if read_header([cell.text for cell in row.cells])), None)
        if len(rows) > 1 and (divided or head is not None):
            found.append(Grid(rows[head:] if head is not None else rows))

    for hit in regex.finditer(r"[^\r\n]+", text):
        line = hit.group()
        if rows and "-" in line and "|" in line and _DIVIDER.fullmatch(line):
            divided = True
        elif _BORDER.fullmatch(line):
            continue
        elif _STROKE.search(line):
            rows.append(Row(_piped(text, *hit.span(), len(found) + 1, len(rows) + 1)))
        else:
            close()
            rows, divided = [], False
    close()
    return found


def _piped(text: str, start: int, end: int, table: int, row: int) -> list[GridCell]:
    """The cells of a line divided by its first stroke; strokes around the line divide nothing."""
    start, end = trim(text, start, end)
    mark = _STROKE.search(text, start, end)
    if mark is None:
        return []
    stroke = mark.group()
    position = start + (text[start] == stroke)
    cells: list[GridCell] = []
    while position <= end and len(cells) < _MOST_COLUMNS:
        stop = text.find(stroke, position, end)
        while stop > 0 and text[stop - 1] == "\\":
            stop = text.find(stroke, stop + 1, end)
        if stop < 0:
            stop = end
            if position == end:
                break
        a, b = trim(text, position, stop)
        cells.append(GridCell(text[a:b], a, b, Origin(table=table, row=row, column=len(cells) + 1)))
        position = stop + 1
    return cells
