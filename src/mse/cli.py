"""The command `mse`. Results go to standard output or a file, everything said about the work to standard error.

Exit codes: 0 when every document was read, 1 when some failed (the rest are done), 2 for wrong usage.
What a command needs is imported when it runs, so that `mse --help` answers at once.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from mse.commands import batch, query, track
from mse.errors import MissingExtraError, MseError, ReadError
from mse.terminal import one_line

if TYPE_CHECKING:
    from pydantic import BaseModel

    from mse.model import Report
    from mse.pipeline import Analysis
    from mse.reading import Limits

FAILED, USAGE = 1, 2

MAIN_EPILOG = """
[bold]Start here[/bold]

[cyan]mse summary report.txt[/cyan]             what one report comes to
[cyan]mse extract report.txt[/cyan]             its facts, one JSON object a line
[cyan]mse extract reports/ -o facts.csv[/cyan]  a whole folder into a spreadsheet

A fact is one metric of one task: what was promised, what was reached,
in which unit, for when, who answers for it, and where it is written.

Exit code: 0 all documents read, 1 some failed and are listed, 2 wrong usage.
"""

EXTRACT_EPILOG = """
[bold]Examples[/bold]

[cyan]mse extract report.txt[/cyan]                    facts, one JSON object a line
[cyan]mse extract report.txt --level tasks[/cyan]      tasks with officials and offices
[cyan]mse extract report.txt --level mentions[/cyan]   quantities and dates with offsets
[cyan]mse extract reports/ -o facts.csv[/cyan]         a folder into a spreadsheet
[cyan]mse extract reports/ -o facts.parquet[/cyan]     the same for DuckDB or pandas
[cyan]mse extract a.txt b.txt > facts.jsonl[/cyan]     messages stay on the screen
"""

app = typer.Typer(
    name="mse",
    help="Structured facts from Chinese government progress reports: targets, actuals, units and dates, with evidence.",
    epilog=MAIN_EPILOG,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


class LevelName(StrEnum):
    """What one line of the output is."""

    facts = "facts"
    mentions = "mentions"
    tasks = "tasks"


class FormatName(StrEnum):
    """How the output is written."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


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


@dataclass(slots=True)
class Failures:
    """The documents that could not be done, in the order they were met, as lines to show."""

    lines: list[str] = field(default_factory=list)

    def add(self, path: Path, error: Exception) -> None:
        self.lines.append(_explain(path, error))


def _show_version(wanted: bool) -> None:
    if wanted:
        import mse

        typer.echo(f"mse {mse.__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Results and messages are UTF-8 whatever the locale says, as the reports are."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@app.command(epilog=EXTRACT_EPILOG)
def extract(
    paths: Paths,
    level: Annotated[LevelName, typer.Option(help="What one line is.")] = LevelName.facts,
    form: Annotated[
        FormatName | None,
        typer.Option("--format", help="How it is written; by default as the ending of OUT says, else jsonl."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="OUT", dir_okay=False, help="The file to write, else standard output."),
    ] = None,
    limit_mb: LimitMb = 64,
    limit: Limit = [],  # noqa: B006
) -> None:
    """Extract facts, mentions or tasks from reports.

    Every document that can be read is done; those that fail are listed at the end.
    The file OUT appears only when it is complete.
    """
    from mse import writing

    form = form or _format_of(out)
    if out is None and form == "parquet":
        _stop("Parquet is no text for standard output; name a file: -o facts.parquet", USAGE)
    limits = _limits(limit_mb, limit)
    failures = Failures()
    files = [file for file in _files(paths, failures, limits) if out is None or not _same(file, out)]
    done = count = 0
    with _output_to(out), ExitStack() as stack:
        if out is None:
            writer = writing.open_writer(sys.stdout.buffer, level.value, form.value)
            stack.callback(writer.close)
        else:
            writer = stack.enter_context(writing.saving(out, level.value, form.value))
        documents = _documents(files, failures, limits, analyse=level != "tasks", progress=out is not None)
        for report, analysis in documents:
            records: Sequence[BaseModel] = report.tasks
            if analysis is not None:
                records = analysis.facts if level == "facts" else analysis.mentions
            writer.write(records)
            done, count = done + 1, count + len(records)
        _unless_nothing_was_read(done, failures)
    _finish(f"{_many(done, 'document')}, {_many(count, level.value[:-1])}", failures)


@app.command()
def summary(
    paths: Paths,
    save: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            file_okay=False,
            help="Also write facts, mentions and tasks into FOLDER, as JSON Lines and Parquet.",
        ),
    ] = None,
    samples: Annotated[int, typer.Option(min=0, help="How many facts to show of each report.")] = 3,
    limit_mb: LimitMb = 64,
    limit: Limit = [],  # noqa: B006
) -> None:
    """Show what reports come to: targets met and missed, contradictions, a few facts with their evidence."""
    from rich.console import Console

    from mse import writing
    from mse.summary import Overview, print_report, print_totals

    limits = _limits(limit_mb, limit)
    failures = Failures()
    files = _files(paths, failures, limits)
    console = Console(width=None if sys.stdout.isatty() else 110)
    rows = []
    with _output_to(save), ExitStack() as stack:
        writers = [
            (level, stack.enter_context(writing.saving(save / f"{level}.{form}", level, form)))
            for level in writing.MODELS
            for form in writing.SAVED
            if save is not None
        ]
        for report, analysis in _documents(files, failures, limits, analyse=True):
            if analysis is None:
                continue
            records: dict[str, Sequence[BaseModel]] = {
                "facts": analysis.facts,
                "mentions": analysis.mentions,
                "tasks": report.tasks,
            }
            for level, writer in writers:
                writer.write(records[level])
            overview = Overview.of(report, analysis.facts)
            print_report(console, overview, samples)
            rows.append((report.doc, overview.figures))
        _unless_nothing_was_read(len(rows), failures)
    print_totals(console, rows)
    _finish(f"written to {save}" if save else "", failures)


