"""Traditional script read as simplified, one character for one, so that every offset stays as it is."""

from __future__ import annotations

from mse.grammar.lexicon import load

_DATA = load("traditional")
_TABLE = str.maketrans({pair[0]: pair[1] for pair in _DATA["characters"]["pairs"].split()})
_TELLING = frozenset(_DATA["telling"]["characters"])


def simplified(text: str) -> str:
    """The text in simplified characters, of the same length; the very same string where it has none to change."""
    folded = text.translate(_TABLE)
    return text if folded == text else folded


def read_as_simplified(text: str) -> str:
    """As `simplified`, but a text without any of the commonest traditional characters is passed through unread."""
    return text if _TELLING.isdisjoint(text) else simplified(text)
