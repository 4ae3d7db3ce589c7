"""Names, titles, offices and places as a spaCy component, for our pipeline or somebody else's."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from mse.ner.model import COMPONENT, NameModel
from mse.ner.recognize import spans
from mse.ner.spans import Found


class EntityRecognizer:
    """Fills `doc.ents` and `doc.spans["mse_entities"]` with PERSON, POST, ORG and PLACE on the document's tokens.

    `model` is a trained one, True for the one shipped with the package, or False for rules alone. Tokens are
    split and put together so that every name is one token, with the same offsets as `mse.entities` gives.
    """

    def __init__(self, model: NameModel | bool = True) -> None:
        self.model = model

    def __call__(self, doc: Doc) -> Doc:
        names = spans(doc.text, self.model)
        if names:
            _fit(doc, names)
        found = (doc.char_span(each.start, each.end, label=each.label, alignment_mode="expand") for each in names)
        named = filter_spans([span for span in found if span is not None])
        doc.spans[COMPONENT] = named
        doc.ents = filter_spans([*named, *doc.ents])
        return doc

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        """Store the trained model; the shipped one and rules alone need no file."""
        if isinstance(self.model, NameModel):
            self.model.save(Path(path))

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> EntityRecognizer:
        """Read the model where one is stored. Raises ModelError for one that cannot be used."""
        if Path(path).is_dir():
            self.model = NameModel.load(Path(path))
        return self


def _fit(doc: Doc, names: list[Found]) -> None:
    """Split the tokens that a name begins or ends in, and make one token of each name."""
    # Span groups count tokens; what the changes below do to tokens does not reach them.
    groups = {name: [(s.start_char, s.end_char, s.label_) for s in group] for name, group in doc.spans.items()}
    borders = {border for each in names for border in (each.start, each.end)}
    with doc.retokenize() as retokenizer:
        for token in doc:
            cuts = [i for i in range(token.idx + 1, token.idx + len(token)) if i in borders]
            if cuts:
                ends = [token.idx, *cuts, token.idx + len(token)]
                parts = [doc.text[a:b] for a, b in pairwise(ends)]
                retokenizer.split(token, parts, heads=[(token, index) for index in range(len(parts))])
    with doc.retokenize() as retokenizer:
        for each in names:
            whole = doc.char_span(each.start, each.end)
            if whole is not None and len(whole) > 1:
                retokenizer.merge(whole)
    for name, group in groups.items():
        again = (doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in group)
        doc.spans[name] = [span for span in again if span is not None]


@Language.factory(COMPONENT, default_config={"model": True})
def create_entities(nlp: Language, name: str, model: bool | str) -> EntityRecognizer:
    """The component; `model` is True for the shipped model, False for rules alone, or the folder of your own."""
    return EntityRecognizer(NameModel.load(Path(model)) if isinstance(model, str) else model)


def save_pipeline(folder: Path, meta: dict[str, Any] | None = None) -> None:
    """Put what spaCy needs around a trained model in `folder`, so that `spacy.load(folder)` gives it as a pipeline."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "mse.Segmenter.v1"}}})
    component = nlp.add_pipe(COMPONENT)
    assert isinstance(component, EntityRecognizer)
    component.from_disk(folder / COMPONENT)
    nlp.meta.update(meta or {})
    nlp.to_disk(folder)