class AuditFormat(StrEnum):
    """How findings are written."""

    text = "text"
    jsonl = "jsonl"


class Language(StrEnum):
    """The language of messages about a report."""

    zh = "zh"
    en = "en"


@app.command()
def audit(
    paths: Paths,
    form: Annotated[AuditFormat, typer.Option("--format", help="Text to read, or one JSON object a line.")] = (
        AuditFormat.text
    ),
    schedule: Annotated[bool, typer.Option("--schedule", help="Show which tasks are behind schedule instead.")] = False,
    language: Annotated[Language, typer.Option("--lang", help="The language of the text.")] = Language.zh,
    limit_mb: LimitMb = 64,
    limit: Limit = [],  # noqa: B006
) -> None:
    """List figures that contradict each other, with the arithmetic and where they stand.

    A finding is no failure: the exit code is 0 when every document was read.
    """
    from rich.console import Console

    from mse import audit as auditing
    from mse.audit import show
    from mse.writing.jsonl import JsonlWriter

    limits = _limits(limit_mb, limit)
    failures = Failures()
    console = Console(width=None if sys.stdout.isatty() else 110)
    done = count = 0
    with _output_to(None):
        for report, analysis in _documents(_files(paths, failures, limits), failures, limits, analyse=True):
            if analysis is None:
                continue
            statuses = auditing.schedule(analysis) if schedule else []
            findings = [] if schedule else auditing.audit(analysis)
            if form == "jsonl":
                JsonlWriter(sys.stdout.buffer).write(statuses or findings)
            elif schedule:
                show.print_schedule(console, report, statuses, language.value)
            else:
                show.print_findings(console, report, findings, language.value)
            done, count = done + 1, count + len(statuses or findings)
        _unless_nothing_was_read(done, failures)
    _finish(f"{_many(done, 'document')}, {_many(count, 'task' if schedule else 'finding')}", failures)


def _limits(limit_mb: float, settings: Sequence[str]) -> Limits:
    """What a document may cost, from the options; leaves for wrong usage where one of them is none."""
    from dataclasses import replace

    from mse.reading import Limits

    try:
        return replace(Limits.parse(settings), file=int(limit_mb * 1024 * 1024))
    except ValueError as error:
        _stop(str(error), USAGE)


def _files(paths: Sequence[Path], failures: Failures, limits: Limits) -> list[Path]:
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


def _documents(
    files: Sequence[Path], failures: Failures, limits: Limits, *, analyse: bool, progress: bool = False
) -> Iterator[tuple[Report, Analysis | None]]:
    """Every file that can be read, with its analysis where wanted; the others go to `failures`."""
    from mse import reading

    if analyse:
        from mse import pipeline
    for file in _shown(files) if progress else files:
        try:
            report = reading.read(file, limits=limits)
            analysis = pipeline.analyse(report) if analyse else None
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
def _output_to(out: Path | None) -> Iterator[None]:
    """Turns what can go wrong with the output into one line; a closed pipe is left to the framework."""
    try:
        yield
    except MissingExtraError as error:
        _stop(str(error), USAGE)
    except BrokenPipeError:
        raise
    except OSError as error:
        _stop(_explain(out or Path("-"), error), FAILED)


def _unless_nothing_was_read(done: int, failures: Failures) -> None:
    """Leaves before an output replaces an older one with nothing."""
    if not done:
        _finish("no document was read, nothing is written", failures)


def _finish(message: str, failures: Failures) -> None:
    """Says what was done, lists the failures and sets the exit code."""
    if message:
        typer.echo(one_line(message), err=True)
    if failures.lines:
        typer.echo(f"{_many(len(failures.lines), 'failure')}:", err=True)
        for line in failures.lines:
            typer.echo(f"  {line}", err=True)
        raise typer.Exit(FAILED)


def _stop(message: str, code: int) -> NoReturn:
    typer.echo(f"mse: {one_line(message)}", err=True)
    raise typer.Exit(code)


def _explain(path: Path, error: Exception) -> str:
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


def _format_of(out: Path | None) -> FormatName:
    ending = out.suffix.lstrip(".").lower() if out else ""
    return next((form for form in FormatName if form == ending), FormatName.jsonl)


def _same(file: Path, other: Path) -> bool:
    return os.path.realpath(file) == os.path.realpath(other)


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


for command in (batch, query, track):
    command.add_to(app)
