"""Characters to lines, and lines to text: where a line was only wrapped, the text runs on without a break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from statistics import median

import regex

from mse.grammar import load
from mse.reading.formats.pdf.page import Char
from mse.reading.officials import looks_like_office, looks_like_person

_NOT_FIRST = frozenset(load("tables")["line_breaks"]["not_first"])
_OPEN, _CLOSE = (
    frozenset(load("officials")["brackets"][side] + quote) for side, quote in (("open", "“"), ("close", "”"))
)
_WORD = regex.compile(r"[A-Za-z0-9.%,+\-]+")
_SAME_LINE = 0.5
_WORD_GAP = 0.25
_WIDE_GAP = 0.8
_SLACK = 0.35
_WIDE_LATIN, _LATIN = 0.75, 0.5


@dataclass(slots=True)
class Line:
    """The characters of one line from left to right."""

    chars: list[Char]

    @property
    def left(self) -> float:
        return self.chars[0].left

    @property
    def right(self) -> float:
        return max(char.right for char in self.chars)

    @property
    def top(self) -> float:
        return min(char.top for char in self.chars)

    @property
    def bottom(self) -> float:
        return max(char.bottom for char in self.chars)

    @property
    def size(self) -> float:
        return median(char.size for char in self.chars)

    @property
    def text(self) -> str:
        return text_of(self.chars)


def lines_of(chars: Sequence[Char]) -> list[Line]:
    """The lines that characters stand in, from top to bottom, without space at both ends."""
    found: list[list[Char]] = []
    heights: list[tuple[float, float]] = []
    for char in sorted((char for char in chars if not char.text.isspace()), key=lambda char: (char.middle, char.left)):
        if found:
            middle, size = heights[-1]
            if char.middle - middle <= _SAME_LINE * min(size, char.size):
                found[-1].append(char)
                continue
        found.append([char])
        heights.append((char.middle, char.size))
    spaces = sorted((char for char in chars if char.text.isspace()), key=lambda char: char.middle)
    lines = [Line(_narrowed(_without_doubles(sorted(line, key=lambda char: char.left)))) for line in found]
    _put_spaces(lines, heights, spaces)
    return lines


def _put_spaces(lines: list[Line], heights: list[tuple[float, float]], spaces: list[Char]) -> None:
    at = 0
    for line, (middle, size) in zip(lines, heights, strict=True):
        reach = _SAME_LINE * size
        while at < len(spaces) and spaces[at].middle < middle - reach:
            at += 1
        here = at
        inside: list[Char] = []
        while here < len(spaces) and spaces[here].middle <= middle + reach:
            if line.chars[0].left < spaces[here].left < line.chars[-1].left:
                inside.append(spaces[here])
            here += 1
        if inside:
            line.chars = sorted(line.chars + inside, key=lambda char: char.left)


def _without_doubles(chars: list[Char]) -> list[Char]:
    """The characters without those printed twice to look bold."""
    kept: list[Char] = []
    for char in chars:
        twice = kept and kept[-1].text == char.text and char.left - kept[-1].left < 0.2 * char.size
        if not twice:
            kept.append(char)
    return kept


def _narrowed(chars: list[Char]) -> list[Char]:
    """The characters with boxes that end where the next one begins; Latin ones may come with the box of a wide one."""
    for char, following in zip_longest(chars, chars[1:]):
        if following is not None and following.left > char.left:
            char.right = min(char.right, following.left)
        elif char.text.isascii() and char.right - char.left > _WIDE_LATIN * char.size:
            char.right = char.left + _LATIN * char.size
    return chars


def text_of(chars: Sequence[Char]) -> str:
    """The text of a line; a gap between two Latin words, or one as wide as a character, is a space."""
    pieces: list[str] = []
    before: Char | None = None
    for char in chars:
        if before is not None and not before.text.isspace() and not char.text.isspace():
            gap = (char.left - before.right) / max(char.size, 1.0)
            latin = before.text.isascii() and char.text.isascii() and char.text.isalpha()
            if gap > _WIDE_GAP or (latin and gap > _WORD_GAP):
                pieces.append(" ")
        pieces.append(char.text)
        before = char
    return "".join(pieces)


def joined(lines: Sequence[Line], left: float, right: float) -> str:
    """The text of lines that stand between two margins: a wrapped line goes on, one that ends early breaks."""
    pieces: list[str] = []
    for line, following in zip_longest(lines, lines[1:]):
        pieces.append(line.text)
        if following is None:
            break
        if not is_wrapped(line, following, left, right):
            pieces.append("\n")
        elif pieces[-1][-1:].isascii() and pieces[-1][-1:].isalpha() and following.text[:1].isascii():
            pieces.append(" " if following.text[:1].isalpha() else "")
    return "".join(pieces)


def names_joined(lines: Sequence[Line], left: float, right: float) -> str:
    """The text of lines with a name each: a full line goes on where a bracket is open, or it ends like no name."""
    text = ""
    before: Line | None = None
    for line in lines:
        rest = line.text
        if before is not None:
            open_bracket = sum(char in _OPEN for char in text) > sum(char in _CLOSE for char in text)
            whole = looks_like_office(before.text) or looks_like_person(before.text)
            broken = is_wrapped(before, line, left, right) and (open_bracket or len(rest) == 1 or not whole)
            text += "" if broken else "\n"
        text += rest
        before = line
    return text


def is_wrapped(line: Line, following: Line, left: float, right: float) -> bool:
    """Whether a line ends only because what follows it had no more room before the right margin."""
    size = line.size
    centered = line.left - left > 2.5 * size
    room = (right - left) - (line.right - line.left) if centered else right - line.right
    return room < _first_width(following) + _SLACK * size


def _first_width(line: Line) -> float:
    """How much room the first word of a line takes: a Latin word or number, or a character and what must follow it."""
    text = "".join(char.text for char in line.chars)
    hit = _WORD.match(text)
    count = hit.end() if hit else 1
    while count < len(line.chars) and line.chars[count].text in _NOT_FIRST:
        count += 1
    chars = line.chars[: max(1, min(count, len(line.chars)))]
    return chars[-1].right - chars[0].left
