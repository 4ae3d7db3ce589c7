"""How a result looks as a table: its columns derived from the model, and a record laid out in them.

Every tabular output (CSV, Parquet, data frame) starts here, so that a field added to the model shows up in all of them.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

Kind = Literal["text", "choice", "integer", "number", "truth", "flag", "decimal", "day", "span", "list", "map", "group"]

_SCALARS: dict[Any, Kind] = {str: "text", int: "integer", float: "number", Decimal: "decimal", dt.date: "day"}


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a model.

    A `choice` is a word of ours, never of the document; a `flag` is a truth value that is never absent.
    `children` are the fields of a group, or the one kind of item of a list or map.
    """

    name: str
    kind: Kind
    children: tuple[Column, ...] = ()


@cache
def columns_of(model: type[BaseModel]) -> tuple[Column, ...]:
    """The columns of a model in the order of its fields."""
    return tuple(_column(name, field.annotation) for name, field in model.model_fields.items())


def leaves(columns: tuple[Column, ...], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Column]]:
    """Every column that is not a group, with the names that lead to it: `("target", "period", "end")`."""
    for column in columns:
        path = (*above, column.name)
        if column.kind == "group":
            yield from leaves(column.children, path)
        else:
            yield path, column


def at(record: dict[str, Any], path: tuple[str, ...]) -> Any:
    """The value of a dumped record at a path; None where it, or anything above it, is absent."""
    value: Any = record
    for name in path:
        if value is None:
            return None
        value = value.get(name)
    return value


def typed(column: Column, value: Any) -> Any:
    """A dumped value with its Python type back: decimals and days from their text; an absent flag is False."""
    if column.kind == "flag":
        return bool(value)
    if value is None:
        return None
    if column.kind == "decimal":
        return Decimal(value)
    return dt.date.fromisoformat(value) if column.kind == "day" else value


def _column(name: str, annotation: Any) -> Column:
    annotation, optional = _bare(annotation)
    if annotation is bool:
        return Column(name, "truth" if optional else "flag")
    if annotation in _SCALARS:
        return Column(name, _SCALARS[annotation])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Column(name, "group", columns_of(annotation))
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return Column(name, "choice")
    if origin is tuple and arguments == (int, int):
        return Column(name, "span")
    if origin is list:
        return Column(name, "list", (_column("item", arguments[0]),))
    if origin is dict and arguments[0] is str:
        return Column(name, "map", (_column("value", arguments[1]),))
    raise TypeError(f"no column for {name}: {annotation!r}")


def _bare(annotation: Any) -> tuple[Any, bool]:
    """The annotation without `Annotated` and `| None`, and whether None was allowed."""
    optional = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            inner = [argument for argument in get_args(annotation) if argument is not type(None)]
            if len(inner) != 1:
                return annotation, optional
            annotation, optional = inner[0], True
        else:
            return annotation, optional
