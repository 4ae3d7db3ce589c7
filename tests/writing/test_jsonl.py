from __future__ import annotations

import io
import json

from mse.model import Mention
from mse.writing import open_writer
from samples import DATE, FACT, QUANTITY


def written(*records):
    stream = io.BytesIO()
    writer = open_writer(stream, "facts", "jsonl")
    writer.write(records)
    writer.close()
    return stream.getvalue()


def test_one_line_a_record_with_keys_in_the_order_of_the_model():
    lines = written(FACT, QUANTITY, DATE).decode("utf-8").split("\n")
    assert lines.pop() == ""
    assert [list(json.loads(line)) for line in lines] == [list(r.model_dump()) for r in (FACT, QUANTITY, DATE)]


def test_chinese_is_not_escaped_and_a_line_break_in_the_text_does_not_end_the_line():
    data = written(FACT)
    assert "新增托位".encode() in data
    assert data.count(b"\n") == 1


def test_values_are_plain_decimal_strings():
    record = json.loads(written(QUANTITY))
    assert record["value"] == "75"
    assert record["links"] == {"target": [[10, 14]]}


def test_a_lone_surrogate_is_written_as_its_escape():
    record = json.loads(written(Mention(doc="a\udc80.txt", start=0, end=1, text="1")))
    assert record["doc"] == "a\udc80.txt"
