"""Blocks for a terminal, drawn by rich; and the same as bare text where there are no colours."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from decimal import Decimal

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from mse.audit.finding import Severity
from mse.audit.status import Status
from mse.terminal import one_line
from mse.view.blocks import Block, Facts, Heading, Issues, Legend, Line, Piece, Source, percent
from mse.view.marks import Kind
from mse.view.words import Language, say

_STYLES: dict[Kind, str] = {
    "target": "bold blue",
    "actual": "bold green",
    "rate": "bold magenta",
    "change": "cyan",
    "baseline": "yellow",
    "context": "dim",
    "date": "magenta",
    "person": "underline",
    "office": "underline",
}
_STATUSES: dict[Status, str] = {
    "behind": "bold yellow",
    "on track": "blue",
    "ahead": "cyan",
    "done": "green",
    "unknown": "dim",
}
_SEVERITIES: dict[Severity, str] = {"error": "bold red", "minor": "yellow", "note": "cyan"}
_BAR = 10  # characters of a whole bar
_WIDTH = 100


def rendered(blocks: Iterable[Block], language: Language = "zh") -> RenderableType:
    """The blocks for `rich.print` or a console."""
    return Group(*(drawn for block in blocks for drawn in _drawn(block, language)))


def plain_text(blocks: Iterable[Block], language: Language = "zh") -> str:
    """The blocks as text without colours, a hundred characters wide."""
    stream = io.StringIO()
    # In a notebook rich would display by itself what is only to be written.
    console = Console(file=stream, width=_WIDTH, force_terminal=False, force_jupyter=False, color_system=None)
    console.print(rendered(blocks, language))
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def _drawn(block: Block, language: Language) -> Iterator[RenderableType]:
    match block:
        case Heading():
            yield Text(one_line(block.title), "bold")
            if block.about:
                yield Text("  ".join(f"{label} {one_line(value)}" for label, value in block.about), "dim")
            if block.statuses:
                yield Text("  ").join(Text(f"{name} {count}", _STATUSES[s]) for s, name, count in block.statuses)
        case Legend():
            yield Text("  ").join(Text(name, _STYLES[kind]) for kind, name in block.keys)
        case Source():
            label = f"{one_line(block.label)}{say('colon', language)}" if block.label else ""
            more = Text(f" {block.more}" if block.more else "", "dim")
            yield Text.assemble((label, "dim"), *map(_piece, block.pieces), more)
        case Facts():
            yield from _facts(block, language)
        case Issues():
            yield from _issues(block)
        case Line():
            if block.text:
                yield Text(one_line(block.text), "dim" if block.quiet else "")


def _facts(block: Facts, language: Language) -> Iterator[RenderableType]:
    if not block.rows:
        yield Text(say("no_facts", language), "dim")
        return
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="bold", expand=True)
    table.add_column(say("task", language), overflow="fold")
    table.add_column(say("metric", language), ratio=5, overflow="fold")
    for name in ("target", "actual"):
        table.add_column(say(name, language), ratio=3, justify="right", overflow="fold")
    table.add_column(say("completion", language), overflow="fold", no_wrap=True)
    for row in block.rows:
        metric = Text(one_line(row.metric))
        if row.scope:
            metric.append(f" {one_line(row.scope)}", "dim")
        for warning in row.warnings:
            metric.append(f"\n! {one_line(warning)}", "red")
        actual = Text(one_line(row.actual), _STYLES["actual"])
        for label, text in row.besides:
            actual.append(f"{chr(10) if actual.plain else ''}{label} {one_line(text)}", "dim")
        done = Text()
        if row.done is not None:
            done = Text.assemble((_bar(row.done), _STATUSES[row.status]), f" {percent(row.done)}")
        table.add_row(Text(one_line(row.number)), metric, Text(one_line(row.target), _STYLES["target"]), actual, done)
    yield table
    if block.more:
        yield Text(block.more, "dim")


def _issues(block: Issues) -> Iterator[RenderableType]:
    for item in block.items:
        yield Text.assemble(
            (f"{item.label} ", _SEVERITIES[item.severity]), (f"{one_line(item.task)} ", "bold"), one_line(item.message)
        )
        yield Text(f"  {one_line(item.arithmetic)}", "magenta")
        for place in item.places:
            yield Text.assemble("  ", *map(_piece, place))
    if block.more:
        yield Text(block.more, "dim")


def _piece(piece: Piece) -> tuple[str, str]:
    style = _STYLES[piece.kind] if piece.kind is not None else ""
    return _safe(piece.text), f"{style} underline red".strip() if piece.found else style


def _safe(text: str) -> str:
    """Text of a document on one line, its spaces kept apart from its neighbours'."""
    inner = one_line(text)
    if not inner:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inner + (" " if text[-1].isspace() else "")


def _bar(share: Decimal) -> str:
    full = round(_BAR * float(max(Decimal(0), min(Decimal(100), share))) / 100)
    return "█" * full + "░" * (_BAR - full)
