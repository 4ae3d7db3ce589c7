"""Sentences and table rows of many domains with their quantities read by hand, and how an analysis is scored on them.

An item is a line of `tests/extract/prose.jsonl`: a `text` with its `date`, or the cells of a task (`task`, `progress`,
`plan`, `problems`) with the `year` and the `period_end` of their report. `quantities` hold what a reader finds, in the
order of the text; `start` counts code points within the cell, `end` is the last day or month or year the value holds
for (empty where only the report's own period applies), `links` name other quantities of the item by their id. A range
has both its ends as `value` (`20..30`). An item may have `dates` too, each with the `interval` it stands for.
"""

from __future__ import annotations

import calendar
import collections
import datetime as dt
import json
import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from mse import pipeline
from mse.model import Cell, Mention, Metadata, Period, Report, Task

CELLS = ("task", "progress", "plan", "problems")
NUMERAL = re.compile(r"[0-9０-９〇一二三四五六七八九十半]")  # dates without one (`目前`) are not counted
MEASURED = ("target", "actual", "rate", "change")
SAME_UNIT = {"㎡": "平方米", "km": "公里"}  # other ways to write a unit
ALIKE = 0.6  # share of common characters from which two metrics are the same

Item = dict[str, Any]


def load(path: Path) -> list[Item]:
    """The items of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def report_of(item: Item) -> tuple[Report, dict[str, int]]:
    """The item as a report, and where each of its cells begins in the report's text."""
    if "text" in item:
        day = dt.date.fromisoformat(item["date"])
        return Report(doc="", text=item["text"], metadata=Metadata(year=day.year, issued=day)), {"text": 0}
    text, starts, cells = "", {}, []
    for role in CELLS:
        if role in item:
            starts[role] = len(text)
            text += item[role]
            cells.append(Cell(role=role, start=starts[role], end=len(text)))
            text += "\n"
    end = dt.date.fromisoformat(item["period_end"])
    period = Period(start=dt.date(item["year"], 1, 1), end=end)
    task = Task(number="1", text=item["task"], start=0, end=len(text), cells=cells)
    return Report(doc="", text=text, metadata=Metadata(year=item["year"], period=period), tasks=[task]), starts


@dataclass
class Score:
    """Counts of what was right, by field, and the mistakes in words."""

    right: collections.Counter[str] = field(default_factory=collections.Counter)
    said: collections.Counter[str] = field(default_factory=collections.Counter)
    wanted: collections.Counter[str] = field(default_factory=collections.Counter)
    mistakes: list[str] = field(default_factory=list)

    def f1(self, name: str) -> float:
        """Twice the right ones over those said and those wanted."""
        return 2 * self.right[name] / (self.said[name] + self.wanted[name])


def score(items: list[Item]) -> Score:
    """Analyse the items and count what is right of each field.

    `f1` is for span, value, unit, normalized (both), op, role, metric, scope, end, link, tuple and date.
    """
    result = Score()
    for item in items:
        _score_item(item, result)
    return result


def _score_item(item: Item, result: Score) -> None:
    report, starts = report_of(item)
    mentions = pipeline.analyse(report).mentions
    found = [m for m in mentions if m.type == "quantity"]
    gold = item["quantities"]
    spans = {q["id"]: _span(q, starts) for q in gold}
    pairs = {q["id"]: m for q in gold if (m := _match(spans[q["id"]], found)) is not None}
    where = {pairs[q["id"]].span: q["id"] for q in gold if q["id"] in pairs}
    for name in ("span", "value", "unit", "normalized", "op", "role"):
        result.said[name] += len(found)
        result.wanted[name] += len(gold)
    for mention in found:
        if mention.span not in where:
            result.mistakes.append(f"{item['id']} spurious: {mention.text} ({mention.role})")
    for name in ("metric", "tuple"):
        result.said[name] += sum(m.role in MEASURED for m in found)
        result.wanted[name] += sum(q["role"] in MEASURED for q in gold)
    for wanted in gold:
        mention = pairs.get(wanted["id"])
        if mention is None:
            result.mistakes.append(f"{item['id']} missed: {wanted['surface']}")
        else:
            _score_quantity(item, wanted, mention, result)
    _score_links(item, pairs, where, result)
    if "dates" in item:
        _score_dates(item, starts, [m for m in mentions if m.type == "date" and NUMERAL.search(m.text)], result)


