"""Roles, metrics, units, periods and links in sentences and table rows of many domains, against a reader's reading.

The odd items are those the rules were worked out on, the even ones are kept as a check; in the newest file it is the
other way round. Both have floors of their own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import prose

HERE = Path(__file__).resolve().parent
FILES = {"": prose.load(HERE / "prose.jsonl"), "fresh ": prose.load(HERE / "prose_fresh.jsonl")}
FILES["newer "] = prose.load(HERE / "prose_fresh2.jsonl")
ITEMS = [item for items in FILES.values() for item in items]
HALVES = {
    name + half: [item for item in items if int(item["id"]) % 2 == odd]
    for name, items in FILES.items()
    for half, odd in (("worked on", name != "newer "), ("check", name == "newer "))
}
FLOORS = {
    "worked on": {"span": 0.99, "unit": 0.98, "role": 0.98, "metric": 0.95, "end": 0.98, "link": 0.97, "tuple": 0.95},
    "check": {"span": 0.99, "unit": 0.98, "role": 0.95, "metric": 0.89, "end": 0.93, "link": 0.86, "tuple": 0.86},
    "fresh worked on": {
        "span": 0.99,
        "unit": 0.98,
        "role": 0.93,
        "metric": 0.85,
        "end": 0.96,
        "link": 0.87,
        "tuple": 0.83,
    },
    "fresh check": {"span": 0.99, "unit": 0.97, "role": 0.90, "metric": 0.85, "end": 0.88, "link": 0.93, "tuple": 0.78},
}


@cache
def measured(half: str) -> prose.Score:
    return prose.score(HALVES[half])


@pytest.mark.parametrize(("half", "name"), [(half, name) for half in FLOORS for name in FLOORS[half]])
def test_as_a_reader_reads_it(half, name):
    score = measured(half)
    mistakes = "\n".join(m for m in score.mistakes if f" {name}" in m)
    assert score.f1(name) >= FLOORS[half][name], f"{name} {score.f1(name):.3f}\n{mistakes}"


def test_there_are_enough_items_of_many_domains():
    assert [len(items) for items in FILES.values()] == [158, 67, 114]
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
