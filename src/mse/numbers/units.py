"""Units: which word after a number is one, what it measures, and how one is turned into another.

The lexicon is data: `grammar/units_measure.toml` (measures) and `grammar/units_count.toml` (classifiers). `load_units`
adds a file of the user's own in the same form. `Units.match` finds the longest unit at a place in a text.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mse.errors import GrammarError
from mse.grammar import load

if TYPE_CHECKING:
    import pint

_EXACT = Context(prec=40)
_FOLD = str.maketrans("／（）％·•∕⁄", "/()%///" + "/")


@dataclass(slots=True, frozen=True)
class Unit:
    """One unit word. `kind` is `measure` or `count`; `group` is its dimension or its family.

    `name` is what a quantity in it gives as its unit: the word, or the plain one for other names of a currency.
    `factor` times a value in this unit is the value in `base`. `arabic` units follow Arabic numerals only.
    `tenths` units (成, 折) say tenths, which become percent; with `tens`, two digits are tens and units.
    """

    word: str
    kind: str
    group: str
    base: str = ""
    factor: Decimal = Decimal(1)
    offset: Decimal = Decimal(0)
    arabic: bool = False
    tenths: bool = False
    half: bool = False
    tens: bool = False
    name: str = ""
    big: bool = False
    chinese_if: str = ""


class Units:
    """A lexicon of units with longest match."""

    def __init__(self) -> None:
        self.by_word: dict[str, Unit] = {}
        self.per: set[str] = set()
        self.same: dict[str, str] = {}
        self.joints: frozenset[str] = frozenset()
        self.clash: dict[str, str] = {}
        self._by_first: dict[str, list[str]] = {}
        self._per_by_first: dict[str, list[str]] = {}
        self._counted_after: dict[str, tuple[str, ...]] = {}

    def add(self, data: dict[str, Any], source: str) -> None:
        """Take up the entries of one lexicon file. Raises GrammarError where an entry is malformed."""
        try:
            for dimension in data.get("dimension", ()):
                for entry in dimension["units"]:
                    self._add(entry, "measure", dimension["name"], dimension["base"], Decimal(entry["factor"]))
            for currency in data.get("currency", ()):
                for entry in currency["units"]:
                    self._add(entry, "measure", "money " + entry["words"][0], entry["words"][0], Decimal(1))
            for family in data.get("family", ()):
                for entry in family["units"]:
                    if not entry.get("hidden"):
                        self._add(entry, "count", family["name"], "", Decimal(1))
            self.clash |= data.get("clash", {})
            self._counted_after |= {unit: tuple(words) for unit, words in data.get("counted_after", {}).items()}
            per = data.get("per", {})
            self.per |= set(per.get("words", ()))
            self.same |= per.get("same", {})
            self.joints |= frozenset(per.get("joints", ()))
        except (KeyError, TypeError, ArithmeticError) as error:
            raise GrammarError(f"{source}: a unit entry lacks or garbles {error}") from error
        self._index()

    def _add(self, entry: dict[str, Any], kind: str, group: str, base: str, factor: Decimal) -> None:
        for word in entry["words"]:
            self.by_word.setdefault(
                word,
                Unit(
                    word,
                    kind,
                    group,
                    base,
                    factor,
                    Decimal(entry.get("offset", "0")),
                    bool(entry.get("arabic")),
                    bool(entry.get("tenths")),
                    bool(entry.get("half")),
                    bool(entry.get("tens")),
                    entry["words"][0] if entry.get("one") else word,
                    bool(entry.get("big")),
                    str(entry.get("chinese_if", "")),
                ),
            )

    def _index(self) -> None:
        self._by_first = _by_first(self.by_word)
        self._per_by_first = _by_first(self.per | set(self.by_word))

    def match(self, text: str, position: int) -> Unit | None:
        """The longest unit word at a position, or None."""
        for word in self._by_first.get(text[position : position + 1], ()):
            if text.startswith(word, position) and not self._clashes(text, position + len(word), word):
                return self.by_word[word]
        return None

    def _clashes(self, text: str, end: int, word: str) -> bool:
        """Whether what follows makes another word of the unit: 群 of 群众, m of `5min`."""
        follower = text[end : end + 1]
        if not follower:
            return False
        if follower in self.clash.get(word, ""):
            return not text.startswith(self._counted_after.get(word, ()), end)
        return _cuts_word(text, end, word)

    def match_per(self, text: str, position: int) -> str | None:
        """The longest word at a position that may stand below the line of a rate, or None."""
        for word in self._per_by_first.get(text[position : position + 1], ()):
            if text.startswith(word, position) and not _cuts_word(text, position + len(word), word):
                return word
        return None

    def lookup(self, name: str) -> Unit | None:
        """The unit of a name as it stands in a quantity, width and brackets aside."""
        unit = self.by_word.get(name)
        return unit if unit is not None else self.by_word.get(name.translate(_FOLD))


def _by_first(words: Any) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda w: (-len(w), w)):
        index.setdefault(word[0], []).append(word)
    return index


def _cuts_word(text: str, end: int, word: str) -> bool:
    """Whether a unit in Latin letters would end inside a longer Latin word: the m of `5min`."""
    return word[-1].isascii() and word[-1].isalpha() and text[end : end + 1].isascii() and text[end : end + 1].isalnum()


@cache
def lexicon() -> Units:
    """The lexicon all functions here share; `load_units` adds to it."""
    units = Units()
    units.add(load("units_measure"), "grammar/units_measure.toml")
    units.add(load("units_count"), "grammar/units_count.toml")
    return units


def load_units(path: str | Path) -> None:
    """Add the units of a TOML file in the form of `grammar/units_measure.toml` or `grammar/units_count.toml`.

    Raises GrammarError, naming the file, where it is missing or malformed. Words already known keep their meaning.
    """
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GrammarError(f"{path}: {error}") from error
    lexicon().add(data, str(path))
    _registry.cache_clear()


def compatible(a: str, b: str) -> bool:
    """Whether quantities in these units can be set against each other.

    True for equal names, for measures of one dimension (公里 and 米), for classifiers of one family (人 and 人次),
    and for rates whose parts agree one by one.
    """
    if a == b:
        return True
    parts_a, parts_b = _parts(a), _parts(b)
    if len(parts_a) != len(parts_b):
        return False
    return all(_alike(x, y) for x, y in zip(parts_a, parts_b, strict=True))


def _parts(name: str) -> list[str]:
    units = lexicon()
    if units.lookup(name) is not None:
        return [name]
    first, *below = name.translate(_FOLD).split("/")
    return [first, *(units.same.get(part, part) for part in below)]


def _alike(a: str, b: str) -> bool:
    if a == b:
        return True
    x, y = lexicon().lookup(a), lexicon().lookup(b)
    return x is not None and y is not None and (x.kind, x.group) == (y.kind, y.group)


def to_unit(value: Decimal, source: str, target: str) -> Decimal:
    """A value turned from one unit into another of its dimension: `to_unit(Decimal(3), "公里", "米")` is 3000.

    Raises ValueError where either unit is unknown or they measure different things.
    """
    if source == target:
        return value
    registry = _registry()
    try:
        quantity = registry.Quantity(value, _expression(source)).to(_expression(target))
    except Exception as error:
        raise ValueError(f"cannot turn {source!r} into {target!r}: {error}") from error
    result = quantity.magnitude
    return _EXACT.plus(result if isinstance(result, Decimal) else Decimal(str(result)))


def _expression(name: str) -> str:
    units = lexicon()
    parts = _parts(name)
    names = []
    for part in parts:
        unit = units.lookup(part)
        if unit is None:
            raise ValueError(f"unknown unit {part!r}")
        names.append(_identifier(unit.word))
    return "/".join(names)


def _identifier(word: str) -> str:
    """A name pint can parse, whatever the unit is called."""
    return "u_" + "_".join(f"{ord(c):x}" for c in word)


@cache
def _registry() -> pint.UnitRegistry[Any]:
    import pint

    registry: pint.UnitRegistry[Any] = pint.UnitRegistry(None, non_int_type=Decimal, cache_folder=None)
    bases: dict[tuple[str, str], str] = {}
    for unit in lexicon().by_word.values():
        key = (unit.kind, unit.group)
        if key not in bases:
            bases[key] = f"base_{len(bases)}"
            registry.define(f"{bases[key]} = [dimension_{len(bases)}]")
        offset = f"; offset: {unit.offset}" if unit.offset else ""
        registry.define(f"{_identifier(unit.word)} = {unit.factor} * {bases[key]}{offset}")
    return registry
