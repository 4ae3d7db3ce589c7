"""Findings and statuses for a reader in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rich.console import Console
from rich.text import Text

from mse.audit.finding import Finding, Severity
from mse.audit.status import Status, TaskStatus
from mse.audit.wording import name, named
from mse.model import Report
from mse.terminal import one_line

Language = Literal["zh", "en"]

_STYLES: dict[Severity, str] = {"error": "bold red", "minor": "yellow", "note": "cyan"}
_STATUS_STYLES: dict[Status, str] = {
    "done": "green",
    "ahead": "green",
    "on track": "green",
    "behind": "bold yellow",
    "unknown": "dim",
}
_AROUND = 16  # characters of the report shown to either side of a number


def print_findings(console: Console, report: Report, findings: Sequence[Finding], language: Language = "zh") -> None:
    """Print the findings of one report: what is wrong, the arithmetic, and each number where it stands."""
    many = name("finding" if len(findings) == 1 else "findings", language)
    _print_title(console, report, f"{len(findings)} {many}" if findings else name("none", language))
    for index, found in enumerate(findings, 1):
        label = f"{name('task', language)} {one_line(found.task)}" if found.task else name("prose", language)
        message = found.message if language == "zh" else found.message_en
        console.print(
            Text.assemble(
                f"{index:>3}. ",
                (f"{name(found.severity, language)} ", _STYLES[found.severity]),
                (f"{label} ", "bold"),
                one_line(message),
                (f"  ({found.confidence:.2f})", "dim"),
            )
        )
        console.print(Text(f"     {one_line(found.arithmetic)}", "magenta"))
        for spot in found.evidence:
            before = report.text[max(0, spot.start - _AROUND) : spot.start]
            behind = report.text[spot.end : spot.end + _AROUND]
            console.print(
                Text.assemble(
                    (f"     [{spot.start}, {spot.end}] ", "dim"),
                    one_line(before),
                    (one_line(report.text[spot.start : spot.end]), "bold cyan"),
                    one_line(behind),
                )
            )
    console.print()


def print_schedule(console: Console, report: Report, statuses: Sequence[TaskStatus], language: Language = "zh") -> None:
    """Print the tasks of one report whose status is known, each with its arithmetic, and how many are not."""
    known = [s for s in statuses if s.status != "unknown"]
    rest = f"{name('unknown', language)} {len(statuses) - len(known)}"
    _print_title(console, report, f"{name('task', language)} {len(statuses)}, {rest}")
    for status in known:
        console.print(
            Text.assemble(
                (f"{name(status.status, language)} ", _STATUS_STYLES[status.status]),
                (f"{name('task', language)} {one_line(status.task) or '-'} ", "bold"),
                (one_line(status.arithmetic), "magenta") if len(status.metrics) == 1 else "",
            )
        )
        if len(status.metrics) == 1:
            continue
        for metric in status.metrics:
            if metric.status != "unknown":
                label = one_line(named(f"{metric.scope} {metric.metric}"))
                console.print(
                    Text.assemble(
                        "     ",
                        (f"{name(metric.status, language)} ", _STATUS_STYLES[metric.status]),
                        f"{label} ",
                        (one_line(metric.arithmetic), "magenta"),
                    )
                )
    console.print()


def _print_title(console: Console, report: Report, says: str) -> None:
    title = one_line(report.metadata.title) or one_line(report.doc)
    console.print(Text.assemble((title, "bold"), (f" · {one_line(report.doc)}" if title != report.doc else "", "dim")))
    console.print(Text(f"  {says}", "dim"))
