"""Tables whose cells stand one below the other, each in lines of its own, as a table comes out of a web page.

The header is a run of lines that name columns. Below it rows are told by their running numbers, or by their length
where there are none; the lines of a row are spread over its columns so that each holds what its header names.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from mse.grammar import load
from mse.reading.align import cell_fit
from mse.reading.clean import squeeze, trim
from mse.reading.closing import closing
from mse.reading.columns import (
    OFFICIAL_ROLES,
    TEXT_ROLES,
    Roles,
    header_roles,
    is_heading,
    is_row_number,
    read_header,
    row_value,
)
from mse.reading.grid import Grid, GridCell, Row
from mse.reading.officials import is_post

_LINE = regex.compile(r"[^\r\n]*\S[^\r\n]*")
_DONE = regex.compile(load("lists")["progress"]["pattern"])
_FIGURE = regex.compile(load("number_columns")["bare"]["pattern"])
_MARKS = tuple(load("columns")["sentence"]["marks"])
_WIDEST = 16
_NARROWEST = 3
_MOST_GROUPS = 2
_LONGEST_HEADER = 30
_FEWEST_ROWS = 2
_LONG = 8
_DIGIT = regex.compile(r"\d")
_PEOPLE = ("leader", "person")
_OFFICE_ROLES = ("lead", "office", "supporting")
_HEADING: Roles = ("heading",)
# What it costs that a cell takes one more line, that a column stays empty, and that a cell of a group does.
_ONE_MORE, _EMPTY, _NO_GROUP = 1.0, 1.0, 0.25
_OUTSIDE = 0.4  # what a line below the last row is worth outside the table; a whole sentence is not


@dataclass(slots=True)
class _Line:
    """A line that is not blank; `gap` tells that a blank one stands before it."""

    start: int
    end: int
    text: str
    gap: bool


@dataclass(slots=True)
class _Header:
    """Where a header begins, where its table's lines begin, and the place of the running numbers, or -1."""

    start: int
    body: int
    roles: list[Roles]
    number: int
    names: list[list[_Line]]


def stacked(text: str) -> list[Grid]:
    """The tables whose cells are lines; an empty list where there is no such header with rows below it."""
    lines = _lines(text)
    headers = _headers(lines)
    grids: list[Grid] = []
    for header, after in itertools.zip_longest(headers, headers[1:]):
        end = after.start if after else len(lines)
        body = lines[header.body : end]
        rows = _numbered(text, header, body, after is None) if header.number >= 0 else _even(text, header, body)
        if not rows and header.number < 0 and (shorter := _of_run(lines, header.start + 1, header.body)):
            # The line above a header may read like one: 民生实事完成情况.
            header, rows = shorter, _even(text, shorter, body)
        if rows:
            grids.append(Grid([Row([_cell(text, name) for name in header.names]), *rows]))
    return grids


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    end = 0
    for hit in _LINE.finditer(text):
        start, stop = trim(text, *hit.span())
        if start < stop:
            gap = text.count("\n", end, hit.start()) > 1
            lines.append(_Line(start, stop, text[start:stop], gap))
            end = hit.end()
    return lines


def _cell(text: str, lines: Sequence[_Line]) -> GridCell:
    if not lines:
        return GridCell("", 0, 0)
    start, end = lines[0].start, lines[-1].end
    return GridCell(text[start:end], start, end)


# Headers


def _headers(lines: Sequence[_Line]) -> list[_Header]:
    found: list[_Header] = []
    floor = looked = 0
    for index, line in enumerate(lines):
        header = None
        if row_value(line.text) == 1:
            header = _above(lines, index, floor)
        elif index >= looked and header_roles(line.text):
            looked = _end_of_run(lines, index)
            header = _of_run(lines, index, looked)
        if header:
            found.append(header)
            floor = looked = header.body
    return found


