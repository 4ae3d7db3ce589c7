"""The page as a file, report after report, so that memory holds one of them at a time."""

from __future__ import annotations

import base64
import hashlib
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

from mse.audit.status import Status
from mse.model import Report
from mse.pipeline import Analysis
from mse.view.charts import Point, planned_and_done_from, stacked_reports, time_point
from mse.view.fonts import to_svg
from mse.view.page.data import about, report_data, setup
from mse.view.page.embed import data_element
from mse.view.sight import Sight
from mse.view.words import LANGUAGES, Language, say
from mse.writing.atomic import replacing

SCRIPTS = ("dom", "filters", "csv", "report", "facts", "panels", "main")
INDEX = "index.html"


@dataclass(slots=True)
class Written:
    """What was written: how many reports and bytes, and whether the charts could be drawn."""

    reports: int = 0
    size: int = 0
    charts: bool = True


@dataclass(slots=True)
class _Index:
    """What the index tells of each report, gathered while they pass."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    counts: list[tuple[str, Counter[Status]]] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)

    def add(self, sight: Sight, href: str = "") -> None:
        row = about(sight)
        if href:
            row["href"] = href
        self.rows.append(row)
        self.counts.append((row["title"] or row["doc"], sight.counts))
        point = time_point(sight)
        if point is not None:
            self.points.append(point)

    def data(self, charts: bool) -> dict[str, Any]:
        drawn: dict[str, dict[str, str]] | None = None
        if charts:
            drawn = {}
            for language in LANGUAGES:
                made = {
                    "reports": stacked_reports(self.counts, language),
                    "over_time": planned_and_done_from(self.points, language),
                }
                for name, chart in made.items():
                    if chart is not None:
                        drawn.setdefault(name, {})[language] = to_svg(chart)
        return {"reports": self.rows, "charts": drawn}


def write_page(
    path: str | os.PathLike[str], sources: Report | Analysis | Iterable[Report | Analysis], language: Language = "zh"
) -> Written:
    """Write one self-contained page of one or more reports, each analysed when its turn comes.

    With several reports the page begins with an index. The file appears whole or not at all. Charts are left out, and
    the result says so, where Altair and vl-convert are not installed. Raises OSError.
    """
    if isinstance(sources, Report | Analysis):
        sources = [sources]
    written, index = Written(charts=_can_draw()), _Index()
    with replacing(Path(path)) as stream:
        out = _Out(stream)
        out.write(_head(language) + data_element("setup", setup(language)))
        for number, source in enumerate(sources):
            sight = Sight.of(source)
            index.add(sight)
            out.write(data_element(f"report-{number}", report_data(sight, written.charts)))
        out.write(data_element("index", index.data(written.charts and len(index.rows) > 1)) + _tail())
        written.reports, written.size = len(index.rows), out.size
    return written


def write_folder(
    folder: str | os.PathLike[str], sources: Iterable[Report | Analysis], language: Language = "zh"
) -> Written:
    """Write a page for each report into a folder, and an `index.html` that leads to them. Raises OSError."""
    home = Path(folder)
    written, index = Written(charts=_can_draw()), _Index()
    for number, source in enumerate(sources, 1):
        sight = Sight.of(source)
        name = f"report-{number:05d}.html"
        index.add(sight, name)
        with replacing(home / name) as stream:
            out = _Out(stream)
            out.write(_head(language) + data_element("setup", {**setup(language), "home": INDEX}))
            out.write(data_element("report-0", report_data(sight, written.charts)))
            out.write(data_element("index", {"reports": [about(sight)], "charts": None}) + _tail())
            written.size += out.size
    with replacing(home / INDEX) as stream:
        out = _Out(stream)
        out.write(_head(language) + data_element("setup", setup(language)))
        out.write(data_element("index", index.data(written.charts)) + _tail())
        written.size += out.size
    written.reports = len(index.rows)
    return written


class _Out:
    """A stream that counts what goes into it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.size = stream, 0

    def write(self, text: str) -> None:
        self.size += self._stream.write(text.encode("utf-8"))


def _can_draw() -> bool:
    return find_spec("altair") is not None and find_spec("vl_convert") is not None


@cache
def _asset(name: str) -> str:
    return resources.files("mse.view.page").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    parts = "\n".join(_asset(f"{name}.js") for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


def _head(language: Language) -> str:
    """The page up to its data. Only this script may run, and nothing may be loaded from anywhere."""
    digest = base64.b64encode(hashlib.sha256(_script().encode("utf-8")).digest()).decode("ascii")
    policy = (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    filled = {
        "policy": escape(policy),
        "language": "zh-CN" if language == "zh" else "en",
        "style": _asset("page.css"),
        "title": "mse",
        "script_needed": escape(f"{say('script_needed', 'zh')} {say('script_needed', 'en')}"),
    }
    page = _asset("page.html")
    for name, value in filled.items():
        page = page.replace(f"[[{name}]]", value)
    return page


def _tail() -> str:
    return f"<script>{_script()}</script>\n</body>\n</html>\n"
