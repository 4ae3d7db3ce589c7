"""Segmentation: jieba's words, with quantities and dates kept whole as single tokens."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import jieba
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from mse.extract.mentions import recognize_dates, recognize_quantities
from mse.extract.passages import passages_of
from mse.model import Report
from mse.pipeline.analysis import Analysis, attach
from mse.reading import read_text

Cut = Callable[[str], Iterable[str]]


@registry.tokenizers("mse.Segmenter.v1")  # type: ignore[untyped-decorator]
def create_segmenter() -> Callable[[Language], Segmenter]:
    """The tokenizer of the pipeline, for a config's `[nlp.tokenizer]` block."""
    return lambda nlp: Segmenter(nlp.vocab, jieba_cut())


@cache
def jieba_cut() -> Cut:
    """jieba with its own dictionary, loaded once; its cache lies in the user's own cache folder."""
    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mse"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        tokenizer.tmp_dir = str(home)
    except OSError:
        tokenizer.tmp_dir = None
    cut: Cut = tokenizer.cut
    return cut


class Segmenter:
    """Text or report to `Doc`: mentions are recognized first, and no word boundary falls inside one.

    The document carries an `Analysis` whose passages hold the dates and quantities and whose words are its tokens.
    """

    def __init__(self, vocab: Vocab, cut: Cut) -> None:
        self.vocab, self.cut = vocab, cut

    def __call__(self, text: str) -> Doc:
        """A text that may hold tables, read as a report of its own."""
        return self.report(read_text(text))

    def report(self, report: Report) -> Doc:
        """A report that was read; every character of its text is in exactly one token."""
        analysis = Analysis(report, passages_of(report))
        recognize_dates(analysis.passages)
        recognize_quantities(analysis.passages)
        spans = list(self._spans(report.text, analysis))
        analysis.passages.words = spans
        doc = Doc(self.vocab, words=[report.text[a:b] for a, b in spans], spaces=[False] * len(spans))
        attach(doc, analysis)
        return doc

    def _spans(self, text: str, analysis: Analysis) -> Iterator[tuple[int, int]]:
        position = 0
        for mention in analysis.mentions:
            if mention.start >= position:
                yield from self._words(text, position, mention.start)
                yield mention.span
                position = mention.end
        yield from self._words(text, position, len(text))

    def _words(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        for word in self.cut(text[start:end]) if start < end else ():
            yield start, start + len(word)
            start += len(word)

    def to_bytes(self, **_: object) -> bytes:
        """Nothing is learned, so nothing is stored."""
        return b""

    def from_bytes(self, _: bytes, **__: object) -> Segmenter:
        return self

    def to_disk(self, _: object, **__: object) -> None:
        """Nothing is learned, so nothing is stored."""

    def from_disk(self, _: object, **__: object) -> Segmenter:
        return self
