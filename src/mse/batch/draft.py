"""The part that is being filled: its rows go to disk a group at a time, so that memory stays as it is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from mse.batch.records import Level, schema, table, unpack
from mse.writing.atomic import replacing
from mse.writing.parquet import import_arrow

GROUP_BYTES = 4 * 1024 * 1024


class Draft:
    """One file for each dataset that has rows; none of them is there before `finish`.

    `files` are their places. Raises OSError where they cannot be written.
    """

    def __init__(self, files: Mapping[Level, Path]) -> None:
        self._paths = files
        self._streams = ExitStack()
        self._writers: dict[Level, Any] = {}
        self._waiting: dict[Level, list[Any]] = {}
        self._held = 0

    def add(self, packed: Mapping[Level, bytes]) -> int:
        """Take the rows of one document; how many bytes they are."""
        size = 0
        for level, content in packed.items():
            if content:
                self._waiting.setdefault(level, []).append(unpack(level, content))
                size += len(content)
        self._held += size
        if self._held >= GROUP_BYTES:
            self._write()
        return size

    def finish(self) -> dict[str, int]:
        """Put the files into their places, complete on disk; their sizes by dataset."""
        self._write()
        for writer in self._writers.values():
            writer.close()
        self._streams.close()
        for level in self._writers:
            settle(self._paths[level].parent)
        return {level: self._paths[level].stat().st_size for level in self._writers}

    def drop(self) -> None:
        """Leave nothing behind."""
        for writer in self._writers.values():
            with suppress(OSError):  # the disk may be full, and what is written now goes away again
                writer.close()
        stopped = GeneratorExit()
        self._streams.__exit__(type(stopped), stopped, None)

    def _write(self) -> None:
        for level, batches in self._waiting.items():
            self._writer(level).write_table(table(level, batches))
        self._waiting.clear()
        self._held = 0

    def _writer(self, level: Level) -> Any:
        if level not in self._writers:
            stream = self._streams.enter_context(replacing(self._paths[level]))
            self._writers[level] = import_arrow().parquet.ParquetWriter(stream, schema(level), compression="zstd")
        return self._writers[level]


def settle(folder: Path) -> None:
    """Make the names in a folder last beyond a loss of power, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
