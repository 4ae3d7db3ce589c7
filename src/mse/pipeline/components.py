"""The stages as spaCy components. Each takes a document, adds to its `Analysis` and returns it; none keeps state.

`mse_dates` and `mse_quantities` also work in somebody else's pipeline: they fill `doc.spans` under their own names.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from mse.extract.analysis import STAGES
from mse.model import Mention
from mse.pipeline.carried import analysis_of

COMPONENTS = tuple(f"mse_{name}" for name in STAGES)


@Language.component("mse_dates")
def dates(doc: Doc) -> Doc:
    """Dates with their periods, as mentions and as the spans `doc.spans["mse_dates"]`."""
    analysis = analysis_of(doc)
    if not any(passage.dates for passage in analysis.passages.items):
        STAGES["dates"](analysis)
    doc.spans["mse_dates"] = _spans(doc, [m for m in analysis.mentions if m.type == "date"], "DATE")
    return doc


@Language.component("mse_quantities")
def quantities(doc: Doc) -> Doc:
    """Quantities with value, unit and comparison, as mentions and as the spans `doc.spans["mse_quantities"]`."""
    analysis = analysis_of(doc)
    if not any(passage.quantities for passage in analysis.passages.items):
        STAGES["quantities"](analysis)
    doc.spans["mse_quantities"] = _spans(doc, [m for m in analysis.mentions if m.type == "quantity"], "QUANTITY")
    return doc


def _component(name: str) -> None:
    def run(doc: Doc) -> Doc:
        stage(analysis_of(doc))
        return doc

    stage = STAGES[name]
    Language.component(f"mse_{name}", func=run)


for _name in STAGES:
    if _name not in ("dates", "quantities"):
        _component(_name)


def _spans(doc: Doc, mentions: list[Mention], label: str) -> list[Span]:
    found = (doc.char_span(m.start, m.end, label=label, alignment_mode="expand") for m in mentions)
    return [span for span in found if span is not None]
