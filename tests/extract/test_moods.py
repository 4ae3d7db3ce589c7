"""Promised or reached: how far a cue reaches, and what headings and openers say."""

from __future__ import annotations

import datetime as dt

import pytest

from analysed import analysed
from mse.extract.analysis import analyse
from mse.extract.moods import mood
from mse.extract.outlook import Outlook
from mse.extract.passages import Passage
from mse.model import Metadata, Report


def moods(text: str) -> list[str]:
    return [mood(text, frame)[0] for found in analysed(text).frames for frame in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("力争完成投资3亿元，新增就业200人。", ["future", "future"]),
        ("力争完成投资3亿元。新增就业200人。", ["future", ""]),
        ("已完成3个，计划再建2个。", ["done", "future"]),
        ("计划建5个，目前已完成3个。", ["future", "done"]),
        ("需迁改57处，迁改水管12处。", ["future", ""]),
        ("占年度计划的31%，新开通线路4条。", ["", ""]),
        ("主要行业投资3亿元。", [""]),
        ("达产后年产能8万套。", ["future"]),
        ("全年收入安排105亿元。", ["future"]),
        ("安排产业资金1.7亿元。", [""]),
        ("达成就业意向1.1万人。", [""]),
        ("待售面积86万平方米。", [""]),
        ("我们将新建学校15所，新增学位1.8万个。", ["future", "future"]),
        ("将陆续改造公厕26座，投入120万元。", ["future", "future"]),
        ("已将改造资金120万元拨付到位。", ["done"]),
        ("规划新建泊位300个。", ["future"]),
        ("全年计划改造小区58个，完成全年计划的12%。", ["future", "future"]),
        ("由目前的3座增加到5座。", ["", ""]),
        ("争取上级资金3亿元，达到预期进度2项。", ["", ""]),
        ("公厕26座（计划新建12座）已开工8座。", ["", "future", "done"]),
        ("正在开展准备工作，进场8家。", [""]),
        ("应开工33个，实际开工32个。", ["future", "done"]),
    ],
)
def test_how_far_a_cue_reaches(text, expected):
    assert moods(text) == expected


def ahead(text: str, title: str = "") -> str:
    """The parts of the text that look ahead, joined by a bar."""
    outlook = Outlook(text, Passage(0, len(text), "text"), title)
    marked = "".join(c if outlook.ahead(i) else "|" for i, c in enumerate(text))
    return "|".join(part for part in marked.split("|") if part.strip())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二、明年工作安排\n建校3所。\n（一）工业\n建厂2家。", "二、明年工作安排\n建校3所。\n（一）工业\n建厂2家。"),
        ("二、工作安排\n建校3所。\n三、存在问题\n缺地2亩。", "二、工作安排\n建校3所。\n"),
        ("一、今年工作回顾和明年工作安排\n建校3所。", ""),
        ("建校3所。下一步，建校2所。再建1所。\n建厂2家。", "。下一步，建校2所。再建1所。\n"),
        ("今年要抓好以下工作：建校3所；建厂2家。已建校1所。", "建校3所；建厂2家。"),
        ("今年要抓好以下工作：一是建校3所。二是建厂2家。各地建桥1座。", "一是建校3所。二是建厂2家。"),
        ("今年要抓好以下工作：\n一是建校3所。\n二是建厂2家。\n各地建桥1座。", "一是建校3所。\n二是建厂2家。\n"),
        ("进展情况：建校3所；建厂2家。", ""),
        ("目标任务：建校3所。完成情况：建校1所。下一步，建厂2家。", "建校3所。|。下一步，建厂2家。"),
        ("目标任务：\n建校3所。\n建厂2家。\n目前进度：建校1所。\n建桥1座。", "目标任务：\n建校3所。\n建厂2家。\n"),
        ("1.【2024年目标任务】：建校3所。\n建校1所。", "建校3所。\n"),
        ("下一步很重要的工作安排已经写进了报告，建校3所。", "下一步很重要的工作安排已经写进了报告，建校3所。"),
        ("（二）发展目标。到2025年，建校3所。\n建厂2家。", "到2025年，建校3所。\n"),
        ("", ""),
    ],
)
def test_headings_heads_and_openers(text, expected):
    assert ahead(text) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2024年城市更新实施方案", "建校3所。\n"),
        ("2024年工作要点", "建校3所。\n"),
        ("2024年工作要点完成情况", ""),
        ("2024年工作总结", ""),
        ("", ""),
    ],
)
def test_a_document_plans_by_its_title_up_to_a_heading_that_looks_back(title, expected):
    assert ahead("建校3所。\n一、去年工作回顾\n建校1所。", title) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年，将建校3所；改造小区8个；新增泊位60个。", ["target"] * 3),
        ("2023年，将建校3所；目前已改造小区8个；新增泊位60个。", ["target", "actual", "actual"]),
        ("2023年，将建校3所。改造小区8个。", ["target", "actual"]),
        ("预计产值3亿元；改造小区8个。", ["target", "actual"]),
    ],
)
def test_a_promise_in_prose_goes_on_behind_its_semicolon(text, expected):
    day = dt.date(2023, 6, 1)
    found = analyse(Report(doc="", text=text, metadata=Metadata(year=2023, issued=day)))
    assert [m.role for m in found.mentions if m.type == "quantity"] == expected


def test_under_a_heading_that_plans_only_sure_words_tell_of_what_is_reached():
    text = "二、下一步工作安排\n累计完成投资3亿元。目前已完成1亿元。"
    frames = [frame for found in analysed(text).frames for frame in found]
    assert [frame.mention.role for frame in frames] == ["target", "actual"]
    assert all(frame.ahead for frame in frames)
