"""Offices and people in cells."""

import pytest

from mse.grammar import load
from mse.reading.officials import labelled, labels_in_text, offices_and_persons, offices_of, persons


@pytest.mark.parametrize(
    ("cell", "offices"),
    [
        ("市教育局、市财政局，各镇街（园区）", ["市教育局", "市财政局", "各镇街（园区）"]),
        ("市自然资源局\n\n源城分局", ["市自然资源局源城分局"]),
        ("区住建局\n\n源城公安分局", ["区住建局", "源城公安分局"]),
        ("县水利局\n县住建局", ["县水利局", "县住建局"]),
        ("区乡村\n振兴局", ["区乡村振兴局"]),
        ("市人力资源和社会\n保障局\n市民政局", ["市人力资源和社会保障局", "市民政局"]),
        ("（1）市水务局；\n（2）市林业局、市财政局", ["市水务局", "市林业局", "市财政局"]),
        ("指挥部办公室（设在市自然资源局、市水务局）", ["指挥部办公室（设在市自然资源局、市水务局）"]),
        ("市教育局、市公安局等有关部门", ["市教育局", "市公安局"]),
        ("[bookmark: _GoBack]市住建局", ["市住建局"]),
        ("市教育局 市财政局", ["市教育局", "市财政局"]),
        ("/", []),
        ("无", []),
        ("市教育局\n市教育局", ["市教育局"]),
    ],
)
def test_offices(cell: str, offices: list[str]) -> None:
    assert offices_of(cell) == offices


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("李  奔", ["李奔"]),
        ("王强\n赵小明", ["王强", "赵小明"]),
        ("王强、赵  明", ["王强", "赵明"]),
        ("王强 赵小明", ["王强", "赵小明"]),
        ("副市长李某某", ["李某某"]),
        ("李某某局长", ["李某某"]),
        ("王强（13800000000）", ["王强"]),
        ("王强 13800000000", ["王强"]),
        ("各市（区）长", ["各市（区）长"]),
        ("市委常委、常务副市长王强", ["王强"]),
        ("区委副书记、区长王强；区委常委、副区长赵明", ["王强", "赵明"]),
        ("县委书记：王小强", ["王小强"]),
        ("市政府办公室（王强）", ["王强"]),
        ("王强\n（副县长）", ["王强"]),
        ("王强、赵明等", ["王强", "赵明"]),
        ("王强牵头", ["王强"]),
        ("何副市长", ["何副市长"]),
        ("各分管副市长", ["各分管副市长"]),
        ("王\n小明", ["王小明"]),
        ("买买提·吐尔逊", ["买买提·吐尔逊"]),
        ("待定", []),
        ("/", []),
    ],
)
def test_persons(cell: str, people: list[str]) -> None:
    assert persons(cell) == people


@pytest.mark.parametrize(
    ("cell", "offices", "people"),
    [
        ("市民政局\n\n伍泽国", ["市民政局"], ["伍泽国"]),
        ("区城管\n\n执法局\n\n张  新", ["区城管执法局"], ["张新"]),
        ("市教育局 王强", ["市教育局"], ["王强"]),
        ("肇庆新区管委会", ["肇庆新区管委会"], []),
        ("市水利局局长王强", ["市水利局"], ["王强"]),
        ("市政府办公室（王强）", ["市政府办公室"], ["王强"]),
        ("王强 13800000000", [], ["王强"]),
        ("市委常委、副市长王强", [], ["王强"]),
    ],
)
def test_office_and_person_in_one_cell(cell: str, offices: list[str], people: list[str]) -> None:
    assert offices_and_persons(cell) == (offices, people)


def test_labels() -> None:
    assert labelled("责任单位: 市科技局  责任人: 陈某某") == [("office", "市科技局  "), ("person", "陈某某")]
    assert labelled("由责任单位：市科技局负责") == []
    assert labels_in_text("建成5个（牵头单位：市民政局，配合单位：市财政局）") == [
        ("lead", "市民政局，"),
        ("supporting", "市财政局"),
    ]


@pytest.mark.parametrize("example", load("officials")["every"]["example"])
def test_levels_before_one_word_for_their_governments_are_one_office(example: str) -> None:
    assert offices_of(f"市财政局、{example}，市统计局") == ["市财政局", example, "市统计局"]
