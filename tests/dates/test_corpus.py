"""The corpus beside the calendar lexicon: every example gives the spans and the days it says."""

from __future__ import annotations

import calendar
import datetime as dt
import json
from importlib import resources
from typing import Any

import pytest

from mse import dates

CORPUS = [
    json.loads(line)
    for line in resources.files("mse.grammar")
    .joinpath("calendar.corpus.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def days(interval: str) -> tuple[dt.date | None, dt.date | None] | None:
    """First and last day of an interval as the annotation guide writes it: `2020-01/2020-04`, `/2020-12-31`, `2017`."""
    if not interval:
        return None
    first, _, last = interval.partition("/") if "/" in interval else (interval, "", interval)
    return _first_day(first), _last_day(last)


def _first_day(text: str) -> dt.date | None:
    if not text:
        return None
    year, month, day = ([int(part) for part in text.split("-")] + [1, 1])[:3]
    return dt.date(year, month, day)


def _last_day(text: str) -> dt.date | None:
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return dt.date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def test_the_corpus_is_large_and_each_example_stands_once():
    seen = [(example["text"], example["reference"]) for example in CORPUS]
    assert len(seen) >= 500
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("example", CORPUS, ids=lambda example: f"{example['text']}@{example['reference']}")
def test_example(example: dict[str, Any]):
    text = example["text"]
    found = dates.recognize(text, example["reference"])
    assert [([e.start, e.end], e.text) for e, _ in found] == [(d["span"], d["text"]) for d in example["dates"]]
    for (expression, period), want in zip(found, example["dates"], strict=True):
        assert expression.recurring == want.get("recurring", False)
        assert (None if period is None else (period.start, period.end)) == days(want["interval"])
