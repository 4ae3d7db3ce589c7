"""Charts to SVG and PNG without a browser, and the Chinese fonts they need.

An SVG keeps its text as text, so that whoever shows it brings the font. A PNG has to be drawn here: without a font that
holds Chinese characters there would only be boxes, which is an error that says what to install.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

from mse.errors import MissingExtraError, MseError
from mse.view.png import packed

if TYPE_CHECKING:
    import altair

# Common on Linux, Windows and macOS, in this order.
FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Heiti SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "SimSun",
)
_CHINESE = "\u4e2d\u56fd"
_NOWHERE = "\U000e0fff\U000e0fff"  # unassigned: drawn as any character without a glyph is


class FontError(MseError):
    """No font with Chinese characters was found for drawing."""

    def __str__(self) -> str:
        return (
            "no font with Chinese characters was found to draw the chart with; install one (Debian and Ubuntu: "
            "apt-get install fonts-noto-cjk) or name a folder that holds one: mse.view.use_fonts(FOLDER); "
            "an SVG can be made without"
        )


def use_fonts(folder: str | os.PathLike[str]) -> None:
    """Let charts be drawn with the fonts of a folder as well. Raises MissingExtraError without vl-convert."""
    _converter().register_font_directory(os.fspath(folder))
    has_chinese.cache_clear()


@cache
def has_chinese() -> bool:
    """Whether Chinese characters can be drawn: they come out as something else than a missing character does."""
    return _drawn(_CHINESE) != _drawn(_NOWHERE)


def to_svg(chart: altair.TopLevelMixin) -> str:
    """The chart as SVG text. Raises MissingExtraError without vl-convert."""
    svg: str = _converter().vegalite_to_svg(chart.to_dict())
    return svg


def to_png(chart: altair.TopLevelMixin, scale: float = 2) -> bytes:
    """The chart as a PNG picture; `scale` 1 is one pixel a unit.

    Raises FontError where no font with Chinese characters is found, MissingExtraError without vl-convert.
    """
    converter = _converter()
    if not has_chinese():
        raise FontError
    png: bytes = converter.vegalite_to_png(chart.to_dict(), scale=scale)
    return packed(png)


def _drawn(text: str) -> bytes:
    families = ", ".join((*FAMILIES, "sans-serif"))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30">'
        f'<text x="4" y="22" font-size="20" font-family="{families}">{text}</text></svg>'
    )
    png: bytes = _converter().svg_to_png(svg)
    return png


def _converter() -> Any:
    try:
        import vl_convert
    except ImportError as error:
        raise MissingExtraError("Drawing a chart", "view") from error
    return vl_convert
