"""Folders that cannot be used, and disks that are full: a clear error, and what was there before stays as it was."""

from __future__ import annotations

import resource
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import mse.batch
from archives import content, report, write_reports
from mse.batch.store import StoreError


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Path:
    """An output folder of a run, and the archive beside it."""
    folder = tmp_path_factory.mktemp("filled")
    mse.batch.run([write_reports(folder / "in", 4)], folder / "out")
    return folder


@pytest.fixture
def out(filled, tmp_path) -> Path:
    """A copy of the output folder that a test may spoil."""
    shutil.copytree(filled / "out", tmp_path / "out")
    return tmp_path / "out"


def parts(out: Path, level: str = "facts") -> list[Path]:
    return sorted(file for file in (out / level).iterdir() if not file.name.endswith("00000000.parquet"))


def files(out: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in sorted(out.rglob("*")) if file.is_file()}


def refused(filled: Path, out: Path, words: str) -> None:
    """Neither a run nor a question takes the folder, and both leave it as it is."""
    before = files(out)
    for use in (lambda: mse.batch.run([filled / "in"], out), lambda: mse.batch.open(out)):
        with pytest.raises(StoreError, match=words):
            use()
    assert files(out) == before


def test_a_folder_of_something_else(filled, tmp_path):
    (tmp_path / "letter.txt").write_text("no results", encoding="utf-8")
    refused(filled, tmp_path, "holds")


def test_a_file_for_a_folder(filled, tmp_path):
    (tmp_path / "out").write_text("no results", encoding="utf-8")
    with pytest.raises(StoreError, match="no folder"):
        mse.batch.run([filled / "in"], tmp_path / "out")


def test_another_version(filled, out):
    with sqlite3.connect(out / "manifest.sqlite") as db:
        db.execute("UPDATE meta SET value = '0' WHERE name = 'format'")
    db.close()
    refused(filled, out, "another mse")


def test_results_of_another_mse_are_not_mixed_but_may_be_asked(filled, out):
    with sqlite3.connect(out / "manifest.sqlite") as db:
        db.execute("UPDATE meta SET value = '0.0.0' WHERE name = 'version'")
    db.close()
    with pytest.raises(StoreError, match=r"version 0\.0\.0"):
        mse.batch.run([filled / "in"], out)
    assert content(out) == content(filled / "out")


def test_a_damaged_manifest(filled, out):
    (out / "manifest.sqlite").write_bytes(b"x" * 5000)
    refused(filled, out, "manifest.sqlite: is damaged")


@pytest.mark.parametrize("damage", [lambda data: data[:100], lambda data: b"x" * len(data), lambda data: b""])
def test_a_damaged_part(filled, out, damage):
    part = parts(out)[0]
    part.write_bytes(damage(part.read_bytes()))
    refused(filled, out, f"{part.name}: is damaged")


def test_a_missing_part(filled, out):
    part = parts(out)[0]
    part.unlink()
    refused(filled, out, f"{part.name}: cannot be read")


def test_damage_in_the_middle_of_a_part_names_the_part(out):
    part = parts(out)[0]
    data = bytearray(part.read_bytes())
    data[4 : len(data) * 2 // 3] = b"\xff" * (len(data) * 2 // 3 - 4)
    part.write_bytes(data)
    with pytest.raises(StoreError, match=f"{part.name}: is damaged"), mse.batch.open(out) as archive:
        list(archive.rows("facts"))


def test_what_a_stopped_run_left_is_removed(filled, out):
    shutil.copy(parts(out)[0], out / "facts" / "part-00000099.parquet")
    (out / "facts" / ".mse-0123456789abcdef.part").write_bytes(b"half")
    with mse.batch.open(out) as archive:  # what the manifest does not name does not count
        assert archive.table("facts").num_rows == len(content(filled / "out")["facts"])
    mse.batch.run([filled / "in"], out)
    assert [file.name for file in parts(out)] == [file.name for file in parts(filled / "out")]


def test_a_folder_whose_making_was_stopped(filled, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "lock.sqlite").touch()
    (tmp_path / "out" / "manifest.sqlite.new").write_bytes(b"half")
    mse.batch.run([filled / "in"], tmp_path / "out")
    assert content(tmp_path / "out") == content(filled / "out")


def test_a_full_disk_leaves_the_results_as_they_were(filled, out):
    """The largest file a process may write stands for the disk."""
    before = content(out)
    archive = out.parent / "more"
    archive.mkdir()
    (archive / "large.txt").write_text("".join(report(number) for number in range(400)), encoding="utf-8")
    command = [sys.executable, "-m", "mse", "batch", str(archive), "-o", str(out)]
    most = 60_000
    run = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert run.returncode == 1
    assert run.stderr.startswith("mse: ")
    assert "check the path, its permissions and the free space" in run.stderr
    assert "Traceback" not in run.stderr
    assert content(out) == before
    assert not [file for level in ("facts", "mentions") for file in (out / level).glob(".mse-*")]
    assert mse.batch.run([archive], out).done == 1


def test_no_permission(filled, tmp_path, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "out"))

    monkeypatch.setattr(Path, "mkdir", refuse)
    from typer.testing import CliRunner

    from mse.cli import app

    run = CliRunner().invoke(app, ["batch", str(filled / "in"), "-o", str(tmp_path / "out")])
    assert run.exit_code == 1
    assert run.stderr == (
        f"mse: {tmp_path / 'out'}: Permission denied; check the path, its permissions and the free space\n"
    )


def test_a_document_that_goes_away_during_the_run_is_a_failure(tmp_path):
    from mse.batch import runner

    archive = write_reports(tmp_path / "in", 3)
    gone = archive / "2018" / "0000.txt"
    plan = runner._plan

    def plan_and_remove(*arguments):
        total = plan(*arguments)
        gone.unlink()
        return total

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runner, "_plan", plan_and_remove)
        summary = mse.batch.run([archive], tmp_path / "out")
    assert (summary.done, summary.failed) == (2, 1)
    assert "does not exist" in summary.reasons[0]
