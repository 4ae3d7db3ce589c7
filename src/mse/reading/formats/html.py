"""Web pages (.html, .htm) and pages saved with all their files (.mht): the article and its tables, without the site.

Needs lxml (extra `docs`). Nothing a page refers to is fetched, scripts are dropped unread.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from dataclasses import dataclass, field
from typing import Any

import regex

from mse.errors import MissingExtraError
from mse.grammar import load
from mse.reading.clean import squeeze
from mse.reading.decode import decode
from mse.reading.document import DEEPEST, Block, Document, Paragraph, Table, TableCell, flattened
from mse.reading.formats.source import Source

_DATA = load("webpage")
_FURNITURE = [regex.compile(pattern) for pattern in _DATA["furniture"]["patterns"]]
_SITE_NAME = regex.compile(_DATA["site_name"]["pattern"])
_OPENING = regex.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*|<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|table|div)[\s>/]",
    regex.IGNORECASE | regex.DOTALL,
)
_CHARSET = regex.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})""", regex.IGNORECASE)
_MIME = regex.compile(
    rb"\s*(?:[A-Za-z-]{2,40}:[^\r\n]{0,500}\r?\n[ \t]?)*?(?:MIME-Version|Content-Type):", regex.IGNORECASE
)
_DAY = regex.compile(r"((?:19|20)\d\d)\D(\d{1,2})\D(\d{1,2})")
_SPACE = regex.compile(r"[ \t\r\n\f]+")
_XML_DECLARATION = regex.compile(r"\s*<\?xml[^>]{0,200}\?>")
_HIDDEN = regex.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", regex.IGNORECASE)
_KEEPS_SPACE = regex.compile(r"white-space\s*:\s*(?:pre|break-spaces)", regex.IGNORECASE)

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "head", "select", "button",
     "textarea", "nav", "footer", "aside", "audio", "video", "canvas", "map", "rt", "rp", "del"}
)  # fmt: skip
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "img", "ins",
     "kbd", "label", "mark", "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
     "tt", "u", "var", "wbr", "nobr", "input"}
)  # fmt: skip
_MOST_ROWS, _MOST_COLUMNS = 65_534, 1_000
_PLACES_A_CELL = 4
_SAMPLE = 4096


def is_html(text: str) -> bool:
    """Whether a text opens like a web page."""
    return _OPENING.match(text.lstrip("\ufeff")[:_SAMPLE]) is not None


def is_mhtml(data: bytes) -> bool:
    """Whether bytes open like a page saved together with its files."""
    head = data[:_SAMPLE]
    return _MIME.match(head) is not None and b"multipart/" in head.lower()


def declared_charset(data: bytes) -> str:
    """The encoding a page declares, as Python knows it; empty where it declares none. GB2312 is read as GB18030."""
    hit = _CHARSET.search(data[:_SAMPLE])
    name = hit[1].decode("ascii").lower() if hit else ""
    return "gb18030" if name in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else "cp950" if name == "big5" else name


