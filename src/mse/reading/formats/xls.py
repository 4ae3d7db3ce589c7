"""Old Excel workbooks (.xls). Needs xlrd (extra `docs`); formulas keep their saved results, macros are never opened."""

from __future__ import annotations

import io
from typing import Any

from mse.errors import MissingExtraError, ReadError
from mse.reading.document import Block, Document, Paragraph, Table, TableCell
from mse.reading.formats.displayed import displayed, number_of
from mse.reading.formats.source import Source


def read_xls(source: Source) -> Document:
    """The document in an old workbook: one table a sheet. Raises MissingExtraError without xlrd."""
    try:
        import xlrd
    except ImportError as error:
        raise MissingExtraError("Reading old Excel files", "docs") from error
    try:
        book = xlrd.open_workbook(
            file_contents=source.data, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        )
        return _document(book, xlrd, source)
    except ReadError:
        raise
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise source.encrypted() from error
        raise source.damaged("is a damaged old Excel file") from error
    except Exception as error:
        # The library checks little of what it reads; whatever breaks in it is the fault of the file.
        raise source.damaged("is a damaged old Excel file") from error


def _document(book: Any, xlrd: Any, source: Source) -> Document:
    document = Document()
    count = 0
    for index in range(book.nsheets):
        sheet = book.sheet_by_index(index)
        if sheet.visibility:
            continue
        cells: dict[tuple[int, int], TableCell] = {}
        for row in range(sheet.nrows):
            for column in range(sheet.row_len(row)):
                if text := _shown(book, xlrd, sheet.cell(row, column)):
                    blocks: list[Block] = [Paragraph(text)]
                    cells[row, column] = TableCell(blocks, row, column)
                    count += 1
            if count > source.limits.cells:
                raise source.beyond(f"has more than {source.limits.cells} cells", "cells", f"sheet {sheet.name}")
        for low, high, left, right in sheet.merged_cells:
            if (low, left) in cells:
                cells[low, left].rows, cells[low, left].columns = max(1, high - low), max(1, right - left)
        document.blocks.append(Table(list(cells.values()), sheet.name))
        book.unload_sheet(index)
    return document


def _shown(book: Any, xlrd: Any, cell: Any) -> str:
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return str(cell.value).replace("\r\n", "\n").replace("\r", "\n")
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            value = number_of(repr(cell.value))
            form = book.format_map.get(book.xf_list[cell.xf_index].format_key)
            text = form.format_str if form is not None else ""
            return str(cell.value) if value is None else displayed(value, text, from_1904=bool(book.datemode))
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, ""))
    return ""
