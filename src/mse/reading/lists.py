"""Reports without tables whose tasks are the items of a numbered list, as the rows of a table.

`一、新建公办幼儿园6所。（牵头单位：县教育局）截至9月底，已建成5所。` has a number, a task, offices and progress.
Parts are told by labels (`完成情况：`), else by the sentence that passes to what was done.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from mse.grammar import load
from mse.numbers import parse
from mse.reading.answers import answers_in_text
from mse.reading.clean import trim
from mse.reading.closing import closing
from mse.reading.columns import OFFICIAL_ROLES, TEXT_ROLES, Roles, header_roles
from mse.reading.grid import Grid, GridCell, Row
from mse.reading.metadata import only_plans
from mse.reading.officials import labelled, labels_in_text

_DATA = load("lists")
_COLUMNS = load("columns")
_STYLES = [regex.compile(rf"[^\S\n]*(?:{entry['pattern']})[^\S\n]*(?=\S)") for entry in _DATA["style"]]
_TITLE = regex.compile(_DATA["title"]["pattern"])
_ASIDE = regex.compile(_DATA["aside"]["pattern"])
_MARKS = _COLUMNS["sentence"]["marks"]
# A part opens an item, a line or a sentence, or stands behind a bracket: （牵头单位：县教育局）截至9月底.
_OPENS = rf"(?:\G|(?<=[{_MARKS}][”\"’」』]?|[\n）)】\]])[^\S\n]*)"
_PROGRESS = regex.compile(rf"{_OPENS}(?={_DATA['progress']['pattern']})")
# A label may have a number of its own, stand in a bracket (with its value or without), or be spaced out.
_NAME = r"(?P<label>\p{Han}(?:[^\s，。；：:（()）【】\[\]]{1,18}|(?:[^\S\n]+\p{Han}){1,7}))"
_LABEL = regex.compile(
    rf"(?:{_OPENS}|(?<=[^\S\n])|(?=[【\[（(]))(?:{load('officials')['list_number']['pattern']})?"
    rf"(?:[【\[]{_NAME}[】\]]\s*[:：]?|(?P<mark>[【\[（(])?{_NAME}\s*[:：])\s*"
)
_ROUND = regex.compile(r"[（()）\n]")
_LONGEST_BRACKET = 300
_LINE = regex.compile(r"[^\r\n]+")
_SENTENCE = regex.compile(f"[{_MARKS}]")
_FEWEST = 3
_IN_ORDER = 0.8
_TELLING = 0.6  # so many of the items must show that they are tasks
_SECTIONS = 0.2  # more headings of sections than this, and the items are no tasks
_LONGEST_HEADING = 60

# The last column is for what a label says of the task beside its name: 建设内容：….
COLUMNS: list[Roles] = [("number",), *((role,) for role in (*TEXT_ROLES, *OFFICIAL_ROLES)), ("task",)]
_SECTION_ROLES = ("progress", "problems", "plan")
_PLACE = {roles[0]: index for index, roles in enumerate(COLUMNS[:-1])}


@dataclass(slots=True)
class _Item:
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
class _Part:
    """What an item says under one label, which begins at `label`, or without one."""

    role: str
    start: int
    end: int
    label: int = -1

    @property
    def labelled(self) -> bool:
        return self.label >= 0


def listed(text: str, title: str) -> Grid | None:
    """The tasks of a numbered list as a grid with the columns of `COLUMNS`; None where the text is no list of tasks.

    Most of the items must have labels, or the title must name a list of tasks, and either it only plans or most of the
    items go on to what was done. Of several such levels the finest is taken.
    """
    items = _without_asides(text, _items(text))
    promising, plans = _TITLE.search(title) is not None, only_plans(title)
    found: tuple[int, list[list[_Part]]] | None = None
    for style in sorted({item.style for item in items}):
        members = [item for item in items if item.style == style]
        if len(members) < _FEWEST or not _in_order(members) or _are_sections(text, members):
            continue
        parts = [_parts(text, item, plans) for item in members]
        if sum(1 for each in parts if each and each[0].labelled and each[0].role != "task") > len(members) / 2:
            continue
        named = sum(1 for item, each in zip(members, parts, strict=True) if _is_labelled(text, item, each))
        told = sum(1 for each in parts if len(each) > 1)
        enough = _TELLING * len(members)
        if named >= enough or (promising and (plans or told >= enough)):
            found = style, parts
    return _grid(text, items, *found, plans) if found else None


def _items(text: str) -> list[_Item]:
    """All numbered lines; each reaches to the next one that is numbered alike or coarser."""
    items: list[_Item] = []
    open_items: list[_Item] = []

    def close(style: int, end: int) -> None:
        while open_items and open_items[-1].style >= style:
            open_items.pop().end = end

    lines = list(_LINE.finditer(text))
    for line, closes in zip(lines, closing([line.group() for line in lines]), strict=True):
        start, stop = line.span()
        if closes:
            close(0, start)
            continue
        for style, pattern in enumerate(_STYLES):
            if hit := pattern.match(text, start, stop):
                close(style, start)
                value, span = _value(hit["number"]), hit.span("number")
                items.append(_Item(style, value, start, span, hit.end(), stop, len(text)))
                open_items.append(items[-1])
                break
    return items


def _without_asides(text: str, items: list[_Item]) -> list[_Item]:
    """The items without those below the heading of a section that holds no tasks."""
    kept: list[_Item] = []
    until = -1
    for item in items:
        if item.start >= until:
            kept.append(item)
            if _is_heading(text, item) and _ASIDE.fullmatch(text, *trim(text, item.body, item.stop)):
                until = item.end
    return kept


def _value(number: str) -> int:
    if len(number) == 1 and not number.isascii():
        return int(unicodedata.numeric(number))
    try:
        return int(parse(number))
    except ValueError:
        return 0


def _in_order(items: Sequence[_Item]) -> bool:
    rising = sum(1 for before, item in itertools.pairwise(items) if item.value in (before.value + 1, 1))
    return rising >= _IN_ORDER * (len(items) - 1)


def _are_sections(text: str, items: Sequence[_Item]) -> bool:
    """Whether the items are the sections of a report (主要工作完成情况, 存在问题, 下一步计划) and no tasks."""
    named = sum(1 for item in items if _is_heading(text, item) and _role(text[item.body : item.stop]) in _SECTION_ROLES)
    return named > _SECTIONS * len(items)


def _is_heading(text: str, item: _Item) -> bool:
    line = text[item.body : item.stop].strip()
    return 0 < len(line) <= _LONGEST_HEADING and not _SENTENCE.search(line)


def _role(label: str) -> str:
    roles = header_roles(label)
    return roles[0] if roles else ""


def _parts(text: str, item: _Item, plans: bool) -> list[_Part]:
    """The item cut at its labels; where none tells of progress, at the sentence that passes to what was done."""
    labels = _labels(text, item)
    starts = [*(hit.start() for hit in labels), item.end]
    parts = [_Part("task", item.body, starts[0])] if text[item.body : starts[0]].strip() else []
    for hit, stop in zip(labels, starts[1:], strict=True):
        parts.append(_Part(_role(hit["label"]), hit.end(), _closed(text, hit, stop), hit.start()))
    if not plans and parts and not any(part.role in _SECTION_ROLES for part in parts):
        told = next((part for part in parts if part.role == "task"), parts[0])
        passing = _PROGRESS.search(text, told.start + 1, told.end) if told.role == "task" else None
        if passing is not None:
            parts.insert(parts.index(told) + 1, _Part("progress", passing.end(), told.end))
            told.end = passing.start()
    return [each for part in parts for each in _without_officials(text, part)]


def _is_labelled(text: str, item: _Item, parts: list[_Part]) -> bool:
    """Whether labels tell of an item, in a bracket too: （牵头单位：市民政局）."""
    said = text[item.body : item.end]
    return any(part.labelled for part in parts) or bool(labels_in_text(said) or answers_in_text(said))


def _labels(text: str, item: _Item) -> list[regex.Match[str]]:
    """The labels of an item; of those inside round brackets only one that opens a bracket with what was done."""
    found: list[regex.Match[str]] = []
    position, depth = item.body, 0
    for hit in _LABEL.finditer(text, item.body, item.end):
        for mark in _ROUND.finditer(text, position, hit.start()):
            depth = 0 if mark.group() == "\n" else depth + 1 if mark.group() in "（(" else max(0, depth - 1)
        position = hit.start()
        role = _role(hit["label"])
        rounded = hit["mark"] is not None and hit["mark"] in "（("
        if role in _PLACE and not depth and (not rounded or role in _SECTION_ROLES):
            found.append(hit)
    return found


def _closed(text: str, label: regex.Match[str], stop: int) -> int:
    """Where the value of a label ends that stands in one bracket with it: 【责任单位：县教育局】."""
    start, end = trim(text, label.end(), stop)
    return end - 1 if label["mark"] and start < end and text[end - 1] in "】]）)" else stop


def _without_officials(text: str, part: _Part) -> list[_Part]:
    """What was done, and apart from it the offices and people in a bracket at its end."""
    if part.role not in _SECTION_ROLES:
        return [part]
    start, end = trim(text, part.start, part.end)
    opening = max(text.rfind(mark, max(start, end - _LONGEST_BRACKET), end) for mark in "（(")
    if opening <= start or text[end - 1] not in "）)":
        return [part]
    labels = labelled(text[opening + 1 : end - 1])
    if not labels:
        return [part]
    officials = _Part(labels[0][0], opening + 1, end - 1, opening + 1)
    return [_Part(part.role, part.start, opening, part.label), officials]


def _grid(text: str, items: list[_Item], style: int, parts: list[list[_Part]], plans: bool) -> Grid:
    grid = Grid()
    planned = plans
    following = iter(parts)
    for item in items:
        if item.style < style and _is_heading(text, item):
            planned = plans or only_plans(text[item.body : item.stop])
            heading = _cell(text, item.start, item.stop)
            grid.rows.append(Row([heading, *_empty(len(COLUMNS) - 1)], spanning=True))
            if not any(map(str.isdigit, heading.text)):
                grid.outside.append((heading.start, heading.end))
        elif item.style == style:
            said = next(following)
            grid.rows += _rows_of(text, item, _completed(text, item, said, planned))
            grid.outside.append((item.start, item.body))
            grid.outside += [(part.label, part.start) for part in said if part.labelled]
    return grid


def _completed(text: str, item: _Item, parts: list[_Part], planned: bool) -> list[_Part]:
    """The parts of an item that is not cut: a heading and what is said below it, or one piece of progress."""
    if len(parts) != 1 or parts[0].labelled or planned:
        return parts
    if _is_heading(text, item) and text[item.stop : item.end].strip():
        return [_Part("task", item.body, item.stop), _Part("progress", item.stop, item.end)]
    return [_Part("progress", item.body, item.end)]


def _rows_of(text: str, item: _Item, parts: Iterable[_Part]) -> list[Row]:
    """The row of an item; a second part under the same label goes on in a row of its own, but for the task."""
    rows = [Row(_empty(len(COLUMNS)))]
    rows[0].cells[0] = _cell(text, *item.number)
    said = dict.fromkeys(_PLACE, 0)
    for part in parts:
        place, line = _PLACE[part.role], said[part.role]
        said[part.role] += 1
        if part.role == "task" and line == 1:
            place, line = len(COLUMNS) - 1, 0
        if line == len(rows):
            rows.append(Row(_empty(len(COLUMNS))))
        row = rows[line]
        row.cells[place] = cell = _cell(text, part.start, part.end)
        if part.role in OFFICIAL_ROLES and cell.text.endswith(tuple(_MARKS)):
            row.cells[place] = _cell(text, cell.start, cell.end - 1)
    return rows


def _empty(count: int) -> list[GridCell]:
    return [GridCell("", 0, 0)] * count


def _cell(text: str, start: int, end: int) -> GridCell:
    start, end = trim(text, start, end)
    return GridCell(text[start:end], start, end)
