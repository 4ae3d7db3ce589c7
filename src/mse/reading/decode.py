"""Bytes to text: UTF-8, UTF-16, GB18030 and what charset-normalizer is sure of; binary files are refused."""

from __future__ import annotations

import codecs

import charset_normalizer
import regex

from mse.errors import ReadError

# The first bytes of formats that are not text, and what to call them.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a zip archive or an office document (docx, xlsx)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (doc, xls, wps)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a rar archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"PAR1", "a Parquet file"),
)
_HINT_FORMAT = "this format is not supported yet; save it as plain text (UTF-8) and try again"
_HINT_ENCODING = "save the file as UTF-8 and try again"
# Characters that running Chinese text consists of; other ones betray a wrong decoding.
_ORDINARY = regex.compile(
    r"[\t\n\r\x20-\x7e\u2010-\u203b\u2460-\u249b\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e·×÷°±①-⑳Ⅰ-Ⅻ〇]"
)
_SAMPLE = 20_000


def decode(data: bytes, path: str) -> str:
    """The text of a file, nothing folded or stripped. Raises ReadError for binary data and undecodable bytes.

    A byte order mark of UTF-8 stays as U+FEFF at offset 0, as offsets count the file decoded as plain UTF-8; that of
    UTF-16 only names the byte order and is no part of the text.
    """
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise ReadError(path, f"is {name}", _HINT_FORMAT)
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, path, len(mark))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, path, error.start)
    if "\x00" in text:
        return _utf16_without_mark(data) or _binary(data, path)
    return text


def _strict(data: bytes, encoding: str, path: str, shift: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, path, error.start + shift, encoding, error.start) from error


def _undecodable(data: bytes, path: str, offset: int, encoding: str, at: int) -> ReadError:
    byte = f"0x{data[at]:02X}" if at < len(data) else "the end"
    return ReadError(path, f"cannot be decoded as {encoding}: {byte} at byte offset {offset}", _HINT_ENCODING)


def _binary(data: bytes, path: str) -> str:
    offset = data.find(b"\x00")
    raise ReadError(path, f"is a binary file (NUL byte at byte offset {offset})", _HINT_FORMAT)


def _not_utf8(data: bytes, path: str, offset: int) -> str:
    lenient = data[: 4 * _SAMPLE].decode("utf-8", errors="replace")
    wide = sum(1 for char in lenient if char > "\x7f")
    broken = lenient.count("\ufffd")
    if broken * 10 < wide or (broken == 0 and wide):
        # UTF-8 all over but for a few bytes: damaged, not another encoding.
        raise _undecodable(data, path, offset, "UTF-8", offset)
    if b"\x00" in data:
        return _utf16_without_mark(data) or _binary(data, path)
    candidates = [text for encoding in ("gb18030", "utf-16-le", "utf-16-be") if (text := _plausible(data, encoding))]
    if candidates:
        return candidates[0]
    best = charset_normalizer.from_bytes(data).best()
    if best is not None and (text := _plausible(data, best.encoding)):
        return text
    raise _undecodable(data, path, offset, "UTF-8, UTF-16 or GB18030", offset)


def _utf16_without_mark(data: bytes) -> str:
    for encoding in ("utf-16-le", "utf-16-be"):
        if text := _plausible(data, encoding):
            return text
    return ""


def _plausible(data: bytes, encoding: str) -> str:
    """The text if these bytes decode without error into ordinary characters, else an empty one."""
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return ""
    sample = text[:_SAMPLE]
    ordinary = len(_ORDINARY.findall(sample))
    return text if "\x00" not in text and ordinary * 20 >= len(sample) * 19 else ""
