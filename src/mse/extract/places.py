"""Places and sub-units that a number can hold for: by their endings, and by the names the report itself uses.

A report that writes 端州区 once may write 端州 later; the short form is learned from the report and from nothing else.
"""

from __future__ import annotations

import regex

from mse.grammar import alternation, load

_AREA = load("metrics")["area"]
_AND = load("cues")["joint"]["and"]
_SUFFIX = alternation(_AREA["suffixes"])
_FULL = rf"\p{{Han}}{{2,6}}?{_SUFFIX}"
_GENERIC = alternation(_AREA["generic"])
_EDGE = rf"[，。；：（）{''.join(word for word in _AND if len(word) == 1)}\s\d]"
_LISTED = regex.compile(rf"(?<={_EDGE}|^)(?P<name>\p{{Han}}{{2,5}}?)(?P<suffix>{_SUFFIX})(?={_EDGE}|$)")
_LONGEST_LIST = 80  # code points of a list of places


class Places:
    """Recognizes stretches that are nothing but places; built once for a report."""

    def __init__(self, text: str) -> None:
        generic = regex.compile(rf"{_GENERIC}")
        names = {hit.group("name") for hit in _LISTED.finditer(text) if not generic.match(hit.group())}
        short = alternation(names) if names else r"(?!)"
        one = rf"(?:{short}(?:{_SUFFIX})?|{alternation(_AREA['words'])}|(?!\p{{Han}}{{0,6}}?{_GENERIC}){_FULL})"
        joint = rf"\s*{alternation(_AND)}\s*"
        self._whole = regex.compile(rf"\s*{one}(?:{joint}{one})*\s*")
        self._prefix = regex.compile(
            rf"\s*(?:(?!{_GENERIC}){short}{_SUFFIX}(?:{joint}{short}(?:{_SUFFIX})?)*)(?=\p{{Han}})"
        )

    def is_place(self, text: str, start: int, end: int) -> bool:
        """Whether `text[start:end]` is one place or a list of places and nothing else."""
        return end - start <= _LONGEST_LIST and self._whole.fullmatch(text, start, end) is not None

    def prefix_end(self, text: str, start: int, end: int) -> int:
        """Where the list of places ends that opens the stretch; `start` where it opens with none."""
        hit = self._prefix.match(text, start, end)
        return hit.end() if hit else start
