"""The command `mse` as a user meets it: what it writes where, and what it says when something is wrong."""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pyarrow.parquet
import pytest
from typer.testing import CliRunner

from mse.cli import app
from samples import FACT, QUANTITY

REPORT = "\n".join(
    [
        "某市2021年民生实事进展情况",
        "",
        "今年1至4月，全市新增城镇就业1200人，完成年度目标任务3000人的40%。",
        "新建停车位350个，同比增长12.5%。",
        "",
    ]
)


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def mse(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_without_the_model_names_are_found_by_rules_alone(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("由鲁晓牵头，2024年新建幼儿园3所。", encoding="utf-8")
    (found,) = lines(mse("extract", path).stdout)
    (by_rules,) = lines(mse("extract", path, "--no-model").stdout)
    assert (found["persons"], found["source"]) == (["鲁晓"], "model")
    assert (by_rules["persons"], by_rules["source"]) == ([], "rule")


def said(result):
    """Standard error as lines, without what is empty."""
    return [line for line in result.stderr.splitlines() if line.strip()]


# ---- what is written ----


@pytest.mark.parametrize("level", ["facts", "mentions", "tasks"])
def test_standard_output_holds_nothing_but_records(seeds, level):
    result = mse("extract", seeds[0], "--level", level)
    assert result.exit_code == 0
    records = lines(result.stdout)
    assert records
    assert {record["doc"] for record in records} == {seeds[0].name}
    assert said(result) == [f"1 document, {len(records):,} {level}"]


def test_facts_are_the_default(report):
    assert mse("extract", report).stdout == mse("extract", report, "--level", "facts", "--format", "jsonl").stdout


def test_offsets_point_at_the_evidence(report):
    records = lines(mse("extract", report, "--level", "mentions").stdout)
    assert "1200人" in {record["text"] for record in records}
    assert all(REPORT[record["start"] : record["end"]] == record["text"] for record in records)


def test_a_folder_is_read_recursively_in_the_order_of_names(tmp_path):
    for name in ("b.txt", "a.txt", "deep/er/c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(REPORT, encoding="utf-8")
    result = mse("extract", tmp_path, "--level", "mentions")
    docs = [record["doc"].rpartition("/")[2] for record in lines(result.stdout)]
    assert docs == sorted(docs)
    assert set(docs) == {"a.txt", "b.txt", "c.txt"}


def test_a_file_that_is_named_twice_is_read_once(report):
    assert mse("extract", report, report, report.parent).stdout == mse("extract", report).stdout


def test_the_same_input_gives_the_same_bytes(report, tmp_path):
    for name in ("1.parquet", "2.parquet", "1.csv", "2.csv"):
        assert mse("extract", report, "--level", "mentions", "-o", tmp_path / "out" / name).exit_code == 0
    for ending in ("parquet", "csv"):
        first, second = (tmp_path / "out" / f"{n}.{ending}" for n in (1, 2))
        assert first.read_bytes() == second.read_bytes()


def test_the_ending_of_the_file_decides_the_format_unless_it_is_given(report, tmp_path):
    mse("extract", report, "--level", "mentions", "-o", tmp_path / "m.csv")
    assert (tmp_path / "m.csv").read_bytes().startswith(codecs.BOM_UTF8)
    mse("extract", report, "--level", "mentions", "-o", tmp_path / "m.PARQUET")
    assert pyarrow.parquet.read_table(tmp_path / "m.PARQUET").num_rows > 0
    mse("extract", report, "--level", "mentions", "-o", tmp_path / "n.csv", "--format", "jsonl")
    assert lines((tmp_path / "n.csv").read_text(encoding="utf-8"))


@pytest.mark.parametrize("level", ["facts", "mentions", "tasks"])
def test_every_format_holds_the_same_records(seeds, tmp_path, level):
    texts = []
    for form in ("jsonl", "csv", "parquet"):
        out = tmp_path / f"x.{form}"
        assert mse("extract", seeds[0], "--level", level, "-o", out).exit_code == 0
        match form:
            case "jsonl":
                records = lines(out.read_text(encoding="utf-8"))
            case "csv":
                with out.open(encoding="utf-8-sig", newline="") as file:
                    records = list(csv.DictReader(file))
            case _:
                records = pyarrow.parquet.read_table(out).to_pylist()
        texts.append([record["metric" if level == "facts" else "text"] for record in records])
    assert texts[0]
    assert texts[0] == texts[1] == texts[2]


def test_csv_on_standard_output_has_no_byte_order_mark(report):
    rows = list(csv.reader(io.StringIO(mse("extract", report, "--format", "csv").stdout)))
    assert rows[0][0] == "doc"


def test_missing_folders_of_the_output_are_made(report, tmp_path):
    assert mse("extract", report, "-o", tmp_path / "new" / "folder" / "facts.jsonl").exit_code == 0
    assert (tmp_path / "new" / "folder" / "facts.jsonl").is_file()


def test_the_output_is_no_input_of_the_next_run(report, tmp_path):
    out = tmp_path / "out.txt"
    assert mse("extract", tmp_path, "-o", out).exit_code == 0
    first = out.read_bytes()
    assert mse("extract", tmp_path, "-o", out).exit_code == 0
    assert out.read_bytes() == first


def test_summary_shows_and_saves(seeds, tmp_path):
    result = mse("summary", seeds[0], "--save", tmp_path / "out")
    assert result.exit_code == 0
    assert "肇庆市" in result.stdout
    assert seeds[0].name in result.stdout
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == sorted(
        f"{level}.{form}" for level in ("facts", "mentions", "tasks") for form in ("jsonl", "parquet")
    )
    assert (tmp_path / "out" / "facts.jsonl").read_text(encoding="utf-8") == mse("extract", seeds[0]).stdout


# ---- what can be wrong with a document ----


def bad_files(folder):
    """One file of each kind that cannot be read, by name."""
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b" \n\t\n")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 64)
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01" + b"\x00" * 200)
    (folder / "bytes.txt").write_bytes(REPORT.encode("utf-8")[:-40] + b"\xff\xfe\xfa\x81" + b"\x00\xff\x80" * 40)
    return ["empty.txt", "blank.txt", "binary.txt", "picture.txt", "bytes.txt", "missing.txt"]


@pytest.mark.parametrize("index", range(6))
def test_a_bad_document_is_one_clear_line_and_exit_code_1(tmp_path, index):
    path = tmp_path / bad_files(tmp_path)[index]
    result = mse("extract", path)
    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = [line for line in said(result) if path.name in line]
    assert "defect" not in line
    assert len(line) > len(str(path)) + 10


@pytest.mark.parametrize("level", ["facts", "mentions", "tasks"])
def test_bad_documents_do_not_take_the_others_down(seeds, tmp_path, level):
    bad = bad_files(tmp_path)
    good = seeds[0]
    out = tmp_path / "out" / "x.jsonl"
    result = mse("extract", *(tmp_path / name for name in bad), good, "--level", level, "-o", out)
    assert result.exit_code == 1
    assert out.read_text(encoding="utf-8") == mse("extract", good, "--level", level).stdout
    failed = said(result)[-len(bad) - 1 :]
    assert failed[0] == f"{len(bad)} failures:"
    assert all(any(name in line for line in failed[1:]) for name in bad)


def test_prose_is_read_as_prose(tmp_path):
    path = tmp_path / "prose.txt"
    path.write_text("春天来了，花都开了。", encoding="utf-8")
    result = mse("extract", path, "--level", "tasks")
    assert (result.exit_code, result.stdout) == (0, "")
    assert said(result) == ["1 document, 0 tasks"]


def test_a_folder_without_reports_is_a_failure(tmp_path):
    (tmp_path / "nothing").mkdir()
    result = mse("extract", tmp_path / "nothing")
    assert result.exit_code == 1
    assert any(str(tmp_path / "nothing") in line for line in said(result))


def test_nothing_read_leaves_the_older_output(tmp_path):
    out = tmp_path / "facts.jsonl"
    out.write_text("old")
    result = mse("extract", tmp_path / "missing.txt", "-o", out)
    assert result.exit_code == 1
    assert out.read_text() == "old"
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".part"]


