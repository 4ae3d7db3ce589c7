from __future__ import annotations

import datetime as dt
import io
import sys
from decimal import Decimal

import pyarrow
import pyarrow.parquet
import pytest

from mse.errors import MissingExtraError
from mse.model import Fact, Measure, Mention
from mse.writing import MODELS, open_writer, parquet
from samples import DATE, FACT, QUANTITY, RANGE_FACT, TASK


def written(level, *records):
    stream = io.BytesIO()
    writer = open_writer(stream, level, "parquet")
    writer.write(records)
    writer.close()
    return stream.getvalue()


def table(level, *records):
    return pyarrow.parquet.read_table(io.BytesIO(written(level, *records)))


def test_values_are_decimals_and_days_are_dates():
    (row,) = table("facts", FACT).to_pylist()
    assert row["target"]["value"] == Decimal(300)
    assert row["target"]["value_exact"] == "300"
    assert row["actual"]["period"] == {"start": dt.date(2021, 1, 1), "end": dt.date(2021, 4, 30)}
    assert row["date"] == dt.date(2021, 4, 30)
    assert row["lead_organizations"] == ["市教育局", "市卫生健康局"]
    assert row["baseline"] is None


def test_flags_are_never_absent():
    plain, implied = table("facts", FACT, RANGE_FACT).to_pylist()
    assert plain["target"]["implied"] is False
    assert implied["target"]["implied"] is True


def test_spans_links_and_cells_are_nested():
    (mention,) = table("mentions", QUANTITY).to_pylist()
    assert mention["links"] == [("target", [{"start": 10, "end": 14}])]
    assert mention["metric_spans"] == [{"start": 36, "end": 40}]
    (task,) = table("tasks", TASK).to_pylist()
    assert [cell["role"] for cell in task["cells"]] == ["task", "progress"]


def test_a_date_has_nothing_in_the_columns_of_quantities():
    (row,) = table("mentions", DATE).to_pylist()
    assert row["op"] is None
    assert row["period"] == {"start": None, "end": dt.date(2021, 12, 31)}


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("9" * 28, Decimal("9" * 28)),
        ("1" + "0" * 28, None),
        ("0.12345678905", Decimal("0.1234567890")),
        ("-0.00000000001", Decimal(0)),
    ],
)
def test_a_value_too_long_for_the_column_is_whole_in_the_exact_one(value, stored):
    (row,) = table("facts", Fact(actual=Measure(value=Decimal(value)))).to_pylist()
    assert row["actual"]["value"] == stored
    assert row["actual"]["value_exact"] == value


@pytest.mark.parametrize("level", MODELS)
def test_the_schema_does_not_depend_on_the_records(level):
    record = {"facts": FACT, "mentions": QUANTITY, "tasks": TASK}[level]
    assert table(level).schema == table(level, record).schema


def test_the_same_records_give_the_same_bytes_in_however_many_calls():
    stream = io.BytesIO()
    writer = open_writer(stream, "facts", "parquet")
    for record in (FACT, RANGE_FACT):
        writer.write([record])
    writer.close()
    assert stream.getvalue() == written("facts", FACT, RANGE_FACT)


def test_rows_are_written_in_groups(monkeypatch):
    monkeypatch.setattr(parquet, "ROWS_A_GROUP", 2)
    data = written("facts", *[FACT] * 5)
    assert pyarrow.parquet.ParquetFile(io.BytesIO(data)).num_row_groups == 3
    assert len(table("facts", *[FACT] * 5)) == 5


def test_a_lone_surrogate_does_not_stop_the_file():
    (row,) = table("mentions", Mention(doc="a\udc80", start=0, end=1, text="1")).to_pylist()
    assert row["doc"] == "a\\udc80"


def test_without_pyarrow_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'mse\[batch\]'"):
        open_writer(io.BytesIO(), "facts", "parquet")
