"""What a number holds for, on tasks whose numbers carry their roles already."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mse.dates import Reference, find
from mse.extract.mentions import date_mentions
from mse.extract.passages import Passage, Passages
from mse.extract.periods import assign_periods
from mse.model import Cell, Mention, Metadata, Period, Report, Task
from mse.pipeline import analyse

MARKED = re.compile(r"\[([^\[\]|]+)\|([a-z]+)\]")
METADATA = Metadata(year=2020, period=Period(start=dt.date(2020, 1, 1), end=dt.date(2020, 4, 30)))
REACHED, PROMISED = "2020-04-30", "2020-12-31"


def ends(annotated, cell="progress", metadata=METADATA, header=""):
    """The last day (or None) of each number of a text in which `[600个|actual]` is a number with its role."""
    text, quantities, position = "", [], 0
    for hit in MARKED.finditer(annotated):
        text += annotated[position : hit.start()]
        start = len(text)
        text += hit.group(1)
        position = hit.end()
        quantities.append(Mention(type="quantity", start=start, end=len(text), text=hit.group(1), role=hit.group(2)))
    text += annotated[position:]
    dated = date_mentions(text, find(text), Reference.of_report(metadata), 0, "")
    mentions = sorted([*quantities, *dated], key=lambda m: m.span)
    passage = Passage(0, len(text), cell, header, mentions=mentions)
    assign_periods(Passages(Report(doc="测试", text=text, metadata=metadata), [passage]))
    return [str(m.period.end) if m.period and m.period.end else None for m in quantities]


def test_nothing_said_is_the_reports_period_or_its_year():
    assert ends("培训[659人|actual]，完成[33.95%|rate]，增长[7%|change]，目标[800人|target]") == [REACHED] * 3 + [
        PROMISED
    ]


def test_the_whole_year_of_what_was_reached_is_over_when_the_text_is_issued():
    spring = Metadata(year=2023, issued=dt.date(2023, 3, 30))
    assert (
        ends("全年出生[3125人|actual]，年末户籍[58万人|actual]；常住[47万人|actual]", "text", spring)
        == ["2022-12-31"] * 3
    )
    assert ends("完成全年任务[500人|target]，培训[160人|actual]", "text", spring) == ["2023-12-31", "2023-03-30"]
    assert ends("1-2月出生[520人|actual]，全年力争[3000人|target]", "text", spring) == ["2023-02-28", "2023-12-31"]
    autumn = Metadata(year=2023, issued=dt.date(2023, 10, 9))
    assert ends("全年出生[3125人|actual]", "text", autumn) == ["2023-10-09"]


def test_in_prose_a_time_reaches_as_far_as_its_sentence_tells_of_it():
    issued = Metadata(year=2023, issued=dt.date(2023, 5, 11))
    april = ["2023-04-30"] * 3
    assert ends("某车企4月销量[21万辆|actual]，增长[9%|change]；其中轿车[8万辆|actual]。", "text", issued) == april
    assert ends("2022年立案[30起|actual]；破案[20起|actual]", "text", issued) == ["2022-12-31"] * 2
    assert ends("工程于2月开工，目前完成投资[3亿元|actual]，用地[5亩|actual]", "text", issued) == ["2023-05-11"] * 2
    assert ends("由一季度的[3家|baseline]增至[5家|actual]", "text", issued)[1] == "2023-05-11"
    assert ends("预计明年6月底交付，届时容纳企业[20家|target]", "text", issued) == ["2024-06-30"]


def test_in_the_first_months_a_month_far_ahead_is_over_where_something_was_reached_in_it():
    issued = Metadata(year=2024, issued=dt.date(2024, 1, 26))
    assert ends("12月末，存款[3亿元|actual]，增长[5%|change]；贷款[2亿元|actual]", "text", issued) == ["2023-12-31"] * 3
    assert ends("12月底前新建公厕[3座|target]", "text", issued) == ["2024-12-31"]
    assert ends("2月发放[3万元|actual]", "text", issued) == ["2024-02-29"]


def test_years_that_go_on_behind_the_reports_own_promise():
    day = dt.date(2022, 5, 24)
    text = "2022—2024年，每年培育企业2家。2019—2021年，培育企业5家。"
    found = analyse(Report(doc="", text=text, metadata=Metadata(year=2022, issued=day))).mentions
    assert [(m.role, str(m.period.end)) for m in found if m.type == "quantity"] == [
        ("target", "2024-12-31"),
        ("actual", "2021-12-31"),
    ]


def test_prose_that_is_dated_after_all_it_can_know_of_promises():
    issued = Metadata(year=2023, issued=dt.date(2023, 7, 20))

    def told(text):
        report = Report(doc="", text=text, metadata=issued)
        return [(m.text, m.role) for m in analyse(report).mentions if m.type == "quantity"]

    assert told("到2025年，森林覆盖率达到62%，新增绿道300公里。目前已建绿道120公里。") == [
        ("62%", "target"),
        ("300公里", "target"),
        ("120公里", "actual"),
    ]
    assert told("到2022年底，建成基站3000个，较2020年翻了一番。") == [("3000个", "actual"), ("一番", "change")]


def test_a_date_that_is_compared_with_dates_nothing():
    text = "旅客吞吐量350万人次，是2019年的1.8倍。"
    found = analyse(Report(doc="", text=text, metadata=Metadata(year=2023))).mentions
    assert [str(m.period.end) for m in found if m.type == "quantity"] == ["2023-12-31"] * 2


def test_a_report_that_knows_neither_gives_none():
    assert ends("培训[659人|actual]，目标[800人|target]", metadata=Metadata()) == [None, None]


@pytest.mark.parametrize(("issued", "end"), [(dt.date(2020, 3, 16), "2020-03-16"), (dt.date(2021, 1, 20), PROMISED)])
def test_a_report_without_a_period_covers_its_year_up_to_its_issue(issued, end):
    assert ends("培训[659人|actual]", metadata=Metadata(year=2020, issued=issued)) == [end]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("截至3月31日，已开工[47公里|actual]", "2020-03-31"),
        ("1-3月完成投资[3.7亿元|actual]", "2020-03-31"),
        ("第一季度开工建设[600个|actual]泊位", "2020-03-31"),
        ("2019年处理率达到[99%|actual]", "2019-12-31"),
        ("4月30日至5月5日增开列车[1对|actual]", "2020-05-05"),
        ("从2020年1月1日起，标准提高到[835元|actual]", REACHED),
        ("今年以来，立案[11宗|actual]", REACHED),
        ("目前有[8家|actual]", REACHED),
        ("今年新增[5家|actual]", REACHED),
    ],
)
def test_a_date_before_it_in_the_clause(text, end):
    assert ends(text) == [end]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("10月底前完成[5公里|target]", "2020-10-31"),
        ("力争年底前完成[80%|target]", PROMISED),
        ("到2025年覆盖率达到[60%|target]", "2025-12-31"),
        ("全年完成[2000人|target]", PROMISED),
        ("[6间|target]公厕9月底前完工", "2020-09-30"),
        ("对2018年未兑现的[75项|target]给予奖补", PROMISED),
    ],
)
@pytest.mark.parametrize("cell", ["task", "progress", "plan"])
def test_deadlines_of_promises(text, end, cell):
    assert ends(text, cell) == [end]


def test_a_promise_restated_in_progress_is_not_due_in_what_is_over():
    assert ends("1-3月完成投资[2300万元|actual]，占年度计划[6672万元|target]的[34.5%|rate]") == [
        "2020-03-31",
        PROMISED,
        "2020-03-31",
    ]


def test_the_whole_year_of_a_task_does_not_date_the_share_done():
    assert ends("1-3月，实现就业[679人|actual]，完成全年任务[2000人|target]的[33.95%|rate]") == [
        "2020-03-31",
        PROMISED,
        "2020-03-31",
    ]


def test_a_date_with_a_pause_holds_for_the_sentences_after_it():
    assert ends("1-3月，指数为[3.07|actual]。优良天数[80天|actual]；六项中[5项|actual]下降") == ["2020-03-31"] * 3


def test_a_date_ends_with_the_next_item_of_a_list():
    assert ends("1.1-3月，指数为[3.07|actual]。\n2.全市培训[659人|actual]") == ["2020-03-31", REACHED]


def test_what_opened_a_sentence_goes_on_past_a_date_aside():
    text = "截至4月底，下达[11亿元|actual]，一季度为[69.7%|actual]；拨付[3.8亿元|actual]"
    assert ends(text, metadata=Metadata(year=2020, issued=dt.date(2020, 5, 28))) == [
        "2020-04-30",
        "2020-03-31",
        "2020-04-30",
    ]


def test_another_year_ends_with_its_paragraph():
    text = "2010—2015年，新增[42个|actual]。\n常住人口[18万人|actual]"
    assert ends(text, "text") == ["2015-12-31", REACHED]
    assert ends("1-3月，新增[42个|actual]。\n常住人口[18万人|actual]", "text") == ["2020-03-31"] * 2


def test_a_head_says_as_of_when_all_is_told():
    issued = Metadata(year=2021, issued=dt.date(2021, 10, 12))
    text = "截至9月30日项目推进情况如下：\n（一）开工[343个|actual]。\n（二）计划完工[340个|target]。"
    assert ends(text, "text", issued) == ["2021-09-30", "2021-12-31"]
    assert ends("（一）开工情况。开工[343个|actual]。", "text", issued) == ["2021-10-12"]


def test_a_heading_names_the_year_that_its_section_looks_back_on():
    year = Metadata(year=2020)
    text = "一、2019年工作回顾\n（一）工业\n新增[42家|actual]。\n二、2020年工作安排\n新增[50家|target]。"
    assert ends(text, "text", year) == ["2019-12-31", PROMISED]
    assert ends("一、2019年工作安排\n新增[42家|actual]。", "text", year) == [PROMISED]
    text = "一、2019年计划执行情况\n全年产粮[93亿斤|actual]，1-2月用电[4亿度|actual]，今年2月底[5亿度|actual]。"
    assert ends(text, "text", year) == ["2019-12-31", "2019-02-28", "2020-02-29"]


def test_the_day_said_outright_is_the_time_so_far():
    assert ends("截至3月底，今年建成[12个|actual]", "text") == ["2020-03-31"]


def test_days_on_which_something_happened_hold_only_there():
    text = "5月9日至17日，组成督查组[2个|actual]。滞后的有[17个|actual]"
    assert ends(text, "text") == ["2020-05-17", REACHED]


def test_a_plan_is_not_due_when_an_earlier_sentence_ends():
    assert ends("1-3月，建成[3个|actual]。下达计划[9个|target]", "text") == ["2020-03-31", PROMISED]


def test_a_plan_named_in_prose_is_not_due_in_what_is_over():
    text = "1-3月完成投资[2300万元|actual]，占年度任务[6672万元|target]的[34.5%|rate]"
    assert ends(text, "text") == ["2020-03-31", PROMISED, "2020-03-31"]


def test_a_plan_named_with_its_time():
    text = "完成投资[6035万元|actual]，占第一季度目标任务[5500万元|target]的[110%|rate]"
    assert ends(text, "text")[1] == "2020-03-31"


def test_years_in_brackets_behind_a_promise():
    assert ends("硬化村道[800公里|target]（2019—2023年）", "text") == ["2023-12-31"]


def test_the_name_of_a_plan_says_no_time():
    assert ends("根据年初工作计划，新建[34个|target]", "text") == [PROMISED]


def test_now_takes_back_what_a_date_said():
    assert ends("1-3月，整改[34项|actual]。目前，还有[5项|actual]") == ["2020-03-31", REACHED]


@pytest.mark.parametrize(
    "text",
    [
        "2019年12月5日印发了办法，培训[659人|actual]",
        "根据3月8日会议精神，培训[659人|actual]",
        "桩基于2月27日完成；累计浇筑[1240根|actual]",
        "已完成第一季度目标任务。发放[62笔|actual]",
    ],
)
def test_a_date_of_something_else_holds_only_there(text):
    assert ends(text) == [REACHED]


@pytest.mark.parametrize("comparison", ["比去年同期", "较2019年", "与上年同期相比", "同比"])
def test_a_comparison_moves_nothing(comparison):
    assert ends(f"1-3月，收入{comparison}增长[7.4%|change]") == ["2020-03-31"]


def test_a_former_level_holds_for_no_time_of_this_report():
    assert ends("到2025年由[188家|baseline]提高至[268家|target]", "task") == [None, "2025-12-31"]
    assert ends("由2018年的[188家|baseline]提高至[268家|target]", "task") == ["2018-12-31", PROMISED]


def test_headings_of_a_plan_hold_until_the_next():
    plan = (
        "一季度，新增[200张|target]，（1）完成[60%|target]。\n（2）培训[5人|target]。\n"
        "二季度，上半年新增[400张|target]。"
    )
    assert ends(plan, "plan") == ["2020-03-31"] * 3 + ["2020-06-30"]


@pytest.mark.parametrize(
    ("plan", "wanted"),
    [
        # Behind a label a sentence begins anew, and in a plan its quarter holds to the end of the line.
        (
            "管线工程：一季度铺设[3公里|target]；回填[40%|target]。二季度铺设[8公里|target]；回填[70%|target]。",
            ["2020-03-31", "2020-03-31", "2020-06-30", "2020-06-30"],
        ),
        ("一季度完成送审；采购设备。拟投资[300万元|target]", ["2020-03-31"]),
        # No further.
        (
            "一季度铺设[3公里|target]；二季度铺设[8公里|target]。\n改造管网[50公里|target]",
            ["2020-03-31", "2020-06-30", PROMISED],
        ),
        ("三季度，抓好创建，完成全年创建任务的[50%|target]", ["2020-09-30"]),
        ("三季度，抓好创建，全年完成创建[60个|target]", ["2020-12-31"]),
    ],
)
def test_a_quarter_of_a_plan_holds_to_the_end_of_its_line(plan, wanted):
    assert ends(plan, "plan") == wanted


def test_a_time_before_the_reports_year_holds_in_its_line_and_tells_of_what_was():
    assert ends("2019年，新建[20所|actual]。改造[5所|actual]\n其中城区[3所|actual]", "text") == ["2019-12-31"] * 2 + [
        REACHED
    ]
    text = "力争查处超过7200辆（备注：去年全年查处5643辆）"
    cell = Cell(role="plan", start=0, end=len(text))
    task = Task(number="1", text="", start=0, end=len(text), cells=[cell])
    report = analyse(Report(doc="", text=text, metadata=METADATA, tasks=[task]))
    past = next(m for m in report.mentions if m.text == "5643辆")
    assert (past.role, past.period) == ("actual", Period(start=dt.date(2019, 1, 1), end=dt.date(2019, 12, 31)))


def test_who_tells_it_opens_no_sentence():
    told = "记者从市统计局获悉，3月末，存款[312亿元|actual]；贷款[248亿元|actual]"
    assert ends(told, "text") == ["2020-03-31"] * 2


def test_a_date_that_opens_a_quoted_name_dates_nothing():
    assert ends("开展“周末剧场”[21场|actual]，周末活动[3场|actual]")[0] == REACHED


def test_a_deadline_within_a_heading_holds_for_its_sentence():
    plan = "二季度，开展更新，5月底前建档率达到[80%|target]。签约[30%|target]。\n三、四季度，建成[5家|target]。"
    assert ends(plan, "plan") == ["2020-05-31", "2020-06-30", "2020-12-31"]


def test_the_header_of_a_column_names_the_period():
    assert ends("完成[60%|target]", "plan", header="第三季度计划") == ["2020-09-30"]
    assert ends("10月底前完成[60%|target]", "plan", header="第三季度计划") == ["2020-10-31"]
    assert ends("完成[60%|target]", "plan", header="年度计划") == [PROMISED]


def test_start_and_end_of_what_holds():
    text = "从2020年2月1日起，发放[5人|actual]"
    quantity = Mention(type="quantity", start=13, end=15, text="5人", role="actual")
    dated = date_mentions(text, find(text), Reference.of_report(METADATA), 0, "")
    passage = Passage(0, len(text), "progress", mentions=[*dated, quantity])
    assign_periods(Passages(Report(doc="测试", text=text, metadata=METADATA), [passage]))
    assert quantity.period == Period(start=dt.date(2020, 2, 1), end=dt.date(2020, 4, 30))


PIECES = [
    "1-3月，",
    "截至3月底，",
    "年底前",
    "目前",
    "[5个|actual]",
    "[8家|target]",
    "[3%|change]",
    "，",
    "。",
    "\n",
    "1.",
    "；",
]
PIECES += [
    "比去年同期",
    "2019年",
    "二、三季度，",
    "3月5日",
    "今年以来",
    "（1）",
    "每月10日前",
    "[9%|rate]",
    "[7人|context]",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.sampled_from(["task", "progress", "plan", "text"])
)
def test_every_number_of_any_text_gets_the_same_period_again(text, cell):
    found = ends(text, cell)
    assert len(found) == text.count("|")
    assert None not in found
    assert found == ends(text, cell)


def test_progress_beside_planned_quarters_was_reached_before_them():
    cells, text = [], ""
    for role, header, content in (
        ("progress", "进展情况", "完成培训800人次。"),
        ("plan", "第三季度计划", "计划培训600人次。"),
        ("plan", "第四季度计划", "计划培训700人次。"),
    ):
        cells.append(Cell(role=role, start=len(text), end=len(text) + len(content), header=header))
        text += content + "\n"
    task = Task(start=0, end=cells[0].end, cells=cells)
    report = Report(doc="", text=text, metadata=Metadata(year=2020), tasks=[task])
    ended = {m.text: str(m.period.end) for m in analyse(report).mentions if m.type == "quantity"}
    assert ended == {"800人次": "2020-06-30", "600人次": "2020-09-30", "700人次": "2020-12-31"}
