"""Training: annotated texts to a model. The same seed and the same data give the same weights."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import product

import numpy as np
import numpy.typing as npt

from mse.grammar import load
from mse.ner import crf, rules
from mse.ner.evaluation import Scores, score
from mse.ner.features import BUCKET, features
from mse.ner.formats import Example
from mse.ner.gazetteer import PLACES, divisions
from mse.ner.lexicon import Lexicon
from mse.ner.model import NameModel
from mse.ner.recognize import merged, sentences_of
from mse.ner.spans import Found, Label
from mse.ner.tags import encode
from mse.segmentation import word_spans

LEARNT: tuple[Label, ...] = ("PERSON", "ORG", "PLACE")
Report = Callable[[str], None]
_NAME_TAGS = ("nr", "nrt", "ns", "nt", "nz")
_COMMON = (5, 100, 2000)
_STEPS = (-3.0, -1.5, -0.5, 0.5, 1.5, 2.5, 4.0)


@dataclass(slots=True)
class Settings:
    """What training can be told; the defaults are what the shipped model was trained with."""

    epochs: int = 5
    rate: float = 0.1
    decay: float = 0.2
    dropout: float = 0.65
    batch: int = 4000
    least: int = 2
    smallest: float = 0.02
    runs: int = 6
    seed: int = 0


def train(
    examples: Sequence[Example], dev: Sequence[Example], settings: Settings | None = None, report: Report = print
) -> tuple[NameModel, Scores]:
    """Train on `examples`, weigh the labels on `dev`, and give the model with its scores there."""
    settings = settings or Settings()
    lexicon = build_lexicon()
    numbers = _features(examples, lexicon)
    keys, counts = np.unique(numbers >> np.uint64(32), return_counts=True)
    known = keys[counts >= settings.least].astype(np.uint32)
    report(f"{len(examples)} sentences, {len(known)} features")
    rows = _rows(numbers, known)
    data = []
    offset = 0
    for example in examples:
        found = [Found(a, b, label) for a, b, label in example.spans if label in LEARNT]
        end = offset + len(example.text)
        data.append((rows[offset:end], encode(len(example.text), found, LEARNT)))
        offset = end
    models = []
    for run in range(settings.runs):
        models.append(
            crf.train(
                data,
                len(known) + 1,
                1 + 4 * len(LEARNT),
                epochs=settings.epochs,
                rate=settings.rate,
                decay=settings.decay,
                dropout=settings.dropout,
                batch=settings.batch,
                seed=settings.seed + run,
                report=_reporter(report, run),
            )
        )
    weights: crf.Floats = np.stack([m.weights for m in models]).mean(axis=0)
    transitions: crf.Floats = np.stack([m.transitions for m in models]).mean(axis=0)
    heavy = np.flatnonzero(np.abs(weights[1:]).max(axis=1) >= settings.smallest)
    model = NameModel(
        lexicon, known[heavy], crf.Crf(weights[np.concatenate([[0], heavy + 1])], transitions), LEARNT, (0.0,) * 3
    )
    report(f"{len(heavy)} features kept")
    model.bias, best = _weigh(model, dev)
    return model, best


def _reporter(report: Report, run: int) -> Callable[[int, float], None]:
    return lambda epoch, loss: report(f"run {run + 1}, epoch {epoch + 1}: loss {loss:.4f}")


def _weigh(model: NameModel, dev: Sequence[Example]) -> tuple[tuple[float, ...], Scores]:
    """The bias of each label that scores best together with the rules.

    A model that is shy or bold with one kind of name is set right by one number.
    """
    gold = [[span for span in example.spans if span[2] in LEARNT] for example in dev]
    ruled = [rules.find(example.text) for example in dev]
    cut = [sentences_of(example.text, found) for example, found in zip(dev, ruled, strict=True)]
    parts = [example.text[a:b] for example, (pieces, _) in zip(dev, cut, strict=True) for a, b in pieces]
    scores = model.scores(parts, [word_spans(part) for part in parts], [one for _, inside in cut for one in inside])
    lengths = [len(part) for part in parts]
    best: tuple[float, tuple[float, ...], Scores] | None = None
    for bias in product((0.0, 0.2, 0.4, 0.6, 0.8, 1.0), repeat=len(LEARNT)):
        model.bias = bias
        learnt = iter(model.decode(scores, lengths))
        found = [
            merged(example.text, rule, pieces, [next(learnt) for _ in pieces])
            for example, rule, (pieces, _) in zip(dev, ruled, cut, strict=True)
        ]
        reached = score(gold, [[(f.start, f.end, f.label) for f in each if f.label in LEARNT] for each in found])
        # All spans and the mean of the labels count alike, so that rare labels are not sold for frequent ones.
        value = reached.total.f1 + sum(part.f1 for part in reached.by_label.values()) / len(LEARNT)
        if best is None or value > best[0]:
            best = (value, bias, reached)
    assert best is not None
    return best[1], best[2]


def _features(examples: Sequence[Example], lexicon: Lexicon) -> npt.NDArray[np.uint64]:
    texts = [example.text for example in examples]
    return features(texts, [word_spans(t) for t in texts], [rules.find(t) for t in texts], lexicon)


def _rows(numbers: npt.NDArray[np.uint64], known: npt.NDArray[np.uint32]) -> crf.Ints:
    short = (numbers >> np.uint64(32)).astype(np.uint32)
    place = np.minimum(np.searchsorted(known, short), len(known) - 1)
    return np.where(known[place] == short, place + 1, 0).astype(np.int32)


def _dictionary() -> Iterator[tuple[str, int, str]]:
    """jieba's dictionary: word, how often, part of speech."""
    with resources.files("jieba").joinpath("dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, count, tag = line.split()
            yield word, int(count), tag


def build_lexicon() -> Lexicon:
    """The words of jieba's dictionary and of our gazetteers with their classes, and what characters names are of."""
    entries = list(_dictionary())
    others: dict[str, int] = {}
    words = {}
    for word, count, tag in entries:
        name = next((t for t in sorted(_NAME_TAGS, key=len, reverse=True) if tag.startswith(t)), None)
        if name == "nrf":
            name = "nr"
        kind = _NAME_TAGS.index(name) + 1 if name else others.setdefault(tag[0], len(others) + 6)
        words[word] = min(kind, BUCKET - 1) + BUCKET * sum(count > limit for limit in _COMMON)
    for place in [*divisions(), *PLACES]:
        words[place] = _NAME_TAGS.index("ns") + 1 + BUCKET * (words.get(place, 0) // BUCKET)
    for name in load("surnames")["world"]["words"]:
        words[name] = _NAME_TAGS.index("nrt") + 1 + BUCKET * (words.get(name, 0) // BUCKET)
    return Lexicon.of(words, _odds(entries))


def _odds(entries: Sequence[tuple[str, int, str]]) -> npt.NDArray[np.uint8]:
    """For each character in steps how much more often it stands in names of a kind than in running text."""
    surnames = set(load("surnames")["single"]["chars"])
    anywhere: Counter[str] = Counter()
    for word, count, _ in entries:
        for char in word:
            anywhere[char] += count
    people = [w for w, _, tag in entries if tag in ("nr", "nrfg") and 2 <= len(w) <= 3 and w[0] in surnames]
    foreign = [w for w, _, tag in entries if tag == "nrt"]
    placed = [w for w, _, tag in entries if tag == "ns"]
    table = np.zeros((0x10000, 6), dtype=np.uint8)

    def put(column: int, characters: Iterable[str]) -> None:
        inside = Counter(characters)
        total, everything = sum(inside.values()), sum(anywhere.values())
        for char in anywhere:
            if ord(char) < 0x10000:
                odds = math.log((inside[char] + 0.3) / (total + 1500))
                odds -= math.log((anywhere[char] + 50) / (everything + 250000))
                table[ord(char), column] = 1 + sum(odds > step for step in _STEPS)

    put(0, (w[0] for w in people))
    put(1, (w[1] for w in people if len(w) == 3))
    put(2, (w[-1] for w in people))
    put(3, (char for w in foreign for char in w))
    put(4, (char for w in placed for char in w[:-1]))
    put(5, (w[-1] for w in placed))
    return table
