"""Where the words of a text begin and end, by jieba."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

Cut = Callable[[str], Iterable[str]]


@cache
def jieba_cut() -> Cut:
    """jieba with its own dictionary, loaded once; its cache lies in the user's own cache folder."""
    import jieba

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


def word_spans(text: str, cut: Cut | None = None) -> list[tuple[int, int]]:
    """Start and end of every word of a text."""
    spans = []
    start = 0
    for word in (cut or jieba_cut())(text):
        spans.append((start, start + len(word)))
        start += len(word)
    return spans
