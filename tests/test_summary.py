"""What the summary makes of facts, and what it prints."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from rich.console import Console

from mse.model import Completion, Fact, Measure, Report, TaskRef
from mse.summary import Overview, print_report, print_totals, standing


def measure(value, op="=", unit="人", **more):
    return Measure(op=op, value=None if value is None else Decimal(value), unit=unit, **more)


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        (measure("100"), measure("100"), "met"),
        (measure("100"), measure("99.9"), "behind"),
        (measure("100", ">="), measure("120"), "met"),
        (measure("100", ">"), measure("100"), "behind"),
        (measure("5", "<="), measure("4.9"), "met"),
        (measure("5", "<="), measure("5.1"), "behind"),
        (measure("5", "<"), measure("5"), "behind"),
        (measure("100"), measure("100", unit="家"), "unknown"),
        (measure("100"), None, "unknown"),
        (measure(None, low=Decimal(40), high=Decimal(50)), measure("45"), "met"),
        (None, measure("45"), None),
    ],
)
def test_standing(target, actual, expected):
    assert standing(Fact(target=target, actual=actual, unit="人")) == expected


@pytest.mark.parametrize(
    ("stated", "op", "expected"), [("100", "=", "met"), ("80", "=", "behind"), ("80", "<=", "unknown")]
)
def test_a_stated_completion_decides_where_values_cannot(stated, op, expected):
    fact = Fact(target=measure("100", op), completion=Completion(stated=Decimal(stated)))
    assert standing(fact) == expected


TEXT = "新增就业\n全市新增就业1200人，完成年度任务3000人的45%。\n"
CONTRADICTION = Fact(
    doc="a.txt",
    task=TaskRef(number="3"),
    metric="新增就业",
    unit="人",
    target=measure("3000", text="3000人", start=23, end=28),
    actual=measure("1200", text="1200人", start=11, end=16),
    completion=Completion(stated=Decimal(45), computed=Decimal(40), consistent=False),
)


def printed(report, facts, **settings):
    console = Console(file=io.StringIO(), width=120)
    overview = Overview.of(report, facts)
    print_report(console, overview, **settings)
    print_totals(console, [(report.doc, overview.figures)])
    return console.file.getvalue()


def test_a_contradiction_is_shown_with_both_numbers():
    shown = printed(Report(doc="a.txt", text=TEXT), [CONTRADICTION])
    line = next(line for line in shown.splitlines() if "45%" in line and "40%" in line)
    assert "新增就业" in line
    assert "1200人" in line
    assert "3000人" in line


def test_a_sample_stands_with_the_words_around_it():
    shown = printed(Report(doc="a.txt", text=TEXT), [CONTRADICTION])
    assert TEXT[11:16] == "1200人"
    assert "全市新增就业1200人，完成" in shown


def test_samples_can_be_left_out():
    assert "全市新增就业" not in printed(Report(doc="a.txt", text=TEXT), [CONTRADICTION], samples=0)


def test_text_of_a_report_is_not_taken_for_markup_or_commands():
    hostile = "[red]红[/red]\x1b[2J"
    shown = printed(Report(doc=hostile, text=hostile), [Fact(doc=hostile, metric=hostile, actual=measure("1"))])
    assert "[red]红[/red]" in shown
    assert "\x1b" not in shown


def test_figures_are_counted():
    figures = Overview.of(Report(doc="a", text=""), [CONTRADICTION, Fact(target=measure("1"))]).figures
    assert figures == (0, 2, 0, 1, 1, 1)
