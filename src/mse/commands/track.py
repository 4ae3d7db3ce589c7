"""`mse track`: the same promise through several reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mse.commands.ending import explained
from mse.commands.query import QueryFormat, show

EPILOG = """
[bold]Examples[/bold]

[cyan]mse track archive[/cyan]                      every promise that more than one report tells of
[cyan]mse track archive --metric WORDS[/cyan]        those whose metric has these words
[cyan]mse track archive --format csv > steps.csv[/cyan]
"""


def add_to(app: typer.Typer) -> None:
    """Put the command into the app."""
    app.command(epilog=EPILOG)(track)


def track(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder that mse batch wrote.")],
    metric: Annotated[str, typer.Option(help="Only promises whose metric has these words.")] = "",
    place: Annotated[str, typer.Option(help="Only promises of places with these words.")] = "",
    all_: Annotated[bool, typer.Option("--all", help="Also promises that only one report tells of.")] = False,
    form: Annotated[
        QueryFormat | None,
        typer.Option("--format", help="How to write it; by default a table on a terminal, else jsonl."),
    ] = None,
) -> None:
    """Follow promises from report to report: plan, spring, autumn. One line a step, with its evidence."""
    from mse.batch import open as open_archive

    with explained(out), open_archive(out) as archive:
        show(archive.track(metric=metric, place=place, reports=1 if all_ else 2), form)
