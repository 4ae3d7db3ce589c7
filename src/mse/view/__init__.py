"""See it: a page for a browser, displays for a notebook and a terminal, and charts.

`write_page` writes one self-contained HTML file; `show` shows a report, a task or facts where one works, and after
`%load_ext mse.view` they show themselves; the charts are Altair's.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mse.view.charts import (
        behind_schedule,
        completion_by_office,
        completion_by_task,
        planned_and_done,
        status_by_report,
    )
    from mse.view.fonts import FontError, to_png, to_svg, use_fonts
    from mse.view.notebook import load_ipython_extension, show, to_html, to_text, unload_ipython_extension
    from mse.view.page import write_page
    from mse.view.sight import Sight

_HOMES = {
    "charts": (
        "behind_schedule",
        "completion_by_office",
        "completion_by_task",
        "planned_and_done",
        "status_by_report",
    ),
    "fonts": ("FontError", "to_png", "to_svg", "use_fonts"),
    "notebook": ("load_ipython_extension", "show", "to_html", "to_text", "unload_ipython_extension"),
    "page": ("write_page",),
    "sight": ("Sight",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "FontError",
    "Sight",
    "behind_schedule",
    "completion_by_office",
    "completion_by_task",
    "load_ipython_extension",
    "planned_and_done",
    "show",
    "status_by_report",
    "to_html",
    "to_png",
    "to_svg",
    "to_text",
    "unload_ipython_extension",
    "use_fonts",
    "write_page",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"mse.view.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value
