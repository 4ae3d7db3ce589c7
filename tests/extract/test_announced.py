"""Plans that prose says first and answers next."""

from __future__ import annotations

import datetime as dt

import pytest

from mse.extract.analysis import analyse
from mse.model import Metadata, Period, Report

HALF_YEAR = Metadata(year=2021, period=Period(start=dt.date(2021, 1, 1), end=dt.date(2021, 6, 30)))


def read(text: str) -> list[tuple[str, str]]:
    found = analyse(Report(doc="", text=text, metadata=HALF_YEAR)).mentions
    return [(m.text, m.role) for m in found if m.type == "quantity"]


def linked(text: str) -> dict[str, str]:
    found = analyse(Report(doc="", text=text, metadata=HALF_YEAR)).mentions
    by_span = {m.span: m.text for m in found}
    return {m.text: by_span[m.links["target"][0]] for m in found if m.links.get("target")}


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("1.新建泊位600个；培育小微企业40家。上半年，新建泊位320个；培育小微企业25家。", ["600个", "40家"]),
        ("1.新建泊位600个。截至6月底，新建泊位320个。", ["600个"]),
        ("移民搬迁12万人。上半年搬迁2.1万人。累计搬迁9.3万人，占总计划的77.5%。", ["12万人"]),
        ("硬化村道800公里（2019—2023年）。上半年各标段均已进场。", ["800公里"]),
        # nothing takes it up
        ("新建泊位600个。上半年，培育小微企业25家。", []),
        # it is told as done, or of a time that is over
        ("共有泊位600个。上半年，新建泊位320个。", []),
        ("一季度新建泊位600个。上半年，新建泊位900个。", []),
        ("新建泊位600个，同比增长5%。上半年，新建泊位320个。", []),
        ("新建泊位600个。新建泊位320个。", []),
        ("安排重点项目91宗。上半年，续建重点项目35宗。", []),
    ],
)
def test_what_a_paragraph_plans(text, plan):
    assert [text for text, role in read(text) if role == "target"] == plan


def test_the_answer_leads_to_the_plan():
    text = "移民搬迁12万人。上半年搬迁2.1万人。累计搬迁9.3万人，占总计划的77.5%。"
    assert linked(text)["9.3万人"] == "12万人"


def test_a_plan_is_not_told_again_in_its_next_item():
    text = "1.新建小学10所；新建幼儿园10所。上半年，新建小学4所；新建幼儿园6所。"
    assert linked(text) == {"4所": "10所", "6所": "10所"}


def test_an_estimate_of_what_is_over_is_no_promise():
    text = "上半年，预计完成销售34.5亿元，同比增长26.6%。"
    assert read(text) == [("34.5亿元", "actual"), ("26.6%", "change")]
    assert read("预计全年完成销售70亿元。") == [("70亿元", "target")]


def test_the_next_paragraph_is_another_matter():
    assert read("新建泊位600个。\n上半年，新建泊位320个。") == [("600个", "actual"), ("320个", "actual")]


@pytest.mark.parametrize("text", ["。" * 3000, "1个。上半年" * 800, "1个（2019—2030年）。" * 500])
def test_long_repetitions_are_read(text):
    assert all(role for _, role in read(text))
