"""What a display consists of: headings, marked text, facts and findings, cut to a length and written out in words.

Blocks know neither HTML nor a terminal; `html.py` and `plain.py` draw them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from mse.audit import Finding
from mse.audit.finding import Severity
from mse.audit.status import Status
from mse.extract.passages import Passage
from mse.model import Fact, Measure, Period, Task, plain
from mse.numbers import write
from mse.view.marks import Kind, Mark, measures
from mse.view.sight import STATUSES, Sight, done_of
from mse.view.words import Language, say

LONGEST = 600  # characters of a cell that are shown
_NAME = 120  # characters of a name, metric or value that are shown
_AROUND = 40  # characters of the report shown to either side of a number
_OFFICIALS = ("leaders", "lead_organizations", "persons", "supporting_organizations")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Heading:
    """A title, and below it what is known besides: labels with their values, and how many tasks stand how."""

    title: str
    about: list[tuple[str, str]] = field(default_factory=list)
    statuses: list[tuple[Status, str, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `kind` is how it is marked, `note` its tooltip, `found` whether the audit stumbled over it."""

    text: str
    kind: Kind | None = None
    note: str = ""
    found: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A cell or paragraph as it is written, with its marks; `more` says what is left out."""

    label: str
    pieces: list[Piece]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Legend:
    """The kinds of marks with their names."""

    keys: list[tuple[Kind, str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One fact. `done` and `gone` are percent: of the target, and of its time."""

    number: str
    metric: str
    scope: str
    target: str
    actual: str
    besides: list[tuple[str, str]]
    due: str
    date: str
    done: Decimal | None
    gone: Decimal | None
    status: Status
    why: str
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """A table of facts, targets against actuals."""

    rows: list[Row]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding of the audit; `places` are its numbers where they stand."""

    severity: Severity
    label: str
    task: str
    message: str
    arithmetic: str
    places: list[list[Piece]]


@dataclass(frozen=True, slots=True)
class Issues:
    """The findings of the audit."""

    items: list[Issue]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words; a `quiet` one is said by the way."""

    text: str
    quiet: bool = True


Block = Heading | Source | Legend | Facts | Issues | Line


def report_heading(sight: Sight, language: Language) -> Heading:
    """What a report says of itself, and its counts."""
    meta, report = sight.report.metadata, sight.report
    named = {
        "place": meta.place,
        "year": "" if meta.year is None else str(meta.year),
        "period": period_text(meta.period, language),
        "document_number": meta.document_number,
        "issued": str(meta.issued or ""),
        "tasks": str(len(report.tasks)) if report.tasks else "",
        "facts": str(len(sight.facts)),
        "findings": str(len(sight.findings)),
    }
    counts = sight.counts
    return Heading(
        brief(meta.title or report.doc or say("untitled", language)),
        [(say(key, language), brief(value)) for key, value in named.items() if value],
        [(status, say(status.replace(" ", "_"), language), counts[status]) for status in STATUSES if counts[status]],
    )


def task_heading(task: Task, language: Language, status: Status | None = None) -> Heading:
    """The number of a task, its category and who answers for it."""
    about = [(say("status", language), say(status.replace(" ", "_"), language))] if status else []
    return Heading(
        brief(f"{say('task', language)} {task.number or say('no_number', language)}"),
        [(say("category", language), brief(task.category))] * bool(task.category) + about + officials(task, language),
    )


def officials(holder: Task | Fact, language: Language) -> list[tuple[str, str]]:
    """Who answers for a task or a fact, by part."""
    comma = say("comma", language)
    return [(say(name, language), brief(comma.join(names))) for name in _OFFICIALS if (names := getattr(holder, name))]


def legend(language: Language, kinds: Sequence[Kind]) -> Legend:
    """The legend for some kinds of marks."""
    return Legend([(kind, say(kind, language)) for kind in kinds])


def source(sight: Sight, start: int, end: int, label: str, language: Language, longest: int = LONGEST) -> Source:
    """The text of a report from `start` to `end` with its marks, at most `longest` characters of it."""
    stop = min(end, start + longest)
    inside = [mark for mark in sight.marks_between(start, end) if mark.end <= stop]
    more = say("more_characters", language, count=f"{end - stop:,}") if stop < end else ""
    return Source(label, list(_pieces(sight, inside, start, stop, language)), more)


def around(sight: Sight, start: int, end: int, language: Language) -> list[Piece]:
    """A stretch of the report with some text to either side, inside its own cell or paragraph."""
    home = _home(sight, start, end)
    low, high = (home.start, home.end) if home is not None else (start, end)
    first, last = max(low, start - _AROUND), min(high, min(end, start + LONGEST) + _AROUND)
    for mark in sight.marks_between(max(low, first - _AROUND), min(high, last + _AROUND)):  # none is cut in two
        first = mark.start if mark.start < first < mark.end else first
        last = mark.end if mark.start < last < mark.end else last
    inside = [m for m in sight.marks_between(first, last) if m.end <= last]
    ahead = [Piece("…")] if first > low else []
    behind = [Piece("…")] if last < high else []
    return [*ahead, *_pieces(sight, inside, first, last, language), *behind]


def facts_table(facts: Sequence[Fact], sight: Sight | None, language: Language, limit: int) -> Facts:
    """The first `limit` facts as rows; with the sight of their report also how they stand and what the audit found."""
    shown, more = _cut(facts, limit, language)
    return Facts([_row(fact, sight, language) for fact in shown], more)


def issues(findings: Sequence[Finding], sight: Sight | None, language: Language, limit: int) -> Issues:
    """The first `limit` findings, with the text around their numbers where the sight of their report is given."""
    shown, more = _cut(findings, limit, language)
    return Issues([_issue(finding, sight, language) for finding in shown], more)


