"""Take the remains of markup off a cell and make what is left readable."""

from __future__ import annotations

from functools import lru_cache

import regex

# Paragraph tags, bookmarks of word processors and non-printing characters around or inside a cell.
_MARKUP = r"</?\p{L}{1,10}\s*/?>|\[bookmark:[^\]\n]{0,60}\]"
_INNER = regex.compile(_MARKUP, regex.IGNORECASE)
_HEAD = regex.compile(rf"(?:[\s\ufeff\u200b]|{_MARKUP})*", regex.IGNORECASE)
_TAIL = regex.compile(r"(?:</?\p{L}{1,10}\s*/?>|\[bookmark:[^\]\n]{0,60}\])$", regex.IGNORECASE)
_SPACE = regex.compile(r"[\s\ufeff\u200b]+")
_LATEX = (
    (regex.compile(r" ?[_^]\{([^{}]{0,40})\} ?"), r"\1"),
    (regex.compile(r"\$([^$\n]{1,80})\$"), r"\1"),
    (regex.compile(r"\\div\b"), "÷"),
    (regex.compile(r"\\times\b"), "×"),
    (regex.compile(r"\\([%&#_])"), r"\1"),
)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without space and markup at both ends; an empty one collapses to its start."""
    head = _HEAD.match(text, start, end)
    start = head.end() if head else start
    while start < end:
        if text[end - 1].isspace() or text[end - 1] in "\ufeff\u200b":
            end -= 1
        elif text[end - 1] in ">]" and (tail := _TAIL.search(text, max(start, end - 80), end)):
            end = tail.start()
        else:
            break
    return start, max(start, end)


def readable(text: str) -> str:
    """One line without markup: line breaks inside Chinese text vanish, other space becomes a single blank."""
    text = _SPACE.sub(_joint, unmarked(text).strip())
    if any(sign in text for sign in "$\\_^"):
        for pattern, plain in _LATEX:
            text = pattern.sub(plain, text)
    return text.strip()


def unmarked(text: str) -> str:
    """The text without markup, its space unchanged."""
    return _INNER.sub("", text) if "<" in text or "[" in text else text


def _joint(space: regex.Match[str]) -> str:
    """What stays of a stretch of space: nothing of a line break unless it stands between two Latin words."""
    whole, start, end = space.string, space.start(), space.end()
    between = start > 0 and end < len(whole) and whole[start - 1].isascii() and whole[end].isascii()
    return " " if between or not any(mark in space.group() for mark in "\r\n") else ""


def squeeze(text: str) -> str:
    """The text without markup and without any space: for comparing, and for names spaced out in the source."""
    return _squeeze_short(text) if len(text) <= _SHORT else _squeeze(text)


def _squeeze(text: str) -> str:
    return "".join(unmarked(text).replace("\ufeff", "").replace("\u200b", "").split())


# A header or a name is looked at again and again while its table is read.
_SHORT = 64
_squeeze_short = lru_cache(maxsize=1024)(_squeeze)
