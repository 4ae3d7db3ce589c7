"""The colours of the page, for what is shown elsewhere: read from its style sheet, so that there is one place."""

from __future__ import annotations

from functools import cache
from importlib import resources

import regex

_VARIABLE = regex.compile(r"--([a-z-]+):\s*(#[0-9a-f]{3,6})")


@cache
def colours() -> dict[str, str]:
    """Every colour of `page.css` by its name: `target` is the line below a target, `target-tint` what lies behind."""
    sheet = resources.files("mse.view.page").joinpath("assets", "page.css").read_text(encoding="utf-8")
    return dict(_VARIABLE.findall(sheet))
