"""`mse batch`: archives into a folder of Parquet datasets."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mse.commands.documents import NoModel
from mse.commands.ending import FAILED, explained, stop
from mse.terminal import one_line

if TYPE_CHECKING:
    from mse.batch import Summary

EPILOG = """
[bold]Examples[/bold]

[cyan]mse batch reports/ -o archive[/cyan]              every report below a folder
[cyan]mse batch reports/ -o archive --workers 8[/cyan]  in eight processes
[cyan]mse batch 2019.zip 2020.zip -o archive[/cyan]     archives as they are
[cyan]mse query archive offices[/cyan]                  then ask: see mse query --help

Stopped at any moment, the same command goes on where it was. Later runs do
only documents that are new or changed.
"""

INTERRUPTED = 130


def add_to(app: typer.Typer) -> None:
    """Put the command into the app."""
    app.command(epilog=EPILOG)(batch)


def batch(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", help="Reports, folders that are searched for them, or .zip archives of them."),
    ],
    out: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="OUT", help="The folder for the results; an earlier run is gone on."),
    ],
    workers: Annotated[int, typer.Option(min=1, help="How many documents are done at the same time.")] = 1,
    ray: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Work on a Ray cluster: its address, auto, or local for one of its own."),
    ] = None,
    seconds: Annotated[float, typer.Option(min=0.001, help="How long one document may take.")] = 120,
    limit_mb: Annotated[float, typer.Option(min=0, help="The largest file to read, in megabytes.")] = 64,
    no_model: NoModel = False,
) -> None:
    """Extract whole archives into a folder: datasets facts, mentions, tasks, documents and failures.

    Documents that cannot be read, or take too long, are listed in OUT/failures; the run goes on.
    """
    from mse.batch import run
    from mse.reading import Limits

    limits = replace(Limits(), file=int(limit_mb * 1024 * 1024))
    with explained(out), _progress() as progress:
        try:
            summary = run(
                paths,
                out,
                workers=workers,
                ray=ray,
                seconds=seconds,
                limits=limits,
                model=not no_model,
                progress=progress,
            )
        except KeyboardInterrupt:
            stop("interrupted; the same command goes on where it was", INTERRUPTED)
    typer.echo(
        f"{summary.done:,} done, {summary.same:,} unchanged, {summary.failed:,} failed; {summary.facts:,} facts"
        f" written to {one_line(str(out))}",
        err=True,
    )
    for reason in summary.reasons:
        typer.echo(f"  {reason}", err=True)
    if summary.failed > len(summary.reasons):
        typer.echo(f"  and more; mse query {one_line(str(out))} failures lists them", err=True)
    if summary.failed:
        raise typer.Exit(FAILED)


@contextmanager
def _progress() -> Iterator[Callable[[int, Summary], None] | None]:
    """A bar with rate and time left on standard error, where somebody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, rate="", failed="")

        def show(total: int, summary: Summary) -> None:
            done = summary.done + summary.same + summary.failed
            speed = bar.tasks[0].speed
            bar.update(
                task,
                total=total,
                completed=done,
                rate=f"{speed:,.1f} documents/s" if speed else "",
                failed=f"{summary.failed:,} failed" if summary.failed else "",
            )

        yield show
