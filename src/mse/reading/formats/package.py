"""Zip containers: archives, and the office documents that are archives of XML parts. Nothing is written to disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import NoReturn
from xml.parsers import expat

from mse.errors import ReadError
from mse.reading.formats.source import Source

_FLOOR = 8 * 1024 * 1024
_ENCRYPTED, _UTF8 = 0x1, 0x800
_CHUNK = 1 << 16


class Package:
    """A zip file in memory whose sizes were checked before anything is unpacked.

    Raises the errors of reading: DamagedError, EncryptedError, LimitError.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        limits = source.limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source.data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, UnicodeError) as error:
            raise source.damaged("is a damaged or incomplete zip file") from error
        if len(members) > limits.members:
            raise source.beyond(f"holds {len(members)} members, the limit is {limits.members}", "members")
        total = sum(member.file_size for member in members)
        if total > limits.unpacked:
            raise source.beyond(f"unpacks to {total} bytes, the limit is {limits.unpacked}", "unpacked")
        if total > max(_FLOOR, limits.ratio * len(source.data)):
            raise source.beyond(f"unpacks to {total} bytes, more than {limits.ratio} times its size", "ratio")
        # A damaged directory may hold members without a name, of which nobody can say whether they are folders.
        self._members = {name_of(member): member for member in members if member.filename and not member.is_dir()}

    @property
    def names(self) -> list[str]:
        """The names of the members, in their order."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a member; KeyError where there is none."""
        member = self._members[name]
        if member.flag_bits & _ENCRYPTED:
            raise self.source.encrypted()
        try:
            with self._zip.open(member) as file:
                data = file.read(member.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise self.source.damaged("holds a damaged part", name) from error
        except RuntimeError as error:
            raise self.source.encrypted() from error
        if len(data) > member.file_size:
            raise self.source.beyond("holds a part that is larger than it says", "unpacked", name)
        return data


def name_of(member: zipfile.ZipInfo) -> str:
    """The name of a member; one of unknown encoding is taken as GB18030 where that fits, as Chinese tools write it."""
    name = member.filename
    if member.flag_bits & _UTF8 or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name


Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def parse_xml(package: Package, name: str, start: Start, end: End, text: Text) -> None:
    """Read a part as XML, calling back per element and text. Names come without namespace, attributes too.

    Raises UnsafeError for a document type (and so for every entity), DamagedError where it is no XML.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def refuse(*_: object) -> NoReturn:
        raise package.source.unsafe("holds XML that defines entities or a document type", name)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse

    def opened(tag: str, attributes: dict[str, str]) -> None:
        start(_local(tag), {_local(key): value for key, value in attributes.items()} if attributes else attributes)

    def closed(tag: str) -> None:
        end(_local(tag))

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    data = package.read(name)
    try:
        for position in range(0, len(data), _CHUNK):
            parser.Parse(data[position : position + _CHUNK], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise package.source.damaged(f"holds XML that cannot be read, line {error.lineno}", name) from error
    except ReadError:
        raise
    except (ValueError, LookupError) as error:
        raise package.source.damaged("holds XML that cannot be read", name) from error


def _local(name: str) -> str:
    return name[name.rfind(" ") + 1 :]
