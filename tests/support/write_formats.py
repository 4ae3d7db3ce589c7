"""Write a plain-text report as docx, xlsx, html and pdf, with merged cells and page breaks as offices make them.

`layout(path)` reads a report into paragraphs and tables; `WRITERS` turn that into a file of each format. What is merged
is decided here from the report as it is read: an empty cell below a leader, office or category that still holds.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mse.model import Task
from mse.reading import read
from mse.reading.align import aligned
from mse.reading.clean import squeeze
from mse.reading.columns import OFFICIAL_ROLES, is_heading, read_header
from mse.reading.grid import GridCell, Row
from mse.reading.layouts import grids
from mse.reading.officials import labelled

ROWS_A_PART = 25


@dataclass
class Cell:
    """The text of a cell and how many rows and columns it takes."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass
class Table:
    """Rows of cells; None where a merged cell reaches. `header` is how many rows repeat on every page."""

    rows: list[list[Cell | None]] = field(default_factory=list)
    header: int = 1

    @property
    def width(self) -> int:
        return max(len(row) for row in self.rows)


Block = str | Table


def layout(path: Path) -> list[Block]:
    """The paragraphs and tables of a plain-text report."""
    report = read(path)
    tasks = {task.start: task for task in report.tasks}
    text = report.text
    blocks: list[Block] = []
    position = 0
    table: Table | None = None
    roles: list[tuple[str, ...]] = []
    above: Task | None = None
    for grid in grids(text):
        for row in grid.rows:
            if not row.filled:
                continue
            between = _lines(text[position : row.filled[0].start])
            if between:
                blocks += between
                table = None
            header = read_header([cell.text for cell in row.cells])
            if header is not None:
                texts = [squeeze(cell.text) for cell in row.cells]
                if table is not None and texts == [squeeze(cell.text) for cell in table.rows[0] if cell is not None]:
                    position = max(position, row.filled[-1].end)
                    continue  # repeated on a page of the source; the writers repeat it on their own pages
                roles, above = header, None
                table = None
            if table is None:
                table = Table(header=1 if header is not None else 0)
                blocks.append(table)
            above = _add(table, row, roles, tasks, above)
            position = max(position, row.filled[-1].end)
    blocks += _lines(text[position:])
    return blocks


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if squeeze(line)]


def _add(
    table: Table, row: Row, roles: list[tuple[str, ...]], tasks: dict[int, Task], above: Task | None
) -> Task | None:
    filled = row.filled
    width = len(roles)
    groups = [labelled(cell.text) for cell in filled]
    if read_header([cell.text for cell in row.cells]) is not None:
        table.rows.append([Cell(cell.text) for cell in row.cells])
    elif all(groups) or (len(filled) == 1 and is_heading(filled[0].text) and width > 2):
        if len(filled) == 1:
            table.rows.append([Cell(filled[0].text, columns=width), *[None] * (width - 1)])
        else:
            split = width // 2
            cells: list[Cell | None] = [Cell(filled[0].text, columns=split), *[None] * (split - 1)]
            table.rows.append([*cells, Cell(filled[1].text, columns=width - split), *[None] * (width - split - 1)])
        return None
    else:
        cells_of_row = aligned(row, roles) if roles else list(row.cells)
        task = next(
            (tasks[c.start] for c in cells_of_row if c is not None and c.start < c.end and c.start in tasks), None
        )
        line: list[Cell | None] = []
        for column, cell in enumerate(cells_of_row):
            line.append(_cell(table, column, cell, roles, task, above))
        table.rows.append(line)
        return task or above
    return above


def _cell(
    table: Table,
    column: int,
    cell: GridCell | None,
    roles: list[tuple[str, ...]],
    task: Task | None,
    above: Task | None,
) -> Cell | None:
    if cell is not None and cell.text:
        return Cell(cell.text)
    role = roles[column][0] if column < len(roles) and roles[column] else ""
    goes_on = task is None and (role in ("number", "task", "category") or role in OFFICIAL_ROLES)
    same = task is not None and above is not None and any(_holds(each, task, above) for each in roles[column] or ("",))
    if above is not None and (goes_on or same):
        for line in reversed(table.rows):
            if column < len(line) and (owner := line[column]) is not None:
                if owner.columns == 1 and owner.text and len(table.rows) - table.rows.index(line) == owner.rows:
                    owner.rows += 1
                    return None
                break
    return Cell("")


