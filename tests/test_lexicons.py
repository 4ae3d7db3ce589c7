"""Every lexicon keeps to its format: entries with words carry an example, and the example shows one of the words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import regex

from mse.grammar import load

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "mse"
LEXICONS = sorted(path.stem for path in (PACKAGE / "grammar").glob("*.toml"))
EXAMPLES = ("example", "examples", "alike")
WORDS = ("words", "suffixes")
PATTERNS = ("pattern", "patterns")
PLACEHOLDER = regex.compile(r"\{[a-z_]+\}")  # a pattern that is put together in code shows nothing by itself


def entries(node: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table below `node` that holds words or patterns, with the way to it."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from entries(item, f"{path}[{index}]")
    elif isinstance(node, dict):
        if any(is_list_of_words(node.get(key)) for key in (*WORDS, *PATTERNS)):
            yield path, node
        for key, value in node.items():
            yield from entries(value, f"{path}.{key}" if path else key)


def is_list_of_words(value: Any) -> bool:
    """Whether a value is words or patterns themselves, and no section of that name with entries in it."""
    if isinstance(value, dict):
        return not any(isinstance(item, dict | list) for item in value.values())
    return isinstance(value, str | list)


def strings(value: Any) -> list[str]:
    """All strings in a value, however deep; of a mapping its keys."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list | dict):
        return [text for item in value for text in strings(item)]
    return []


ALL = [(name, path, entry) for name in LEXICONS for path, entry in entries(load(name), "")]


def test_there_are_entries_to_check():
    assert {name for name, _, _ in ALL} >= {"calendar", "columns", "cues", "metrics"}


@pytest.mark.parametrize("name", LEXICONS)
def test_a_lexicon_is_commented_and_used(name):
    assert (PACKAGE / "grammar" / f"{name}.toml").read_text(encoding="utf-8").startswith("# ")
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    loaded = set(regex.findall(r"""load\(\s*["'](\w+)["']""", code))
    assert name in loaded


@pytest.mark.parametrize("name", LEXICONS)
def test_every_entry_has_an_example(name):
    missing = [path for lexicon, path, entry in ALL if lexicon == name and not any(entry.get(key) for key in EXAMPLES)]
    assert missing == []


@pytest.mark.parametrize("name", LEXICONS)
def test_an_example_shows_a_word_or_a_pattern_of_its_entry(name):
    astray = []
    for lexicon, path, entry in ALL:
        if lexicon != name:
            continue
        examples = [text for key in EXAMPLES for text in strings(entry.get(key))]
        words = [word for key in WORDS for word in strings(entry.get(key))]
        patterns = [regex.compile(p) for key in PATTERNS for p in strings(entry.get(key)) if not PLACEHOLDER.search(p)]
        if examples and (words or patterns):
            shown = any(word in text for word in words for text in examples)
            if not (shown or any(pattern.search(text) for pattern in patterns for text in examples)):
                astray.append(path)
    assert astray == []


@pytest.mark.parametrize("name", LEXICONS)
def test_no_word_stands_twice_in_an_entry(name):
    twice = {}
    for lexicon, path, entry in ALL:
        for key in WORDS:
            words = strings(entry.get(key))
            if lexicon == name and len(words) != len(set(words)):
                twice[f"{path}.{key}"] = sorted({word for word in words if words.count(word) > 1})
    assert twice == {}
