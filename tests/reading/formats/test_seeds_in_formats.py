"""The seeds written as documents of every format and encoding give what the text gives."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import mse
from mse.model import Fact, Report
from mse.reading.clean import squeeze
from same import fact_key, share, task_key
from write_formats import WRITERS, layout

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))
LEAST = {"docx": 0.99, "xlsx": 0.99, "html": 0.99, "pdf": 0.95}


@cache
def plain(seed: Path) -> tuple[Report, list[Fact]]:
    """The report as text and its facts."""
    report = mse.read(seed)
    return report, mse.extract(report)


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name[:3])
def test_every_format_gives_the_same(tmp_path: Path, seed: Path, kind: str) -> None:
    expected, facts = plain(seed)
    file = tmp_path / f"{seed.stem}.{kind}"
    WRITERS[kind](layout(seed), file)
    report = mse.read(file)
    identity = [(t.number, squeeze(t.category), squeeze(t.text)) for t in expected.tasks]
    assert [(t.number, squeeze(t.category), squeeze(t.text)) for t in report.tasks] == identity
    assert report.metadata == expected.metadata
    assert share(map(task_key, expected.tasks), map(task_key, report.tasks)) >= LEAST[kind]
    found = mse.extract(report)
    assert share(map(fact_key, facts), map(fact_key, found)) >= LEAST[kind]
    for fact in found:
        for side in (fact.target, fact.actual, fact.baseline, fact.change):
            if side is not None and side.start is not None:
                assert report.text[side.start : side.end] == side.text
    for task in report.tasks:
        assert all(cell.row and cell.column for cell in task.cells)
        assert all((cell.page or 0) >= 1 for cell in task.cells) or kind not in ("docx", "pdf")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name[:3])
def test_every_encoding_gives_identical_facts(tmp_path: Path, seed: Path, encoding: str) -> None:
    expected, facts = plain(seed)
    file = tmp_path / seed.name
    file.write_bytes(expected.text.encode(encoding))
    report = mse.read(file)
    assert report.text == expected.text
    assert report.tasks == expected.tasks
    assert mse.extract(report) == facts
