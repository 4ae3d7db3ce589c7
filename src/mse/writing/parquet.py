"""Parquet with an explicit schema: exact decimals, real dates, nested evidence. Needs pyarrow (extra `batch`).

A decimal field `value` gives two columns: `value` as decimal128(38, 10) for arithmetic, rounded half to even at the
tenth place and null where it has more than 28 digits before the point, and `value_exact`, the unrounded number as text.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any, BinaryIO

from pydantic import BaseModel

from mse.columns import Column, columns_of, typed
from mse.errors import MissingExtraError

ROWS_A_GROUP = 20_000
_PLACES = Decimal("1e-10")
_LIMIT = Decimal("1e28")
_ARITHMETIC = Context(prec=60, rounding=ROUND_HALF_EVEN)


class ParquetWriter:
    """Writes records of one model to a binary stream, a row group at a time; the stream stays the caller's to close.

    Raises MissingExtraError where pyarrow is not installed.
    """

    def __init__(self, stream: BinaryIO, model: type[BaseModel]) -> None:
        self._arrow = pyarrow = import_arrow()
        self._model = model
        self._schema = schema_of(model)
        self._file = pyarrow.parquet.ParquetWriter(stream, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def write(self, records: Iterable[BaseModel]) -> None:
        for record in records:
            self._rows += rows_of(self._model, [record])
            if len(self._rows) >= ROWS_A_GROUP:
                self._flush()

    def close(self) -> None:
        """Write what is held back and the footer."""
        if self._rows:
            self._flush()
        self._file.close()

    def _flush(self) -> None:
        self._file.write_table(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
        self._rows.clear()


def import_arrow() -> Any:
    """pyarrow with its Parquet part; raises MissingExtraError where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtraError("Parquet", "batch") from error
    return pyarrow


def schema_of(model: type[BaseModel]) -> Any:
    """The Arrow schema of a model's records."""
    arrow = import_arrow()
    return arrow.schema(_fields(arrow, columns_of(model)))


def rows_of(model: type[BaseModel], records: Iterable[BaseModel]) -> list[dict[str, Any]]:
    """Records of one model as rows for a table of `schema_of(model)`."""
    columns = columns_of(model)
    return [_group(columns, record.model_dump()) for record in records]


def _fields(arrow: Any, columns: tuple[Column, ...]) -> list[Any]:
    fields = []
    for column in columns:
        fields.append(arrow.field(column.name, _type(arrow, column)))
        if column.kind == "decimal":
            fields.append(arrow.field(f"{column.name}_exact", arrow.string()))
    return fields


def _type(arrow: Any, column: Column) -> Any:
    match column.kind:
        case "text" | "choice":
            return arrow.string()
        case "integer":
            return arrow.int64()
        case "number":
            return arrow.float64()
        case "truth" | "flag":
            return arrow.bool_()
        case "decimal":
            return arrow.decimal128(38, 10)
        case "day":
            return arrow.date32()
        case "span":
            return arrow.struct([("start", arrow.int64()), ("end", arrow.int64())])
        case "list":
            return arrow.list_(_type(arrow, column.children[0]))
        case "map":
            return arrow.map_(arrow.string(), _type(arrow, column.children[0]))
        case "group":
            return arrow.struct(_fields(arrow, column.children))


def _group(columns: tuple[Column, ...], data: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in columns:
        value = data.get(column.name)
        row[column.name] = _value(column, value)
        if column.kind == "decimal":
            row[f"{column.name}_exact"] = value
    return row


def _value(column: Column, value: Any) -> Any:
    value = typed(column, value)
    if value is None:
        return None
    match column.kind:
        case "text":
            return value.encode("utf-8", "backslashreplace").decode("utf-8")
        case "decimal":
            return _decimal(value)
        case "span":
            return {"start": value[0], "end": value[1]}
        case "list":
            return [_value(column.children[0], item) for item in value]
        case "map":
            return [(key, _value(column.children[0], item)) for key, item in value.items()]
        case "group":
            return _group(column.children, value)
        case _:
            return value


def _decimal(value: Decimal) -> Decimal | None:
    if not value.is_finite() or abs(value) >= _LIMIT:
        return None
    return value.quantize(_PLACES, context=_ARITHMETIC)
