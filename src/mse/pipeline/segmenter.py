"""Segmentation: jieba's words, with quantities and dates kept whole as single tokens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from mse.errors import MissingExtraError, ModelError
from mse.extract.analysis import STAGES, Analysis
from mse.model import Report
from mse.pipeline.carried import attach
from mse.reading import read_text
from mse.segmentation import Cut, Words, by_jieba


@registry.tokenizers("mse.Segmenter.v1")  # type: ignore[untyped-decorator]
def create_segmenter(pkuseg: str | None = None) -> Callable[[Language], Segmenter]:
    """The tokenizer of the pipeline, for a config's `[nlp.tokenizer]` block.

    Words are jieba's; `pkuseg` names the folder of a trained model of spacy-pkuseg to cut by instead.
    """
    return lambda nlp: Segmenter(nlp.vocab, pkuseg_cut(pkuseg) if pkuseg else None)


def pkuseg_cut(folder: str) -> Cut:
    """spacy-pkuseg with the model in `folder`, for the price of speed nearer to how people cut words.

    Raises MissingExtraError where the package is missing and ModelError where the folder holds no model.
    """
    try:
        import spacy_pkuseg
    except ImportError as error:
        raise MissingExtraError("segmentation by pkuseg", "pkuseg") from error
    if not (Path(folder) / "weights.npz").is_file():
        raise ModelError(f"{folder}: no model of pkuseg here; train one with: python training/words.py OUT CORPUS")
    cut: Cut = spacy_pkuseg.pkuseg(folder, user_dict=None).cut
    return cut


class Segmenter:
    """Text or report to `Doc`: mentions are recognized first, and no word boundary falls inside one.

    The document carries an `Analysis` whose passages hold the dates and quantities and whose words are its tokens.
    `cut` is another cutter than jieba, one that looks across punctuation.
    """

    def __init__(self, vocab: Vocab, cut: Cut | None = None) -> None:
        self.vocab, self.cut = vocab, cut

    def __call__(self, text: str) -> Doc:
        """A text that may hold tables, read as a report of its own."""
        return self.report(read_text(text))

    def report(self, report: Report) -> Doc:
        """A report that was read; every character of its text is in exactly one token."""
        analysis = Analysis.of(report)
        STAGES["dates"](analysis)
        STAGES["quantities"](analysis)
        words = Words(report.text, analysis.passages.spans(), self.cut or by_jieba, across=self.cut is not None)
        analysis.passages.words = words
        spans = list(words)
        doc = Doc(self.vocab, words=[report.text[a:b] for a, b in spans], spaces=[False] * len(spans))
        attach(doc, analysis)
        return doc

    def to_bytes(self, **_: object) -> bytes:
        """Nothing is learned, so nothing is stored."""
        return b""

    def from_bytes(self, _: bytes, **__: object) -> Segmenter:
        return self

    def to_disk(self, _: object, **__: object) -> None:
        """Nothing is learned, so nothing is stored."""

    def from_disk(self, _: object, **__: object) -> Segmenter:
        return self
