"""Which tasks are behind: the share done against the share of the target's period that is gone.

What grows through the year is measured against the time. Limits, ratios, growth figures and standards do not add up:
they are reached or not. Where numbers say nothing, plain words do (已完成, 按进度完成); else the status is unknown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext

import regex

from mse.audit import wording
from mse.audit.growth import direction
from mse.audit.record import Record, amount, records
from mse.audit.rounding import EXACT, HUNDRED, rounded
from mse.audit.status import MetricStatus, Status, TaskStatus
from mse.extract.affinity import is_growth, is_intensive
from mse.extract.comparable import convert
from mse.extract.completion import percent
from mse.extract.placed import Placed
from mse.grammar import alternation, load
from mse.model import Mention, Metadata, Period, Task, plain
from mse.pipeline import Analysis

_DATA = load("audit")
_BY_VALUE = regex.compile(alternation(_DATA["by_value"]["words"]) + r"\W*$")
_LESS_IS_BETTER = regex.compile(alternation(_DATA["less_is_better"]["words"]))
_LIMIT = regex.compile(alternation(load("cues")["limit_target"]["words"]) + r"\s*$")
_PART_OF_YEAR = regex.compile(alternation(_DATA["part_of_year"]["words"]))
_AGAINST_TARGET = regex.compile(alternation(load("pairing")["against_target"]["words"]))
_OTHER_BASE = regex.compile(alternation(_DATA["other_base"]["words"]))
_JOINT = regex.compile(rf"\s*(?:{load('clauses')['item_mark']})\s*")
_SENTENCE_END = regex.compile(load("clauses")["sentence_end"])
_SAID: list[tuple[Status, frozenset[str]]] = [
    ("done", frozenset(_DATA["said_done"]["words"])),
    ("on track", frozenset(_DATA["said_on_track"]["words"])),
]
_SAID_BEHIND = regex.compile(alternation(_DATA["said_behind"]["words"]))
_PERCENT = frozenset(("%",))
_MARGIN = Decimal(5)  # percentage points between the shares that still count as on track
_LATE_START = 31  # days: a figure that begins later is not one of the whole period
_YEAR_DAYS = 364
_PLACES = 2
_WORST_FIRST: tuple[Status, ...] = ("behind", "on track", "ahead", "done")


def schedule(analysis: Analysis) -> list[TaskStatus]:
    """The status of every task of a report, in the order of the text. Reads mentions, links and the report's period."""
    by_task: dict[int, list[Record]] = {}
    for record in records(analysis):
        if record.task is not None:
            by_task.setdefault(id(record.task), []).append(record)
    return [_of_task(analysis, task, by_task.get(id(task), [])) for task in analysis.report.tasks]


def _of_task(analysis: Analysis, task: Task, known: Sequence[Record]) -> TaskStatus:
    metrics = [status for record in known for status in _of_record(record)]
    if all(m.status == "unknown" for m in metrics):
        metrics = [*metrics, *_by_words(analysis, task)]
    decided = [m for m in metrics if m.status != "unknown"]
    deciding = next((m for status in _WORST_FIRST for m in decided if m.status == status), None)
    status: Status = deciding.status if deciding is not None else "unknown"
    if status == "done" and len(decided) < len(metrics):
        status = "unknown"  # one promise is kept, of another nothing is known
    return TaskStatus.model_construct(
        doc=analysis.report.doc,
        task=task.number,
        category=task.category,
        start=task.start,
        end=task.end,
        status=status,
        basis=deciding.basis if deciding is not None and status != "unknown" else "",
        share_done=deciding.share_done if deciding is not None else None,
        share_gone=deciding.share_gone if deciding is not None else None,
        arithmetic=deciding.arithmetic if deciding is not None else "",
        metrics=metrics,
    )


# promises with figures


def _of_record(record: Record) -> Iterator[MetricStatus]:
    """One status for each target of the task cell, and for each share of a target that is written nowhere."""
    for target in record.placed:
        if target.cell_role == "task" and target.role == "target" and _is_promise(record, target):
            yield _of_target(record, target)
    said = record.said()
    for rate in record.placed:
        if rate.role != "rate" or record.linked(rate, "target") is not None or not amount(rate.mention):
            continue
        words = said[rate.mention.span]
        counted = _AGAINST_TARGET.search(words) and not _PART_OF_YEAR.search(words) and not _OTHER_BASE.search(words)
        share = percent(rate.mention)
        if counted and share is not None:
            yield _by_time(record, None, record.linked(rate, "actual"), rate, share)


