"""The trained recognizer: its words, features and weights, and how it is stored.

A model is a folder with `model.npz` (arrays, nothing that runs) and `meta.json` (version, labels, data, scores); in a
stored pipeline of spaCy it lies in the folder `mse_entities`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from mse.errors import ModelError
from mse.ner.crf import Crf, Floats, Ints
from mse.ner.features import features
from mse.ner.lexicon import Lexicon, Numbers
from mse.ner.spans import Found, Label
from mse.ner.tags import decode

# Raised whenever features are computed in another way: weights learnt before mean nothing then.
FORMAT = 1
_TABLE_BITS = 21
_SHIPPED = "zh_officials"
# The folder of the model within a stored pipeline of spaCy.
COMPONENT = "mse_entities"


class _Rows:
    """The row of every known feature; features are known by the upper half of their number."""

    def __init__(self, keys: npt.NDArray[np.uint32]) -> None:
        self.keys = np.concatenate([np.zeros(1, np.uint32), keys])
        rows = np.arange(1, len(keys) + 1, dtype=np.int32)
        self.first, lost = self._fill(keys, rows, 0)
        self.second, _ = self._fill(keys[lost], rows[lost], 11)

    @staticmethod
    def _fill(keys: npt.NDArray[np.uint32], rows: Ints, shift: int) -> tuple[Ints, npt.NDArray[np.int64]]:
        table = np.zeros(1 << _TABLE_BITS, dtype=np.int32)
        slots = _Rows._slots(keys, shift)
        table[slots] = rows
        return table, np.flatnonzero(table[slots] != rows)

    @staticmethod
    def _slots(keys: npt.NDArray[np.uint32], shift: int) -> npt.NDArray[np.uint32]:
        return (keys >> np.uint32(shift)) & np.uint32((1 << _TABLE_BITS) - 1)

    def of(self, numbers: Numbers) -> Ints:
        """The rows of features, 0 for those that are not known."""
        keys = (numbers >> np.uint64(32)).astype(np.uint32)
        rows = self.first[self._slots(keys, 0)]
        missed = self.keys[rows] != keys
        others = self.second[self._slots(keys[missed], 11)]
        rows[missed] = np.where(self.keys[others] == keys[missed], others, 0)
        return rows


@dataclass(slots=True)
class NameModel:
    """Finds stretches of `labels` in sentences. `bias` is added to the score of each label: what tips the scales."""

    lexicon: Lexicon
    keys: npt.NDArray[np.uint32]
    crf: Crf
    labels: tuple[Label, ...]
    bias: tuple[float, ...] = ()
    meta: dict[str, Any] = field(default_factory=dict)
    _rows: _Rows | None = None

    def predict(
        self,
        sentences: Sequence[str],
        words: Sequence[Sequence[tuple[int, int]]],
        rules: Sequence[Sequence[Found]],
    ) -> list[list[Found]]:
        """What stands in each sentence, given the spans of its words and what the rules found; offsets per sentence."""
        if not sentences:
            return []
        return self.decode(self.scores(sentences, words, rules), [len(sentence) for sentence in sentences])

    def scores(
        self,
        sentences: Sequence[str],
        words: Sequence[Sequence[tuple[int, int]]],
        rules: Sequence[Sequence[Found]],
    ) -> Floats:
        """Scores `[characters, tags]` of sentences one after the other, before the bias."""
        if self._rows is None:
            self._rows = _Rows(self.keys)
        return self.crf.emissions(self._rows.of(features(sentences, words, rules, self.lexicon)))

    def decode(self, scores: Floats, lengths: Sequence[int]) -> list[list[Found]]:
        """The best stretches for scores of sentences of the given lengths."""
        scores = scores.copy()
        for index, bias in enumerate(self.bias):
            scores[:, 1 + 4 * index : 5 + 4 * index] += bias
        tags = self.crf.decode(scores, lengths).tolist()
        found, offset = [], 0
        for length in lengths:
            found.append(decode(tags[offset : offset + length], self.labels))
            offset += length
        return found

    def save(self, folder: Path) -> None:
        """Write the model; weights are kept in steps of a 127th of the largest one."""
        folder.mkdir(parents=True, exist_ok=True)
        scale = float(np.abs(self.crf.weights).max()) / 127 or 1.0
        np.savez_compressed(
            folder / "model.npz",
            words=_packed(self.lexicon.keys),
            classes=self.lexicon.classes,
            odds=self.lexicon.odds,
            features=_packed(self.keys),
            weights=np.round(self.crf.weights[1:] / scale).astype(np.int8).T,
            scale=np.float32(scale),
            transitions=self.crf.transitions,
            bias=np.asarray(self.bias, dtype=np.float32),
        )
        meta = {**self.meta, "format": FORMAT, "labels": list(self.labels)}
        (folder / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> NameModel:
        """Read a model. Raises ModelError where there is none, or one that was made for another version."""
        if (folder / COMPONENT).is_dir():
            folder = folder / COMPONENT
        try:
            meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            if not isinstance(meta, dict) or meta.get("format") != FORMAT:
                made = meta.get("format") if isinstance(meta, dict) else None
                raise ModelError(
                    f"{folder}: a model of format {made}, this version of mse reads format {FORMAT}; "
                    "train it again with: mse train"
                )
            with np.load(folder / "model.npz", allow_pickle=False) as arrays:
                weights = arrays["weights"].T.astype(np.float32) * arrays["scale"]
                return cls(
                    Lexicon(_unpacked(arrays["words"]), arrays["classes"], arrays["odds"]),
                    _unpacked(arrays["features"]),
                    Crf(np.vstack([np.zeros((1, weights.shape[1]), np.float32), weights]), arrays["transitions"]),
                    tuple(meta["labels"]),
                    tuple(arrays["bias"].tolist()),
                    meta,
                )
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"{folder}: no model of mse can be read here ({error})") from error


def _packed(keys: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    """Sorted numbers as the bytes of their differences, which is what compresses."""
    return np.diff(keys, prepend=np.uint32(0)).astype("<u4").view(np.uint8).reshape(-1, 4).T.copy()


def _unpacked(packed: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
    return np.cumsum(packed.T.copy().view("<u4").ravel(), dtype=np.uint32)


@cache
def shipped() -> NameModel:
    """The model that comes with the package, read once per process. Raises ModelError where it is missing."""
    return NameModel.load(Path(str(resources.files("mse").joinpath("models", _SHIPPED))))
