"""Words and their classes as two arrays of numbers: what a text's substrings are known as, looked up all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]
Codes = npt.NDArray[np.int64]
LONGEST = 8

_STEP = np.uint64(0x9E3779B97F4A7C15)
_SPREAD = np.uint64(0xBF58476D1CE4E5B9)


def mix(*values: Any) -> Numbers:
    """One number for each row of several columns of numbers; the order of the columns counts."""
    with np.errstate(over="ignore"):
        mixed: Any = np.uint64(0x243F6A8885A308D3)
        for value in values:
            mixed = (mixed ^ np.asarray(value).astype(np.uint64)) * _STEP
            mixed ^= mixed >> np.uint64(29)
        mixed = mixed * _SPREAD
        result: Numbers = mixed ^ (mixed >> np.uint64(32))
        return result


def codes_of(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)


def substrings(codes: Codes) -> list[Numbers]:
    """For each length up to LONGEST a number for the substring of that length at every place (0 beyond the end)."""
    count = len(codes)
    found = [np.zeros(count, dtype=np.uint64)]
    current = np.zeros(count, dtype=np.uint64)
    for length in range(1, LONGEST + 1):
        shifted = np.zeros(count, dtype=np.uint64)
        if length <= count:
            shifted[: count - length + 1] = codes[length - 1 :].astype(np.uint64)
        current = mix(current, shifted)
        found.append(current)
    return found


@dataclass(slots=True)
class Lexicon:
    """Sorted numbers of words, and the class (1 to 255) of each; 0 is the class of what is no known word."""

    keys: npt.NDArray[np.uint32]
    classes: npt.NDArray[np.uint8]
    odds: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, words: Mapping[str, int], odds: npt.NDArray[np.uint8]) -> Lexicon:
        """From words of 1 to LONGEST characters with their classes; longer ones are left out."""
        by_length: dict[int, list[str]] = {}
        for word in words:
            if 0 < len(word) <= LONGEST:
                by_length.setdefault(len(word), []).append(word)
        keys, classes = [], []
        for length, members in sorted(by_length.items()):
            codes = codes_of("".join(members)).reshape(-1, length)
            current = np.zeros(len(members), dtype=np.uint64)
            for column in range(length):
                current = mix(current, codes[:, column])
            keys.append(current)
            classes.append(np.asarray([words[word] for word in members], dtype=np.uint8))
        if not keys:
            return cls(np.zeros(0, np.uint32), np.zeros(0, np.uint8), odds)
        short = (np.concatenate(keys) >> np.uint64(32)).astype(np.uint32)
        unique, first = np.unique(short, return_index=True)
        return cls(unique, np.concatenate(classes)[first], odds)

    def look_up(self, numbers: Numbers) -> npt.NDArray[np.uint8]:
        """The class of every word that is given by its number."""
        short = (numbers >> np.uint64(32)).astype(np.uint32)
        if not len(self.keys):
            return np.zeros(len(short), np.uint8)
        place = np.minimum(np.searchsorted(self.keys, short), len(self.keys) - 1)
        return np.where(self.keys[place] == short, self.classes[place], np.uint8(0))
