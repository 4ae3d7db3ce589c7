"""Parallel lists: which number belongs to which thing."""

from __future__ import annotations

import pytest

from analysed import analysed
from mse.extract.lists import elements_before, group_of


def groups(text: str) -> list[list[str]]:
    """The list each number of the text stands in."""
    return [
        [f.mention.text for f in group_of(text, frames, index)]
        for frames in analysed(text).frames
        for index in range(len(frames))
    ]


def test_numbers_with_nothing_but_list_marks_between_them():
    assert groups("补差水平分别提高到609元和300元，惠及8人") == [["609元", "300元"]] * 2 + [["8人"]]


def test_a_noun_between_two_numbers_parts_them():
    assert groups("新增公厕5座、步道3公里") == [["5座"], ["3公里"]]


def test_a_row_of_very_many_numbers_is_no_list_of_answers():
    assert set(map(len, groups("水位分别为" + "、".join(f"{n}米" for n in range(10, 60))))) == {1}


@pytest.mark.parametrize(
    ("text", "count", "expected"),
    [
        ("建档率和管理率", 2, [["建档率"], ["管理率"]]),
        ("城镇、农村低保补差水平", 2, [["城镇", "低保补差水平"], ["农村", "低保补差水平"]]),
        ("医院、学校、养老院", 3, [["医院"], ["学校"], ["养老院"]]),
        ("医院、学校", 3, []),
        ("医院", 1, []),
        ("建档率和管理率分别", 2, [["建档率"], ["管理率"]]),
    ],
)
def test_the_things_a_phrase_lists(text, count, expected):
    found = elements_before(text, (0, len(text)), count)
    assert [[text[a:b] for a, b in pieces] for pieces in found] == expected
