"""Tables without rules around their cells: columns are where no line has ink, below a line of known headers."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import median

from mse.reading.columns import is_row_number, read_header
from mse.reading.formats.pdf.lines import Line
from mse.reading.formats.pdf.page import Char, Page, Rule
from mse.reading.formats.pdf.ruled import PdfCell, PdfTable

_COLUMN_GAP = 0.9
_ROW_GAP = 1.3
_WIDE_RULE = 0.5
_GUTTER = 2.0


def unruled_tables(page: Page, lines: list[Line]) -> tuple[list[PdfTable], list[Line]]:
    """The tables among the lines of a page, and the lines outside them."""
    rest: list[Line] = []
    tables: list[PdfTable] = []
    position = 0
    while position < len(lines):
        header = _header_length(lines, position)
        if not header:
            rest.append(lines[position])
            position += 1
            continue
        stop = next((i for i in range(position + header, len(lines)) if _header_length(lines, i)), len(lines))
        table, used = _table(page, lines[position:stop], header)
        tables.append(table)
        position += used
    return tables, rest


def _header_length(lines: Sequence[Line], position: int) -> int:
    """How many lines from here make a header row with gaps between its cells; 0 where none do."""
    first, second = ([lines[index]] if index < len(lines) else [] for index in (position, position + 1))
    if _is_header(first):
        return 1
    several = second and min(len(_segments(line)) for line in first + second) > 1
    return 2 if several and not _is_header(second) and _is_header(first + second) else 0


def _is_header(lines: Sequence[Line]) -> bool:
    return read_header([_text(cell) for cell in _stacked(lines)]) is not None


def _segments(line: Line) -> list[list[Char]]:
    """The stretches of a line between wide gaps."""
    parts: list[list[Char]] = []
    right = 0.0
    for char in line.chars:
        if char.text.isspace():
            continue
        if not parts or char.left - right > _COLUMN_GAP * line.size:
            parts.append([])
        parts[-1].append(char)
        right = char.right
    return parts


def _stacked(lines: Sequence[Line]) -> list[list[Char]]:
    """The stretches of several lines, those above each other as one."""
    cells: list[list[Char]] = []
    for line in lines:
        for part in _segments(line):
            above = next((c for c in cells if c[0].left < part[-1].right and part[0].left < c[-1].right), None)
            if above is None:
                cells.append(part)
            else:
                above += part
    return sorted(cells, key=lambda cell: min(char.left for char in cell))


def _text(chars: Sequence[Char]) -> str:
    return "".join(char.text for char in chars)


def _table(page: Page, lines: list[Line], header: int) -> tuple[PdfTable, int]:
    heads = _stacked(lines[:header])
    spans = [(min(c.left for c in head), max(c.right for c in head)) for head in heads]
    used = _extent(lines, header, spans)
    lines = lines[:used]
    edges = _edges(lines, spans)
    rows = _rows(page, lines, header, edges)
    cells: list[PdfCell] = []
    for row, part in enumerate(rows):
        for column in range(len(edges) - 1):
            cell = PdfCell(row, column, 1, 1)
            for line in part:
                chars = [char for char in line.chars if edges[column] <= char.center < edges[column + 1]]
                while chars and chars[0].text.isspace():
                    chars.pop(0)
                while chars and chars[-1].text.isspace():
                    chars.pop()
                if chars:
                    cell.lines.append(Line(chars))
            cells.append(cell)
    for column in range(len(edges) - 1):
        own = [line for cell in cells if cell.column == column for line in cell.lines]
        for cell in cells if own else ():
            if cell.column == column:
                cell.settle(min(line.left for line in own), max(line.right for line in own))
    return PdfTable(cells, edges, lines[0].top, lines[-1].bottom, page.number), used


def _extent(lines: list[Line], header: int, spans: list[tuple[float, float]]) -> int:
    """How many lines belong to the table: up to one that runs across its columns, or stands far below."""
    sizes = median(line.size for line in lines)
    for index in range(header, len(lines)):
        line = lines[index]
        if line.top - lines[index - 1].bottom > 4 * sizes:
            return index
        for part in _segments(line):
            crossed = [span for span in spans if part[0].left < span[0] and span[1] < part[-1].right]
            if len(crossed) >= 2:
                return index
    return len(lines)


def _edges(lines: list[Line], spans: list[tuple[float, float]]) -> list[float]:
    """The borders of the columns: one in the widest gap between each two headers that no line has ink in."""
    inked: list[tuple[float, float]] = []
    for left, right in sorted(
        (char.left, char.right) for line in lines for char in line.chars if not char.text.isspace()
    ):
        if inked and left <= inked[-1][1] + _GUTTER / 2:
            inked[-1] = (inked[-1][0], max(inked[-1][1], right))
        else:
            inked.append((left, right))
    gaps = [(a[1], b[0]) for a, b in itertools.pairwise(inked)]
    edges = [min(left for left, _ in inked) - 1]
    for (_, left), (right, _) in itertools.pairwise(spans):
        middle = (left + right) / 2
        between = [gap for gap in gaps if left - 1 <= (gap[0] + gap[1]) / 2 <= right + 1]
        best = max(between, key=lambda gap: gap[1] - gap[0], default=(middle, middle))
        edges.append((best[0] + best[1]) / 2)
    return [*edges, max(right for _, right in inked) + 1]


def _rows(page: Page, lines: list[Line], header: int, edges: list[float]) -> list[list[Line]]:
    """The lines row by row: cut at rules between them, else at wide gaps, else where a row number stands."""
    rules = [rule for rule in page.horizontal if rule.high - rule.low >= _WIDE_RULE * (edges[-1] - edges[0])]
    body = lines[header:]
    pitches = [below.top - above.top for above, below in itertools.pairwise(body)]
    usual = median(sorted(pitches)[: max(1, len(pitches) // 2 + 1)]) if pitches else 0.0
    inner = [index for index in range(1, len(body)) if _ruled_between(rules, body[index - 1], body[index])]
    if inner:
        cuts = inner
    else:
        cuts = [index for index, pitch in enumerate(pitches, start=1) if pitch > _ROW_GAP * usual]
        if not cuts:
            cuts = [index for index, line in enumerate(body) if index and _starts_row(line, edges)]
    bounds = [0, *cuts, len(body)]
    rows = [body[low:high] for low, high in itertools.pairwise(bounds) if low < high]
    return [lines[:header], *rows]


def _ruled_between(rules: list[Rule], above: Line, below: Line) -> bool:
    return any(above.top + above.size / 2 < rule.at < below.bottom - below.size / 2 for rule in rules)


def _starts_row(line: Line, edges: list[float]) -> bool:
    first = _text([char for char in line.chars if char.center < edges[1]])
    return is_row_number(first) if first.strip() else False
