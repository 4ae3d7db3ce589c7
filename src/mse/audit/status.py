"""What the schedule gives: for each task whether it is behind, with the arithmetic."""

from __future__ import annotations

from typing import Literal

from mse.audit.finding import Amount, Evidence
from mse.model import Exact, Model

Status = Literal["done", "ahead", "on track", "behind", "unknown"]
Basis = Literal["time", "value", "words", ""]


class MetricStatus(Model):
    """One promise of a task. Shares are percent: of the target that is done, and of its period that is gone.

    `basis` says what decided: `time` (share done against share of the period gone), `value` (limits, ratios and
    standards, which are reached or not) or `words` (the report says so without figures).
    """

    metric: str = ""
    scope: str = ""
    status: Status
    basis: Basis = ""
    target: Amount | None = None
    reached: Amount | None = None
    share_done: Exact | None = None
    share_gone: Exact | None = None
    arithmetic: str = ""
    evidence: list[Evidence]


class TaskStatus(Model):
    """One task: as its promises stand together, with the figures of the one that decided.

    Behind where one promise is; done where all are; unknown where nothing can be told.
    """

    doc: str = ""
    task: str = ""
    category: str = ""
    start: int
    end: int
    status: Status
    basis: Basis = ""
    share_done: Exact | None = None
    share_gone: Exact | None = None
    arithmetic: str = ""
    metrics: list[MetricStatus]
