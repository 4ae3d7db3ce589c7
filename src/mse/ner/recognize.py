"""The two public functions: entities of a text, and the officials among them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import regex

from mse.grammar import load
from mse.model import Entity, Official
from mse.ner import rules
from mse.ner.officials import officials as _officials
from mse.ner.spans import Found, without_overlaps

_SENTENCE = regex.compile(load("offices")["sentences"]["pattern"])
_NAMEABLE = regex.compile(r"\p{Han}|[A-Za-z]{2}")
_LONGEST = 300


def spans(text: str, model: bool = True) -> list[Found]:
    """Names, titles, offices and places of a text in its order, without overlaps.

    In a paragraph that speaks the language of offices the rules decide and the trained model fills in what they leave
    open; elsewhere the model decides and the rules add titles and who holds them. With `model=False` rules alone.
    """
    ruled = rules.find(text)
    if not model:
        return ruled
    lines = [0, *(hit.end() for hit in regex.finditer("\n", text))]
    official = {bisect_right(lines, found.start) for found in ruled if found.firm}
    first: list[Found] = []
    second: list[Found] = []
    for found in ruled:
        if bisect_right(lines, found.start) in official:
            first.append(found)
        elif found.label in ("POST", "PERSON"):
            second.append(found)
    for found in _learnt(text, ruled):
        (second if bisect_right(lines, found.start) in official else first).append(found)
    return without_overlaps([*first, *second])


def _learnt(text: str, ruled: list[Found]) -> list[Found]:
    """What the model finds, sentence by sentence."""
    from mse.ner.model import shipped
    from mse.ner.words import word_spans

    pieces = [piece for piece in _sentences(text) if _NAMEABLE.search(text, *piece)]
    if not pieces:
        return []
    sentences = [text[start:end] for start, end in pieces]
    inside: list[list[Found]] = [[] for _ in pieces]
    starts = [start for start, _ in pieces]
    for found in ruled:
        index = bisect_right(starts, found.start) - 1
        start, end = pieces[index] if index >= 0 else (0, 0)
        if found.end <= end:
            inside[index].append(Found(found.start - start, found.end - start, found.label))
    predicted = shipped().predict(sentences, [word_spans(sentence) for sentence in sentences], inside)
    return [
        Found(start + found.start, start + found.end, found.label, "model")
        for (start, _), group in zip(pieces, predicted, strict=True)
        for found in group
    ]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Sentences with their closing marks, none longer than the model should see at once."""
    start = 0
    for hit in _SENTENCE.finditer(text):
        for begin in range(start, hit.end(), _LONGEST):
            yield begin, min(begin + _LONGEST, hit.end())
        start = hit.end()
    for begin in range(start, len(text), _LONGEST):
        yield begin, min(begin + _LONGEST, len(text))


def entities(text: str, model: bool = True) -> list[Entity]:
    """People, posts, organizations and places of a text, in its order and without overlaps.

    Offsets are code points into the text, `text[start:end]` is the evidence; `source` says whether a rule or the
    trained model found it. With `model=False` by rules alone. Raises ModelError where the model is missing.
    """
    return [
        Entity.model_construct(start=f.start, end=f.end, text=text[f.start : f.end], label=f.label, source=f.source)
        for f in spans(text, model)
    ]


def officials(text: str, model: bool = True) -> list[Official]:
    """Who holds a public post or is named as responsible, with posts and office, in the order of the text."""
    return _officials(text, spans(text, model))
