#!/usr/bin/env python3
"""Train a segmenter of spacy-pkuseg on a corpus with gold words, and compare it with jieba.

usage: words.py OUT TRAIN.iob2 DEV.iob2

The model is some 16 MB and is not shipped; name its folder in a config:
[nlp.tokenizer]  @tokenizers = "mse.Segmenter.v1"  pkuseg = "OUT"
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from mse.ner.formats import Example, read_examples
from mse.pipeline.segmenter import pkuseg_cut
from mse.segmentation import Cut, jieba_cut, word_spans


def measure(title: str, cut: Cut, examples: list[Example]) -> None:
    """Print word F1 and speed."""
    right = wanted = found = characters = 0
    started = time.perf_counter()
    for example in examples:
        gold, got = set(example.words or ()), set(word_spans(example.text, cut))
        right, wanted, found = right + len(gold & got), wanted + len(gold), found + len(got)
        characters += len(example.text)
    seconds = time.perf_counter() - started
    print(f"{title}: word F1 {2 * right / (wanted + found):.4f}, {characters / seconds:.0f} characters a second")


def main() -> None:
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    import spacy_pkuseg

    out, corpora = sys.argv[1], [read_examples(Path(name)) for name in sys.argv[2:]]
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for name, examples in zip(("train", "dev"), corpora, strict=True):
            file = Path(folder) / name
            file.write_text(
                "".join(" ".join(e.text[a:b] for a, b in e.words or ()) + "\n" for e in examples), encoding="utf-8"
            )
            files.append(str(file))
        Path(out).mkdir(parents=True, exist_ok=True)
        spacy_pkuseg.train(*files, out, train_iter=20)
    measure("jieba", jieba_cut(), corpora[1])
    measure("pkuseg", pkuseg_cut(out), corpora[1])


if __name__ == "__main__":
    main()
