"""Encodings, and input that cannot be read."""

from pathlib import Path

import pytest

from mse.errors import ReadError
from mse.reading import find_files, read

TEXT = "2020年民生实事进展情况表\n\n序号\t工作任务\t进展情况\n1\t新增床位1000张。\t已新增800张，同比增长5%。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
def test_encodings_give_the_same_text(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "报告.txt"
    file.write_bytes(TEXT.encode(encoding))
    report = read(file)
    assert report.text == TEXT
    assert report.doc == "报告.txt"
    assert len(report.tasks) == 1


def test_the_mark_of_utf8_stays(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT.encode("utf-8-sig"))
    report = read(file)
    assert report.text == "\ufeff" + TEXT
    assert report.metadata.title == "2020年民生实事进展情况表"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (b"PK\x03\x04rest", "zip file"),
        (b"%PDF-1.7 rest", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old office document"),
        (b"abc\x00\x01\x02def", "binary file"),
        (TEXT.encode() + b"\xff" + TEXT.encode(), f"0xFF at byte offset {len(TEXT.encode())}"),
        (b"\xff\xfe\x00", "utf-16-le"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, data: bytes, words: str) -> None:
    file = tmp_path / "bad.txt"
    file.write_bytes(data)
    with pytest.raises(ReadError, match=words) as caught:
        read(file)
    assert str(file) in str(caught.value)
    assert caught.value.hint


def test_missing_path_folder_and_size(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="does not exist"):
        read(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="is a folder"):
        read(tmp_path)
    file = tmp_path / "long.txt"
    file.write_text("字" * 100, encoding="utf-8")
    with pytest.raises(ReadError, match="limit is 50"):
        read(file, max_bytes=50)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.txt", ".hidden", "sub/c.md", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    return tmp_path


def test_folders_are_searched_in_order(folder: Path) -> None:
    assert [file.name for file in find_files([folder, folder / "a.txt"])] == ["a.txt", "b.txt", "c.md"]


def test_a_missing_path_is_raised_or_collected(folder: Path) -> None:
    with pytest.raises(ReadError, match="does not exist"):
        list(find_files([folder / "none"]))
    errors: list[ReadError] = []
    assert [f.name for f in find_files([folder / "none", folder / "b.txt"], errors.append)] == ["b.txt"]
    assert [error.path for error in errors] == [str(folder / "none")]
