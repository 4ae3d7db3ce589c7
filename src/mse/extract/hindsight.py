"""Prose of the first months of a year tells of the year before: what 全年 and a bare month far ahead mean in it."""

from __future__ import annotations

import datetime as dt

import regex

from mse.extract.passages import Passage
from mse.extract.said_dates import MODIFIES, OVER
from mse.grammar import alternation, load
from mse.model import Mention, Metadata, Period

_CUES = load("periods")
_CLAUSES = load("clauses")
_OVER_UNTIL: int = _CUES["over"]["until_month"]
_SAYS_YEAR = regex.compile(alternation(_CUES["year"]["words"]))
_EARLY_UNTIL: int = _CUES["year"]["until_month"]
_FAR_AHEAD: int = _CUES["year"]["ahead_days"]
_DIVIDED = "/"  # in the cue of a role that arithmetic gave
_ENDS = regex.compile(_CLAUSES["sentence_end"])
_REACHED = frozenset({"actual", "rate", "change"})


def looks_back(text: str, passage: Passage, metadata: Metadata) -> bool:
    """Whether prose of the first half of a year tells what was reached in 全年: that is the year before."""
    issued = metadata.issued
    if passage.role != "text" or passage.in_table_report or metadata.period is not None or issued is None:
        return False
    if issued.month > _OVER_UNTIL or issued.year == dt.MINYEAR:
        return False
    for date, number in zip(passage.mentions, passage.mentions[1:], strict=False):
        told = number.role in ("actual", "change") or is_counted(number)
        said = date.type == "date" and date.text in OVER and told
        if said and not MODIFIES.match(text, date.end) and not _ENDS.search(text, date.end, number.start):
            return True
    return False


def is_counted(mention: Mention) -> bool:
    """Whether a total is one only because a share of it is written beside it: 受理1200件，办结1100件，办结率91.7%."""
    return mention.role == "target" and _DIVIDED in mention.cues.get("role", "")


def move_back(text: str, passage: Passage, issued: dt.date) -> None:
    """Move a bare month far ahead into the year before, where prose of a year's first months tells what it reached."""
    if issued.month > _EARLY_UNTIL:
        return
    waiting: Mention | None = None
    for mention in passage.mentions:
        if mention.type == "date":
            waiting = mention if _is_far_ahead(mention, issued) else None
        elif waiting is not None and mention.role != "context":
            told = mention.role in _REACHED and not _ENDS.search(text, waiting.end, mention.start)
            if told and waiting.period is not None:
                days = (waiting.period.start, waiting.period.end)
                start, end = (day.replace(year=day.year - 1) if day is not None else None for day in days)
                waiting.period = Period.trusted(start=start, end=end)
            waiting = None


def _is_far_ahead(date: Mention, issued: dt.date) -> bool:
    end = date.period.end if date.period is not None else None
    if end is None or end.year != issued.year or _SAYS_YEAR.search(date.text):
        return False
    return (end - issued).days >= _FAR_AHEAD and end.year > dt.MINYEAR
