"""`mse query`: questions to the results of a batch."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from mse.commands.ending import explained
from mse.terminal import one_line

EPILOG = """
[bold]Tables[/bold]  facts, mentions, tasks, documents, failures

[bold]Views[/bold]   reports, progress, by_office, by_leader, offices, leaders,
        behind_schedule, contradictions

[bold]Examples[/bold]

[cyan]mse query archive offices[/cyan]          a table or view as a whole
[cyan]mse query archive behind_schedule[/cyan]  promises that lag behind the calendar
[cyan]mse query archive "SELECT metric, target.value FROM facts WHERE unit = '%'"[/cyan]
[cyan]mse query archive "DESCRIBE facts"[/cyan]
"""


class QueryFormat(StrEnum):
    """How the answer is written."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


def add_to(app: typer.Typer) -> None:
    """Put the command into the app."""
    app.command(epilog=EPILOG)(query)


def query(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder that mse batch wrote.")],
    sql: Annotated[str, typer.Argument(metavar="SQL", help="A query, or the name of a table or view.")],
    form: Annotated[
        QueryFormat | None,
        typer.Option("--format", help="How to write it; by default a table on a terminal, else jsonl."),
    ] = None,
) -> None:
    """Ask the results of a batch in SQL (DuckDB)."""
    from mse.batch import open as open_archive

    with explained(out), open_archive(out) as archive:
        show(archive.rows(sql), form)


def show(rows: Iterator[dict[str, Any]], form: QueryFormat | None) -> None:
    """Rows to standard output."""
    from mse.batch import output

    form = form or (QueryFormat.table if sys.stdout.isatty() else QueryFormat.jsonl)
    match form:
        case QueryFormat.jsonl:
            for row in rows:
                sys.stdout.buffer.write(output.json_line(row))
            sys.stdout.buffer.flush()
        case QueryFormat.csv:
            for line in output.csv_lines(rows):
                sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
        case QueryFormat.table:
            _table(rows)


def _table(rows: Iterator[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    from mse.batch import output

    console = Console(width=None if sys.stdout.isatty() else 160)
    table, count = Table(), 0
    for row in rows:
        if not count:
            for name in row:
                table.add_column(one_line(name), overflow="ellipsis")
        table.add_row(*(one_line(output.cell(value)) for value in row.values()))
        count += 1
    if count:
        console.print(table, markup=False)
    typer.echo(f"{count:,} row{'' if count == 1 else 's'}", err=True)
