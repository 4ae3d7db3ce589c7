"""What the components of the pipeline hand to each other: one report with all that is known of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from spacy.tokens import Doc

from mse.extract.frames import Frame
from mse.extract.passages import Passages, passages_of
from mse.model import Fact, Mention, Report

_KEY = "mse"


@dataclass(slots=True)
class Analysis:
    """A report, its passages with their mentions, and its facts. Kept in `doc.user_data["mse"]`."""

    report: Report
    passages: Passages
    frames: list[list[Frame]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    @property
    def mentions(self) -> list[Mention]:
        """All quantities and dates in the order of the text."""
        return [mention for passage in self.passages.items for mention in passage.mentions]


def analysis_of(doc: Doc) -> Analysis:
    """The analysis a document carries; a document of another pipeline gets one, as prose."""
    found = doc.user_data.get(_KEY)
    if found is None:
        report = Report.model_construct(doc="", text=doc.text)
        found = attach(doc, Analysis(report, passages_of(report)))
    return cast(Analysis, found)


def attach(doc: Doc, analysis: Analysis) -> Analysis:
    """Let the document carry the analysis."""
    doc.user_data[_KEY] = analysis
    return analysis
