"""Numbers that stand alone in a cell: the header tells what they are and in which unit, the task what they measure.

Reads the cells of the tasks with their headers and units; puts a mention where a bare number stands, and sets `role`,
`metric` and `cues["role"]` of the one quantity that fills a cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from mse import numbers
from mse.extract.comparable import comparable
from mse.extract.passages import Passage, Passages
from mse.grammar import load
from mse.model import Cell, Mention, Role, Task

_DATA = load("number_columns")
_BARE = regex.compile(_DATA["bare"]["pattern"])
_ROLES: list[tuple[Role, list[regex.Pattern[str]]]] = [
    (entry["role"], [regex.compile(pattern) for pattern in entry["patterns"]]) for entry in _DATA["column"]
]
_FIGURE = [regex.compile(pattern) for pattern in _DATA["figure"]["patterns"]]
_NOT_METRIC = [regex.compile(pattern) for pattern in _DATA["not_metric"]["patterns"]]
_BRACKET = _NOT_METRIC[0]
_LAST_BRACKET = regex.compile(rf"(?:{_BRACKET.pattern})$")
_PLACES = [regex.compile(pattern) for pattern in _DATA["place"]["patterns"]]
_WHOLE = frozenset(load("divisions")["generic"]["words"])
_SENTENCE = regex.compile(f"[{load('columns')['sentence']['marks']}，,]")
_LEADING_NUMBER = regex.compile(load("columns")["leading_number"]["pattern"])
_OF_CELL: dict[str, Role] = {"task": "target", "plan": "target", "progress": "actual"}
_REMARK = regex.compile(r"\s*[（(].*", regex.DOTALL)
_LEADING_FIGURE = regex.compile(r"[\d.,，]+")
_PERCENT = "%"
_MINUS = str.maketrans("−－，％", "--,%")
_LONGEST = 30
_CONFIDENCE = 0.95


def read_number_columns(passages: Passages) -> None:
    """Give every quantity that fills a cell of a number column its role and metric; find the bare ones first."""
    for task, title, cells in _columns(passages):
        beside = {cell.row: _written_unit(passages.text, p) for cell, p in reversed(cells) if _counts(p)}
        for cell, passage in cells:
            _read(passages, passage, cell, task, title, beside.get(cell.row, ""))


def link_number_columns(passages: Passages) -> None:
    """Link the numbers of a row that measure the same: what was reached and its rate to the target, its rate and its
    change to what was reached. Reads role, metric and unit; sets `links`.
    """
    for _, title, cells in _columns(passages):
        alone = [(cell, p.quantities[0]) for cell, p in cells if _fills(p)]
        promised = [m for m in title.quantities if m.role == "target"] if title is not None else []
        for cell, mention in alone:
            beside = [
                m for other, m in alone if other.row == cell.row and m.metric == mention.metric and m is not mention
            ]
            target = next((m for m in beside if m.role == "target"), None)
            if (said := _restated(target or mention, promised)) is not None:
                if mention.role == "target":
                    mention.links = {"target": [said.span]}
                target = said
            actual = next((m for m in beside if m.role == "actual"), None)
            if target is not None and mention.role == "actual" and comparable(mention.unit, target.unit):
                mention.links = {"target": [target.span]}
            elif mention.role == "rate" and (target is not None or actual is not None):
                found = (("actual", actual), ("target", target))
                mention.links = {name: [other.span] for name, other in found if other is not None}
            elif mention.role == "change" and actual is not None:
                mention.links = {"actual": [actual.span]}


def _restated(mention: Mention, promised: list[Mention]) -> Mention | None:
    """The number of the task itself that a target in a column says again."""
    if mention.role != "target":
        return None
    alike = (m for m in promised if m.metric == mention.metric and m.value == mention.value)
    return next((m for m in alike if comparable(m.unit, mention.unit)), None)


def _columns(passages: Passages) -> Iterator[tuple[Task, Passage | None, list[tuple[Cell, Passage]]]]:
    """Every task with the passage of its title and its other cells that stand under a header, with their passages."""
    by_start = {(p.start, id(p.task)): p for p in passages.items if p.task is not None}
    for task in passages.report.tasks:
        cells = [cell for cell in task.cells if cell.start != task.start and cell.header]
        found = [(cell, by_start.get((cell.start, id(task)))) for cell in cells]
        yield task, by_start.get((task.start, id(task))), [(cell, p) for cell, p in found if p is not None]


def _fills(passage: Passage) -> bool:
    """Whether one quantity is all that stands in a cell."""
    quantities = passage.quantities
    return len(quantities) == 1 and quantities[0].span == (passage.start, passage.end)


def _leads(passages: Passages, passage: Passage, header: str) -> bool:
    """Whether a share stands in a column of shares with nothing but a remark behind it: 80%（河东进度滞后）."""
    first = next(iter(passage.quantities), None)
    return (
        first is not None
        and first.start == passage.start
        and first.unit == _PERCENT
        and role_of_header(header) == "rate"
        and _REMARK.fullmatch(passages.text, first.end, passage.end) is not None
    )


def _counts(passage: Passage) -> bool:
    """Whether a cell holds one number of things and nothing else: 1300人, 7000万元."""
    return _fills(passage) and passage.quantities[0].unit not in ("", _PERCENT)


def _written_unit(text: str, passage: Passage) -> str:
    """The unit that follows the number of a cell, its scale included."""
    said = text[passage.start : passage.end]
    return said[hit.end() :] if (hit := _LEADING_FIGURE.match(said)) else ""


@lru_cache(maxsize=4096)
def role_of_header(header: str) -> Role:
    """What the numbers below a header are; empty where it does not tell."""
    text = _BRACKET.sub("", "".join(header.split()))
    return next((role for role, patterns in _ROLES if any(p.fullmatch(text) for p in patterns)), "")


def _is_figure(header: str) -> bool:
    text = _BRACKET.sub("", "".join(header.split()))
    return any(pattern.fullmatch(text) for pattern in _FIGURE)


@lru_cache(maxsize=4096)
def metric_of_header(header: str) -> str:
    """What a header says is measured, beyond what its numbers are; empty where it says no more than that."""
    text = "".join(header.split())
    for pattern in _NOT_METRIC:
        text = pattern.sub("", text)
    return text if len(text) > 1 else ""


@lru_cache(maxsize=4096)
def _names_places(header: str) -> bool:
    """Whether the cells below a header are places."""
    text = "".join(header.split())
    return any(pattern.fullmatch(text) for pattern in _PLACES)


def _read(passages: Passages, passage: Passage, cell: Cell, task: Task, title: Passage | None, beside: str) -> None:
    """Read one cell; `beside` is the unit of a number in the same row."""
    text = passages.text[cell.start : cell.end]
    quantities = passage.quantities
    if _BARE.fullmatch(text) and not (len(quantities) == 1 and quantities[0].unit):
        mention = _bare(passages, passage, cell, text, beside)
        if mention is None:
            return
        passage.mentions = [mention]
    elif _fills(passage) or _leads(passages, passage, cell.header):
        mention = quantities[0]
    else:
        return
    mention.role = role_of_header(cell.header) or _OF_CELL.get(cell.role, "")
    if mention.role == "rate" and mention.unit not in (_PERCENT, ""):
        mention.role = "actual"
    mention.cues["role"] = cell.header
    mention.confidence = _CONFIDENCE
    _set_metric(passages, mention, cell, task, title)


def _bare(passages: Passages, passage: Passage, cell: Cell, text: str, beside: str) -> Mention | None:
    """The mention a bare number makes in the unit of its column; None without a unit where no header says figure."""
    figure = _is_figure(cell.header)
    unit = "" if text.endswith(("%", "％")) else cell.unit or (beside if figure else "")
    found = numbers.quantities(text.translate(_MINUS) + unit) if unit or text.endswith(("%", "％")) else []
    mention = Mention.trusted(
        doc=passages.report.doc,
        type="quantity",
        start=cell.start,
        end=cell.end,
        text=text,
        task=passage.task.number if passage.task else "",
        cell=passage.role,
    )
    if len(found) == 1 and found[0].end == len(text) + len(unit):
        mention.value, mention.unit = found[0].value, found[0].unit
        return mention
    if unit or not figure:
        return None
    numerals = numbers.find(text)
    if len(numerals) != 1:
        return None
    mention.value = -numerals[0].value if text.translate(_MINUS).startswith("-") else numerals[0].value
    return mention


def _set_metric(passages: Passages, mention: Mention, cell: Cell, task: Task, title: Passage | None) -> None:
    """The metric: what the header says beyond its figure, else what the task counts in this unit, else the task."""
    placed = _names_places(task.cells[0].header if task.cells else "")
    if metric := metric_of_header(cell.header) or (placed and _BRACKET.sub("", cell.header)):
        mention.metric = metric
        if placed and task.text not in _WHOLE:
            mention.scope = task.text
        mention.metric_spans = []
        return
    for other in title.quantities if title is not None else ():
        alike = mention.unit == _PERCENT or comparable(mention.unit, other.unit)
        if other.metric and other.role == "target" and alike:
            mention.metric, mention.metric_spans, mention.scope = other.metric, list(other.metric_spans), other.scope
            return
    text = _LEADING_NUMBER.sub("", task.text, count=1) if _LEADING_NUMBER.match(task.text) else task.text
    short = _SENTENCE.split(text)[0][:_LONGEST]
    if cell.unit and (bracket := _LAST_BRACKET.search(short)) and cell.unit in bracket.group():
        short = short[: bracket.start()]
    at = passages.text.find(short, task.start, task.end)
    mention.metric = short
    mention.metric_spans = [(at, at + len(short))] if at >= 0 else []
