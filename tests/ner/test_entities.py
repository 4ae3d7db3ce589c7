"""Entities and officials: the examples of the contract, single constructions, and any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mse
from mse.grammar import load
from mse.ner.titles import titles


def entities(text: str, model: bool = False) -> list[tuple[str, str]]:
    return [(e.text, e.label) for e in mse.entities(text, model)]


def officials(text: str) -> list[tuple[str, list[str], str]]:
    return [(o.name, o.posts, o.organization) for o in mse.officials(text)]


def test_the_example_of_the_contract():
    text = "副市长李某某到市民政局调研"
    assert [(e.text, e.label, e.start, e.end) for e in mse.entities(text)] == [
        ("副市长", "POST", 0, 3),
        ("李某某", "PERSON", 3, 6),
        ("市民政局", "ORG", 7, 11),
    ]
    (official,) = mse.officials(text)
    assert (official.name, official.posts, official.organization) == ("李某某", ["副市长"], "")
    assert official.spans == [(0, 3), (3, 6)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("市委书记", [("市委书记", "POST")]),
        ("市委常委、常务副市长", [("市委常委", "POST"), ("常务副市长", "POST")]),
        ("市纪委书记", [("市纪委", "ORG"), ("书记", "POST")]),
        ("村委会主任", [("村委会", "ORG"), ("主任", "POST")]),
        ("宣传部部长", [("宣传部部长", "POST")]),
        ("市委宣传部部长", [("市委宣传部", "ORG"), ("部长", "POST")]),
        ("云山市市长", [("云山市", "PLACE"), ("市长", "POST")]),
        ("金利镇党委书记", [("金利镇", "PLACE"), ("党委书记", "POST")]),
        ("原市长", [("市长", "POST")]),
        ("拟任副局长", [("副局长", "POST")]),
        ("县级河长", [("县级河长", "POST")]),
        ("广东省肇庆市端州区", [("广东省", "PLACE"), ("肇庆市", "PLACE"), ("端州区", "PLACE")]),
        ("广东省肇庆市教育局", [("广东省肇庆市教育局", "ORG")]),
        ("市第一人民医院急诊科", [("市第一人民医院急诊科", "ORG")]),
        ("市政务服务数据管理局", [("市政务服务数据管理局", "ORG")]),
        ("全市各镇街道", []),
        ("市长热线、河长制、主任医师、班主任", []),
        ("提高要求", []),
    ],
)
def test_constructions_by_rules(text, wanted):
    assert entities(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # An organ without a place or level is part of the title, however its name is put together.
        ("任命高明为人力资源和社会保障局局长", [("高明", ["人力资源和社会保障局局长"], "")]),
        ("秦朗任农业委员会主任", [("秦朗", ["农业委员会主任"], "")]),
        ("水务局党组成员、副局长冯毅", [("冯毅", ["水务局党组成员", "副局长"], "")]),
        # With one it is an office of its own.
        ("市水务局党组成员、副局长冯毅", [("冯毅", ["党组成员", "副局长"], "市水务局")]),
        # The act between name and post belongs to neither.
        ("何川任交通运输局局长", [("何川", ["交通运输局局长"], "")]),
        ("各乡镇人大主席列席会议", []),
    ],
)
def test_organs_in_titles(text, wanted):
    assert officials(text) == wanted


def test_a_name_keeps_its_inner_blank_and_the_official_loses_it():
    (person,) = [e for e in mse.entities("责任领导：李  奔") if e.label == "PERSON"]
    assert person.text == "李  奔"
    assert officials("责任领导：李  奔") == [("李奔", [], "")]


@pytest.mark.parametrize("text", ["到中山路、仲恺高新区检查", "肇庆学院、市第一人民医院", "某某有限公司董事长李强"])
def test_places_schools_and_companies_are_no_officials(text):
    assert officials(text) == []


def test_a_source_is_told():
    assert {e.source for e in mse.entities("副市长李某某到市民政局调研")} == {"rule"}
    assert {e.source for e in mse.entities("贝多芬生于波恩。")} == {"model"}


def test_the_posts_of_a_name_come_together_from_the_whole_text():
    text = "市委书记张某主持会议。\n会后，张某任市总河长。"
    assert officials(text) == [("张某", ["市委书记", "市总河长"], "")]


@pytest.mark.parametrize("words", [load("posts")["heads"]["words"], load("posts")["fused"]["words"]])
def test_every_head_is_a_title(words):
    missing = [word for word in words if not any(t.start == 0 and t.end == len(word) for t in titles(word))]
    assert missing == []


ALPHABET = st.sampled_from(
    [
        *"市县区委书记长局张李王某副、，。：（） \n·的任为由男女任命免去",
        "副市长",
        "发展改革",
        "肇庆市",
        "a",
        "😀",
        "\ud800",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ALPHABET, max_size=40).map("".join))
def test_any_text_gives_spans_in_order_without_overlap(text):
    found = mse.entities(text)
    position = 0
    for entity in found:
        assert position <= entity.start < entity.end <= len(text)
        assert text[entity.start : entity.end] == entity.text
        position = entity.end
    for official in mse.officials(text):
        assert "".join(text[official.start : official.end].split()) == official.name
    assert found == mse.entities(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_nothing_at_all_raises(text):
    mse.entities(text)
    mse.officials(text)
