"""Input that is damaged, mislabelled or means harm: one typed error that names the file, the place and what to do."""

from __future__ import annotations

import builtins
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from made import W, docx, p, tbl, tr, xlsx, zipped
from mse.cli import app
from mse.errors import (
    DamagedError,
    EncryptedError,
    LimitError,
    MissingExtraError,
    ReadError,
    UnsafeError,
    UnsupportedError,
)
from mse.model import Report
from mse.reading import Limits, read
from write_formats import WRITERS, layout

HEAD = ["序号", "工作任务", "进展情况"]


def written(tmp_path: Path, data: bytes, name: str = "a.bin") -> Path:
    file = tmp_path / name
    file.write_bytes(data)
    return file


def tried(file: Path) -> Report | ReadError:
    """The report, or the error that was raised in its place; anything else is a defect."""
    try:
        return read(file)
    except ReadError as error:
        return error


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory, seeds: list[Path]) -> dict[str, bytes]:
    """A real report in every format."""
    folder = tmp_path_factory.mktemp("documents")
    blocks = layout(seeds[2])
    for kind, write in WRITERS.items():
        write(blocks, folder / f"a.{kind}")
    return {kind: (folder / f"a.{kind}").read_bytes() for kind in WRITERS}


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf"])
def test_truncated_files_are_named(tmp_path: Path, documents: dict[str, bytes], kind: str) -> None:
    data = documents[kind]
    for part in (20, len(data) // 2, len(data) - 30):
        file = written(tmp_path, data[:part], f"a.{kind}")
        found = tried(file)
        if isinstance(found, ReadError):
            assert str(file) in str(found)
            assert found.hint
        else:
            assert kind == "pdf"  # its list of objects may be found again without its end
            assert found.text


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "pdf"])
def test_the_name_does_not_matter(tmp_path: Path, documents: dict[str, bytes], kind: str) -> None:
    expected = len(read(written(tmp_path, documents[kind], f"a.{kind}")).tasks)
    assert expected == 21
    for name in ("a.txt", "a.doc", "ohne"):
        assert len(read(written(tmp_path, documents[kind], name)).tasks) == expected


def test_empty_files(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="is empty"):
        read(written(tmp_path, b""))
    with pytest.raises(ReadError, match="nothing but white space"):
        read(written(tmp_path, docx(p(" "))))


def test_xml_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    for declaration in (bomb, outside, '<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">'):
        main = f"<?xml version='1.0'?>{declaration}<w:document {W}><w:body>{p('&a;')}</w:body></w:document>"
        with pytest.raises(UnsafeError, match="entities") as caught:
            read(written(tmp_path, zipped({"word/document.xml": main})))
        assert caught.value.place == "word/document.xml"
    wide = main.replace("'1.0'", "'1.0' encoding='utf-16'").encode("utf-16")
    with pytest.raises(UnsafeError):
        read(written(tmp_path, zipped({"word/document.xml": wide})))


def test_html_entities_do_not_expand(tmp_path: Path) -> None:
    text = '<!DOCTYPE html [<!ENTITY a "xx"><!ENTITY b SYSTEM "file:///etc/hostname">]><html><body><p>好&a;&b;</p></body></html>'
    found = read(written(tmp_path, text.encode())).text
    assert "好" in found
    assert (Path("/etc/hostname").read_text().strip() if Path("/etc/hostname").exists() else "\x00") not in found


