"""Build the pipeline: a Chinese `Language` with our segmenter and the stages in their order."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language

from mse.pipeline import components, segmenter  # noqa: F401  (registers the tokenizer)


@cache
def load() -> Language:
    """The pipeline, built once per process. `nlp("一段文字")` gives a document whose `user_data["mse"]` holds all."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "mse.Segmenter.v1"}}})
    for name in components.COMPONENTS:
        nlp.add_pipe(name)
    return nlp
