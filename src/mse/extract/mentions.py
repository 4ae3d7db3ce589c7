"""Recognize the mentions of a passage: dates first, then the quantities outside them, each with its exact value."""

from __future__ import annotations

import datetime as dt

from mse import dates, numbers
from mse.extract.passages import Passage, Passages
from mse.extract.written import texts_as_written
from mse.grammar.script import read_as_simplified
from mse.model import Mention, Period


def recognize_dates(passages: Passages) -> None:
    """Replace the date mentions of every passage; each with its period, resolved in the report's context."""
    reference = dates.Reference.of_report(passages.report.metadata)
    doc = passages.report.doc
    for passage in passages.items:
        text = passages.text[passage.start : passage.end]
        expressions = dates.find(text)
        # What comes round again (每月10日前) names no period, but its numbers are no quantities either.
        passage.recurring = [(e.start, e.end) for e in expressions if e.recurring]
        found = date_mentions(text, expressions, reference, passage.start, doc)
        _put(passage, passage.quantities, found)


def recognize_quantities(passages: Passages) -> None:
    """Replace the quantity mentions of every passage; no quantity stands inside a date."""
    doc = passages.report.doc
    for passage in passages.items:
        covered = [(m.start - passage.start, m.end - passage.start) for m in passage.dates] + passage.recurring
        found = quantity_mentions(passages.text[passage.start : passage.end], covered, passage.start, doc)
        _put(passage, passage.dates, found)


def recognize(text: str, day: dt.date | None = None) -> list[Mention]:
    """Dates and quantities of free text, without roles; `day` is what relative dates count from."""
    plain = read_as_simplified(text)
    expressions = dates.find(plain)
    found = date_mentions(plain, expressions, dates.Reference(day=day), 0, "")
    found += quantity_mentions(plain, [(e.start, e.end) for e in expressions], 0, "")
    if plain is not text:
        texts_as_written(text, found)
    return sorted(found, key=lambda m: m.span)


def date_mentions(
    text: str, expressions: list[dates.DateExpression], reference: dates.Reference, offset: int, doc: str
) -> list[Mention]:
    """The date expressions of `text` as mentions, offsets moved by `offset`; recurring ones are left out."""
    resolutions = dates.resolve_in_order(expressions, text, reference)
    return [
        Mention.trusted(
            doc=doc,
            type="date",
            start=e.start + offset,
            end=e.end + offset,
            text=text[e.start : e.end],
            period=r.period or Period.trusted(),
        )
        for e, r in zip(expressions, resolutions, strict=True)
        if not e.recurring
    ]


def quantity_mentions(text: str, covered: list[tuple[int, int]], offset: int, doc: str) -> list[Mention]:
    """The quantities of `text` outside `covered` as mentions whose offsets are moved by `offset`."""
    return [
        Mention.trusted(
            doc=doc,
            type="quantity",
            start=q.start + offset,
            end=q.end + offset,
            text=text[q.start : q.end],
            op=q.op,
            value=q.value,
            low=q.low,
            high=q.high,
            unit=q.unit,
        )
        for q in numbers.quantities(text, covered)
    ]


def _put(passage: Passage, others: list[Mention], found: list[Mention]) -> None:
    if passage.task:
        number, cell = passage.task.number, passage.role
        for mention in found:
            mention.task, mention.cell = number, cell
    passage.mentions = sorted([*others, *found], key=lambda m: m.span)
