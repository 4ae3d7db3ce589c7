"""Officials in prose: every hand-written item is measured, and the whole must stay good."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import mse
from marked import read_item, read_items

ITEMS = read_items()


def f1(wanted: Counter[object], found: Counter[object]) -> float:
    return 2 * (wanted & found).total() / max(1, wanted.total() + found.total())


def test_there_are_enough_items_of_many_kinds():
    assert len(ITEMS) >= 150
    assert {label for item in ITEMS for _, _, label in item.spans} == {"PERSON", "POST", "ORG", "PLACE"}


def test_marks_become_spans():
    item = read_item("{市发展改革局|O}{局长|T}{张某|P}到场。 => 张某: 局长 @市发展改革局")
    assert item.text == "市发展改革局局长张某到场。"
    assert [(item.text[a:b], label) for a, b, label in item.spans] == [
        ("市发展改革局", "ORG"),
        ("局长", "POST"),
        ("张某", "PERSON"),
    ]
    assert item.officials == [("张某", ("局长",), "市发展改革局")]


@pytest.mark.parametrize("model", [True, False])
def test_names_posts_and_offices_of_officials(model):
    wanted: dict[str, Counter[object]] = {"name": Counter(), "post": Counter(), "office": Counter()}
    found: dict[str, Counter[object]] = {"name": Counter(), "post": Counter(), "office": Counter()}
    for index, item in enumerate(ITEMS):
        for name, posts, office in item.officials:
            wanted["name"][index, name] += 1
            wanted["post"].update((index, name, post) for post in posts)
            wanted["office"].update([(index, name, office)] if office else [])
        for official in mse.officials(item.text, model):
            found["name"][index, official.name] += 1
            found["post"].update((index, official.name, post) for post in official.posts)
            found["office"].update([(index, official.name, official.organization)] if official.organization else [])
    assert f1(wanted["name"], found["name"]) >= 0.9
    assert f1(wanted["post"], found["post"]) >= 0.9
    assert f1(wanted["office"], found["office"]) >= 0.85


def test_officials_of_more_prose():
    fresh = read_items(Path(__file__).resolve().parent / "prose_fresh.txt")
    assert len(fresh) == 40
    wanted = Counter((i, name, posts) for i, item in enumerate(fresh) for name, posts, _ in item.officials)
    found = Counter((i, o.name, tuple(o.posts)) for i, item in enumerate(fresh) for o in mse.officials(item.text))
    assert f1(wanted, found) >= 0.85


@pytest.mark.parametrize("label", ["PERSON", "POST", "ORG", "PLACE"])
def test_spans_of_each_label(label):
    wanted: Counter[object] = Counter()
    found: Counter[object] = Counter()
    for index, item in enumerate(ITEMS):
        wanted.update((index, a, b) for a, b, kind in item.spans if kind == label)
        found.update((index, e.start, e.end) for e in mse.entities(item.text) if e.label == label)
    assert f1(wanted, found) >= 0.9
