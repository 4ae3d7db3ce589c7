"""Excel workbooks (.xlsx, .xlsm): every visible sheet is a table of what its cells show.

Formulas are never computed; a cell shows the result that was saved with it. Macros and links to other files are never
opened.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

import regex

from mse.reading.document import Block, Document, Paragraph, Table, TableCell
from mse.reading.formats.displayed import BUILTIN, displayed, number_of
from mse.reading.formats.ooxml import main_part, read_properties, relations
from mse.reading.formats.package import Package, parse_xml

_REFERENCE = regex.compile(r"([A-Za-z]{1,7})([0-9]{1,9})")
_ESCAPE = regex.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(slots=True)
class Styles:
    """The number format of each cell style, by its index."""

    formats: list[str] = field(default_factory=list)

    def of(self, style: str) -> str:
        index = int(style) if style.isascii() and style.isdecimal() and len(style) < 9 else 0
        return self.formats[index] if index < len(self.formats) else ""


def read_xlsx(package: Package) -> Document:
    """The document in a workbook: one table a sheet. Raises the errors of reading."""
    part = main_part(package) or "xl/workbook.xml"
    if part not in package:
        raise package.source.damaged("has no workbook", part)
    targets = relations(package, part)
    by_id = {name: target for name, _, target in targets}
    strings = _strings(package, next((target for _, kind, target in targets if kind == "sharedStrings"), ""))
    styles = _styles(package, next((target for _, kind, target in targets if kind == "styles"), ""))
    sheets, from_1904 = _sheets(package, part)
    document = Document()
    count = 0
    for name, relation in sheets:
        target = by_id.get(relation) or posixpath.join(posixpath.dirname(part), f"worksheets/{relation}.xml")
        if target not in package or not target.endswith(".xml"):
            continue
        sheet = _Sheet(package, name, strings, styles, from_1904, count)
        parse_xml(package, target, sheet.start, sheet.end, sheet.text)
        count = sheet.count
        document.blocks.append(sheet.table())
    if not document.blocks:
        raise package.source.damaged("has no visible sheet that can be read")
    read_properties(package, document)
    return document


def _sheets(package: Package, part: str) -> tuple[list[tuple[str, str]], bool]:
    """Name and relation of each visible sheet, and whether days count from 1904."""
    sheets: list[tuple[str, str]] = []
    from_1904 = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal from_1904
        if tag == "sheet" and attributes.get("state", "visible") == "visible":
            sheets.append((attributes.get("name", ""), attributes.get("id", "")))
        elif tag == "workbookPr":
            from_1904 = attributes.get("date1904") in ("1", "true")

    parse_xml(package, part, start, _nothing, _nothing)
    return sheets, from_1904


def _strings(package: Package, part: str) -> list[str]:
    """The texts that cells share, without phonetic guides."""
    found: list[str] = []
    pieces: list[str] = []
    inside = ""
    phonetic = 0

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal inside, phonetic
        inside = tag
        phonetic += tag == "rPh"
        if tag == "si":
            pieces.clear()

    def end(tag: str) -> None:
        nonlocal inside, phonetic
        inside = ""
        phonetic -= tag == "rPh"
        if tag == "si":
            found.append(_text("".join(pieces)))

    def text(data: str) -> None:
        if inside == "t" and not phonetic:
            pieces.append(data)

    if part in package:
        parse_xml(package, part, start, end, text)
    return found


def _styles(package: Package, part: str) -> Styles:
    own: dict[int, str] = {}
    styles = Styles()
    inside = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        match tag:
            case "numFmt":
                own[_whole(attributes.get("numFmtId", ""))] = attributes.get("formatCode", "")
            case "cellXfs":
                inside = True
            case "xf" if inside:
                number = _whole(attributes.get("numFmtId", ""))
                styles.formats.append(own.get(number) or BUILTIN.get(number, ""))

    def end(tag: str) -> None:
        nonlocal inside
        inside = inside and tag != "cellXfs"

    if part in package:
        parse_xml(package, part, start, end, _nothing)
    return styles


class _Sheet:
    """One sheet while it is read, cell by cell; only cells that show something are kept."""

    def __init__(
        self, package: Package, name: str, strings: list[str], styles: Styles, from_1904: bool, count: int
    ) -> None:
        self.package, self.name, self.strings, self.styles, self.from_1904 = package, name, strings, styles, from_1904
        self.count = count
        self.cells: dict[tuple[int, int], TableCell] = {}
        self.merges: list[str] = []
        self.row = -1
        self.column = -1
        self.kind = self.style = ""
        self.pieces: list[str] = []
        self.tags: list[str] = []
        self.phonetic = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.tags.append(tag)
        match tag:
            case "row":
                number = _whole(attributes.get("r", ""))
                self.row = number - 1 if number else self.row + 1
                self.column = -1
            case "c":
                self.column += 1
                if (place := _place(attributes.get("r", ""))) is not None:
                    self.row, self.column = place
                self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "0")
                self.pieces = []
            case "rPh":
                self.phonetic += 1
            case "mergeCell":
                self.merges.append(attributes.get("ref", ""))
                if len(self.merges) > self.package.source.limits.cells:
                    raise self._beyond()

    def end(self, tag: str) -> None:
        self.tags.pop()
        if tag == "c":
            if text := self._shown("".join(self.pieces)):
                self.count += 1
                if self.count > self.package.source.limits.cells:
                    raise self._beyond()
                blocks: list[Block] = [Paragraph(text)]
                self.cells[self.row, self.column] = TableCell(blocks, self.row, self.column)
        elif tag == "rPh":
            self.phonetic -= 1

    def text(self, data: str) -> None:
        if self.tags[-1] == "v" or (self.tags[-1] == "t" and not self.phonetic):
            self.pieces.append(data)

    def table(self) -> Table:
        """The table of the sheet, each merged range as one cell."""
        for reference in self.merges:
            first, _, last = reference.partition(":")
            start, stop = _place(first), _place(last)
            if start is None or stop is None or (cell := self.cells.get(start)) is None:
                continue
            cell.rows = max(1, stop[0] - start[0] + 1)
            cell.columns = max(1, stop[1] - start[1] + 1)
        return Table(list(self.cells.values()), self.name)

    def _shown(self, stored: str) -> str:
        match self.kind:
            case "s":
                index = _whole(stored.strip(), -1)
                return self.strings[index] if 0 <= index < len(self.strings) else ""
            case "b":
                return "TRUE" if stored.strip() == "1" else "FALSE"
            case "inlineStr" | "str" | "e" | "d":
                return _text(stored)
        value = number_of(stored)
        return stored.strip() if value is None else displayed(value, self.styles.of(self.style), self.from_1904)

    def _beyond(self) -> Exception:
        source = self.package.source
        return source.beyond(f"has more than {source.limits.cells} cells", "cells", f"sheet {self.name}")


def _place(reference: str) -> tuple[int, int] | None:
    """Row and column (from 0) of a reference such as B12."""
    hit = _REFERENCE.fullmatch(reference.replace("$", ""))
    if hit is None:
        return None
    column = 0
    for letter in hit[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(hit[2]) - 1, column - 1


def _text(stored: str) -> str:
    """A stored text with its escaped control characters back; line ends as plain newlines."""
    text = _ESCAPE.sub(_character, stored) if "_x" in stored else stored
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _character(hit: regex.Match[str]) -> str:
    code = int(hit[1], 16)
    return hit.group() if 0xD800 <= code <= 0xDFFF else chr(code)


def _whole(text: str, default: int = 0) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else default


def _nothing(_: str) -> None:
    return None
