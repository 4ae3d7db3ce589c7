"""Bytes to text: UTF-8, UTF-16, GB18030, Big5 and what charset-normalizer is sure of; binary files are refused."""

from __future__ import annotations

import codecs

import charset_normalizer
import regex

from mse.errors import DamagedError, ReadError, UnsupportedError
from mse.grammar import load

_HINT_FORMAT = "it is no text; leave it out, or save it as plain text (UTF-8)"
_HINT_ENCODING = "save the file as UTF-8 and try again"
# Characters that running Chinese text consists of; other ones betray a wrong decoding.
_ORDINARY = regex.compile(
    r"[\t\n\r\x20-\x7e\u2010-\u203b\u2460-\u249b\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e·×÷°±①-⑳Ⅰ-Ⅻ〇]"
)
_SAMPLE = 20_000
# In this order where two are equally likely; the traditional ones with the characters of Taiwan and of Hong Kong.
_ENCODINGS = ("gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
_COMMON = frozenset(load("encodings")["common"]["characters"])


def decode(data: bytes, path: str) -> str:
    """The text of a file, nothing folded or stripped. Raises ReadError for binary data and undecodable bytes.

    A byte order mark of UTF-8 stays as U+FEFF at offset 0, as offsets count the file decoded as plain UTF-8; that of
    UTF-16 only names the byte order and is no part of the text.
    """
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
    return DamagedError(path, f"cannot be decoded as {encoding}: {byte} at byte offset {offset}", _HINT_ENCODING)


def _binary(data: bytes, path: str) -> str:
    offset = data.find(b"\x00")
    raise UnsupportedError(path, f"is a binary file (NUL byte at byte offset {offset})", _HINT_FORMAT)


def _not_utf8(data: bytes, path: str, offset: int) -> str:
    lenient = data[: 4 * _SAMPLE].decode("utf-8", errors="replace")
    wide = sum(1 for char in lenient if char > "\x7f")
    broken = lenient.count("\ufffd")
    if broken * 10 < wide or (broken == 0 and wide):
        # UTF-8 all over but for a few bytes: damaged, not another encoding.
        raise _undecodable(data, path, offset, "UTF-8", offset)
    if b"\x00" in data:
        return _utf16_without_mark(data) or _binary(data, path)
    candidates = [text for encoding in _ENCODINGS if (text := _plausible(data, encoding))]
    if candidates:
        return max(candidates, key=_commonness)
    best = charset_normalizer.from_bytes(data).best()
    if best is not None and (text := _plausible(data, best.encoding)):
        return text
    raise _undecodable(data, path, offset, "UTF-8, UTF-16, GB18030 or Big5", offset)


def _utf16_without_mark(data: bytes) -> str:
    for encoding in ("utf-16-le", "utf-16-be"):
        if text := _plausible(data, encoding):
            return text
    return ""


def _commonness(text: str) -> float:
    """How much of a text is made of common characters; decoded wrongly, it consists of rare ones."""
    sample = [char for char in text[:_SAMPLE] if char >= "\u2e80"]
    return sum(char in _COMMON for char in sample) / max(1, len(sample))


def _plausible(data: bytes, encoding: str) -> str:
    """The text if these bytes decode without error into ordinary characters, else an empty one."""
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return ""
    sample = text[:_SAMPLE]
    ordinary = len(_ORDINARY.findall(sample))
    return text if "\x00" not in text and ordinary * 20 >= len(sample) * 19 else ""
