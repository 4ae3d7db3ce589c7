"""What documents of Word and Excel have in common: their parts, how parts refer to each other, and their properties."""

from __future__ import annotations

import datetime as dt
import posixpath

from mse.reading.document import Document
from mse.reading.formats.package import Package, parse_xml


def relations(package: Package, part: str) -> list[tuple[str, str, str]]:
    """Id, kind and target of each relation of a part. What lies outside the document is left out, never fetched."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    found: list[tuple[str, str, str]] = []
    if rels not in package:
        return found

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append((attributes.get("Id", ""), attributes.get("Type", "").rsplit("/", 1)[-1], path))

    parse_xml(package, rels, start, _nothing, _nothing)
    return found


def main_part(package: Package) -> str:
    """The part that holds the document itself; empty where none is named."""
    return next((target for _, kind, target in relations(package, "") if kind == "officeDocument"), "")


def read_properties(package: Package, document: Document) -> None:
    """Put the title and the day of creation from the document's properties into the document."""
    name = "docProps/core.xml"
    if name not in package:
        return
    texts: dict[str, list[str]] = {}
    inside = ""

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal inside
        inside = tag

    def end(_: str) -> None:
        nonlocal inside
        inside = ""

    def text(data: str) -> None:
        texts.setdefault(inside, []).append(data)

    parse_xml(package, name, start, end, text)
    document.title = "".join(texts.get("title", [])).strip()
    try:
        document.created = dt.date.fromisoformat("".join(texts.get("created", [])).strip()[:10])
    except ValueError:
        document.created = None


def _nothing(_: str) -> None:
    return None
