"""The command `mse`. Results go to standard output or a file, everything said about the work to standard error.

Exit codes: 0 when every document was read, 1 when some failed (the rest are done), 2 for wrong usage.
What a command needs is imported when it runs, so that `mse --help` answers at once.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mse.commands import batch, learn, query, track, view
from mse.commands.documents import (
    Failures,
    Limit,
    LimitMb,
    NoModel,
    Paths,
    documents_of,
    files_of,
    finish,
    limits_of,
    many,
    output_to,
    same,
    unless_nothing_was_read,
)
from mse.commands.ending import USAGE, stop
from mse.errors import GrammarError

if TYPE_CHECKING:
    from pydantic import BaseModel

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
    gc.set_threshold(50_000, 20, 20)  # most of what a command loads stays, and looking through it again is in vain
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if os.environ.get("MSE_GRAMMAR"):
        from mse.grammar.lexicon import check_own

        try:
            check_own()
        except GrammarError as error:
            stop(str(error), USAGE)


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
    no_model: NoModel = False,
) -> None:
    """Extract facts, mentions or tasks from reports.

    Every document that can be read is done; those that fail are listed at the end.
    The file OUT appears only when it is complete.
    """
    from mse import writing

    form = form or _format_of(out)
    if out is None and form == "parquet":
        stop("Parquet is no text for standard output; name a file: -o facts.parquet", USAGE)
    limits = limits_of(limit_mb, limit)
    failures = Failures()
    files = [file for file in files_of(paths, failures, limits) if out is None or not same(file, out)]
    done = count = 0
    with output_to(out), ExitStack() as stack:
        if out is None:
            writer = writing.open_writer(sys.stdout.buffer, level.value, form.value)
            stack.callback(writer.close)
        else:
            writer = stack.enter_context(writing.saving(out, level.value, form.value))
        documents = documents_of(
            files, failures, limits, analyse=level != "tasks", progress=out is not None, model=not no_model
        )
        for report, analysis in documents:
            records: Sequence[BaseModel] = report.tasks
            if analysis is not None:
                records = analysis.facts if level == "facts" else analysis.mentions
            writer.write(records)
            done, count = done + 1, count + len(records)
        unless_nothing_was_read(done, failures)
    finish(f"{many(done, 'document')}, {many(count, level.value[:-1])}", failures)


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
    no_model: NoModel = False,
    limit_mb: LimitMb = 64,
    limit: Limit = [],  # noqa: B006
) -> None:
    """Show what reports come to: targets met and missed, contradictions, a few facts with their evidence."""
    from rich.console import Console

    from mse import writing
    from mse.summary import Overview, print_report, print_totals

    limits = limits_of(limit_mb, limit)
    failures = Failures()
    files = files_of(paths, failures, limits)
    console = Console(width=None if sys.stdout.isatty() else 110)
    rows = []
    with output_to(save), ExitStack() as stack:
        writers = [
            (level, stack.enter_context(writing.saving(save / f"{level}.{form}", level, form)))
            for level in writing.MODELS
            for form in writing.SAVED
            if save is not None
        ]
        for report, analysis in documents_of(files, failures, limits, analyse=True, model=not no_model):
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
        unless_nothing_was_read(len(rows), failures)
    print_totals(console, rows)
    finish(f"written to {save}" if save else "", failures)


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
    no_model: NoModel = False,
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

    limits = limits_of(limit_mb, limit)
    failures = Failures()
    console = Console(width=None if sys.stdout.isatty() else 110)
    done = count = 0
    with output_to(None):
        files = files_of(paths, failures, limits)
        for report, analysis in documents_of(files, failures, limits, analyse=True, model=not no_model):
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
        unless_nothing_was_read(done, failures)
    finish(f"{many(done, 'document')}, {many(count, 'task' if schedule else 'finding')}", failures)


def _format_of(out: Path | None) -> FormatName:
    ending = out.suffix.lstrip(".").lower() if out else ""
    return next((form for form in FormatName if form == ending), FormatName.jsonl)


for command in (batch, query, track, view, learn):
    command.add_to(app)
