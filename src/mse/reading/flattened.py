"""Tables in plain text each of whose cells ends in a stroke, as they come out of a web page that was made text.

`序号 | 工作任务 | 责任单位 |` is a row a line, or every cell stands in lines of its own. Of empty and merged cells
nothing is left but strokes at the end of their row (`城投集团 | ||`), or not even these; what the cells of a short row
hold tells their columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from mse.grammar import load
from mse.reading.clean import squeeze, trim
from mse.reading.columns import header_roles, is_caption, is_heading, is_row_number, read_header, row_value
from mse.reading.grid import Grid, GridCell, Origin, Row
from mse.reading.placing import Column, placed

_LINE = regex.compile(r"[^\r\n]*")
_STROKES = "|｜"
_DIVIDER = regex.compile(r"[\s|｜:-]*-[\s|｜:-]*")
_AFTER_TABLE = regex.compile(load("columns")["after_table"]["pattern"])
_DONE = regex.compile(load("lists")["progress"]["pattern"])
_NARROWEST, _WIDEST = 3, 24
_LONGEST_GAP = 30  # lines of one cell
_LONGEST_HEADER = 30
_MOST_LOOKED_AT = 600  # cells that tell how wide a table is
_MOST_HEADERS = 40  # that are tried in one run of lines
_LEAST = -1.0  # a row that fits its columns worse is none of the table
_MOST_SPANNED = 2  # columns that a header may reach over beside its own


@dataclass(slots=True)
class _Cell:
    """A cell: its span, whether its stroke ends a line, and whether it is nothing but a second stroke."""

    start: int
    end: int
    ends: bool
    glued: bool
    text: str


def flattened(text: str) -> list[Grid]:
    """The tables of a text whose cells end in strokes; an empty list where there is none with a header and rows."""
    if not any(stroke in text for stroke in _STROKES):
        return []
    found: list[Grid] = []
    for stretch in _stretches(text):
        cells = _cells(text, stretch)
        for _ in range(_MOST_HEADERS):
            start = next((i for i in range(len(cells)) if _opens_header(cells, i)), None)
            if start is None:
                break
            rows, taken = _table(cells[start:], len(found) + 1)
            if rows:
                found.append(Grid(rows))
            cells = cells[start + max(taken, 1) :]
    return found


def _stretches(text: str) -> list[list[tuple[int, int]]]:
    """The runs of lines that end in strokes, with the lines between them that do not."""
    found: list[list[tuple[int, int]]] = []
    run: list[tuple[int, int]] = []
    waiting: list[tuple[int, int]] = []
    for hit in _LINE.finditer(text):
        start, end = trim(text, *hit.span())
        if start == end:
            continue
        if _DIVIDER.fullmatch(text, start, end):
            continue
        if text[end - 1] in _STROKES and (text[start] not in _STROKES or (run and _only_strokes(text, start, end))):
            run += [*waiting, (start, end)] if run else [(start, end)]
            waiting = []
        elif run:
            waiting.append((start, end))
            if len(waiting) > _LONGEST_GAP:
                found.append(run)
                run, waiting = [], []
    return [*found, run] if run else found


def _only_strokes(text: str, start: int, end: int) -> bool:
    return not text[start:end].strip(_STROKES + " \t\u3000")


def _cells(text: str, lines: Sequence[tuple[int, int]]) -> list[_Cell]:
    cells: list[_Cell] = []
    opened = -1
    for start, end in lines:
        position = start if opened < 0 else opened
        for at in range(start, end):
            if text[at] in _STROKES:
                a, b = trim(text, position, at)
                cells.append(_Cell(a, b, at == end - 1, a == b and at > start and text[at - 1] in _STROKES, text[a:b]))
                position = at + 1
        opened = -1 if text[end - 1] in _STROKES else position
    return cells


def _opens_header(cells: Sequence[_Cell], index: int) -> bool:
    texts = [cell.text for cell in cells[index : index + _NARROWEST]]
    return bool(header_roles(texts[0])) and sum(1 for text in texts if header_roles(text)) > 1


# Tables


def _table(cells: Sequence[_Cell], number: int) -> tuple[list[Row], int]:
    """The rows of the table that begins here, header first, and how many cells it takes; none where it is no table."""
    first = next((index for index, cell in enumerate(cells) if cell.ends), len(cells) - 1) + 1
    chunks = _by_line(cells) if first >= _NARROWEST else _by_number(cells)
    if len(chunks) < 2:
        return [], first
    width = len(chunks[0])
    columns, taken = _columns(chunks, width)
    if not columns:
        return [], len(chunks[0])
    rows = [_header(chunks[0], columns, number)]
    count = sum(map(len, chunks[:taken]))
    for chunk in chunks[taken:]:
        filled = _filled(chunk)
        if len(chunk) > width or _ends_table(filled):
            break
        row = _row(filled, columns, number, len(rows) + 1) if filled else None
        if filled and row is None:
            break
        count += len(chunk)
        rows += [row] if row else []
    return (rows if len(rows) > 1 else []), count


def _by_line(cells: Sequence[_Cell]) -> list[list[_Cell]]:
    """The cells cut where a stroke ends a line; of the lines before a row's first stroke the last one belongs to it."""
    chunks: list[list[_Cell]] = [[]]
    for cell in cells:
        chunks[-1].append(cell if chunks[-1] else _last_line(cell))
        if cell.ends:
            chunks.append([])
    return [chunk for chunk in chunks if chunk]