def _above(lines: Sequence[_Line], first: int, floor: int) -> _Header | None:
    """The header above the first running number: from the column of numbers on, and columns of groups before it.

    Below it one heading may stand, and a cell for each column of groups.
    """
    start = first - 1
    while start >= max(floor, first - _WIDEST) and header_roles(lines[start].text) != ("number",):
        if len(lines[start].text) > _LONGEST_HEADER or lines[start].text.endswith(_MARKS):
            return None
        start -= 1
    if start < max(floor, first - _WIDEST):
        return None
    number = 0
    while start > floor and number < _MOST_GROUPS and header_roles(lines[start - 1].text) == ("category",):
        start, number = start - 1, number + 1
    stop = first - number
    if is_heading(lines[stop - 1].text) and not header_roles(lines[stop - 1].text):
        stop -= 1
    names = [[line] for line in lines[start:stop]]
    if any(row_value(line.text) == 2 for line in lines[first : first + len(names)]):
        # The first row has fewer lines than the header.
        names = _names(lines[start:stop])
    roles = read_header(["".join(line.text for line in name) for name in names]) if len(names) >= _NARROWEST else None
    return _Header(start, stop, roles, number, names) if roles else None


def _names(lines: Sequence[_Line]) -> list[list[_Line]]:
    """The lines of a header as names of columns: two make one where only together they name a column."""
    names: list[list[_Line]] = []
    for line in lines:
        before = names[-1] if names else []
        parts = [each.text for each in (*before, line)]
        if len(parts) == 2 and not all(map(header_roles, parts)) and header_roles("".join(parts)):
            before.append(line)
        else:
            names.append([line])
    return names


def _end_of_run(lines: Sequence[_Line], start: int) -> int:
    return next((i for i in range(start, len(lines)) if not header_roles(lines[i].text)), len(lines))


def _of_run(lines: Sequence[_Line], start: int, stop: int) -> _Header | None:
    """A header without running numbers: a run of lines all of which name columns."""
    roles = read_header([line.text for line in lines[start:stop]]) if _NARROWEST <= stop - start <= _WIDEST else None
    if roles is None or ("number",) in roles:
        return None
    return _Header(start, stop, roles, -1, [[line] for line in lines[start:stop]])


# Rows


def _numbered(text: str, header: _Header, body: Sequence[_Line], last: bool) -> list[Row]:
    """The rows at the running numbers; what stands before a number may be the next row's group."""
    starts = list(_numbers(body, header))
    if len(starts) < _FEWEST_ROWS:
        return []
    loose = any(line.gap for line in body[1 : starts[-1]])
    before = header.roles[: header.number]
    columns = [*header.roles[header.number + 1 :], _HEADING, *before]
    rows: list[Row] = []
    group = _spread(body[: starts[0]], [_HEADING, *before])
    for start, stop in itertools.zip_longest(starts, starts[1:]):
        heading, *groups = group
        if heading:
            rows.append(Row([_cell(text, heading), *[GridCell("", 0, 0)] * (len(header.roles) - 1)], spanning=True))
        lines = body[start + 1 : stop]
        if stop is None:
            lines = _last(lines, len(columns) - len(before) - 1, loose)
            cells = _spread(lines, columns[: len(columns) - len(before) - 1], ends=True)
        else:
            cells = _spread(lines, columns)
        width = len(header.roles) - header.number - 1
        rows.append(Row([_cell(text, each) for each in (*groups, body[start : start + 1], *cells[:width])]))
        group = cells[width:]
    return rows


def _numbers(body: Sequence[_Line], header: _Header) -> Iterator[int]:
    """The lines with the running numbers 1, 2, 3…; a number a whole row further on goes before a nearer one."""
    width = len(header.roles)
    expected, index = 1, 0
    while index < len(body):
        ahead = index + width - 1
        if expected > 1 and ahead < len(body) and row_value(body[ahead].text) == expected:
            index = ahead
        if row_value(body[index].text) == expected and not _is_bare(body, index + 1):
            yield index
            expected += 1
        index += 1


def _is_bare(body: Sequence[_Line], index: int) -> bool:
    return index < len(body) and is_row_number(body[index].text)


def _last(lines: Sequence[_Line], width: int, loose: bool) -> Sequence[_Line]:
    """The lines of the last row: to the first blank line where rows have none, else to what closes a report."""
    ends = closing([line.text for line in lines])
    for index, line in enumerate(lines):
        if (index and line.gap and not loose) or (ends[index] and (index >= width or not is_row_number(line.text))):
            return lines[:index]
    return lines


