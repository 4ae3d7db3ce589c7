"""How well an actual or a change answers a target: words, units, scope, place in the text, and arithmetic.

Each kind of evidence adds to or takes from one score, so that no single one decides: a metric may be cut short and the
place still tell, or two metrics may read alike and the scopes part them.
"""

from __future__ import annotations

from decimal import Decimal

import regex

from mse.extract.comparable import comparable, convert
from mse.extract.placed import Placed
from mse.extract.similarity import Wording, says
from mse.grammar import alternation, load
from mse.model import Mention

_DATA = load("pairing")


def _any(name: str) -> regex.Pattern[str]:
    return regex.compile(alternation(_DATA[name]["words"]))


_NO_GROWTH = frozenset(_DATA["growth"]["except"])
_GROWTH = regex.compile(alternation([*_DATA["growth"]["words"], *_NO_GROWTH]))
_SINCE_START = _any("since_start")
_CUMULATIVE = _any("cumulative")
_LEAD_UP = _any("lead_up")
_FLOW = _any("flow")
_STOCK = _any("stock")
_REST = _any("rest")
_AVERAGE = _any("average")
_PLACES = regex.compile(_DATA["scope_list"]["pattern"])
_PERCENT = frozenset(_DATA["percent"]["units"])

_TOLD_BY_CONTEXT = 0.85
_CONTEXT_TIE = 0.12
_TELLING = 3
_ENOUGH = 2.0  # telling characters that name a thing
_FAR_BEYOND = Decimal(20)


class Affinity:
    """Scores within one task. `placed` are all its quantities."""

    def __init__(self, placed: list[Placed]) -> None:
        self.placed = placed
        self.targets = [p for p in placed if p.role == "target"]
        self.actuals = [p for p in placed if p.role == "actual"]
        self.wording = Wording([t.mention.metric for t in self.targets])
        self._alike: dict[tuple[int, int], float] = {}

    def alike(self, a: Placed, b: Placed) -> float:
        """How alike what they measure is worded, from 0 to about 1.1; the context speaks where a metric is poor."""
        key = (a.order, b.order)
        known = self._alike.get(key)
        if known is None:
            similarity = self.wording.similarity
            around = similarity(a.context, b.context)
            known = self._alike[key] = _CONTEXT_TIE * around + max(
                similarity(a.mention.metric, b.mention.metric),
                _TOLD_BY_CONTEXT * similarity(a.context, b.mention.metric),
                _TOLD_BY_CONTEXT * similarity(a.mention.metric, b.context),
                _TOLD_BY_CONTEXT * around,
            )
        return known

    def of_actual(self, actual: Placed, target: Placed) -> float:
        """How well the actual answers the target; both are comparable already."""
        a, t = actual.mention, target.mention
        score = self.alike(actual, target) + self._scope(actual, target)
        if self._done_of_duty(actual, target):
            score += 0.35
        elif says(a.metric) < _ENOUGH and self._goes_on(actual, target):
            score += 0.5
        if actual.part and not target.part and not is_intensive(a.unit):
            score -= 0.3
        if _SINCE_START.search(actual.words):
            score -= 0.5
        elif _CUMULATIVE.search(actual.words) and self._yearly_rival(actual):
            score -= 0.5
        score -= self.preparation(actual, target)
        if _REST.search(actual.words) and not _REST.search(target.words):
            score -= 0.4
        if _FLOW.search(target.words) and _STOCK.search(actual.words) and not _FLOW.search(actual.words):
            score -= 0.2
        if a.unit == t.unit and "/" not in a.unit and _is_average(actual) != _is_average(target):
            score -= 0.3
        if target.order > actual.order and target.clause is not actual.clause:
            score -= 0.2 if target.cell != actual.cell else 0.1
        if _far_beyond(a, t):
            score -= 0.4
        rivals = [p for p in self.actuals if p is not actual and comparable(p.mention.unit, t.unit)]
        others = [p for p in self.targets if p is not target and comparable(a.unit, p.mention.unit)]
        if not rivals and not others:
            score += 0.3
        elif a.unit == t.unit and self._only_these(a.unit):
            score += 0.1
        if len(rivals) == len(others) and rivals and self._rank(actual, self.actuals) == self._rank(target, self.targets):
            score += 0.1
        if a.unit == t.unit:
            score += 0.05
        if a.value is not None and telling_digits(a) >= _TELLING and convert(a.value, a.unit, t.unit) == t.value:
            score += 0.15
        return score

    def preparation(self, item: Placed, target: Placed) -> float:
        """What to take off because the number counts a step that merely leads up to the target."""
        leads_up = _LEAD_UP.search(item.mention.metric) and not _LEAD_UP.search(target.words + target.context)
        return 0.4 if leads_up else 0.0

    def of_change(self, change: Placed, target: Placed, level: Placed | None) -> float:
        """How well a change answers a target; `level` is the number whose change it is."""
        score = self.alike(change, target)
        if level is not None:
            score = max(score, 0.95 * self.alike(level, target))
        score += self._scope(change, target)
        if change.part and not target.part:
            score -= 0.2
        if _is_average(change) != _is_average(target):
            score -= 0.2
        return score

    def _scope(self, actual: Placed, target: Placed) -> float:
        a, t = actual.mention.scope, target.mention.scope
        agreement = scope_agreement(a, t)
        if agreement is not None:
            return 0.15 * agreement if a else 0.0
        if a and t:
            return -0.5
        if t:
            return 0.05 if t in actual.lead or t in actual.context else -0.25
        if is_intensive(actual.mention.unit):
            own = any((scope_agreement(a, p.mention.scope) or 0.0) >= 0.5 for p in self.targets if p.mention.scope)
            return -0.5 if own else -0.05
        rivals = [
            p
            for p in self.actuals
            if p is not actual and comparable(p.mention.unit, target.mention.unit) and self.alike(p, target) >= 0.5
        ]
        return -0.4 if rivals else -0.1

    def _done_of_duty(self, actual: Placed, target: Placed) -> bool:
        """`需迁改57处，累计完成53处`: a duty and right after it what is done of it, in the same sentence."""
        if not target.same_sentence(actual) or target.order >= actual.order or target.clause is actual.clause:
            return False
        between = self.placed[target.order + 1 : actual.order]
        return not any(p.role in ("target", "actual") and p.host is None for p in between)

    def _goes_on(self, actual: Placed, target: Placed) -> bool:
        """`危房户共120户。已动工51户，竣工23户`: a number that names no thing of its own counts the one named before."""
        if target.cell != actual.cell or target.order >= actual.order or actual.sentence - target.sentence > 1:
            return False
        between = self.placed[target.order + 1 : actual.order]
        return not any(p.role == "target" and comparable(p.mention.unit, actual.mention.unit) for p in between)

    def _yearly_rival(self, actual: Placed) -> bool:
        """Whether the number of this year stands beside a cumulative one."""
        return any(
            p.order < actual.order
            and p.cell == actual.cell
            and comparable(p.mention.unit, actual.mention.unit)
            and not _CUMULATIVE.search(p.words)
            and self.wording.similarity(p.mention.metric, actual.mention.metric) >= 0.8
            for p in self.actuals
        )

    def _only_these(self, unit: str) -> bool:
        """Whether the task has as many actuals as targets in a unit that tells much, such as 微克/立方米."""
        if unit in _PERCENT or "/" not in unit:
            return False
        return sum(p.mention.unit == unit for p in self.actuals) == sum(p.mention.unit == unit for p in self.targets)

    def _rank(self, item: Placed, of: list[Placed]) -> int:
        return sum(1 for p in of if p.order < item.order and comparable(p.mention.unit, item.mention.unit))


