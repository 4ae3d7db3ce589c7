"""Every chart: what it draws, that it becomes a picture without a browser, and that no text of a report harms it."""

from __future__ import annotations

import sys
from collections import Counter
from xml.etree import ElementTree

import altair
import pytest

from mse.errors import MissingExtraError
from mse.view import (
    FontError,
    Sight,
    behind_schedule,
    charts,
    completion_by_office,
    completion_by_task,
    planned_and_done,
    status_by_report,
    to_png,
    to_svg,
)
from mse.view.fonts import has_chinese
from mse.view.words import say
from reports import HOSTILE, empty, hostile, large, long_cell, small

MAKERS = {
    "tasks": lambda sights, **given: completion_by_task(sights[0], **given),
    "offices": lambda sights, **given: completion_by_office(sights[0], **given),
    "behind": lambda sights, **given: behind_schedule(sights[0], **given),
    "reports": status_by_report,
    "over time": planned_and_done,
}
TITLES = {
    "tasks": "chart_tasks",
    "offices": "chart_offices",
    "behind": "chart_behind",
    "reports": "chart_reports",
    "over time": "chart_over_time",
}
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def sights() -> list[Sight]:
    """Two reports of one city and year, the first behind its time."""
    return [Sight.of(small(40, 4, "a.txt")), Sight.of(small(480, 9, "b.txt"))]


def rows(chart: altair.TopLevelMixin) -> list[dict]:
    data = chart.to_dict()
    return (data.get("data") or data["spec"]["data"])["values"]


def texts(svg: str) -> str:
    return "\n".join(t for t in ElementTree.fromstring(svg).itertext())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", MAKERS)
def test_a_chart_is_altairs_and_becomes_svg_and_png(name, language, sights):
    chart = MAKERS[name](sights, language=language)
    assert isinstance(chart, altair.TopLevelMixin)
    assert rows(chart)
    svg = to_svg(chart)
    assert ElementTree.fromstring(svg).tag.endswith("svg")
    assert say(TITLES[name], language) in texts(svg)
    if has_chinese():
        png = to_png(chart, scale=1)
        assert png.startswith(PNG)
        assert len(to_png(chart, scale=2)) > len(png)
    else:
        with pytest.raises(FontError):
            to_png(chart)


def test_the_same_chart_is_the_same_picture(sights):
    first, again = (to_svg(completion_by_office(sights[0])) for _ in range(2))
    assert first == again


def test_the_least_done_of_a_task_counts_and_comes_first(sights):
    drawn = rows(completion_by_task(sights[0]))
    assert [row["text"] for row in drawn] == ["6.7%", "50.0%"]
    assert [row["task"].split()[0] for row in drawn] == ["1", "2"]
    assert {row["status"] for row in drawn} <= {"滞后", "正常", "超前", "已完成", "无法判断"}


def test_more_than_all_still_ends_at_the_edge():
    drawn = rows(completion_by_task(Sight.of(small(1200))))
    assert {row["text"]: row["done"] for row in drawn}["200.0%"] == 100


def test_only_what_is_behind_is_drawn_as_behind(sights):
    sight = sights[0]
    drawn = rows(behind_schedule(sight))
    assert len(drawn) == sight.counts["behind"] > 0
    assert all(row["done"] < row["gone"] for row in drawn)
    assert behind_schedule(Sight.of(small(600, 4))) is None


def test_offices_add_up_to_their_tasks(sights):
    count = Counter()
    for row in rows(completion_by_office(sights[0])):
        count[row["name"]] += row["count"]
    assert count == {"市教育局": 1, "市住建局": 1}


def test_over_time_needs_two_reports_of_a_place_and_year(sights):
    assert planned_and_done(sights[:1]) is None
    drawn = rows(planned_and_done(sights))
    assert sorted({row["day"] for row in drawn}) == ["2021-04-30", "2021-09-30"]


def test_what_is_left_out_is_said():
    sight = Sight.of(large(50))
    chart = completion_by_task(sight, limit=10)
    assert len(rows(chart)) == 10
    assert "前 10 项，共 50 项" in texts(to_svg(chart))


@pytest.mark.parametrize("name", ["tasks", "offices", "behind", "reports", "over time"])
def test_nothing_to_draw_is_no_chart(name):
    chart = MAKERS[name]([Sight.of(empty())])
    assert chart is None


def test_hostile_names_are_text_and_nothing_else():
    sight = Sight.of(hostile())
    made = [completion_by_task(sight), completion_by_office(sight), status_by_report([sight])]
    for chart in made:
        svg = to_svg(chart)
        root = ElementTree.fromstring(svg)
        assert not [e for e in root.iter() if e.tag.split("}")[-1] in ("script", "image", "foreignObject")]
        assert not [a for e in root.iter() for a in e.attrib if a.lower().startswith("on")]
    assert HOSTILE[:8] in texts(to_svg(made[1]))


def test_a_very_long_cell_has_a_short_name():
    chart = completion_by_task(Sight.of(long_cell(100_000)))
    assert chart is None or all(len(row["task"]) < 60 for row in rows(chart))
    assert len(to_svg(completion_by_office(Sight.of(long_cell(100_000))))) < 100_000


@pytest.mark.parametrize("name", MAKERS)
def test_without_altair_the_extra_is_named(name, sights, monkeypatch):
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(MissingExtraError, match=r"mse\[view\]"):
        MAKERS[name](sights)


def test_charts_of_a_report_are_those_with_something_to_show(sights):
    assert set(charts.charts_of(sights[0])) == {"tasks", "behind", "offices"}
    assert charts.charts_of(Sight.of(empty())) == {}
