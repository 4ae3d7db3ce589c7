"""Compound files, the container of old office documents and of encrypted new ones: which of them a file is."""

from __future__ import annotations

from typing import Literal

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
_NAME_LENGTH = 64

Kind = Literal["encrypted", "workbook", "document", "presentation", ""]
_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "document"),
    ("Workbook", "workbook"),
    ("Book", "workbook"),
    ("PowerPoint Document", "presentation"),
)


def kind(data: bytes) -> Kind:
    """What the first known stream in the directory of a compound file says it is; empty where none is known.

    The directory is searched for entries rather than followed, so that a damaged chain of sectors still tells.
    """
    found: list[tuple[int, Kind]] = []
    for name, each in _STREAMS:
        pattern = name.encode("utf-16-le") + b"\x00\x00"
        at = data.find(pattern)
        while at >= 0:
            length = data[at + _NAME_LENGTH : at + _NAME_LENGTH + 2]
            if at % _ENTRY == 0 and int.from_bytes(length, "little") == len(pattern):
                found.append((at, each))
                break
            at = data.find(pattern, at + 2)
    return min(found)[1] if found else ""
