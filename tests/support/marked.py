"""Read the hand-written items of prose.txt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import regex

LABELS = {"P": "PERSON", "T": "POST", "O": "ORG", "L": "PLACE"}
MARKED = regex.compile(r"\{([^{}|]+)\|(\w?)\}")


@dataclass
class Item:
    text: str
    spans: list[tuple[int, int, str]]
    officials: list[tuple[str, tuple[str, ...], str]]


ITEMS = Path(__file__).resolve().parent.parent / "ner" / "prose.txt"


def read_items(path: Path = ITEMS) -> list[Item]:
    return [read_item(line) for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


def read_item(line: str) -> Item:
    marked, _, wanted = line.partition("=>")
    marked = marked.rstrip(" ")
    text, spans, last = "", [], 0
    for hit in MARKED.finditer(marked):
        text += marked[last : hit.start()]
        if hit[2]:
            spans.append((len(text), len(text) + len(hit[1]), LABELS[hit[2]]))
        text += hit[1]
        last = hit.end()
    text += marked[last:]
    officials = []
    for part in wanted.split(" ; "):
        if part.strip():
            name, _, rest = part.partition(":")
            posts, _, organization = rest.partition("@")
            titles = tuple(post.strip() for post in posts.split(",") if post.strip())
            officials.append((name.strip(), titles, organization.strip()))
    return Item(text, spans, officials)
