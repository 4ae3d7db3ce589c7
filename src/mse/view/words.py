"""The words shown to a reader, in Chinese and English, from `words.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@cache
def words() -> dict[str, dict[str, str]]:
    """Every word by its key, in both languages."""
    text = resources.files("mse.view").joinpath("words.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = tomllib.loads(text)["words"]
    return found


def say(key: str, language: Language = "zh", **filled: object) -> str:
    """The word of a key in a language, with `{name}` filled in. Raises KeyError for an unknown key."""
    return words()[key][language].format(**filled) if filled else words()[key][language]