def test_a_name_cannot_move_the_terminal(tmp_path):
    path = tmp_path / "a\x1b[31m\nb.txt"
    path.write_bytes(b"")
    result = mse("extract", path)
    assert result.exit_code == 1
    assert "\x1b" not in result.stderr
    assert len([line for line in said(result) if "b.txt" in line and "a" in line]) == 1


def test_a_defect_of_ours_fails_one_document_only(report, tmp_path, monkeypatch):
    other = tmp_path / "b.txt"
    other.write_text(REPORT, encoding="utf-8")

    def analyse(read, model):
        if read.doc.endswith("b.txt"):
            raise IndexError("list index out of range")
        return SimpleNamespace(report=read, facts=[FACT], mentions=[QUANTITY])

    monkeypatch.setattr("mse.pipeline.analyse", analyse)
    result = mse("extract", report, other)
    assert result.exit_code == 1
    assert len(lines(result.stdout)) == 1
    (line,) = [line for line in said(result) if "b.txt" in line]
    assert "please report it" in line


def test_a_file_above_the_limit_is_named_with_the_way_out(report):
    result = mse("extract", report, "--limit-mb", "0.00001")
    assert result.exit_code == 1
    (line,) = [line for line in said(result) if report.name in line]
    assert "too large" in line
    assert "raise the limit" in line


