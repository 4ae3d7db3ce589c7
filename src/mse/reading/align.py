"""Find the columns again: of a row that lost empty cells, and of a table that lost its header."""

from __future__ import annotations

from collections.abc import Sequence

from mse.reading.clean import squeeze
from mse.reading.columns import OFFICIAL_ROLES, TEXT_ROLES, Roles, is_heading, is_none, is_row_number
from mse.reading.grid import GridCell, Row
from mse.reading.officials import looks_like_office, looks_like_person, read_cell

_LONG = 25
_LONGEST_LIST = 200
_ENOUGH_ROWS = 3


def aligned(row: Row, roles: Sequence[Roles]) -> list[GridCell | None]:
    """The cells of a row by column; where cells are missing, at the shift at which their contents fit best."""
    cells = row.cells
    while len(cells) > len(roles) and cells[-1].start == cells[-1].end:
        cells = cells[:-1]
    missing = len(roles) - len(cells)
    if missing <= 0:
        return list(cells[: len(roles)])
    shifts = range(missing + 1)
    best = max(shifts, key=lambda shift: (_fit(cells, roles[shift:]), -shift if not row.loose else shift))
    return [None] * best + list(cells) + [None] * (missing - best)


def _fit(cells: Sequence[GridCell], roles: Sequence[Roles]) -> int:
    return sum(cell_fit(cell.text, role[0]) for cell, role in zip(cells, roles, strict=False) if role and cell.text)


def cell_fit(text: str, role: str) -> int:
    """How well a cell's content agrees with the role of a column: from -3 to 3."""
    length = len(squeeze(text))
    if is_row_number(text):
        return 3 if role == "number" else -2
    if role == "number":
        return -3
    if role == "category":
        return 2 if is_heading(text) else 1 if length <= _LONG else -2
    if role in OFFICIAL_ROLES and length > _LONGEST_LIST:
        return -2
    if role in ("leader", "person"):
        people = [name for _, names in read_cell(text, (role,)) for name in names]
        return 2 if people and all(looks_like_person(name) for name in people) else -2 if length > _LONG else -1
    if role in ("lead", "office", "supporting"):
        offices = [name for _, names in read_cell(text, (role,)) for name in names]
        return 2 if offices and all(looks_like_office(name) for name in offices) else -2 if length > _LONG else 0
    if role in TEXT_ROLES:
        return 1 if length > 8 else -1 if looks_like_person(text) else 0
    return 0


def roles_by_content(rows: Sequence[Row]) -> list[Roles] | None:
    """The roles of the columns of a table without a header: numbers, texts, offices, people; None if it is no report.

    A report has a column of row numbers and at least one column of longer texts; the first of these is the task.
    """
    width = max((len(row.cells) for row in rows), default=0)
    full = [row for row in rows if len(row.cells) == width]
    if width < 2 or len(full) < _ENOUGH_ROWS or len(full) * 2 < len(rows):
        return None
    kinds = [_kind([row.cells[column].text for row in full]) for column in range(width)]
    texts = [column for column, kind in enumerate(kinds) if kind == "text"]
    if kinds[0] != "number" or not texts:
        return None
    roles: list[Roles] = []
    offices = 0
    for column, kind in enumerate(kinds):
        match kind:
            case "text":
                roles.append(("task",) if column == texts[0] else ("progress",))
            case "office":
                roles.append(("supporting",) if offices else ("office",))
                offices += 1
            case "person":
                roles.append(("person",) if offices else ("leader",))
            case "number":
                roles.append(("number",) if column == 0 else ())
            case _:
                roles.append(())
    return roles


def _kind(texts: list[str]) -> str:
    filled = [text for text in texts if not is_none(text)]
    if not filled:
        return ""

    def most(count: int) -> bool:
        return count * 10 >= len(filled) * 7

    if most(sum(is_row_number(text) for text in filled)):
        return "number"
    if most(sum(looks_like_person(text) for text in filled)):
        return "person"
    if most(sum(cell_fit(text, "office") == 2 for text in filled)):
        return "office"
    return "text" if sum(len(squeeze(text)) for text in filled) >= 8 * len(filled) else ""
