"""JSON Lines: one record a line, keys in the order of the model, text as it is (UTF-8, not escaped)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import BinaryIO

from pydantic import BaseModel


class JsonlWriter:
    """Writes records to a binary stream as they come; the stream stays the caller's to close."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, records: Iterable[BaseModel]) -> None:
        for record in records:
            line = json.dumps(record.model_dump(), ensure_ascii=False)
            # A lone surrogate (from an undecodable file name) has no UTF-8; its escape is valid JSON.
            self._stream.write(line.encode("utf-8", "backslashreplace") + b"\n")

    def close(self) -> None:
        """Nothing is held back."""