# ---- wrong usage ----


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract"],
        ["extract", "x.txt", "--level", "words"],
        ["extract", "x.txt", "--format", "xml"],
        ["extract", "x.txt", "--format", "parquet"],
        ["extract", "x.txt", "-o"],
        ["extract", "x.txt", "-o", "."],
        ["extract", "x.txt", "--unknown"],
        ["summary"],
        ["nonsense"],
    ],
)
def test_wrong_usage_is_exit_code_2_with_a_word_why(arguments):
    result = mse(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said(result)


def test_parquet_without_pyarrow_names_the_extra(report, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = mse("extract", report, "-o", tmp_path / "facts.parquet")
    assert result.exit_code == 2
    assert "mse[batch]" in result.stderr


def test_an_output_that_cannot_be_written_is_one_line(report, tmp_path):
    (tmp_path / "file").write_text("")
    result = mse("extract", report, "-o", tmp_path / "file" / "facts.jsonl")
    assert result.exit_code == 1
    (line,) = said(result)
    assert "facts.jsonl" in line


# ---- the command itself ----


@pytest.mark.parametrize(("arguments", "taught"), [([], "mse extract report"), (["extract"], "-o facts.csv")])
def test_help_teaches_by_example(arguments, taught):
    result = mse(*arguments, "--help")
    assert result.exit_code == 0
    assert taught in result.stdout


def run(*arguments, **settings):
    command = [sys.executable, "-m", "mse", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=120, check=False, **settings)


def test_help_and_version_answer_without_the_language_machinery():
    code = "from mse.__main__ import app; import sys, atexit; app(['--help'], standalone_mode=False); " + (
        "print(sorted({'spacy', 'jieba', 'pydantic', 'regex', 'pyarrow'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert run("--version").stdout.startswith(b"mse ")


def test_output_is_utf_8_whatever_the_locale(report):
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run("extract", report, "--level", "mentions", env=environment)
    assert done.returncode == 0
    assert "1200人" in done.stdout.decode("utf-8")
    assert run("summary", report, env=environment).returncode == 0


def test_a_closed_pipe_is_no_traceback(seeds):
    done = subprocess.run(
        f"'{sys.executable}' -m mse extract '{seeds[0]}' --level mentions | head -n 1",
        shell=True,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
