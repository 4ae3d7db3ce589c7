from __future__ import annotations

import codecs
import csv
import io

import pytest

from mse.model import Fact, Mention
from mse.writing import open_writer
from samples import DATE, FACT, QUANTITY, RANGE_FACT, TASK


def written(level, *records, mark=False):
    stream = io.BytesIO()
    writer = open_writer(stream, level, "csv", mark=mark)
    writer.write(records)
    writer.close()
    return stream.getvalue()


def rows(level, *records):
    return list(csv.DictReader(io.StringIO(written(level, *records).decode("utf-8"), newline="")))


def test_nested_fields_become_dotted_columns():
    (row,) = rows("facts", FACT)
    assert row["task.number"] == "7"
    assert row["target.value"] == "300"
    assert row["target.period.start"] == ""
    assert row["target.period.end"] == "2021-12-31"
    assert row["baseline.value"] == ""
    assert row["completion.consistent"] == "true"
    assert row["date"] == "2021-04-30"


def test_names_share_a_cell_and_line_breaks_stay_inside_it():
    (row,) = rows("facts", FACT)
    assert row["lead_organizations"] == "市教育局；市卫生健康局"
    assert row["persons"] == ""
    assert row["task.text"] == FACT.task.text


def test_a_range_has_its_ends_and_no_value():
    (row,) = rows("facts", RANGE_FACT)
    assert (row["target.value"], row["target.low"], row["target.high"]) == ("", "40", "50")
    assert row["target.implied"] == "true"


def test_deeper_lists_are_json():
    (row,) = rows("tasks", TASK)
    assert row["cells"].startswith('[{"role":"task","start":6,"end":20')
    (row,) = rows("mentions", QUANTITY)
    assert row["links"] == '{"target":[[10,14]]}'


def test_a_date_has_nothing_in_the_columns_of_quantities():
    (row,) = rows("mentions", DATE)
    assert (row["op"], row["role"], row["value"]) == ("", "", "")
    assert row["period.end"] == "2021-12-31"


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", "-", "=HYPERLINK(1)"])
def test_a_cell_that_a_spreadsheet_would_run_is_defused(text):
    (row,) = rows("mentions", Mention(start=0, end=1, text=text, metric=text))
    assert row["metric"] == "'" + text
    assert row["text"] == "'" + text


@pytest.mark.parametrize("text", ["-8.2", "+7", "-1,200.5", "-8.2%", "增长8.2%", "3-5月", ""])
def test_numbers_and_plain_text_stay_as_they_are(text):
    (row,) = rows("mentions", Mention(start=0, end=1, text=text))
    assert row["text"] == text


def test_our_own_words_are_not_defused():
    (row,) = rows("mentions", QUANTITY)
    assert row["op"] == "="


def test_a_list_whose_first_name_is_a_formula_is_defused():
    (row,) = rows("facts", Fact(leaders=["=1+1", "王一"]))
    assert row["leaders"] == "'=1+1；王一"


def test_the_byte_order_mark_is_for_files():
    assert written("facts", FACT, mark=True) == codecs.BOM_UTF8 + written("facts", FACT)


def test_no_records_still_give_the_header():
    assert written("tasks").decode("utf-8").split(",")[:2] == ["doc", "number"]
