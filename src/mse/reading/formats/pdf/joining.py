"""Tables that run over pages, put together again: repeated headers go, a row cut by a page is one row."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from mse.grammar import load
from mse.reading.clean import squeeze
from mse.reading.columns import OFFICIAL_ROLES, Roles, is_heading, is_row_number, read_header
from mse.reading.document import Paragraph, Table, TableCell
from mse.reading.formats.pdf.ruled import PdfCell, PdfTable

_SENTENCE_END = regex.compile(f'[{load("columns")["sentence"]["marks"]}.][”’"）)]*$')
_LEADING_NUMBER = regex.compile(load("columns")["leading_number"]["pattern"])
_EDGE = 6.0


def joined_tables(tables: Sequence[PdfTable]) -> Table:
    """One table of the parts that stand on pages one after the other."""
    cells: list[TableCell] = []
    header: list[str] | None = None
    roles: list[Roles] = []
    height = 0
    for part in tables:
        rows = _by_row(part)
        first = 0
        if header is None:
            found = next(((row, texts) for row, texts in rows.items() if read_header(texts)), None)
            if found is not None:
                header, roles = [squeeze(text) for text in found[1]], read_header(found[1]) or []
        elif (repeat := next((row for row, texts in rows.items() if [squeeze(t) for t in texts] == header), None)) in (
            0,
            1,
            2,
        ):
            first = (repeat or 0) + 1
        kept = [cell for cell in part.cells if cell.row >= first]
        for cell in kept:
            # A full line of names tells nothing; broken names are put together where they are read.
            cell.names = _role(roles, cell.column) in OFFICIAL_ROLES
        if cells and kept:
            kept, first = _carried_over(cells, kept, first, height, roles)
        for cell in kept:
            content = cell.text
            blocks = [Paragraph(content, part.page)] if content else []
            cells.append(
                TableCell([*blocks], cell.row - first + height, cell.column, cell.rows, cell.columns, part.page)
            )
        height = max((cell.row + cell.rows for cell in cells), default=0)
    return Table(cells)


def fits(before: PdfTable, after: PdfTable) -> bool:
    """Whether two tables on following pages have the same columns."""
    return len(before.edges) == len(after.edges) and all(
        abs((a - before.edges[0]) - (b - after.edges[0])) <= _EDGE
        for a, b in zip(before.edges, after.edges, strict=True)
    )


def _by_row(table: PdfTable) -> dict[int, list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, []).append(cell.text)
    return rows


def _carried_over(
    cells: list[TableCell], kept: list[PdfCell], first: int, height: int, roles: list[Roles]
) -> tuple[list[PdfCell], int]:
    """Join the first row of a page to the last one before it where that was cut, and let merged cells go on."""
    merging = {cell.column for cell in cells if cell.rows > 1} | {cell.column for cell in kept if cell.rows > 1}
    last = {cell.column: cell for cell in cells if cell.row + cell.rows == height}
    row = [cell for cell in kept if cell.row == first]
    if _is_cut(last, row, roles, merging):
        for cell in row:
            if cell.wrapped:
                _append(last[cell.column], cell, "\n" if cell.names else "")
            if cell.rows > 1:
                last[cell.column].rows += cell.rows - 1
        return [cell for cell in kept if cell.row > first], first + 1
    gone_on = []
    for cell in row:
        above = last.get(cell.column)
        if above is not None and not cell.wrapped and cell.column in merging and above.columns == cell.columns:
            above.rows += cell.rows
            gone_on.append(cell)
    return [cell for cell in kept if cell not in gone_on], first


def _is_cut(last: dict[int, TableCell], row: Sequence[PdfCell], roles: list[Roles], merging: set[int]) -> bool:
    """Whether a row is the rest of the last one: it has no number of its own, and goes on where a text broke off."""
    if any(cell.column not in last or last[cell.column].columns != cell.columns for cell in row):
        return False
    filled = [cell for cell in row if cell.wrapped]
    if not filled or (len(filled) == 1 and (filled[0].columns > 1 or is_heading(filled[0].text))):
        return False
    numbers = [index for index, role in enumerate(roles) if role == ("number",)]
    for cell in filled:
        if cell.column in numbers or (cell.column == 0 and is_row_number(cell.text)):
            return False
    both = [cell for cell in filled if last[cell.column].text.strip()]
    if any(not cell.names and squeeze(cell.text) == squeeze(last[cell.column].text) for cell in both):
        return False
    texts = [cell for cell in both if not cell.names]
    ended = [_SENTENCE_END.search(last[cell.column].text) is not None for cell in texts]
    tasks = [index for index, role in enumerate(roles) if role == ("task",)][:1]
    if merging & {*numbers, *tasks}:
        # Rows below a merged task are rows of their own, unless one of them plainly breaks off.
        return bool(both) and not (ended and all(ended))
    if numbers or all(cell.column not in tasks for cell in filled):
        return bool(both)
    anew = any(_role(roles, cell.column) == "leader" for cell in both) or any(
        _LEADING_NUMBER.match(cell.text) for cell in filled if cell.column in tasks
    )
    return bool(texts) and not anew and not any(ended)


def _role(roles: list[Roles], column: int) -> str:
    return roles[column][0] if column < len(roles) and roles[column] else ""


def _append(cell: TableCell, rest: PdfCell, joint: str) -> None:
    text = cell.text
    if text and _SENTENCE_END.search(text):
        joint = "\n"
    cell.blocks = [Paragraph(text + joint + rest.text if text else rest.text, cell.page)]
