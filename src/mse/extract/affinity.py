"""How well an actual or a change answers a target: words, units, scope, place in the text, and what cue words say.

Each kind of evidence adds to or takes from one score, so that no single one decides: a metric may be cut short and the
place still tell, or two metrics may read alike and the scopes part them.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from mse.extract.comparable import comparable, convert
from mse.extract.phrases import is_plan
from mse.extract.placed import Placed
from mse.extract.similarity import Wording, says
from mse.extract.verdict import FORECAST
from mse.grammar import alternation, load
from mse.model import Mention

_DATA = load("pairing")
_CUES = {
    name: regex.compile(alternation(_DATA[name]["words"]))
    for name in (
        "against_target",
        "since_start",
        "cumulative",
        "flow",
        "stock",
        "stage",
        "rest",
        "average",
        "excess",
        "undone",
    )
}
_LEAD_UP = regex.compile(alternation(_DATA["lead_up"]["words"]))
_STATUS = regex.compile(rf"(?:{alternation([*load('cues')['status']['words'], *_DATA['stage']['words']])}|\|)+")
_GROWTH = regex.compile(
    alternation(_DATA["growth"]["words"])
    + f"(?!{alternation(_DATA['growth']['to_a_level'])})"
    + f"(?:{alternation(_DATA['growth']['then'])}|\\s)*$"
)
_NAMED_SUM = regex.compile(_DATA["named_sum"]["pattern"])
_PLACES = regex.compile(_DATA["scope_list"]["pattern"])
_PERCENT = frozenset(_DATA["percent"]["units"])

# How much each kind of evidence counts; 0.5 in all makes a pair.
WEIGHTS = {
    "done of the duty before it": 0.35,
    "goes on from the thing before it": 0.5,
    "a part of the whole": -0.3,
    "the whole for a part": -0.3,
    "counts from the start": -0.5,
    "a step that leads up": -0.4,
    "what is left": -0.7,
    "both added": 0.1,
    "all there is, not what was added": -0.3,
    "an average against a total": -0.3,
    "the target is said later": -0.2,
    "the target is of another sentence": -0.15,
    "a step of the plan": -0.25,
    "comes on top": -1.0,
    "an earlier year": -1.0,
    "far beyond the target": -0.4,
    "alone with the target": 0.3,
    "a plan that is only named": 0.2,
    "nothing else it can answer": 0.5,
    "as many as the targets": 0.1,
    "same rank in the list": 0.05,
    "named by another sum": -0.3,
    "same unit": 0.1,
    "same value": 0.15,
    "same standard": 0.3,
}
_TOLD_BY_CONTEXT = 0.85
_TOLD_BY_LEAD = 0.7
_CONTEXT_TIE = 0.12
_OF_THE_LEVEL = 0.95
_ALIKE = 0.5
_SURELY_ALIKE = 0.8
_FAR_BEYOND = 20
_TELLING = 3
_ENOUGH = 2.0  # telling characters that name a thing


class Affinity:
    """Scores within one task. `placed` are all its quantities."""

    def __init__(self, placed: list[Placed]) -> None:
        self.placed = placed
        self.targets = [p for p in placed if p.role == "target"]
        self.actuals = [p for p in placed if p.role == "actual"]
        self.wording = Wording([t.mention.metric for t in self.targets])
        self._alike: dict[tuple[int, int], float] = {}
        self._cued: dict[int, frozenset[str]] = {}

    def alike(self, a: Placed, b: Placed) -> float:
        """How alike what they measure is worded, from 0 to about 1.1; the words around speak where a metric is poor."""
        key = (a.order, b.order)
        known = self._alike.get(key)
        if known is None:
            similarity = self.wording.similarity
            around = similarity(a.context, b.context)
            tie = max(around, similarity(a.head, b.mention.metric))
            if says(a.mention.metric) < _ENOUGH:
                tie += similarity(f"{a.head}|{a.mention.metric}", b.mention.metric)
            known = self._alike[key] = _CONTEXT_TIE * tie + max(
                similarity(a.mention.metric, b.mention.metric),
                _TOLD_BY_CONTEXT * similarity(a.context, b.mention.metric),
                _TOLD_BY_CONTEXT * similarity(a.mention.metric, b.context),
                _TOLD_BY_CONTEXT * around,
                _TOLD_BY_LEAD * similarity(a.lead, b.mention.metric),
            )
        return known

    def cued(self, item: Placed, name: str) -> bool:
        """Whether a cue word of the class (`grammar/pairing.toml`) is in the metric or right before the number."""
        known = self._cued.get(item.order)
        if known is None:
            found = (n for n, pattern in _CUES.items() if pattern.search(item.words))
            known = self._cued[item.order] = frozenset(found)
        return name in known

    def cued_behind(self, item: Placed, name: str) -> bool:
        """Whether a cue word of the class stands in the words right behind the number."""
        return _CUES[name].search(item.after) is not None

    def beyond(self, change: Placed) -> bool:
        """Whether the change tells how far beyond its target a number went."""
        return self.cued(change, "excess") or _CUES["excess"].search(change.mention.cues.get("role", "")) is not None

    def only_stage(self, item: Placed) -> bool:
        """Whether the words before the number tell a stage and name nothing: `开工87台，投入使用54台`."""
        rest, count = _CUES["stage"].subn("", item.before)
        return count > 0 and says(rest) < 1 and not self.cued(item, "rest")

    def of_actual(self, actual: Placed, target: Placed) -> float:
        """How well the actual answers the target; they must be comparable (`may_answer`)."""
        evidence = list(self.evidence(actual, target))
        scope = self._scope(actual, target)
        if scope < 0 and "same standard" in evidence:
            scope = 0.0  # a standard for the whole is met part by part
        return self.alike(actual, target) + scope + sum(WEIGHTS[name] for name in evidence)

    def evidence(self, actual: Placed, target: Placed) -> Iterator[str]:
        """Names of what speaks for and against the pair, beside wording and scope."""
        a, t = actual.mention, target.mention
        if self._done_of_duty(actual, target):
            yield "done of the duty before it"
        elif says(a.metric) < _ENOUGH and self._goes_on(actual, target):
            yield "goes on from the thing before it"
        elif target.cell == actual.cell and target.sentence < actual.sentence:
            yield "the target is of another sentence"
        if actual.subordinate != target.subordinate and not is_intensive(a.unit):
            yield "a part of the whole" if actual.subordinate else "the whole for a part"
        if self.cued(actual, "since_start") or (self.cued(actual, "cumulative") and self._yearly_rival(actual)):
            yield "counts from the start"
        if self.leads_up(actual, target):
            yield "a step that leads up"
        if self.cued(actual, "rest") != self.cued(target, "rest"):
            yield "what is left"
        if self.cued(target, "flow"):
            if self.cued(actual, "flow"):
                yield "both added"
            elif self._is_stock(actual, target):
                yield "all there is, not what was added"
        if a.unit == t.unit and "/" not in a.unit and self.cued(actual, "average") != self.cued(target, "average"):
            yield "an average against a total"
        if target.order > actual.order and t.cues.get("role") == FORECAST:
            yield "comes on top"
        elif target.order > actual.order and target.clause is not actual.clause:
            beside = target.same_sentence(actual) or not _exceeds(a, t)
            counted = target.cell != actual.cell or (self.cued(target, "against_target") and beside)
            yield "the target is said later" if counted else "comes on top"
            if actual.cell_role == "text" and _ends_earlier(a, t):
                yield "an earlier year"
        if target.cell_role == "plan" and actual.cell != target.cell and self._promised(a.unit):
            yield "a step of the plan"
        if _far_beyond(a, t):
            yield "far beyond the target"
        if _named_apart(a.metric, t.metric):
            yield "named by another sum"
        if a.unit == t.unit:
            yield "same unit"
        if _same_telling_value(a, t):
            yield "same standard" if "/" in a.unit else "same value"
        yield from self._among_others(actual, target)

    def _among_others(self, actual: Placed, target: Placed) -> Iterator[str]:
        a, t = actual.mention, target.mention
        rivals = [p for p in self.actuals if p is not actual and comparable(p.mention.unit, t.unit)]
        others = [p for p in self.targets if p is not target and comparable(a.unit, p.mention.unit)]
        if not rivals and not others:
            if actual.cell_role == "text" and self.alike(actual, target) < _ALIKE:
                return  # a paragraph of prose tells of many things
            yield "alone with the target"
            if a.unit == t.unit and actual.cell != target.cell and "|" not in t.metric and is_plan(t.metric):
                yield "a plan that is only named"
        elif not others and actual.cell != target.cell and _STATUS.fullmatch(a.metric) and a.unit == t.unit:
            yield "nothing else it can answer"
        elif a.unit == t.unit and self._only_these(a.unit):
            yield "as many as the targets"
        if rivals and len(rivals) == len(others):
            ranks = [sum(p.order < own.order for p in of) for own, of in ((actual, rivals), (target, others))]
            if ranks[0] == ranks[1]:
                yield "same rank in the list"

    def leads_up(self, item: Placed, target: Placed) -> bool:
        """Whether the number counts a step before the work, and the target does not count that step itself."""
        if not _LEAD_UP.search(item.mention.metric) or _LEAD_UP.search(target.words + target.context):
            return False
        # A step named only by the topic: `入户评估1320户，完工968户`.
        return _CUES["stage"].search(item.before) is None or _LEAD_UP.search(item.before) is not None

    def of_change(self, change: Placed, target: Placed, level: Placed | None) -> float:
        """How well a change answers a target; `level` is the number that grew or fell."""
        score = self.alike(change, target)
        if level is not None:
            score = max(score, _OF_THE_LEVEL * self.alike(level, target))
        score += self._scope(change, target)
        if change.part and not target.part:
            score -= 0.2
        if self.cued(change, "average") != self.cued(target, "average"):
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
        rival = any(
            p is not actual and comparable(p.mention.unit, target.mention.unit) and self.alike(p, target) >= _ALIKE
            for p in self.actuals
        )
        return -0.4 if rival else -0.1

    def _done_of_duty(self, actual: Placed, target: Placed) -> bool:
        """`需迁改57处，累计完成53处`: a duty and right after it what is done of it, in the same sentence."""
        if not target.same_sentence(actual) or target.order >= actual.order or target.clause is actual.clause:
            return False
        if target.subordinate and not actual.subordinate:
            return False
        between = self.placed[target.order + 1 : actual.order]
        return not any(p.role in ("target", "actual") and p.host is None for p in between)

    def _goes_on(self, actual: Placed, target: Placed) -> bool:
        """`危房户共120户。已动工51户，竣工23户`: a number that names nothing counts the thing named before."""
        if target.cell != actual.cell or target.order >= actual.order or actual.sentence - target.sentence > 1:
            return False
        between = self.placed[target.order + 1 : actual.order]
        return not any(p.role == "target" and comparable(p.mention.unit, actual.mention.unit) for p in between)

    def _yearly_rival(self, actual: Placed) -> bool:
        """Whether the number of this year stands before a cumulative one."""
        return any(
            p.order < actual.order
            and p.cell == actual.cell
            and comparable(p.mention.unit, actual.mention.unit)
            and not self.cued(p, "cumulative")
            and self.wording.similarity(p.mention.metric, actual.mention.metric) >= _SURELY_ALIKE
            for p in self.actuals
        )

    def _is_stock(self, actual: Placed, target: Placed) -> bool:
        """Whether the number is all there is, and not what was added: said so, or what was added stands beside it."""
        return self.cued(actual, "stock") or any(
            p is not actual
            and self.cued(p, "flow")
            and comparable(p.mention.unit, actual.mention.unit)
            and self.alike(p, target) >= _ALIKE
            for p in self.actuals
        )

    def _promised(self, unit: str) -> bool:
        """Whether the task itself promises something in such a unit, which a step of its plan only leads to."""
        return any(t.cell_role == "task" and comparable(unit, t.mention.unit) for t in self.targets)

    def _only_these(self, unit: str) -> bool:
        """Whether the task has as many actuals as targets in a unit that tells much, such as 微克/立方米."""
        if "/" not in unit:
            return False
        return sum(p.mention.unit == unit for p in self.actuals) == sum(p.mention.unit == unit for p in self.targets)


def may_answer(actual: Placed, target: Placed) -> bool:
    """Whether an actual can answer a target at all: comparable units, and growth only by growth."""
    if not comparable(actual.mention.unit, target.mention.unit):
        return False
    return not is_growth(target) or is_growth(actual)


def is_growth(item: Placed) -> bool:
    """Whether the number is itself a growth figure (`工业投资增长8%`), not a level."""
    if item.mention.unit not in _PERCENT:
        return False
    return any(_GROWTH.search(piece) for piece in (item.before, *item.mention.metric.split("|")))


def is_intensive(unit: str) -> bool:
    """Whether values in the unit do not add up, as shares and standards: one that holds for a place is no part."""
    return unit in _PERCENT or "/" in unit


def scope_agreement(a: str, b: str) -> float | None:
    """1 for the same places, less where one name is short for the other (端州, 端州区); None where they differ."""
    if a == b:
        return 1.0
    if not a or not b:
        return None
    first, second = set(_PLACES.split(a)), set(_PLACES.split(b))
    if all(any(x.startswith(y) or y.startswith(x) for y in second) for x in first):
        return 0.8 if len(first) == len(second) else 0.5
    return 0.3 if a.endswith(b) or b.endswith(a) else None


def telling_digits(mention: Mention) -> int:
    """How many digits the value has without its zeros at the end: how unlikely it is to turn up twice by chance."""
    return len(mention.value.normalize().as_tuple().digits) if mention.value is not None else 0


def _ends_earlier(actual: Mention, target: Mention) -> bool:
    if actual.period is None or target.period is None or actual.period.end is None or target.period.end is None:
        return False
    return actual.period.end.year < target.period.end.year


def _named_apart(a: str, b: str) -> bool:
    """Whether both names hold a sum, and not the same (`亿元以上项目`, `10亿元以上项目`)."""
    first, second = set(_NAMED_SUM.findall(a)), set(_NAMED_SUM.findall(b))
    return bool(first) and bool(second) and first.isdisjoint(second)


def _exceeds(actual: Mention, target: Mention) -> bool:
    if actual.value is None or target.value is None:
        return False
    reached = convert(actual.value, actual.unit, target.unit)
    return reached is not None and reached > target.value


def _far_beyond(actual: Mention, target: Mention) -> bool:
    if actual.value is None or target.value is None or target.value <= 0:
        return False
    reached = convert(actual.value, actual.unit, target.unit)
    return reached is not None and reached > _FAR_BEYOND * target.value


def _same_telling_value(actual: Mention, target: Mention) -> bool:
    if actual.value is None or (telling_digits(actual) < _TELLING and "/" not in actual.unit):
        return False
    return convert(actual.value, actual.unit, target.unit) == target.value
