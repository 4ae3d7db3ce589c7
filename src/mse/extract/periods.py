"""What a number holds for: the period or the deadline the record gives it.

Reads the mentions of a passage with their roles, and the report's metadata; sets `period` on every quantity, and in
prose makes a target of what is dated after all that the report can know.

A date holds for the numbers after it in its clause. One that opens a clause holds for the rest of the
sentence, and one that opens a sentence and pauses (一季度，) also for the sentences after it, until the
next date, 目前, or the next item of a list; behind a semicolon it goes on without a pause too. 届时 means
the date before it. In a plan a date holds until the next such heading. Prose of the first months of a
year means the year before by a month far ahead. Where nothing is said, what was reached holds for the
report's period and what is promised for its year. A former level has a period only where a past date
gives it one.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from dataclasses import dataclass, replace

import regex

from mse import dates
from mse.extract.clauses import Clause, clauses
from mse.extract.hindsight import is_counted, looks_back, move_back
from mse.extract.passages import Passage, Passages
from mse.extract.role_cues import CHANGE, RESTATED
from mse.extract.said_dates import OVER, SOME_DAYS, YEAR_DAYS, SaidDate, deadline_in, goes_on, said_date
from mse.extract.sections import Sections, into_sections
from mse.grammar import alternation, load
from mse.model import Mention, Metadata, Period

_CUES = load("periods")
_CLAUSES = load("clauses")
_UNITS = load("cues")["units"]
_THEN = regex.compile(rf"\s*{alternation(_CUES['then']['words'])}")
_LIST_NUMBER = regex.compile(_CLAUSES["list_number"])
_REACHED = frozenset({"actual", "rate", "change"})
_ENDS = regex.compile(_CLAUSES["sentence_end"])
_SAID_BY = regex.compile(rf"{alternation(_CUES['said_by']['words'])}$")
_LABEL_ENDS = regex.compile(alternation(_CUES["label_ends"]["words"]))
_SHARES = frozenset([*_UNITS["multiple"], *_UNITS["percent"]])
_POINTS = frozenset(_UNITS["points"])
_SURELY_DONE = frozenset(load("cues")["done"]["sure"])
_AS_FOLLOWS = tuple(_CUES["as_follows"]["words"])
_ESTIMATE = frozenset(load("cues")["estimate"]["words"])
_SAYS = regex.compile(r"\w")
_SOON = 62  # days behind the time a report covers in which it is written
_REMEMBERED = 4  # dates of one clause that a number may look back to


@dataclass(slots=True)
class _Defaults:
    """What holds where a record says nothing: the report's period, its year, and a period in the column's header.

    `looks_back`: the text tells of the year before, which 全年 and 年末 then mean.
    """

    reached: Period | None
    promised: Period | None
    header: Period | None = None
    looks_back: bool = False

    def of(self, role: str) -> Period | None:
        if self.header is not None:
            return self.header
        return self.reached if role in _REACHED else self.promised


def assign_periods(passages: Passages) -> None:
    """Set `period` on every quantity of a report. Days are ISO days, both ends inclusive; None where unknown."""
    metadata = passages.report.metadata
    general = _defaults(metadata)
    reference = dates.Reference.of_report(metadata)
    headers = [_header_period(p.header, reference) if p.header else None for p in passages.items]
    scheduled: dict[int, dt.date] = {}
    for passage, header in zip(passages.items, headers, strict=True):
        if header is not None and header.start is not None and passage.role == "plan" and passage.task is not None:
            key = id(passage.task)
            scheduled[key] = min(header.start, scheduled.get(key, header.start))
    undated = metadata.period is None and metadata.issued is None
    deadlines = {id(p.task): day for p in passages.items if (day := _bare_deadline(passages.text, p)) is not None}
    for passage, header in zip(passages.items, headers, strict=True):
        if any(m.type == "quantity" for m in passage.mentions):
            reached = general.reached
            if undated and id(passage.task) in scheduled:
                reached = _until(scheduled[id(passage.task)], reached)
            if passage.role == "text" and metadata.period is None:
                reached = _told_as_of(passages.text, passage) or reached
            back = looks_back(passages.text, passage, metadata)
            if back and metadata.issued is not None:
                year = metadata.issued.year - 1
                reached = Period.model_construct(start=dt.date(year, 1, 1), end=dt.date(year, 12, 31))
            if passage.role == "text" and metadata.period is None and metadata.issued is not None:
                move_back(passages.text, passage, metadata.issued)
            deadline = deadlines.get(id(passage.task)) if passage.role == "task" else None
            promised = general.promised if deadline is None else Period.trusted(end=deadline)
            _assign(passages.text, passage, _Defaults(reached, promised, header, back))


def _told_as_of(text: str, passage: Passage) -> Period | None:
    """The time so far that the sentence before all others names: `截至9月30日项目推进情况如下：`."""
    for date in passage.dates[:_REMEMBERED]:
        period = date.period
        if period is None or period.end is None or period.start is not None:
            continue
        stop = _ENDS.search(text, date.end, passage.end)
        said = text[date.end : stop.start() if stop else passage.end].rstrip("：: ")
        if said.endswith(_AS_FOLLOWS):
            return Period.trusted(start=dt.date(period.end.year, 1, 1), end=period.end)
    return None


def _bare_deadline(text: str, passage: Passage) -> dt.date | None:
    """The last day of a plan that says a date and nothing else (完成时限：2024年8月底前): when its task is due."""
    if passage.role != "plan" or passage.task is None or len(passage.mentions) != 1:
        return None
    date = passage.mentions[0]
    around = text[passage.start : date.start] + text[date.end : passage.end]
    return date.period.end if date.period is not None and not _SAYS.search(around) else None


def _until(first_planned: dt.date, reached: Period | None) -> Period | None:
    """Progress beside columns that plan from a day on was reached before that day."""
    if first_planned == dt.date.min or (reached is not None and reached.start and reached.start >= first_planned):
        return reached
    start = reached.start if reached is not None else None
    return Period.trusted(start=start, end=first_planned - dt.timedelta(days=1))


def _defaults(metadata: Metadata) -> _Defaults:
    """The report's period (else its year up to the day of issue), and its year."""
    year = metadata.year
    promised = None
    if year is not None and dt.MINYEAR <= year <= dt.MAXYEAR:
        promised = Period.trusted(start=dt.date(year, 1, 1), end=dt.date(year, 12, 31))
    reached = metadata.period or promised
    issued = metadata.issued
    if metadata.period is None and issued is not None and year in (None, issued.year):
        reached = Period.trusted(start=dt.date(issued.year, 1, 1), end=issued)
    return _Defaults(reached, promised)


