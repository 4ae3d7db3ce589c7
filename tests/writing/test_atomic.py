from __future__ import annotations

import os
from pathlib import Path

import pytest

from mse.writing import saving
from mse.writing.atomic import replacing
from samples import FACT


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def write_and_fail(stream, content):
    stream.write(content)
    raise RuntimeError


def test_the_file_appears_when_the_block_ends(tmp_path):
    path = tmp_path / "new" / "folder" / "facts.jsonl"
    with replacing(path) as stream:
        stream.write(b"1")
        assert not path.exists()
    assert path.read_bytes() == b"1"
    assert names(path.parent) == ["facts.jsonl"]


def test_an_error_leaves_the_older_file_and_nothing_else(tmp_path):
    path = tmp_path / "facts.jsonl"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError), replacing(path) as stream:
        write_and_fail(stream, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["facts.jsonl"]


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_an_error_while_records_are_written_leaves_nothing(tmp_path, form):
    with pytest.raises(RuntimeError), saving(tmp_path / "facts", "facts", form) as writer:
        write_and_fail(writer, [FACT])
    assert names(tmp_path) == []


def test_a_link_stays_a_link(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    with replacing(link) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_device_is_written_to_and_not_replaced():
    with replacing(Path(os.devnull)) as stream:
        stream.write(b"1")
    assert Path(os.devnull).is_char_device()


def test_the_rights_are_those_of_any_new_file(tmp_path):
    with replacing(tmp_path / "ours") as stream:
        stream.write(b"")
    (tmp_path / "plain").write_bytes(b"")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode
