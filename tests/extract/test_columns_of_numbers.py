"""Numbers that stand alone in a cell: role and unit from the header, links along the row."""

from __future__ import annotations

from decimal import Decimal

import pytest

import mse
from mse.extract.columns_of_numbers import metric_of_header, role_of_header
from mse.grammar import load
from mse.model import Fact
from mse.pipeline.run import analyse
from mse.reading import read_text

ENTRIES = load("number_columns")["column"]


def facts(header: str, *rows: str) -> list[Fact]:
    return mse.extract(read_text("\n".join(["2020年1-9月完成情况表,,", header, *rows, "9,其他,,,,"])))


@pytest.mark.parametrize(("role", "header"), [(e["role"], h) for e in ENTRIES for h in e["example"]])
def test_headers_tell_the_role(role: str, header: str) -> None:
    assert role_of_header(header) == role


@pytest.mark.parametrize(
    ("header", "metric"),
    [
        ("年度目标", ""),
        ("1-9月完成（人）", ""),
        ("完成比例(%)", ""),
        ("实际完成数", ""),
        ("新增就业（人）目标", "新增就业"),
        ("新增床位完成数", "新增床位"),
    ],
)
def test_headers_may_name_what_is_measured(header: str, metric: str) -> None:
    assert metric_of_header(header) == metric


def test_target_progress_and_rate_in_their_own_columns() -> None:
    header = "序号,指标名称,单位,年度目标,1-9月完成,完成比例(%),同比增长(%),责任单位"
    first, second = facts(
        header, "1,城镇新增就业,人,2000,679,33.95,7.4,市人社局", "2,固定资产投资,亿元,12.5,8.25,67,-3.2,市发改局"
    )
    assert (first.metric, first.unit) == ("城镇新增就业", "人")
    assert (first.target.value, first.target.text, first.actual.value) == (2000, "2000", 679)
    assert (first.completion.stated, first.completion.consistent) == (Decimal("33.95"), True)
    assert first.change.value == Decimal("7.4")
    assert (second.unit, second.target.value, second.actual.value) == ("元", 1_250_000_000, 825_000_000)
    assert second.completion.consistent is False
    assert second.change.value == Decimal("-3.2")
    assert str(first.actual.period.end) == "2020-09-30"


def test_the_unit_may_stand_in_the_header_and_numbers_may_have_thousands() -> None:
    (fact,) = facts("序号,工作任务,目标（人）,完成（人）,完成率", '1,开展技能培训,"41,388","41,388",100%')
    assert (fact.metric, fact.unit) == ("开展技能培训", "人")
    assert fact.target.value == fact.actual.value == Decimal(41388)
    assert fact.completion.stated == 100


def test_a_target_in_a_column_restates_the_one_of_the_task() -> None:
    (fact,) = facts("序号,工作任务,目标（人次）,完成（人次）", "1,培训家政服务员4200人次。,4200,2100")
    assert (fact.target.text, fact.actual.text, fact.completion.computed) == ("4200人次", "2100", 50)


def test_several_figures_under_one_header_each() -> None:
    text = (
        "序号,县区,新增就业（人）,,培训（人次）,\n,,目标,完成,目标,完成\n1,端州区,100,60,50,50\n2,高要区,200,90,80,20\n"
    )
    found = mse.extract(read_text(text.replace("县区", "项目")))
    assert [(f.task.number, f.metric, f.unit, f.target.value, f.actual.value) for f in found] == [
        ("1", "新增就业", "人", 100, 60),
        ("1", "培训", "人次", 50, 50),
        ("2", "新增就业", "人", 200, 90),
        ("2", "培训", "人次", 80, 20),
    ]


def test_what_is_no_number_of_a_column_stays_alone() -> None:
    text = "序号,工作任务,进展情况,备注\n1,修路5公里,已修3公里,2020\n2,植树,2020,无\n"
    assert [(f.metric, f.unit) for f in mse.extract(read_text(text))] != []
    assert all(f.unit for f in mse.extract(read_text(text)))


@pytest.mark.parametrize("header", load("number_columns")["place"]["example"])
def test_a_row_may_tell_of_a_place(header: str) -> None:
    text = (
        f"2019年老旧小区改造进度表\n序号\t{header}\t计划投资额（万元）\t累计完成投资额（万元）\t开工率\n"
        "1\t东山市\t900\t450\t60%\n2\t西河县\t300\t240\t100%\n全省\t\t\t\t\n"
    )
    mentions = [m for m in analyse(read_text(text)).mentions if m.type == "quantity"]
    assert [(m.text, m.role, m.metric, m.scope) for m in mentions] == [
        ("900", "target", "投资", "东山市"),
        ("450", "actual", "投资", "东山市"),
        ("60%", "rate", "开工", "东山市"),
        ("300", "target", "投资", "西河县"),
        ("240", "actual", "投资", "西河县"),
        ("100%", "rate", "开工", "西河县"),
    ]
    assert mentions[1].links == {"target": [mentions[0].span]}


def test_the_name_of_a_row_may_give_the_unit() -> None:
    text = (
        "“十二五”主要指标完成情况\n序号\t指标名称\t2015年目标值\t2015年完成值\n"
        "1\t地区生产总值（亿元）\t500\t512\n2\t棚户区改造（户）\t900套\t880\n3\t城镇登记失业率\t4\t3.2\n"
    )
    mentions = [m for m in analyse(read_text(text)).mentions if m.type == "quantity"]
    assert [(str(m.value), m.unit, m.metric) for m in mentions] == [
        ("50000000000", "元", "地区生产总值"),
        ("51200000000", "元", "地区生产总值"),
        ("900", "套", "棚户区改造（户）"),
        ("880", "套", "棚户区改造（户）"),
        ("4", "%", "城镇登记失业率"),
        ("3.2", "%", "城镇登记失业率"),
    ]


def test_a_share_with_a_remark_is_the_rate_of_its_row() -> None:
    text = "序号\t工作任务\t当前进度\n1\t建设公厕20座\t80%（河东进度滞后）\n2\t建设驿站5个\t100%\n"
    mentions = [m for m in analyse(read_text(text)).mentions if m.type == "quantity"]
    assert [(m.text, m.role, m.metric) for m in mentions] == [
        ("20座", "target", "建设公厕"),
        ("80%", "rate", "建设公厕"),
        ("5个", "target", "建设驿站"),
        ("100%", "rate", "建设驿站"),
    ]