def _header_period(header: str, reference: dates.Reference) -> Period | None:
    """The period a column's header names, as 第三季度目标任务 does; None where it names none, or just a year."""
    expressions = dates.find(header)
    resolved = dates.resolve_in_order(expressions, header, reference)
    for expression, resolution in zip(expressions, resolved, strict=True):
        if expression.unit in ("quarter", "half", "month", "third") and resolution.period is not None:
            return resolution.period
    return None


def _assign(text: str, passage: Passage, defaults: _Defaults) -> None:
    """Walk the clauses of one passage with the date that holds at each point."""
    pieces = clauses(text, passage.start, passage.end)
    sections = Sections(text, passage) if passage.role == "text" else None
    general = defaults
    if sections is not None:
        into_sections(sections, passage, general.promised)
    mentions = iter([*sorted(passage.mentions, key=lambda m: m.span)])
    waiting = next(mentions, None)
    heading: SaidDate | None = None
    carried: SaidDate | None = None
    in_sentence: SaidDate | None = None
    opener: SaidDate | None = None
    latest: SaidDate | None = None
    sentence = -1
    for index, clause in enumerate(pieces):
        if clause.sentence != sentence:
            # What opened the sentence goes on, though another date stood aside in it: `截至4月底，…，一季度为69%；`.
            plans = passage.role == "plan"
            going_on = (d for d in (in_sentence, opener) if d and (d.holds_on or goes_on(text, d, clause, plans)))
            ended = opener is not None and opener.is_stretch and opener.period.start is not None
            carried = next(going_on, None if ended else carried)
            if carried is not None and "\n" in text[max(0, clause.start - 1) : clause.start]:
                stays = carried.holds_on and not _is_before(carried.period, defaults.promised)
                carried = carried if stays else None
            in_sentence = opener = latest = None
            sentence = clause.sentence
            over = sections.year(clause.start) if sections is not None else None
            past = over is not None and _is_before(over, general.promised)
            defaults = replace(general, reached=over, promised=over) if past else general
            if _begins_item(text, clause, passage.start):
                carried = None
            elif passage.role == "text" and index and _past_line(text, pieces[index - 1], clause):
                carried = carried if _in_year(carried, defaults) else None
        end = pieces[index + 1].start if index + 1 < len(pieces) else passage.end
        inside: list[Mention] = []
        while waiting is not None and waiting.end <= end:
            inside.append(waiting)
            waiting = next(mentions, None)
        first_clause = index == 0 or pieces[index - 1].sentence != sentence or _is_labelled(text, pieces, index)
        in_clause: deque[SaidDate] = deque(maxlen=_REMEMBERED)
        if latest is not None and _THEN.match(text, clause.start):
            in_clause.append(latest)
        deadline = deadline_in(text, inside, clause)
        for mention in inside:
            if mention.type == "date":
                date = said_date(text, mention, clause, first_clause)
                if date is None:
                    continue
                if in_clause and in_clause[-1].says_the_same(date):  # 去年全年
                    in_clause[-1].pauses |= date.pauses
                    continue
                if passage.role == "plan" and date.is_heading:
                    heading, carried = date, None
                in_clause.append(date)
                latest = date
                if date.holds_for_sentence or (date.is_now and date.opens_clause):
                    in_sentence = date
                    opener = date if date.opens_sentence else opener
                continue
            said = [*reversed(in_clause), in_sentence, carried, heading]
            if opener is not None and not opener.is_now and opener.period.start is None:
                # 截至3月底，今年已建成…: the day said outright is the time so far.
                said = [*(d for d in said if d is None or not d.is_now), opener]
            if mention.role == "target" and passage.role != "plan" and _is_over(carried, defaults):
                said.remove(carried)  # what an earlier sentence reached by then
            if mention.role == "target" and not in_clause:
                said.insert(0, deadline)
            near = [d for d in said if d is not None and not (d.former and mention.role != "baseline")]
            if passage.role == "text" and mention.role in ("actual", "change") and _unfinished(mention, near, defaults):
                mention.role = "target"
            if mention.role == "target" and in_clause and _told_of_before(in_clause[-1], defaults):
                mention.role = "actual"
            restated = mention.role == "target" and RESTATED.search(text, clause.start, mention.start) is not None
            mention.period = _period(mention, near, passage, defaults, restated)
            if passage.role == "text" and mention.role in ("actual", "change") and _to_come(mention, defaults):
                mention.role = "target"
            elif (
                mention.role == "target"
                and passage.role in ("text", "progress")
                and _estimated(mention, near, defaults)
            ):
                grown = CHANGE.search(text, clause.start, mention.start) is not None
                mention.role = "change" if grown else "actual"


