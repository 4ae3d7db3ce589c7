"""Who answers, by the words of a paragraph: every cue by its example, and what is no answer."""

from __future__ import annotations

import pytest

import mse
from mse.extract.answering import Answering, answering
from mse.grammar import load
from mse.model import Cell, Report, Task

DATA = load("answering")


def fact(text: str, model: bool = True) -> mse.Fact:
    return mse.extract_text(text, date="2024-06-30", model=model)[0]


def who(text: str) -> tuple[list[str], list[str], list[str], list[str]]:
    found = fact(text)
    return found.leaders, found.lead_organizations, found.persons, found.supporting_organizations


@pytest.mark.parametrize("entry", DATA["cue"], ids=lambda entry: f"{entry['role']} {entry['place']}")
def test_the_example_of_a_cue_names_somebody_in_its_role(entry):
    found = answering(entry["example"], 0, len(entry["example"]))
    roles = {
        "lead": found.lead_organizations,
        "supporting": found.supporting_organizations,
        "leader": found.leaders,
        "person": found.persons,
    }
    assert roles[entry["role"]]


@pytest.mark.parametrize("name", ["joints", "leaders"])
def test_the_other_examples_name_somebody(name):
    example = DATA[name]["example"]
    assert answering(example, 0, len(example))


def test_leaders_offices_and_helpers_of_one_sentence():
    text = "该项工作由副市长张伟牵头，市教育局、市财政局负责，市住建局配合，已建成学校5所。"
    assert who(text) == (["张伟"], ["市教育局", "市财政局"], [], ["市住建局"])


def test_the_head_of_an_office_is_a_responsible_person_and_the_office_only_tells_of_which():
    assert who("由市教育局局长李明负责，新建幼儿园3所。") == ([], [], ["李明"], [])


def test_labels():
    text = "责任领导：李强；责任单位：市水务局；责任人：王建国。完成投资3亿元。"
    assert who(text) == (["李强"], ["市水务局"], ["王建国"], [])


def test_a_number_alone_names_nobody_and_no_model_is_asked(monkeypatch):
    def never(*_: object) -> None:
        raise AssertionError("names were looked for")

    monkeypatch.setattr("mse.ner.recognize.spans", never)
    assert who("市人社局副局长陈明介绍，全市新增就业1200人。") == ([], [], [], [])


def test_columns_that_name_somebody_are_not_added_to():
    text = "由副市长张伟牵头，完成投资3亿元。"
    cells = [Cell(role="progress", start=0, end=len(text))]
    named = Task(number="1", start=0, end=len(text), cells=cells, lead_organizations=["市水务局"])
    silent = Task(number="1", start=0, end=len(text), cells=cells)
    assert mse.extract(Report(doc="", text=text, tasks=[named]))[0].leaders == []
    assert mse.extract(Report(doc="", text=text, tasks=[silent]))[0].leaders == ["张伟"]


def test_a_fact_says_whether_the_model_found_who_answers():
    text = "由鲁晓牵头，新建幼儿园3所。"
    with_model, without = answering(text, 0, len(text)), answering(text, 0, len(text), model=False)
    assert (with_model.persons, with_model.source) == (["鲁晓"], "model")
    assert (without.persons, without.source) == ([], "rule")
    assert fact(text).source == "model"
    assert fact(text, model=False).source == "rule"


def test_without_the_model_all_else_is_the_same():
    text = "由副市长张伟牵头，完成投资3亿元，同比增长5%。"
    assert [f.model_dump() for f in mse.extract_text(text, date="2024-06-30", model=False)] == [
        f.model_dump() for f in mse.extract_text(text, date="2024-06-30")
    ]


def test_nobody_is_false():
    assert not Answering()
