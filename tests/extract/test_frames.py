"""Frames: what stands before and behind each quantity, and which side its noun is on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysed import analysed


def framed(text: str) -> list[tuple[str, str, str, bool]]:
    """Number, lead, tail, and whether the noun stands behind, of each quantity."""
    return [
        (f.mention.text, text[slice(*f.lead)], text[slice(*f.tail)], f.noun_behind)
        for found in analysed(text).frames
        for f in found
    ]


@pytest.mark.parametrize(
    ("text", "lead", "noun_behind"),
    [
        ("新增床位200张", "新增床位", False),
        ("新增5家孵化器", "新增", True),
        ("合格率达到99.2%", "合格率", False),
        ("失业率控制在4.5%以内", "失业率", False),
        ("设备120台已到位", "设备", False),
        ("设备120台将于年底到位", "设备", False),
        ("孵化器由188家提高到", "孵化器", False),
        ("尚有5个正在处置", "", False),
        ("60岁以上老人", "", True),
        ("剩余88公里受征地影响进展缓慢", "剩余", False),
        ("完成投资3500万元人民币", "完成投资", False),
        ("基础养老金由去年的138元提高到", "基础养老金", False),
    ],
)
def test_where_the_noun_of_a_number_stands(text, lead, noun_behind):
    number, found, _, behind = framed(text)[0]
    assert (found.strip(), behind) == (lead, noun_behind), number


def test_the_items_of_a_list_share_out_the_text():
    assert framed("新建公厕12座、停车场3个") == [("12座", "新建公厕", "", False), ("3个", "停车场", "", False)]
    assert framed("新增5家孵化器、3个众创空间") == [("5家", "新增", "孵化器", True), ("3个", "", "众创空间", True)]


def test_a_limit_behind_the_number_is_told_apart_from_the_noun():
    frame = analysed("覆盖500人以上企业").frames[0][0]
    assert (frame.threshold, frame.noun_behind, frame.condition) == ("以上", True, True)


def test_a_bracket_knows_the_number_before_it():
    first, second = analysed("新建公厕26座（其中一类12座）").frames[0]
    assert second.host is first
    assert first.host is None


def test_neighbours_in_order():
    first, second, third = analysed("公厕3座、步道5公里，投资2万元").frames[0]
    assert (second.previous, second.following) == (first, third)
    assert first.next_in_clause is second
    assert second.next_in_clause is None
    assert second.same_clause
    assert not third.same_clause


PIECES = [
    "新建",
    "公厕",
    "3座",
    "、",
    "，",
    "。",
    "（",
    "）",
    "由",
    "2022年的",
    "提高到",
    "45%",
    "以上",
    "老人",
    "达到",
    "其中",
    "\n",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_every_quantity_has_one_frame_whose_parts_surround_it(text):
    found = analysed(text)
    frames = [f for passage in found.frames for f in passage]
    assert [f.mention for f in frames] == [m for m in found.mentions if m.type == "quantity"]
    for f in frames:
        assert f.raw_lead[0] <= f.lead[0] <= f.lead[1] <= f.raw_lead[1] == f.mention.start
        assert f.mention.end <= f.tail[0] <= f.tail[1] <= len(text)