def _holds(role: str, task: Task, above: Task) -> bool:
    """Whether the task has what the one above it has in the column of a role, and has any."""
    match role:
        case "category":
            return bool(task.category) and task.category == above.category
        case "leader":
            return bool(task.leaders) and task.leaders == above.leaders
        case "lead" | "office":
            return bool(task.lead_organizations) and task.lead_organizations == above.lead_organizations
        case "person":
            return bool(task.persons) and task.persons == above.persons
        case "supporting":
            return bool(task.supporting_organizations) and (
                task.supporting_organizations == above.supporting_organizations
            )
    return False


def parts(table: Table) -> Iterator[Table]:
    """The table cut where no merged cell is cut, each part with the header again: what a page break leaves behind."""
    header = table.rows[: table.header]
    current = Table([*header], table.header)
    open_until = 0
    for index, row in enumerate(table.rows[table.header :]):
        if len(current.rows) - table.header >= ROWS_A_PART and index >= open_until:
            yield current
            current = Table([*header], table.header)
        current.rows.append(row)
        open_until = max([open_until, *(index + cell.rows for cell in row if cell is not None)])
    yield current


def cells_of(table: Table) -> Iterator[tuple[int, int, Cell]]:
    """Every cell with its row and column."""
    for row, line in enumerate(table.rows):
        for column, cell in enumerate(line):
            if cell is not None:
                yield row, column, cell


# Word


def write_docx(blocks: list[Block], path: Path) -> None:
    """Tables with merged cells; a long table is broken by page breaks into parts with the header again."""
    from docx import Document
    from docx.enum.text import WD_BREAK

    document = Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(_clean(block))
            continue
        for number, part in enumerate(parts(block)):
            if number:
                document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            table = document.add_table(len(part.rows), part.width)
            grid = [list(row.cells) for row in table.rows]
            for row, column, cell in cells_of(part):
                place = grid[row][column]
                if cell.rows > 1 or cell.columns > 1:
                    place = place.merge(grid[row + cell.rows - 1][column + cell.columns - 1])
                lines = _clean(cell.text).split("\n")
                place.paragraphs[0].text = lines[0]
                for line in lines[1:]:
                    place.add_paragraph(line)
    document.save(str(path))


# Excel


def write_xlsx(blocks: list[Block], path: Path) -> None:
    """One sheet, paragraphs in merged rows, numbers as numbers, page breaks between rows."""
    from openpyxl import Workbook
    from openpyxl.worksheet.pagebreak import Break

    book = Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    width = max((block.width for block in blocks if isinstance(block, Table)), default=1)
    row = 1
    for block in blocks:
        if isinstance(block, str):
            sheet.cell(row, 1, _clean(block)).data_type = "s"
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
            row += 1
            continue
        for at, column, cell in cells_of(block):
            if cell.text:
                place = sheet.cell(row + at, column + 1)
                if cell.text.isascii() and cell.text.isdigit():
                    place.value = int(cell.text)
                else:
                    place.value = _clean(cell.text)
                    place.data_type = "s"
            if cell.rows > 1 or cell.columns > 1:
                sheet.merge_cells(
                    start_row=row + at,
                    end_row=row + at + cell.rows - 1,
                    start_column=column + 1,
                    end_column=column + cell.columns,
                )
        for cut in range(row + ROWS_A_PART, row + len(block.rows), ROWS_A_PART):
            sheet.row_breaks.append(Break(id=cut))
        row += len(block.rows)
    book.save(path)


# Web page


