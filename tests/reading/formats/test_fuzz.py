"""Damaged files of every format give a report or an error of ours: no crash, no hang, no blow-up of memory.

`finds/` keeps the files that once did otherwise; `tests/support/mutations.py` searches for more, as long as one likes.
"""

from __future__ import annotations

import resource
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutations import damaged, examples, survives

FINDS = sorted((Path(__file__).parent / "finds").iterdir())
KINDS = ("docx", "xlsx", "html", "pdf", "xls", "mht", "zip", "csv", "gb18030", "big5")
MOST_MEMORY = 1024 * 1024  # kilobytes on top of what the tests before needed


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, seeds: list[Path]) -> dict[str, bytes]:
    return examples(seeds, tmp_path_factory.mktemp("examples"))


def test_every_kind_is_there(files: dict[str, bytes]) -> None:
    assert set(files) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_files(tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes], kind: str) -> None:
    folder = tmp_path_factory.mktemp(kind)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    @settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.randoms(use_true_random=False))
    def run(random: object) -> None:
        survives(damaged(files[kind], random), folder)

    run()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_MEMORY


@pytest.mark.parametrize("find", FINDS, ids=lambda find: find.name)
def test_what_was_found_before(tmp_path: Path, find: Path) -> None:
    survives(find.read_bytes(), tmp_path)
