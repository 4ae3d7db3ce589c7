"""The stages as spaCy components. Each takes a document, adds to its `Analysis` and returns it; none keeps state.

`mse_dates` and `mse_quantities` also work in somebody else's pipeline: they fill `doc.spans` under their own names.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from mse.extract.columns_of_numbers import link_number_columns, read_number_columns
from mse.extract.confidence import assign_confidence
from mse.extract.facts import build_facts
from mse.extract.frames import frames_of
from mse.extract.mentions import recognize_dates, recognize_quantities
from mse.extract.metrics import assign_metrics
from mse.extract.pairing import link
from mse.extract.periods import assign_periods
from mse.extract.roles import assign_roles
from mse.extract.words import Words
from mse.model import Mention
from mse.pipeline.analysis import analysis_of

STAGES = (
    "mse_dates",
    "mse_quantities",
    "mse_roles",
    "mse_metrics",
    "mse_columns",
    "mse_periods",
    "mse_links",
    "mse_facts",
)


@Language.component("mse_dates")
def dates(doc: Doc) -> Doc:
    """Dates with their periods, as mentions and as the spans `doc.spans["mse_dates"]`."""
    analysis = analysis_of(doc)
    if not any(passage.dates for passage in analysis.passages.items):
        recognize_dates(analysis.passages)
    doc.spans["mse_dates"] = _spans(doc, [m for m in analysis.mentions if m.type == "date"], "DATE")
    return doc


@Language.component("mse_quantities")
def quantities(doc: Doc) -> Doc:
    """Quantities with value, unit and comparison, as mentions and as the spans `doc.spans["mse_quantities"]`."""
    analysis = analysis_of(doc)
    if not any(passage.quantities for passage in analysis.passages.items):
        recognize_quantities(analysis.passages)
    doc.spans["mse_quantities"] = _spans(doc, [m for m in analysis.mentions if m.type == "quantity"], "QUANTITY")
    return doc


@Language.component("mse_roles")
def roles(doc: Doc) -> Doc:
    """What each quantity is: target, actual, rate, change, baseline or context."""
    analysis = analysis_of(doc)
    passages = analysis.passages
    if not passages.words:
        passages.words = [(token.idx, token.idx + len(token.text)) for token in doc]
    words = Words(passages.words)
    analysis.frames = [frames_of(passages.text, passage, words) for passage in passages.items]
    assign_roles(analysis.passages, analysis.frames)
    return doc


@Language.component("mse_metrics")
def metrics(doc: Doc) -> Doc:
    """What each quantity measures, and for which part."""
    analysis = analysis_of(doc)
    assign_metrics(analysis.passages, analysis.frames)
    return doc


@Language.component("mse_columns")
def columns(doc: Doc) -> Doc:
    """Numbers that stand alone in their cells, with unit and role from the header."""
    read_number_columns(analysis_of(doc).passages)
    return doc


@Language.component("mse_periods")
def periods(doc: Doc) -> Doc:
    """What time each quantity holds for."""
    assign_periods(analysis_of(doc).passages)
    return doc


@Language.component("mse_links")
def links(doc: Doc) -> Doc:
    """Which target each actual, change and rate belongs to."""
    passages = analysis_of(doc).passages
    link(passages)
    link_number_columns(passages)
    return doc


@Language.component("mse_facts")
def facts(doc: Doc) -> Doc:
    """Mentions put together as facts."""
    analysis = analysis_of(doc)
    assign_confidence(analysis.passages, analysis.frames)
    analysis.facts = build_facts(analysis.passages)
    return doc


def _spans(doc: Doc, mentions: list[Mention], label: str) -> list[Span]:
    found = (doc.char_span(m.start, m.end, label=label, alignment_mode="expand") for m in mentions)
    return [span for span in found if span is not None]
