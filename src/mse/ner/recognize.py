"""The two public functions: entities of a text, and the officials among them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

import regex

from mse.grammar import load
from mse.model import Entity, Official
from mse.ner import rules
from mse.ner.officials import officials as _officials
from mse.ner.spans import Found, without_overlaps

if TYPE_CHECKING:
    from mse.ner.model import NameModel

_SENTENCE = regex.compile(load("offices")["sentences"]["pattern"])
_NAMEABLE = regex.compile(r"\p{Han}|[A-Za-z]{2}")
_LINE = regex.compile("\n")
_LONGEST = 300


def spans(text: str, model: NameModel | bool = True) -> list[Found]:
    """Names, titles, offices and places of a text in its order, without overlaps.

    In a paragraph that speaks the language of offices the rules decide and the trained model fills in what they leave
    open; elsewhere the model decides and the rules add titles and who holds them. `model` is one of your own, True for
    the shipped one, or False for rules alone.
    """
    ruled = rules.find(text)
    if model is False:
        return ruled
    pieces, inside = sentences_of(text, ruled)
    if not pieces:
        return ruled
    from mse.ner.model import shipped
    from mse.segmentation import word_spans

    parts = [text[start:end] for start, end in pieces]
    recognizer = shipped() if model is True else model
    learnt = recognizer.predict(parts, [word_spans(part) for part in parts], inside)
    return merged(text, ruled, pieces, learnt)


def sentences_of(text: str, ruled: list[Found]) -> tuple[list[tuple[int, int]], list[list[Found]]]:
    """The sentences that the model should see, and what the rules found in each with offsets into it."""
    pieces = [piece for piece in _sentences(text) if _NAMEABLE.search(text, *piece)]
    inside: list[list[Found]] = [[] for _ in pieces]
    starts = [start for start, _ in pieces]
    for found in ruled:
        index = bisect_right(starts, found.start) - 1
        start, end = pieces[index] if index >= 0 else (0, 0)
        if found.end <= end:
            inside[index].append(Found(found.start - start, found.end - start, found.label))
    return pieces, inside


def merged(text: str, ruled: list[Found], pieces: list[tuple[int, int]], learnt: list[list[Found]]) -> list[Found]:
    """Rules and model put together, paragraph by paragraph; `learnt` has offsets into its sentences `pieces`."""
    lines = [0, *(hit.end() for hit in _LINE.finditer(text))]
    official = {bisect_right(lines, found.start) for found in ruled if found.firm}
    first: list[Found] = []
    second: list[Found] = []
    for found in ruled:
        if bisect_right(lines, found.start) in official:
            first.append(found)
        elif found.label in ("POST", "PERSON"):
            second.append(found)
    for (start, _), group in zip(pieces, learnt, strict=True):
        order = second if bisect_right(lines, start) in official else first
        order += [Found(start + found.start, start + found.end, found.label, "model") for found in group]
    return without_overlaps([*first, *second])


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Sentences with their closing marks, none longer than the model should see at once."""
    start = 0
    for hit in _SENTENCE.finditer(text):
        for begin in range(start, hit.end(), _LONGEST):
            yield begin, min(begin + _LONGEST, hit.end())
        start = hit.end()
    for begin in range(start, len(text), _LONGEST):
        yield begin, min(begin + _LONGEST, len(text))


def entities(text: str, model: NameModel | bool = True) -> list[Entity]:
    """People, posts, organizations and places of a text, in its order and without overlaps.

    Offsets are code points into the text, `text[start:end]` is the evidence; `source` says whether a rule or the
    trained model found it. With `model=False` by rules alone. Raises ModelError where the model is missing.
    """
    return [
        Entity.model_construct(start=f.start, end=f.end, text=text[f.start : f.end], label=f.label, source=f.source)
        for f in spans(text, model)
    ]


def officials(text: str, model: NameModel | bool = True) -> list[Official]:
    """Who holds a public post or is named as responsible, with posts and office, in the order of the text."""
    return _officials(text, spans(text, model))
