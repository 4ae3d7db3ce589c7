"""Evidence as it is written: what the stages read in simplified characters is given back in the report's own."""

from __future__ import annotations

from collections.abc import Iterable

from mse.extract.passages import Passages
from mse.model import Mention

_SIGHT = 400  # code points before a number within which the words of its scope stand


def as_written(passages: Passages) -> None:
    """Set text, metric and scope of every mention to the characters of the report; units stay normalized."""
    if passages.text is passages.report.text:
        return
    original = passages.report.text
    texts_as_written(original, passages.mentions)
    for mention in passages.mentions:
        if mention.metric_spans:
            mention.metric = "|".join(original[a:b] for a, b in mention.metric_spans)
        if mention.scope:
            low = max(0, mention.start - _SIGHT)
            at = passages.text.rfind(mention.scope, low, mention.start)
            if at >= 0:
                mention.scope = original[at : at + len(mention.scope)]


def texts_as_written(original: str, mentions: Iterable[Mention]) -> None:
    """Set the text of each mention to that of the original."""
    for mention in mentions:
        mention.text = original[mention.start : mention.end]
