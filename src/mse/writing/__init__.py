"""Results to files and streams: JSON Lines, CSV and Parquet, each record written as its document is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, Protocol

from pydantic import BaseModel

from mse.model import Fact, Mention, Task
from mse.writing.atomic import replacing
from mse.writing.csv import CsvWriter
from mse.writing.jsonl import JsonlWriter
from mse.writing.parquet import ParquetWriter

Level = Literal["facts", "mentions", "tasks"]
Format = Literal["jsonl", "csv", "parquet"]

SAVED: tuple[Format, ...] = ("jsonl", "parquet")  # what a folder of results holds of each level
MODELS: dict[Level, type[BaseModel]] = {"facts": Fact, "mentions": Mention, "tasks": Task}


class Writer(Protocol):
    """What every format offers."""

    def write(self, records: Iterable[BaseModel]) -> None: ...

    def close(self) -> None: ...


def open_writer(stream: BinaryIO, level: Level, form: Format, *, mark: bool = False) -> Writer:
    """A writer of one level's records to a binary stream; `mark` asks for a byte order mark where a format has a use.

    Raises MissingExtraError where the format needs a package that is not installed.
    """
    match form:
        case "jsonl":
            return JsonlWriter(stream)
        case "csv":
            return CsvWriter(stream, MODELS[level], mark=mark)
        case "parquet":
            return ParquetWriter(stream, MODELS[level])


@contextmanager
def saving(path: Path, level: Level, form: Format) -> Iterator[Writer]:
    """A writer into the file `path`, which appears whole when the block ends well and stays as it was otherwise.

    Raises OSError and MissingExtraError.
    """
    with replacing(path) as stream:
        writer = open_writer(stream, level, form, mark=True)
        try:
            yield writer
        finally:
            writer.close()


__all__ = ["MODELS", "SAVED", "Format", "Level", "Writer", "open_writer", "saving"]
