"""Conformance of numbers with the Recognizers-Text specifications, read from the folder in MSE_SPECS.

How their types map to ours:

- `number`: `find`, the same spans and values.
- `ordinal`: `ordinals`, the same spans and values.
- `numberrange`: a numeral of `find` with its comparison; the span has the words that compare. A quantity with two
  ends is a range without its unit; its upper end belongs to it here and not there: the same range counts as the same.
- `percentage`: quantities in %, ‰ and percentage points; their value is in percent.
- `currency`, `dimension`, `age`, `temperature`: quantities of those dimensions; their unit names map to ours in
  `numbers_units.toml`. An age may be told by a duration and 大 (十个月大), which is in its span there. A result without
  a number (人民币) is no quantity.

An example passes when every result has the same span, value and unit, and there are no others.
What is chosen to be different is listed with its reason in `numbers_differences.toml`, by a hash of the input.
`python tests/conformance/test_numbers.py` writes the rates to `docs/conformance.md`.
"""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from collections import Counter
from collections.abc import Callable
from decimal import Context, Decimal
from pathlib import Path
from typing import Any

import pytest

from mse.model import plain
from mse.numbers import find, ordinals, quantities
from mse.numbers.comparisons import comparison
from mse.numbers.units import lexicon

HERE = Path(__file__).parent
REASONS: dict[str, dict[str, Any]] = tomllib.loads((HERE / "numbers_differences.toml").read_text(encoding="utf-8"))
UNITS: dict[str, dict[str, str]] = tomllib.loads((HERE / "numbers_units.toml").read_text(encoding="utf-8"))
SPECS = os.environ.get("MSE_SPECS", "")
PERCENT = {
    "%": Decimal(1),
    "％": Decimal(1),
    "‰": Decimal("0.1"),
    "‱": Decimal("0.01"),
    "ppm": Decimal("0.0001"),
    "个百分点": Decimal(1),
}

needs_specs = pytest.mark.skipif(not SPECS, reason="MSE_SPECS names no folder of Recognizers-Text specifications")

# A result: start, end (exclusive), value as a number or an interval, unit.
Result = tuple[int, int, str, str]


def folder() -> Path:
    root = Path(SPECS)
    nested = root / "recognizers-text"
    return nested if nested.is_dir() else root


def load(name: str) -> list[dict[str, Any]]:
    examples: list[dict[str, Any]] = json.loads((folder() / f"{name}.json").read_text(encoding="utf-8-sig"))
    return examples


def key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def shown(value: Decimal) -> str:
    """Thirteen digits, about as many as theirs have."""
    return plain(Context(prec=13).plus(value))


def numbers(text: str) -> list[Result]:
    return [(n.start, n.end, shown(n.value), "") for n in find(text)]


def places(text: str) -> list[Result]:
    return [(n.start, n.end, shown(n.value), "") for n in ordinals(text)]


def intervals(text: str) -> list[Result]:
    found = []
    for n in find(text):
        said = comparison(text, n.start, n.end, own=n.op, round_number=n.bare_scale, scaled=True)
        value = shown(n.value)
        kinds = {">=": f"[{value},)", ">": f"({value},)", "<=": f"(,{value}]", "<": f"(,{value})"}
        if said.op in kinds:
            found.append((said.start, said.end, kinds[said.op], ""))
    for q in quantities(text):
        if q.low is not None and q.high is not None:
            last = max(n.end for n in find(text) if n.end <= q.end)
            found.append((q.number_start, last, f"[{shown(q.low)},{shown(q.high)})", ""))
    return found


def percents(text: str) -> list[Result]:
    found = []
    for q in quantities(text):
        if q.value is not None and q.unit in PERCENT:
            found.append((q.start, q.end, shown(q.value * PERCENT[q.unit]), "%"))
    return found


def of_groups(*groups: str) -> Callable[[str], list[Result]]:
    def recognize(text: str) -> list[Result]:
        found = []
        for q in quantities(text):
            unit = lexicon().lookup(q.unit)
            if unit is not None and unit.kind == "measure" and unit.group.startswith(groups) and q.value is not None:
                found.append((q.start, q.end, shown(q.value), unit.word))
        return found

    return recognize


def ages(text: str) -> list[Result]:
    told = [q for q in quantities(text) if text[q.end : q.end + 1] == "大" and q.value is not None]
    return of_groups("age")(text) + [(q.start, q.end + 1, shown(q.value), q.unit) for q in told if q.value is not None]


