"""Words about what is done, against the figures beside them: 超额完成 with 92%, 未完成年度目标 with 105%."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import localcontext

import regex

from mse.audit import wording
from mse.audit.finding import Amount, Finding
from mse.audit.record import Record, amount
from mse.audit.rounding import EXACT, HUNDRED, printed, rounded
from mse.extract.comparable import convert
from mse.extract.completion import percent
from mse.extract.placed import Placed
from mse.grammar import alternation, load
from mse.model import Mention, plain

_DATA = load("audit")
_CLAIMS = (
    (regex.compile(alternation(_DATA["exceeded"]["words"])), True),
    (regex.compile(alternation(_DATA["not_finished"]["words"])), False),
)
_NOT_SAID = regex.compile(alternation(_DATA["not_said"]["words"]))
_CLAUSE_END = regex.compile(load("clauses")["clause_end"])
_PERCENT = frozenset(("%",))
_PLACES = 2
_NEAR = 8
_STILL_IT = regex.compile(rf"(?:{alternation(_DATA['still_it']['words'])}|\W)*")
_CONFIDENCE = 0.8


def check(record: Record) -> Iterator[Finding]:
    """Sentences whose words and whose share done cannot both be right; those with several shares are left alone."""
    done = set()
    for item in record.placed:
        key = (item.cell, item.sentence)
        if key not in done and item.cell_role in ("progress", "problems", "text"):
            done.add(key)
            yield from _sentence(record, item)


def _sentence(record: Record, item: Placed) -> Iterator[Finding]:
    start, end = record.sentence(item)
    share = _share(record, item)
    if share is None:
        return
    value, arithmetic, places = share
    for pattern, above in _CLAIMS:
        for hit in pattern.finditer(record.text, start, end):
            last = places[0].end if len(places) == 1 else max(p.end for p in places if start <= p.end <= end)
            if _is_denied(record.text, start, hit.start()) or not _goes_on(record.text, last, hit.start()):
                continue
            if (value.value is not None) and (value.value < HUNDRED if above else value.value >= HUNDRED):
                said = wording.words(hit.start(), hit.end(), hit.group())
                yield wording.finding(
                    record.where,
                    "standing",
                    metric=places[0].metric,
                    stated=wording.day(hit.group()),
                    computed=value,
                    arithmetic=f"{arithmetic} {'<' if above else '≥'} 100%",
                    places=[*places, said],
                    confidence=_CONFIDENCE,
                )
                return


def _goes_on(text: str, last: int, at: int) -> bool:
    """Whether the words speak of that very number: behind it, with no other thing named between."""
    return last <= at and _STILL_IT.fullmatch(text, last, at) is not None


def _is_denied(text: str, start: int, at: int) -> bool:
    """Whether the words before it in the clause take it back: 力争超额完成, 未超额完成."""
    near = max(start, at - _NEAR)
    marks = [mark.end() for mark in _CLAUSE_END.finditer(text, near, at)]
    return _NOT_SAID.search(text, marks[-1] if marks else near, at) is not None


def _share(record: Record, item: Placed) -> tuple[Amount, str, list[Mention]] | None:
    """The one share done the sentence tells: its only rate, or its only number that answers a target."""
    mates = record.sentence_mates(item)
    rates = [p for p in mates if p.role == "rate" and amount(p.mention) and p.mention.unit in _PERCENT]
    if len(rates) == 1:
        stated = percent(rates[0].mention)
        if stated is None or printed(rates[0].mention).low < HUNDRED < printed(rates[0].mention).high:
            return None
        return wording.amount(stated, "%"), wording.shown(rates[0].mention), [rates[0].mention]
    answers = [p for p in mates if p.role == "actual" and record.linked(p, "target") is not None]
    if rates or len(answers) != 1:
        return None
    actual, target = answers[0], record.linked(answers[0], "target")
    assert target is not None
    a, t = actual.mention, target.mention
    if not (amount(a) and t.value is not None and t.value > 0 and t.op in ("=", ">=", "~") and t.unit not in _PERCENT):
        return None
    assert a.value is not None
    reached = convert(a.value, a.unit, t.unit)
    if reached is None:
        return None
    with localcontext(EXACT):
        value = rounded(reached / t.value * HUNDRED, _PLACES)
    if value == HUNDRED:
        return None
    return wording.amount(value, "%"), f"{wording.shown(a)} / {wording.shown(t)} = {plain(value)}%", [a, t]