def _is_labelled(text: str, pieces: list[Clause], index: int) -> bool:
    """Whether all that stands before a clause of the sentence is a label (管线工程：一季度) or says who tells it."""
    before, clause = pieces[index - 1], pieces[index]
    alone = index == 1 or pieces[index - 2].sentence != before.sentence
    told = _SAID_BY.search(text, before.start, before.end) is not None
    return alone and (told or _LABEL_ENDS.search(text, before.end, clause.start) is not None)


def _begins_item(text: str, clause: Clause, low: int) -> bool:
    """Whether the sentence that begins with this clause is a new item of a list."""
    before = max(low, clause.start - 8)
    return any(hit.end() == clause.start for hit in _LIST_NUMBER.finditer(text, before, clause.start))


def _period(
    mention: Mention, said: list[SaidDate], passage: Passage, defaults: _Defaults, restated: bool
) -> Period | None:
    """The first of the dates said, nearest first, that can date a number of this role.

    `restated` tells that it is a plan named where something else is counted against it.
    """
    default = defaults.of(mention.role)
    if mention.role == "baseline":
        # A former level held before what the sentence is about; only a date that is over can be its own.
        former = (date.period for date in said if not date.is_now and _is_before(date.period, defaults.promised))
        return next(former, None)
    for date in said:
        if date.is_now:
            if mention.role in _REACHED:
                return default
            continue
        period = date.period
        if date.compares and mention.unit in _SHARES:
            continue  # 是2015年的1.8倍: the date is what is compared with
        told = mention.role in _REACHED or (is_counted(mention) and not restated)
        if defaults.looks_back and told and date.mention.text in OVER:
            return defaults.of("actual")
        if (date.modifies or mention.role in _REACHED) and _is_running_year(period, defaults):
            continue
        named = restated and date.modifies  # 占上半年目标任务5500万元: the plan of that time
        cell = "progress" if restated else passage.role
        if mention.role == "target" and not named and _is_past(period, defaults, cell):
            continue
        if period.end is None:
            return _open_ended(period, default)
        return period
    return default