RECOGNIZERS: dict[str, Callable[[str], list[Result]]] = {
    "NumberModel": numbers,
    "OrdinalModel": places,
    "NumberRangeModel": intervals,
    "PercentModel": percents,
    "CurrencyModel": of_groups("money"),
    "DimensionModel": of_groups("length", "area", "volume", "mass", "data", "speed", "power", "energy"),
    "AgeModel": ages,
    "TemperatureModel": of_groups("temperature", "degree"),
}


def wanted(name: str, result: dict[str, Any]) -> Result | None:
    """A result of theirs in our terms; None where it has no number."""
    resolution = result.get("Resolution") or {}
    value = resolution.get("value")
    if value is None:
        return None
    start, end = result["Start"], result["End"] + 1
    if name == "NumberRangeModel":
        return start, end, value, ""
    number = shown(Decimal(value.rstrip("%")))
    unit = UNITS.get(name, {}).get(resolution.get("unit", ""), resolution.get("unit", ""))
    return start, end, number, "%" if name == "PercentModel" else unit


def passes(name: str, example: dict[str, Any]) -> bool:
    results = [wanted(name, result) for result in example["Results"]]
    theirs = sorted(result for result in results if result is not None)
    ours = sorted(RECOGNIZERS[name](example["Input"]))
    if name in UNITS:
        theirs, ours = [_base(r) for r in theirs], [_base(r) for r in ours]
    if example.get("IgnoreResolution"):
        return [r[:2] for r in ours] == [r[:2] for r in theirs]
    return ours == theirs


def _base(result: Result) -> Result:
    """A dimension in its base unit, so that 3千比特 and 3000比特 are the same."""
    unit = lexicon().lookup(result[3])
    if unit is None:
        return result
    return result[0], result[1], shown(Decimal(result[2]) * unit.factor), unit.base


def outcome(name: str) -> tuple[Counter[str], list[str]]:
    """How many examples of a file pass, differ for a listed reason, or differ otherwise."""
    listed = {digest for entry in REASONS.values() for digest in entry["inputs"]}
    counts: Counter[str] = Counter()
    unexplained = []
    for example in load(name):
        if passes(name, example):
            counts["pass"] += 1
        elif key(example["Input"]) in listed:
            counts["different by choice"] += 1
        else:
            counts["different"] += 1
            unexplained.append(example["Input"])
    return counts, unexplained


@needs_specs
@pytest.mark.parametrize("name", RECOGNIZERS)
def test_all_that_is_not_chosen_to_differ_passes(name: str) -> None:
    counts, unexplained = outcome(name)
    assert counts["pass"] > 0
    assert counts["different"] <= 0.03 * (counts["pass"] + counts["different"]), unexplained


@needs_specs
def test_what_is_listed_as_different_still_is() -> None:
    differing = {key(e["Input"]) for name in RECOGNIZERS for e in load(name) if not passes(name, e)}
    present = {key(e["Input"]) for name in RECOGNIZERS for e in load(name)}
    listed = {digest for entry in REASONS.values() for digest in entry["inputs"]}
    assert (listed & present) - differing == set()


def test_every_reason_is_given() -> None:
    assert all(entry["reason"] and entry["inputs"] for entry in REASONS.values())


def test_the_mapping_names_units_we_know() -> None:
    assert all(lexicon().lookup(unit) is not None for table in UNITS.values() for unit in table.values())


def write_report() -> None:
    lines = [
        "# Conformance",
        "",
        "Dates and periods are in [conformance-dates.md](conformance-dates.md).",
        "",
        "## Numbers",
        "",
        "Measured on the Recognizers-Text specifications for Chinese with `tests/conformance/test_numbers.py`, which",
        "says how their types map to ours. An example passes when every result has the same span, value and unit, and",
        "there are no others. In scope is what is not chosen to be different.",
        "",
        "| file | examples | pass | different by choice | different | of all | of what is in scope |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name in RECOGNIZERS:
        counts, unexplained = outcome(name)
        total = sum(counts.values())
        scope = total - counts["different by choice"]
        lines.append(
            f"| {name} | {total} | {counts['pass']} | {counts['different by choice']} | {counts['different']} "
            f"| {counts['pass'] / total:.1%} | {counts['pass'] / max(1, scope):.1%} |"
        )
        for text in unexplained:
            example = next(e for e in load(name) if e["Input"] == text)
            print(name, key(text), text, RECOGNIZERS[name](text), [wanted(name, r) for r in example["Results"]])
    lines += ["", "### Different by choice", ""]
    lines += [f"- {entry['reason']} ({len(entry['inputs'])} inputs)" for entry in REASONS.values()]
    (HERE.parent.parent / "docs" / "conformance.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_report()
