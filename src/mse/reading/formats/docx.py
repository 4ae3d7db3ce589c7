"""Word documents (.docx, .docm): paragraphs, tables with merged cells, text boxes and footnotes as they are shown.

Tracked insertions count, deletions do not. Fields keep the result that was saved with them; macros, templates and
embedded objects are never opened.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from mse.reading.document import DEEPEST, Block, Document, Paragraph, Table, TableCell
from mse.reading.formats.numbering import Numbering, read_numbering
from mse.reading.formats.ooxml import main_part, read_properties
from mse.reading.formats.package import Package, parse_xml

# What was deleted or moved away, stands there twice, or is no text: phonetic guides and field codes.
_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "rt", "instrText", "delText", "delInstrText", "sectPr"})
_RUN_MARKS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_OFF = ("0", "false", "off")


def read_docx(package: Package) -> Document:
    """The document in a Word file. Raises the errors of reading."""
    part = main_part(package) or "word/document.xml"
    if part not in package:
        raise package.source.damaged("has no main part", part)
    folder = posixpath.dirname(part) + "/" if "/" in part else ""
    numbering = read_numbering(package, folder)
    body = _Body(package, numbering, rendered=b"lastRenderedPageBreak" in package.read(part))
    body.read(part)
    document = Document(body.blocks)
    notes = f"{folder}footnotes.xml"
    if body.notes and notes in package:
        reader = _Body(package, numbering, rendered=True)
        reader.read(notes)
        for note in dict.fromkeys(body.notes):
            document.blocks += reader.by_note.get(note, [])
    read_properties(package, document)
    return document


@dataclass(slots=True)
class _Building:
    """A table under construction; `merges` are the cells that may go on in the next row, by column."""

    table: Table
    row: int = -1
    column: int = 0
    deleted: bool = False
    cell: TableCell | None = None
    goes_on: bool = False
    starts: bool = False
    merges: dict[int, TableCell] = field(default_factory=dict)


@dataclass(slots=True)
class _Text:
    """A paragraph under construction with the text boxes anchored in it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    number: str = ""
    level: int = 0


class _Body:
    def __init__(self, package: Package, numbering: Numbering, rendered: bool) -> None:
        self.package, self.numbering, self.rendered = package, numbering, rendered
        self.blocks: list[Block] = []
        self.notes: list[str] = []
        self.by_note: dict[str, list[Block]] = {}
        self.page = 1
        self.tags: list[str] = []
        self.skipped = 0
        self.containers: list[list[Block]] = [self.blocks]
        self.texts: list[_Text] = []
        self.tables: list[_Building] = []
        self.cells = 0

    def read(self, part: str) -> None:
        parse_xml(self.package, part, self._start, self._end, self._text)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        parent = self.tags[-1] if self.tags else ""
        self.tags.append(tag)
        if self.skipped or tag in _SKIPPED:
            if tag == "del" and parent == "trPr" and self.tables and not self.skipped:
                self.tables[-1].deleted = True
            self.skipped += 1
            return
        match tag:
            case "p":
                self.texts.append(_Text())
            case "tbl":
                self.tables.append(_Building(Table()))
            case "tr" if self.tables:
                table = self.tables[-1]
                table.row, table.column, table.deleted = table.row + 1, 0, False
            case "tc" if self.tables:
                self._open_cell()
            case "txbxContent":
                self.containers.append([])
            case "footnote":
                self.containers.append(self.by_note.setdefault(attributes.get("id", ""), []))
            case "footnoteReference" | "endnoteReference":
                self.notes.append(attributes.get("id", ""))
            case _:
                self._property(tag, parent, attributes)

    def _property(self, tag: str, parent: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        if parent == "r" and self.texts:
            if tag in _RUN_MARKS:
                self.texts[-1].pieces.append(_RUN_MARKS[tag])
            elif tag == "br":
                if attributes.get("type") in (None, "textWrapping"):
                    self.texts[-1].pieces.append("\n")
                else:
                    self.page += attributes["type"] == "page" and not self.rendered
            elif tag == "lastRenderedPageBreak":
                self.page += 1
        elif parent in ("numPr", "pPr") and self.texts:
            text = self.texts[-1]
            match tag:
                case "numId":
                    text.number = value
                case "ilvl":
                    text.level = _whole(value, 0)
                case "pStyle" if value in self.numbering.styles:
                    text.number, text.level = self.numbering.styles[value]
                case "pageBreakBefore" if value not in _OFF and not self.rendered:
                    self.page += 1
        elif parent == "tcPr" and self.tables and (cell := self.tables[-1].cell) is not None:
            table = self.tables[-1]
            match tag:
                case "gridSpan":
                    cell.columns = max(1, min(_whole(value, 1), self.package.source.limits.columns))
                case "vMerge":
                    table.goes_on, table.starts = value != "restart", value == "restart"
        elif parent == "trPr" and tag == "gridBefore" and self.tables:
            self.tables[-1].column += min(_whole(value, 0), self.package.source.limits.columns)

    def _open_cell(self) -> None:
        table = self.tables[-1]
        self.cells += 1
        if self.cells > self.package.source.limits.cells:
            raise self.package.source.beyond(f"has more than {self.package.source.limits.cells} cells", "cells")
        table.cell = TableCell([], table.row, table.column, page=self.page)
        table.goes_on = table.starts = False
        self.containers.append(table.cell.blocks)

    def _end(self, tag: str) -> None:
        self.tags.pop()
        if self.skipped:
            self.skipped -= 1
            return
        match tag:
            case "p" if self.texts:
                self._close_paragraph(self.texts.pop())
            case "tc" if self.tables and self.tables[-1].cell is not None:
                self._close_cell(self.tables[-1], self.tables[-1].cell)
            case "tr" if self.tables and self.tables[-1].deleted:
                table = self.tables[-1]
                table.table.cells = [cell for cell in table.table.cells if cell.row != table.row]
            case "tbl" if self.tables:
                self._close_table(self.tables.pop().table)
            case "txbxContent":
                box = self.containers.pop()
                (self.texts[-1].boxes if self.texts else self.containers[-1]).extend(box)
            case "footnote":
                self.containers.pop()

    def _close_paragraph(self, text: _Text) -> None:
        content = "".join(text.pieces)
        label = self.numbering.label(text.number, text.level) if text.number else ""
        self.containers[-1].append(Paragraph(label + content, self.page))
        self.containers[-1] += text.boxes

    def _close_cell(self, table: _Building, cell: TableCell) -> None:
        self.containers.pop()
        owner = table.merges.get(cell.column) if table.goes_on else None
        if owner is not None:
            owner.rows = cell.row - owner.row + 1
            if cell.text.strip():
                owner.blocks += cell.blocks
        else:
            table.table.cells.append(cell)
            table.merges.pop(cell.column, None)
            if table.starts or table.goes_on:
                table.merges[cell.column] = cell
        table.column += cell.columns
        table.cell = None

    def _close_table(self, table: Table) -> None:
        if len(self.tables) < DEEPEST:
            self.containers[-1].append(table)
        else:
            cells = sorted(table.cells, key=lambda cell: (cell.row, cell.column))
            self.containers[-1] += [block for cell in cells for block in cell.blocks]

    def _text(self, data: str) -> None:
        if not self.skipped and self.texts and self.tags and self.tags[-1] == "t":
            self.texts[-1].pieces.append(data)


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else default
