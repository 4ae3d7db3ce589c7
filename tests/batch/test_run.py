"""A run over an archive: what comes out, what is gone over again, and that nothing is lost or doubled."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pyarrow.parquet
import pytest

import mse
import mse.batch
from archives import content, report, write_reports
from mse.batch.store import StoreError


def dataset(out: Path, level: str) -> list[dict]:
    """A dataset as any reader of Parquet sees it: all files in the folder."""
    return pyarrow.parquet.read_table(out / level).to_pylist()


def test_the_datasets_hold_what_extract_finds(seeds, tmp_path):
    summary = mse.batch.run([seeds[0].parent], tmp_path / "out", workers=2)
    assert (summary.done, summary.same, summary.failed) == (len(seeds), 0, 0)
    facts = {file.name: mse.extract(file) for file in seeds}
    assert summary.facts == sum(map(len, facts.values()))
    rows = dataset(tmp_path / "out", "facts")
    for file in seeds:
        mine = [row for row in rows if row["path"] == str(file)]
        assert [row["metric"] for row in mine] == [fact.metric for fact in facts[file.name]]
        assert [(row["target"] or {}).get("value_exact") for row in mine] == [
            None if fact.target is None or fact.target.value is None else fact.model_dump()["target"]["value"]
            for fact in facts[file.name]
        ]
        text = mse.read(file).text
        evidence = [
            side for row in mine for side in (row["target"], row["actual"]) if side and side["start"] is not None
        ]
        assert evidence
        assert all(text[side["start"] : side["end"]] == side["text"] for side in evidence)
    tasks = dataset(tmp_path / "out", "tasks")
    assert len(tasks) == sum(len(mse.read(file).tasks) for file in seeds)
    about = {row["path"]: row for row in dataset(tmp_path / "out", "documents")}
    assert about[str(seeds[0])]["place"] == mse.read(seeds[0]).metadata.place
    assert dataset(tmp_path / "out", "failures") == []


def test_workers_and_order_change_nothing(tmp_path):
    archive = write_reports(tmp_path / "in", 12)
    files = sorted(archive.rglob("*.txt"))
    mse.batch.run([archive], tmp_path / "one")
    mse.batch.run(reversed(files), tmp_path / "two", workers=2)
    assert content(tmp_path / "one") == content(tmp_path / "two")
    assert len(content(tmp_path / "one")["documents"]) == 12


def test_unchanged_documents_are_passed_over_and_changed_ones_replaced(tmp_path):
    archive = write_reports(tmp_path / "in", 6)
    out = tmp_path / "out"
    mse.batch.run([archive], out)
    again = mse.batch.run([archive], out)
    assert (again.done, again.same) == (0, 6)

    changed, removed = archive / "2018" / "0000.txt", archive / "2019" / "0001.txt"
    changed.write_text(report(90), encoding="utf-8")
    removed.unlink()
    write_reports(archive, 1, first=6)
    third = mse.batch.run([archive], out)
    assert (third.done, third.same) == (2, 4)
    fresh = tmp_path / "fresh"
    write_reports(archive, 1, first=1)  # what was removed stays in the results
    mse.batch.run([archive], fresh)
    assert content(out) == content(fresh)
    assert sorted(map(repr, dataset(out, "facts"))) == content(fresh)["facts"]


def test_results_without_the_model_replace_those_with_it(tmp_path):
    (tmp_path / "a.txt").write_text("由鲁晓牵头，2024年新建幼儿园3所。", encoding="utf-8")
    out = tmp_path / "out"
    for model, persons in ((True, ["鲁晓"]), (False, []), (True, ["鲁晓"])):
        assert mse.batch.run([tmp_path / "a.txt"], out, model=model).done == 1
        assert [row["persons"] for row in dataset(out, "facts")] == [persons]
    assert mse.batch.run([tmp_path / "a.txt"], out).same == 1


def test_a_document_that_moved_is_not_doubled(tmp_path):
    archive = write_reports(tmp_path / "in", 3)
    mse.batch.run([archive], tmp_path / "out")
    archive.rename(tmp_path / "elsewhere")
    mse.batch.run([tmp_path / "elsewhere"], tmp_path / "out")
    rows = dataset(tmp_path / "out", "documents")
    assert sorted(row["path"] for row in rows) == sorted(map(str, (tmp_path / "elsewhere").rglob("*.txt")))


def test_copies_are_documents_of_their_own(tmp_path):
    archive = tmp_path / "in"
    for name in ("a", "b"):
        (archive / name).mkdir(parents=True)
        (archive / name / "report.txt").write_text(report(1), encoding="utf-8")
    mse.batch.run([archive, archive / "a"], tmp_path / "out")
    rows = dataset(tmp_path / "out", "documents")
    assert sorted(row["path"] for row in rows) == [str(archive / name / "report.txt") for name in ("a", "b")]


def test_what_cannot_be_read_is_a_failure_and_heals(tmp_path):
    archive = write_reports(tmp_path / "in", 2)
    (archive / "empty.txt").touch()
    (archive / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    summary = mse.batch.run([archive, tmp_path / "nowhere"], tmp_path / "out")
    assert (summary.done, summary.failed) == (2, 3)
    failures = {row["path"]: row for row in dataset(tmp_path / "out", "failures")}
    assert set(failures) == {str(archive / "empty.txt"), str(archive / "picture.txt"), str(tmp_path / "nowhere")}
    assert failures[str(archive / "empty.txt")]["kind"] == "unreadable"
    assert "empty" in failures[str(archive / "empty.txt")]["reason"]

    (archive / "empty.txt").write_text(report(7), encoding="utf-8")
    mse.batch.run([archive], tmp_path / "out")
    assert str(archive / "empty.txt") not in {row["path"] for row in dataset(tmp_path / "out", "failures")}
    assert str(archive / "empty.txt") in {row["path"] for row in dataset(tmp_path / "out", "facts")}


def test_members_of_zip_archives_are_documents(tmp_path):
    with zipfile.ZipFile(tmp_path / "reports.zip", "w") as package:
        for number in range(3):
            package.writestr(f"2020/{number}.txt", report(number))
    summary = mse.batch.run([tmp_path / "reports.zip"], tmp_path / "out", workers=2)
    assert (summary.done, summary.failed) == (3, 0)
    assert mse.batch.run([tmp_path / "reports.zip"], tmp_path / "out").same == 3
    paths = {row["path"] for row in dataset(tmp_path / "out", "facts")}
    assert paths == {str(tmp_path / "reports.zip" / "2020" / f"{number}.txt") for number in range(3)}


def test_the_output_in_the_archive_is_no_document(tmp_path):
    archive = write_reports(tmp_path, 2)
    mse.batch.run([archive], archive / "out")
    assert mse.batch.run([archive], archive / "out").same == 2


def test_names_that_are_no_unicode(tmp_path):
    archive = tmp_path / "in"
    archive.mkdir()
    name = bytes(archive) + b"/\xb1\xa8.txt"
    with open(name, "wb") as file:  # noqa: PTH123 - the name is bytes
        file.write(report(1).encode())
    mse.batch.run([archive], tmp_path / "out")
    assert mse.batch.run([archive], tmp_path / "out").same == 1
    assert dataset(tmp_path / "out", "documents")[0]["path"].endswith("\\udcb1\\udca8.txt")


def test_fewer_than_one_worker_is_refused(tmp_path):
    with pytest.raises(ValueError, match="workers"):
        mse.batch.run([tmp_path], tmp_path / "out", workers=0)
    assert not (tmp_path / "out").exists()


def test_killed_at_any_moment_the_result_is_that_of_an_undisturbed_run(tmp_path):
    archive = write_reports(tmp_path / "in", 150)
    for seed in sorted((Path(__file__).parents[2] / "seeds").glob("*.txt")):
        shutil.copy(seed, archive)
    whole = tmp_path / "whole"
    mse.batch.run([archive], whole, workers=2)

    chance = random.Random(7)
    out = tmp_path / "out"
    command = [sys.executable, "-m", "mse", "batch", str(archive), "-o", str(out), "--workers", "2"]
    for _ in range(4):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 5.0))
        running.send_signal(signal.SIGKILL)
        running.wait(timeout=30)
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert content(out) == content(whole)
    assert sorted(map(repr, dataset(out, "facts"))) == content(whole)["facts"]  # nothing is left over in the folders


def test_one_run_at_a_time(tmp_path):
    from mse.batch.store import Store

    store = Store(tmp_path / "out", mse.__version__)
    try:
        with pytest.raises(StoreError, match="another run"):
            mse.batch.run([tmp_path], tmp_path / "out")
    finally:
        store.close()
    mse.batch.run([write_reports(tmp_path / "in", 1)], tmp_path / "out")


def test_the_command_says_what_it_did(tmp_path):
    archive = write_reports(tmp_path / "in", 3)
    (archive / "empty.txt").touch()
    command = [sys.executable, "-m", "mse", "batch", str(archive), "-o", str(tmp_path / "out")]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.startswith("3 done, 0 unchanged, 1 failed; ")
    assert "empty.txt: is empty" in run.stderr
    query = [sys.executable, "-m", "mse", "query", str(tmp_path / "out"), "SELECT count(*) AS n FROM documents"]
    asked = subprocess.run(query, capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(asked.stdout) == {"n": 3}
