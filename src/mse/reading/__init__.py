"""Files to reports: any format as text and grids, and the grids as tasks.

The layers are formats (bytes to paragraphs and tables, or decode for plain text), document and layouts (to text and
grids), shapes (grids of any build into one), tasks (grids to tasks, the same for every format) and metadata. Nothing
here knows quantities, dates or facts, but for telling units from other words.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from mse.errors import DamagedError, ReadError
from mse.model import Report
from mse.reading.columns import read_header
from mse.reading.delimited import delimited
from mse.reading.document import Document, render
from mse.reading.files import find_files, read_bytes
from mse.reading.flattened import flattened
from mse.reading.formats import Source, open_document
from mse.reading.grid import Grid
from mse.reading.items import COLUMNS
from mse.reading.layouts import grids
from mse.reading.limits import Limits
from mse.reading.lists import listed
from mse.reading.metadata import complete_metadata, introduction, read_metadata
from mse.reading.shapes import areas_of, shaped
from mse.reading.spaced import spaced
from mse.reading.stacked import stacked
from mse.reading.tasks import read_grids, read_known
from mse.reading.unnumbered import unnumbered

__all__ = ["MAX_BYTES", "Limits", "find_files", "read", "read_text"]

MAX_BYTES = Limits().file


def read(
    path: str | os.PathLike[str],
    *,
    limits: Limits | None = None,
    max_bytes: int | None = None,
    data: bytes | None = None,
) -> Report:
    """Read one document of any format; a member of an archive by the path `archive.zip/member`.

    The `text` of a plain text is the decoded file unchanged, that of any other format its paragraphs and tables as
    `mse.reading.document` describes them; offsets are code points into it. `max_bytes` is short for `limits.file`.
    `data` are the bytes of the document where the caller has them already; then `path` is only its name.
    A document without a table or a numbered list of tasks is prose: it has no tasks.

    Raises ReadError (or one of its kinds: DamagedError, EncryptedError, LimitError, UnsafeError, UnsupportedError) for
    what cannot be read, and MissingExtraError for a format that needs a library which is not installed.
    """
    limits = limits or Limits()
    if max_bytes is not None:
        limits = replace(limits, file=max_bytes)
    file = Path(path)
    source = Source(str(path), read_bytes(file, limits) if data is None else data, limits)
    try:
        content = open_document(source)
        if isinstance(content, str):
            _refuse_blank(content, source)
            report = read_text(content, doc=file.name)
        else:
            report = _read_document(content, source, file.name)
    except (RecursionError, MemoryError) as error:
        raise DamagedError(
            source.path, "is nested too deeply or too large to read", "check where it comes from"
        ) from error
    report.path = str(path)
    return report


def read_text(text: str, doc: str = "") -> Report:
    """Read a text that is already decoded, any text at all; `doc` is the name its results carry."""
    found = flattened(text) or delimited(text) or grids(text)
    if not any(read_header([cell.text for cell in row.cells]) for grid in found for row in grid.rows):
        found = spaced(text) or stacked(text) or found
    return _report(text, shaped(*areas_of(found), text), doc)


def _read_document(document: Document, source: Source, doc: str) -> Report:
    rendered = render(document, source.limits, source.path)
    _refuse_blank(rendered.text, source)
    report = _report(rendered.text, shaped(rendered.grids, rendered.areas, rendered.text), doc)
    complete_metadata(report.metadata, document.title, document.issued, document.created)
    return report


def _report(text: str, found: list[Grid], doc: str) -> Report:
    reading = read_grids(found, doc)
    metadata = read_metadata(text, reading.tables)
    if not reading.tasks:
        # What lost its title still says what it tells of.
        title = metadata.title or introduction(text)
        if (items := listed(text, title) or unnumbered(text, title)) is not None:
            reading = read_known(items, COLUMNS, doc)
    return Report.trusted(
        doc=doc,
        path="",
        text=text,
        metadata=metadata,
        tasks=reading.tasks,
        regions=reading.regions,
    )


def _refuse_blank(text: str, source: Source) -> None:
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise ReadError(
            source.path, "is empty (nothing but white space)", "check that it was saved or downloaded completely"
        )