def _is_promise(record: Record, target: Placed) -> bool:
    """Whether the target is one positive number, and no count in a name that is merely repeated (三大工程)."""
    mention = target.mention
    if mention.value is None or mention.value <= 0:
        return False
    named = not any(c.isdecimal() for c in mention.text)
    return not (named and any(p.cell != target.cell and p.mention.text == mention.text for p in record.placed))


def _of_target(record: Record, target: Placed) -> MetricStatus:
    """By every number that answers the target; where they disagree, as stages of a work do, nothing is known."""
    answers = [p for p in record.placed if p.role in ("actual", "change") and record.linked(p, "target") is target]
    answers = [p for p in answers if p.mention.value is not None and not _is_distance(p)]
    rates = [p for p in record.placed if p.role == "rate" and record.linked(p, "target") is target]
    with_rate = [a for a in answers if any(record.linked(r, "actual") is a for r in rates)]
    unscoped = [a for a in answers if not a.mention.scope or a.mention.scope == target.mention.scope]
    found = [_answered(record, target, a) for a in with_rate or unscoped or answers]
    if not found:
        for rate in rates:
            share = percent(rate.mention)
            if share is not None and not is_intensive(target.mention.unit) and amount(rate.mention):
                found.append(_by_time(record, target, None, rate, share))
    if len({status.status for status in found}) == 1:
        return found[0]
    return _status(target, None, "unknown", "", "", None, None)


def _is_distance(item: Placed) -> bool:
    """Whether the change is the distance from the target itself."""
    return item.role == "change" and _AGAINST_TARGET.search(item.words) is not None


def _answered(record: Record, target: Placed, answer: Placed) -> MetricStatus:
    t, a = target.mention, answer.mention
    assert t.value is not None
    assert a.value is not None
    reached = convert(a.value, a.unit, t.unit)
    if reached is None:
        return _status(target, answer, "unknown", "", "", None, None)
    is_limit = t.op in ("<", "<=") or _limited(record, target)
    if is_limit or is_intensive(t.unit) or _BY_VALUE.search(_plain(t.metric)) or answer.role == "change":
        return _by_value(record, target, answer, reached, is_limit)
    with localcontext(EXACT):
        share = reached / t.value * HUNDRED
    return _by_time(record, target, answer, None, share)


def _limited(record: Record, target: Placed) -> bool:
    """Whether it is a value to keep below (`控制在36、55微克/立方米`), said before it or before its list."""
    while not _LIMIT.search(target.before):
        if target.order == 0 or target.before.strip():
            return False
        before = record.placed[target.order - 1]
        if not before.same_sentence(target) or not _JOINT.fullmatch(
            record.text, before.mention.end, target.mention.start
        ):
            return False
        target = before
    return True


def _by_value(record: Record, target: Placed, answer: Placed, reached: Decimal, is_limit: bool) -> MetricStatus:
    """A limit or a growth figure holds until the period is over; a level once reached is done."""
    t, a = target.mention, answer.mention
    assert t.value is not None
    less = is_limit or _LESS_IS_BETTER.search(_plain(t.metric)) is not None
    if answer.role == "change" and _falls(answer):
        reached = -reached
    met = reached <= t.value if less else reached >= t.value
    moves = less or is_growth(target) or answer.role == "change"
    over = _is_over(record, t)
    status: Status = "behind" if not met else "on track" if moves and not over else "done"
    sign = ("≤" if less else "≥") if met else (">" if less else "<")
    shown = wording.shown(a) if reached >= 0 or a.value == reached else f"-{wording.shown(a)}"
    return _status(target, answer, status, "value", f"{shown} {sign} {wording.shown(t)}", None, None)


def _plain(metric: str) -> str:
    return metric.replace("|", "").replace(" ", "")


def _falls(answer: Placed) -> bool:
    return direction(answer) < 0 and answer.mention.value is not None and answer.mention.value > 0


def _is_over(record: Record, target: Mention) -> bool:
    about = record.report.metadata.period
    end = target.period.end if target.period is not None else None
    return about is not None and about.end is not None and end is not None and about.end >= end


