"""A text or the cells of one task run through the stages, for tests of what the stages find in it."""

from __future__ import annotations

import datetime as dt

from mse import pipeline
from mse.extract.frames import Frame
from mse.model import Cell, Mention, Metadata, Period, Report, Task
from mse.pipeline import Analysis

PERIOD = Period(start=dt.date(2023, 1, 1), end=dt.date(2023, 6, 30))


def analysed(text: str = "", **cells: str) -> Analysis:
    """Free text of 2023, or a report of one task with these cells (`task`, `progress`, `plan`, `problems`)."""
    if not cells:
        return pipeline.analyse(Report(doc="", text=text, metadata=Metadata(year=2023)))
    whole, found = "", []
    for role, content in cells.items():
        found.append(Cell(role=role, start=len(whole), end=len(whole) + len(content)))
        whole += content + "\n"
    task = Task(number="1", text=cells.get("task", ""), start=0, end=len(whole), cells=found)
    return pipeline.analyse(Report(doc="", text=whole, metadata=Metadata(year=2023, period=PERIOD), tasks=[task]))


def quantities(text: str = "", **cells: str) -> list[Mention]:
    """The quantities found, in the order of the text."""
    return [m for m in analysed(text, **cells).mentions if m.type == "quantity"]


def roles(text: str = "", **cells: str) -> list[tuple[str, str]]:
    """Each quantity with its role."""
    return [(m.text, m.role) for m in quantities(text, **cells)]


def metrics(text: str = "", **cells: str) -> list[tuple[str, str]]:
    """Each quantity with its metric."""
    return [(m.text, m.metric) for m in quantities(text, **cells)]


def frames(text: str) -> list[Frame]:
    """The frames of a free text."""
    return [frame for found in analysed(text).frames for frame in found]
