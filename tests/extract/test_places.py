"""Places by their endings and by the names a report itself uses."""

from __future__ import annotations

import pytest

from mse.extract.places import Places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江北区", True),
        ("江北区、南岸区和渝中区", True),
        ("高新区", True),
        ("市本级", True),
        ("全市", False),
        ("民政部门为全市", False),
        ("城镇", False),
        ("新建公厕", False),
        ("江北区新建公厕", False),
        ("", False),
    ],
)
def test_nothing_but_places(text, expected):
    assert Places(text).is_place(text, 0, len(text)) is expected


def test_a_short_name_is_learned_from_the_report_alone():
    report = "江北区、南岸区完成3所。江北5座。"
    assert Places(report).is_place("江北", 0, 2)
    assert not Places("完成3所。江北5座。").is_place("江北", 0, 2)


def test_where_the_places_at_the_front_end():
    text = "江北区、南岸区特困供养标准"
    places = Places("江北区、南岸区、渝中区。")
    assert text[: places.prefix_end(text, 0, len(text))] == "江北区、南岸区"
    assert places.prefix_end("特困供养标准", 0, 6) == 0


def test_a_stretch_that_is_too_long_is_no_list_of_places():
    text = "、".join(["江北区"] * 60)
    assert not Places(text).is_place(text, 0, len(text))