def may_answer(actual: Placed, target: Placed) -> bool:
    """Whether an actual can answer a target at all: comparable units, and growth only to growth."""
    if not comparable(actual.mention.unit, target.mention.unit):
        return False
    return not is_growth(target) or is_growth(actual)


def is_growth(item: Placed) -> bool:
    """Whether the number is itself a growth figure (`工业投资增长8%`), not a level."""
    if item.mention.unit not in _PERCENT:
        return False
    return any(hit.group() not in _NO_GROWTH for hit in _GROWTH.finditer(item.words))


def _is_average(item: Placed) -> bool:
    return _AVERAGE.search(item.words) is not None


def is_intensive(unit: str) -> bool:
    """Whether values in the unit do not add up, as shares and standards: what holds for a place is no part of a whole."""
    return unit in _PERCENT or "/" in unit


def scope_agreement(a: str, b: str) -> float | None:
    """1 for the same places, less where one name is short for the other (端州, 端州区); None where they differ."""
    if a == b:
        return 1.0
    if not a or not b:
        return None
    first, second = set(_PLACES.split(a)), set(_PLACES.split(b))
    if all(any(_same_place(x, y) for y in second) for x in first):
        return 0.8 if len(first) == len(second) else 0.5
    return 0.3 if a.endswith(b) or b.endswith(a) else None


def _same_place(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)


def telling_digits(mention: Mention) -> int:
    """How many digits the value has without its zeros at the end: how unlikely it is to turn up twice by chance."""
    return len(mention.value.normalize().as_tuple().digits) if mention.value is not None else 0


def _far_beyond(actual: Mention, target: Mention) -> bool:
    if actual.value is None or target.value is None or target.value <= 0:
        return False
    reached = convert(actual.value, actual.unit, target.unit)
    return reached is not None and reached > _FAR_BEYOND * target.value
