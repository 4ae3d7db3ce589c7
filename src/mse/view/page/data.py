"""What the page knows of one report, as plain data. The names are short because they stand thousands of times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mse.columns import columns_of, leaves
from mse.model import Fact, Measure, Report, Task, plain
from mse.numbers import write
from mse.summary import Overview
from mse.view.charts import charts_of
from mse.view.fonts import to_svg
from mse.view.marks import KINDS, Mark, measures
from mse.view.page.embed import Units
from mse.view.sight import Sight, done_of
from mse.view.words import LANGUAGES, words
from mse.writing.csv import LIST_MARK

OFFICIALS = ("leaders", "lead_organizations", "persons", "supporting_organizations")
SIDES = ("target", "actual", "baseline", "change")


def setup(language: str) -> dict[str, Any]:
    """What all reports of a page share: the words, and the columns of the CSV as the command line writes them."""
    return {
        "language": language,
        "words": words(),
        "columns": [
            [".".join(path), column.children[0].kind if column.kind == "list" else column.kind]
            for path, column in leaves(columns_of(Fact))
        ],
        "list_mark": LIST_MARK,
        "kinds": [kind for kind in KINDS if kind != "plain"],
        "sides": SIDES,
    }


def about(sight: Sight) -> dict[str, Any]:
    """What a report says of itself, and its counts."""
    meta = sight.report.metadata
    figures = Overview.of(sight.report, sight.facts).figures
    return {
        "doc": sight.report.doc,
        "title": meta.title,
        "place": meta.place,
        "year": "" if meta.year is None else str(meta.year),
        "period": [str(day or "") for day in (meta.period.start, meta.period.end)] if meta.period else None,
        "number": meta.document_number,
        "issued": str(meta.issued or ""),
        "tasks": len(sight.report.tasks),
        "facts": figures.facts,
        "findings": len(sight.findings),
        "statuses": dict(sight.counts),
    }


def report_data(sight: Sight, charts: bool = True) -> dict[str, Any]:
    """Everything about one report. Offsets count UTF-16 code units. `charts` None says that they could not be made."""
    units = Units(sight.report.text)
    officials: dict[str, int] = {}
    people: list[dict[str, list[str]]] = []

    def officials_of(holder: Task | Fact) -> int:
        named = {name: list(getattr(holder, name)) for name in OFFICIALS if getattr(holder, name)}
        key = repr(named)
        if key not in officials:
            officials[key] = len(people)
            people.append(named)
        return officials[key]

    return {
        "about": about(sight),
        "text": sight.report.text,
        "blocks": list(_blocks(sight, units)),
        "tasks": [
            {
                "n": task.number,
                "c": task.category,
                "x": task.text,
                "o": officials_of(task),
                "s": status.status,
                "a": status.arithmetic,
                "cells": [[cell.role, cell.header, units.at(cell.start), units.at(cell.end)] for cell in task.cells],
            }
            for task, status in zip(sight.report.tasks, sight.statuses, strict=True)
        ],
        "people": people,
        "marks": [_mark(mark, units) for mark in sight.marks],
        "facts": [
            _fact(index, fact, sight, units) | {"o": officials_of(fact)} for index, fact in enumerate(sight.facts)
        ],
        "findings": [
            {
                "severity": finding.severity,
                "task": finding.task,
                "zh": finding.message,
                "en": finding.message_en,
                "a": finding.arithmetic,
                "c": str(finding.confidence),
                "e": [[units.at(spot.start), units.at(spot.end)] for spot in finding.evidence],
            }
            for finding in sight.findings
        ],
        "charts": _charts(sight) if charts else None,
    }


def _charts(sight: Sight) -> dict[str, dict[str, str]]:
    made = {language: charts_of(sight, language) for language in LANGUAGES}
    return {name: {lang: to_svg(charts[name]) for lang, charts in made.items()} for name in made[LANGUAGES[0]]}


def _blocks(sight: Sight, units: Units) -> Iterator[list[Any]]:
    """The report from top to bottom: text outside the tasks, categories and tasks."""
    report = sight.report
    # What stands outside the tasks, without headings that the tasks below bring along.
    headings = {_spaced(task.category) for task in report.tasks}
    outside = [p for p in sight.passages if p.task is None and _spaced(report.text[p.start : p.end]) not in headings]
    places: list[tuple[int, list[Any]]] = [(p.start, ["text", units.at(p.start), units.at(p.end)]) for p in outside]
    places += [(_top(task), ["task", index]) for index, task in enumerate(report.tasks)]
    category = ""
    for _, block in sorted(places, key=lambda place: place[0]):
        if block[0] == "task":
            here = report.tasks[block[1]].category
            if here != category:
                category = here
                if here:
                    yield ["category", here]
        yield block


def _spaced(text: str) -> str:
    return "".join(text.split())


def _top(task: Task) -> int:
    return min([task.start, *(cell.start for cell in task.cells)])


def _mark(mark: Mark, units: Units) -> dict[str, Any]:
    found: dict[str, Any] = {"s": units.at(mark.start), "e": units.at(mark.end), "k": mark.kind}
    if mark.facts:
        found["f"] = mark.facts
    if mark.findings:
        found["g"] = mark.findings
    mention = mark.mention
    if mention is not None:
        if mention.metric:
            found["m"] = " ".join((mention.scope, mention.metric)).strip()
        if mention.value is not None:
            found["v"] = f"{mention.op if mention.op != '=' else ''}{plain(mention.value)}{mention.unit}"
        elif mention.low is not None and mention.high is not None:
            found["v"] = f"{plain(mention.low)}–{plain(mention.high)}{mention.unit}"
        if mention.period is not None:
            found["p"] = [str(mention.period.start or ""), str(mention.period.end or "")]
    return found


def _fact(index: int, fact: Fact, sight: Sight, units: Units) -> dict[str, Any]:
    """The fact as it is dumped, with what it shares with others left to them, and how it stands."""
    dumped = fact.model_dump()
    task = sight.task_of[index]
    shared = task is not None and _same_task(sight.report, task, fact)
    data: dict[str, Any] = {
        "t": task,
        "ref": None if shared else dumped["task"],
        "confidence": str(fact.confidence),
        "source": fact.source,
        "explanation": fact.explanation,
        "metric": fact.metric,
        "scope": fact.scope,
        "unit": fact.unit,
        "date": dumped["date"],
        "completion": dumped["completion"],
    }
    for side in SIDES:
        measure: Measure | None = getattr(fact, side)
        if measure is not None:
            data[side] = dumped[side]
            if measure.implied and measure.value is not None:  # its text is the rate it follows from
                data[side] = {**dumped[side], "shown": write(measure.value, "scaled") + measure.unit}
    done, standing = done_of(fact), sight.standings[index]
    findings = sorted({g for mark in _marks_of_fact(sight, fact) for g in mark.findings})
    data["page"] = {
        "done": None if done is None else plain(done),
        "gone": None if standing is None or standing.share_gone is None else plain(standing.share_gone),
        "status": "" if standing is None else standing.status,
        "findings": findings,
        "at": [[units.at(m.start), units.at(m.end)] for m in _written(fact)],
    }
    return {key: value for key, value in data.items() if value not in (None, "")}


def _written(fact: Fact) -> list[Any]:
    return [m for m in measures(fact) if m.start is not None and m.end is not None]


def _marks_of_fact(sight: Sight, fact: Fact) -> Sequence[Mark]:
    starts = sight.marks_by_start
    return [starts[m.start] for m in _written(fact) if m.start in starts]


def _same_task(report: Report, index: int, fact: Fact) -> bool:
    task = report.tasks[index]
    return (task.number, task.category, task.text) == (fact.task.number, fact.task.category, fact.task.text)
