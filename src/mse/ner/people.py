"""People that the rules find: announced by a title, an act or a list, or with a name that speaks for itself."""

from __future__ import annotations

from bisect import bisect_right

import regex

from mse.grammar import alternation, load
from mse.ner import names
from mse.ner.spans import Found

_POSTS, _NAMES = load("posts"), load("surnames")
_TIE = regex.compile(_NAMES["tie"]["pattern"])
_AND = regex.compile(_NAMES["and"]["pattern"])
_RESPONSIBLE = regex.compile(alternation(_NAMES["responsible"]["words"]) + _NAMES["tie"]["pattern"])
_ACT = regex.compile(
    alternation([word for kind in ("appoint", "remove") for word in _POSTS["acts"][kind]]) + r"[:：]?\s{0,6}"
)
_TAKES = regex.compile(_NAMES["takes"]["pattern"].replace("{takes}", alternation(_POSTS["acts"]["takes"])))
_BRACKET = regex.compile(_NAMES["before_bracket"]["pattern"] + r"\Z")
_BECOME = frozenset(_POSTS["acts"]["become"])
_NAME_LINE = regex.compile(
    r"(?<=(?P<above>\S)[ \u3000\t]{0,6}\r?\n\s{0,8})(?P<name>\p{Han}[ \u3000]{0,3}\p{Han}{1,3})"
    r"(?=[ \u3000\t]{0,6}(?:\r?\n|\Z))"
)


class People:
    """The people of one text beside what was found before; `found` says where each name begins and ends."""

    def __init__(self, text: str, spans: list[Found]) -> None:
        self.text, self.spans = text, spans
        # A short name of a place may be a person's where a person is announced: 主席安宁.
        firm = [span for span in spans if span.label != "PLACE" or span.end - span.start > 2]
        self.taken = {i for span in firm for i in range(span.start, span.end)}
        self.stops = {span.start for span in firm} | {hit.start() for hit in _RESPONSIBLE.finditer(text)}
        self.found: dict[int, int] = {}
        self.seen: set[int] = set()
        self.answering: set[int] = set()
        self._listed: set[int] = set()

    def find(self) -> list[Found]:
        """All people in the order of the text."""
        withheld = names.withheld(self.text)
        for start, end in [*names.dotted(self.text, self.taken), *withheld]:
            self._keep(start, end)
        self._before_acts()
        self._at_titles()
        for pattern in (_RESPONSIBLE, _ACT):
            for hit in pattern.finditer(self.text):
                if pattern is _RESPONSIBLE:
                    self.answering.add(hit.end())
                self._list(self._add(hit.end(), strict=pattern is _ACT))
        for end in list(self.found.values()):
            self._list(end)
        self._in_lines()
        self.answering.update(start for start, _ in withheld)
        return [Found(a, b, "PERSON", firm=a in self.answering) for a, b in sorted(self.found.items())]

    def _keep(self, start: int, end: int) -> None:
        if self._free(start, end):
            self.found[start] = end
            self.seen.update(range(start, end))

    def _free(self, start: int, end: int) -> bool:
        return not any(i in self.seen or i in self.taken for i in range(start, end))

    def _add(self, start: int, strict: bool = False) -> int:
        """Where the name ends that begins at `start`, which is kept; -1 where none does."""
        if start in self.seen:
            return self.found.get(start, -1)
        if start >= len(self.text) or start in self.taken:
            return -1
        if self.text[start] in names.JOINTS and start - 1 in self.taken:
            return -1
        end = names.name_end(self.text, start, self.stops, strict)
        if end > 0 and self._free(start, end):
            self._keep(start, end)
            return end
        return -1

    def _list(self, end: int) -> None:
        """Go on along a list of names from the end of one of them."""
        while end > 0 and end not in self._listed and (joint := _AND.match(self.text, end)):
            self._listed.add(end)
            end = self._add(joint.end(), strict=True)

    def _at_titles(self) -> None:
        """Names behind a title, and right before one."""
        ends = sorted(span.end for span in self.spans)
        for span in self.spans:
            if span.label != "POST":
                continue
            if tie := _TIE.match(self.text, span.end):
                self._list(self._add(tie.end()))
            before = bisect_right(ends, span.start)
            floor, stop = ends[before - 1] if before else 0, span.start
            if bracket := _BRACKET.search(self.text, max(floor, stop - 10), stop):
                stop = bracket.start()
            if floor < stop and stop - 1 not in self.seen:
                start = names.name_start(self.text, stop, floor)
                if start < 0 and stop == span.start and names.surname_only(self.text, stop, floor):
                    start = stop - 1
                if start >= 0:
                    self._keep(start, stop)

    def _before_acts(self) -> None:
        """Names before what is done with posts: 张立新任市长."""
        for hit in _TAKES.finditer(self.text):
            # The first character of the act may be the last one of the name: 张立新|任.
            for end in (hit.start() + 1, hit.start()):
                longer = end > hit.start()
                if longer and self.text[end : hit.end()] not in _BECOME:
                    continue
                start = names.name_start(self.text, end, max(0, end - 6))
                if start >= 0 and end - start >= 2 + longer and self._free(start, end):
                    self._keep(start, end)
                    break

    def _in_lines(self) -> None:
        """Names alone in their line below an office, a title or another name, as in the cells of a table."""
        offices = {span.end - 1 for span in self.spans if span.label in ("ORG", "POST")}
        for hit in _NAME_LINE.finditer(self.text):
            above = hit.start("above")
            if above in self.seen or above in offices:
                start, end = hit.span("name")
                if names.name_end(self.text, start, self.stops, strict=True) == end:
                    self._keep(start, end)
