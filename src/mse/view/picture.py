"""A chart as a picture that any viewer of notebooks shows, without a script."""

from __future__ import annotations

import sys
from typing import Any

from mse.view.fonts import has_chinese, to_png, to_svg
from mse.view.png import width

SCALE = 2  # pixels for each unit of the chart, so that it is sharp on a fine screen


def is_chart(thing: Any) -> bool:
    """Whether it is a chart of Altair; without Altair loaded there are none."""
    altair = sys.modules.get("altair")
    return altair is not None and isinstance(thing, altair.TopLevelMixin)


def picture(chart: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The chart by media type, and how wide to show it: PNG where Chinese can be drawn, else SVG.

    Raises MissingExtraError without vl-convert.
    """
    if not has_chinese():
        return {"image/svg+xml": to_svg(chart), "text/plain": ""}, {}
    png = to_png(chart, SCALE)
    return {"image/png": png, "text/plain": ""}, {"image/png": {"width": width(png) // SCALE}}
