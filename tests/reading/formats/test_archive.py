"""Archives of documents: members by paths of their own, in archives within archives, and what is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

import mse
from made import docx, p, zipped
from mse.errors import DamagedError, EncryptedError, LimitError, ReadError, UnsafeError, UnsupportedError
from mse.reading import Limits, find_files, read

TEXT = "序号\t工作任务\t进展情况\n1\t修路5公里\t已修3公里\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    inner = zipped({"乙/c.txt": TEXT, "d.docx": docx(p("正文"))})
    file = tmp_path / "报告.zip"
    file.write_bytes(zipped({"甲/a.txt": TEXT, "b.txt": "其他", "inner.zip": inner, ".hidden": "x", "__MACOSX/b": "x"}))
    return file


def test_members_are_files_with_paths_below_the_archive(archive: Path) -> None:
    files = list(find_files([archive.parent]))
    names = [file.relative_to(archive).as_posix() for file in files]
    assert names == ["b.txt", "inner.zip/d.docx", "inner.zip/乙/c.txt", "甲/a.txt"]
    reports = [read(file) for file in files]
    assert [report.doc for report in reports] == ["b.txt", "d.docx", "c.txt", "a.txt"]
    assert [len(report.tasks) for report in reports] == [0, 0, 1, 1]
    assert reports[2].path == str(archive / "inner.zip/乙/c.txt")


def test_an_archive_streams_through_the_pipeline(archive: Path) -> None:
    facts = list(mse.pipe([archive]))
    assert [len(each) for each in facts] == [0, 0, 1, 1]
    assert {fact.doc for each in facts for fact in each} == {"c.txt", "a.txt"}


def test_an_archive_itself_says_how_it_is_read(archive: Path) -> None:
    with pytest.raises(UnsupportedError, match="an archive of 3 files") as caught:
        read(archive)
    assert f"{archive}/b.txt" in caught.value.hint
    with pytest.raises(ReadError, match="does not exist"):
        read(archive / "none.txt")


def test_names_in_the_encoding_of_chinese_systems(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("进展情况.txt".encode("gb18030").decode("cp437"), TEXT)
    data = bytearray(buffer.getvalue())
    for header, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(header)
        data[at + flag + 1] &= 0xF7  # the flag that says the name is UTF-8
        name = "进展情况.txt".encode("gb18030").decode("cp437").encode("utf-8")
        raw = "进展情况.txt".encode("gb18030").ljust(len(name), b"_")
        start = data.find(name, at)
        data[start : start + len(name)] = raw
    file = tmp_path / "a.zip"
    file.write_bytes(data)
    (found,) = find_files([file])
    assert found.name.startswith("进展情况.txt")
    assert len(read(found).tasks) == 1


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\x\\a.txt", "a/../../b.txt", "..\\b.txt"])
def test_a_member_that_leads_out_is_refused_and_the_others_are_read(tmp_path: Path, name: str) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(zipped({name: TEXT, "good.txt": TEXT}))
    errors, reports = [], []
    for each in find_files([file]):
        assert ".." not in each.parts
        try:
            reports.append(read(each))
        except ReadError as error:
            errors.append(error)
    assert [report.doc for report in reports] == ["good.txt"]
    assert [type(error) for error in errors] == [UnsafeError]
    assert errors[0].place == name.replace("\\", "/") or errors[0].place == name


def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    file = tmp_path / "bomb.zip"
    file.write_bytes(zipped({"a.txt": b"\x00" * 40_000_000}))
    with pytest.raises(LimitError, match="200 times its size"):
        read(file)
    with pytest.raises(LimitError, match="unpacks to 40000000 bytes"):
        read(file, limits=Limits(unpacked=1_000_000))
    assert list(find_files([file])) == [file]
    nested = zipped({"a.txt": TEXT})
    for level in range(6):
        nested = zipped({f"{level}.zip": nested})
    file.write_bytes(nested)
    (found,) = find_files([file])
    with pytest.raises((LimitError, UnsupportedError)):
        read(found)


def test_a_member_that_is_larger_than_it_says(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT * 1000}))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    file = tmp_path / "a.zip"
    file.write_bytes(data)
    (found,) = find_files([file])
    with pytest.raises(ReadError):
        read(found)


def test_an_encrypted_member(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT}))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    file = tmp_path / "a.zip"
    file.write_bytes(data)
    with pytest.raises(EncryptedError):
        read(file / "a.txt")


def test_too_many_members(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(zipped({f"{i}.txt": "x" for i in range(20)}))
    with pytest.raises(LimitError, match="20 members"):
        read(file, limits=Limits(members=10))


def test_a_truncated_archive(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(zipped({"a.txt": TEXT})[:-30])
    with pytest.raises(DamagedError):
        read(file)
    assert list(find_files([file])) == [file]
