"""One promise through several reports: facts of the same place and year, linked from report to report.

Reports are taken in the order of their dates. Each fact goes on with the promise it is most alike to, in words, unit,
target, task and office, or begins one of its own; a promise takes at most one fact of a report.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any

from mse.extract.similarity import Wording
from mse.numbers.units import compatible

SAME = 0.72  # how alike a fact and a promise are at least; chance puts different metrics of one office below it
WORDS_AT_LEAST = 0.4
TARGET, TASK, OFFICE = 0.25, 0.2, 0.1  # what an equal target, the task's words and a common office add
OTHER_TARGET = -0.15  # a target may be revised, but mostly another target is another promise
CANDIDATES = 30

QUERY = """
SELECT
    d.place, coalesce(year(f.target.period."end"), year(f.date), d.year) AS year,
    coalesce(d.period."end", d.issued, make_date(d.year, 1, 1)) AS reported,
    d.title AS report, f.path, f.doc, f.task.number AS task, f.task.text AS task_text, f.metric, f.scope, f.unit,
    f.target."value" AS target, f.target.unit AS target_unit, f.target.op AS target_op, f.target.text AS target_text,
    f.target."start" AS target_start, f.target."end" AS target_end, f.actual."value" AS actual,
    f.actual.text AS actual_text, f.actual."start" AS actual_start, f.actual."end" AS actual_end,
    coalesce(f.completion.computed, f.completion.stated) AS percent, f.lead_organizations AS offices
FROM facts f JOIN documents d USING (path)
WHERE f.metric <> ''
ORDER BY
    d.place, year, reported NULLS FIRST, f.path, coalesce(f.target."start", -1), coalesce(f.actual."start", -1),
    f.metric, f.scope, f.unit, f.baseline."start", f.change."start"
"""


@dataclass(slots=True)
class Step:
    """What one report says of a promise: the row of `QUERY`, and how alike it is to what was said before."""

    row: Mapping[str, Any]
    similarity: float | None = None


@dataclass(slots=True, eq=False)
class Promise:
    """The steps of one promise, in the order of the reports."""

    number: int
    steps: list[Step] = field(default_factory=list)


def promises(rows: Iterable[Mapping[str, Any]]) -> Iterator[Promise]:
    """The promises in the rows of `QUERY`, which come sorted by place, year and report."""
    number = 0
    for _, block in groupby(rows, key=lambda row: (row["place"], row["year"])):
        tracker = _Tracker(number)
        for _, facts in groupby(block, key=lambda row: row["path"]):
            tracker.report(list(facts))
        number += len(tracker.promises)
        yield from tracker.promises


def lines(found: Iterable[Promise], metric: str = "", place: str = "", reports: int = 2) -> Iterator[dict[str, Any]]:
    """A line for each step of the promises that at least so many reports tell of, the metric and place as wanted."""
    wording = Wording()
    for promise in found:
        if len(promise.steps) < reports or place not in (promise.steps[0].row["place"] or ""):
            continue
        names = {step.row["metric"] for step in promise.steps}
        if metric and not any(metric in name or wording.similarity(metric, name) >= SAME for name in names):
            continue
        before: Decimal | None = None
        for index, step in enumerate(promise.steps, 1):
            row = dict(step.row)
            actual = row["actual"]
            gained = actual - before if actual is not None and before is not None else None
            before = actual if actual is not None else before
            hidden = ("target_unit", "task_text")
            told = {name: value for name, value in row.items() if name not in hidden}
            yield {"promise": promise.number, "step": index, **told, "gained": gained, "similarity": step.similarity}


class _Tracker:
    """The promises of one place and year, known by the character pairs of their metrics."""

    def __init__(self, number: int) -> None:
        self.promises: list[Promise] = []
        self._first = number + 1
        self._wording = Wording()
        self._by_pair: defaultdict[str, list[int]] = defaultdict(list)

    def report(self, facts: list[Mapping[str, Any]]) -> None:
        """Go on with the facts of the next report."""
        likely: list[tuple[float, int, int]] = []
        for index, fact in enumerate(facts):
            for at in self._candidates(fact["metric"]):
                score = self._score(self.promises[at].steps[-1].row, fact)
                if score >= SAME:
                    likely.append((-round(score, 6), at, index))
        told: set[int] = set()
        gone_on: dict[int, tuple[int, float]] = {}
        for score, at, index in sorted(likely):
            if at not in told and index not in gone_on:
                told.add(at)
                gone_on[index] = at, -score
        for index, fact in enumerate(facts):
            if index in gone_on:
                at, score = gone_on[index]
                self.promises[at].steps.append(Step(fact, min(1.0, round(score, 2))))
            else:
                at = len(self.promises)
                self.promises.append(Promise(self._first + at, [Step(fact)]))
            for pair in _pairs(fact["metric"]):
                if not self._by_pair[pair] or self._by_pair[pair][-1] != at:
                    self._by_pair[pair].append(at)

    def _candidates(self, metric: str) -> list[int]:
        shared = Counter(at for pair in _pairs(metric) for at in set(self._by_pair.get(pair, ())))
        return [at for at, _ in sorted(shared.items(), key=lambda each: (-each[1], each[0]))[:CANDIDATES]]

    def _score(self, before: Mapping[str, Any], fact: Mapping[str, Any]) -> float:
        if not _same_part(before["scope"], fact["scope"]) or not compatible(before["unit"], fact["unit"]):
            return 0.0
        score = self._wording.similarity(before["metric"], fact["metric"])
        if score < WORDS_AT_LEAST:
            return 0.0
        if before["target"] is not None and fact["target"] is not None:
            equal = before["target"] == fact["target"] and before["target_unit"] == fact["target_unit"]
            score += TARGET if equal else OTHER_TARGET
        score += TASK * (self._wording.similarity(before["task_text"] or "", fact["task_text"] or "") - 0.5)
        if any(_same_part(a, b) for a in before["offices"] or () for b in fact["offices"] or ()):
            score += OFFICE
        return score


def _same_part(a: str | None, b: str | None) -> bool:
    """Whether two names mean the same part or office: one may leave out what the other begins or ends with."""
    a, b = unicodedata.normalize("NFKC", a or ""), unicodedata.normalize("NFKC", b or "")
    short, long = sorted((a, b), key=len)
    return a == b or (len(short) >= 2 and (long.startswith(short) or long.endswith(short)))


def _pairs(metric: str) -> list[str]:
    text = unicodedata.normalize("NFKC", metric).replace("|", "")
    return sorted({a + b for a, b in pairwise(text)} | ({text} if len(text) == 1 else set()))


__all__ = ["QUERY", "Promise", "Step", "lines", "promises"]
