"""Plain text with tables in it, as grids: cells marked by a leading tab, or rows of tab-separated cells."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import regex

from mse.grammar import load
from mse.reading.clean import trim
from mse.reading.columns import header_roles, is_heading, is_row_number, read_header
from mse.reading.grid import Grid, GridCell, Row
from mse.reading.officials import labelled

_LINE = regex.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_BLANK_LINES = regex.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)")
_AFTER_TABLE = regex.compile(load("columns")["after_table"]["pattern"])
_WIDEST = 60
_SENTENCE_LENGTH = 12


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def grids(text: str) -> list[Grid]:
    """The tables of a plain text, in order; an empty list where there is none."""
    if "\t" not in text:
        return []
    lines = [_Line(hit.start(1), hit.end(1), hit.group(1)) for hit in _LINE.finditer(text) if hit.end() > hit.start()]
    inner = sum(1 for line in lines if "\t" in line.text.strip())
    leading = sum(1 for line in lines if "\t" in line.text and "\t" not in line.text.strip())
    return _separated(text, lines) if inner * 2 >= leading else _marked(text, lines)


def _cell(text: str, start: int, end: int) -> GridCell:
    start, end = trim(text, start, end)
    return GridCell(text[start:end], start, end)


# Rows of tab-separated cells: one line is one row.


def _separated(text: str, lines: list[_Line]) -> list[Grid]:
    rows: list[Row] = []
    end = 0
    open_row = False
    for line in lines:
        words = line.text.strip()
        if not words and "\t" not in line.text:
            open_row = False
        elif "\t" in line.text or labelled(words) or is_heading(words):
            _stretch(text, rows, end)
            rows.append(Row(_split(text, line)))
            end, open_row = line.end, "\t" in line.text
        elif rows and _AFTER_TABLE.fullmatch(words):
            open_row = False
        elif rows and (open_row or _breaks_off(text, rows[-1], end)):
            # A line break, or a page break in the middle of a sentence, inside the last cell of the row.
            end, open_row = line.end, True
    _stretch(text, rows, end)
    return [Grid(rows)]


def _stretch(text: str, rows: list[Row], end: int) -> None:
    """Let the last filled cell of the last row reach to `end`, where its lines end."""
    if rows and (filled := rows[-1].filled) and end > filled[-1].end:
        rows[-1].cells[rows[-1].cells.index(filled[-1])] = _cell(text, filled[-1].start, end)


def _breaks_off(text: str, row: Row, end: int) -> bool:
    """Whether a longer cell stops without an end mark, so that what follows a blank line belongs to it."""
    if not row.filled:
        return False
    start, end = trim(text, row.filled[-1].start, end)
    return end - start >= _SENTENCE_LENGTH and text[end - 1].isalnum()


def _split(text: str, line: _Line) -> list[GridCell]:
    cells = []
    position = line.start
    for part in line.text.split("\t"):
        cells.append(_cell(text, position, position + len(part)))
        position += len(part) + 1
    return cells


# Cells marked by a leading tab: a cell may run over lines, a blank line before a cell divides rows, and so does a
# cell whose tab follows other space (the empty cells before it are lost). As cells may also end in blank lines, a
# piece of a row is completed to the width of the header above.


@dataclass(slots=True)
class _Marked:
    cell: GridCell
    gap: bool
    lost: bool
    stop: int


def _marked(text: str, lines: list[_Line]) -> list[Grid]:
    pieces = _pieces(_marked_cells(text, lines))
    rows: list[Row] = []
    width = 0
    position = 0
    while position < len(pieces):
        taken = 1
        header = _header_length(pieces, position)
        if header:
            taken, width = header, sum(len(piece) for piece in pieces[position : position + header])
        elif width:
            taken = _row_length(pieces, position, width)
        marked = [cell for piece in pieces[position : position + taken] for cell in piece]
        if header and rows:
            _cut_tail(text, rows[-1])
        rows.append(Row([each.cell for each in marked], loose=marked[0].lost))
        position += taken
    if rows:
        _cut_tail(text, rows[-1])
    return [Grid(rows)]


def _marked_cells(text: str, lines: list[_Line]) -> list[_Marked]:
    cells: list[_Marked] = []
    gap = True
    starts: list[tuple[int, bool, bool]] = []
    for line in lines:
        if line.blank and "\t" not in line.text:
            gap = True
            continue
        indent = line.text[: len(line.text) - len(line.text.lstrip())]
        if "\t" in indent:
            starts.append((line.start, gap, not line.text.startswith("\t")))
        gap = False
    for (start, gap, lost), (stop, *_) in itertools.pairwise([*starts, (len(text), False, False)]):
        cells.append(_Marked(_cell(text, start, stop), gap, lost, stop))
    return cells


def _pieces(cells: list[_Marked]) -> list[list[_Marked]]:
    pieces: list[list[_Marked]] = []
    for cell in cells:
        if cell.gap or cell.lost or not pieces:
            pieces.append([])
        pieces[-1].append(cell)
    return [part for piece in pieces for part in _around_header(piece)]


def _around_header(piece: list[_Marked]) -> list[list[_Marked]]:
    """Set a header row apart from the text right above it and from rows that follow without a blank line."""
    texts = [each.cell.text for each in piece]
    if len(piece) < 3 or read_header(texts[:_WIDEST]):
        return [piece]
    for start in range(max(0, len(piece) - _WIDEST), len(piece) - 1):
        if start and header_roles(texts[start]) and read_header(texts[start:]):
            return [piece[:start], piece[start:]]
    stop = next((index for index, text in enumerate(texts[:_WIDEST]) if is_row_number(text)), 0)
    if stop > 1 and read_header(texts[:stop]):
        rest = piece[stop:]
        return [piece[:stop]] + [rest[index : index + stop] for index in range(0, len(rest), stop)]
    return [piece]


def _header_length(pieces: list[list[_Marked]], position: int) -> int:
    """How many pieces from here make a header row: the longest run in which every piece adds known headers."""
    found = 0
    cells: list[str] = []
    for length, piece in enumerate(pieces[position : position + 4], start=1):
        texts = [each.cell.text for each in piece]
        if length > 1 and not all(header_roles(text) for text in texts):
            break
        cells += texts
        if len(cells) > _WIDEST:
            break
        if read_header(cells) and not (length > 1 and read_header(texts)):
            found = length
        elif found:
            break
    return found


def _row_length(pieces: list[list[_Marked]], position: int, width: int) -> int:
    """How many pieces from here make one row of exactly this width; one where no number of them does."""
    total = 0
    for length, piece in enumerate(pieces[position : position + width], start=1):
        if length > 1 and (piece[0].lost or is_row_number(piece[0].cell.text)):
            return 1
        total += len(piece)
        if total == width:
            return length
        if total > width:
            return 1
    return 1


def _cut_tail(text: str, row: Row) -> None:
    """Take what stands below the table off the last cell of its last row."""
    if not row.cells:
        return
    cell = row.cells[-1]
    cut = len(cell.text)
    if blank := _BLANK_LINES.search(cell.text):
        cut = blank.start()
    for index, hit in enumerate(_LINE.finditer(cell.text)):
        if index and hit.start() < cut and _AFTER_TABLE.fullmatch(hit.group(1).strip()):
            cut = hit.start()
            break
    if cut < len(cell.text):
        row.cells[-1] = _cell(text, cell.start, cell.start + cut)
