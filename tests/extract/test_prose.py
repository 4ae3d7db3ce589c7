"""Roles, metrics, units, periods and links in sentences and table rows of many domains, against a reader's reading.

The odd items are those the rules were worked out on, the even ones are kept as a check; in the three newest files it
is the other way round, and of the last one both halves were read. All have floors of their own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import prose

HERE = Path(__file__).resolve().parent
FILES = {
    "": prose.load(HERE / "prose.jsonl"),
    "fresh ": prose.load(HERE / "prose_fresh.jsonl"),
    "newer ": prose.load(HERE / "prose_fresh2.jsonl"),
    "newest ": prose.load(HERE / "prose_fresh3.jsonl"),
    "latest ": prose.load(HERE / "prose_fresh4.jsonl"),
}
EVEN = ("newer ", "newest ", "latest ")  # the files whose even items were worked on
ITEMS = [item for items in FILES.values() for item in items]
HALVES = {
    name + half: [item for item in items if int(item["id"]) % 2 == odd]
    for name, items in FILES.items()
    for half, odd in (("worked on", name not in EVEN), ("check", name in EVEN))
}
MEASURES = ("span", "unit", "role", "metric", "end", "link", "tuple")
FLOORS = {
    half: dict(zip(MEASURES, floors, strict=True))
    for half, floors in {
        "worked on": (0.99, 0.99, 0.98, 0.96, 0.99, 0.99, 0.96),
        "check": (0.99, 0.99, 0.96, 0.91, 0.93, 0.87, 0.89),
        "fresh worked on": (0.99, 0.98, 0.95, 0.87, 0.98, 0.88, 0.85),
        "fresh check": (0.99, 0.97, 0.93, 0.87, 0.9, 0.94, 0.82),
        "newer worked on": (0.99, 0.98, 0.97, 0.91, 0.97, 0.94, 0.89),
        "newer check": (0.99, 0.98, 0.94, 0.88, 0.85, 0.93, 0.82),
        "newest worked on": (0.99, 0.98, 0.94, 0.86, 0.92, 0.91, 0.83),
        "latest worked on": (0.99, 0.99, 0.93, 0.89, 0.93, 0.86, 0.84),
        "latest check": (0.99, 0.98, 0.93, 0.86, 0.88, 0.86, 0.78),
        "newest check": (0.98, 0.96, 0.9, 0.8, 0.79, 0.79, 0.67),
    }.items()
}
FLOORS["newer worked on"]["date"], FLOORS["newer check"]["date"] = 0.99, 0.89


@cache
def measured(half: str) -> prose.Score:
    return prose.score(HALVES[half])


@pytest.mark.parametrize(("half", "name"), [(half, name) for half in FLOORS for name in FLOORS[half]])
def test_as_a_reader_reads_it(half, name):
    score = measured(half)
    mistakes = "\n".join(m for m in score.mistakes if f" {name}" in m)
    assert score.f1(name) >= FLOORS[half][name], f"{name} {score.f1(name):.3f}\n{mistakes}"


def test_there_are_enough_items_of_many_domains():
    assert [len(items) for items in FILES.values()] == [158, 67, 114, 80, 100]
    assert len({item["domain"] for item in ITEMS}) >= 30
    assert sum("task" in item for item in ITEMS) >= 35
    for items in FILES.values():
        assert [item["id"] for item in items] == [f"{n:03d}" for n in range(1, len(items) + 1)]


def test_every_surface_stands_where_it_is_said_to():
    for item in ITEMS:
        for quantity in item["quantities"]:
            cell = item[quantity.get("cell", "text")]
            assert cell[quantity["start"] :].startswith(quantity["surface"]), item["id"]


def test_links_name_quantities_of_their_item():
    for item in ITEMS:
        names = {quantity["id"] for quantity in item["quantities"]}
        for quantity in item["quantities"]:
            assert set(quantity.get("links", {})) <= {"actual", "target"}
            assert set(quantity.get("links", {}).values()) <= names - {quantity["id"]}


def test_no_item_comes_from_the_reports_of_the_repository(seeds):
    reports = "".join(path.read_text(encoding="utf-8") for path in seeds)
    sentences = [
        s for i in ITEMS for cell in ("text", *prose.CELLS) for s in i.get(cell, "").split("。") if len(s) > 12
    ]
    assert sentences
    assert [s for s in sentences if s in reports] == []


def test_the_scorer_counts_what_is_wrong():
    item = {
        "id": "1",
        "domain": "",
        "date": "2023-05-01",
        "text": "改造厂房3座，同比增长5%。",
        "quantities": [
            {
                "id": "q1",
                "start": 4,
                "surface": "3座",
                "value": "4",
                "unit": "座",
                "role": "target",
                "metric": "改造厂房",
            },
            {"id": "q2", "start": 11, "surface": "5%", "value": "5", "unit": "%", "role": "change", "metric": "失业率"},
        ],
    }
    score = prose.score([item])
    assert {name: score.right[name] for name in ("span", "value", "unit", "role", "metric", "tuple")} == {
        "span": 2,
        "value": 1,
        "unit": 2,
        "role": 1,
        "metric": 1,
        "tuple": 0,
    }
    assert score.f1("value") == 0.5


def test_metrics_are_compared_by_their_characters():
    assert prose.char_f1("城镇|低保标准", "城镇低保标准") == 1
    assert prose.char_f1("完成投资", "完成|投资额度") == pytest.approx(0.8)
    assert prose.char_f1("", "投资") == 0


def test_a_year_and_a_month_end_with_their_last_day():
    assert [prose.last_day(text).isoformat() for text in ("2024", "2024-02", "2024-02-05")] == [
        "2024-12-31",
        "2024-02-29",
        "2024-02-05",
    ]
