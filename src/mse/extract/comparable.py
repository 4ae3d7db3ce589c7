"""Which units can be set against each other in pairing, and how one value is put into the other's unit.

Wider than `mse.numbers.units.compatible`: a promise of 20个 is answered by 20家 or 20宗, because 个 counts anything.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from mse.grammar import load
from mse.numbers.units import compatible, lexicon, to_unit

_INTERCHANGEABLE = frozenset(
    pair for a, b in load("pairing")["interchangeable"]["families"] for pair in ((a, b), (b, a))
)


@lru_cache(maxsize=4096)
def comparable(a: str, b: str) -> bool:
    """Whether a number in unit `a` may answer one in `b`: measures of one dimension, counts of one kind of thing."""
    if compatible(a, b):
        return True
    x, y = lexicon().lookup(a), lexicon().lookup(b)
    return x is not None and y is not None and x.kind == y.kind and (x.group, y.group) in _INTERCHANGEABLE


def convert(value: Decimal, source: str, target: str) -> Decimal | None:
    """The value in the other unit, counts one to one (8家 are 8个); None where the units measure different things."""
    if source == target:
        return value
    if not comparable(source, target):
        return None
    if _counted(source) and _counted(target):
        return value
    try:
        return to_unit(value, source, target)
    except ValueError:
        return None


def _counted(name: str) -> bool:
    unit = lexicon().lookup(name)
    return unit is not None and unit.kind == "count"
