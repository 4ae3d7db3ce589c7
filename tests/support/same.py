"""What two readings of one report have in common: tasks and facts as keys without offsets, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable

from mse.model import Fact, Measure, Task
from mse.reading.clean import squeeze


def task_key(task: Task) -> Hashable:
    """Number, group and text of a task, and everybody who answers for it."""
    names = (task.leaders, task.lead_organizations, task.persons, task.supporting_organizations)
    return (task.number, squeeze(task.category), squeeze(task.text), *(tuple(each) for each in names))


def fact_key(fact: Fact) -> Hashable:
    """Everything a fact says but for where it stands and how sure it is."""
    measures = (fact.target, fact.actual, fact.baseline, fact.change)
    names = (fact.leaders, fact.lead_organizations, fact.persons, fact.supporting_organizations)
    return (
        (fact.task.number, squeeze(fact.task.text), squeeze(fact.metric), squeeze(fact.scope), fact.unit),
        tuple(_measure_key(each) for each in measures),
        (fact.completion.stated, fact.completion.computed, fact.completion.consistent, fact.date),
        tuple(tuple(each) for each in names),
    )


def _measure_key(measure: Measure | None) -> Hashable:
    if measure is None:
        return None
    period = (measure.period.start, measure.period.end) if measure.period else None
    values = (measure.op, measure.value, measure.low, measure.high, measure.unit, measure.implied)
    return (*values, period, squeeze(measure.text))


def share(expected: Iterable[Hashable], found: Iterable[Hashable]) -> float:
    """How much of what is expected is found, one for one, less what is found besides (as F1)."""
    a, b = Counter(expected), Counter(found)
    both = (a & b).total()
    return 2 * both / (a.total() + b.total()) if a or b else 1.0
