"""Labelled stretches as one tag for each character and back: begin, inside, end, single, for each label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from mse.ner.spans import Found, Label

BEGIN, INSIDE, END, SINGLE = range(4)


def encode(length: int, found: Iterable[Found], labels: Sequence[Label]) -> npt.NDArray[np.int32]:
    """Tags of a sentence of `length` characters; 0 is outside, stretches of other labels are left out."""
    tags = np.zeros(length, dtype=np.int32)
    for each in found:
        if each.label not in labels:
            continue
        first = 1 + 4 * labels.index(each.label)
        if each.end - each.start == 1:
            tags[each.start] = first + SINGLE
        else:
            tags[each.start] = first + BEGIN
            tags[each.start + 1 : each.end - 1] = first + INSIDE
            tags[each.end - 1] = first + END
    return tags


def decode(tags: Sequence[int], labels: Sequence[Label]) -> list[Found]:
    """The stretches that are tagged from begin to end without a break."""
    found: list[Found] = []
    start, open_label = -1, -1
    for index, tag in enumerate(tags):
        label, place = divmod(tag - 1, 4)
        if tag == 0:
            start = -1
        elif place == SINGLE:
            found.append(Found(index, index + 1, labels[label], "model"))
            start = -1
        elif place == BEGIN:
            start, open_label = index, label
        elif start >= 0 and label == open_label:
            if place == END:
                found.append(Found(start, index + 1, labels[label], "model"))
                start = -1
        else:
            start = -1
    return found
