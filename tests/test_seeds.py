"""The five real reports from end to end: how much is found in each, and that all of it is anchored in the text."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import mse
from mse import pipeline

SEEDS = sorted((Path(__file__).resolve().parent.parent / "seeds").glob("*.txt"))
TASKS = {"000": 46, "001": 200, "002": 21, "003": 61, "004": 93 + 10}


@cache
def analysis(path):
    return pipeline.analyse(mse.read(path))


def by_seed(function):
    return pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])(function)


def test_there_are_five():
    assert [path.name[:3] for path in SEEDS] == list(TASKS)


@by_seed
def test_every_task_is_found(path):
    assert len(analysis(path).report.tasks) == TASKS[path.name[:3]]


@by_seed
def test_the_text_is_the_file_unchanged(path):
    assert analysis(path).report.text == path.read_bytes().decode("utf-8")


@by_seed
def test_offsets_of_mentions_and_facts_point_at_their_evidence(path):
    text, found = analysis(path).report.text, analysis(path)
    assert found.mentions
    assert all(text[m.start : m.end] == m.text for m in found.mentions)
    sides = [side for f in found.facts for side in (f.target, f.actual, f.baseline, f.change)]
    sides = [side for side in sides if side is not None and not side.implied]
    assert sides
    assert all(text[side.start : side.end] == side.text for side in sides)


@by_seed
def test_mentions_stand_in_order_and_do_not_overlap(path):
    mentions = analysis(path).mentions
    assert all(first.end <= second.start for first, second in pairwise(mentions))


@by_seed
def test_cells_lie_in_the_text_and_hold_something(path):
    report = analysis(path).report
    for task in report.tasks:
        assert task.cells
        for cell in task.cells:
            assert 0 <= cell.start < cell.end <= len(report.text)
            assert report.text[cell.start : cell.end].strip()


@by_seed
def test_links_lead_to_quantities_of_the_report(path):
    spans = {m.span for m in analysis(path).mentions if m.type == "quantity"}
    links = {tuple(span) for m in analysis(path).mentions for targets in m.links.values() for span in targets}
    assert links <= spans


@by_seed
def test_every_fact_belongs_to_a_task_of_its_report(path):
    numbers = {task.number for task in analysis(path).report.tasks} | {""}
    assert {fact.task.number for fact in analysis(path).facts} <= numbers


@by_seed
def test_values_are_exact_decimals(path):
    values = [v for m in analysis(path).mentions for v in (m.value, m.low, m.high) if v is not None]
    assert values
    assert all(type(value) is Decimal and value.is_finite() for value in values)


@by_seed
def test_a_second_run_finds_the_same(path):
    again = pipeline.analyse(mse.read(path))
    assert [m.model_dump() for m in again.mentions] == [m.model_dump() for m in analysis(path).mentions]
    assert [f.model_dump() for f in again.facts] == [f.model_dump() for f in analysis(path).facts]
