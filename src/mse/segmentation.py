"""Where the words of a text begin and end, by jieba or by another cutter, and only where it is asked."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import regex

Cut = Callable[[str], Iterable[str]]
Piece = tuple[int, int]

# jieba never looks across anything else, so these stretches can be cut one by one with the same result.
_STRETCH = r"[\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+"
_FORWARD = regex.compile(_STRETCH)
_BACKWARD = regex.compile(f"(?r){_STRETCH}")


@cache
def jieba_cut() -> Cut:
    """jieba with its own dictionary, loaded once; its cache lies in the user's own cache folder."""
    import jieba

    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mse"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        tokenizer.tmp_dir = str(home)
    except OSError:
        tokenizer.tmp_dir = None
    cut: Cut = tokenizer.cut
    return cut


def by_jieba(text: str) -> Iterable[str]:
    """The words of a text; the dictionary is loaded when the first text is cut."""
    return jieba_cut()(text)


def word_spans(text: str, cut: Cut = by_jieba) -> list[Piece]:
    """Start and end of every word of a text."""
    return _placed(cut(text), 0)


class Words:
    """The words of a text. A stretch is cut when a word of it is asked for, for most of a report never is.

    `whole` are spans without overlap, in order, that stay whole: quantities and dates, or the tokens of another
    pipeline. Between them `cut` decides, or nothing is cut where it is None; `across` tells that it looks across
    punctuation, so that all between two whole spans must be cut at once.
    """

    def __init__(
        self, text: str, whole: Iterable[Piece] = (), cut: Cut | None = by_jieba, *, across: bool = False
    ) -> None:
        self.text = text
        self._whole = list(whole)
        self._starts = [start for start, _ in self._whole]
        self._cut, self._across = cut, across
        self._known: dict[int, list[Piece]] = {}
        self._last: list[Piece] = [(-1, -1)]

    def within(self, start: int, end: int) -> list[Piece]:
        """The words of `text[start:end]`, cut off at its edges."""
        return list(self.each_within(start, end))

    def each_within(self, start: int, end: int) -> Iterator[Piece]:
        """The same one by one, so that no more is cut than is looked at."""
        position = start
        while position < end:
            for a, b in self._around(position):
                if b > position and a < end:
                    yield (a if a > start else start, b if b < end else end)
                    position = b
                elif b > position:
                    return

    def is_edge(self, offset: int) -> bool:
        """Whether a word begins or ends at the offset."""
        if not 0 < offset < len(self.text):
            return True
        pieces = self._around(offset)
        return pieces[0][0] == offset or any(b == offset for _, b in pieces)

    def __iter__(self) -> Iterator[Piece]:
        """All words in the order of the text."""
        position = 0
        while position < len(self.text):
            pieces = self._around(position)
            yield from pieces
            position = pieces[-1][1]

    def _around(self, offset: int) -> list[Piece]:
        """The words of the stretch that the character at `offset` belongs to; never empty."""
        last = self._last
        if not last[0][0] <= offset < last[-1][1]:
            self._last = last = self._stretch(offset)
        return last

    def _stretch(self, offset: int) -> list[Piece]:
        index = bisect_right(self._starts, offset)
        low = 0
        if index:
            before = self._whole[index - 1]
            low = before[1]
            if low > offset:
                return [before]
        high = self._starts[index] if index < len(self._starts) else len(self.text)
        if not self._across:
            ahead = _FORWARD.match(self.text, offset, high)
            if ahead is None:
                return [(offset, offset + 1)]
            back = _BACKWARD.match(self.text, low, offset)
            low, high = back.start() if back else offset, ahead.end()
        known = self._known.get(low)
        if known is None:
            known = self._known[low] = self._pieces(low, high)
        return known

    def _pieces(self, start: int, end: int) -> list[Piece]:
        return [(start, end)] if self._cut is None else _placed(self._cut(self.text[start:end]), start)


def _placed(words: Iterable[str], start: int) -> list[Piece]:
    spans = []
    for word in words:
        spans.append((start, start + len(word)))
        start += len(word)
    return spans
