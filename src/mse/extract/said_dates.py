"""A date as it stands in its clause, and how far it reaches: the clause, the sentence, or the sentences after it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import regex

from mse import dates
from mse.extract.clauses import Clause
from mse.grammar import alternation, load
from mse.model import Mention, Period

_CUES = load("periods")
_CLAUSES = load("clauses")
_OPENERS = regex.compile(rf"\s*(?:{alternation(_CUES['openers']['words'])}\s*)*")
_ENDS_OPENER = regex.compile(rf"{alternation(_CUES['openers']['words'])}$")
_VERB_WORDS = alternation(load("metrics")["verb"]["words"])
MODIFIES = regex.compile(
    rf"\s*(?:{alternation(_CUES['modifies']['words'])}|{alternation(_CUES['modifies']['before_noun'])}(?!{_VERB_WORDS}))"
)
_YEARS_DUTY = regex.compile(_CUES["modifies"]["duty"])
_IN_NAME = regex.compile(_CUES["named"]["opens"])
_NAME_GOES_ON = regex.compile(_CUES["named"]["goes_on"])
_PAUSE = regex.compile(r"\s*" + alternation(_CUES["pause"]["words"]))
_FROM_BEFORE = regex.compile(rf"{alternation(load('cues')['from']['words'])}$")
_VERB = regex.compile(_VERB_WORDS)
_NOW = frozenset(dates.words("now"))
OVER = frozenset(_CUES["over"]["words"])
_SEMICOLON = regex.compile(_CLAUSES["pause"])
_UNITS = load("cues")["units"]
_LEVEL_OF = regex.compile(rf"{_UNITS['of_something']}\d")
_OPENERS_OF_BRACKETS = tuple(opener for opener, _ in _CLAUSES["brackets"])
YEAR_DAYS = 364
SOME_DAYS = 21
_MONTH_DAYS = 31
_OPENER_LENGTH = 16


@dataclass(slots=True)
class SaidDate:
    """A date mention as it stands: how far it reaches.

    `of_subject`: it stands behind a bare name that opens the sentence (`该公司4月销量`). `former`: it dates the level
    that something is moved from (`由一季度的`).
    """

    mention: Mention
    opens_clause: bool
    opens_sentence: bool
    pauses: bool
    modifies: bool
    compares: bool
    of_subject: bool = False
    former: bool = False

    @property
    def period(self) -> Period:
        return self.mention.period or Period.trusted()

    def says_the_same(self, after: SaidDate) -> bool:
        """Whether the date right after it says the same time once more."""
        same = after.mention.period == self.mention.period
        return self.mention.end == after.mention.start and same and not (self.modifies or after.modifies)

    @property
    def is_now(self) -> bool:
        return self.mention.text in _NOW

    @property
    def is_day(self) -> bool:
        return self.period.start is not None and self.period.start == self.period.end

    @property
    def is_some_days(self) -> bool:
        """A day or a few: when something happened, and hardly what the sentences after it hold for."""
        start, end = self.period.start, self.period.end
        return start is not None and end is not None and (end - start).days < SOME_DAYS

    @property
    def is_month(self) -> bool:
        """A month or less, though more than a day."""
        start, end = self.period.start, self.period.end
        return start is not None and end is not None and 0 < (end - start).days < _MONTH_DAYS

    @property
    def is_stretch(self) -> bool:
        """An open side, or more than a day and less than a year: such a date is hardly part of a noun."""
        start, end = self.period.start, self.period.end
        return start is None or end is None or 0 < (end - start).days < YEAR_DAYS

    @property
    def is_month_end(self) -> bool:
        end = self.period.end
        return self.is_day and end is not None and end < dt.date.max and (end + dt.timedelta(days=1)).day == 1

    @property
    def spans_years(self) -> bool:
        start, end = self.period.start, self.period.end
        return start is not None and end is not None and (end - start).days > YEAR_DAYS + 1

    @property
    def holds_for_sentence(self) -> bool:
        if self.modifies or self.former:
            return False
        if self.of_subject:
            return True
        if self.is_day or self.is_month:
            return self.opens_clause and self.pauses
        return self.opens_clause or self.is_stretch

    @property
    def holds_on(self) -> bool:
        """Whether it also holds for the sentences that follow."""
        return self.holds_for_sentence and self.pauses and not self.is_some_days

    @property
    def is_heading(self) -> bool:
        return self.opens_sentence and self.pauses and self.is_stretch and self.period.start is not None


def said_date(text: str, mention: Mention, clause: Clause, first_clause: bool) -> SaidDate | None:
    """How the date stands in its clause; None for one that dates nothing (去年同期, every month)."""
    period = mention.period
    if period is None or (period.start is None and period.end is None):
        return None
    if _IN_NAME.match(text, max(0, mention.start - 1)) and _NAME_GOES_ON.match(text, mention.end):
        return None  # “周末剧场”
    if dates.compared(text, mention.start, mention.end):
        return None
    opener = _OPENERS.match(text, clause.start, max(clause.start, mention.start))
    lead = text[clause.start : mention.start]
    near = len(lead) <= _OPENER_LENGTH
    # 二、三季度 at the head of a sentence begins before its clause, which leaves out what looks like a list number.
    opens = mention.start <= clause.start or (near and opener is not None and opener.end() == mention.start)
    date = SaidDate(
        mention,
        opens_clause=opens,
        opens_sentence=opens and first_clause,
        pauses=_PAUSE.match(text, mention.end) is not None,
        modifies=MODIFIES.match(text, mention.end) is not None or _is_of_duty(text, mention),
        compares=_LEVEL_OF.match(text, mention.end) is not None,
    )
    date.former = _FROM_BEFORE.search(text, max(clause.start, mention.start - 4), mention.start) is not None
    named = first_clause and near and not opens and not date.is_day and not date.modifies and not date.compares
    named = named and not _ENDS_OPENER.search(lead)
    date.of_subject = named and _VERB.search(lead) is None and not any(c.isdigit() for c in lead)
    return date


def _is_of_duty(text: str, mention: Mention) -> bool:
    """Whether the year is that of a duty that something is counted against: 全年创建任务的50%."""
    return mention.text in OVER and _YEARS_DUTY.match(text, mention.end) is not None


def goes_on(text: str, date: SaidDate, clause: Clause, plans: bool) -> bool:
    """Whether a time that opened a sentence holds behind its semicolon too: `1-5月投资增长6%；用电量…`.

    In a plan (`plans`) it holds to the end of the line.
    """
    if not (date.opens_sentence or date.of_subject) or not date.holds_for_sentence or date.period.start is None:
        return False
    if date.is_day and not date.is_month_end:
        return False
    if plans and date.is_stretch:
        return "\n" not in text[date.mention.end : clause.start]
    return _SEMICOLON.match(text, clause.start - 1) is not None


def deadline_in(text: str, inside: list[Mention], clause: Clause) -> SaidDate | None:
    """The deadline a clause names, for the promises before it: 6间公厕9月底前完工, 迁建学校4所（2021—2023年）."""
    first = next((mention for mention in inside if mention.type == "date"), None)
    date = said_date(text, first, clause, False) if first is not None else None
    if date is None:
        return None
    remarked = date.spans_years and text[date.mention.start - 1 : date.mention.start] in _OPENERS_OF_BRACKETS
    return date if date.period.start is None or remarked else None