def _is_running_year(period: Period, defaults: _Defaults) -> bool:
    """A whole year that is not over when the report is made: nothing can have been reached in all of it."""
    reached = defaults.reached
    return (
        reached is not None
        and reached.end is not None
        and period.start is not None
        and period.end is not None
        and (period.end - period.start).days >= YEAR_DAYS
        and period.start <= reached.end <= period.end
    )


def _is_over(date: SaidDate | None, defaults: _Defaults) -> bool:
    """Whether a date ends within the time the report covers, and so before what it promises is due."""
    covered = defaults.reached.end if defaults.reached is not None else None
    end = date.period.end if date is not None else None
    return covered is not None and end is not None and end <= covered and defaults.promised is not None


def _is_before(period: Period, year: Period | None) -> bool:
    """Whether a period is over before the report's year begins."""
    end = period.end or period.start
    return year is not None and year.start is not None and end is not None and end < year.start


def _told_of_before(date: SaidDate, defaults: _Defaults) -> bool:
    """Whether the clause opens with a time before the report's year: what it tells of was reached then."""
    if date.period.start is None or date.modifies or date.compares:
        return False  # a deadline that is over was a promise all the same
    return date.opens_clause and _is_before(date.period, defaults.promised)


def _is_past(period: Period, defaults: _Defaults, cell: str) -> bool:
    """Whether a promise cannot be due then: before the report's year, or within the time a progress cell covers."""
    if _is_before(period, defaults.promised):
        return True
    end = period.end or period.start
    covered = defaults.reached.end if defaults.reached is not None else None
    return cell == "progress" and covered is not None and end is not None and end <= covered


def _unfinished(mention: Mention, said: list[SaidDate], defaults: _Defaults) -> bool:
    """Whether the nearest date says years that go on behind the report's own: 2022—2024年，每年培育企业2家."""
    covered = defaults.reached.end if defaults.reached is not None else None
    date = next((d for d in said if not d.is_now and not d.compares and not d.modifies), None)
    if covered is None or date is None or not date.spans_years or mention.cues.get("role", "") in _SURELY_DONE:
        return False
    end = date.period.end
    return end is not None and end.year > covered.year and any(c.isdigit() for c in date.mention.text)


def _to_come(mention: Mention, defaults: _Defaults) -> bool:
    """Whether the time said lies wholly behind the time the report knows of: nothing can have been reached then."""
    covered = defaults.reached.end if defaults.reached is not None else None
    period = mention.period
    if covered is None or period is None or mention.unit in _POINTS or mention.cues.get("role", "") in _SURELY_DONE:
        return False
    if _is_of_days(period) and period.start is not None and (period.start - covered).days <= _SOON:
        return False  # `7月9日至17日，组成督查组2个`: how the report itself came about
    return period.start > covered if period.start is not None else period.end is not None and period.end > covered


def _estimated(mention: Mention, said: list[SaidDate], defaults: _Defaults) -> bool:
    """Whether `预计` only says that the outcome of a time that is over is not counted yet: `上半年预计完成3亿元`."""
    if mention.cues.get("role", "") not in _ESTIMATE or not said or defaults.reached is None:
        return False
    period, covered = said[0].period, defaults.reached.end
    return period.start is not None and period.end is not None and covered is not None and period.end <= covered


def _past_line(text: str, before: Clause, clause: Clause) -> bool:
    return "\n" in text[before.end : clause.start]


def _in_year(date: SaidDate | None, defaults: _Defaults) -> bool:
    """Whether a date is of the report's own year, so that the next paragraph may tell of it too."""
    year = defaults.promised.end if defaults.promised is not None else None
    end = date.period.end if date is not None else None
    return year is not None and end is not None and end.year == year.year


def _is_of_days(period: Period) -> bool:
    """Whether a period is some days, and neither a month nor a deadline."""
    return period.start is not None and period.end is not None and (period.end - period.start).days < SOME_DAYS


def _open_ended(period: Period, default: Period | None) -> Period:
    """From the day said on, up to the end of what holds otherwise."""
    end = default.end if default is not None else None
    if end is not None and period.start is not None and end < period.start:
        end = None
    return Period.trusted(start=period.start, end=end)
