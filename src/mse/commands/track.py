"""`mse track`: the same promise through several reports."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from mse.commands.ending import explained
from mse.commands.query import QueryFormat, show
from mse.terminal import one_line

COLUMNS = {
    "reported": "reported",
    "document": "doc",
    "task": "task",
    "target": "target_text",
    "actual": "actual_text",
    "percent": "percent",
    "gained": "gained",
}

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
        rows = archive.track(metric=metric, place=place, reports=1 if all_ else 2)
        first = next(rows, None)
        if first is None:
            typer.echo(
                "no promise found" + ("" if all_ else " in more than one report; --all shows the others"), err=True
            )
            return
        rows = itertools.chain([first], rows)
        if form is QueryFormat.table or (form is None and sys.stdout.isatty()):
            _print(rows)
        else:
            show(rows, form)


def _print(rows: Iterable[dict[str, Any]]) -> None:
    """One small table a promise: what each report says of it."""
    from rich.console import Console
    from rich.table import Table

    from mse.batch import output

    console = Console(width=None if sys.stdout.isatty() else 160)
    for _, steps in itertools.groupby(rows, key=lambda row: row["promise"]):
        told = list(steps)
        names = (told[0][key] for key in ("place", "year", "scope", "metric"))
        title = " ".join(one_line(output.cell(name)) for name in names if name)
        table = Table(title=title, title_justify="left", title_style="bold")
        for name in COLUMNS:
            table.add_column(name, overflow="ellipsis")
        for step in told:
            table.add_row(*(one_line(output.cell(step[key])) for key in COLUMNS.values()))
        console.print(table, markup=False)
