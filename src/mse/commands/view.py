"""`mse view`: reports as a page to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
)
from mse.commands.ending import USAGE, stop

if TYPE_CHECKING:
    from mse.pipeline import Analysis
    from mse.reading import Limits

EPILOG = """
[bold]Examples[/bold]

[cyan]mse view report.txt -o report.html[/cyan]      one report, its facts beside it
[cyan]mse view reports/ -o archive.html[/cyan]       several in one file, with an index
[cyan]mse view reports/ -o pages[/cyan]              a page for each, and an index.html
[cyan]mse view report.txt -o r.html --lang en[/cyan] begin in English

The page needs no server and no network: open it, mail it, print it.
"""
LARGE = 80_000_000  # bytes of one page above which a browser is slow to open it


class PageLanguage(StrEnum):
    """The language the page begins with; it has a switch."""

    zh = "zh"
    en = "en"


def add_to(app: typer.Typer) -> None:
    """Put the command into the app."""
    app.command(epilog=EPILOG)(view)


def view(
    paths: Paths,
    out: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="OUT", help="The page to write (FILE.html), or a folder for pages."),
    ],
    language: Annotated[PageLanguage, typer.Option("--lang", help="The language to begin with.")] = PageLanguage.zh,
    no_model: NoModel = False,
    limit_mb: LimitMb = 64,
    limit: Limit = [],  # noqa: B006
) -> None:
    """Write a self-contained page: the report with everything found marked in it, its facts, charts and findings.

    Documents that cannot be read are listed at the end; the page holds the others.
    """
    from mse.view.page import write_folder, write_page

    limits, failures = limits_of(limit_mb, limit), Failures()
    one_file = out.suffix.lower() in (".html", ".htm") and not out.is_dir()
    if out.suffix and not one_file and not out.is_dir():
        stop(f"{out}: a page ends in .html; name a FILE.html, or a folder for a page a report", USAGE)
    write = write_page if one_file else write_folder
    files = [file for file in files_of(paths, failures, limits) if not same(file, out)]
    with output_to(out):
        analyses = _analyses(files, failures, limits, not no_model)
        first = next(analyses, None)
        if first is None:
            finish("no document was read, nothing is written", failures)
            return
        written = write(out, chain([first], analyses), language.value)
    if not written.charts:
        typer.echo("the page has no charts; they need an optional part: pip install 'mse[view]'", err=True)
    if one_file and written.size > LARGE:
        typer.echo("the page is large and slow to open; with a folder after -o each report gets its own", err=True)
    finish(f"{many(written.reports, 'report')}, {written.size / 1e6:.1f} MB written to {out}", failures)


def _analyses(files: Sequence[Path], failures: Failures, limits: Limits, model: bool) -> Iterator[Analysis]:
    for _, analysis in documents_of(files, failures, limits, analyse=True, progress=True, model=model):
        if analysis is not None:
            yield analysis
