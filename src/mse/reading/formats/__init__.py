"""The formats of documents, told apart by their content and never by their names."""

from __future__ import annotations

from mse.reading.decode import decode
from mse.reading.document import Document
from mse.reading.formats import ole
from mse.reading.formats.archive import MAGIC as ZIP
from mse.reading.formats.archive import members
from mse.reading.formats.docx import read_docx
from mse.reading.formats.ooxml import main_part
from mse.reading.formats.package import Package
from mse.reading.formats.source import Source
from mse.reading.formats.xlsx import read_xlsx

__all__ = ["Source", "open_document"]

_NAMES: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a rar archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
)
_HINT_ARCHIVE = "unpack it first; of archives only .zip is read"
_HINT_OTHER = "it is no report; leave it out"
_PDF_WITHIN = 1024
_ODF = {"text": ("odt", "docx"), "spreadsheet": ("ods", "xlsx")}


def open_document(source: Source) -> Document | str:
    """The document in a file: the text itself of a plain text, else its paragraphs and tables.

    Raises the errors of reading, and MissingExtraError where the format needs a library that is not installed.
    """
    data = source.data
    if data.startswith(ZIP):
        return _zipped(source)
    if data.startswith(ole.MAGIC):
        return _compound(source)
    if b"%PDF-" in data[:_PDF_WITHIN] and not data[:_PDF_WITHIN].lstrip().startswith(b"<"):
        from mse.reading.formats.pdf import read_pdf

        return read_pdf(source)
    if data.startswith(b"{\\rtf"):
        return _converted(source, "an RTF document", "rtf", "docx")
    for magic, name in _NAMES:
        if data.startswith(magic):
            raise source.unsupported(f"is {name}", _HINT_ARCHIVE if "archive" in name else _HINT_OTHER)
    return _text(source)


def _text(source: Source) -> Document | str:
    from mse.reading.formats.html import decode_html, is_html, is_mhtml, read_html, read_mhtml

    if is_mhtml(source.data):
        return read_mhtml(source)
    head = source.data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"<"):
        text = decode_html(source.data, source.path)
        if is_html(text):
            return read_html(source, text)
    return decode(source.data, source.path)


def _zipped(source: Source) -> Document:
    package = Package(source)
    main = main_part(package)
    if "word/document.xml" in package or (main and main.rsplit("/", 1)[-1].startswith("document")):
        return read_docx(package)
    if "xl/workbook.xml" in package or (main and main.rsplit("/", 1)[-1].startswith("workbook")):
        return read_xlsx(package)
    if "mimetype" in package:
        kind = package.read("mimetype").decode("ascii", "replace").rpartition(".")[2].strip()
        if kind in _ODF:
            return _converted(source, f"an OpenDocument {kind}", *_ODF[kind])
        raise source.unsupported(f"is an OpenDocument {kind}", _HINT_OTHER)
    if "[Content_Types].xml" in package:
        raise source.unsupported("is an office document of a kind that holds no reports", "save it as .docx or .xlsx")
    names = members(package)
    if not names:
        raise source.damaged("is an archive without files")
    raise source.unsupported(
        f"is an archive of {len(names)} files", f"read them with mse.pipe, or name one: {source.path}/{names[0]}"
    )


def _compound(source: Source) -> Document:
    match ole.kind(source.data):
        case "encrypted":
            raise source.encrypted()
        case "workbook":
            from mse.reading.formats.xls import read_xls

            return read_xls(source)
        case "document":
            return _converted(source, "an old Word or WPS document", "doc", "docx")
        case "presentation":
            raise source.unsupported("is a presentation", "save its tables as .docx or .xlsx")
    raise source.damaged("is an old office document without content that is known")


def _converted(source: Source, kind: str, ending: str, target: str) -> Document:
    from mse.reading.formats.office import converted

    package = Package(Source(source.path, converted(source, kind, ending, target), source.limits))
    return read_docx(package) if target == "docx" else read_xlsx(package)
