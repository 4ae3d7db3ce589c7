"""Every line of every corpus beside the lexicons of numbers: exactly these quantities or numerals, and no others."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest

from mse.numbers import find, quantities

FILES = ["units_measure", "units_count", "names", "comparisons", "quantities"]


def lines(name: str) -> list[dict[str, Any]]:
    text = resources.files("mse.grammar").joinpath(f"{name}.corpus.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line]


def values(entry: Any) -> list[Decimal]:
    return [Decimal(entry[key]) for key in ("value", "low", "high") if entry.get(key) is not None]


def assert_close(got: list[Decimal], wanted: list[Decimal]) -> None:
    """Equal, but for what the corpus rounds off an endless fraction."""
    assert len(got) == len(wanted)
    for a, b in zip(got, wanted, strict=True):
        assert abs(a - b) <= abs(b) * Decimal("1e-9")


QUANTITIES = [(name, entry) for name in FILES for entry in lines(name)]
NUMERALS = lines("numerals")


@pytest.mark.parametrize(("name", "entry"), QUANTITIES, ids=[f"{n}:{e['text'][:24]}" for n, e in QUANTITIES])
def test_quantities(name: str, entry: dict[str, Any]) -> None:
    found = quantities(entry["text"])
    wanted = entry["quantities"]
    assert [([q.start, q.end], q.op, q.unit) for q in found] == [(w["span"], w["op"], w["unit"]) for w in wanted]
    for q, w in zip(found, wanted, strict=True):
        assert_close([v for v in (q.value, q.low, q.high) if v is not None], values(w))


@pytest.mark.parametrize("entry", NUMERALS, ids=[e["text"][:24] for e in NUMERALS])
def test_numerals(entry: dict[str, Any]) -> None:
    found = find(entry["text"])
    wanted = entry["numerals"]
    assert [([n.start, n.end], n.op) for n in found] == [(w["span"], w["op"]) for w in wanted]
    for n, w in zip(found, wanted, strict=True):
        assert_close([v for v in (n.value, n.high) if v is not None], values(w))


def test_there_are_enough_of_them() -> None:
    """Texts are written once and none is a copy of another within its file."""
    total = 0
    for name in [*FILES, "numerals"]:
        texts = [entry["text"] for entry in lines(name)]
        assert len(texts) == len(set(texts))
        total += len(texts)
    assert total >= 900