def write_html(blocks: list[Block], path: Path) -> None:
    """A page of a site: navigation and footer around the article, tables with rowspan and colspan."""
    body: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            body.append(f"<p>{_escaped(block)}</p>")
            continue
        for part in parts(block):
            body.append('<table border="1"><tbody>')
            for line in part.rows:
                cells = "".join(
                    f"<td{_span('rowspan', c.rows)}{_span('colspan', c.columns)}><p>{_escaped(c.text)}</p></td>"
                    for c in line
                    if c is not None
                )
                body.append(f"<tr>{cells}</tr>")
            body.append('</tbody></table><div style="page-break-after:always"></div>')
    page = (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>市政府门户网站</title>'
        "<script>document.write('<table><tr><td>序号</td></tr></table>')</script></head><body>"
        '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul>'
        '<p>您现在的位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a></p>'
        '<table width="100%"><tr><td><a href="/a">通知公告</a></td><td><div class="article">'
        + "\n".join(body)
        + "</div></td></tr></table><p>版权所有&nbsp;市人民政府&copy; 粤ICP备05000000号</p></body></html>"
    )
    path.write_text(page, encoding="utf-8")


def _span(name: str, count: int) -> str:
    return f' {name}="{count}"' if count > 1 else ""


def _escaped(text: str) -> str:
    return html.escape(text).replace("  ", " &nbsp;").replace("\n", "<br/>\n")


def _clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(char for char in text if char in "\t\n" or char >= " ")


# PDF, drawn line by line so that rows and merged cells run over pages as they do in print.

FONT, SIZE, LEADING, PAD = "STSong-Light", 9.0, 12.0, 3.0
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 842.0, 595.0, 50.0
_NOT_FIRST = "。，、；：？！）》」』】〕”’…%)"


