"""What a batch writes: facts, mentions and tasks with the path of their document, the documents, and the failures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel

from mse.model import Day, Fact, Mention, Model, Period, Report, Task
from mse.writing.parquet import import_arrow, rows_of, schema_of

Level = Literal["facts", "mentions", "tasks", "documents", "failures"]
Kind = Literal["unreadable", "limit", "crash", "defect"]


class Document(Model):
    """A document that was read: what it says of itself, and what came out of it."""

    doc: str
    path: str = ""
    title: str = ""
    place: str = ""
    year: int | None = None
    period: Period | None = None
    document_number: str = ""
    issued: Day | None = None
    characters: int = 0
    content: str = ""  # hash of the bytes that were read

    @classmethod
    def of(cls, report: Report, content: str) -> Document:
        """The record of a report."""
        about = {name: getattr(report.metadata, name) for name in type(report.metadata).model_fields}
        return cls.model_construct(doc=report.doc, characters=len(report.text), content=content, **about)


class Failure(Model):
    """A document that gave nothing: `unreadable`, over the time `limit`, the `crash` of a worker, or our `defect`."""

    doc: str
    path: str = ""
    kind: Kind
    reason: str


MODELS: dict[Level, type[BaseModel]] = {
    "facts": Fact,
    "mentions": Mention,
    "tasks": Task,
    "documents": Document,
    "failures": Failure,
}


@cache
def schema(level: Level) -> Any:
    """The Arrow schema of a dataset: the fields of its model, and `path`, the document as it was named."""
    arrow = import_arrow()
    bare = schema_of(MODELS[level])
    return bare if "path" in bare.names else bare.append(arrow.field("path", arrow.string()))


def pack(level: Level, records: Sequence[BaseModel], path: str) -> bytes:
    """Records as the bytes of one Arrow record batch, without the schema; no records give no bytes."""
    if not records:
        return b""
    rows = rows_of(MODELS[level], records)
    for row in rows:
        row["path"] = path
    packed: bytes = import_arrow().RecordBatch.from_pylist(rows, schema=schema(level)).serialize().to_pybytes()
    return packed


def unpack(level: Level, packed: bytes) -> Any:
    """The record batch that `pack` made."""
    return import_arrow().ipc.read_record_batch(packed, schema(level))


def table(level: Level, batches: Iterable[Any]) -> Any:
    """Record batches of one level as a table."""
    return import_arrow().Table.from_batches(list(batches), schema=schema(level))
