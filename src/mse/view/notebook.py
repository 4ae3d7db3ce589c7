"""Reports, tasks, facts and findings as they show themselves in a notebook, and in a terminal where there is none.

`show(thing)` shows one; after `%load_ext mse.view` they show themselves when a cell ends with them. IPython is imported
by nobody but itself: whoever has no notebook does not need it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rich.console import Console

from mse.audit import Finding
from mse.model import Cell, Fact, Metadata, Report, Task
from mse.pipeline import Analysis
from mse.view.blocks import (
    LONGEST,
    Block,
    Heading,
    Line,
    Source,
    around,
    brief,
    facts_table,
    issues,
    legend,
    metric_text,
    officials,
    report_heading,
    source,
    task_heading,
)
from mse.view.html import html
from mse.view.marks import Kind, measures
from mse.view.picture import is_chart, picture
from mse.view.plain import plain_text, rendered
from mse.view.sight import Sight
from mse.view.words import Language, say, words

LIMIT = 10  # tasks, facts and findings shown unless another number is asked for
_OPENING = 4  # tasks or paragraphs of a report shown above its facts, at most
_KEYS: tuple[Kind, ...] = (
    "target", "actual", "rate", "change", "baseline", "context", "date", "person", "office",
)  # fmt: skip

Shown = Report | Analysis | Sight | Task | Fact | Finding | Sequence[Fact] | Sequence[Finding]


def show(
    thing: Any, report: Report | Analysis | Sight | None = None, *, language: Language = "zh", limit: int = LIMIT
) -> None:
    """Show a report, a task, a fact, a finding, a list of facts or findings, or a chart.

    With `report` a task shows its cells as they are written, a fact the text around its numbers, and what the audit
    found is marked. At most `limit` tasks, facts and findings are shown, with a line that says how many are left out.
    In a notebook this displays HTML (a chart: a picture), else it prints. None is a chart without data. Raises
    TypeError for anything else.
    """
    display = _display()
    if is_chart(thing) and display is not None:
        bundle, about = picture(thing)
        display(bundle, metadata=about, raw=True)
        return
    blocks = list(blocks_of(thing, report, language, limit))
    if display is None:
        Console().print(rendered(blocks, language))
    else:
        display({"text/html": html(blocks, language), "text/plain": plain_text(blocks, language)}, raw=True)


def to_html(
    thing: Shown, report: Report | Analysis | Sight | None = None, *, language: Language = "zh", limit: int = LIMIT
) -> str:
    """What `show` displays, as HTML text."""
    return html(blocks_of(thing, report, language, limit), language)


def to_text(
    thing: Shown, report: Report | Analysis | Sight | None = None, *, language: Language = "zh", limit: int = LIMIT
) -> str:
    """What `show` prints, as text without colours."""
    return plain_text(blocks_of(thing, report, language, limit), language)


def blocks_of(
    thing: Any, report: Report | Analysis | Sight | None = None, language: Language = "zh", limit: int = LIMIT
) -> Iterator[Block]:
    """What is shown of a thing. Raises TypeError for what cannot be shown, ValueError for a negative limit."""
    if limit < 0:
        raise ValueError(f"limit must not be negative, it is {limit}")
    sight = None if report is None else _sight(report)
    match thing:
        case Report() | Analysis() | Sight():
            return _report(_sight(thing), language, limit)
        case Task():
            return _task(thing, sight, language, limit)
        case Fact():
            return _fact(thing, sight, language)
        case Finding():
            return iter([issues([thing], sight, language, limit)])
        case list() | tuple() if thing and all(isinstance(item, Finding) for item in thing):
            return iter([issues(thing, sight, language, limit)])
        case list() | tuple() if all(isinstance(item, Fact) for item in thing):
            return iter([facts_table(thing, sight, language, limit)])
        case None:
            return iter([Line(say("no_charts", language))])
    if is_chart(thing):
        return iter([Line(say("chart_in_terminal", language))])
    raise TypeError(f"nothing to show for {type(thing).__name__}: give a report, a task, facts, findings or a chart")


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext mse.view`: reports, tasks, facts, findings and lists of them show themselves from now on."""
    formatters = shell.display_formatter.formatters
    for kind in (Report, Task, Fact, Finding, list):
        formatters["text/html"].for_type(kind, _self_html)
        _keep(formatters["text/plain"], kind)


