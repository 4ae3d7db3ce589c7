"""Plots as functions that return Altair charts: what is done, by task and by office, what is behind, and over time.

They take what `mse.view.Sight.of` gives (one report) or several of them, and raise MissingExtraError where
Altair is not installed. Charts without data are None.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mse.audit.status import Status
from mse.errors import MissingExtraError
from mse.model import Task
from mse.terminal import one_line
from mse.view.fonts import FAMILIES
from mse.view.sight import LATE_FIRST, STATUSES, Sight, done_of, task_name
from mse.view.words import Language, say

if TYPE_CHECKING:
    from altair import TopLevelMixin as Drawn

COLOURS: dict[Status, str] = {
    "behind": "#c2410c",
    "on track": "#2563eb",
    "ahead": "#0e7490",
    "done": "#15803d",
    "unknown": "#94a3b8",
}
_BAR = 18  # height of a row in pixels
_WIDTH = 420
_LABEL = 300  # width of the labels of rows in pixels, at most
_NAME = 22  # characters of a name on an axis, at most
_EACH = 12  # tasks up to which an axis has a tick for each


def completion_by_task(sight: Sight, language: Language = "zh", limit: int = 40) -> Drawn | None:
    """For each task with a known share the least that is done of its promises, in percent, least first.

    Bars end at 100; the number beside them is exact. `limit` is how many tasks are drawn.
    """
    alt = _altair()
    least: dict[int, Decimal] = {}
    for fact, task in zip(sight.facts, sight.task_of, strict=True):
        done = done_of(fact)
        if task is not None and done is not None and done >= 0:
            least[task] = min(done, least.get(task, done))
    ranked = sorted(least.items(), key=lambda item: (item[1], item[0]))
    if not ranked:
        return None
    rows = []
    for place, (index, done) in enumerate(ranked[:limit]):
        status = sight.statuses[index].status
        rows.append(
            {
                "row": place,
                "task": _label(sight.report.tasks[index]),
                "done": float(min(done, Decimal(100))),
                "text": f"{done:.1f}%",
                "status": _status_name(status, language),
            }
        )
    base = alt.Chart(_data(rows)).encode(y=_rows(alt, rows, "task"))
    bars = base.mark_bar(height=_BAR - 7).encode(
        x=alt.X("done:Q", scale=alt.Scale(domain=[0, 100]), title=say("percent_done", language)),
        color=_by_status(alt, language),
    )
    numbers = base.mark_text(align="left", dx=4, color="#1e293b").encode(x="done:Q", text="text:N")
    return _finished(bars + numbers, _title("chart_tasks", language, len(rows), len(ranked)), len(rows))


def completion_by_office(sight: Sight, language: Language = "zh", limit: int = 30) -> Drawn | None:
    """For each lead office its tasks by status, the office with most behind first."""
    counts: dict[str, Counter[Status]] = {}
    for task, status in zip(sight.report.tasks, sight.statuses, strict=True):
        for office in dict.fromkeys(task.lead_organizations):
            counts.setdefault(office, Counter())[status.status] += 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1]["behind"], -item[1].total(), item[0]))
    return _stacked(ranked, "chart_offices", language, limit)


def status_by_report(sights: Iterable[Sight], language: Language = "zh", limit: int = 60) -> Drawn | None:
    """For each report its tasks by status, in the order given."""
    ranked = [(sight.report.metadata.title or sight.report.doc, sight.counts) for sight in sights]
    return stacked_reports(ranked, language, limit)


def stacked_reports(
    reports: Sequence[tuple[str, Counter[Status]]], language: Language = "zh", limit: int = 60
) -> Drawn | None:
    """The same from titles and counts alone, for archives whose reports are not all kept in memory."""
    return _stacked([r for r in reports if r[1].total()], "chart_reports", language, limit)


def behind_schedule(sight: Sight, language: Language = "zh", limit: int = 40) -> Drawn | None:
    """The tasks that are behind in time: share done as a bar, share of time gone as a tick, widest gap first."""
    alt = _altair()
    late = [
        (status.share_gone - status.share_done, index, status)
        for index, status in enumerate(sight.statuses)
        if status.status == "behind" and status.share_done is not None and status.share_gone is not None
    ]
    late.sort(key=lambda item: (-item[0], item[1]))
    if not late:
        return None
    rows = [
        {
            "row": place,
            "task": _label(sight.report.tasks[index]),
            "done": float(status.share_done or 0),
            "gone": float(status.share_gone or 0),
            "text": f"{status.share_done:.1f}%",
        }
        for place, (_, index, status) in enumerate(late[:limit])
    ]
    base = alt.Chart(_data(rows)).encode(y=_rows(alt, rows, "task"))
    title = f"{say('percent_done', language)}  |  {say('percent_gone', language)}"
    bars = base.mark_bar(height=_BAR - 7, color=COLOURS["behind"]).encode(
        x=alt.X("done:Q", scale=alt.Scale(domain=[0, 100]), title=title)
    )
    ticks = base.mark_tick(thickness=3, height=_BAR - 3, color="#0f172a").encode(x="gone:Q")
    numbers = base.mark_text(align="left", dx=4, color="#1e293b").encode(x="done:Q", text="text:N")
    return _finished(bars + ticks + numbers, _title("chart_behind", language, len(rows), len(late)), len(rows))


def planned_and_done(sights: Iterable[Sight], language: Language = "zh") -> Drawn | None:
    """Several reports of the same place and year: the share of time gone against the share done, report by report.

    Both are averages over the promises that are measured by time. None where no place and year has two such reports.
    """
    return planned_and_done_from([p for sight in sights if (p := time_point(sight)) is not None], language)


Point = tuple[str, int, str, float, float]  # place, year, ISO day, percent planned, percent done


def time_point(sight: Sight) -> Point | None:
    """Where a report stands: the day it tells of, and the average shares of time gone and of targets done."""
    about = sight.report.metadata
    shares = [
        (metric.share_gone, min(metric.share_done, Decimal(100)))
        for status in sight.statuses
        for metric in status.metrics
        if metric.basis == "time" and metric.share_gone is not None and metric.share_done is not None
    ]
    if not shares or about.period is None or about.period.end is None or about.year is None:
        return None
    gone = sum((a for a, _ in shares), Decimal(0)) / len(shares)
    done = sum((b for _, b in shares), Decimal(0)) / len(shares)
    return about.place, about.year, about.period.end.isoformat(), float(gone), float(done)


def planned_and_done_from(points: Sequence[Point], language: Language = "zh") -> Drawn | None:
    """The chart of `planned_and_done` from points."""
    alt = _altair()
    series = Counter(point[:2] for point in points)
    rows = [
        {"series": f"{place} {year}".strip(), "day": day, "kind": kind, "share": share}
        for place, year, day, gone, done in sorted(points)
        if series[place, year] > 1
        for kind, share in ((say("planned", language), gone), (say("completion", language), done))
    ]
    if not rows:
        return None
    days = sorted({str(row["day"]) for row in rows})
    names = [say("planned", language), say("completion", language)]
    chart = (
        alt.Chart(_data(rows))
        .mark_line(point=alt.OverlayMarkDef(size=60))
        .encode(
            x=alt.X(
                "day:T",
                title=say("day", language),
                axis=alt.Axis(format="%Y-%m-%d", labelAngle=0, labelOverlap=True, values=days),
            ),
            y=alt.Y("share:Q", scale=alt.Scale(domain=[0, 100]), title="%"),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=names, range=["#64748b", COLOURS["done"]]),
                legend=alt.Legend(title=None, orient="top", symbolType="stroke", symbolStrokeWidth=3),
            ),
            strokeDash=alt.StrokeDash("kind:N", scale=alt.Scale(domain=names, range=[[6, 4], [1, 0]]), legend=None),
            detail="series:N",
        )
        .properties(width=_WIDTH, height=180)
    )
    if len({row["series"] for row in rows}) > 1:
        chart = chart.facet(row=alt.Row("series:N", title=None))
    return _configured(chart.properties(title=say("chart_over_time", language)))


def charts_of(sight: Sight, language: Language = "zh") -> dict[str, Drawn]:
    """The charts of one report that have something to show, by name."""
    made = {
        "tasks": completion_by_task(sight, language),
        "behind": behind_schedule(sight, language),
        "offices": completion_by_office(sight, language),
    }
    return {name: chart for name, chart in made.items() if chart is not None}


def _altair() -> Any:
    try:
        import altair
    except ImportError as error:
        raise MissingExtraError("A chart", "view") from error
    return altair


def _stacked(ranked: Sequence[tuple[str, Counter[Status]]], title: str, language: Language, limit: int) -> Drawn | None:
    alt = _altair()
    if not ranked:
        return None
    rows = [
        {
            "row": place,
            "name": name,
            "count": count[status],
            "status": _status_name(status, language),
            "order": LATE_FIRST[status],
        }
        for place, (name, count) in enumerate(ranked[:limit])
        for status in STATUSES
        if count[status]
    ]
    most = max(count.total() for _, count in ranked[:limit])
    # Tasks are whole: few of them get a tick each.
    counts = alt.Axis(format="d", values=list(range(most + 1))) if most <= _EACH else alt.Axis(format="d")
    chart = (
        alt.Chart(_data(rows))
        .mark_bar(height=_BAR - 6)
        .encode(
            y=_rows(alt, rows, "name"),
            x=alt.X("count:Q", title=say("task_count", language), axis=counts),
            color=_by_status(alt, language),
            order=alt.Order("order:Q"),
        )
    )
    drawn = min(limit, len(ranked))
    return _finished(chart, _title(title, language, drawn, len(ranked)), drawn)


def _rows(alt: Any, rows: Sequence[dict[str, Any]], name: str) -> Any:
    """Rows from top to bottom in the order given; two of the same name stay two."""
    names = {row["row"]: str(row[name]) for row in rows}
    shown = [_short(names[place]) for place in sorted(names)]
    # As JSON the names are string literals of the expression, whatever stands in them.
    look_up = f"{json.dumps(shown)}[datum.value]"
    return alt.Y("row:O", axis=alt.Axis(title=None, labelLimit=_LABEL, labelExpr=look_up, ticks=False, domain=False))


def _short(name: str) -> str:
    return name if len(name) <= _NAME else name[: _NAME - 1] + "…"


def _label(task: Task) -> str:
    return one_line(task_name(task, _NAME)) or "-"


def _by_status(alt: Any, language: Language) -> Any:
    domain = [_status_name(status, language) for status in STATUSES]
    scale = alt.Scale(domain=domain, range=[COLOURS[status] for status in STATUSES])
    return alt.Color("status:N", scale=scale, legend=alt.Legend(title=None, orient="top"))


def _status_name(status: Status, language: Language) -> str:
    return say(status.replace(" ", "_"), language)


def _data(rows: list[dict[str, Any]]) -> Any:
    return _altair().Data(values=rows)


def _title(key: str, language: Language, drawn: int, known: int) -> Any:
    note = say("top_of", language, shown=drawn, all=known) if drawn < known else ""
    return _altair().TitleParams(text=say(key, language), subtitle=note) if note else say(key, language)


def _finished(chart: Any, title: Any, rows: int) -> Drawn:
    return _configured(chart.properties(width=_WIDTH, height=max(1, rows) * _BAR, title=title))


def _configured(chart: Any) -> Drawn:
    drawn: Drawn = (
        chart.configure(font=", ".join((*FAMILIES, "sans-serif")))
        .configure_title(anchor="start", fontSize=14, subtitleColor="#475569")
        .configure_axis(labelColor="#1e293b", titleColor="#475569", titleFontWeight="normal", gridColor="#e2e8f0")
        .configure_legend(labelColor="#1e293b", labelFontSize=11)
        .configure_view(stroke=None)
    )
    return drawn