def test_nothing_outside_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that refers to templates, pictures and sheets elsewhere is read without a look at any of them."""
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a document made the reader open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="x/attachedTemplate" Target="http://192.0.2.1/t.dotm" TargetMode="External"/></Relationships>'
    )
    main = f"<w:document {W}><w:body>{p('正文')}</w:body></w:document>"
    parts = {"word/document.xml": main, "word/_rels/document.xml.rels": link, "word/vbaProject.bin": b"\xd0\xcf"}
    assert read(written(tmp_path, zipped(parts))).text == "正文\n"
    text = '<html><head><link rel="stylesheet" href="http://192.0.2.1/a.css"></head><body><img src="http://192.0.2.1/a">好</body></html>'
    assert read(written(tmp_path, text.encode())).text == "好\n"


def test_a_sheet_of_too_many_columns_and_cells(tmp_path: Path) -> None:
    file = xlsx({"宽表": [[f"c{i}" for i in range(600)], ["x"] * 600]}, tmp_path / "a.xlsx")
    with pytest.raises(LimitError, match="600 columns") as caught:
        read(file)
    assert caught.value.place == "sheet 宽表"
    assert read(file, limits=Limits(columns=1000)).text
    with pytest.raises(LimitError, match="more than 100 cells"):
        read(file, limits=Limits(cells=100))
    far = "".join(f'<c r="{column}1"><v>1</v></c>' for column in ("A", "XFD", "ZZZZZZ"))
    below = '<row r="999999999"><c r="B999999999"><v>2</v></c></row>'
    sheet = f'<worksheet><sheetData><row r="1">{far}</row>{below}</sheetData></worksheet>'
    book = '<workbook xmlns:r="r"><sheets><sheet name="s" r:id="sheet1"/></sheets></workbook>'
    assert read(written(tmp_path, zipped({"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheet}))).text


@pytest.mark.parametrize(
    "table",
    [
        "<tr>" + "<td>a</td>" * 100_000 + "</tr>",
        '<tr><td rowspan="65534" colspan="1000">a</td></tr>' * 500,
        "<tr>" + '<td colspan="1000" rowspan="60000">a</td>' * 2000 + "</tr>",
    ],
)
def test_a_page_with_a_monstrous_table(tmp_path: Path, table: str) -> None:
    file = written(tmp_path, f"<html><body><table>{table}</table></body></html>".encode())
    found = tried(file)
    assert "raise the limit" in found.hint if isinstance(found, LimitError) else found.text


@pytest.mark.parametrize("markup", ["<div>", "<table><tr><td>", "<b>", "<ul><li>", "<a<a", "<!--", "<![CDATA["])
def test_a_page_nested_without_end(tmp_path: Path, markup: str) -> None:
    file = written(tmp_path, ("<html><body>" + markup * 20_000 + "文字").encode())
    found = tried(file)
    assert found.hint if isinstance(found, ReadError) else found.text


def test_a_document_nested_without_end(tmp_path: Path) -> None:
    body = "<w:tbl><w:tr><w:tc>" * 5_000 + p("文字") + "</w:tc></w:tr></w:tbl>" * 5_000
    assert "文字" in read(written(tmp_path, docx(body))).text


def test_large_files_are_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    with file.open("wb") as opened:
        opened.truncate(500 * 1024 * 1024)
    with pytest.raises(LimitError, match="too large"):
        read(file)
    file.unlink()


def test_pages_are_limited(tmp_path: Path, documents: dict[str, bytes]) -> None:
    file = written(tmp_path, documents["pdf"])
    with pytest.raises(LimitError, match="pages, the limit is 1"):
        read(file, limits=Limits(pages=1))


def test_encrypted_office_documents(tmp_path: Path) -> None:
    def entry(name: str) -> bytes:
        raw = name.encode("utf-16-le") + b"\x00\x00"
        return raw.ljust(64, b"\x00") + len(raw).to_bytes(2, "little") + b"\x00" * 62

    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00")
    with pytest.raises(EncryptedError, match="password"):
        read(written(tmp_path, head + entry("Root Entry") + entry("EncryptedPackage"), "a.docx"))
    with pytest.raises(DamagedError):
        read(written(tmp_path, head + entry("Workbook"), "a.xls"))
    with pytest.raises(UnsupportedError, match="presentation"):
        read(written(tmp_path, head + entry("PowerPoint Document"), "a.ppt"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Rar!\x1a\x07\x00rest", "rar archive"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\x7fELF\x02\x01", "program"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"abc\x00\x01\x02def\xff\xfe", "binary file|cannot be decoded"),
        (zipped({"ppt/presentation.xml": "<p/>", "[Content_Types].xml": "<T/>"}), "holds no reports"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.graphics"}), "OpenDocument graphics"),
    ],
)
def test_what_is_no_report(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        read(written(tmp_path, data))
    assert caught.value.hint


OLD = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00")
    + ("WordDocument".encode("utf-16-le") + b"\x00\x00").ljust(64, b"\x00")
    + (26).to_bytes(2, "little")
    + b"\x00" * 62
)


def office(tmp_path: Path, script: str) -> Path:
    """A stand-in for LibreOffice on the path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return folder


