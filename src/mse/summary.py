"""A summary for a reader: what a report promised, what was reached, and where it contradicts itself."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from mse.extract.clauses import sentences
from mse.model import Fact, Measure, Report, plain
from mse.numbers import write
from mse.terminal import one_line

Standing = Literal["met", "behind", "unknown"]

STYLES: dict[Standing, str] = {"met": "green", "behind": "yellow", "unknown": "dim"}
CONTRADICTIONS_SHOWN = 5
AROUND = 30  # characters of evidence before and after the number, at most
_HUNDRED = Decimal(100)


@cache
def labels() -> dict[str, str]:
    """The words of the summary, from `summary.toml`."""
    return tomllib.loads(resources.files("mse").joinpath("summary.toml").read_text(encoding="utf-8"))


def standing(fact: Fact) -> Standing | None:
    """Whether the fact's target is met, as far as the report says; None where there is no target.

    A target that is an upper limit is met from below. Without a comparable value the stated completion decides.
    """
    target = fact.target
    if target is None:
        return None
    promised, reached = _amount(target), _amount(fact.actual)
    comparable = fact.actual is not None and (target.unit or fact.unit) == (fact.actual.unit or fact.unit)
    if promised is not None and reached is not None and comparable:
        match target.op:
            case "<=":
                met = reached <= promised
            case "<":
                met = reached < promised
            case ">":
                met = reached > promised
            case _:
                met = reached >= promised
    elif fact.completion.stated is not None and target.op not in ("<", "<="):
        met = fact.completion.stated >= _HUNDRED
    else:
        return "unknown"
    return "met" if met else "behind"


class Figures(NamedTuple):
    """How many of each a report holds."""

    tasks: int
    facts: int
    met: int
    behind: int
    unknown: int
    contradictions: int


@dataclass(slots=True)
class Overview:
    """What one report comes to. `facts` are in the order of the text."""

    report: Report
    facts: Sequence[Fact]
    standings: Counter[Standing] = field(default_factory=Counter)
    contradictions: list[Fact] = field(default_factory=list)

    @classmethod
    def of(cls, report: Report, facts: Sequence[Fact]) -> Overview:
        found = cls(report, facts)
        for fact in facts:
            state = standing(fact)
            if state is not None:
                found.standings[state] += 1
            if fact.completion.consistent is False:
                found.contradictions.append(fact)
        return found

    @property
    def figures(self) -> Figures:
        states = self.standings
        return Figures(
            tasks=len(self.report.tasks),
            facts=len(self.facts),
            met=states["met"],
            behind=states["behind"],
            unknown=states["unknown"],
            contradictions=len(self.contradictions),
        )


def print_report(console: Console, overview: Overview, samples: int = 3) -> None:
    """Print one report: what it is, its counts, its contradictions and `samples` facts with their evidence."""
    words = labels()
    parts: list[RenderableType] = [_about(overview), _counts(overview)]
    if overview.contradictions:
        parts += [Text(), *_contradictions(overview.contradictions)]
    shown = _samples(overview.facts, samples)
    if shown:
        parts += [Text(), _table(shown, overview.report.text)]
    title = one_line(overview.report.metadata.title) or words["untitled"]
    console.print(
        Panel(
            Group(*parts),
            title=Text(title, "bold"),
            subtitle=Text(one_line(overview.report.doc), "dim"),
            title_align="left",
            subtitle_align="right",
            padding=(0, 1),
        )
    )


def print_totals(console: Console, rows: Iterable[tuple[str, Figures]]) -> None:
    """Print the figures of each report, given with its name, and their sum."""
    words = labels()
    rows = list(rows)
    table = Table(header_style="bold", footer_style="bold", show_footer=True)
    table.add_column(words["report"], footer=words["total"], overflow="fold")
    for index, name in enumerate(Figures._fields):
        table.add_column(words[name], footer=str(sum(f[index] for _, f in rows)), justify="right", no_wrap=True)
    for doc, figures in rows:
        table.add_row(Text(one_line(doc)), *map(str, figures))
    console.print(table)


def _about(overview: Overview) -> Text:
    words, about = labels(), overview.report.metadata
    pieces = [one_line(about.place)] if about.place else []
    if about.period:
        pieces.append(f"{words['period']} {about.period.start or ''} … {about.period.end or ''}")
    elif about.year:
        pieces.append(str(about.year))
    if about.document_number:
        pieces.append(f"{words['document_number']} {one_line(about.document_number)}")
    if about.issued:
        pieces.append(f"{words['issued']} {about.issued}")
    if not overview.report.tasks:
        pieces.append(words["prose"])
    if overview.facts and all(fact.actual is None for fact in overview.facts):
        pieces.append(words["plan"])
    return Text(" · ".join(pieces), "dim")


def _counts(overview: Overview) -> Text:
    words, line = labels(), Text()
    line.append(f"{words['tasks']} {len(overview.report.tasks)}   {words['facts']} {len(overview.facts)}", "bold")
    for state, style in STYLES.items():
        line.append(f"   {words[state]} {overview.standings[state]}", style)
    style = "red" if overview.contradictions else "dim"
    line.append(f"   {words['contradictions']} {len(overview.contradictions)}", style)
    return line


def _contradictions(facts: Sequence[Fact]) -> list[Text]:
    words, lines = labels(), []
    for fact in facts[:CONTRADICTIONS_SHOWN]:
        both = fact.target is not None and fact.actual is not None and fact.target.text and fact.actual.text
        lines.append(
            Text(
                words["contradiction" if both else "contradiction_without_values"].format(
                    number=one_line(fact.task.number),
                    metric=one_line(fact.metric),
                    stated="" if fact.completion.stated is None else plain(fact.completion.stated),
                    computed="" if fact.completion.computed is None else plain(fact.completion.computed),
                    actual=_shown(fact.actual),
                    target=_shown(fact.target),
                ),
                "red",
            )
        )
    if len(facts) > CONTRADICTIONS_SHOWN:
        lines.append(Text(words["more"].format(count=len(facts) - CONTRADICTIONS_SHOWN), "red"))
    return lines


def _samples(facts: Sequence[Fact], count: int) -> list[Fact]:
    """The facts that tell most, one a task, in the order of the text."""

    def worth(item: tuple[int, Fact]) -> tuple[int, float, int]:
        index, fact = item
        sides = sum(
            side is not None for side in (fact.target, fact.actual, fact.completion.stated, fact.completion.computed)
        )
        return (-sides, -fact.confidence, index)

    chosen: dict[tuple[str, str], int] = {}
    for index, fact in sorted(enumerate(facts), key=worth):
        if len(chosen) < count:
            chosen.setdefault((fact.task.category, fact.task.number), index)
    return [facts[index] for index in sorted(chosen.values())]


def _table(facts: Sequence[Fact], text: str) -> Table:
    words = labels()
    table = Table(title=words["samples"], title_justify="left", title_style="bold", box=None, padding=(0, 1, 0, 0))
    table.add_column(words["number"], no_wrap=True)
    table.add_column(words["metric"], ratio=3, overflow="fold")
    for name in ("target", "actual", "completion"):
        table.add_column(words[name], justify="right", overflow="fold")
    table.add_column(words["evidence"], ratio=6, overflow="fold")
    for fact in facts:
        state = standing(fact)
        done = fact.completion.computed if fact.completion.computed is not None else fact.completion.stated
        table.add_row(
            Text(one_line(fact.task.number)),
            Text(one_line(f"{fact.scope} {fact.metric}")),
            Text(_shown(fact.target)),
            Text(_shown(fact.actual), STYLES[state] if state else ""),
            Text("" if done is None else f"{plain(done)}%"),
            _evidence(fact, text),
        )
    return table


def _evidence(fact: Fact, text: str) -> Text:
    """The sentence of the number that says most, as far as it is near; the number itself marked."""
    side = next((m for m in (fact.actual, fact.change, fact.target) if m is not None and m.start is not None), None)
    if side is None or side.start is None or side.end is None:
        return Text()
    window = (max(0, side.start - AROUND), min(len(text), side.end + AROUND))
    start, end = next((s for s in sentences(text, *window) if s[0] <= side.start < s[1]), (side.start, side.end))
    return Text.assemble(
        (one_line(text[start : side.start]), "dim"),
        (one_line(text[side.start : side.end]), "bold cyan"),
        (one_line(text[side.end : max(end, side.end)]), "dim"),
    )


def _shown(measure: Measure | None) -> str:
    """A measure as the report writes it, or its value where it is written nowhere."""
    if measure is None:
        return ""
    value = _amount(measure)
    if measure.text and not measure.implied:  # the text of what is implied is the rate it follows from
        return one_line(measure.text)
    return "" if value is None else write(value, "scaled") + measure.unit


def _amount(measure: Measure | None) -> Decimal | None:
    """The value to compare by; of a range its lower end."""
    if measure is None:
        return None
    return measure.value if measure.value is not None else measure.low
