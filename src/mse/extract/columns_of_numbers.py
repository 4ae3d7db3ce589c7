"""Numbers that stand alone in a cell: the header tells what they are and in which unit, the task what they measure.

Reads the cells of the tasks with their headers and units; puts a mention where a bare number stands, and sets `role`,
`metric` and `cues["role"]` of the one quantity that fills a cell.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from mse import numbers
from mse.extract.passages import Passage, Passages
from mse.grammar import load
from mse.model import Cell, Mention, Role, Task

_DATA = load("number_columns")
_BARE = regex.compile(_DATA["bare"]["pattern"])
_ROLES: list[tuple[Role, list[regex.Pattern[str]]]] = [
    (entry["role"], [regex.compile(pattern) for pattern in entry["patterns"]]) for entry in _DATA["column"]
]
_NOT_METRIC = [regex.compile(pattern) for pattern in _DATA["not_metric"]["patterns"]]
_BRACKET = _NOT_METRIC[0]
_SENTENCE = regex.compile(f"[{load('columns')['sentence']['marks']}，,]")
_LEADING_NUMBER = regex.compile(load("columns")["leading_number"]["pattern"])
_OF_CELL: dict[str, Role] = {"task": "target", "plan": "target", "progress": "actual"}
_PERCENT = "%"
_MINUS = str.maketrans("−－，％", "--,%")
_LONGEST = 30
_CONFIDENCE = 0.95


def read_number_columns(passages: Passages) -> None:
    """Give every quantity that fills a cell of a number column its role and metric; find the bare ones first."""
    by_span = {(p.start, p.end, id(p.task)): p for p in passages.items if p.task is not None}
    for task in passages.report.tasks:
        for cell in task.cells:
            passage = by_span.get((cell.start, cell.end, id(task)))
            if passage is not None and cell.start != task.start and cell.header:
                _read(passages, passage, cell, task)


@lru_cache(maxsize=4096)
def role_of_header(header: str) -> Role:
    """What the numbers below a header are; empty where it does not tell."""
    text = _BRACKET.sub("", "".join(header.split()))
    return next((role for role, patterns in _ROLES if any(p.fullmatch(text) for p in patterns)), "")


@lru_cache(maxsize=4096)
def metric_of_header(header: str) -> str:
    """What a header says is measured, beyond what its numbers are; empty where it says no more than that."""
    text = "".join(header.split())
    for pattern in _NOT_METRIC:
        text = pattern.sub("", text)
    return text if len(text) > 1 else ""


def _read(passages: Passages, passage: Passage, cell: Cell, task: Task) -> None:
    text = passages.text[cell.start : cell.end]
    quantities = passage.quantities
    if _BARE.fullmatch(text) and not (len(quantities) == 1 and quantities[0].unit):
        mention = _bare(passages, passage, cell, text)
        if mention is None:
            return
        passage.mentions = [mention]
    elif len(quantities) == 1 and quantities[0].span == (cell.start, cell.end):
        mention = quantities[0]
    else:
        return
    mention.role = role_of_header(cell.header) or _OF_CELL.get(cell.role, "")
    if mention.role == "rate" and mention.unit not in (_PERCENT, ""):
        mention.role = "actual"
    mention.cues["role"] = cell.header
    mention.confidence = _CONFIDENCE
    _set_metric(passages, mention, cell, task)


def _bare(passages: Passages, passage: Passage, cell: Cell, text: str) -> Mention | None:
    """The mention a bare number makes in the unit of its column; None without a unit where no header says figure."""
    unit = "" if text.endswith(("%", "％")) else cell.unit
    found = numbers.quantities(text.translate(_MINUS) + unit) if unit or text.endswith(("%", "％")) else []
    mention = Mention.model_construct(
        doc=passages.report.doc,
        type="quantity",
        start=cell.start,
        end=cell.end,
        text=text,
        task=passage.task.number if passage.task else "",
        cell=passage.role,
        cues={},
        links={},
        metric_spans=[],
    )
    if len(found) == 1 and found[0].end == len(text) + len(unit):
        mention.value, mention.unit = found[0].value, found[0].unit
        return mention
    if unit or not role_of_header(cell.header):
        return None
    numerals = numbers.find(text)
    if len(numerals) != 1:
        return None
    mention.value = -numerals[0].value if text.translate(_MINUS).startswith("-") else numerals[0].value
    return mention


def _set_metric(passages: Passages, mention: Mention, cell: Cell, task: Task) -> None:
    """The metric: what the header says beyond its figure, else what the task counts in this unit, else the task."""
    if metric := metric_of_header(cell.header):
        mention.metric = metric
        mention.metric_spans = []
        return
    titles = [p for p in passages.of_task(task) if p.start == task.start]
    for other in (m for p in titles for m in p.quantities):
        if other.metric and other.role == "target" and mention.unit in (other.unit, _PERCENT):
            mention.metric, mention.metric_spans, mention.scope = other.metric, list(other.metric_spans), other.scope
            return
    text = _LEADING_NUMBER.sub("", task.text, count=1) if _LEADING_NUMBER.match(task.text) else task.text
    short = _SENTENCE.split(text)[0][:_LONGEST]
    at = passages.text.find(short, task.start, task.end)
    mention.metric = short
    mention.metric_spans = [(at, at + len(short))] if at >= 0 else []
