"""What the rules hand to each other: a labelled stretch of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Label = Literal["PERSON", "POST", "ORG", "PLACE"]
Source = Literal["rule", "model"]
LABELS: tuple[Label, ...] = ("PERSON", "POST", "ORG", "PLACE")


@dataclass(slots=True)
class Found:
    """A stretch with its label; `end` is exclusive, both are code points into the text.

    `firm` tells that only the language of offices speaks like this: 市教育局, 副市长.
    """

    start: int
    end: int
    label: Label
    source: Source = "rule"
    firm: bool = False


def without_overlaps(found: list[Found]) -> list[Found]:
    """The stretches in the order of the text; of two that overlap the one that was given first stays."""
    kept: list[Found] = []
    taken: set[int] = set()
    for each in found:
        places = range(each.start, each.end)
        if each.start < each.end and taken.isdisjoint(places):
            taken.update(places)
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)
