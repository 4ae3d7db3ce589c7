"""What the commands share: the options, the documents read one by one, and a list of those that failed.

Exit codes: 0 when every document was read, 1 when some failed (the rest are done), 2 for wrong usage.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mse.commands.ending import FAILED, USAGE, stop
from mse.errors import MissingExtraError, MseError, ReadError
from mse.terminal import one_line

if TYPE_CHECKING:
    from mse.model import Report
    from mse.pipeline import Analysis
    from mse.reading import Limits

Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH", help="Reports, or folders that are searched for them.", show_default=False),
]

LimitMb = Annotated[
    float, typer.Option("--limit-mb", min=0, help="The largest file to read, in megabytes.", show_default=True)
]

Limit = Annotated[
    list[str],
    typer.Option(
        "--limit",
        metavar="NAME=N",
        help="What one document may cost at most: pages, cells, columns, members, depth, unpacked, ratio, seconds.",
        show_default=False,
    ),
]

NoModel = Annotated[
    bool, typer.Option("--no-model", help="Find names by rules alone, without the trained model.", show_default=False)
]


@dataclass(slots=True)
class Failures:
    """The documents that could not be done, in the order they were met, as lines to show."""

    lines: list[str] = field(default_factory=list)

    def add(self, path: Path, error: Exception) -> None:
        self.lines.append(explain(path, error))


def limits_of(limit_mb: float, settings: Sequence[str]) -> Limits:
    """What a document may cost, from the options; leaves for wrong usage where one of them is none."""
    from dataclasses import replace

    from mse.reading import Limits

    try:
        return replace(Limits.parse(settings), file=int(limit_mb * 1024 * 1024))
    except ValueError as error:
        stop(str(error), USAGE)


def files_of(paths: Sequence[Path], failures: Failures, limits: Limits) -> list[Path]:
    """The files to read, each once and sorted; a path that gives none is a failure."""
    from mse.reading import find_files

    found: dict[str, Path] = {}
    for path in paths:
        try:
            here = list(find_files([path], limits=limits))
            if not here:
                raise ReadError(str(path), "holds no files", "name a folder that holds reports")
        except (MseError, OSError) as error:
            failures.add(path, error)
            continue
        for file in here:
            found.setdefault(os.path.realpath(file), file)
    return sorted(found.values())


def documents_of(
    files: Sequence[Path],
    failures: Failures,
    limits: Limits,
    *,
    analyse: bool,
    progress: bool = False,
    model: bool = True,
) -> Iterator[tuple[Report, Analysis | None]]:
    """Every file that can be read, with its analysis where wanted; the others go to `failures`."""
    from mse import reading

    if analyse:
        from mse import pipeline
    for file in _shown(files) if progress else files:
        try:
            report = reading.read(file, limits=limits)
            analysis = pipeline.analyse(report, model) if analyse else None
        except Exception as error:  # one document must never take the others down
            failures.add(file, error)
        else:
            yield report, analysis


def _shown(files: Sequence[Path]) -> Iterable[Path]:
    """The files behind a progress bar on standard error, where somebody looks and there is something to wait for."""
    if len(files) < 2 or not sys.stderr.isatty():
        return files
    from rich.console import Console
    from rich.progress import track

    return track(files, description="", console=Console(stderr=True), transient=True)


@contextmanager
def output_to(out: Path | None) -> Iterator[None]:
    """Turns what can go wrong with the output into one line; a closed pipe is left to the framework."""
    try:
        yield
    except MissingExtraError as error:
        stop(str(error), USAGE)
    except BrokenPipeError:
        raise
    except OSError as error:
        stop(explain(out or Path("-"), error), FAILED)


def unless_nothing_was_read(done: int, failures: Failures) -> None:
    """Leaves before an output replaces an older one with nothing."""
    if not done:
        finish("no document was read, nothing is written", failures)


def finish(message: str, failures: Failures) -> None:
    """Says what was done, lists the failures and sets the exit code."""
    if message:
        typer.echo(one_line(message), err=True)
    if failures.lines:
        typer.echo(f"{many(len(failures.lines), 'failure')}:", err=True)
        for line in failures.lines:
            typer.echo(f"  {line}", err=True)
        raise typer.Exit(FAILED)


def explain(path: Path, error: Exception) -> str:
    """One line that names the file, what is wrong and what to do."""
    match error:
        case ReadError():
            return one_line(str(error))
        case MseError():
            return one_line(f"{path}: {error}")
        case OSError():
            return one_line(f"{path}: {error.strerror or error}; check the path and its permissions")
        case _:
            return one_line(f"{path}: {type(error).__name__}: {error}; this is a defect of mse, please report it")


def same(file: Path, other: Path) -> bool:
    return os.path.realpath(file) == os.path.realpath(other)


def many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
