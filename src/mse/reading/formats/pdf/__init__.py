"""PDF documents with text in them: running text and tables, ruled or not, also where they run over pages.

Needs pypdfium2 (extra `docs`). Nothing embedded in a PDF is run or opened.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

import regex

from mse.errors import MissingExtraError
from mse.grammar import load
from mse.reading.clean import squeeze
from mse.reading.document import Block, Document, Paragraph
from mse.reading.formats.pdf.font import boxes_for_missing_fonts
from mse.reading.formats.pdf.joining import fits, joined_tables
from mse.reading.formats.pdf.lines import Line, is_wrapped, joined, lines_of
from mse.reading.formats.pdf.page import Page, read_page
from mse.reading.formats.pdf.ruled import PdfTable, ruled_tables
from mse.reading.formats.pdf.unruled import unruled_tables
from mse.reading.formats.source import Source

__all__ = ["read_pdf"]

_PAGE_NUMBER = regex.compile(load("tables")["page_number"]["pattern"])
_MARGIN = 0.1
_REPEATED = 3
_INDENT = 1.2
_LaidOut = tuple[Page, list[PdfTable], list[Line]]
_HINT_SCAN = "its pages are pictures; run a text recognition (OCR) over it first"


def read_pdf(source: Source) -> Document:
    """The document in a PDF. Raises MissingExtraError without pypdfium2, and the errors of reading."""
    try:
        import pypdfium2
        import pypdfium2.raw as raw
    except ImportError as error:
        raise MissingExtraError("Reading PDF", "docs") from error
    with boxes_for_missing_fonts(raw):
        try:
            pdf = pypdfium2.PdfDocument(source.data)
        except pypdfium2.PdfiumError as error:
            if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
                raise source.encrypted() from error
            raise source.damaged("is a damaged or incomplete PDF") from error
        try:
            pages = _pages(pdf, raw, source)
            title = pdf.get_metadata_value("Title").strip()
            created = _day(pdf.get_metadata_value("CreationDate"))
        finally:
            pdf.close()
    if not any(tables or lines for _, tables, lines in pages):
        if any(page.drawn for page, _, _ in pages):
            raise source.unsupported("is a scanned PDF without text", _HINT_SCAN)
        raise source.unsupported("is a PDF without text", "check that its pages are not empty")
    document = Document(_blocks(pages), title=title)
    document.created = created
    return document


def _pages(pdf: Any, raw: Any, source: Source) -> list[_LaidOut]:
    """Every page with its tables and the lines outside them; what else was read of it is given up at once."""
    count = len(pdf)
    if count > source.limits.pages:
        raise source.beyond(f"has {count} pages, the limit is {source.limits.pages}", "pages")
    pages: list[_LaidOut] = []
    for index in range(count):
        raw_page = raw.FPDF_LoadPage(pdf, index)
        if not raw_page:
            raise source.damaged("has a page that cannot be read", f"page {index + 1}")
        try:
            page = read_page(raw, raw_page, index + 1, source)
        finally:
            raw.FPDF_ClosePage(raw_page)
        tables = ruled_tables(page)
        unruled, lines = unruled_tables(page, lines_of(page.chars))
        page.chars, page.horizontal, page.vertical = [], [], []
        pages.append((page, sorted(tables + unruled, key=lambda table: table.top), lines))
    return pages


def _day(text: str) -> dt.date | None:
    hit = regex.match(r"(?:D:)?(\d{4})(\d\d)(\d\d)", text)
    try:
        return dt.date(int(hit[1]), int(hit[2]), int(hit[3])) if hit else None
    except ValueError:
        return None


def _blocks(pages: Sequence[_LaidOut]) -> list[Block]:
    """Running text and tables in reading order, tables joined over pages."""
    running = _running_titles(pages)
    blocks: list[Block] = []
    parts: list[PdfTable] = []
    for page, tables, lines in pages:
        lines = [line for line in lines if not _is_margin(page, line, running)]
        for table in [*tables, None]:
            above = [line for line in lines if table is None or line.top < table.top]
            lines = [line for line in lines if table is not None and line.top >= table.top]
            if parts and (above or (table is not None and not fits(parts[-1], table))):
                blocks.append(joined_tables(parts))
                parts = []
            blocks += _paragraphs(above, page.number)
            if table is not None:
                parts.append(table)
    if parts:
        blocks.append(joined_tables(parts))
    return blocks


def _running_titles(pages: Sequence[_LaidOut]) -> set[str]:
    """Texts that stand at the upper or lower margin of several pages."""
    counts: Counter[str] = Counter()
    for page, _, lines in pages:
        counts.update({squeeze(line.text) for line in lines if _at_margin(page, line)})
    return {text for text, count in counts.items() if count >= _REPEATED}


def _at_margin(page: Page, line: Line) -> bool:
    return line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height


def _is_margin(page: Page, line: Line, running: set[str]) -> bool:
    if not _at_margin(page, line):
        return False
    return squeeze(line.text) in running or _PAGE_NUMBER.fullmatch(line.text.strip()) is not None


def _paragraphs(lines: Sequence[Line], page: int) -> list[Block]:
    """The paragraphs of running text: a wrapped line goes on, an indented one begins anew."""
    if not lines:
        return []
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    groups: list[list[Line]] = []
    for line in lines:
        before = groups[-1][-1] if groups else None
        indented = line.left - left > _INDENT * line.size
        far = before is not None and line.top - before.bottom > 1.5 * line.size
        if before is None or indented or far or not is_wrapped(before, line, left, right):
            groups.append([])
        groups[-1].append(line)
    return [Paragraph(joined(group, left, right), page) for group in groups]
