"""The documents of a run, listed once at its start: how many there are is known, and memory does not grow with them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from mse.errors import ReadError
from mse.reading import Limits, find_files


def documents(
    paths: Iterable[str | os.PathLike[str]], leave_out: Path, limits: Limits
) -> Iterator[tuple[Path, ReadError | None]]:
    """Every file among `paths`, folders searched in sorted order, members of archives too; or why a path gives none.

    Hidden files and folders are left out, and so is everything in the folder `leave_out`.
    """
    hidden = os.path.realpath(leave_out)
    for name in paths:
        path = Path(name)
        errors: list[ReadError] = []
        files = _walk(path, hidden, errors) if path.is_dir() else iter([path])
        empty = True
        for file in files:
            for found in find_files([file], errors.append, limits):
                empty = False
                yield found, None
        if empty and not errors:
            errors.append(ReadError(str(path), "holds no files", "name a folder that holds reports"))
        yield from ((Path(error.path), error) for error in errors)


def _walk(folder: Path, hidden: str, errors: list[ReadError]) -> Iterator[Path]:
    """Files below a folder, one folder in memory at a time; folders that cannot be listed go to `errors`."""

    def refused(error: OSError) -> None:
        reason = f"cannot be listed: {error.strerror or error}"
        errors.append(ReadError(str(error.filename), reason, "check its permissions"))

    for root, folders, files in os.walk(folder, onerror=refused):
        inner = sorted(each for each in folders if not each.startswith("."))
        folders[:] = [each for each in inner if os.path.realpath(Path(root, each)) != hidden]
        for each in sorted(files):
            file = Path(root, each)
            if not each.startswith(".") and file.is_file():
                yield file
