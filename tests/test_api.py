"""The public names, as the contract gives them."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal

import pytest

import mse
from samples import DATE, FACT, QUANTITY, RANGE_FACT


@pytest.mark.parametrize("name", mse.__all__)
def test_every_public_name_is_there(name):
    assert getattr(mse, name) is getattr(mse, name)
    assert name in dir(mse)


def test_the_parts_need_no_import_of_their_own():
    code = "import mse; mse.audit.audit, mse.pipeline.analyse, mse.grammar.extend, mse.view.write_page, mse.ner.__doc__"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        mse.nonsense  # noqa: B018


def test_facts_of_a_report_and_of_its_path_are_the_same(seeds):
    report = mse.read(seeds[0])
    facts = mse.extract(report)
    assert facts
    assert [f.model_dump() for f in facts] == [f.model_dump() for f in mse.extract(str(seeds[0]))]


def test_recognize_gives_quantities_and_dates_without_roles():
    mentions = mse.recognize("截至4月30日完成投资3.7亿元，同比增长7.4%", date="2020-05-18")
    assert [(m.type, m.text) for m in mentions] == [
        ("date", "截至4月30日"),
        ("quantity", "3.7亿元"),
        ("quantity", "7.4%"),
    ]
    assert mentions[1].value == Decimal(370000000)
    assert mentions[0].period.end == dt.date(2020, 4, 30)
    assert {m.role for m in mentions} == {""}


def test_facts_come_out_of_free_text():
    facts = mse.extract_text("今年1至4月，全市新增城镇就业1200人，完成年度目标任务3000人的40%。", date="2020-05-18")
    assert any(fact.actual is not None and fact.actual.value == 1200 for fact in facts)


def test_numerals_are_values():
    assert mse.numbers.parse("二十万亿") == Decimal("20000000000000")
    with pytest.raises(ValueError, match="春天"):
        mse.numbers.parse("春天")
    assert [numeral.value for numeral in mse.numbers.find("九年八吨")] == [Decimal(9), Decimal(8)]


def test_pipe_streams_documents_in_the_order_given(seeds):
    paths = [seeds[2], seeds[0]]
    streamed = [[f.model_dump() for f in facts] for facts in mse.pipe(paths)]
    assert streamed == [[f.model_dump() for f in mse.extract(path)] for path in paths]


def test_a_frame_keeps_values_exact_and_days_days():
    frame = mse.to_frame([FACT, RANGE_FACT])
    assert list(frame["metric"]) == [FACT.metric, RANGE_FACT.metric]
    assert frame["actual.value"][0] == Decimal(75)
    assert type(frame["actual.value"][0]) is Decimal
    assert frame["actual.value"][1] is None
    assert frame["target.period.end"][0] == dt.date(2021, 12, 31)
    assert frame["lead_organizations"][0] == ["市教育局", "市卫生健康局"]
    assert list(frame["target.implied"]) == [False, True]


def test_a_frame_of_mentions_and_of_nothing():
    assert list(mse.to_frame([QUANTITY, DATE])["type"]) == ["quantity", "date"]
    assert "target.value" in mse.to_frame([]).columns
    with pytest.raises(TypeError, match="one kind"):
        mse.to_frame([FACT, QUANTITY])


def test_a_frame_has_columns_of_sensible_types():
    exact, loose = (mse.to_frame([FACT, RANGE_FACT], exact=exact) for exact in (True, False))
    for frame in (exact, loose):
        types = {name: str(kind) for name, kind in frame.dtypes.items()}
        assert types["source"] == types["target.op"] == "category"
        assert types["target.start"] == "Int64"
        assert types["completion.consistent"] == "boolean"
        assert types["confidence"] == "float64"
    assert exact["actual.value"].dtype == object
    assert loose["actual.value"].dtype == "float64"
    assert loose["actual.value"].sum() == 75.0
    assert loose["metric"].dtype == "string"
    assert str(loose["target.period.end"].dtype) == "datetime64[s]"
    assert list(loose["target.period.end"].dt.year.dropna()) == [2021]
    assert loose["actual.op"].isna().tolist() == [False, True]
    assert list(loose["leaders"]) == [["王一"], []]
    assert str(mse.to_frame([], exact=False)["date"].dtype) == "datetime64[s]"


def test_a_frame_holds_days_that_nanoseconds_do_not_reach():
    far = FACT.model_copy(update={"date": dt.date(9999, 12, 31)})
    assert mse.to_frame([far], exact=False)["date"].dt.year.tolist() == [9999]


def test_a_frame_without_pandas_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(mse.MseError, match=r"mse\[notebook\]"):
        mse.to_frame([FACT])
