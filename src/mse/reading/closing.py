"""What closes a report: notes, buttons of the page it stood on, the day of issue and who signs above it."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from mse.grammar import load
from mse.reading.officials import looks_like_office

_AFTER = regex.compile(load("columns")["after_table"]["pattern"])
_DAY = regex.compile(rf"[（(]?{load('metadata')['day']['pattern']}[)）]?")
_LONGEST_SIGNATURE = 60


def closing(lines: Sequence[str]) -> list[bool]:
    """For each line whether it closes a report: by its words, as a day of issue, or as an office right above one."""
    ends = [False] * len(lines)
    signed = False
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index].strip()
        if not line:
            continue
        short = len(line) <= _LONGEST_SIGNATURE
        signed = short and (_DAY.fullmatch(line) is not None or (signed and _signs(line)))
        ends[index] = signed or _AFTER.fullmatch(line) is not None
    return ends


def _signs(line: str) -> bool:
    return all(looks_like_office(part) for part in line.split())
