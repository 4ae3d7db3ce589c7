"""Text from documents and file names, made safe to show."""

from __future__ import annotations


def one_line(text: str) -> str:
    """The text on one line, with nothing in it that moves a terminal's cursor or changes its colours."""
    spaced = " ".join(text.split())
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in spaced)
