"""Dates that cannot be: not in the calendar, after the report's own period or day, or due before its year."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence

import regex

from mse.audit import wording
from mse.audit.finding import Evidence, Finding, Kind, Severity
from mse.audit.record import Record, Where
from mse.extract.frames import Frame
from mse.extract.moods import mood
from mse.extract.passages import Passage
from mse.grammar import alternation, load
from mse.model import Mention, Metadata, Period, SpanRef

_DATA = load("audit")
_BROKEN = [regex.compile(p) for p in _DATA["broken_date"]["patterns"]]
_UNTIL = regex.compile(alternation(_DATA["until"]["words"]))
_ALREADY = regex.compile(alternation(_DATA["already"]["words"]))
_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_MONTHS = 12
_LEAP = 2000
_YEAR_DAYS = 360
_SURE, _FAIR = 0.95, 0.8


def check(record: Record, frames: dict[SpanRef, Frame]) -> Iterator[Finding]:
    """Dates of a record that contradict the report: its period, its day, its year."""
    about = record.report.metadata
    for passage in record.passages:
        for date in passage.dates:
            if passage.role == "progress":
                yield from _too_late(record, date, about, frames)
            elif passage.role in ("task", "plan"):
                yield from _due_before(record, date, about)


def broken(text: str, passage: Passage, where: Where) -> Iterator[Finding]:
    """Dates of a passage that the calendar does not have."""
    taken = passage.start
    hits = [hit for pattern in _BROKEN for hit in pattern.finditer(text, passage.start, passage.end)]
    for hit in sorted(hits, key=lambda h: (h.start(), -h.end())):
        if hit.start() < taken or _exists(hit.groupdict()):
            continue
        taken = hit.end()
        place = wording.words(hit.start(), taken, hit.group())
        yield _finding(where, "broken_date", hit.group(), "", hit.group(), [place], "error", _SURE)


def _exists(parts: dict[str, str | None]) -> bool:
    """Whether the calendar has the month and the day; without a year every leap day exists."""
    if not parts.get("month"):
        return False
    year, month, day = (int(parts.get(key) or 0) for key in ("year", "month", "day"))
    if not 1 <= month <= _MONTHS:
        return False
    return parts.get("day") is None or 1 <= day <= calendar.monthrange(year or _LEAP, month)[1]


def _too_late(record: Record, date: Mention, about: Metadata, frames: dict[SpanRef, Frame]) -> Iterator[Finding]:
    """A figure said to be reached by a day that the report cannot know, or does not cover."""
    period, last = date.period, about.period.end if about.period is not None else None
    if period is None or period.end is None:
        return
    kind: Kind
    if about.issued is not None and period.end > about.issued:
        kind, limit = "future", about.issued
    elif last is not None and period.end > last:
        kind, limit = "period", last
    else:
        return
    if _still_runs(period, limit, about) or not any(c.isnumeric() for c in date.text):
        return
    reached = [
        p.mention
        for p in record.placed
        if p.role in ("actual", "rate")
        and p.mention.start >= date.end
        and p.mention.period == date.period
        and record.sentence(p)[0] <= date.start
        and _is_done(record, date, frames.get(p.mention.span))
    ]
    if not reached:
        return
    severity: Severity = "error" if kind == "future" else "note"
    places, arithmetic = [date, reached[0]], f"{period.end} > {limit}"
    yield _finding(record.where, kind, date.text, limit.isoformat(), arithmetic, places, severity, _FAIR)


def _still_runs(period: Period, limit: dt.date, about: Metadata) -> bool:
    """Whether the period has begun by then (第二季度 in a report of May): a figure of it is one of its first weeks.

    A period that begins as the report's own does (1-7月 in a report of 1-6月) goes on beyond it.
    """
    if period.start is None or period.end is None or period.start > limit:
        return False
    whole = (period.end - period.start).days >= _YEAR_DAYS
    return whole or about.period is None or about.period.start != period.start


def _is_done(record: Record, date: Mention, frame: Frame | None) -> bool:
    before = record.text[max(0, date.start - 4) : date.end]
    if frame is None:
        return False
    said, _ = mood(record.text, frame)
    return said == "done" or (said == "" and _UNTIL.search(before) is not None)


def _due_before(record: Record, date: Mention, about: Metadata) -> Iterator[Finding]:
    """A deadline in a written year before the report's own, of something that is not done yet."""
    period, year = date.period, about.year
    if period is None or period.start is not None or period.end is None or year is None:
        return
    first = about.period.start if about.period is not None and about.period.start is not None else dt.date(year, 1, 1)
    if period.end >= first or not _YEAR.search(date.text):
        return
    start, end = _sentence(record, date)
    if _ALREADY.search(record.text, start, end) or _UNTIL.search(date.text):
        return
    due = [p.mention for p in record.placed if p.role == "target" and start <= p.mention.start < end]
    if due:
        places, arithmetic = [date, due[0]], f"{period.end} < {first}"
        yield _finding(record.where, "deadline", date.text, str(year), arithmetic, places, "error", _FAIR)


def _sentence(record: Record, date: Mention) -> tuple[int, int]:
    return next((s for p in record.placed if (s := record.sentence(p))[0] <= date.start < s[1]), date.span)


def _finding(
    where: Where,
    kind: Kind,
    stated: str,
    limit: str,
    arithmetic: str,
    places: Sequence[Mention | Evidence],
    severity: Severity,
    confidence: float,
) -> Finding:
    metric = next((p.metric for p in places if isinstance(p, Mention) and p.type == "quantity"), "")
    return wording.finding(
        where,
        kind,
        metric=metric,
        stated=wording.day("".join(stated.split())),
        computed=wording.day(limit),
        arithmetic=arithmetic,
        places=places,
        severity=severity,
        confidence=confidence,
    )
