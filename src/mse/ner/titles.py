"""Titles of posts: what they are put together from, as one pattern."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from mse.grammar import alternation, load
from mse.ner.fields import work

_DATA = load("posts")


def _patterns() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    any_of = alternation
    party, chiefs, organs = _DATA["party"], _DATA["chiefs"], _DATA["organs"]
    levels = any_of(party["levels"])
    own, *others = party["committees"]  # the first, the bare committee, needs its level in front
    modifiers = rf"{any_of(_DATA['modifiers']['words'])}{{0,4}}"
    committee = rf"(?<!{any_of(party['not_after'])})(?:{levels}{own}|(?P<level>{levels})?{any_of(others)})"
    kinds = (
        rf"{committee}{modifiers}{any_of(party['heads'])}",
        rf"(?:(?:{any_of(chiefs['levels'])}){modifiers}|{modifiers}){any_of(chiefs['words'])}",
        _DATA["envoys"]["pattern"],
        rf"(?P<organ>{any_of(organs['words'])}|{work(organs['endings'])})(?P<organ_head>"
        rf"{modifiers}{any_of(organs['heads'])}|{any_of(others)}{modifiers}{any_of(party['heads'])})",
        rf"{modifiers}{any_of(_DATA['fused']['words'])}",
        rf"{modifiers}{any_of(_DATA['heads']['words'])}",
    )
    before = any_of(_DATA["other_beginnings"]["words"])
    after = rf"(?:{any_of(_DATA['other_words']['words'])}|{_DATA['other_words']['pattern']})"
    return regex.compile(
        rf"(?:{'|'.join(kinds)})(?:{any_of(_DATA['assistants']['words'])})?(?!{after})"
    ), regex.compile(rf"(?<={before})")


@dataclass(slots=True)
class Title:
    """A title: where it stands, and where its head begins when an organ without a prefix stands in front (else -1).

    `level` is where the level of a committee ends that another name may claim (镇 in 镇党委书记), else -1.
    """

    start: int
    end: int
    head: int = -1
    level: int = -1


_TITLE, _FALSE_START = _patterns()
# What every title ends in, and the marks that never stand inside one.
_END = regex.compile(
    alternation(
        sorted(
            {
                word[-2:]
                for words in (
                    _DATA["party"]["heads"],
                    _DATA["chiefs"]["words"],
                    _DATA["organs"]["heads"],
                    _DATA["fused"]["words"],
                    _DATA["heads"]["words"],
                    _DATA["envoys"]["heads"],
                )
                for word in words
            }
        )
    )
)
_MARK = regex.compile(_DATA["apart"]["pattern"])
_MARK_BEFORE = regex.compile(f"(?r){_DATA['apart']['pattern']}")


def titles(text: str) -> list[Title]:
    """All titles in the order of the text, longest at each place."""
    found = []
    for hit in (hit for part in _titled(text) for hit in _TITLE.finditer(text, *part)):
        if _FALSE_START.match(text, hit.start()) or _FALSE_START.match(text, hit.start() + 1):
            continue
        found.append(Title(hit.start(), hit.end(), hit.start("organ_head"), hit.end("level")))
    return found


def _titled(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between marks in which a title ends: most of a text is none, and needs no closer look."""
    position = 0
    while end := _END.search(text, position):
        before = _MARK_BEFORE.search(text, position, end.start())
        after = _MARK.search(text, end.end())
        start, position = before.end() if before else position, after.start() if after else len(text)
        yield start, position