def period_text(period: Period | None, language: Language) -> str:
    """The days of a period; a deadline is said to be one."""
    if period is None or not (period.start or period.end):
        return ""
    if period.start is None:
        return say("until", language, day=period.end)
    return str(period.start) if period.start == period.end else f"{period.start} – {period.end or ''}"


def measure_text(measure: Measure | None) -> str:
    """A measure as the report writes it, or its value where it is written nowhere."""
    if measure is None:
        return ""
    if measure.text and (
        not measure.implied or measure.value is None
    ):  # the text of what is implied is the rate it follows from
        return brief(measure.text)
    if measure.low is not None and measure.high is not None:
        return f"{plain(measure.low)}–{plain(measure.high)}{measure.unit}"
    return "" if measure.value is None else f"{write(measure.value, 'scaled')}{measure.unit}"


def metric_text(fact: Fact, language: Language) -> str:
    """The metric of a fact for reading; its parts are divided by `|` where it was not written in one piece."""
    return brief(fact.metric.replace("|", " ")) or say("no_metric", language)


def brief(text: str, longest: int = _NAME) -> str:
    """Text on one line, cut where it is too long to be read."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def percent(share: Decimal) -> str:
    """A share for reading, two places at most."""
    return f"{plain(Decimal(format(share, '.2f')))}%"


def _cut(items: Sequence[_T], limit: int, language: Language) -> tuple[Sequence[_T], str]:
    left = len(items) - limit
    return items[:limit], say("more_rows", language, count=f"{left:,}") if left > 0 else ""


def _pieces(sight: Sight, marks: Sequence[Mark], start: int, end: int, language: Language) -> Iterator[Piece]:
    text, at = sight.report.text, start
    for mark in marks:
        if mark.start < at:
            continue
        if at < mark.start:
            yield Piece(text[at : mark.start])
        kind: Kind | None = None if mark.kind == "plain" else mark.kind
        yield Piece(text[mark.start : mark.end], kind, _note(mark, sight, language), bool(mark.findings))
        at = mark.end
    if at < end:
        yield Piece(text[at:end])


def _note(mark: Mark, sight: Sight, language: Language) -> str:
    """What the tooltip of a mark says: its role, metric and period, why the fact is so, and what the audit found."""
    parts = [] if mark.kind == "plain" else [say(mark.kind, language)]
    mention = mark.mention
    if mention is not None:
        parts += [f"{mention.scope} {mention.metric}".strip(), period_text(mention.period, language)]
    lines = [" · ".join(part for part in parts if part)]
    lines += [brief(sight.facts[index].explanation, LONGEST) for index in mark.facts[:1]]
    lines += [_message(sight.findings[index], language) for index in mark.findings]
    return "\n".join(line for line in lines if line)


def _row(fact: Fact, sight: Sight | None, language: Language) -> Row:
    index = sight.index_of(fact) if sight is not None else None
    standing = sight.standings[index] if sight is not None and index is not None else None
    warnings = []
    if fact.completion.consistent is False:
        stated, computed = (
            "" if share is None else percent(share) for share in (fact.completion.stated, fact.completion.computed)
        )
        colon = say("colon", language)
        says = f"{say('stated', language)} {stated} {say('inconsistent', language)}"
        warnings.append(f"{says}{colon}{say('computed', language)} {computed}")
    elif sight is not None:
        starts = sight.marks_by_start
        found = {g for m in measures(fact) if m.start in starts for g in starts[m.start].findings}
        warnings += [_message(sight.findings[g], language) for g in sorted(found)]
    besides = [
        (say(name, language), text) for name in ("change", "baseline") if (text := measure_text(getattr(fact, name)))
    ]
    implied = fact.target is not None and fact.target.implied
    return Row(
        number=brief(fact.task.number),
        metric=metric_text(fact, language),
        scope=brief(fact.scope),
        target=measure_text(fact.target) + (f" ({say('implied', language)})" if implied else ""),
        actual=measure_text(fact.actual),
        besides=besides,
        due=period_text(fact.target.period, language) if fact.target is not None else "",
        date=str(fact.date or "") if fact.actual is not None else "",
        done=done_of(fact),
        gone=None if standing is None else standing.share_gone,
        status="unknown" if standing is None else standing.status,
        why=brief(fact.explanation, LONGEST),
        warnings=warnings,
    )


def _issue(finding: Finding, sight: Sight | None, language: Language) -> Issue:
    places: list[list[Piece]] = [[Piece(brief(spot.text), found=True)] for spot in finding.evidence]
    if sight is not None:
        places = [around(sight, start, end, language) for start, end in _stretches(sight, finding)]
    return Issue(
        finding.severity,
        say(finding.severity, language),
        f"{say('task', language)} {brief(finding.task)}" if finding.task else "",
        _message(finding, language),
        brief(finding.arithmetic, LONGEST),
        places,
    )


def _stretches(sight: Sight, finding: Finding) -> list[tuple[int, int]]:
    """Where the numbers of a finding stand; those near each other in one cell or paragraph are one stretch."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((spot.start, spot.end) for spot in finding.evidence):
        if found and start - found[-1][1] <= 2 * _AROUND and _home(sight, found[-1][0], end) is not None:
            first, last = found.pop()
            found.append((first, max(end, last)))
        else:
            found.append((start, end))
    return found


def _home(sight: Sight, start: int, end: int) -> Passage | None:
    """The cell or paragraph that holds a stretch."""
    return next((p for p in sight.passages if p.start <= start and end <= p.end), None)


def _message(finding: Finding, language: Language) -> str:
    return brief(finding.message if language == "zh" else finding.message_en, LONGEST)
