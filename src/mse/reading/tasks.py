"""Grids into tasks, whatever the format: who stands in which column, what is merged, split or restated."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field

import regex

from mse.grammar import load
from mse.model import Cell, CellRole, Task
from mse.reading.align import aligned, roles_by_content
from mse.reading.answers import answers_in_text
from mse.reading.clean import readable, squeeze
from mse.reading.columns import (
    OFFICIAL_ROLES,
    TEXT_ROLES,
    Roles,
    is_caption,
    is_heading,
    is_row_number,
    is_total,
    read_header,
)
from mse.reading.grid import Grid, GridCell, Row
from mse.reading.officials import Officials, labelled, labels_in_text, names, read_cell
from mse.reading.units import unit_of_header, unit_of_row

_LEADING_NUMBER = regex.compile(load("columns")["leading_number"]["pattern"])
_NUMBER_MARKS = "（）().．、 \u3000"
_OFFICE_ROLES = ("lead", "office")
_WIDE = 3


@dataclass(slots=True)
class Reading:
    """What was read from the grids of a document: its tasks, the spans without statements, and the whole table area."""

    tasks: list[Task] = field(default_factory=list)
    regions: list[tuple[int, int]] = field(default_factory=list)
    tables: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Draft:
    """A task under construction; `rest` is the part of its text that stands on the next page."""

    number: str
    category: str
    title: GridCell
    officials: Officials
    cells: list[Cell] = field(default_factory=list)
    rest: str = ""


def read_grids(grids: Iterable[Grid], doc: str) -> Reading:
    """The tasks of all tables. A table without a known header and without columns that explain themselves has none."""
    reading = Reading()
    for grid in grids:
        reading.regions.extend(grid.outside)
        for roles, headers, rows in _tables(grid):
            _Table(roles, headers, reading).read(rows, doc)
    reading.regions = sorted(span for span in set(reading.regions) if span[0] < span[1])
    return reading


def read_known(grid: Grid, roles: list[Roles], doc: str) -> Reading:
    """The tasks of a grid whose columns are known and in which no cell reaches over several rows."""
    reading = Reading(regions=list(grid.outside))
    table = _Table(roles, [""] * len(roles), reading)
    table.inherits = False
    table.read(grid.rows, doc)
    reading.regions = sorted(span for span in set(reading.regions) if span[0] < span[1])
    return reading


def _tables(grid: Grid) -> list[tuple[list[Roles], list[str], list[Row]]]:
    """Cut a grid at its header rows; rows under a repeated header stay with the table they belong to."""
    tables: list[tuple[list[Roles], list[str], list[Row]]] = []
    loose: list[Row] = []
    for row in grid.rows:
        texts = [cell.text for cell in row.cells]
        roles = read_header(texts)
        if roles is None:
            (tables[-1][2] if tables else loose).append(row)
        elif tables and [squeeze(text) for text in texts] == [squeeze(text) for text in tables[-1][1]]:
            tables[-1][2].append(row)
        else:
            tables.append((roles, texts, [row]))
    if not tables and (guessed := roles_by_content(loose)):
        return [(guessed, [""] * len(guessed), loose)]
    return tables


class _Table:
    """One table on its way to tasks; keeps what merged cells and group rows say about the rows below them."""

    def __init__(self, roles: list[Roles], headers: list[str], reading: Reading) -> None:
        self.roles = _with_task(roles)
        self.headers = headers
        self.titles = [readable(header) for header in headers]
        self.reading = reading
        self.drafts: list[_Draft] = []
        self.category = ""
        self.group = Officials()
        self.grouped = False
        self.above: dict[str, list[str]] = {}
        self.last_number: int | None = None
        self.ends = ""
        self.merged: set[int] = set()
        self.reopened = False
        self.inherits = True
        self.headed = False

    def read(self, rows: list[Row], doc: str) -> None:
        self.numbered = any(role == ("number",) for role in self.roles)
        self.counted = not self.numbered and self._tasks_are_numbered(rows)
        # Where a column says which of its cells are merged, an empty one is empty and takes nothing over.
        self.merged = {i for row in rows for i, cell in enumerate(row.cells) if cell.covered == "above"}
        header = [squeeze(text) for text in self.headers]
        for row in rows:
            if not row.filled:
                continue
            self.reading.tables.append((row.filled[0].start, row.filled[-1].end))
            if [squeeze(cell.text) for cell in row.cells] == header:
                self._outside(row)
                self.reopened = self.last_number is not None
            else:
                self._row(row)
        self._fill_numbers()
        self.reading.tasks.extend(self._task(draft, doc) for draft in self.drafts)

    def _tasks_are_numbered(self, rows: list[Row]) -> bool:
        """Whether the task cells open with numbers that count the tasks: 1.…, 2.…, 3.…."""
        column = next((index for index, roles in enumerate(self.roles) if "task" in roles), -1)
        texts = [columns[column].text for row in rows[1:] if column in (columns := self._columns(row))]
        numbers = [int(hit["number"]) for text in texts if (hit := _LEADING_NUMBER.match(text))]
        rising = sum(1 for before, after in itertools.pairwise(numbers) if after > before)
        return len(numbers) * 10 >= len(texts) * 6 > 0 and rising * 10 >= (len(numbers) - 1) * 8

    def _columns(self, row: Row) -> dict[int, GridCell]:
        cells = aligned(row, self.roles)
        said = {index: self._said(index, cell) for index, cell in enumerate(cells) if cell is not None}
        return {index: cell for index, cell in said.items() if cell.start < cell.end}

    def _said(self, index: int, cell: GridCell) -> GridCell:
        """What holds in a cell: for tasks, groups and officials also what a merged cell says from above."""
        roles = self.roles[index]
        return cell.said if roles and roles[0] in ("task", "category", *OFFICIAL_ROLES) else cell

    def _first(self, columns: dict[int, GridCell], role: str) -> GridCell | None:
        return next((columns[i] for i, roles in enumerate(self.roles) if role in roles and i in columns), None)

    def _outside(self, row: Row) -> None:
        self.reading.regions.extend((cell.start, cell.end) for cell in row.filled)

    # Rows

    def _row(self, row: Row) -> None:
        if self._group_row(row) or self._heading_row(row):
            return
        columns = self._columns(row)
        if not columns:
            return
        if row.loose:
            self._forget(range(min(columns)))
        number_cell = self._first(columns, "number")
        if any(is_total(cell.text) for cell in row.filled[:2]):
            self._outside(row)
            return
        number = _plain_number(number_cell.text) if number_cell and is_row_number(number_cell.text) else ""
        if number_cell and number:
            self.reading.regions.append((number_cell.start, number_cell.end))
        task_columns = [i for i, roles in enumerate(self.roles) if "task" in roles]
        title = columns.get(task_columns[0])
        if self.counted and title is not None and (hit := _LEADING_NUMBER.match(title.text)):
            number = hit["number"]
        if title is not None and not number and self._goes_on(columns):
            self.drafts[-1].rest += title.text
            self._continue(columns, None)
        elif title is not None and not self._is_restated(title, number):
            self._new(columns, title, number)
        elif number and title is None and (other := self._any_text(columns)) and not self._same_number(number):
            self._new(columns, other, number)
        elif self.drafts:
            self._continue(columns, title)

    def _any_text(self, columns: dict[int, GridCell]) -> GridCell | None:
        return next((columns[i] for i in sorted(columns) if self.roles[i] and self.roles[i][0] in TEXT_ROLES), None)

    def _same_number(self, number: str) -> bool:
        return bool(self.drafts) and self.drafts[-1].number == number

    def _is_restated(self, title: GridCell, number: str) -> bool:
        """Whether a row goes on with the task above: the same text, and no number of its own."""
        if not self.drafts:
            return False
        last = self.drafts[-1]
        return squeeze(last.title.text) == squeeze(title.text) and number in ("", last.number)

    def _goes_on(self, columns: dict[int, GridCell]) -> bool:
        """Whether a row without number and officials is the rest of one that breaks off in mid-sentence."""
        if not (self.numbered and self.drafts and len(self.drafts[-1].cells) > 1 and len(columns) > 1):
            return False
        officials = any(self.roles[index] and self.roles[index][0] in OFFICIAL_ROLES for index in columns)
        return not officials and self.ends[-1].isalnum() and self.drafts[-1].title.text[-1].isalnum()

    def _forget(self, lost: range) -> None:
        """What stood in cells that were lost is unknown; nothing is taken over from above in their place."""
        for role in {role for index in lost for role in self.roles[index]}:
            self.above.pop(role, None)
            if role == "category":
                self.category = ""

    def _group_row(self, row: Row) -> bool:
        """A row of labels such as 责任单位：…, which hold for the rows below it until the next such row."""
        found = [labelled(cell.text) for cell in row.filled]
        if not all(found):
            return False
        labels = [label for each in found for label in each]
        if not self.grouped or any(self.group.of(role) for role, _ in labels):
            self.group = Officials()
        for role, value in labels:
            self.group.add(role, names(value, role))
        self.grouped = True
        self.above.clear()
        self.last_number = None
        self._outside(row)
        return True

    def _heading_row(self, row: Row) -> bool:
        """A row that is nothing but a heading over the tasks below it; another lone cell is a note."""
        filled = row.filled
        if len(filled) != 1 or len(self.roles) < _WIDE or row.loose or is_row_number(filled[0].text):
            return False
        text, column = filled[0].text, row.cells.index(filled[0])
        certain = row.spanning or self.numbered
        if column <= 1 and (is_heading(text) or (certain and column == 0 and is_caption(text))):
            self.category = readable(text)
            self.above.clear()
            self._group_of_heading(text)
            return True
        return row.spanning or (self.numbered and len(row.cells) == 1)

    def _group_of_heading(self, text: str) -> None:
        """A heading may name who answers for all below it: 一、经济发展（责任领导：王某）."""
        found = [*((role, names(value, role)) for role, value in labels_in_text(text)), *answers_in_text(text)]
        if found or self.headed:
            self.group = Officials()
        for role, named in found:
            self.group.add(role, named)
        self.headed = bool(found)

    # Tasks

    def _new(self, columns: dict[int, GridCell], title: GridCell, number: str) -> None:
        self._notice_gap(number)
        if (category := self._first(columns, "category")) is not None:
            self.category = readable(category.text)
        elif any(index in self.merged for index, roles in enumerate(self.roles) if "category" in roles):
            self.category = ""
        draft = _Draft(number, self.category, title, Officials())
        self.drafts.append(draft)
        self._officials(columns, draft, inherit=True)
        for role, value in labels_in_text(title.text):
            draft.officials.add(role, names(value, role))
        for role, offices in answers_in_text(title.text):
            draft.officials.add(role, offices)
        self._add_cells(columns, draft, None)

    def _continue(self, columns: dict[int, GridCell], restated: GridCell | None) -> None:
        """A further row of the task above: sub-items under a merged task cell, or the rest of a split row."""
        draft = self.drafts[-1]
        if (category := self._first(columns, "category")) is not None:
            self.category = readable(category.text)
        if restated is not None and restated.start != draft.title.start:
            self.reading.regions.append((restated.start, restated.end))
        self._officials(columns, draft, inherit=False)
        self._add_cells(columns, draft, restated)

    def _add_cells(self, columns: dict[int, GridCell], draft: _Draft, restated: GridCell | None) -> None:
        unit = unit_of_row(squeeze(draft.title.text), tuple(squeeze(columns[index].text) for index in sorted(columns)))
        for index in sorted(columns):
            cell = columns[index]
            role = self.roles[index][0] if self.roles[index] else ""
            if cell is restated:
                continue
            if (text_role := _text_role(role)) is not None:
                self.ends = cell.text
                draft.cells.append(_cell(text_role, cell, self.titles[index], unit))

    def _officials(self, columns: dict[int, GridCell], draft: _Draft, inherit: bool) -> None:
        """Read the official cells of a row; an empty one takes what the merged cell above it says.

        Supporting offices and people go with the leading office: they are taken over only together with it.
        """
        found: dict[str, list[str]] = {}
        present = {role for roles in self.roles for role in roles if role in OFFICIAL_ROLES}
        explicit = {role for index in self.merged if index < len(self.roles) for role in self.roles[index]}
        for index, cell in columns.items():
            roles = self.roles[index]
            if roles and roles[0] in OFFICIAL_ROLES:
                self.reading.regions.append((cell.start, cell.end))
                for role in roles:
                    found.setdefault(role, [])
                for role, values in read_cell(cell.text, roles):
                    found.setdefault(role, []).extend(values)
        own_office = any(role in found for role in ("lead", "office", "supporting", "person"))
        if inherit:
            for role in present - found.keys() if self.inherits else ():
                if role not in explicit and (
                    role == "leader"
                    or not own_office
                    or (role in _OFFICE_ROLES and not found.keys() & {*_OFFICE_ROLES})
                ):
                    found[role] = self.above.get(role, [])
            self.above = found
            for role in OFFICIAL_ROLES:
                if role not in found:
                    draft.officials.add(role, self.group.of(role))
        for role in OFFICIAL_ROLES:
            draft.officials.add(role, found.get(role, []))

    def _notice_gap(self, number: str) -> None:
        """Where numbers jump, rows are missing: nothing above the gap is known to hold below it.

        The same goes for a table that starts anew, with the same header and from number 1.
        """
        if not number.isdecimal():
            return
        value = int(number)
        restarted = self.reopened and value == 1
        self.reopened = False
        if restarted or (self.last_number is not None and value > self.last_number + 1):
            self.above, self.group, self.category, self.grouped = {}, Officials(), "", False
        self.last_number = value

    def _fill_numbers(self) -> None:
        """A task between numbers 18 and 20 that lost its own is number 19; where that is not certain it has none."""
        for before, draft, after in zip(self.drafts, self.drafts[1:], self.drafts[2:], strict=False):
            around = (before.number, after.number)
            if not draft.number and all(map(str.isdecimal, around)) and int(after.number) - int(before.number) == 2:
                draft.number = str(int(before.number) + 1)

    def _task(self, draft: _Draft, doc: str) -> Task:
        text = draft.title.text
        if self.counted and (hit := _LEADING_NUMBER.match(text)):
            text = text[hit.end() :]
        text += draft.rest
        lead, supporting = draft.officials.resolved()
        return Task.trusted(
            doc=doc,
            number=draft.number,
            category=draft.category,
            text=readable(text),
            start=draft.title.start,
            end=draft.title.end,
            leaders=draft.officials.leaders,
            lead_organizations=lead,
            persons=draft.officials.persons,
            supporting_organizations=supporting,
            cells=draft.cells,
        )


def _cell(role: CellRole, cell: GridCell, header: str, unit: str) -> Cell:
    """A cell of a task; a bare number in it is counted in the unit of its column, else of its row, else in `unit`."""
    said = unit_of_header(header) or cell.unit or unit
    cell_of_task = Cell.trusted(role=role, start=cell.start, end=cell.end, header=header, unit=said)
    if (origin := cell.origin) is not None:
        cell_of_task.sheet, cell_of_task.table, cell_of_task.page = origin.sheet, origin.table, origin.page
        cell_of_task.row, cell_of_task.column = origin.row, origin.column
    return cell_of_task


def _text_role(role: str) -> CellRole | None:
    match role:
        case "task" | "progress" | "plan" | "problems":
            return role
        case _:
            return None


def _plain_number(text: str) -> str:
    return squeeze(text).strip(_NUMBER_MARKS)


def _with_task(roles: list[Roles]) -> list[Roles]:
    """Name a task column where no header does: the first unknown one, else the first one of text."""
    if any("task" in each for each in roles):
        return roles
    candidates = [i for i, each in enumerate(roles) if not each] or [
        i for i, each in enumerate(roles) if each and each[0] in TEXT_ROLES
    ]
    return [("task",) if i == candidates[0] else each for i, each in enumerate(roles)] if candidates else roles
