"""What a notebook displays, opened in a browser as a viewer of notebooks shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

import mse
from mse.view import Sight, to_html
from reports import hostile, large
from windows import NARROW, severe

pytestmark = pytest.mark.browser

SEED = sorted((Path(__file__).resolve().parents[2] / "seeds").glob("*.txt"))[0]


def written(path: Path, *shown: str, ground: str = "#fff") -> Path:
    """A bare page with displays in it, on the ground of a light or a dark theme."""
    ink = "#fff" if ground != "#fff" else "#000"
    body = f'<body style="background:{ground};color:{ink}"><main><h1>x</h1>{"".join(shown)}</main></body>'
    head = '<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>x</title></head>'
    path.write_text(f"{head}{body}</html>", encoding="utf-8")
    return path


@pytest.mark.parametrize("ground", ["#fff", "#111"])
def test_every_display_has_enough_contrast_on_any_ground(ground, open_page, tmp_path):
    sight = Sight.of(mse.read(SEED))
    shown = [to_html(sight), to_html(sight.report.tasks[23], sight), to_html(sight.findings, sight, language="en")]
    page = open_page(written(tmp_path / "a.html", *shown, ground=ground))
    assert severe(page) == []
    mark = page.locator("mark", has_text="609元").first
    assert "目标" in mark.get_attribute("title")
    assert mark.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(219, 231, 254)"


def test_hostile_names_run_nothing_and_ask_for_nothing(open_page, tmp_path):
    sight = Sight.of(hostile())
    things = [to_html(sight), to_html(list(sight.facts)), *(to_html(task, sight) for task in sight.report.tasks)]
    page = open_page(written(tmp_path / "a.html", *things))
    assert page.evaluate("window.hurt") is None
    assert page.locator("main script, main img").count() == 0
    assert page.get_by_text("<script>window.hurt=1</script>").count() > 3


def test_the_bar_is_drawn_to_its_share(open_page, tmp_path):
    page = open_page(written(tmp_path / "a.html", to_html(list(Sight.of(large(1)).facts))))
    widths = page.locator("td:last-child div div").evaluate_all("all => all.map(e => e.getBoundingClientRect().width)")
    stated = [float(text.rstrip("%")) for text in page.locator("td:last-child b").all_inner_texts()]
    assert widths == [pytest.approx(90 * share / 100, abs=0.5) for share in stated]
    assert len(widths) == 3


def test_on_a_narrow_screen_nothing_is_cut_off(open_page, tmp_path):
    page = open_page(written(tmp_path / "a.html", to_html(Sight.of(mse.read(SEED)))), size=NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    assert severe(page) == []
