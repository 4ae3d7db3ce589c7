"""Conformance of dates and periods with the Recognizers-Text specifications, read from the folder in MSE_SPECS.

How their types map to ours:

- `date` and `daterange`: an expression with the same span and the same days. Their ranges end the day after; so does
  a range here that ends one day earlier. Where they give a past and a future reading, either is right.
- A `daterange` from one month or year to another ends with the first day of the last one there, with its last day here
  (三月到五月 includes May), as the annotation guide has it; the same range counts as the same.
- `set`: an expression marked as recurring.
- `time`, `timerange` and `duration`: no date; right when nothing there is recognized as one.
- `datetime` and `datetimerange` hold a clock time, which is outside our scope.

What is chosen to be different is listed with its reason in `dates_differences.toml`, by a hash of the input.
`python tests/conformance/test_dates.py` writes the rates to `docs/conformance-dates.md`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mse import dates

FILES = ("DateParser", "DatePeriodParser", "DateTimeModel", "DurationParser")
HERE = Path(__file__).parent
REASONS: dict[str, dict[str, Any]] = tomllib.loads((HERE / "dates_differences.toml").read_text(encoding="utf-8"))
CLOCK = frozenset({"datetime", "datetimerange"})
NO_DATE = frozenset({"time", "timerange", "duration"})
SPECS = os.environ.get("MSE_SPECS", "")
LOWEST_RATE = 0.85

needs_specs = pytest.mark.skipif(not SPECS, reason="MSE_SPECS names no folder of Recognizers-Text specifications")

Days = tuple[str | None, str | None]


@dataclass(slots=True)
class Wanted:
    """One result of a specification: its span (end exclusive), kind, and every reading of its days."""

    start: int
    end: int
    kind: str
    readings: list[Days]


def folder() -> Path:
    root = Path(SPECS)
    nested = root / "recognizers-text"
    return nested if nested.is_dir() else root


def load(name: str) -> list[dict[str, Any]]:
    examples: list[dict[str, Any]] = json.loads((folder() / f"{name}.json").read_text(encoding="utf-8-sig"))
    return examples


def key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def wanted(result: dict[str, Any]) -> Wanted:
    kind = (result.get("TypeName") or result.get("Type") or "").removeprefix("datetimeV2.")
    start = result["Start"]
    end = start + result["Length"] if "Length" in result else result["End"] + 1
    value = result.get("Value") or result.get("Resolution") or {}
    maps = value.get("values") or [value.get("FutureResolution") or {}, value.get("PastResolution") or {}]
    readings = []
    for entry in maps:
        day = entry.get("date") or (entry.get("value") if kind == "date" else None)
        low, high = entry.get("startDate") or entry.get("start"), entry.get("endDate") or entry.get("end")
        readings.append((day, day) if day else (low, high))
    return Wanted(start, end, kind, readings)


def day_before(day: str) -> str:
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()


def agrees(ours: Days, theirs: Days, expression: dates.DateExpression) -> bool:
    """Whether the days are the same; their end may be the day after ours, or the first day of the last unit."""
    if ours[0] != theirs[0]:
        return False
    if ours[1] == theirs[1] or (theirs[1] is not None and ours[1] == day_before(theirs[1])):
        return True
    if expression.last is None or ours[1] is None:
        return False
    return theirs[1] == {"month": ours[1][:8] + "01", "year": ours[1][:5] + "01-01"}.get(expression.unit)


def in_scope(results: list[Wanted]) -> bool:
    return not any(result.kind in CLOCK for result in results)


def passes(example: dict[str, Any]) -> bool:
    text = example["Input"]
    day = ((example.get("Context") or {}).get("ReferenceDateTime") or "")[:10] or None
    found = dates.recognize(text, day)
    results = [wanted(result) for result in example.get("Results", [])]
    dated = [result for result in results if result.kind not in NO_DATE]
    if len(found) != len(dated):
        return False
    for (expression, period), result in zip(found, dated, strict=True):
        if (expression.start, expression.end) != (result.start, result.end):
            return False
        if result.kind == "set":
            if not expression.recurring:
                return False
            continue
        if period is None:
            return False
        ours = (
            period.start.isoformat() if period.start else None,
            period.end.isoformat() if period.end else None,
        )
        if not any(agrees(ours, reading, expression) for reading in result.readings):
            return False
    return True


def outcome(name: str) -> tuple[Counter[str], list[str]]:
    """How many examples of a file pass, differ for a listed reason, differ otherwise, or are out of scope."""
    listed = {digest for entry in REASONS.values() for digest in entry["inputs"]}
    counts: Counter[str] = Counter()
    unexplained = []
    for example in load(name):
        results = [wanted(result) for result in example.get("Results", [])]
        dated = any(result.kind not in NO_DATE for result in results)
        if not in_scope(results):
            counts["out of scope"] += 1
            continue
        counts["dated"] += dated
        if passes(example):
            counts["pass"] += 1
            counts["dated pass"] += dated
        elif key(example["Input"]) in listed:
            counts["different by choice"] += 1
        else:
            counts["different"] += 1
            unexplained.append(example["Input"])
    return counts, unexplained


def rate(counts: Counter[str]) -> float:
    return counts["pass"] / max(1, counts["pass"] + counts["different"] + counts["different by choice"])


@needs_specs
@pytest.mark.parametrize("name", FILES)
def test_enough_of_what_is_in_scope_passes(name: str) -> None:
    counts, unexplained = outcome(name)
    assert rate(counts) >= LOWEST_RATE, (counts, unexplained)


@needs_specs
def test_what_is_listed_as_different_still_is() -> None:
    differing = {key(example["Input"]) for name in FILES for example in load(name) if not passes(example)}
    present = {key(example["Input"]) for name in FILES for example in load(name)}
    listed = {digest for entry in REASONS.values() for digest in entry["inputs"]}
    assert (listed & present) - differing == set()


def test_every_reason_is_given() -> None:
    assert all(entry["reason"] and entry["inputs"] for entry in REASONS.values())


def write_report() -> None:
    lines = [
        "# Conformance of dates and periods",
        "",
        "Measured on the Recognizers-Text specifications for Chinese with `tests/conformance/test_dates.py`, which",
        "says how their types map to ours. An example passes when every expression has the same span and days.",
        "",
        "| file | examples | out of scope | in scope | pass | different by choice | different | rate | dated: pass |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name in FILES:
        counts, unexplained = outcome(name)
        scope = counts["pass"] + counts["different"] + counts["different by choice"]
        total = scope + counts["out of scope"]
        dated = f"{counts['dated pass']} of {counts['dated']}"
        lines.append(
            f"| {name} | {total} | {counts['out of scope']} | {scope} | {counts['pass']} "
            f"| {counts['different by choice']} | {counts['different']} | {rate(counts):.1%} | {dated} |"
        )
        for text in unexplained:
            print(name, text)
    lines += [
        "",
        "Out of scope are examples with a clock time in a result (`datetime`, `datetimerange`). The last column",
    ]
    lines += ["leaves out those in which there is no date to find, only a clock time, a duration or nothing.", ""]
    lines += ["## Different by choice", ""]
    lines += [f"- {entry['reason']} ({len(entry['inputs'])} inputs)" for entry in REASONS.values()]
    (HERE.parent.parent / "docs" / "conformance-dates.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_report()
