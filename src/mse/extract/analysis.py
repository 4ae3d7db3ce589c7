"""What the stages hand to each other, and the stages in their order: one report with all that is known of it so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mse.extract.columns_of_numbers import link_number_columns, read_number_columns
from mse.extract.confidence import assign_confidence
from mse.extract.facts import build_facts
from mse.extract.frames import Frame, frames_of
from mse.extract.mentions import recognize_dates, recognize_quantities
from mse.extract.metrics import assign_metrics
from mse.extract.pairing import link
from mse.extract.passages import Passages, passages_of
from mse.extract.periods import assign_periods
from mse.extract.placed import Neighbourhood, placed_neighbourhoods
from mse.extract.roles import assign_roles
from mse.extract.written import as_written
from mse.model import Fact, Mention, Report

if TYPE_CHECKING:
    from mse.ner.model import NameModel


@dataclass(slots=True)
class Analysis:
    """A report, its passages with their mentions, and its facts.

    `model` finds names: one of your own, True for the one shipped, False for rules alone.
    """

    report: Report
    passages: Passages
    frames: list[list[Frame]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    model: NameModel | bool = True
    _neighbourhoods: list[Neighbourhood] | None = None

    @classmethod
    def of(cls, report: Report, model: NameModel | bool = True) -> Analysis:
        """The analysis of a report on which no stage has worked yet."""
        return cls(report, passages_of(report), model=model)

    @property
    def mentions(self) -> list[Mention]:
        """All quantities and dates in the order of the text."""
        return self.passages.mentions

    def neighbourhoods(self) -> list[Neighbourhood]:
        """The quantities of each task or paragraph in their places; to be asked for once the roles are final."""
        if self._neighbourhoods is None:
            self._neighbourhoods = placed_neighbourhoods(self.passages)
        return self._neighbourhoods


def analyse(report: Report, model: NameModel | bool = True) -> Analysis:
    """Run every stage over a report: its mentions with role, metric, scope, period and links, and its facts.

    `model` finds the names in prose: one of your own, True for the one shipped, False for rules alone.
    """
    analysis = Analysis.of(report, model)
    for stage in STAGES.values():
        stage(analysis)
    return analysis


def dates(analysis: Analysis) -> None:
    """Dates with their periods."""
    recognize_dates(analysis.passages)


def quantities(analysis: Analysis) -> None:
    """Quantities with value, unit and comparison."""
    recognize_quantities(analysis.passages)


def roles(analysis: Analysis) -> None:
    """What each quantity is: target, actual, rate, change, baseline or context."""
    passages = analysis.passages
    words = passages.segmented()
    analysis.frames = [frames_of(passages.text, passage, words) for passage in passages.items]
    assign_roles(passages, analysis.frames)


def metrics(analysis: Analysis) -> None:
    """What each quantity measures, and for which part."""
    assign_metrics(analysis.passages, analysis.frames)


def columns(analysis: Analysis) -> None:
    """Numbers that stand alone in their cells, with unit and role from the header."""
    read_number_columns(analysis.passages)


def periods(analysis: Analysis) -> None:
    """What time each quantity holds for."""
    assign_periods(analysis.passages)


def links(analysis: Analysis) -> None:
    """Which target each actual, change and rate belongs to."""
    link(analysis.passages, analysis.neighbourhoods())
    link_number_columns(analysis.passages)


def facts(analysis: Analysis) -> None:
    """Mentions put together as facts."""
    assign_confidence(analysis.passages, analysis.frames)
    as_written(analysis.passages)
    analysis.facts = build_facts(analysis.passages, analysis.neighbourhoods(), analysis.model)


STAGES: dict[str, Callable[[Analysis], None]] = {
    stage.__name__: stage for stage in (dates, quantities, roles, metrics, columns, periods, links, facts)
}
