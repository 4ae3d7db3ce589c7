"""What a rate is a rate of: the number reached before it, and the total written beside it.

A clause that is nothing but a rate (`，占年度任务的31%`) belongs to the number just before; a list of rates belongs to
the list of as many numbers before it, in order; a total in the clause itself (`占开工任务2823套的55.9%`) is what is
counted against. Where words and place leave it open, the pair whose arithmetic gives the rate is taken.
"""

from __future__ import annotations

from decimal import Decimal

import regex

from mse.extract.affinity import Affinity, may_answer
from mse.extract.completion import completion, decimals, percent
from mse.extract.levels import amounts_first, seen_from
from mse.extract.placed import Placed
from mse.grammar import alternation, load
from mse.model import SpanRef

_DATA = load("pairing")
_BARE = regex.compile(_DATA["bare_rate"]["pattern"])
_SHARE_OF = regex.compile(_DATA["share_of"]["pattern"])
_SAME_LIST = regex.compile(_DATA["same_list"]["pattern"])
_WORK = regex.compile(alternation(_DATA["work"]["words"]))
_WHOLE = regex.compile(alternation(_DATA["whole"]["words"]))
_PLANNED = regex.compile(alternation(load("cues")["restated_target"]["words"]))
_STATUS = regex.compile(alternation(load("cues")["status"]["words"]))
_DONE_RATE = regex.compile(alternation(load("cues")["work_done"]["rates"]))
_SHARES = frozenset([*load("cues")["units"]["percent"], *load("cues")["units"]["points"]])
_NEAREST = 6  # numbers of a sentence looked back over
_ALIKE = 0.35
_SURELY_ALIKE = 0.65
_TELLING_DIGITS = 3
_NOWHERE_NEAR = Decimal("1.5")  # a share of other work is off by more


def actuals_of(run: list[Placed], affinity: Affinity) -> list[Placed | None]:
    """For each rate of the run the actual it belongs to, or None where it stands alone."""
    first = run[0]
    before = [p for p in affinity.actuals if p.cell == first.cell and p.order < first.order]
    near = [p for p in before if p.same_sentence(first)]
    if len(run) > 1:
        seen = amounts_first(seen_from(first, near), len(run))
        if len(seen) >= len(run):
            return list(seen[-len(run) :])
    return [_actual_of(rate, near, before, affinity) for rate in run]


def _actual_of(rate: Placed, near: list[Placed], before: list[Placed], affinity: Affinity) -> Placed | None:
    proven = [p for p in near if any(computes(p, t, rate) for t in affinity.targets if may_answer(p, t))]
    if not near and _PLANNED.search(rate.before):
        last = [p for p in before if rate.sentence - p.sentence == 1]
        proven = [p for p in last if any(computes(p, t, rate) for t in affinity.targets if may_answer(p, t))]
    if proven:
        return max(proven, key=lambda p: (affinity.alike(rate, p) >= _ALIKE, p.order))
    if (behind := _actual_behind(rate, affinity)) is not None:
        return behind
    if (fitting := _only_fitting(rate, near, affinity)) is not None:
        return fitting
    if _WORK.search(rate.words):
        return None
    seen = amounts_first(seen_from(rate, near), 1)
    if _PLANNED.search(rate.before) and rate.host is None:
        seen = _totals(seen)
    if is_bare(rate) and seen and not (rate.clause.parent is not None and rate.host is None):
        if rate.part and rate.host is not None:
            twins = [p for p in seen + near if p.host is not None and p.part and p.clause is not rate.clause]
            if twins:
                return twins[-1]
        return seen[-1]
    for pool, least in ((near, _ALIKE), (before, _SURELY_ALIKE)):
        told = [p for p in pool if not affinity.cued(p, "rest")]  # a share done is not of what is left
        best = max(told, key=lambda p: (affinity.alike(rate, p), p.order), default=None)
        if best is not None and affinity.alike(rate, best) >= least:
            return best
    if _DONE_RATE.search(rate.before) and rate.clause.parent is None:
        return next((p for p in reversed(seen) if p.mention.unit not in _SHARES and not affinity.cued(p, "rest")), None)
    return None


