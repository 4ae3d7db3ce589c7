"""The items of a list of tasks: what each says under its labels, and the row of a table it makes.

`一、新建公办幼儿园6所。（牵头单位：县教育局）截至9月底，已建成5所。` has a number, a task, offices and progress.
Parts are told by labels (`完成情况：`), else by the sentence that passes to what was done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from mse.grammar import load
from mse.reading.answers import answers_in_text
from mse.reading.clean import trim
from mse.reading.columns import OFFICIAL_ROLES, TEXT_ROLES, Roles, header_roles
from mse.reading.grid import Grid, GridCell, Row
from mse.reading.officials import labelled, labels_in_text

_DATA = load("lists")
_MARKS = load("columns")["sentence"]["marks"]
# A part opens an item, a line or a sentence, or stands behind a bracket: （牵头单位：县教育局）截至9月底.
_OPENS = rf"(?:\G|(?<=[{_MARKS}][”\"’」』]?|[\n）)】\]])[^\S\n]*)"
_PROGRESS = regex.compile(rf"{_OPENS}(?={_DATA['progress']['pattern']})")
# A label may have a number of its own, stand in a bracket (with its value or without), be spaced out, or fill a line.
_NAME = r"(?P<label>\p{Han}(?:[^\s，,。；;：:（()）【】\[\]]{1,18}|(?:[^\S\n]+\p{Han}){1,7}))"
_ALONE = r"(?<=\n)[^\S\n]*(?P<label>\p{Han}{3,10})[^\S\n]*\n\s*(?=\S)"
_LABEL = regex.compile(
    rf"{_ALONE}|(?:{_OPENS}|(?<=[，,]|[^\S\n])|(?=[【\[（(]))(?:{load('officials')['list_number']['pattern']})?"
    rf"(?:[【\[]{_NAME}[】\]]\s*[:：]?|(?P<mark>[【\[（(])?{_NAME}\s*[:：])\s*"
)
# Who answers is named to the end of the sentence, or of the line above what was done.
_OFFICIALS_END = regex.compile(rf"。|\n(?=[^\S\n]*(?:{_DATA['progress']['pattern']}))")
_PROMISE = regex.compile(_DATA["promise"]["pattern"])
_NO_PROMISE = regex.compile(_DATA["promise"]["never"])
_LONGEST_PROMISE = 120
_ROUND = regex.compile(r"[（()）\n]")
_LONGEST_BRACKET = 300
_SENTENCE = regex.compile(f"[{_MARKS}]")
_LONGEST_HEADING = 60

# The last column is for what a label says of the task beside its name: 建设内容：….
COLUMNS: list[Roles] = [("number",), *((role,) for role in (*TEXT_ROLES, *OFFICIAL_ROLES)), ("task",)]
SECTION_ROLES = ("progress", "problems", "plan")
_PLACE = {roles[0]: index for index, roles in enumerate(COLUMNS[:-1])}


@dataclass(slots=True)
class Item:
    """A numbered line and what follows it: `text[start:end]`, its content from `body` on, its first line to `stop`.

    `number` is the span of the number alone.
    """

    style: int
    value: int
    start: int
    number: tuple[int, int]
    body: int
    stop: int
    end: int


@dataclass(slots=True)
class Part:
    """What an item says under one label, which begins at `label`, or without one."""

    role: str
    start: int
    end: int
    label: int = -1

    @property
    def labelled(self) -> bool:
        return self.label >= 0


def is_heading_line(text: str, item: Item) -> bool:
    line = text[item.body : item.stop].strip()
    return 0 < len(line) <= _LONGEST_HEADING and not _SENTENCE.search(line)


def role_of(label: str) -> str:
    roles = header_roles(label)
    return roles[0] if roles else ""


def goes_on(text: str, parts: Sequence[Part]) -> bool:
    """Whether an item goes from a promise to what was done, by labels or by its sentences."""
    if len(parts) < 2 or parts[0].role != "task":
        return False
    if any(part.labelled for part in parts):
        return True
    promise = text[parts[0].start : parts[0].end]
    return len(promise) <= _LONGEST_PROMISE and _PROMISE.search(promise) is not None and not _NO_PROMISE.search(promise)


def parts_of(text: str, item: Item, plans: bool) -> list[Part]:
    """The item cut at its labels; where none tells of progress, at the sentence that passes to what was done."""
    labels = _labels(text, item)
    starts = [*(hit.start() for hit in labels), item.end]
    first = starts[0] - (bool(labels) and text[starts[0] - 1] in "，,")
    parts = [Part("task", item.body, first)] if text[item.body : first].strip() else []
    for hit, stop in zip(labels, starts[1:], strict=True):
        parts.append(Part(role_of(hit["label"]), hit.end(), _closed(text, hit, stop), hit.start()))
    parts = [each for part in parts for each in _with_rest(text, part, parts, plans)]
    if not plans and parts and not any(part.role in SECTION_ROLES for part in parts):
        told = next((part for part in parts if part.role == "task"), parts[0])
        passing = _PROGRESS.search(text, told.start + 1, told.end) if told.role == "task" else None
        if passing is not None:
            parts.insert(parts.index(told) + 1, Part("progress", passing.end(), told.end))
            told.end = passing.start()
    return [each for part in parts for each in _without_officials(text, part)]


def _with_rest(text: str, part: Part, parts: Sequence[Part], plans: bool) -> list[Part]:
    """Who answers, and apart from it the sentences that follow: 责任单位：县教育局。已建成5所。."""
    end = _OFFICIALS_END.search(text, part.start, part.end) if part.role in OFFICIAL_ROLES else None
    if end is None or not text[end.end() : part.end].strip():
        return [part]
    done = not plans and not any(each.role == "progress" for each in parts)
    return [
        Part(part.role, part.start, end.end(), part.label),
        Part("progress" if done else "task", end.end(), part.end),
    ]


def is_labelled(text: str, item: Item, parts: list[Part]) -> bool:
    """Whether labels tell of an item, in a bracket too: （牵头单位：市民政局）."""
    said = text[item.body : item.end]
    return any(part.labelled for part in parts) or bool(labels_in_text(said) or answers_in_text(said))


def _labels(text: str, item: Item) -> list[regex.Match[str]]:
    """The labels of an item; of those inside round brackets only one that opens a bracket with what was done."""
    found: list[regex.Match[str]] = []
    position, depth = item.body, 0
    for hit in _LABEL.finditer(text, item.body, item.end):
        for mark in _ROUND.finditer(text, position, hit.start()):
            depth = 0 if mark.group() == "\n" else depth + 1 if mark.group() in "（(" else max(0, depth - 1)
        position = hit.start()
        role = role_of(hit["label"])
        rounded = hit["mark"] is not None and hit["mark"] in "（("
        # Behind a comma only who answers is named: 农村道路工程，牵头单位：市交通局.
        in_clause = text[hit.start() - 1] in "，," and role not in OFFICIAL_ROLES
        if role in _PLACE and not depth and not in_clause and (not rounded or role in SECTION_ROLES):
            found.append(hit)
    return found


def _closed(text: str, label: regex.Match[str], stop: int) -> int:
    """Where the value of a label ends that stands in one bracket with it: 【责任单位：县教育局】."""
    start, end = trim(text, label.end(), stop)
    return end - 1 if label["mark"] and start < end and text[end - 1] in "】]）)" else stop


def _without_officials(text: str, part: Part) -> list[Part]:
    """What was done, and apart from it the offices and people in a bracket at its end."""
    if part.role not in SECTION_ROLES:
        return [part]
    start, end = trim(text, part.start, part.end)
    opening = max(text.rfind(mark, max(start, end - _LONGEST_BRACKET), end) for mark in "（(")
    if opening <= start or text[end - 1] not in "）)":
        return [part]
    labels = labelled(text[opening + 1 : end - 1])
    if not labels:
        return [part]
    officials = Part(labels[0][0], opening + 1, end - 1, opening + 1)
    return [Part(part.role, part.start, opening, part.label), officials]


def heading_row(grid: Grid, text: str, start: int, stop: int) -> None:
    """Add the heading over the items below it to a grid."""
    heading = cell_at(text, start, stop)
    grid.rows.append(Row([heading, *empty_cells(len(COLUMNS) - 1)], spanning=True))
    if not any(map(str.isdigit, heading.text)):
        grid.outside.append((heading.start, heading.end))


def rows_of_item(grid: Grid, text: str, item: Item, parts: Sequence[Part]) -> None:
    """Add the row of an item to a grid; a second part under one label goes on in a row of its own, but for the task."""
    rows = [Row(empty_cells(len(COLUMNS)))]
    rows[0].cells[0] = cell_at(text, *item.number)
    said = dict.fromkeys(_PLACE, 0)
    for part in parts:
        place, line = _PLACE[part.role], said[part.role]
        said[part.role] += 1
        if part.role == "task" and line == 1:
            place, line = len(COLUMNS) - 1, 0
        if line == len(rows):
            rows.append(Row(empty_cells(len(COLUMNS))))
        row = rows[line]
        row.cells[place] = cell = cell_at(text, part.start, part.end)
        if part.role in OFFICIAL_ROLES and cell.text.endswith(tuple(_MARKS)):
            row.cells[place] = cell_at(text, cell.start, cell.end - 1)
    grid.rows += rows
    grid.outside.append((item.start, item.body))
    grid.outside += [(part.label, part.start) for part in parts if part.labelled]


def empty_cells(count: int) -> list[GridCell]:
    return [GridCell("", 0, 0)] * count


def cell_at(text: str, start: int, end: int) -> GridCell:
    start, end = trim(text, start, end)
    return GridCell(text[start:end], start, end)
