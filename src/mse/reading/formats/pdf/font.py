"""A font for text whose own font is not in the PDF: every character a full box.

PDFium leaves out characters that it finds no shape for, and so text set in fonts that are named but not embedded would
depend on the fonts of the machine. Only where characters stand matters here, never how they look.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

_EM, _ASCENT, _DESCENT = 1000, 880, -120
_HANDLE = 1
# Character sets of the system font interface: Japanese, Korean, simplified and traditional Chinese.
_EAST_ASIAN = (128, 129, 134, 136)


@contextmanager
def boxes_for_missing_fonts(raw: Any) -> Iterator[None]:
    """While this is open, PDFium takes the font of boxes for East Asian fonts that a PDF does not embed."""
    info, kept = _font_info(raw)
    raw.FPDF_SetSystemFontInfo(ctypes.byref(info))
    try:
        yield
    finally:
        raw.FPDF_SetSystemFontInfo(None)
        del kept


def _font_info(raw: Any) -> tuple[Any, list[Any]]:
    """The interface through which PDFium asks for fonts, and its callbacks, which must live as long as it does."""
    data = box_font()
    types = dict(raw.FPDF_SYSFONTINFO._fields_)

    def map_font(_: Any, __: int, ___: int, charset: int, *____: Any) -> int | None:
        return _HANDLE if charset in _EAST_ASIAN else None

    def font_data(_: Any, __: Any, table: int, buffer: Any, size: int) -> int:
        part = data if table == 0 else _table(data, table)
        if buffer and size >= len(part):
            ctypes.memmove(buffer, part, len(part))
        return len(part)

    def face_name(_: Any, __: Any, buffer: Any, size: int) -> int:
        if buffer and size >= 4:
            ctypes.memmove(buffer, b"Box\x00", 4)
        return 4

    callbacks = {
        "MapFont": map_font,
        "GetFont": lambda *_: None,
        "GetFontData": font_data,
        "GetFaceName": face_name,
        "GetFontCharset": lambda *_: 134,
        "EnumFonts": lambda *_: None,
        "DeleteFont": lambda *_: None,
        "Release": lambda *_: None,
    }
    info = raw.FPDF_SYSFONTINFO()
    info.version = 1
    kept = []
    for name, function in callbacks.items():
        callback = types[name](function)
        setattr(info, name, callback)
        kept.append(callback)
    return info, kept


def _table(font: bytes, tag: int) -> bytes:
    name = tag.to_bytes(4, "big")
    for index in range(struct.unpack(">H", font[4:6])[0]):
        own, _, offset, length = struct.unpack(">4sLLL", font[12 + 16 * index : 28 + 16 * index])
        if own == name:
            return font[offset : offset + length]
    return b""


@cache
def box_font() -> bytes:
    """A TrueType font in which a box as large as a character stands for everything."""
    box = struct.pack(">hhhhh", 1, 0, _DESCENT, _EM, _ASCENT) + struct.pack(">HH", 3, 0) + b"\x01" * 4
    box += struct.pack(">4h", 0, _EM, 0, -_EM) + struct.pack(">4h", _DESCENT, 0, _ASCENT - _DESCENT, 0)
    box += b"\x00" * (-len(box) % 4)
    head = struct.pack(">LLLLHH", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, _EM)
    head += struct.pack(">qqhhhhHHhhh", 0, 0, 0, _DESCENT, _EM, _ASCENT, 0, 8, 2, 1, 0)
    # One range from the first code point to the last, all of it shown by the glyph after the one for what is missing.
    everything = struct.pack(">HHLLLLLL", 13, 0, 28, 0, 1, 0, 0x10FFFF, 1)
    tables = {
        b"cmap": struct.pack(">HHHHL", 0, 1, 3, 10, 12) + everything,
        b"glyf": box * 2,
        b"head": head,
        b"hhea": struct.pack(">LhhhHhhhhhhhhhhhH", 0x10000, _ASCENT, _DESCENT, 0, _EM, 0, 0, _EM, 1, *[0] * 7, 1),
        b"hmtx": struct.pack(">Hhh", _EM, 0, 0),
        b"loca": struct.pack(">LLL", 0, len(box), 2 * len(box)),
        b"maxp": struct.pack(">LHHHHHHHHHHHHHH", 0x10000, 2, 4, 1, *[0] * 11),
    }
    offset = 12 + 16 * len(tables)
    directory = struct.pack(">LHHHH", 0x10000, len(tables), 64, 2, 48)
    body = b""
    for tag, content in sorted(tables.items()):
        padded = content + b"\x00" * (-len(content) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sLLL", tag, total, offset + len(body), len(content))
        body += padded
    return directory + body
