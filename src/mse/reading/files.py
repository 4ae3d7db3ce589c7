"""From the paths a user names to the files that are read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from mse.errors import ReadError

MAX_BYTES = 64 * 1024 * 1024


def find_files(
    paths: Iterable[str | os.PathLike[str]], on_error: Callable[[ReadError], None] | None = None
) -> Iterator[Path]:
    """The files among `paths`, folders searched recursively in sorted order, hidden files and folders left out.

    A path that does not exist raises ReadError, or is handed to `on_error` and passed over. A file named twice comes
    once.
    """
    seen: set[Path] = set()
    for name in paths:
        path = Path(name)
        try:
            found = _walk(path) if path.is_dir() else [_existing(path)]
        except ReadError as error:
            if on_error is None:
                raise
            on_error(error)
            continue
        for file in found:
            if file not in seen:
                seen.add(file)
                yield file


def read_bytes(path: Path, max_bytes: int) -> bytes:
    """The content of a file. Raises ReadError where it is missing, a folder, unreadable, too large or empty."""
    name = str(path)
    if path.is_dir():
        raise ReadError(name, "is a folder", "name a file in it, or let find_files search the folder")
    _existing(path)
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise ReadError(
                name, f"is too large: {size} bytes, the limit is {max_bytes}", "split it or raise the limit"
            )
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise ReadError(
            name, f"cannot be read: {error.strerror or error}", "check the file and its permissions"
        ) from error
    if len(data) > max_bytes:
        raise ReadError(name, f"is too large: the limit is {max_bytes} bytes", "split it or raise the limit")
    if not data:
        raise ReadError(name, "is empty", "check that it was saved or downloaded completely")
    return data


def _existing(path: Path) -> Path:
    try:
        exists = path.exists()
    except (OSError, ValueError):
        exists = False
    if not exists:
        raise ReadError(str(path), "does not exist", "check the path")
    return path


def _walk(folder: Path) -> list[Path]:
    found: list[Path] = []
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found.extend(Path(root) / name for name in files if not name.startswith("."))
    return sorted(file for file in found if file.is_file())
