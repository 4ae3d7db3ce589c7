"""Annotation formats: each way there and back, and every bad input named by file and line."""

from __future__ import annotations

import json

import pytest

from mse.errors import AnnotationError
from mse.ner.formats import Example, read_examples, write_examples

EXAMPLES = [
    Example("副市长李某到市民政局调研", [(0, 3, "POST"), (3, 5, "PERSON"), (6, 10, "ORG")]),
    Example("没有名字的一句", []),
    Example("肇庆市🙂", [(0, 3, "PLACE")]),
]


@pytest.mark.parametrize("ending", ["jsonl", "json", "spacy"])
def test_there_and_back(tmp_path, ending):
    path = tmp_path / f"annotated.{ending}"
    write_examples(path, EXAMPLES)
    back = read_examples(path)
    assert [(e.text, e.spans) for e in back] == [(e.text, e.spans) for e in EXAMPLES]


def test_roles_of_quantities_are_labels_too(tmp_path):
    path = tmp_path / "roles.jsonl"
    write_examples(path, [Example("完成1200人", [(2, 7, "actual")])])
    assert read_examples(path, labels=("target", "actual"))[0].spans == [(2, 7, "actual")]


def test_columns_of_a_corpus(tmp_path):
    path = tmp_path / "corpus.iob2"
    path.write_text("# text\n1\t李某\tB-PER\n2\t到\tO\n3\t肇庆\tB-LOC\n4\t市\tI-LOC\n\n1\t好\tO\n", encoding="utf-8")
    first, second = read_examples(path)
    assert (first.text, first.spans) == ("李某到肇庆市", [(0, 2, "PERSON"), (3, 6, "PLACE")])
    assert first.words == [(0, 2), (2, 3), (3, 5), (5, 6)]
    assert second.spans == []


@pytest.mark.parametrize(
    ("name", "content", "line", "message"),
    [
        ("a.jsonl", '{"text": "李某", "label": []}\n{nonsense\n', 2, "no JSON"),
        ("a.jsonl", '{"text": "李某", "label": [[0, 3, "PERSON"]]}\n', 1, "outside the text"),
        ("a.jsonl", '{"text": "李某某", "label": [[0, 2, "PERSON"], [1, 3, "ORG"]]}\n', 1, "overlaps"),
        ("a.jsonl", '{"text": "李某", "label": [[0, 2, "ANIMAL"]]}\n', 1, "unknown label 'ANIMAL'"),
        ("a.jsonl", '{"text": "李某", "label": [["0", 2]]}\n', 1, "is no"),
        ("a.jsonl", '{"text": "", "label": []}\n', 1, "empty"),
        ("a.jsonl", '["李某"]\n', 1, "expected"),
        ("a.iob2", "1\t李某\tPER\n", 1, "unknown tag"),
        ("a.iob2", "1\t李某\tB-PER\n2 到 O\n", 2, "divided by tabs"),
        ("a.json", '{"data": 1}', 1, "list of tasks"),
        ("a.json", '[{"data": {}}]', 1, "no text"),
    ],
)
def test_bad_input_names_file_and_line(tmp_path, name, content, line, message):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(AnnotationError, match=message) as caught:
        read_examples(path)
    assert str(caught.value).startswith(f"{path}:{line}:")


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_an_empty_file_is_named(tmp_path, content):
    path = tmp_path / "nothing.jsonl"
    path.write_text(content)
    with pytest.raises(AnnotationError, match="holds no examples"):
        read_examples(path)


def test_other_bytes_and_endings_are_refused(tmp_path):
    path = tmp_path / "broken.spacy"
    path.write_bytes(b"no DocBin at all")
    with pytest.raises(AnnotationError, match="no DocBin"):
        read_examples(path)
    with pytest.raises(AnnotationError, match="unknown format"):
        read_examples(tmp_path / "table.xlsx")
    with pytest.raises(AnnotationError, match="cannot be read"):
        read_examples(tmp_path / "missing.jsonl")


def test_what_label_studio_exports(tmp_path):
    value = {"start": 0, "end": 2, "text": "李某", "labels": ["PERSON"]}
    task = {"data": {"text": "李某到场"}, "annotations": [{"result": [{"type": "labels", "value": value}]}]}
    path = tmp_path / "export.json"
    path.write_text(json.dumps([task, {"data": {"text": "无"}, "annotations": []}]), encoding="utf-8")
    assert [e.spans for e in read_examples(path)] == [[(0, 2, "PERSON")], []]
