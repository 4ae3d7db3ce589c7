"""Shares that the text computes, and targets that progress says again."""

from __future__ import annotations

import pytest

from analysed import roles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("涉及57处，累计完成53处，占比93%", ["target", "actual", "rate"]),
        ("发现隐患50处，整改45处，整改率90%", ["target", "actual", "rate"]),
        ("职工1000人，其中女职工250人，占25%", ["actual", "actual", "actual"]),
        ("抽检6486批次，检出不合格92批次，不合格率1.42%", ["actual", "actual", "actual"]),
        ("开工300公里，完工265公里，完工率88.3%", ["actual", "actual", "rate"]),
        ("发现隐患50处，整改45处，满意率96%", ["actual", "actual", "actual"]),
    ],
)
def test_what_a_share_says_of_the_numbers_it_is_computed_from(text, expected):
    assert [role for _, role in roles(progress=text)] == expected


def test_a_total_said_again_before_its_parts_is_the_target():
    found = roles(task="新建旅游厕所26座。", progress="全市新建旅游厕所26座，目前19座已开工。")
    assert [role for _, role in found] == ["target", "target", "actual"]


def test_the_parts_of_a_target_said_again_are_parts_of_the_target():
    found = roles(task="新建厕所26座。", progress="全市新建厕所26座（新建12座、改扩建14座），目前19座已开工。")
    assert [role for _, role in found] == ["target", "target", "target", "target", "actual"]


@pytest.mark.parametrize(
    "progress",
    [
        "农村公路开工26公里，完工19公里。",  # a verb says that this much was begun
        "农村公路26公里。",  # nothing answers it
        "农村公路25公里，目前完工19公里。",  # another number
    ],
)
def test_a_number_that_is_no_target_said_again(progress):
    found = roles(task="改造农村公路26公里。", progress=progress)
    assert [role for _, role in found[1:]] == ["actual"] * (len(found) - 1)


def test_a_bare_share_that_the_target_of_the_task_proves_is_a_rate():
    task = "棚改新开工860套、基本建成1240套。"
    assert roles(task=task, progress="开工860套，100%；基本建成705套，56.85%。")[2:] == [
        ("860套", "actual"),
        ("100%", "rate"),
        ("705套", "actual"),
        ("56.85%", "rate"),
    ]
    assert roles(task=task, progress="开工860套，97%。")[-1] == ("97%", "actual")