def _by_time(
    record: Record, target: Placed | None, answer: Placed | None, rate: Placed | None, share: Decimal
) -> MetricStatus:
    """The share done against the share of the period that is gone."""
    promise = target.mention if target is not None else None
    told = answer.mention if answer is not None else rate.mention if rate is not None else None
    share = rounded(share, _PLACES)
    done = _share_text(promise, answer.mention if answer is not None else None, rate, share)
    gone = _gone(record.report.metadata, promise, told)
    status: Status
    if share >= HUNDRED:
        return _status(target, answer, "done", "time", done, share, None, rate)
    if gone is None:
        return _status(target, answer, "unknown", "", done, share, None, rate)
    passed, days = gone
    with localcontext(EXACT):
        part = rounded(Decimal(passed) / Decimal(days) * HUNDRED, _PLACES)
        off = share - part
    status = "ahead" if off > _MARGIN else "behind" if off < -_MARGIN else "on track"
    elapsed = f"{wording.name('share_gone')} {passed} / {days}{wording.name('days')} = {plain(part)}%"
    return _status(target, answer, status, "time", f"{done}{wording.name('comma')}{elapsed}", share, part, rate)


def _share_text(target: Mention | None, reached: Mention | None, rate: Placed | None, share: Decimal) -> str:
    label = wording.name("share_done")
    if target is None or reached is None:
        return f"{label} {plain(share)}%" if rate is None else f"{label} {wording.shown(rate.mention)}"
    return f"{label} {wording.shown(reached)} / {wording.shown(target)} = {plain(share)}%"


def _gone(about: Metadata, target: Mention | None, told: Mention | None) -> tuple[int, int] | None:
    """Days gone and days in all of the target's period; None where either end is not known."""
    start, end = _period(about, target)
    until = about.period.end if about.period is not None else about.issued
    if told is not None and told.period is not None and (about.period is not None or not _is_year(told.period)):
        until = told.period.end or until
    if until is None or start is None or end is None or not start <= until:
        return None
    began = told.period.start if told is not None and told.period is not None else None
    if began is not None and (began - start).days > _LATE_START:
        return None
    days = (end - start).days + 1
    return min((until - start).days + 1, days), days


def _is_year(period: Period) -> bool:
    """Whether the period is a whole year, as it is for numbers of a report that does not say how far it goes."""
    start, end = period.start, period.end
    return start is not None and end is not None and (end - start).days >= _YEAR_DAYS


def _period(about: Metadata, target: Mention | None) -> tuple[dt.date | None, dt.date | None]:
    """The period of the promise: a deadline within the report's year counts from its first day."""
    if about.year is None or not dt.MINYEAR <= about.year <= dt.MAXYEAR:
        return None, None
    first, last = dt.date(about.year, 1, 1), dt.date(about.year, 12, 31)
    if target is None or target.period is None or target.period.end is None:
        return first, last
    start, end = target.period.start, target.period.end
    if start is None:
        return (first, end) if first <= end <= last else (None, None)
    return start, end


def _status(
    target: Placed | None,
    answer: Placed | None,
    status: Status,
    basis: str,
    arithmetic: str,
    share: Decimal | None,
    gone: Decimal | None,
    rate: Placed | None = None,
) -> MetricStatus:
    used = [p.mention for p in (target, answer, rate) if p is not None]
    return MetricStatus.model_construct(
        metric=used[0].metric,
        scope=next((m.scope for m in used if m.scope), ""),
        status=status,
        basis=basis,
        target=wording.amount_of(target.mention) if target is not None else None,
        reached=wording.amount_of(answer.mention) if answer is not None else None,
        share_done=share,
        share_gone=gone,
        arithmetic=arithmetic,
        evidence=[wording.evidence(m) for m in sorted(used, key=lambda m: m.span)],
    )


# promises without figures


def _by_words(analysis: Analysis, task: Task) -> Iterator[MetricStatus]:
    """What the first sentence of the progress says outright, or any sentence that admits delay."""
    text = analysis.report.text
    for cell in task.cells:
        if cell.role not in ("progress", "problems"):
            continue
        if hit := _SAID_BEHIND.search(text, cell.start, cell.end):
            yield _said("behind", hit.start(), hit.end(), text)
            return
    for cell in task.cells:
        if cell.role != "progress":
            continue
        end = _SENTENCE_END.search(text, cell.start, cell.end)
        first = text[cell.start : end.start() if end else cell.end]
        for status, words in _SAID:
            if first.strip() in words:
                start = cell.start + len(first) - len(first.lstrip())
                yield _said(status, start, start + len(first.strip()), text)
                return


def _said(status: Status, start: int, end: int, text: str) -> MetricStatus:
    place = wording.words(start, end, text[start:end])
    return MetricStatus.model_construct(
        status=status, basis="words", arithmetic=f"“{text[start:end]}”", evidence=[place]
    )
