"""Places and sub-units that a number can hold for: by their endings, and by the names the report itself uses.

A report that writes 端州区 once may write 端州 later; the short form is learned from the report and from nothing else.
"""

from __future__ import annotations

import regex

from mse.grammar import alternation, load

_AREA = load("metrics")["area"]
_AND = load("cues")["joint"]["and"]
_SUFFIX = alternation(_AREA["suffixes"])
# A short form that the report itself uses stands as marks in a copy of the text, so that no pattern is made for it;
# the last mark tells whether the form is one of those that end as full names do (高新区).
_FIRST, _MARK, _OPEN, _CLOSED = "\ue000", "\ue001", "\ue002", "\ue003"
_SHORT = f"{_FIRST}{_MARK}*[{_OPEN}{_CLOSED}]"
_FULL_SHORT = rf"(?:{_SHORT}{_SUFFIX}|{_FIRST}{_MARK}*{_CLOSED})"
_CHAR = rf"[\p{{Han}}{_FIRST}{_MARK}{_OPEN}{_CLOSED}]"
_GENERIC = alternation(_AREA["generic"])
_EDGE = rf"[，。；：（）{''.join(word for word in _AND if len(word) == 1)}\s\d]"
_LISTED = regex.compile(rf"(?<={_EDGE}|^)(?P<name>\p{{Han}}{{2,5}}?)(?P<suffix>{_SUFFIX})(?={_EDGE}|$)")
_HAS_GENERIC = regex.compile(_GENERIC)
_JOINT = rf"\s*{alternation(_AND)}\s*"
_FULL = rf"(?!{_CHAR}{{0,6}}?{_GENERIC}){_CHAR}{{2,6}}?{_SUFFIX}"
_ONE = rf"(?:{_SHORT}(?:{_SUFFIX})?|{alternation(_AREA['words'])}|{_FULL})"
_WHOLE = regex.compile(rf"\s*{_ONE}(?:{_JOINT}{_ONE})*\s*")
_ENDS_FULL = regex.compile(rf"{_SUFFIX}$")
_PREFIX = regex.compile(rf"\s*{_FULL_SHORT}(?:{_JOINT}{_SHORT}(?:{_SUFFIX})?+)*+(?:{_JOINT}{_FULL})?(?={_CHAR})")
_PREFIX_LIST = regex.compile(rf"\s*{_FULL}(?:{_JOINT}(?:{_SHORT}{_SUFFIX}|{_FULL}))++(?={_CHAR})")
# A place ends with one of these characters, so that most stretches need no pattern.
_LAST = frozenset([_OPEN, _CLOSED, *(word[-1] for word in [*_AREA["suffixes"], *_AREA["words"]])])
_LONGEST_LIST = 80  # code points of a list of places


class Places:
    """Recognizes stretches that are nothing but places; built once for a report."""

    def __init__(self, text: str) -> None:
        found = {hit.group("name") for hit in _LISTED.finditer(text) if not _HAS_GENERIC.search(hit.group())}
        self._names = sorted(found, key=lambda name: (-len(name), name))
        self._text, self._marked = text, self._mark(text)

    def is_place(self, text: str, start: int, end: int) -> bool:
        """Whether `text[start:end]` is one place or a list of places and nothing else."""
        if not start < end <= start + _LONGEST_LIST:
            return False
        marked = self._of(text)
        while end > start and marked[end - 1].isspace():
            end -= 1
        return marked[end - 1] in _LAST and _WHOLE.fullmatch(marked, start, end) is not None

    def prefix_end(self, text: str, start: int, end: int) -> int:
        """Where the list of places ends that opens the stretch; `start` where it opens with none.

        One place alone must be one that the report names elsewhere; several of them are known by their endings.
        """
        marked = self._of(text)
        hit = _PREFIX.match(marked, start, end) or _PREFIX_LIST.match(marked, start, end)
        return hit.end() if hit else start

    def _of(self, text: str) -> str:
        return self._marked if text is self._text else self._mark(text)

    def _mark(self, text: str) -> str:
        for name in self._names:
            text = text.replace(
                name, _FIRST + _MARK * (len(name) - 2) + (_CLOSED if _ENDS_FULL.search(name) else _OPEN)
            )
        return text