def _last_line(cell: _Cell) -> _Cell:
    cut = max(cell.text.rfind("\n"), cell.text.rfind("\r")) + 1
    start = cell.start + cut
    return replace(cell, start=start, text=cell.text[cut:]) if cut else cell


def _by_number(cells: Sequence[_Cell]) -> list[list[_Cell]]:
    """The cells cut into rows of one width: that at which running numbers open most rows and second strokes end them.

    Without running numbers it is that of the header, a run of cells that name columns.
    """
    best, found = 0.0, 0
    looked = cells[:_MOST_LOOKED_AT]
    run = next((i for i, cell in enumerate(cells) if not header_roles(cell.text)), len(cells))
    for width in range(_NARROWEST, min(_WIDEST, len(cells) - 1) + 1):
        if read_header([cell.text for cell in cells[:width]]) is None:
            continue
        chunks = [looked[at : at + width] for at in range(0, len(looked), width)]
        score = 0.5 * (width == run) - 2.0 * sum(map(_is_broken, chunks))
        last = 0
        for chunk in chunks[1:]:
            value = row_value(chunk[0].text)
            score += value > 0 and last in (0, value - 1)
            last = value or last
        if score >= best and score > 0:
            best, found = score, width
    return [list(cells[at : at + found]) for at in range(0, len(cells), found)] if found else []


def _is_broken(chunk: Sequence[_Cell]) -> bool:
    """Whether a row holds nothing, or something stands in it behind strokes that end one."""
    glued = next((index for index, cell in enumerate(chunk) if cell.glued), len(chunk))
    return not any(cell.text for cell in chunk) or any(cell.text for cell in chunk[glued:])


# Headers


def _columns(chunks: Sequence[Sequence[_Cell]], width: int) -> tuple[list[Column], int]:
    """The columns by a header of one line or two, and how many lines it has; no columns where they are not certain."""
    upper = _filled(chunks[0])
    lower = _filled(chunks[1]) if len(chunks) > 2 else []
    names = [squeeze(cell.text) for cell in upper]
    below = [squeeze(cell.text) for cell in lower]
    taken = 1
    if len(upper) < width and _is_lower_header(below):
        names, taken = _under(names, below, width), 2
    spare = width - len(names)
    task = next((index for index, name in enumerate(names) if header_roles(name) == ("task",)), -1)
    if spare < 0 or spare > _MOST_SPANNED or (spare and task < 0) or read_header(names) is None:
        return [], taken
    columns = [Column(name, header_roles(name)) for name in names]
    columns[task + 1 : task + 1] = [replace(columns[task], spare=True)] * spare
    return columns, taken


def _is_lower_header(texts: Sequence[str]) -> bool:
    short = all(len(text) <= _LONGEST_HEADER and not is_row_number(text) for text in texts)
    return len(texts) > 1 and short and sum(1 for text in texts if header_roles(text)) * 2 >= len(texts)


def _under(upper: list[str], lower: Sequence[str], width: int) -> list[str]:
    """The names of columns where the last headers of the upper line stand over those of the lower one, evenly."""
    groups = max(1, len(upper) + len(lower) - width)
    if len(lower) % groups or len(upper) <= groups:
        return []
    size = len(lower) // groups
    names = upper[: len(upper) - groups]
    for group, above in enumerate(upper[len(upper) - groups :]):
        names += [_joined(above, name) for name in lower[group * size : (group + 1) * size]]
    return names


def _joined(upper: str, lower: str) -> str:
    """What two lines of a header say together; the lower one alone where it names another role than the upper one."""
    roles = header_roles(lower)
    return lower if roles and roles != header_roles(upper) else upper + lower


def _header(chunk: Sequence[_Cell], columns: Sequence[Column], number: int) -> Row:
    """The header row; its cells are read by the names of the columns, and stand where the upper line has them."""
    cells: list[GridCell] = []
    following = iter(_filled(chunk))
    for index, column in enumerate(columns):
        cell = next(following, None)
        start, end = (cell.start, cell.end) if cell else (chunk[0].start, chunk[0].start)
        cells.append(GridCell(column.header, start, end, Origin(table=number, row=1, column=index + 1)))
    return Row(cells)


# Rows


def _filled(chunk: Sequence[_Cell]) -> list[_Cell]:
    """The cells of a row without the empty ones at its end."""
    count = len(chunk)
    while count and not chunk[count - 1].text:
        count -= 1
    return list(chunk[:count])


def _ends_table(cells: Sequence[_Cell]) -> bool:
    """Whether a row opens with what stands below a table: a note, or the buttons of the page."""
    return bool(cells) and _AFTER_TABLE.fullmatch(cells[0].text.split("\n", 1)[0].strip()) is not None


def _row(cells: Sequence[_Cell], columns: Sequence[Column], number: int, row: int) -> Row | None:
    """The cells of a row in their columns; None where they fit none."""
    heading = len(cells) == 1 and _is_heading(cells[0].text)
    if heading:
        places: list[int | None] = [0]
    else:
        score, places = placed([cell.text for cell in cells], columns)
        if score < _LEAST:
            return None
    empty = GridCell("", cells[0].start, cells[0].start)
    found = [empty] * len(columns)
    for cell, place in zip(cells, places, strict=True):
        if place is not None:
            origin = Origin(table=number, row=row, column=place + 1)
            found[place] = GridCell(cell.text, cell.start, cell.end, origin)
    return Row(found, spanning=heading)


def _is_heading(text: str) -> bool:
    """Whether the lone cell of a row names a group of tasks."""
    return is_heading(text) or (is_caption(text) and not _DONE.match(text) and not any(map(str.isdigit, text)))