def _score_quantity(item: Item, wanted: Item, mention: Mention, result: Score) -> None:
    right = {
        "span": True,
        "value": _value_right(wanted["value"], mention),
        "unit": SAME_UNIT.get(mention.unit, mention.unit) == wanted["unit"],
        "op": mention.op == wanted.get("op", "="),
        "role": mention.role == wanted["role"],
    }
    right["normalized"] = right["value"] and right["unit"]
    if wanted["role"] in MEASURED:
        alike = char_f1(mention.metric, wanted["metric"]) >= ALIKE
        right["metric"] = alike and mention.role in MEASURED
        if wanted.get("scope"):
            result.wanted["scope"] += 1
            result.said["scope"] += 1
            right["scope"] = mention.scope == wanted["scope"]
        if wanted.get("end"):
            result.wanted["end"] += 1
            result.said["end"] += 1
            right["end"] = mention.period is not None and mention.period.end == last_day(wanted["end"])
        right["tuple"] = alike and all(right.get(name, True) for name in ("value", "unit", "role", "end"))
    for name, ok in right.items():
        result.right[name] += ok
        if not ok and name not in ("tuple", "normalized"):
            got = mention.period.end if name == "end" and mention.period else getattr(mention, name, "")
            want = wanted.get(name, "")
            result.mistakes.append(f"{item['id']} {name}: {mention.text} ({wanted['metric']}): {got} for {want}")


def _value_right(wanted: str, mention: Mention) -> bool:
    low, _, high = wanted.partition("..")
    if high:
        return (mention.low, mention.high) == (Decimal(low), Decimal(high))
    return mention.value is not None and mention.value == Decimal(wanted)


def _score_dates(item: Item, starts: dict[str, int], found: list[Mention], result: Score) -> None:
    """A date is right where it lies on the one wanted and both ends of its interval are right."""
    result.said["date"] += len(found)
    result.wanted["date"] += len(item["dates"])
    for date in item["dates"]:
        mention = _match(_span(date, starts), found)
        period = mention.period if mention is not None else None
        right = period is not None and (period.start, period.end) == interval(date["interval"])
        result.right["date"] += right
        if not right:
            result.mistakes.append(f"{item['id']} date {date['surface']}: {period} for {date['interval']}")


def _score_links(item: Item, pairs: dict[str, Mention], where: dict[tuple[int, int], str], result: Score) -> None:
    """A link to a restated target is one to the target it restates."""
    restates = {q["id"]: q["links"]["target"] for q in item["quantities"] if q["role"] == "target" and "links" in q}
    wanted = {
        (q["id"], side, restates.get(other, other))
        for q in item["quantities"]
        for side, other in q.get("links", {}).items()
    }
    said = set()
    for name, mention in pairs.items():
        for side, spans in mention.links.items():
            for span in spans:
                other = where.get(tuple(span), str(span))
                said.add((name, side, restates.get(other, other)))
    result.right["link"] += len(wanted & said)
    result.said["link"] += len(said)
    result.wanted["link"] += len(wanted)
    text = {q["id"]: q["surface"] for q in item["quantities"]}
    for kind, links in (("missed", wanted - said), ("spurious", said - wanted)):
        for name, side, other in sorted(links):
            result.mistakes.append(f"{item['id']} link {kind}: {text[name]} -> {side} {text.get(other, other)}")


def _span(quantity: Item, starts: dict[str, int]) -> tuple[int, int]:
    start = starts[quantity.get("cell", "text")] + quantity["start"]
    return start, start + len(quantity["surface"])


def _match(span: tuple[int, int], found: list[Mention]) -> Mention | None:
    """The quantity that covers at least half of the shorter of the two spans."""
    for mention in found:
        common = min(span[1], mention.end) - max(span[0], mention.start)
        if common > 0 and 2 * common >= min(span[1] - span[0], mention.end - mention.start):
            return mention
    return None


def char_f1(said: str, wanted: str) -> float:
    """Share of common characters, without marks and blanks; 0 where one is empty."""
    a, b = (collections.Counter(re.sub(r"[\s|、，,。（）()“”\"]", "", text)) for text in (said, wanted))
    common = sum((a & b).values())
    return 2 * common / (a.total() + b.total()) if common else 0.0


def interval(text: str) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of `2023-06`, `2023-01/2023-06`, or of one that is open to a side (`/2023-06-30`)."""
    start, slash, end = text.partition("/")
    end = end if slash else start
    return first_day(start) if start else None, last_day(end) if end else None


def first_day(text: str) -> dt.date:
    """The first day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    return dt.date(*([int(part) for part in text.split("-")] + [1, 1])[:3])


def last_day(text: str) -> dt.date:
    """The last day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    month = month or 12
    return dt.date(year, month, day or calendar.monthrange(year, month)[1])