def _even(text: str, header: _Header, body: Sequence[_Line]) -> list[Row]:
    """The rows of a table without running numbers: as many lines each as it has columns, while they fit."""
    width = len(header.roles)
    rows: list[Row] = []
    fits, certain = 0.0, False
    for start in range(0, len(body) - width + 1, width):
        lines = body[start : start + width]
        each = [_fit(line.text, roles) for line, roles in zip(lines, header.roles, strict=True)]
        # A row of figures, one for each column but the first, is certain even where it is the only one.
        figures = all(_FIGURE.fullmatch(line.text) for line in lines[1:]) and not _FIGURE.fullmatch(lines[0].text)
        if not figures and (min(each) <= -2 or sum(each) < 0):
            break
        fits += max(sum(each), figures)
        certain = certain or figures
        rows.append(Row([_cell(text, [line]) for line in lines]))
    return rows if len(rows) >= (1 if certain else _FEWEST_ROWS) and fits >= len(rows) else []


# Lines over columns


def _spread(lines: Sequence[_Line], columns: Sequence[Roles], ends: bool = False) -> list[list[_Line]]:
    """The lines of each column, in order, so that they fit best; with `ends` the last ones may stand outside."""
    cells: list[list[_Line]] = [[] for _ in columns]
    if not lines or not columns:
        return cells
    if each := _one_each(lines, columns):
        for line, place in zip(lines, each, strict=True):
            cells[place].append(line)
        return cells
    skip = [
        _NO_GROUP if column[:1] in (("category",), ()) else 0.0 if column == _HEADING else _EMPTY for column in columns
    ]
    places = len(columns) + ends
    scores = [0.0] * places
    moves: list[list[int]] = []
    for number, line in enumerate(lines):
        outside = -_OUTSIDE - 0.2 if line.text.endswith(_MARKS) else _OUTSIDE
        fits = [_fit(line.text, column) for column in columns] + [outside] * ends
        came: list[int] = []
        after: list[float] = []
        best, origin = (0.0, -1) if number == 0 else (float("-inf"), -1)
        for place in range(places):
            below = place == len(columns)
            stay = scores[place] - (0.0 if below else _ONE_MORE) if number else float("-inf")
            if stay >= best:
                after.append(stay + fits[place])
                came.append(place)
            else:
                after.append(best + fits[place])
                came.append(origin)
            if not below:
                best -= skip[place]
                if number and scores[place] > best:
                    best, origin = scores[place], place
        scores = after
        moves.append(came)
    rest = [sum(skip[place + 1 :]) for place in range(places)]
    place = max(range(places), key=lambda each: (scores[each] - rest[each], each))
    for line, came in zip(reversed(lines), reversed(moves), strict=True):
        if place < len(columns):
            cells[place].append(line)
        place = came[place]
    return [cell[::-1] for cell in cells]


def _one_each(lines: Sequence[_Line], columns: Sequence[Roles]) -> list[int]:
    """The places of the lines where each column but those of groups has one, and all of them agree; else none."""
    filled = [place for place, column in enumerate(columns) if column not in (_HEADING, ("category",))]
    opening = columns[: 1 + _MOST_GROUPS]
    for places in (list(range(len(columns))), [p for p, c in enumerate(columns) if c != _HEADING], filled):
        if len(places) == len(lines) and _HEADING not in opening:
            fits = [_fit(line.text, columns[place]) for line, place in zip(lines, places, strict=True)]
            if min(fits) > -1:
                return places
    return []


def _cost_of_none(column: Roles) -> float:
    if column == _HEADING:
        return 0.0
    return _NO_GROUP if column == ("category",) else _EMPTY


def _fit(text: str, roles: Roles) -> float:
    """How well a line agrees with the role of a column."""
    role = roles[0] if roles else ""
    if role == "heading":
        return 1.5 if is_heading(text) else -9.0
    if role in _PEOPLE and is_post(text):
        return 1.0
    if role in OFFICIAL_ROLES or role == "category":
        # A count of things is no office, though it may end like one: 新建学校3所.
        return cell_fit(text, role) - 2.0 * (role in _OFFICE_ROLES and _DIGIT.search(text) is not None)
    if role not in TEXT_ROLES:
        return -1.0 if len(squeeze(text)) > 3 * _LONG else 0.0
    official = cell_fit(text, "office") == 2 or cell_fit(text, "person") == 2 or is_post(text)
    fit = -0.5 if official else 0.0
    fit += (len(squeeze(text)) > _LONG) + 0.5 * text.endswith(_MARKS)
    if _DONE.match(text):
        fit += 1.0 if role == "progress" else -1.0 if role == "task" else 0.0
    return fit