def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext mse.view`: back to what was before."""
    formatters = shell.display_formatter.formatters
    for kind in (Report, Task, Fact, Finding, list):
        formatters["text/html"].type_printers.pop(kind, None)
        printers = formatters["text/plain"].type_printers
        before = getattr(printers.pop(kind, None), "before", None)
        if before is not None:
            printers[kind] = before


def _keep(formatter: Any, kind: type) -> None:
    """Plain text for a kind; inside of something else, and for other lists, as it was printed before."""
    before: Callable[[Any, Any, bool], None] | None = formatter.type_printers.get(kind)
    if hasattr(before, "before"):  # loaded twice
        return

    def printed(thing: Any, printer: Any, cycle: bool) -> None:
        if len(printer.stack) == 1 and _shows_itself(thing):
            printer.text(to_text(thing))
        elif before is not None:
            before(thing, printer, cycle)
        else:
            printer.text(repr(thing))

    printed.before = before  # type: ignore[attr-defined]
    formatter.for_type(kind, printed)


def _self_html(thing: Any) -> str | None:
    if _shows_itself(thing):
        return to_html(thing)
    own = getattr(thing, "_repr_html_", None)  # a kind of list that knows how
    return own() if callable(own) else None


def _shows_itself(thing: Any) -> bool:
    """Whether this is for us: a list only if it holds facts or findings and nothing else."""
    if not isinstance(thing, list):
        return True
    return bool(thing) and any(all(isinstance(item, kind) for item in thing) for kind in (Fact, Finding))


def _report(sight: Sight, language: Language, limit: int) -> Iterator[Block]:
    yield report_heading(sight, language)
    yield legend(language, _KEYS)
    tasks = sight.report.tasks
    if tasks:
        shown = tasks[: min(limit, _OPENING)]
        for task in shown:
            yield from _cells(sight, task, language)
        if len(shown) < len(tasks):
            yield Line(say("more_tasks", language, count=f"{len(tasks) - len(shown):,}"))
    else:
        paragraphs = [p for p in sight.passages if sight.report.text[p.start : p.end].strip()]
        for passage in paragraphs[: min(limit, _OPENING)]:
            yield source(sight, passage.start, passage.end, "", language)
        left = len(paragraphs) - min(limit, _OPENING)
        if left > 0:
            yield Line(say("more_paragraphs", language, count=f"{left:,}"))
    yield facts_table(sight.facts, sight, language, limit)
    if sight.findings:
        yield Line(f"{say('findings', language)} {len(sight.findings)}", quiet=False)
        yield issues(sight.findings, sight, language, limit)


def _task(task: Task, sight: Sight | None, language: Language, limit: int) -> Iterator[Block]:
    if sight is None:
        yield task_heading(task, language)
        # The task's own text as a report of one cell: its promises are marked as such.
        whole = Cell(role="task", start=0, end=len(task.text))
        alone = task.model_copy(update={"start": 0, "end": len(task.text), "cells": [whole]})
        made = Sight.of(Report.trusted(doc=task.doc, text=task.text, metadata=Metadata(), tasks=[alone]))
        yield source(made, 0, len(task.text), "", language)
        yield Line(say("task_alone", language))
        return
    index = next((i for i, other in enumerate(sight.report.tasks) if other == task), None)
    if index is None:
        raise ValueError(f"task {task.number!r} is none of the report {sight.report.doc!r}")
    yield task_heading(task, language, sight.statuses[index].status)
    yield legend(language, _KEYS)
    yield from _cells(sight, task, language, with_number=False)
    mine = [fact for fact, where in zip(sight.facts, sight.task_of, strict=True) if where == index]
    yield facts_table(mine, sight, language, limit)


def _cells(sight: Sight, task: Task, language: Language, with_number: bool = True) -> Iterator[Source]:
    for cell in task.cells:
        label = cell.header or say(f"cell_{cell.role}", language)
        number = task.number if with_number and cell.role == "task" else ""
        yield source(sight, cell.start, cell.end, f"{number} {label}".strip(), language)


def _fact(fact: Fact, sight: Sight | None, language: Language) -> Iterator[Block]:
    yield Heading(f"{brief(fact.scope)} {metric_text(fact, language)}".strip(), officials(fact, language))
    yield facts_table([fact], sight, language, 1)
    if fact.explanation:
        yield Line(
            f"{say('explanation', language)}{say('colon', language)}{brief(fact.explanation, LONGEST)}", quiet=False
        )
    if sight is not None and sight.index_of(fact) is not None:
        for measure in measures(fact):
            if measure.start is not None and measure.end is not None:
                home = next((p for p in sight.passages if p.start <= measure.start < p.end), None)
                known = home is not None and (home.header or f"cell_{home.role}" in words())
                label = (home.header or say(f"cell_{home.role}", language)) if home is not None and known else ""
                yield Source(label, around(sight, measure.start, measure.end, language))


def _sight(of: Report | Analysis | Sight) -> Sight:
    return of if isinstance(of, Sight) else Sight.of(of)


def _display() -> Callable[..., Any] | None:
    """What displays in a notebook; None in a terminal, also in IPython's own."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if ipython is None or not hasattr(shell, "kernel"):
        return None
    display: Callable[..., Any] = ipython.display.display
    return display
