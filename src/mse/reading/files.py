"""From the paths a user names to the files that are read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from mse.errors import LimitError, ReadError
from mse.reading.formats.archive import MAGIC, enclosing, members, open_archive, read_member
from mse.reading.limits import Limits


def find_files(
    paths: Iterable[str | os.PathLike[str]],
    on_error: Callable[[ReadError], None] | None = None,
    limits: Limits | None = None,
) -> Iterator[Path]:
    """The files among `paths`, folders searched recursively in sorted order, hidden files and folders left out.

    A .zip archive gives its members, as paths below the archive that `read` takes: `archive.zip/folder/report.docx`.
    An archive that cannot be opened comes itself, so that reading it says why. A path that does not exist raises
    ReadError, or is handed to `on_error` and passed over. A file named twice comes once.
    """
    limits = limits or Limits()
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
            for each in _within(file, limits):
                if each not in seen:
                    seen.add(each)
                    yield each


def read_bytes(path: Path, limits: Limits) -> bytes:
    """The content of a file or of a member of an archive.

    Raises ReadError where it is missing, a folder, unreadable, too large or empty, and the errors of archives.
    """
    if not path.is_dir() and not _exists(path) and (inside := enclosing(path)) is not None:
        archive, member = inside
        return _member(str(path), read_bytes(archive, limits), str(archive), member, limits, limits.depth)
    name = str(path)
    if path.is_dir():
        raise ReadError(name, "is a folder", "name a file in it, or let find_files search the folder")
    _existing(path)
    too_large = f"is too large: the limit is {limits.file} bytes"
    try:
        size = path.stat().st_size
        if size > limits.file:
            raise LimitError(name, f"{too_large}, it has {size}", "split it or raise the limit")
        with path.open("rb") as file:
            data = file.read(limits.file + 1)
    except OSError as error:
        raise ReadError(
            name, f"cannot be read: {error.strerror or error}", "check the file and its permissions"
        ) from error
    if len(data) > limits.file:
        raise LimitError(name, too_large, "split it or raise the limit")
    if not data:
        raise ReadError(name, "is empty", "check that it was saved or downloaded completely")
    return data


def _member(path: str, data: bytes, archive: str, member: str, limits: Limits, depth: int) -> bytes:
    """The bytes of a member of an archive, or of an archive within it."""
    package = open_archive(data, archive, limits)
    if package is None:
        raise ReadError(path, "does not exist", "check the path")
    names = members(package)
    if member in names:
        inner = read_member(package, member)
        if len(inner) > limits.file:
            raise LimitError(path, f"is too large: the limit is {limits.file} bytes", "split it or raise the limit")
        return inner
    outer = next((name for name in names if member.startswith(f"{name}/")), None)
    if outer is None:
        raise ReadError(path, "does not exist", "check the path")
    if depth <= 1:
        raise LimitError(path, f"lies in more than {limits.depth} archives", "unpack them or raise the limit depth")
    rest = member[len(outer) + 1 :]
    return _member(path, read_member(package, outer), f"{archive}/{outer}", rest, limits, depth - 1)


def _within(file: Path, limits: Limits) -> list[Path]:
    """The members of an archive, of archives within it too; any other file itself."""
    try:
        with file.open("rb") as opened:
            if opened.read(4) not in MAGIC:
                return [file]
        return _unfolded(file, read_bytes(file, limits), limits, limits.depth)
    except (ReadError, OSError):
        return [file]


def _unfolded(path: Path, data: bytes, limits: Limits, depth: int) -> list[Path]:
    package = open_archive(data, str(path), limits)
    names = members(package) if package is not None else []
    if package is None or not names or depth < 1:
        return [path]
    found: list[Path] = []
    for name in names:
        here = [path / name]
        try:
            inner = read_member(package, name)
            if inner.startswith(MAGIC):
                here = _unfolded(path / name, inner, limits, depth - 1)
        except ReadError:
            pass
        found += here
    return found


def _existing(path: Path) -> Path:
    if not _exists(path) and enclosing(path) is None:
        raise ReadError(str(path), "does not exist", "check the path")
    return path


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _walk(folder: Path) -> list[Path]:
    found: list[Path] = []
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found.extend(Path(root) / name for name in files if not name.startswith("."))
    return sorted(file for file in found if file.is_file())