def write_pdf(blocks: list[Block], path: Path, ruled: bool = True) -> None:
    """Ruled tables that run over pages: the header again on each, rows cut in two, page numbers at the foot."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path), pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1)
    pen = _Pen(canvas, lambda text: pdfmetrics.stringWidth(text, FONT, SIZE), ruled)
    for block in blocks:
        if isinstance(block, str):
            pen.paragraph(_clean(block).replace("\t", " "))
        else:
            pen.table(block)
    pen.finish()


class _Pen:
    def __init__(self, canvas: object, width: Callable[[str], float], ruled: bool) -> None:
        self.canvas, self.width, self.ruled = canvas, width, ruled
        self.page = 0
        self.y = 0.0
        self.boxes: list[tuple[float, float, float, float]] = []
        self._new_page()

    def _new_page(self) -> None:
        if self.page:
            self._end_page()
        self.page += 1
        self.y = PAGE_HEIGHT - MARGIN
        self.canvas.setFont(FONT, SIZE)

    def _end_page(self) -> None:
        if self.ruled:
            for x, y, width, height in self.boxes:
                self.canvas.rect(x, y, width, height)
        self.boxes.clear()
        self.canvas.drawCentredString(PAGE_WIDTH / 2, 20, f"— {self.page} —")
        self.canvas.showPage()

    def finish(self) -> None:
        self._end_page()
        self.canvas.save()

    def paragraph(self, text: str) -> None:
        room = PAGE_WIDTH - 2 * MARGIN
        long = self.width(text) > room
        for number, line in enumerate(self.wrapped(text, room, 2 * SIZE if long else 0)):
            if self.y - LEADING < MARGIN:
                self._new_page()
            self.y -= LEADING
            indent = 2 * SIZE if long and not number else 0 if long else (room - self.width(line)) / 2
            self.canvas.drawString(MARGIN + indent, self.y + 3, line)

    def wrapped(self, text: str, room: float, indent: float = 0) -> list[str]:
        """The lines of a text; no line begins with a closing mark, Latin words and numbers stay whole."""
        lines: list[str] = []
        for piece in text.split("\n"):
            line = ""
            left = room - indent
            for word in _words(piece.strip()):
                if line and self.width(line + word) > left:
                    lines.append(line.rstrip())
                    line, left = "", room
                line += word
            lines.append(line.rstrip())
            indent = 0
        return lines

    def table(self, table: Table) -> None:
        widths = self._widths(table)
        edges = [MARGIN]
        for width in widths:
            edges.append(edges[-1] + width)
        lines = {
            (row, column): self.wrapped(
                _clean(cell.text).replace("\t", " "), edges[column + cell.columns] - edges[column] - 2 * PAD
            )
            if cell.text
            else []
            for row, column, cell in cells_of(table)
        }
        heights = [1] * len(table.rows)
        for row, column, cell in cells_of(table):
            if cell.rows == 1:
                heights[row] = max(heights[row], len(lines[row, column]))
        for row, column, cell in cells_of(table):
            lacking = len(lines[row, column]) - sum(heights[row : row + cell.rows])
            heights[row + cell.rows - 1] += max(0, lacking)
        self._draw(table, edges, lines, heights)

    def _widths(self, table: Table) -> list[float]:
        longest = [1.0] * table.width
        for _, column, cell in cells_of(table):
            if cell.columns == 1:
                longest[column] = max(longest[column], len(cell.text))
        weights = [min(max(length, 16), 90) ** 0.7 for length in longest]
        room = PAGE_WIDTH - 2 * MARGIN
        return [room * weight / sum(weights) for weight in weights]

    def _draw(
        self, table: Table, edges: list[float], lines: dict[tuple[int, int], list[str]], heights: list[int]
    ) -> None:
        open_cells: dict[tuple[int, int], tuple[Cell, list[str], float]] = {}

        def close(places: list[tuple[int, int]], bottom: float) -> None:
            """Draw what has been reached of some cells: their text as far as it fits, and their borders."""
            for place in places:
                cell, rest, top = open_cells[place]
                left, right = edges[place[1]], edges[place[1] + cell.columns]
                fitting = int((top - bottom - 2 * PAD + 0.1) / LEADING)
                for number, line in enumerate(rest[:fitting]):
                    self.canvas.drawString(left + PAD, top - PAD - (number + 1) * LEADING + 3, line)
                self.boxes.append((left, bottom, right - left, top - bottom))
                open_cells[place] = (cell, rest[fitting:], bottom)

        def header() -> None:
            for row in range(table.header):
                height = heights[row] * LEADING + 2 * PAD
                for column, cell in enumerate(table.rows[row]):
                    if cell is not None:
                        open_cells[-1, column] = (cell, lines[row, column], self.y)
                        close([(-1, column)], self.y - height)
                        del open_cells[-1, column]
                self.y -= height

        if self.y - 6 * LEADING < MARGIN:
            self._new_page()
        header()
        for row in range(table.header, len(table.rows)):
            left = heights[row]
            for column, cell in enumerate(table.rows[row]):
                if cell is not None:
                    open_cells[row, column] = (cell, lines[row, column], self.y)
            while left:
                fitting = int((self.y - MARGIN - 2 * PAD) / LEADING)
                if fitting < min(left, 2):
                    started = [place for place in open_cells if open_cells[place][2] > self.y]
                    close(started, self.y)
                    self._new_page()
                    header()
                    for place, (cell, rest, _) in list(open_cells.items()):
                        open_cells[place] = (cell, rest, self.y)
                    continue
                taken = min(left, fitting)
                self.y -= taken * LEADING + 2 * PAD
                left -= taken
                if left:
                    close(list(open_cells), self.y)
                    self._new_page()
                    header()
                    for place, (cell, rest, _) in list(open_cells.items()):
                        open_cells[place] = (cell, rest, self.y)
            ended = [place for place in open_cells if place[0] + open_cells[place][0].rows == row + 1]
            close(ended, self.y)
            for place in ended:
                del open_cells[place]
        self.y -= LEADING


def _words(text: str) -> Iterator[str]:
    """The pieces of a text that stay on one line."""
    word = ""
    for char in text:
        if word and (char in _NOT_FIRST or (char.isascii() and word[-1].isascii() and char != " " and word[-1] != " ")):
            word += char
            continue
        if word:
            yield word
        word = char
    if word:
        yield word


WRITERS: dict[str, Callable[[list[Block], Path], None]] = {
    "docx": write_docx,
    "xlsx": write_xlsx,
    "html": write_html,
    "pdf": write_pdf,
}
