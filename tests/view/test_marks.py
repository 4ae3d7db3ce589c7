"""What is marked in a text: no two marks over each other, and each tied to the facts and findings that rest on it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mse.audit.finding import Amount, Evidence, Finding
from mse.model import Mention
from mse.view import Sight
from mse.view.marks import KINDS, marks_of, measures
from mse.view.palette import colours
from reports import hostile, large, small


def finding(*spans: tuple[int, int]) -> Finding:
    spots = [Evidence(start=a, end=b, text="x") for a, b in spans]
    number = Amount(text="1")
    return Finding(
        kind="sum", message="不符", message_en="differs", stated=number, computed=number, arithmetic="1", evidence=spots
    )


def test_roles_dates_and_officials_are_marked_where_they_stand():
    sight = Sight.of(small())
    text = sight.report.text
    found = {(text[m.start : m.end], m.kind) for m in sight.marks}
    assert {("600个", "target"), ("150个", "actual"), ("3亿元", "target"), ("1.5亿元", "actual")} <= found
    assert any(kind == "date" for _, kind in found)
    for index, fact in enumerate(sight.facts):
        for side in measures(fact):
            if side.start is not None:
                assert index in sight.marks_by_start[side.start].facts


def test_a_finding_marks_its_evidence_once_and_what_is_no_number_plainly():
    mention = Mention(start=0, end=2, text="5个", role="actual")
    marks = marks_of("5个，建成投用", [mention], findings=[finding((0, 2), (0, 2), (3, 5))])
    assert [(m.start, m.end, m.kind, m.findings) for m in marks] == [(0, 2, "actual", [0]), (3, 5, "plain", [0])]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)), max_size=12))
def test_no_two_marks_lie_over_each_other(spans):
    text = "一" * 40
    mentions = [Mention(start=a, end=a + n, text=text[a : a + n]) for a, n in spans]
    marks = marks_of(text, mentions, findings=[finding(*((a, a + n + 1) for a, n in spans))] if spans else [])
    assert all(a.end <= b.start for a, b in pairwise(marks))
    assert all(m.start < m.end for m in marks)


def test_marks_of_a_stretch_are_those_that_lie_in_it():
    sight = Sight.of(large(5))
    for cell in [cell for task in sight.report.tasks for cell in task.cells]:
        expected = [m for m in sight.marks if cell.start <= m.start and m.end <= cell.end]
        assert sight.marks_between(cell.start, cell.end) == expected
    assert sight.marks_between(0, len(sight.report.text)) == sight.marks


def test_a_fact_that_was_extracted_again_is_known():
    sight, again = Sight.of(small()), Sight.of(small())
    assert [sight.index_of(fact) for fact in again.facts] == list(range(len(sight.facts)))
    assert sight.index_of(Sight.of(small(doc="b.txt")).facts[0]) is None


def test_marks_of_hostile_text_are_that_text():
    analysis = hostile()
    sight = Sight.of(analysis)
    assert sight.marks
    for mark in sight.marks:
        if mark.mention is not None:
            assert sight.report.text[mark.start : mark.end] == mark.mention.text


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("plain", "person", "office")])
def test_every_kind_of_mark_has_the_colour_of_the_page(kind):
    assert colours()[f"{kind}-tint"].startswith("#")
    assert colours()[kind] != colours()[f"{kind}-tint"]
