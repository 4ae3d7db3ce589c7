"""Pairing: what was reached meets what was promised, within one task.

`link` reads value, unit, role, metric, scope and place of the quantities and sets their `links`: an actual and a change
name their target, a rate its actual and its target, a restated target the target it restates.
"""

from __future__ import annotations

import regex

from mse.extract.affinity import Affinity, is_growth, is_intensive, may_answer, scope_agreement, telling_digits
from mse.extract.comparable import comparable, convert
from mse.extract.levels import levels_of_changes, runs
from mse.extract.passages import Passage, Passages
from mse.extract.placed import Placed, place
from mse.extract.rates import actuals_of, computes, of_whole, written_total
from mse.grammar import alternation, load
from mse.model import Mention

_DATA = load("pairing")
_AGAINST_TARGET = regex.compile(alternation(_DATA["against_target"]["words"]))
_STAGE = regex.compile(alternation(_DATA["stage"]["words"]))

_ANSWERS = 0.5
_GROWN = 0.5
_SURELY_ANSWERS = 0.9
_SECOND_CHOICE = 0.6
_FURTHER_CHANGE = 0.9
_PROVEN = 0.8
_RESTATES = {1: 0.7, 2: 0.6, 3: 0.5, 4: 0.35}  # by the telling digits of the value
_RESTATES_LONG = 0.1
_CUED = 0.25
_RARE_DIGITS = 4
_NEVER = 9.0
_RESTATES_BESIDE = 0.75
_RATE_OF_TARGET = 0.75
_SAME_RATE = 0.5


def link(passages: Passages) -> None:
    """Set `links` on the quantities of every task, and of every paragraph outside the tasks."""
    for unit in units(passages):
        _Pairing(passages.text, unit).link()


def units(passages: Passages) -> list[list[Passage]]:
    """Passages whose numbers may answer each other: those of one task, or one paragraph of prose."""
    of_task: dict[int, list[Passage]] = {}
    result: list[list[Passage]] = []
    for passage in passages.items:
        if passage.task is None:
            result.extend([paragraph] for paragraph in _paragraphs(passages.text, passage))
        elif id(passage.task) in of_task:
            of_task[id(passage.task)].append(passage)
        else:
            of_task[id(passage.task)] = [passage]
            result.append(of_task[id(passage.task)])
    return result


def _paragraphs(text: str, passage: Passage) -> list[Passage]:
    found: list[Passage] = []
    start = passage.start
    remaining = list(passage.mentions)
    for line in text[passage.start : passage.end].split("\n"):
        end = start + len(line)
        inside = []
        while remaining and remaining[0].start <= end:
            inside.append(remaining.pop(0))
        if inside:
            found.append(Passage(start, max(end, inside[-1].end), passage.role, passage.header, None, inside))
        start = end + 1
    return found


