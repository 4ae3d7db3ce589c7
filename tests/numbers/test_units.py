"""Units: longest match, what is compatible, conversion, and units of the user's own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from mse.errors import GrammarError
from mse.numbers import compatible, load_units, quantities, to_unit
from mse.numbers.units import lexicon


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        ("3", "公里", "米", "3000"),
        ("1.5", "平方公里", "公顷", "150"),
        ("2", "万千瓦时", "千瓦时", None),
        ("15", "亩", "公顷", "1"),
        ("3", "吨", "公斤", "3000"),
        ("2", "斤", "克", "1000"),
        ("36", "微克/立方米", "毫克/立方米", "0.036"),
        ("600", "吨/日", "公斤/日", "600000"),
        ("0.5", "小时", "分钟", "30"),
        ("1000", "瓦", "千瓦", "1"),
        ("6.5", "‰", "%", "0.65"),
        ("12", "人", "人", "12"),
        ("10", "元/公斤", "元/吨", "10000"),
        ("0", "摄氏度", "华氏度", "32"),
        ("212", "华氏度", "摄氏度", "100"),
    ],
)
def test_conversion(value: str, source: str, target: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(ValueError, match="unknown unit"):
            to_unit(Decimal(value), source, target)
        return
    assert abs(to_unit(Decimal(value), source, target) - Decimal(expected)) < Decimal("1e-20")


@pytest.mark.parametrize(
    ("source", "target"), [("公里", "亩"), ("元", "美元"), ("个", "公里"), ("噗", "米"), ("吨/日", "吨")]
)
def test_no_conversion_between_different_things(source: str, target: str) -> None:
    with pytest.raises(ValueError, match="cannot turn"):
        to_unit(Decimal(1), source, target)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("人", "人次"),
        ("名", "人"),
        ("家", "间"),
        ("间", "所"),
        ("宗", "件"),
        ("件", "起"),
        ("场", "场次"),
        ("公里", "米"),
        ("亩", "公顷"),
        ("元/人/月", "元/人/月"),
        ("吨/日", "公斤/日"),
        ("元/月", "元/年"),
        ("套", "套（户）"),
        ("批", "批次"),
        ("%", "‰"),
    ],
)
def test_compatible(a: str, b: str) -> None:
    assert compatible(a, b)
    assert compatible(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("人", "元"),
        ("公里", "亩"),
        ("个百分点", "%"),
        ("元", "美元"),
        ("元/人/月", "元"),
        ("", "个"),
        ("吨", "吨标准煤"),
    ],
)
def test_not_compatible(a: str, b: str) -> None:
    assert not compatible(a, b)
    assert not compatible(b, a)


def test_longest_unit_wins() -> None:
    units = lexicon()
    for text, word in [
        ("人次", "人次"),
        ("平方公里范围", "平方公里"),
        ("个百分点", "个百分点"),
        ("千伏安容量", "千伏安"),
    ]:
        unit = units.match(text, 0)
        assert unit is not None
        assert unit.word == word


def test_a_longer_word_is_no_unit() -> None:
    assert lexicon().match("家庭", 0) is None
    assert lexicon().match("min", 0) is not None
    assert lexicon().match("mind", 0) is None


@pytest.fixture
def own_units(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "own.toml"
    path.write_text(
        '[[dimension]]\nname = "area"\nbase = "平方米"\n'
        'units = [{ words = ["足球场"], factor = "7140", example = "相当于3足球场" }]\n'
        '[[family]]\nname = "bees"\nunits = [{ words = ["脾"], example = "养蜂8脾" }]\n',
        encoding="utf-8",
    )
    yield path
    lexicon.cache_clear()


def test_units_of_the_users_own(own_units: Path) -> None:
    assert [q.unit for q in quantities("相当于3足球场，养蜂8脾")] == []
    load_units(own_units)
    assert [q.unit for q in quantities("相当于3足球场，养蜂8脾")] == ["足球场", "脾"]
    assert to_unit(Decimal(2), "足球场", "平方米") == 14280


@pytest.mark.parametrize(
    "content",
    [
        "[[dimension]]\nname = 'x'\n",
        "not toml at all [",
        "[[dimension]]\nname='x'\nbase='y'\nunits=[{words=['z'],factor='abc'}]\n",
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GrammarError, match=r"broken\.toml"):
        load_units(path)
    with pytest.raises(GrammarError, match=r"missing\.toml"):
        load_units(tmp_path / "missing.toml")
