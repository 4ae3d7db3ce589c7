"""What the audit finds in the real reports is what docs/audit.md lists, each finding read against its source."""

from __future__ import annotations

from pathlib import Path

from mse.audit import audit
from mse.pipeline import analyse
from mse.reading import read

DOCS = Path(__file__).resolve().parents[2] / "docs" / "audit.md"
Row = tuple[str, str, str, str]


def listed() -> dict[Row, str]:
    """The rows of the table of findings, with their verdicts."""
    rows = [[cell.strip() for cell in line.strip("|\n ").split("|")] for line in DOCS.read_text("utf-8").splitlines()]
    return {(r[0], r[1], r[2], r[3]): r[4] for r in rows if len(r) == 6 and r[0].isdigit()}


def test_every_finding_in_the_seeds_was_read_and_judged(seeds: list[Path]) -> None:
    found: set[Row] = set()
    for seed in seeds:
        for finding in audit(analyse(read(seed))):
            found.add((seed.name[:3], finding.task, finding.kind, finding.arithmetic))
    assert found == set(listed()), "judge what is new and write it into docs/audit.md"


def test_nine_findings_in_ten_are_true() -> None:
    verdicts = list(listed().values())
    assert set(verdicts) <= {"true", "false"}
    assert verdicts.count("true") >= 0.9 * len(verdicts)
