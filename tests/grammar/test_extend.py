"""Words of one's own: a folder of lexicon files adds to those of the package, for Python and the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPORT = """甲县2024年攻坚任务推进情况表（1—6月）

序号\t攻坚事项\t最新战况\t牵头单位
1\t全年培训护理员2000人。\t1—6月，培训护理员800人，完成军令状2000人的40%。\t县人社局
2\t配发菌棒90万棒。\t配发菌棒45万棒。\t县农业农村局
"""
COLUMNS = '[[column]]\nrole = "progress"\nwords = ["最新战况"]\nexample = ["最新战况"]\n'
CUES = '[restated_target]\nwords = ["军令状"]\nexample = "完成军令状2000人的40%"\n'
UNITS = '[[family]]\nname = "logs"\nunits = [{ words = ["棒"], example = "菌棒45万棒", value = "450000" }]\n'


@pytest.fixture
def words(tmp_path) -> Path:
    folder = tmp_path / "words"
    folder.mkdir()
    for name, text in (("columns", COLUMNS), ("cues", CUES), ("units_count", UNITS)):
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def report(tmp_path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", **variables},
    )


def facts(report: Path, **variables: str) -> list[dict]:
    done = run("-m", "mse", "extract", str(report), **variables)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def sides(found: list[dict]) -> list[tuple[str, str]]:
    return [tuple(f[side]["text"] if f[side] else "" for side in ("target", "actual")) for f in found]


def test_a_column_a_cue_and_a_unit_are_learnt(report, words):
    assert sides(facts(report)) == [("2000人", ""), ("90万", "")]
    taught = facts(report, MSE_GRAMMAR=str(words))
    assert sides(taught) == [("2000人", "800人"), ("90万棒", "45万棒")]
    assert [f["completion"]["stated"] for f in taught] == ["40", None]
    assert [f["unit"] for f in taught] == ["人", "棒"]


def test_in_python_and_in_its_processes(report, words):
    code = (
        "import sys, mse\n"
        "from mse.grammar import extend\n"
        "if __name__ == '__main__':\n"
        "    extend(sys.argv[1])\n"
        "    for workers in (1, 2):\n"
        "        print(*(f.actual.text for facts in mse.pipe([sys.argv[2]], workers) for f in facts))\n"
    )
    script = words.parent / "script.py"
    script.write_text(code, encoding="utf-8")
    done = run(str(script), str(words), str(report))
    assert done.stdout.splitlines() == ["800人 45万棒"] * 2, done.stderr


def test_an_extension_that_comes_too_late_is_refused(words):
    code = f"import mse; mse.recognize('5个'); from mse.grammar import extend; extend({str(words)!r})"
    done = run("-c", code)
    assert done.returncode == 1
    assert "too late for columns, cues, units_count" in done.stderr


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("columns", "[[column", "columns.toml"),
        ("colums", COLUMNS, "no lexicon of this name"),
        ("cues", '[restated_targets]\nwords = ["军令状"]', "no [restated_targets]"),
        ("cues", "[restated_target]\nwords = 3", "restated_target.words: int where a list belongs"),
    ],
)
def test_a_file_that_does_not_fit_is_named(name, text, says, report, tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / f"{name}.toml").write_text(text, encoding="utf-8")
    done = run("-m", "mse", "extract", str(report), MSE_GRAMMAR=str(tmp_path / "own"))
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_without_lexicons_is_named(report, tmp_path):
    done = run("-m", "mse", "extract", str(report), MSE_GRAMMAR=str(tmp_path / "nothing"))
    assert done.returncode == 2
    assert "nothing: no folder with lexicons" in done.stderr
    assert "Traceback" not in done.stderr


def test_joined_lexicons_hold_both_and_no_word_twice():
    from mse.grammar.lexicon import _joined

    shipped = {"a": {"words": ["一", "二"], "example": "一"}, "b": [1]}
    added = {"a": {"words": ["二", "三"], "example": "三"}}
    assert _joined(shipped, added, "") == {"a": {"words": ["一", "二", "三"], "example": "三"}, "b": [1]}
    assert shipped == {"a": {"words": ["一", "二"], "example": "一"}, "b": [1]}


def test_a_batch_does_its_documents_again_with_other_words(words, report, tmp_path):
    out = str(tmp_path / "out")
    first = run("-m", "mse", "batch", str(report), "-o", out)
    same = run("-m", "mse", "batch", str(report), "-o", out)
    extended = run("-m", "mse", "batch", str(report), "-o", out, MSE_GRAMMAR=str(words))
    again = run("-m", "mse", "batch", str(report), "-o", out, MSE_GRAMMAR=str(words))
    (words / "cues.toml").write_text(CUES.replace("军令状", "责任状"), encoding="utf-8")
    changed = run("-m", "mse", "batch", str(report), "-o", out, MSE_GRAMMAR=str(words))
    done = [each.stderr.split("; ")[0] for each in (first, same, extended, again, changed)]
    redone, kept = "1 done, 0 unchanged, 0 failed", "0 done, 1 unchanged, 0 failed"
    assert done == [redone, kept, redone, kept, redone]
