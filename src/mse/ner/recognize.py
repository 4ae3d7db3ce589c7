"""The two public functions: entities of a text, and the officials among them."""

from __future__ import annotations

from mse.model import Entity, Official
from mse.ner import rules
from mse.ner.officials import officials as _officials
from mse.ner.spans import Found


def spans(text: str, model: bool = True) -> list[Found]:
    """Names, titles, offices and places of a text in its order, without overlaps."""
    return rules.find(text)


def entities(text: str, model: bool = True) -> list[Entity]:
    """People, posts, organizations and places of a text, in its order and without overlaps.

    Offsets are code points into the text, `text[start:end]` is the evidence. With `model=False` by rules alone.
    """
    return [
        Entity.model_construct(start=f.start, end=f.end, text=text[f.start : f.end], label=f.label, source=f.source)
        for f in spans(text, model)
    ]


def officials(text: str, model: bool = True) -> list[Official]:
    """Who holds a public post or is named as responsible, with posts and office, in the order of the text."""
    return _officials(text, spans(text, model))
