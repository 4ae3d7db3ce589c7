"""Archives of documents (.zip): their members as files with paths of their own, `archive.zip/folder/report.docx`.

Nothing is unpacked to disk, so a member's name can reach no file outside; a member that tries is refused by name.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from mse.errors import ReadError
from mse.reading.formats.package import Package
from mse.reading.formats.source import Source
from mse.reading.limits import Limits

MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OFFICE = ("[Content_Types].xml", "mimetype", "word/document.xml", "xl/workbook.xml")


def is_archive(package: Package) -> bool:
    """Whether a zip file is an archive of files and no office document."""
    return not any(name in package for name in _OFFICE)


def members(package: Package) -> list[str]:
    """The files in an archive by their safe names, sorted, without hidden ones and what systems add by themselves."""
    found = {safe_name(name) for name in package.names}
    return sorted(name for name in found if not any(part.startswith((".", "__MACOSX")) for part in name.split("/")))


def safe_name(name: str) -> str:
    """A member's name as a path below the archive: steps upwards and roots are written with underscores."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return "/".join("__" if part == ".." else part.strip("/").replace(":", "_") or "_" for part in parts)


def read_member(package: Package, name: str) -> bytes:
    """The bytes of the member with this safe name. Raises UnsafeError where its own name leads out of the archive."""
    own = next((each for each in package.names if safe_name(each) == name), None)
    if own is None:
        raise ReadError(package.source.path, "holds no such member", "check the name", name)
    if own.replace("\\", "/") != name:
        raise package.source.unsafe("holds a member whose name leads out of the archive", own)
    data = package.read(own)
    if not data:
        raise ReadError(package.source.path, "is empty", "check that it was saved or downloaded completely", name)
    return data


def enclosing(path: Path) -> tuple[Path, str] | None:
    """The archive on disk that a path leads into, and the rest of the path below it; None where there is none."""
    for parent in path.parents:
        try:
            if parent.is_file():
                return parent, path.relative_to(parent).as_posix()
            if parent.exists():
                return None
        except OSError:
            return None
    return None


def open_archive(data: bytes, path: str, limits: Limits) -> Package | None:
    """The archive in some bytes; None where they are no archive of files."""
    if not data.startswith(MAGIC):
        return None
    package = Package(Source(path, data, limits))
    return package if is_archive(package) else None
