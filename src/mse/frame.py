"""Results as a data frame: one row a record, nested fields as dotted columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mse.columns import Kind, at, columns_of, leaves, typed
from mse.errors import MissingExtraError
from mse.model import Fact, Mention, Task

if TYPE_CHECKING:
    import pandas

_EXACT: dict[Kind, str] = {
    "integer": "Int64",
    "number": "float64",
    "truth": "boolean",
    "flag": "bool",
    "choice": "category",
}
_LOOSE: dict[Kind, str] = {"decimal": "float64", "day": "datetime64[s]", "text": "string"}


def to_frame(records: Iterable[Fact | Mention | Task], *, exact: bool = True) -> pandas.DataFrame:
    """A pandas frame of facts, mentions or tasks, all of one kind; no records give the columns of facts.

    Values stay exact (`Decimal` objects), days are `datetime.date`, lists stay lists; what is absent is None. Words of
    ours (`op`, `role`, `source`) are categories, offsets integers, `completion.consistent` a truth value; absent is NA.
    With `exact=False` the columns are those to calculate, group and draw with: values binary floats, days
    `datetime64[s]`, text the string type; what is absent is NaN, NaT or NA.
    Raises MissingExtraError where pandas is not installed, TypeError where kinds are mixed.
    """
    try:
        import pandas
    except ImportError as error:
        raise MissingExtraError("A data frame", "notebook") from error
    rows = list(records)
    model = type(rows[0]) if rows else Fact
    if any(type(row) is not model for row in rows):
        raise TypeError("to_frame takes records of one kind: facts, mentions or tasks")
    flat = list(leaves(columns_of(model)))
    dumped = [row.model_dump() for row in rows]
    types = _EXACT if exact else _EXACT | _LOOSE
    return pandas.DataFrame(
        {
            ".".join(path): pandas.Series(
                [typed(column, at(data, path)) for data in dumped], dtype=types.get(column.kind, "object")
            )
            for path, column in flat
        }
    )
