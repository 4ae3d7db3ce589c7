"""How alike two metrics are: weighted single characters and pairs of characters in common.

Words that only frame a number (`累计完成`) weigh little, as `grammar/pairing.toml` says; characters that many targets
of the task share weigh less than those that tell them apart. A Latin word or a number counts as one character of
more weight, for it names the thing (`PM2.5`, `10亿元以上`). The part after the last bar is the head of a metric.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import regex

from mse.grammar import alternation, load

_CLASSES = load("pairing")["weight"]
_WEIGHT_OF = {word: float(entry["value"]) for entry in reversed(_CLASSES) for word in entry["words"]}
_WORD = regex.compile(alternation(_WEIGHT_OF))
_TOKEN = regex.compile(r"\p{Han}|[A-Za-z]+|\d+(?:\.\d+)?|\p{L}")
_PLAIN = re.compile("[\u4e00-\u9fff]*")  # every character a token of its own, and none to normalize
_MODIFIER_SHARE = 0.8
_PAIR_SHARE = 0.6
_NAME_WEIGHT = 3.0
_MUTUAL_SHARE = 0.6


@dataclass(slots=True)
class Profile:
    """What a metric is made of: its characters and its pairs of characters, weighed, and the sums of the weights."""

    singles: dict[str, float] = field(default_factory=dict)
    pairs: dict[str, float] = field(default_factory=dict)
    total_of_singles: float = 0.0
    total_of_pairs: float = 0.0


class Wording:
    """Similarity of metrics within one task; `metrics` are the metrics of its targets, which set what is common."""

    def __init__(self, metrics: Iterable[str] = ()) -> None:
        distinct = sorted({m for m in metrics if m})
        self._many = len(distinct) > 1
        self._common: dict[str, int] = {}
        for metric in distinct:
            for token in set(_tokens(metric)[0]):
                self._common[token] = self._common.get(token, 0) + 1
        self._rare = {token: 1.0 / math.sqrt(count) for token, count in self._common.items()} if self._many else {}
        self._profiles: dict[str, Profile] = {}
        self._similar: dict[tuple[str, str], float] = {}

    def similarity(self, a: str, b: str) -> float:
        """From 0 (nothing in common) to 1 (the same words); 0 where one of them says nothing."""
        if not a or not b:
            return 0.0
        known = self._similar.get((a, b))
        if known is None:
            known = self._similar[a, b] = self._compare(self._profile(a), self._profile(b))
        return known

    def _compare(self, a: Profile, b: Profile) -> float:
        if not a.total_of_singles or not b.total_of_singles:
            return 0.0
        singles = _overlap(a.singles, b.singles, a.total_of_singles, b.total_of_singles)
        if not singles:
            return 0.0  # without a character in common there is no pair
        pairs = _overlap(a.pairs, b.pairs, a.total_of_pairs, b.total_of_pairs)
        return (1 - _PAIR_SHARE) * singles + _PAIR_SHARE * pairs

    def _profile(self, metric: str) -> Profile:
        known = self._profiles.get(metric)
        if known is None:
            known = self._profiles[metric] = self._build(metric)
        return known

    def _build(self, metric: str) -> Profile:
        profile = Profile()
        singles, pairs, rare = profile.singles, profile.pairs, self._rare
        pieces = [p for p in metric.split("|") if p]
        for index, piece in enumerate(pieces):
            share = 1.0 if index == len(pieces) - 1 else _MODIFIER_SHARE
            before, weight_before = "", 0.0
            for token, own in zip(*_tokens(piece), strict=True):
                weight = share * own * rare.get(token, 1.0)
                singles[token] = singles.get(token, 0.0) + weight
                if before:
                    pair = before + token
                    pairs[pair] = pairs.get(pair, 0.0) + (weight_before + weight) / 2
                before, weight_before = token, weight
        profile.total_of_singles, profile.total_of_pairs = sum(singles.values()), sum(pairs.values())
        return profile


def says(text: str) -> float:
    """How much the words say: the sum of their weights, about the number of telling characters."""
    return sum(_tokens(text)[1])


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[list[str], list[float]]:
    """The tokens of a text and what each weighs; the lists are shared and must not be changed."""
    if _PLAIN.fullmatch(text):
        characters = list(text)
        plain = [1.0] * len(characters)
        for hit in _WORD.finditer(text):
            start, end = hit.span()
            plain[start:end] = [_WEIGHT_OF[hit.group()]] * (end - start)
        return characters, plain
    text = unicodedata.normalize("NFKC", text)
    light = [(hit.start(), hit.end(), _WEIGHT_OF[hit.group()]) for hit in _WORD.finditer(text)]
    tokens: list[str] = []
    weights: list[float] = []
    at = 0
    for hit in _TOKEN.finditer(text):
        start, token = hit.start(), hit.group()
        while at < len(light) and light[at][1] <= start:
            at += 1
        if at < len(light) and light[at][0] <= start:
            weight = light[at][2]
        else:
            weight = _NAME_WEIGHT if token[0].isascii() else 1.0
        tokens.append(token)
        weights.append(weight)
    return tokens, weights


def _overlap(a: dict[str, float], b: dict[str, float], total_a: float, total_b: float) -> float:
    """Between how much of both is shared and how much of the shorter one is: short names of the same thing count."""
    shared = 0.0
    for key, weight in a.items():
        other = b.get(key)
        if other is not None:
            shared += weight if weight <= other else other
    if not shared or not total_a or not total_b:
        return 0.0
    mutual = 2 * shared / (total_a + total_b)
    return min(1.0, _MUTUAL_SHARE * mutual + (1 - _MUTUAL_SHARE) * shared / min(total_a, total_b))
