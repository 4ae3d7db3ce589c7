"""Reports without tables whose tasks are the items of a list with numbers or other marks, as the rows of a table."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Sequence

import regex

from mse.grammar import load
from mse.numbers import parse
from mse.reading.clean import trim
from mse.reading.closing import closing
from mse.reading.grid import Grid
from mse.reading.items import (
    SECTION_ROLES,
    Item,
    Part,
    goes_on,
    heading_row,
    is_heading_line,
    is_labelled,
    parts_of,
    role_of,
    rows_of_item,
)
from mse.reading.metadata import only_plans

_DATA = load("lists")
_STYLES = [
    regex.compile(rf"[^\S\n]*(?:{pattern})[^\S\n]*(?=\S)")
    for pattern in (*(entry["pattern"] for entry in _DATA["style"]), rf"{_DATA['bullet']['pattern']}(?P<number>)")
]
_TITLE = regex.compile(_DATA["title"]["pattern"])
_ASIDE = regex.compile(_DATA["aside"]["pattern"])
_UNDERTAKING = regex.compile(_DATA["undertaking"]["pattern"])
_LINE = regex.compile(r"[^\r\n]+")
_FEWEST = 3
_FEWEST_TOLD = 2  # so few are enough where every one of them says what was to be done and what came of it
_IN_ORDER = 0.8
_TELLING = 0.6  # so many of the items must show that they are tasks
_SECTIONS = 0.2  # more headings of sections than this, and the items are no tasks


def listed(text: str, title: str) -> Grid | None:
    """The tasks of a numbered list as a grid with the columns of `items.COLUMNS`; None where there is none.

    Most of the items must have labels, or the title must name a list of tasks, and either it only plans or most of the
    items go on to what was done. Of several such levels the finest is taken.
    """
    items = _without_asides(text, _items(text))
    promising, plans = promises(title), only_plans(title)
    found: tuple[int, list[list[Part]]] | None = None
    for style in sorted({item.style for item in items}):
        members = [item for item in items if item.style == style]
        if len(members) < _FEWEST_TOLD or not _in_order(members) or _are_sections(text, members):
            continue
        parts = [parts_of(text, item, plans) for item in members]
        if len(members) < _FEWEST and not all(goes_on(text, each) for each in parts):
            continue
        if sum(1 for each in parts if each and each[0].labelled and each[0].role != "task") > len(members) / 2:
            continue
        named = sum(1 for item, each in zip(members, parts, strict=True) if is_labelled(text, item, each))
        told = sum(1 for item, each in zip(members, parts, strict=True) if len(each) > 1 or _is_undertaking(text, item))
        enough = _TELLING * len(members)
        if named >= enough or (promising and (plans or told >= enough)):
            found = style, parts
    if found is None:
        return None
    style, parts = found
    return _grid(text, items if plans else _telling(text, items, style, parts), style, parts, plans)


def _telling(text: str, items: list[Item], style: int, parts: list[list[Part]]) -> list[Item]:
    """The items without those of a section none of whose items tells what was to be done or came of it."""
    silent: list[Item] = []
    section: list[Item] = []
    telling = False
    following = iter(parts)
    for item in items:
        if item.style < style:
            silent += [] if telling else section
            section, telling = [], False
        elif item.style == style:
            said = next(following)
            section.append(item)
            telling = telling or len(said) > 1 or is_labelled(text, item, said) or _is_undertaking(text, item)
    silent += [] if telling else section
    gone = {item.start for item in silent}
    parts[:] = [
        said for item, said in zip((i for i in items if i.style == style), parts, strict=True) if item.start not in gone
    ]
    return [item for item in items if item.start not in gone]


def promises(title: str) -> bool:
    """Whether a title is that of a report whose items are tasks."""
    return _TITLE.search(title) is not None


def is_numbered(text: str, start: int, stop: int) -> bool:
    """Whether a line opens with a number or a mark of a list."""
    return any(pattern.match(text, start, stop) for pattern in _STYLES)


def _items(text: str) -> list[Item]:
    """All numbered lines; each reaches to the next one that is numbered alike or coarser."""
    items: list[Item] = []
    open_items: list[Item] = []

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
                items.append(Item(style, value, start, span, hit.end(), stop, len(text)))
                open_items.append(items[-1])
                break
    return items


def _without_asides(text: str, items: list[Item]) -> list[Item]:
    """The items without those below the heading of a section that holds no tasks."""
    kept: list[Item] = []
    until = -1
    for item in items:
        if item.start >= until:
            kept.append(item)
            if is_heading_line(text, item) and _ASIDE.fullmatch(text, *trim(text, item.body, item.stop)):
                until = item.end
    return kept


def _value(number: str) -> int:
    if len(number) == 1 and not number.isascii():
        return int(unicodedata.numeric(number))
    try:
        return int(parse(number))
    except ValueError:
        return 0


def _in_order(items: Sequence[Item]) -> bool:
    rising = sum(
        1
        for before, item in itertools.pairwise(items)
        if item.value in (before.value + 1, 1) or item.number[0] == item.number[1]
    )
    return rising >= _IN_ORDER * (len(items) - 1)


def _are_sections(text: str, items: Sequence[Item]) -> bool:
    """Whether the items are the sections of a report (主要工作完成情况, 存在问题, 下一步计划) and no tasks."""
    named = sum(
        1 for item in items if is_heading_line(text, item) and role_of(text[item.body : item.stop]) in SECTION_ROLES
    )
    return named > _SECTIONS * len(items)


def _is_undertaking(text: str, item: Item) -> bool:
    """Whether an item is a heading that names a thing to be done, with text below it."""
    if not is_heading_line(text, item) or not text[item.stop : item.end].strip():
        return False
    return _UNDERTAKING.fullmatch(text, *trim(text, item.body, item.stop)) is not None


def _grid(text: str, items: list[Item], style: int, parts: list[list[Part]], plans: bool) -> Grid:
    grid = Grid()
    planned = plans
    following = iter(parts)
    for item in items:
        if item.style < style and is_heading_line(text, item):
            planned = plans or only_plans(text[item.body : item.stop])
            heading_row(grid, text, item.start, item.stop)
        elif item.style == style:
            said = next(following)
            rows_of_item(grid, text, item, _completed(text, item, said, planned))
    return grid


def _completed(text: str, item: Item, parts: list[Part], planned: bool) -> list[Part]:
    """The parts of an item that is not cut: a heading and what is said below it, or one piece of progress."""
    if len(parts) != 1 or parts[0].labelled or planned:
        return parts
    if is_heading_line(text, item) and text[item.stop : item.end].strip():
        return [Part("task", item.body, item.stop), Part("progress", item.stop, item.end)]
    return [Part("progress", item.body, item.end)]
