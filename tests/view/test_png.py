"""A packed picture is the same picture, and smaller."""

from __future__ import annotations

import struct
import zlib

from mse.view.png import packed, width


def made(wide: int, high: int, parts: int = 3) -> tuple[bytes, bytes]:
    """A picture in several chunks of hardly compressed data, and its pixels."""
    pixels = b"".join(b"\0" + bytes(range(wide % 250)) * 4 + b"\0" * (4 * (wide - wide % 250)) for _ in range(high))
    data = zlib.compress(pixels, 0)
    step = len(data) // parts + 1
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 6, 0, 0, 0)), (b"tEXt", b"Title\0chart")]
    chunks += [(b"IDAT", data[i : i + step]) for i in range(0, len(data), step)]
    chunks.append((b"IEND", b""))
    body = b"".join(struct.pack(">I", len(c)) + n + c + struct.pack(">I", zlib.crc32(n + c)) for n, c in chunks)
    return b"\x89PNG\r\n\x1a\n" + body, pixels


def read(png: bytes) -> tuple[list[bytes], bytes]:
    names, data, at = [], b"", 8
    while at < len(png):
        (size,) = struct.unpack_from(">I", png, at)
        name, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert struct.unpack_from(">I", png, at + 8 + size)[0] == zlib.crc32(name + content)
        names.append(name)
        data += content if name == b"IDAT" else b""
        at += size + 12
    return names, zlib.decompress(data)


def test_a_packed_picture_is_the_same_and_smaller():
    png, pixels = made(120, 80)
    tight = packed(png)
    assert read(tight) == ([b"IHDR", b"tEXt", b"IDAT", b"IEND"], pixels)
    assert len(tight) * 3 < len(png)
    assert width(tight) == width(png) == 120
    assert packed(tight) == tight
