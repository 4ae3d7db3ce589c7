"""How alike two metrics are: weighted single characters and pairs of characters in common.

Words that only frame a number (`累计完成`) weigh little, as `grammar/pairing.toml` says; characters that many targets
of the task share weigh less than those that tell them apart. A Latin word or a number counts as one character of
more weight, for it names the thing (`PM2.5`, `10亿元以上`). The part after the last bar is the head of a metric.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

import regex

from mse.grammar import alternation, load

_CLASSES = load("pairing")["weight"]
_WEIGHT_OF = {word: float(entry["value"]) for entry in reversed(_CLASSES) for word in entry["words"]}
_WORD = regex.compile(alternation(_WEIGHT_OF))
_TOKEN = regex.compile(r"\p{Han}|[A-Za-z]+|\d+(?:\.\d+)?|\p{L}")
_MODIFIER_SHARE = 0.8
_PAIR_SHARE = 0.6
_NAME_WEIGHT = 3.0
_MUTUAL_SHARE = 0.6

Profile = dict[str, float]


class Wording:
    """Similarity of metrics within one task; `metrics` are the metrics of its targets, which set what is common."""

    def __init__(self, metrics: Iterable[str] = ()) -> None:
        distinct = sorted({m for m in metrics if m})
        self._many = len(distinct) > 1
        self._common: dict[str, int] = {}
        for metric in distinct:
            for token in {token for token, _ in _tokens(metric)}:
                self._common[token] = self._common.get(token, 0) + 1
        self._profiles: dict[str, tuple[Profile, Profile]] = {}

    def similarity(self, a: str, b: str) -> float:
        """From 0 (nothing in common) to 1 (the same words); 0 where one of them says nothing."""
        first, second = self._profile(a), self._profile(b)
        return (1 - _PAIR_SHARE) * _overlap(first[0], second[0]) + _PAIR_SHARE * _overlap(first[1], second[1])

    def _profile(self, metric: str) -> tuple[Profile, Profile]:
        known = self._profiles.get(metric)
        if known is None:
            known = self._profiles[metric] = self._build(metric)
        return known

    def _build(self, metric: str) -> tuple[Profile, Profile]:
        singles: Profile = {}
        pairs: Profile = {}
        pieces = [p for p in metric.split("|") if p]
        for index, piece in enumerate(pieces):
            share = 1.0 if index == len(pieces) - 1 else _MODIFIER_SHARE
            weighed = [(token, share * weight * self._rarity(token)) for token, weight in _tokens(piece)]
            for token, weight in weighed:
                singles[token] = singles.get(token, 0.0) + weight
            for (c, v), (d, w) in pairwise(weighed):
                pairs[c + d] = pairs.get(c + d, 0.0) + (v + w) / 2
        return singles, pairs

    def _rarity(self, token: str) -> float:
        return 1.0 / math.sqrt(max(1, self._common.get(token, 1))) if self._many else 1.0


def says(text: str) -> float:
    """How much the words say: the sum of their weights, about the number of telling characters."""
    return sum(weight for _, weight in _tokens(text))


def _tokens(text: str) -> list[tuple[str, float]]:
    text = unicodedata.normalize("NFKC", text)
    light = [(hit.start(), hit.end(), _WEIGHT_OF[hit.group()]) for hit in _WORD.finditer(text)]
    found: list[tuple[str, float]] = []
    at = 0
    for hit in _TOKEN.finditer(text):
        while at < len(light) and light[at][1] <= hit.start():
            at += 1
        named = hit.group()[0].isascii()
        weight = _NAME_WEIGHT if named else 1.0
        if at < len(light) and light[at][0] <= hit.start():
            weight = light[at][2]
        found.append((hit.group(), weight))
    return found


def _overlap(a: Profile, b: Profile) -> float:
    """Between how much of both is shared and how much of the shorter one is: short names of the same thing count."""
    shared = sum(min(weight, b[key]) for key, weight in a.items() if key in b)
    total_a, total_b = sum(a.values()), sum(b.values())
    if not shared or not total_a or not total_b:
        return 0.0
    mutual = 2 * shared / (total_a + total_b)
    return min(1.0, _MUTUAL_SHARE * mutual + (1 - _MUTUAL_SHARE) * shared / min(total_a, total_b))
