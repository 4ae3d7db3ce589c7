"""Run the stages over reports, files and free text."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mse.extract.analysis import analyse
from mse.extract.mentions import recognize as recognize_mentions
from mse.model import Fact, Mention, Metadata, Report
from mse.reading import find_files, read

if TYPE_CHECKING:
    from mse.ner.model import NameModel

Source = Report | str | os.PathLike[str]


def extract(source: Source, model: NameModel | bool = True) -> list[Fact]:
    """The facts of a report or of the file at a path.

    `model` finds names in prose: one of your own, True for the one shipped, False for rules alone. Raises ReadError for
    a file that cannot be read.
    """
    return analyse(source if isinstance(source, Report) else read(source), model).facts


def extract_text(text: str, date: dt.date | str | None = None, model: NameModel | bool = True) -> list[Fact]:
    """The facts of free text without tables; `date` (or its ISO form) is what relative dates count from.

    `model` finds names: one of your own, True for the one shipped, False for rules alone. Raises ValueError for a
    `date` that is no ISO date.
    """
    day = _day(date)
    metadata = Metadata.trusted(year=day.year if day else None, issued=day)
    return analyse(Report.trusted(doc="", text=text, metadata=metadata), model).facts


def recognize(text: str, date: dt.date | str | None = None) -> list[Mention]:
    """The quantities and dates of a text, normalized, without roles. Raises ValueError for a bad `date`."""
    return recognize_mentions(text, _day(date))


def pipe(sources: Iterable[str | os.PathLike[str]], workers: int = 1) -> Iterator[list[Fact]]:
    """The facts of each file, in the order given; folders are searched. With `workers` above 1 in several processes.

    Raises ReadError at the file that cannot be read, and ValueError for fewer than one worker.
    """
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    paths = (path for source in sources for path in find_files([source]))
    if workers == 1:
        yield from map(extract, paths)
        return
    from concurrent.futures import ProcessPoolExecutor
    from itertools import islice
    from multiprocessing import get_context

    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        # Only so many documents under way that memory stays bounded whatever the archive's size.
        waiting = [pool.submit(extract, path) for path in islice(paths, workers * 2)]
        while waiting:
            yield waiting.pop(0).result()
            waiting.extend(pool.submit(extract, path) for path in islice(paths, 1))


def _day(date: dt.date | str | None) -> dt.date | None:
    return dt.date.fromisoformat(date) if isinstance(date, str) else date
