"""Files to reports: decoded text, the layout of its tables as a grid, and the grid as tasks.

The layers are decode (bytes to text), layouts (text to grids), tasks (grids to tasks, the same for every format) and
metadata (the lines around the tables). Nothing here knows quantities, dates or facts.
"""

from __future__ import annotations

import os
from pathlib import Path

from mse.errors import ReadError
from mse.model import Report
from mse.reading.decode import decode
from mse.reading.files import MAX_BYTES, find_files, read_bytes
from mse.reading.layouts import grids
from mse.reading.metadata import read_metadata
from mse.reading.tasks import read_grids

__all__ = ["MAX_BYTES", "find_files", "read", "read_text"]


def read(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Report:
    """Read one plain-text file. `text` is the decoded file unchanged; offsets are code points into it.

    Raises ReadError for a missing path, a folder, an empty or binary file, bytes that cannot be decoded, and a file
    larger than `max_bytes`. A text without a table of tasks is prose: it has no tasks.
    """
    file = Path(path)
    text = decode(read_bytes(file, max_bytes), str(path))
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise ReadError(
            str(path), "is empty (nothing but white space)", "check that it was saved or downloaded completely"
        )
    report = read_text(text, doc=file.name)
    report.path = str(path)
    return report


def read_text(text: str, doc: str = "") -> Report:
    """Read a text that is already decoded, any text at all; `doc` is the name its results carry."""
    reading = read_grids(grids(text), doc)
    return Report.model_construct(
        doc=doc,
        path="",
        text=text,
        metadata=read_metadata(text, reading.tables),
        tasks=reading.tasks,
        regions=reading.regions,
    )
