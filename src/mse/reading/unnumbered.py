"""Reports without tables and without numbered lists whose tasks stand in lines of their own, as the rows of a table.

Either every task opens with the same label (`项目名称：…` and below it `责任单位：…`, `进展情况：…`), or one line is
one task: what was promised in its first sentence, and then what was done (`新建学校6所。目前，已建成5所。`).
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from mse.grammar import load
from mse.reading.clean import squeeze, trim
from mse.reading.closing import closing
from mse.reading.columns import OFFICIAL_ROLES, is_heading
from mse.reading.grid import Grid
from mse.reading.items import SECTION_ROLES, Item, goes_on, heading_row, parts_of, role_of, rows_of_item
from mse.reading.lists import is_numbered, promises
from mse.reading.metadata import only_plans

_LINE = regex.compile(r"[^\r\n]*\S[^\r\n]*")
_OPENING = regex.compile(
    r"^[^\S\n]*(?:(?P<number>\d{1,3})[^\S\n]*[、.．]?\s*)?[【\[]?(?P<label>\p{Han}[^\s，,。；;：:（()）【】\[\]]{1,18})[】\]]?\s*[:：]",
    regex.MULTILINE,
)
_SENTENCE = regex.compile(f"[{load('columns')['sentence']['marks']}]")
_FEWEST_RECORDS = 2
_FEWEST_LINES = 3
_FURTHEST = 2  # lines of another shape that may stand between two tasks


def unnumbered(text: str, title: str) -> Grid | None:
    """The tasks as a grid with the columns of `items.COLUMNS`; None where the text has no such tasks."""
    return _records(text) or (_lines(text) if promises(title) and not only_plans(title) else None)


# Records that open with the same label


def _records(text: str) -> Grid | None:
    hits = [hit for hit in _OPENING.finditer(text) if role_of(hit["label"])]
    first = next((hit for hit in hits if role_of(hit["label"]) == "task"), None)
    if first is None:
        return None
    opening = squeeze(first["label"])
    starts = [hit for hit in hits if squeeze(hit["label"]) == opening]
    roles = {role_of(hit["label"]) for hit in hits}
    if len(starts) < _FEWEST_RECORDS or not roles & {*SECTION_ROLES, *OFFICIAL_ROLES}:
        return None
    grid = Grid()
    ends = [*(hit.start() for hit in starts[1:]), _end(text, starts[-1].end())]
    for hit, end in zip(starts, ends, strict=True):
        _heading_above(grid, text, hit.start())
        body = hit.start("label")
        number = hit.span("number") if hit["number"] else (hit.start(), hit.start())
        item = Item(0, 0, hit.start(), number, body, text.find("\n", body, end), _above(text, end))
        parts = parts_of(text, item, False)
        if len(parts) > 1:
            rows_of_item(grid, text, item, parts)
    return grid if sum(1 for row in grid.rows if not row.spanning) >= _FEWEST_RECORDS else None


def _end(text: str, start: int) -> int:
    """Where the last record ends: at the first line that closes a report."""
    lines = list(_LINE.finditer(text, start))
    ends = closing([line.group() for line in lines])
    return next((line.start() for line, closes in zip(lines, ends, strict=True) if closes), len(text))


def _above(text: str, end: int) -> int:
    """Where a record ends whose last line is the heading of the next one."""
    start, stop = trim(text, 0, end)
    line = text.rfind("\n", start, stop) + 1
    return line if line and is_heading(text[line:stop]) else end


def _heading_above(grid: Grid, text: str, start: int) -> None:
    stop = trim(text, 0, start)[1]
    line = text.rfind("\n", 0, stop) + 1
    if is_heading(text[line:stop]):
        heading_row(grid, text, line, stop)


# Lines that say what was promised and what was done


def _lines(text: str) -> Grid | None:
    found: list[Item] = []
    run: list[Item] = []
    strange = 0
    for item, told in _told(text):
        if told:
            run.append(item)
            strange = 0
        elif run:
            strange += 1
        if strange > _FURTHEST:
            found += run if len(run) >= _FEWEST_LINES else []
            run, strange = [], 0
    found += run if len(run) >= _FEWEST_LINES else []
    grid = Grid()
    for item in found:
        rows_of_item(grid, text, item, parts_of(text, item, False))
    return grid if found else None


def _told(text: str) -> Iterator[tuple[Item, bool]]:
    """Every line as an item, and whether it goes from a promise to what was done."""
    lines = list(_LINE.finditer(text))
    for line, closes in zip(lines, closing([line.group() for line in lines]), strict=True):
        start, stop = trim(text, *line.span())
        item = Item(0, 0, start, (start, start), start, stop, stop)
        yield item, not closes and not is_numbered(text, start, stop) and _tells(text, item)


def _tells(text: str, item: Item) -> bool:
    if item.stop - item.body < 2 or not _SENTENCE.search(text, item.body, item.stop - 1):
        return False
    parts = parts_of(text, item, False)
    return not any(part.labelled for part in parts) and goes_on(text, parts)
