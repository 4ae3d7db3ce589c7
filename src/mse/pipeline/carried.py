"""The analysis that a spaCy document carries from component to component, in `doc.user_data["mse"]`."""

from __future__ import annotations

from typing import cast

from spacy.tokens import Doc

from mse.extract.analysis import Analysis
from mse.model import Report
from mse.segmentation import Words

_KEY = "mse"


def analysis_of(doc: Doc) -> Analysis:
    """The analysis a document carries; a document of another pipeline gets one, as prose with its own tokens."""
    found = doc.user_data.get(_KEY)
    if found is None:
        found = attach(doc, Analysis.of(Report.trusted(doc="", text=doc.text)))
        found.passages.words = Words(doc.text, [(t.idx, t.idx + len(t)) for t in doc], cut=None)
    return cast(Analysis, found)


def attach(doc: Doc, analysis: Analysis) -> Analysis:
    """Let the document carry the analysis."""
    doc.user_data[_KEY] = analysis
    return analysis
