"""All checks over a report, their findings in the order of the text."""

from __future__ import annotations

from mse.audit import claims, dates, equations, growth, rates, restated, sums, twice
from mse.audit.finding import Finding
from mse.audit.record import Where, records
from mse.pipeline import Analysis


def audit(analysis: Analysis) -> list[Finding]:
    """The contradictions of a report, in the order of the text (by the first number each rests on, then by kind).

    Reads the mentions with their roles, metrics and links, and the report's own dates; changes nothing.
    """
    found: list[Finding] = []
    known = list(records(analysis))
    frames = {frame.mention.span: frame for passage in analysis.frames for frame in passage}
    for record in known:
        for check in (rates.check, sums.check, growth.check, restated.check, claims.check):
            found.extend(check(record))
        found.extend(dates.check(record, frames))
    found.extend(twice.check(known))
    text = analysis.report.text
    for passage in analysis.passages.items:
        where = Where(analysis.report.doc, passage.task.number if passage.task is not None else "")
        found.extend(dates.broken(text, passage, where))
        found.extend(equations.check(text, passage, where))
    unique = {(f.kind, tuple((e.start, e.end) for e in f.evidence)): f for f in reversed(found)}
    return sorted(unique.values(), key=lambda f: (f.evidence[0].start, f.evidence[-1].start, f.kind))