class _Pairing:
    """One task under pairing; each step sets links that the next one reads."""

    def __init__(self, text: str, passages: list[Passage]) -> None:
        self.text = text
        self.placed = place(text, passages)
        self.affinity = Affinity(self.placed)
        self.targets = self.affinity.targets
        self.rates = [p for p in self.placed if p.role == "rate"]
        self.root: dict[int, Placed] = {}
        self.answer: dict[int, Placed] = {}
        self.rate_actual: dict[int, Placed] = {}
        self.rate_total: dict[int, Placed] = {}

    def link(self) -> None:
        for item in self.placed:
            item.mention.links = {}
        self._restatements()
        self._rates_to_actuals()
        self._actuals()
        self._changes()
        self._rates_to_targets()

    def _open_targets(self) -> list[Placed]:
        """Targets that restate no other."""
        return [t for t in self.targets if t.order not in self.root]

    def _root(self, target: Placed) -> Placed:
        return self.root.get(target.order, target)

    def _restatements(self) -> None:
        for i, item in enumerate(self.targets):
            if item.cell_role == "task":
                continue
            best: tuple[float, Placed] | None = None
            for earlier in self.targets[:i]:
                if earlier.order in self.root or not _same_value(item.mention, earlier.mention):
                    continue
                score = self.affinity.alike(item, earlier) - self.affinity.preparation(item, earlier)
                if item.mention.scope and earlier.mention.scope:
                    agreement = scope_agreement(item.mention.scope, earlier.mention.scope)
                    score += -0.5 if agreement is None else 0.1 * agreement
                if score >= self._least_to_restate(item, earlier) and (best is None or score > best[0]):
                    best = (score, earlier)
            if best is not None:
                self.root[item.order] = best[1]
                item.mention.links = {"target": [best[1].mention.span]}

    def _least_to_restate(self, item: Placed, earlier: Placed) -> float:
        """The rarer the value, the less the words must agree.

        Equal round values beside each other are mostly two things, and in a plan the same step of two quarters.
        """
        digits = telling_digits(item.mention) + ("/" in item.mention.unit)
        least = _RESTATES.get(digits, _RESTATES_LONG)
        if item.cell_role == "plan":
            if earlier.cell == item.cell and digits < _RARE_DIGITS:
                return _NEVER
            return least - _CUED
        if _AGAINST_TARGET.search(item.words):
            return least - _CUED
        return max(least, _RESTATES_BESIDE) if earlier.cell == item.cell else least

    def _rates_to_actuals(self) -> None:
        for run in runs(self.text, self.rates):
            for rate, actual in zip(run, actuals_of(run, self.affinity), strict=True):
                if actual is not None:
                    self.rate_actual[rate.order] = actual
                total = written_total(self.text, rate, self.affinity)
                if total is not None:
                    self.rate_total[rate.order] = total

    def _actuals(self) -> None:
        """The best pairs first; a target already answered takes only further stages of the same thing."""
        tied = {
            self.rate_actual[order].order: self.rate_total[order]
            for order in self.rate_actual
            if order in self.rate_total
        }
        pairs: list[tuple[float, Placed, Placed]] = []
        for actual in self.affinity.actuals:
            if actual.cell_role == "plan":
                continue  # in a plan, what is there already
            if actual.order in tied:
                self._set_answer(actual, self._root(tied[actual.order]))
                continue
            for target in self._open_targets():
                if may_answer(actual, target):
                    score = self.affinity.of_actual(actual, target) + self._proof(actual, target)
                    if score >= _ANSWERS:
                        pairs.append((score, actual, target))
        pairs.sort(key=lambda pair: (-pair[0], pair[1].order, pair[2].order))
        first: dict[int, Placed] = {}
        refused: set[int] = set()
        for score, actual, target in pairs:
            if actual.order in self.answer or (actual.order in refused and score < _SECOND_CHOICE):
                continue
            best = first.setdefault(target.order, actual)
            if best is actual or self._is_stage(actual, target) or score >= _SURELY_ANSWERS:
                self._set_answer(actual, target)
            else:
                refused.add(actual.order)

    def _is_stage(self, actual: Placed, target: Placed) -> bool:
        """Whether a further actual of a target counts another stage of it, and is not just something alike."""
        if _STAGE.search(actual.words) is not None or self._proof(actual, target) > 0:
            return True
        return is_intensive(actual.mention.unit) and bool(actual.mention.scope) and not target.mention.scope

    def _proof(self, actual: Placed, target: Placed) -> float:
        """Arithmetic evidence: a rate of this actual that it and the target give."""
        for rate in self.rates:
            if self.rate_actual.get(rate.order) is actual and computes(actual, target, rate):
                return _PROVEN
        return 0.0

    def _set_answer(self, item: Placed, target: Placed) -> None:
        self.answer[item.order] = target
        item.mention.links = {"target": [target.mention.span]}

    def _changes(self) -> None:
        """As with actuals; a further change of a target is one counted against it or one remarked in brackets."""
        levels = levels_of_changes(self.text, self.placed)
        growths = [t for t in self._open_targets() if is_growth(t)]
        pairs: list[tuple[float, Placed, Placed]] = []
        for change in self.placed:
            if change.role != "change":
                continue
            level = levels.get(change.order)
            for target in self._open_targets() if _against_target(change) else growths:
                if comparable(change.mention.unit, target.mention.unit):
                    score = self.affinity.of_change(change, target, level)
                    if score >= _GROWN:
                        pairs.append((score, change, target))
        pairs.sort(key=lambda pair: (-pair[0], pair[1].order, pair[2].order))
        first: dict[int, Placed] = {}
        for score, change, target in pairs:
            if change.order in self.answer:
                continue
            if _against_target(change) or first.setdefault(target.order, change) is change:
                self._set_answer(change, target)
            elif first[target.order] is change.host or score >= _FURTHER_CHANGE and not change.part:
                self._set_answer(change, target)

    def _rates_to_targets(self) -> None:
        for i, rate in enumerate(self.rates):
            actual = self.rate_actual.get(rate.order)
            target = self.rate_total.get(rate.order)
            if target is None and actual is not None:
                target = self.answer.get(actual.order)
                if target is not None and of_whole(rate) and target.cell_role == "task":
                    target = None
            if actual is None and target is None:
                self._alone(rate, self.rates[:i])
                continue
            links = {}
            if actual is not None:
                links["actual"] = [actual.mention.span]
            if target is not None:
                links["target"] = [self._root(target).mention.span]
            rate.mention.links = links

    def _alone(self, rate: Placed, earlier: list[Placed]) -> None:
        """A rate without its number beside it: one said before, or counted against a target of the same name."""
        for other in earlier:
            same = other.mention.value == rate.mention.value and other.mention.links
            if same and self.affinity.alike(rate, other) >= _SAME_RATE:
                rate.mention.links = dict(other.mention.links)
                return
        best = max(self.targets, key=lambda t: (self.affinity.alike(rate, t), -t.order), default=None)
        if best is not None and self.affinity.alike(rate, best) >= _RATE_OF_TARGET:
            rate.mention.links = {"target": [self._root(best).mention.span]}


def _against_target(change: Placed) -> bool:
    return _AGAINST_TARGET.search(change.words) is not None


def _same_value(a: Mention, b: Mention) -> bool:
    if a.value is None or b.value is None:
        return (a.low, a.high, a.unit) == (b.low, b.high, b.unit) and a.low is not None
    return convert(a.value, a.unit, b.unit) == b.value