def _only_fitting(rate: Placed, near: list[Placed], affinity: Affinity) -> Placed | None:
    """The only number of the sentence that its target and the rate agree with, where others do not: `81%` of 3411件."""
    targets = [t for t in affinity.targets if t.same_sentence(rate) and t.order < rate.order]
    agreeing: list[Placed] = []
    denied = False
    for p in near[-_NEAREST:]:
        found = {completion(p.mention, t.mention, rate.mention).consistent for t in targets if may_answer(p, t)}
        if True in found:
            agreeing.append(p)
        elif False in found:
            denied = True
    return agreeing[0] if denied and len(agreeing) == 1 else None


def _actual_behind(rate: Placed, affinity: Affinity) -> Placed | None:
    """`完成年度计划的50.4%，完成投资206.7亿元`: the number right behind, where arithmetic proves it."""
    if rate.order + 1 >= len(affinity.placed):
        return None
    behind = affinity.placed[rate.order + 1]
    if behind.role != "actual" or not behind.same_sentence(rate):
        return None
    return behind if any(computes(behind, t, rate) for t in affinity.targets if may_answer(behind, t)) else None


def _totals(seen: list[Placed]) -> list[Placed]:
    """Without the parts that break a total down: `建成53个，其中公共18个、专用35个，完成年度任务的46%` is of the total.

    A single part, or one with a verb of its own (`其中技改完成3亿元`), has a plan of its own, too.
    """
    end = len(seen)
    while end and seen[end - 1].part and not _STATUS.search(seen[end - 1].before):
        end -= 1
    return seen[:end] if 0 < end < len(seen) - 1 else seen


def computes(actual: Placed, target: Placed, rate: Placed) -> int:
    """How many telling digits of the rate actual over target gives; 0 where it does not, or by accident may."""
    value = rate.mention.value
    if value is None:
        return 0
    digits = len((value * 10 ** decimals(value)).to_integral_value().as_tuple().digits)
    if digits < _TELLING_DIGITS or completion(actual.mention, target.mention, rate.mention).consistent is not True:
        return 0
    return digits


def far_off(actual: Placed, target: Placed, rate: Placed) -> bool:
    """Whether actual over target is nowhere near the rate: so far off that no slip or rounding explains it."""
    stated = percent(rate.mention)
    share = completion(actual.mention, target.mention, None).computed
    if stated is None or share is None or stated <= 0 or share <= 0:
        return False
    return max(stated, share) > _NOWHERE_NEAR * min(stated, share)


def of_plan(rate: Placed) -> bool:
    """Whether the rate is said to be a share of a plan or task."""
    return _PLANNED.search(rate.before) is not None


def is_bare(rate: Placed) -> bool:
    """Whether the clause says nothing of its own before the rate."""
    return _BARE.fullmatch(rate.before) is not None


def of_whole(rate: Placed) -> bool:
    """Whether the rate is a share of the whole undertaking and not of a yearly target."""
    return _WHOLE.search(rate.before) is not None


def is_whole(target: Placed) -> bool:
    """Whether the target is the size of the whole undertaking (`总投资`), not what a year shall bring."""
    return _WHOLE.search(target.words) is not None


def written_total(text: str, rate: Placed, affinity: Affinity) -> Placed | None:
    """The target that stands right before the rate in its clause, or in a bracket there: what it is a share of."""
    if rate.order == 0:
        return None
    last = affinity.placed[rate.order - 1]
    if last.role != "target" or not last.same_sentence(rate):
        return None
    return last if _SHARE_OF.fullmatch(text, last.mention.end, rate.mention.start) else None


def said_before(placed: list[Placed]) -> dict[SpanRef, str]:
    """For each rate, by its span, the words that say what it is counted against; a list of rates shares them."""
    said: dict[SpanRef, str] = {}
    previous: Placed | None = None
    for item in placed:
        if item.role != "rate":
            continue
        shares = previous is not None and previous.same_sentence(item) and _SAME_LIST.fullmatch(item.before)
        said[item.mention.span] = said[previous.mention.span] if shares and previous is not None else item.before
        previous = item
    return said
