"""`mse audit` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from audit_cases import CASES, report
from mse.cli import app


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "进展.txt"
    path.write_text(report((CASES[0].task, CASES[0].wrong), (CASES[1].task, CASES[1].right)).text, encoding="utf-8")
    return path


def mse(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_text_shows_what_is_wrong_the_arithmetic_and_where(wrong: Path) -> None:
    result = mse("audit", wrong)
    assert result.exit_code == 0
    assert "1140人次 / 2400人次 = 47.5%，文中写 57.5%" in result.stdout
    assert "组织渔民培训1140人次" in result.stdout
    assert "1 document, 1 finding" in result.stderr


def test_in_english(wrong: Path) -> None:
    assert "does not follow from its parts" in " ".join(mse("audit", wrong, "--lang", "en").stdout.split())


def test_lines_for_machines_hold_numbers_and_offsets(wrong: Path) -> None:
    (line,) = [json.loads(text) for text in mse("audit", wrong, "--format", "jsonl").stdout.splitlines()]
    text = wrong.read_text(encoding="utf-8")
    assert (line["doc"], line["kind"], line["task"]) == ("进展.txt", "rate", "1")
    assert (line["stated"]["value"], line["computed"]["value"], line["computed"]["unit"]) == ("57.5", "47.5", "%")
    assert [text[e["start"] : e["end"]] for e in line["evidence"]] == ["1140人次", "2400人次", "57.5%"]


def test_the_schedule_in_text_and_lines(wrong: Path) -> None:
    assert "时间已过 181 / 365天 = 49.59%" in mse("audit", wrong, "--schedule").stdout
    lines = mse("audit", wrong, "--schedule", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["task"] for line in lines] == ["1", "2"]


def test_exit_codes(wrong: Path, tmp_path: Path) -> None:
    assert mse("audit", wrong, tmp_path / "missing.txt").exit_code == 1
    assert mse("audit").exit_code == 2
    assert mse("audit", wrong, "--format", "csv").exit_code == 2


def test_a_report_without_contradictions(tmp_path: Path) -> None:
    path = tmp_path / "right.txt"
    path.write_text(report((CASES[0].task, CASES[0].right)).text, encoding="utf-8")
    result = mse("audit", path)
    assert "未发现矛盾" in result.stdout
    assert mse("audit", path, "--format", "jsonl").stdout == ""
