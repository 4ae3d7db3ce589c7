"""Word boundaries of a report, looked up by offset."""

from __future__ import annotations

from bisect import bisect_left

Piece = tuple[int, int]


class Words:
    """The words of the segmenter as spans; without any, every boundary counts as one."""

    def __init__(self, spans: list[Piece]) -> None:
        self._spans = spans
        self._starts = [a for a, _ in spans]
        self._edges = {edge for span in spans for edge in span}

    def within(self, start: int, end: int) -> list[Piece]:
        """The words of `text[start:end]`, cut off at its edges."""
        found: list[Piece] = []
        index = max(0, bisect_left(self._starts, start) - 1)
        while index < len(self._spans) and self._spans[index][0] < end:
            a, b = max(start, self._spans[index][0]), min(end, self._spans[index][1])
            if a < b:
                found.append((a, b))
            index += 1
        return found or ([(start, end)] if start < end else [])

    def is_edge(self, offset: int) -> bool:
        """Whether a word begins or ends at the offset."""
        return not self._edges or offset in self._edges
