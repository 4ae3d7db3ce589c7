"""Pictures without a browser, and what is said where no font holds Chinese characters."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from mse.errors import MissingExtraError, MseError
from mse.view import FontError, Sight, completion_by_task, fonts, to_png, to_svg, use_fonts
from reports import small


@pytest.fixture
def chart():
    return completion_by_task(Sight.of(small()))


@pytest.fixture
def _fresh() -> Iterator[None]:
    fonts.has_chinese.cache_clear()
    yield
    fonts.has_chinese.cache_clear()


def test_a_missing_font_says_what_to_install(monkeypatch, chart):
    monkeypatch.setattr(fonts, "has_chinese", lambda: False)
    with pytest.raises(FontError) as caught:
        to_png(chart)
    assert isinstance(caught.value, MseError)
    for part in ("Chinese", "fonts-noto-cjk", "mse.view.use_fonts", "SVG"):
        assert part in str(caught.value)
    assert to_svg(chart).startswith("<svg")


@pytest.mark.usefixtures("_fresh")
def test_a_font_is_missing_where_chinese_looks_like_nothing(monkeypatch):
    monkeypatch.setattr(fonts, "_drawn", lambda text: b"a box")
    assert not fonts.has_chinese()
    fonts.has_chinese.cache_clear()
    monkeypatch.setattr(fonts, "_drawn", str.encode)
    assert fonts.has_chinese()


@pytest.mark.usefixtures("_fresh")
def test_fonts_of_a_folder_are_looked_for_again(monkeypatch, tmp_path):
    drawn = {"now": b"a box"}
    monkeypatch.setattr(fonts, "_drawn", lambda text: drawn["now"] if drawn["now"] else text.encode())
    assert not fonts.has_chinese()
    drawn["now"] = b""
    assert not fonts.has_chinese()  # remembered
    use_fonts(tmp_path)
    assert fonts.has_chinese()


def test_without_the_converter_the_extra_is_named(monkeypatch, chart):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(MissingExtraError, match=r"mse\[view\]"):
        to_svg(chart)
