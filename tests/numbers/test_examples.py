"""The example of every lexicon entry is read as the entry says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from mse.grammar import load
from mse.numbers import find, quantities
from mse.numbers.units import lexicon

UNITS = [
    entry
    for name in ("units_measure", "units_count")
    for section in ("dimension", "currency", "family")
    for group in load(name).get(section, ())
    for entry in group["units"]
]
NAMES = [
    entry
    for section in ("block", "before", "before_one", "before_chinese", "word", "whole")
    for entry in load("names")[section]
]
NUMERALS = [pair for table in load("numerals").values() for pair in table.get("examples", ())]
COMPARISONS = load("comparisons")["example"]


@pytest.mark.parametrize("entry", UNITS, ids=[e["words"][0] for e in UNITS])
def test_unit(entry: dict[str, Any]) -> None:
    first = quantities(entry["example"])[0]
    assert first.value == Decimal(entry["value"])
    named = entry["words"]
    assert first.unit in named or any(lexicon().by_word[w].base == first.unit for w in named) or entry.get("big")


@pytest.mark.parametrize("entry", NAMES, ids=[e["example"] for e in NAMES])
def test_name(entry: dict[str, Any]) -> None:
    assert quantities(entry["example"]) == []


@pytest.mark.parametrize(("text", "value"), NUMERALS, ids=[t for t, _ in NUMERALS])
def test_numeral(text: str, value: str) -> None:
    (numeral,) = find(text)
    sign = value[0] if value[0] in "<>~" else "="
    low, _, high = value.lstrip("<>~").partition("..")
    assert (numeral.text, numeral.op) == (text, sign)
    assert numeral.value == Decimal(low)
    assert numeral.high == (Decimal(high) if high else None)


@pytest.mark.parametrize("entry", COMPARISONS, ids=[e["text"] for e in COMPARISONS])
def test_comparison(entry: dict[str, Any]) -> None:
    (found,) = quantities(entry["text"])
    assert (found.op, found.value) == (entry["op"], Decimal(entry["value"]))


def test_every_entry_has_an_example() -> None:
    assert all(entry["example"] for entry in UNITS + NAMES)
    assert len(UNITS) > 150
    assert len(NAMES) > 20
