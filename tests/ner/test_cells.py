"""The person in a piece of a table cell."""

import pytest

from mse.ner.cells import office_before, person_in


@pytest.mark.parametrize(
    ("piece", "name"),
    [
        ("王强", "王强"),
        ("欧阳文清", "欧阳文清"),
        ("司马青", "司马青"),
        ("赵才", "赵才"),
        ("孙向前", "孙向前"),
        ("黎犇", "黎犇"),
        ("周某某", "周某某"),
        ("买买提·吐尔逊", "买买提·吐尔逊"),
        ("阿不都热合曼·买买提", "阿不都热合曼·买买提"),
        ("常务副市长王强", "王强"),
        ("县委书记：王小强", "王小强"),
        ("王强副县长", "王强"),
        ("周某某局长", "周某某"),
        ("一级调研员赵晓明", "赵晓明"),
        ("市水利局局长赵晓明", "赵晓明"),
        ("王强同志", "王强"),
        ("王强等", "王强"),
        ("王强牵头", "王强"),
    ],
)
def test_the_person_of_a_piece(piece: str, name: str) -> None:
    assert person_in(piece) == name


@pytest.mark.parametrize("piece", ["市委常委", "各分管副市长", "市教育局局长", "李副市长"])
def test_a_post_without_a_name(piece: str) -> None:
    assert person_in(piece) == ""


@pytest.mark.parametrize("piece", ["市教育局", "任务", "高新区管委会", "各镇街", "团市委书记处", "方案"])
def test_no_person(piece: str) -> None:
    assert person_in(piece) is None


def test_the_office_before_a_title() -> None:
    assert office_before("市水利局局长赵晓明") == "市水利局"
    assert office_before("局长赵晓明") == ""
    assert office_before("赵晓明") == ""