def decode_html(data: bytes, path: str) -> str:
    """The text of a page in the encoding it declares, else in the one it shows."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) and (name := declared_charset(data)):
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decode(data, path)


def read_mhtml(source: Source) -> Document:
    """The page in a web archive."""
    try:
        message = email.message_from_bytes(source.data, policy=email.policy.compat32)
        for part in message.walk():
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                data = part.get_payload(decode=True)
                if isinstance(data, bytes) and data.strip():
                    return read_html(source, decode_html(data, source.path))
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise source.damaged("is a damaged web archive") from error
    raise source.damaged("is a web archive without a page in it")


def read_html(source: Source, text: str) -> Document:
    """The article of a page. Raises MissingExtraError without lxml, and the errors of reading."""
    try:
        from lxml import etree
    except ImportError as error:
        raise MissingExtraError("Reading web pages", "docs") from error
    text = _XML_DECLARATION.sub("", text.lstrip("\ufeff").replace("\x00", ""), count=1)
    parser = etree.HTMLParser(
        recover=True, no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8"
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise source.damaged("cannot be read as a web page") from error
    if root is None:
        raise source.damaged("is a web page without content")
    if any(each.type_name == "ERR_RESOURCE_LIMIT" for each in parser.error_log):
        # What lies deeper was not read at all, which must not go unsaid.
        raise source.damaged("is a web page nested too deeply to be read")
    page = _Page(source)
    page.walk(etree.iterwalk(root, events=("start", "end")))
    meta = _meta(root)
    document = Document(page.blocks)
    document.title = _first(meta, _DATA["meta"]["title"]) or _SITE_NAME.sub("", _page_title(root)).strip()
    document.issued = _day(_first(meta, _DATA["meta"]["issued"]))
    document.blocks = _article(page, document.title)
    return document


def _meta(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        found.setdefault(name, (element.get("content") or "").strip())
    return found


def _first(meta: dict[str, str], names: list[str]) -> str:
    return next((meta[name] for name in names if meta.get(name)), "")


def _page_title(root: Any) -> str:
    element = next(root.iter("title"), None)
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _day(text: str) -> dt.date | None:
    hit = _DAY.search(text)
    try:
        return dt.date(int(hit[1]), int(hit[2]), int(hit[3])) if hit else None
    except ValueError:
        return None


def _article(page: _Page, title: str) -> list[Block]:
    """The blocks without those before the headline and without lines of the site."""
    wanted = {squeeze(title), *(squeeze(each) for each in page.headlines[:1] if len(page.headlines) == 1)} - {""}
    blocks = list(flattened(page.blocks))
    start = next(
        (i for i, block in enumerate(blocks) if isinstance(block, Paragraph) and squeeze(block.text) in wanted), 0
    )
    if any(isinstance(block, Table) for block in blocks[:start]):
        start = 0
    return [block for block in blocks[start:] if not (isinstance(block, Paragraph) and _is_furniture(block.text))]


def _is_furniture(text: str) -> bool:
    text = text.strip()
    return len(text) <= 200 and any(pattern.fullmatch(text) for pattern in _FURNITURE)


@dataclass(slots=True)
class _Building:
    """A table under construction; `busy` tells for how many further rows a cell from above holds a column."""

    table: Table
    row: int = -1
    column: int = 0
    cell: TableCell | None = None
    busy: dict[int, int] = field(default_factory=dict)
    to_end: list[TableCell] = field(default_factory=list)


class _Page:
    """Walks over the elements of a page and keeps what a reader sees."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.blocks: list[Block] = []
        self.containers: list[list[Block]] = [self.blocks]
        self.tables: list[_Building] = []
        self.pieces: list[str] = []
        self.linked = 0
        self.in_link = 0
        self.pre = 0
        self.headline = 0
        self.headlines: list[str] = []
        self.cells = 0
        self.budget = _PLACES_A_CELL * source.limits.cells

    def walk(self, events: Any) -> None:
        for event, element in events:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if tag in _SKIPPED or _is_hidden(element):
                    events.skip_subtree()
                    element.set("_skipped", "1")
                    continue
                self._start(tag, element)
                self._add(element.text)
            else:
                if element.get("_skipped") is None:
                    self._end(tag, element)
                self._add(element.tail)
        self._break()

    def _start(self, tag: str, element: Any) -> None:
        if tag == "br":
            self.pieces.append("\n")
            return
        if tag == "a":
            self.in_link += 1
        self.pre += _keeps_space(tag, element)
        if tag in _INLINE:
            return
        self._break()
        match tag:
            case "h1":
                self.headline = len(self.containers[-1])
            case "table":
                self.tables.append(_Building(Table()))
            case "tr" if self.tables:
                self._open_row(self.tables[-1])
            case "td" | "th" if self.tables:
                self._close_cell(self.tables[-1])
                self._open_cell(self.tables[-1], element)

    def _end(self, tag: str, element: Any) -> None:
        if tag == "a":
            self.in_link -= 1
        if tag not in _INLINE and tag != "br":
            self._break()
        self.pre -= _keeps_space(tag, element)
        match tag:
            case "h1":
                added = self.containers[-1][self.headline :]
                self.headlines.append("".join(block.text for block in added if isinstance(block, Paragraph)))
            case "td" | "th" if self.tables:
                self._close_cell(self.tables[-1])
            case "table" if self.tables:
                self._close_table(self.tables.pop())

    # Tables

    def _open_row(self, table: _Building) -> None:
        self._close_cell(table)
        table.row += 1
        table.column = 0
        table.busy = {column: left - 1 for column, left in table.busy.items() if left > 1}

    def _open_cell(self, table: _Building, element: Any) -> None:
        if table.row < 0:
            table.row = 0
        while table.busy.get(table.column):
            table.column += 1
        limits = self.source.limits
        rows = min(_number(element.get("rowspan")), _MOST_ROWS)
        columns = max(1, min(_number(element.get("colspan")), _MOST_COLUMNS))
        self.cells += 1
        self.budget -= columns
        if self.cells > limits.cells or self.budget < 0:
            raise self.source.beyond(f"has more than {limits.cells} cells", "cells")
        table.cell = TableCell([], table.row, table.column, max(1, rows), columns)
        if rows == 0:
            table.to_end.append(table.cell)
            rows = _MOST_ROWS
        if rows > 1:
            for column in range(table.column, table.column + columns):
                table.busy[column] = rows
        table.column += columns
        if table.column > _PLACES_A_CELL * max(_MOST_COLUMNS, limits.columns):
            raise self.source.beyond(f"has a table with more than {limits.columns} columns", "columns")
        self.containers.append(table.cell.blocks)

    def _close_cell(self, table: _Building) -> None:
        if table.cell is not None:
            self._break()
            self.containers.pop()
            table.table.cells.append(table.cell)
            table.cell = None

    def _close_table(self, building: _Building) -> None:
        self._close_cell(building)
        for cell in building.to_end:
            cell.rows = building.row - cell.row + 1
        cells = building.table.cells
        if len(self.tables) < DEEPEST:
            self.containers[-1].append(building.table)
        else:
            self.containers[-1] += [block for cell in cells for block in cell.blocks]

    # Text

    def _add(self, text: str | None) -> None:
        if not text:
            return
        text = text if self.pre else _SPACE.sub(" ", _joined(text))
        self.pieces.append(text.replace("\xa0", " ") if "\xa0" in text else text)
        if self.in_link:
            self.linked += len(text.strip())

    def _break(self) -> None:
        """End the paragraph at hand."""
        if not self.pieces:
            return
        text = "".join(self.pieces)
        if not self.pre:
            text = "\n".join(line.strip(" ") for line in text.split("\n")).strip("\n")
        if text.strip():
            links = self.linked * 10 >= len(squeeze(text)) * 6
            self.containers[-1].append(Paragraph(text, links=links))
        self.pieces.clear()
        self.linked = 0


def _joined(text: str) -> str:
    """The text without line ends between two wide characters, which a page has only in its source."""
    return _WRAP.sub("", text) if "\n" in text else text


_WRAP = regex.compile(
    r"(?<=[\p{Han}\u3000-\u303f\uff00-\uffef])[ \t]*\r?\n[ \t\r\n]*(?=[\p{Han}\u3000-\u303f\uff00-\uffef])"
)


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and _HIDDEN.search(style) is not None)


def _keeps_space(tag: str, element: Any) -> bool:
    style = element.get("style")
    return tag == "pre" or (style is not None and _KEEPS_SPACE.search(style) is not None)


def _number(text: str | None) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 1
