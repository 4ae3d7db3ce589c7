"""CSV for spreadsheets: nested fields become dotted columns, lists of names one cell, deeper lists JSON.

Cells that a spreadsheet would run as a formula get a leading apostrophe; numbers, also signed ones, stay as they are.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterable
from typing import Any, BinaryIO

import regex
from pydantic import BaseModel

from mse.columns import Column, at, columns_of, leaves

LIST_MARK = "；"
_FORMULA = regex.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NUMBER = regex.compile(r"[+-]?\d[\d,]*(?:\.\d+)?[%‰％]?")


class CsvWriter:
    """Writes records of one model to a binary stream as they come; the stream stays the caller's to close.

    `mark` puts a byte order mark in front, without which spreadsheets read UTF-8 as the local encoding.
    """

    def __init__(self, stream: BinaryIO, model: type[BaseModel], *, mark: bool = False) -> None:
        self._stream = stream
        self._leaves = tuple(leaves(columns_of(model)))
        self._row = io.StringIO()
        self._csv = csv.writer(self._row)
        if mark:
            stream.write(codecs.BOM_UTF8)
        self._csv.writerow(".".join(path) for path, _ in self._leaves)
        self._send()

    def write(self, records: Iterable[BaseModel]) -> None:
        for record in records:
            data = record.model_dump()
            self._csv.writerow(_cell(column, at(data, path)) for path, column in self._leaves)
            self._send()

    def close(self) -> None:
        """Nothing is held back."""

    def _send(self) -> None:
        self._stream.write(self._row.getvalue().encode("utf-8", "backslashreplace"))
        self._row.seek(0)
        self._row.truncate()


def _cell(column: Column, value: Any) -> str:
    if value is None or value == [] or value == {}:
        return ""
    match column.kind:
        case "text":
            return harmless(value)
        case "truth" | "flag":
            return "true" if value else "false"
        case "list" if column.children[0].kind == "text":
            return harmless(LIST_MARK.join(value))
        case "list" | "map" | "span":
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        case _:
            return str(value)


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    return "'" + text if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
