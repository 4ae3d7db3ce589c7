"""Load a lexicon file and turn its words into patterns."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

import regex

from mse.errors import GrammarError


@cache
def load(name: str) -> dict[str, Any]:
    """The lexicon `grammar/<name>.toml` as a dictionary; read once per process. Raises GrammarError where malformed."""
    source = resources.files("mse.grammar").joinpath(f"{name}.toml")
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise GrammarError(f"grammar/{name}.toml: {error}") from error


def alternation(words: Iterable[str]) -> str:
    """A non-capturing pattern for any of the words, longest first, so that the longest one wins."""
    unique = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(regex.escape(word) for word in unique) + ")"
