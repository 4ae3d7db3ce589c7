"""Pairing: what was reached meets what was promised, within one task.

`link` reads value, unit, role, metric, scope and place of the quantities and sets their `links`: an actual and a change
name their target, a rate its actual and its target, a restated target the target it restates.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from mse.extract.affinity import Affinity, is_growth, is_intensive, may_answer, scope_agreement, telling_digits
from mse.extract.comparable import comparable, convert
from mse.extract.levels import levels_of_changes, runs
from mse.extract.passages import Passages
from mse.extract.placed import Neighbourhood, Placed, placed_neighbourhoods
from mse.extract.rates import actuals_of, computes, far_off, is_whole, of_plan, of_whole, written_total
from mse.extract.verdict import ANNOUNCED
from mse.model import Mention

_ANSWERS = 0.5
_SURELY_ANSWERS = 0.8
_SECOND_CHOICE = 0.6
_GROWN = 0.5
_FURTHER_CHANGE = 0.9
_SAID_AGAIN = 0.35
_OTHER_BASE = 0.5
_PROVEN = {3: 0.8}  # by the telling digits of the rate
_PROVEN_LONG = 1.5
_RESTATES = {1: 0.7, 2: 0.6, 3: 0.5, 4: 0.35}  # by the telling digits of the value
_RESTATES_LONG = 0.1
_RESTATES_BESIDE = 0.75
_SAID_TO_RESTATE = 0.25
_RARE_DIGITS = 4
_NEVER = 9.0
_ALONE = 0.05
_RATE_OF_TARGET = 0.75
_SAME_RATE = 0.5

Pairs = list[tuple[float, Placed, Placed]]


def link(passages: Passages, neighbourhoods: Iterable[Neighbourhood] | None = None) -> None:
    """Set `links` on the quantities of every task, and of every paragraph outside the tasks."""
    for _, placed in placed_neighbourhoods(passages) if neighbourhoods is None else neighbourhoods:
        Pairing(passages.text, placed).link()


class Pairing:
    """One task under pairing; each step of `link` finds what the next one reads. Items are known by their `order`."""

    def __init__(self, text: str, placed: list[Placed]) -> None:
        self.text = text
        self.placed = placed
        self.affinity = Affinity(self.placed)
        self.targets = self.affinity.targets
        self.rates = [p for p in self.placed if p.role == "rate"]
        self.rates_of: dict[int, list[Placed]] = {}
        self.rate_actual: dict[int, Placed] = {}
        self.rate_total: dict[int, Placed] = {}
        self.root: dict[int, Placed] = {}
        self.answer: dict[int, Placed] = {}

    def link(self) -> None:
        """Set the links of all quantities."""
        for item in self.placed:
            item.mention.links = {}
        self._rates_to_actuals()
        self._restatements()
        self._actuals()
        self._changes()
        self._rates_to_targets()

    def _rates_to_actuals(self) -> None:
        for run in runs(self.text, self.rates):
            for rate, actual in zip(run, actuals_of(run, self.affinity), strict=True):
                if actual is not None:
                    self.rate_actual[rate.order] = actual
                    self.rates_of.setdefault(actual.order, []).append(rate)
                total = written_total(self.text, rate, self.affinity)
                if total is not None:
                    self.rate_total[rate.order] = total

    def _restatements(self) -> None:
        """`完成任务500万元的62%` restates the target that the number before it answers, whatever it is called."""
        counted = {
            total.order: self.rate_actual[order]
            for order, total in self.rate_total.items()
            if order in self.rate_actual
        }
        for i, item in enumerate(self.targets):
            if item.cell_role == "task":
                continue
            best: tuple[float, Placed] | None = None
            for earlier in self.targets[:i]:
                if earlier.order in self.root or not _same_value(item.mention, earlier.mention):
                    continue
                if _announced(item) and _announced(earlier):
                    continue  # two items of one plan
                score = self._restates(item, earlier, counted.get(item.order))
                if score >= self._least_to_restate(item, earlier) and (best is None or score > best[0]):
                    best = (score, earlier)
            if best is None and (moved := self._moved_from(item)) is not None:
                best = (1.0, moved)
            if best is not None:
                self.root[item.order] = best[1]
                item.mention.links = {"target": [best[1].mention.span]}

    def _moved_from(self, item: Placed) -> Placed | None:
        """`由原定18个调整为20个`: the target of the task that the new one takes the place of."""
        before = self.placed[item.order - 1] if item.order else None
        if before is None or before.role != "baseline" or before.clause is not item.clause:
            return None
        of_task = [t for t in self.targets if t.cell_role == "task" and _same_value(before.mention, t.mention)]
        return max(of_task, key=lambda t: (self.affinity.alike(item, t), -t.order), default=None)

    def _restates(self, item: Placed, earlier: Placed, counted: Placed | None) -> float:
        score = self.affinity.alike(item, earlier)
        if counted is not None:
            score = max(score, 0.9 * self.affinity.alike(counted, earlier))
        if self.affinity.leads_up(item, earlier):
            score -= 0.4
        if item.mention.scope and earlier.mention.scope:
            agreement = scope_agreement(item.mention.scope, earlier.mention.scope)
            score += -0.5 if agreement is None else 0.1 * agreement
        return score

    def _least_to_restate(self, item: Placed, earlier: Placed) -> float:
        """The rarer the value, the less the words must agree.

        Equal round values beside each other are mostly two things, and in a plan the same step of two quarters.
        """
        digits = telling_digits(item.mention) + ("/" in item.mention.unit)
        least = _RESTATES.get(digits, _RESTATES_LONG)
        if item.cell_role == "plan":
            if earlier.cell_role == "plan" and digits < _RARE_DIGITS:
                return _NEVER
            if earlier.cell_role == "task" and self._only_one(earlier):
                return _ALONE
            return least - _SAID_TO_RESTATE
        if self.affinity.cued(item, "against_target"):
            return least - _SAID_TO_RESTATE
        return max(least, _RESTATES_BESIDE) if earlier.cell == item.cell else least

    def _only_one(self, target: Placed) -> bool:
        """Whether the task promises nothing else in this unit."""
        unit = target.mention.unit
        return sum(t.cell_role == "task" and t.mention.unit == unit for t in self.targets) == 1

    def _open_targets(self) -> list[Placed]:
        """Targets that restate no other."""
        return [t for t in self.targets if t.order not in self.root]

    def _root(self, target: Placed) -> Placed:
        return self.root.get(target.order, target)

    def _actuals(self) -> None:
        """The best pairs first; a target already answered takes only further stages of the same thing."""
        targets = self._open_targets()
        pairs: Pairs = []
        for actual in self.affinity.actuals:
            if actual.cell_role == "plan":
                continue  # in a plan, what is there already
            total = next((self.rate_total[r.order] for r in self._rates_of(actual) if r.order in self.rate_total), None)
            if total is not None:
                self._set_answer(actual, self._root(total), "written")
                continue
            for target in targets:
                if may_answer(actual, target) and not self._disproved(actual, target):
                    score = self.affinity.of_actual(actual, target) + self._proof(actual, target)
                    if self._said_again(actual, target):
                        score += _SAID_AGAIN
                    if self._other_base(actual, target):
                        score -= _OTHER_BASE
                    if score >= _ANSWERS:
                        pairs.append((score, actual, target))
        first: dict[int, Placed] = {}
        refused: set[int] = set()
        for score, actual, target in _best_first(pairs):
            if actual.order in self.answer or (actual.order in refused and score < _SECOND_CHOICE):
                continue
            is_first = first.setdefault(target.order, actual) is actual
            part = target.mention.metric.rpartition("|")[2]
            sibling = target.subordinate and part not in actual.mention.metric  # another part of the same whole
            apart = actual.subordinate and (sibling or not target.subordinate) and not is_intensive(actual.mention.unit)
            if is_first or (not apart and (score >= _SURELY_ANSWERS or self._is_stage(actual, target))):
                self._set_answer(actual, target, "proof" if self._proof(actual, target) else "words")
            else:
                refused.add(actual.order)
        self._siblings()

    def _siblings(self) -> None:
        """`已完工1个，正在施工15个，11个正在设计`: counts of one sentence that tell stages of what one of them answers.

        Together they are no more than the target; where they are just as many, nothing else need be said.
        """
        for actual in self.affinity.actuals:
            if actual.order not in self.answer or actual.subordinate or not _is_count(actual.mention):
                continue
            target = self.answer[actual.order]
            near = [
                p
                for p in self.affinity.actuals
                if p.same_sentence(actual) and p.mention.unit == actual.mention.unit and not p.subordinate
            ]
            open_ones = [p for p in near if p.order not in self.answer and _is_count(p.mention)]
            answered = [p for p in near if self.answer.get(p.order) is target]
            total, limit = sum(_value(p) for p in answered + open_ones), _value(target)
            for p in open_ones:
                made_up = total == limit or _value(p) + _value(actual) == limit
                if total > limit and not made_up and not (_value(p) <= limit and self.affinity.only_stage(p)):
                    continue
                if self.affinity.cued_behind(p, "undone"):
                    continue
                staged = self.affinity.cued(p, "stage") or self.affinity.cued_behind(p, "stage")
                if made_up or (staged and not self.affinity.cued(p, "rest")):
                    self._set_answer(p, target, "stage")

    def _rates_of(self, actual: Placed) -> list[Placed]:
        return self.rates_of.get(actual.order, [])

    def _is_stage(self, actual: Placed, target: Placed) -> bool:
        """Whether a further actual of a target counts another stage of it, and is not just something alike."""
        if self.affinity.cued(actual, "stage") or self._proof(actual, target):
            return True
        return is_intensive(actual.mention.unit) and bool(actual.mention.scope) and not target.mention.scope

    def _proof(self, actual: Placed, target: Placed) -> float:
        """Arithmetic evidence: a rate of this actual that it and the target give."""
        digits = max((computes(actual, target, rate) for rate in self._rates_of(actual)), default=0)
        return _PROVEN.get(digits, _PROVEN_LONG) if digits else 0.0

    def _disproved(self, actual: Placed, target: Placed) -> bool:
        """Whether the share of a plan that the actual is said to be is far from what it is of this target."""
        return any(
            not of_whole(rate) and of_plan(rate) and far_off(actual, target, rate) for rate in self._rates_of(actual)
        )

    def _said_again(self, actual: Placed, target: Placed) -> bool:
        """`22个项目已开工20个`: the target is said again right before how many of it have come so far."""
        before = self.affinity.placed[actual.order - 1] if actual.order else None
        if before is None or not before.same_sentence(actual) or before.mention.unit != actual.mention.unit:
            return False
        return self.root.get(before.order) is target and _value(actual) <= _value(before)

    def _other_base(self, actual: Placed, target: Placed) -> bool:
        """Whether the rate of the actual is said to be of a yearly target, and this target is the whole."""
        rates = self._rates_of(actual)
        return bool(rates) and is_whole(target) and not any(of_whole(rate) for rate in rates)

    def _set_answer(self, item: Placed, target: Placed, why: str = "words") -> None:
        self.answer[item.order] = target
        item.mention.cues["pairing"] = why
        item.mention.links = {"target": [target.mention.span]}

    def _changes(self) -> None:
        """As with actuals; a further change of a target is one counted against it or one remarked in brackets."""
        levels = levels_of_changes(self.text, self.placed)
        targets = self._open_targets()
        growths = [t for t in targets if is_growth(t)]
        pairs: Pairs = []
        for change in self.placed:
            if change.role != "change":
                continue
            level = levels.get(change.order)
            if level is not None and level.order in self.answer and self.affinity.beyond(change):
                self._set_answer(change, self.answer[level.order], "words")
                continue
            for target in targets if self.affinity.cued(change, "against_target") else growths:
                if comparable(change.mention.unit, target.mention.unit):
                    score = self.affinity.of_change(change, target, levels.get(change.order))
                    if score >= _GROWN:
                        pairs.append((score, change, target))
        first: dict[int, Placed] = {}
        for score, change, target in _best_first(pairs):
            if change.order in self.answer:
                continue
            against = self.affinity.cued(change, "against_target")
            taken_by = change if against else first.setdefault(target.order, change)
            further = score >= _FURTHER_CHANGE and not change.part
            if taken_by is change or taken_by is change.host or further:
                self._set_answer(change, target)

    def _rates_to_targets(self) -> None:
        for i, rate in enumerate(self.rates):
            actual = self.rate_actual.get(rate.order)
            target = self.rate_total.get(rate.order)
            if target is None and actual is not None:
                target = self.answer.get(actual.order)
                proven = target is not None and computes(actual, target, rate)
                if (
                    target is not None
                    and of_whole(rate)
                    and target.cell_role == "task"
                    and not (proven or is_whole(target))
                ):
                    target = None
            if actual is None and target is None:
                self._rate_alone(rate, self.rates[:i])
                continue
            links = {}
            if actual is not None:
                links["actual"] = [actual.mention.span]
            if target is not None:
                links["target"] = [self._root(target).mention.span]
            rate.mention.links = links

    def _rate_alone(self, rate: Placed, earlier: list[Placed]) -> None:
        """A rate without its number beside it: one said before, or counted against a target of the same name."""
        for other in earlier:
            same = other.mention.value == rate.mention.value and other.mention.links
            if same and self.affinity.alike(rate, other) >= _SAME_RATE:
                rate.mention.links = dict(other.mention.links)
                return
        best = max(self.targets, key=lambda t: (self.affinity.alike(rate, t), -t.order), default=None)
        if best is not None and self.affinity.alike(rate, best) >= _RATE_OF_TARGET:
            rate.mention.links = {"target": [self._root(best).mention.span]}


def _is_count(mention: Mention) -> bool:
    return mention.value is not None and "/" not in mention.unit and not is_intensive(mention.unit)


def _announced(item: Placed) -> bool:
    return item.mention.cues.get("role") == ANNOUNCED


def _value(item: Placed) -> Decimal:
    return item.mention.value or Decimal(0)


def _best_first(pairs: Pairs) -> Pairs:
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1].order, pair[2].order))


def _same_value(a: Mention, b: Mention) -> bool:
    if a.value is None or b.value is None:
        return (a.low, a.high, a.unit) == (b.low, b.high, b.unit) and a.low is not None
    return convert(a.value, a.unit, b.unit) == b.value
