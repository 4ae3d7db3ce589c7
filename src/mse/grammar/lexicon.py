"""Load a lexicon file, with what a user adds to it, and turn its words into patterns."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import regex

from mse.errors import GrammarError

VARIABLE = "MSE_GRAMMAR"
_taken_up: set[str] = set()


@cache
def load(name: str) -> dict[str, Any]:
    """The lexicon `grammar/<name>.toml` with what the user's own folder adds; read once per process.

    Raises GrammarError where either is malformed or does not fit the other.
    """
    shipped = _parsed(resources.files("mse.grammar").joinpath(f"{name}.toml"), f"grammar/{name}.toml")
    _taken_up.add(name)
    folder = os.environ.get(VARIABLE, "")
    own = _own_files(folder).get(name) if folder else None
    if own is None:
        return shipped
    added = _parsed(own, str(own))
    unknown = sorted(set(added) - set(shipped))
    if unknown:
        raise GrammarError(f"{own}: {name}.toml has no [{unknown[0]}]; it has {', '.join(shipped)}")
    joined: dict[str, Any] = _joined(shipped, added, f"{own}: ")
    return joined


def extend(folder: str | os.PathLike[str]) -> None:
    """Add the lexicon files of a folder to those of the package, here and in the processes started from here.

    A file has the name and the form of the lexicon it adds to (`columns.toml`, `cues.toml`) and holds only what is new:
    lists grow at their end, a single value is replaced. The variable MSE_GRAMMAR does the same for the command line.
    Lexicons are taken up once, so this comes before anything is read. Raises GrammarError where it comes too late, and
    where the folder holds no lexicons or one the package does not know.
    """
    late = sorted(set(_own_files(os.fspath(folder))) & _taken_up)
    if late:
        raise GrammarError(f"{folder}: too late for {', '.join(late)}, in use already; extend before anything is read")
    os.environ[VARIABLE] = str(Path(folder).absolute())


def check_own() -> None:
    """Load every lexicon of the folder in MSE_GRAMMAR, if it is set. Raises GrammarError as `load` does."""
    if folder := os.environ.get(VARIABLE, ""):
        for name in _own_files(folder):
            load(name)


@cache
def fingerprint() -> bytes:
    """Eight bytes that stand for what the user's own folder adds; none where nothing is added."""
    folder = os.environ.get(VARIABLE, "")
    if not folder:
        return b""
    digest = blake2b(digest_size=8)
    for name, path in _own_files(folder).items():
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.digest()


def alternation(words: Iterable[str]) -> str:
    """A non-capturing pattern for any of the words, longest first, so that the longest one wins."""
    unique = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(regex.escape(word) for word in unique) + ")"


@cache
def _own_files(folder: str) -> dict[str, Path]:
    """The user's lexicon files by name."""
    found = {path.stem: path for path in sorted(Path(folder).glob("*.toml"))}
    if not found:
        raise GrammarError(f"{folder}: no folder with lexicons (*.toml)")
    known = {each.name.removesuffix(".toml") for each in resources.files("mse.grammar").iterdir()}
    for name, path in found.items():
        if name not in known:
            raise GrammarError(f"{path}: there is no lexicon of this name to add to")
    return found


def _parsed(source: Traversable, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GrammarError(f"{name}: {error}") from error


def _joined(shipped: Any, added: Any, place: str) -> Any:
    """Both together: tables key by key, lists with what is new at their end, of single values the added one."""
    match shipped, added:
        case dict(), dict():
            new = {
                key: _joined(shipped[key], value, f"{place}{key}.") for key, value in added.items() if key in shipped
            }
            return shipped | added | new
        case list(), list():
            return [*shipped, *(item for item in added if item not in shipped)]
        case _ if type(shipped) is type(added):
            return added
    raise GrammarError(f"{place.rstrip('.')}: {type(added).__name__} where a {type(shipped).__name__} belongs")