def test_old_documents_need_libreoffice_and_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for data, words in ((OLD, "old Word or WPS document"), (b"{\\rtf1 a}", "RTF")):
        with pytest.raises(UnsupportedError, match=words) as caught:
            read(written(tmp_path, data, "报告.wps"))
        assert "LibreOffice" in str(caught.value)
        assert "报告.wps" in str(caught.value)


def test_old_documents_through_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = tmp_path / "result.docx"
    result.write_bytes(docx(tbl(tr(*HEAD), tr("1", "修路5公里", "已修3公里"))))
    script = (
        "import sys, shutil, pathlib\nout = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\nout.mkdir()\n"
        "assert any(each.startswith('-env:UserInstallation=file://') for each in sys.argv)\n"
        f"shutil.copy({str(result)!r}, out / 'document.docx')\n"
    )
    monkeypatch.setenv("PATH", f"{office(tmp_path, script)}{os.pathsep}{os.environ['PATH']}")
    assert [task.text for task in read(written(tmp_path, OLD, "a.doc")).tasks] == ["修路5公里"]


@pytest.mark.parametrize(("script", "error"), [("", DamagedError), ("import time; time.sleep(60)", LimitError)])
def test_libreoffice_may_fail_or_hang(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, error: type[ReadError]
) -> None:
    monkeypatch.setenv("PATH", f"{office(tmp_path, script)}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(error):
        read(written(tmp_path, OLD, "a.doc"), limits=Limits(seconds=1))


@pytest.mark.parametrize(("library", "kind"), [("lxml", "html"), ("pypdfium2", "pdf"), ("xlrd", "xls")])
def test_a_missing_library_names_the_extra(
    tmp_path: Path, documents: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, library: str, kind: str
) -> None:
    original: Callable[..., object] = builtins.__import__

    def without(name: str, *arguments: object, **named: object) -> object:
        if name.split(".")[0] == library:
            raise ImportError(name)
        return original(name, *arguments, **named)

    data = documents[kind] if kind in documents else (Path(__file__).parent / "data" / "old.xls").read_bytes()
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r"pip install 'mse\[docs\]'"):
        read(written(tmp_path, data))


def test_a_folder_of_good_and_bad_files(tmp_path: Path, documents: dict[str, bytes]) -> None:
    written(tmp_path, documents["docx"], "good.docx")
    written(tmp_path, documents["xlsx"][:500], "cut.xlsx")
    written(tmp_path, b"", "empty.pdf")
    written(tmp_path, zipped({"good.html": documents["html"], "../evil.txt": "x"}), "both.zip")
    run = CliRunner().invoke(app, ["extract", str(tmp_path), "--level", "tasks"])
    assert run.exit_code == 1
    assert run.stdout.count('"doc": "good.docx"') == run.stdout.count('"doc": "good.html"') == 21
    lines = [line for line in run.stderr.splitlines() if line.startswith("  ")]
    assert len(lines) == 3
    assert [name for name in ("cut.xlsx", "empty.pdf", "both.zip") if any(name in line for line in lines)] != []
    assert all(";" in line for line in lines)


def test_limits_are_settings() -> None:
    assert Limits.parse(["pages=3", "cells=10"]) == Limits(pages=3, cells=10)
    for wrong in (["pages"], ["page=3"], ["pages=-1"], ["pages=x"]):
        with pytest.raises(ValueError, match="is no limit"):
            Limits.parse(wrong)
    with pytest.raises(ValueError, match="not negative"):
        Limits(pages=-1)


def test_a_zip_with_a_member_without_a_name(tmp_path: Path) -> None:
    data = docx(p("2020年民生实事")).replace(b"[Content_Types].xml", b"\0Content_Types].xml")
    assert isinstance(tried(written(tmp_path, data, "a.docx")), Report | ReadError)
