"""Rows of an answer as JSON Lines and CSV: exact decimals as plain strings, days as ISO dates, as everywhere."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from mse.model import plain
from mse.writing.csv import harmless


def json_line(row: Mapping[str, Any]) -> bytes:
    """A row as one line."""
    return json.dumps(_plain(row), ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def csv_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """A head and the rows; what is nested is written as JSON, and no cell is one that a spreadsheet runs."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for number, row in enumerate(rows):
        if not number:
            writer.writerow(row)
        writer.writerow([cell(value) for value in row.values()])
        yield buffer.getvalue().encode("utf-8", "backslashreplace")
        buffer.seek(0)
        buffer.truncate()


def cell(value: Any) -> str:
    """A value on one line."""
    match _plain(value):
        case None:
            return ""
        case str(text):
            return harmless(text)
        case other:
            return json.dumps(other, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return plain(value)
        case dt.date() | dt.time():
            return value.isoformat()
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case None | str() | bool() | int() | float():
            return value
        case _:
            return str(value)
