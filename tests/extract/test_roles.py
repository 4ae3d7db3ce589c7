"""What a number is: each class of cue words at its work in its own example, and what comes out without the cue."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysed import quantities, roles
from mse import pipeline
from mse.extract.passages import passages_of
from mse.extract.roles import is_plan
from mse.grammar import load
from mse.model import Cell, Report, Task

CUES = load("cues")
TARGET, ACTUAL, RATE, CHANGE, BASELINE, CONTEXT = "target", "actual", "rate", "change", "baseline", "context"

# Table of cues -> roles of the numbers in its example, read as progress.
EXAMPLES = {
    "restated_target": [TARGET, RATE],
    "target_value": [TARGET],
    "counted_total": [TARGET, RATE],
    "standard_behind": [TARGET],
    "limit_target": [TARGET],
    "capacity": [CONTEXT],
    "reach_behind": [CONTEXT, ACTUAL],
    "period_behind": [CONTEXT, ACTUAL],
    "container": [CONTEXT],
    "actual_behind": [TARGET, ACTUAL],
    "duty": [TARGET],
    "plan_share": [RATE],
    "share_verb": [RATE],
    "completion": [RATE],
    "change": [CHANGE],
    "excess": [CHANGE],
    "against": [CHANGE],
    "apart_from": [CHANGE],
    "short_of": [ACTUAL, CHANGE],
    "short_by": [ACTUAL, CHANGE],
    "allotted": [TARGET, ACTUAL, RATE],
    "gain": [CHANGE],
    "difference": [CHANGE],
    "ratio_metric": [ACTUAL],
    "comparison": [CHANGE],
    "growth_metric": [CHANGE],
    "from": [BASELINE, ACTUAL],
    "to": [BASELINE, ACTUAL],
    "future": [TARGET],
    "heading_ahead": [TARGET],
    "heading_back": [TARGET, ACTUAL],
    "plan_opener": [TARGET, TARGET],
    "done": [ACTUAL, TARGET],
    "need": [TARGET, ACTUAL],
    "status": [TARGET, ACTUAL, RATE],
    "stated": [RATE],
    "existing": [CONTEXT],
    "scale": [CONTEXT],
    "inventory": [CONTEXT],
    "division": [CONTEXT],
    "not_yet": [TARGET],
    "reckoned": [CONTEXT],
    "grant": [TARGET],
    "soft_verb": [ACTUAL],
    "lasting": [CONTEXT, ACTUAL],
    "made_of": [CONTEXT],
    "breakdown": [ACTUAL, ACTUAL],
    "distribute": [ACTUAL, ACTUAL],
    "threshold": [CONTEXT],
    "condition_before": [CONTEXT],
    "move": [BASELINE, ACTUAL],
    "future_not": [RATE, ACTUAL],
    "bare_share": [ACTUAL, RATE],
    "units": [RATE],
    "joint": [BASELINE, ACTUAL],
    "tie": [RATE],
    "completed_behind": [RATE],
    "planned_scale": [ACTUAL, ACTUAL],
    "forecast_behind": [TARGET],
    "done_behind": [TARGET, ACTUAL],
    "estimate": [TARGET],
    "rest": [ACTUAL, ACTUAL],
    "sized": [CONTEXT],
    "after_completion": [ACTUAL],
    "plan_head": [TARGET],
    "progress_head": [TARGET, ACTUAL],
    "lagging": [ACTUAL, ACTUAL],
    "work_done": [RATE, RATE],
    "so_far": [ACTUAL, ACTUAL],
    "served": [ACTUAL, ACTUAL],
    "subject_lead": [CONTEXT, ACTUAL],
    "moved": [CHANGE],
    "done_particle": [CHANGE],
    "former_said": [ACTUAL, BASELINE],
    "among": [CONTEXT, ACTUAL],
    "generic_total": [ACTUAL, ACTUAL],
}

# The same without the cue, where it is the cue alone that decides.
CONTRASTS = {
    "restated_target": ("完成全年就业2000人的33.95%", [ACTUAL, RATE]),
    "target_value": ("距上年70%尚有差距", [ACTUAL]),
    "counted_total": ("完成投资69772万元的93.7%", [ACTUAL, RATE]),
    "standard_behind": ("每月人均1000元的补贴", [ACTUAL]),
    "limit_target": ("项目经费2969万元", [ACTUAL]),
    "capacity": ("处理3万吨的应急设备", [ACTUAL]),
    "reach_behind": ("公交站点500米道路达到98%", [ACTUAL, ACTUAL]),
    "period_behind": ("发放1-2年贷款62笔", [ACTUAL, ACTUAL]),
    "container": ("500人以上补助", [ACTUAL]),
    "actual_behind": ("省级资金1510万元另拨1474万元", [ACTUAL, ACTUAL]),
    "duty": ("9520.88亩土地征收已完成", [ACTUAL]),
    "plan_share": ("占耕地的31.3%", [ACTUAL]),
    "completion": ("主梁悬浇合格62%", [ACTUAL]),
    "change": ("税收7.4%", [ACTUAL]),
    "excess": ("完成任务6%", [RATE]),
    "apart_from": ("PM2.5浓度年度目标4微克/立方米", [TARGET]),
    "short_of": ("PM2.5浓度48微克/立方米，目标14微克/立方米", [ACTUAL, TARGET]),
    "short_by": ("PM2.5浓度48微克/立方米，距目标值14微克/立方米", [ACTUAL, TARGET]),
    "allotted": ("资金支付22.34亿元，已形成支出18.97亿元，支出进度84.9%", [ACTUAL, ACTUAL, RATE]),
    "gain": ("户均收入4800元", [ACTUAL]),
    "comparison": ("项目238项", [ACTUAL]),
    "growth_metric": ("装备制造业投资20%", [ACTUAL]),
    "from": ("孵化器188家、企业268家", [ACTUAL, ACTUAL]),
    "future": ("年底前完成投资9亿元", [ACTUAL]),
    "heading_ahead": ("新建停车场6个。", [ACTUAL]),
    "plan_opener": ("一是新建泊位600个。二是改造农贸市场8个。", [ACTUAL, ACTUAL]),
    "need": ("迁改电力线路共57处，累计完成53处", [ACTUAL, ACTUAL]),
    "status": ("发现隐患50处，重大隐患5处，占比10%", [ACTUAL, ACTUAL, ACTUAL]),
    "scale": ("修建约1800平方米的乡级卫生院", [ACTUAL]),
    "inventory": ("全市新建幼儿园519所", [ACTUAL]),
    "division": ("建成3个标段", [ACTUAL]),
    "not_yet": ("引导基金2亿", [ACTUAL]),
    "reckoned": ("登记流动人口408.46万人", [ACTUAL]),
    "grant": ("对通过认定的企业投入30万元", [ACTUAL]),
    "lasting": ("产量在9年稳定在50亿斤以上", [ACTUAL, ACTUAL]),
    "made_of": ("新聘35名律师", [ACTUAL]),
    "condition_before": ("收入1亿元的企业", [ACTUAL]),
    "completed_behind": ("土地征收任务已100%达标", [ACTUAL]),
    "planned_scale": ("新签约项目18个，计划投入84.8亿元", [ACTUAL, TARGET]),
    "subject_lead": ("新建23个工业园区", [ACTUAL]),
    "moved": ("平均办理时长1.8个工作日", [ACTUAL]),
    "former_said": ("净利润3.2亿元，负债1.8亿元", [ACTUAL, ACTUAL]),
    "among": ("45项督查事项按期完成，新增38项", [ACTUAL, ACTUAL]),
    "generic_total": ("养老床位800张，护理型床位占养老任务的62%", [ACTUAL, RATE]),
}


def only_roles(found: list[tuple[str, str]]) -> list[str]:
    return [role for _, role in found]


def test_every_table_of_cues_is_tried():
    assert set(EXAMPLES) == set(CUES)


@pytest.mark.parametrize("table", EXAMPLES)
def test_a_cue_does_its_work_in_its_example(table):
    assert only_roles(roles(progress=CUES[table]["example"])) == EXAMPLES[table]


@pytest.mark.parametrize("table", CONTRASTS)
def test_without_the_cue_it_is_something_else(table):
    text, expected = CONTRASTS[table]
    assert only_roles(roles(progress=text)) == expected
    assert expected != EXAMPLES[table]


def test_the_cell_decides_where_no_word_does():
    assert roles(task="新建公厕12座。", progress="新建公厕5座。") == [("12座", TARGET), ("5座", ACTUAL)]
    assert roles(task="新建公厕。", plan="二季度，新建公厕4座。") == [("4座", TARGET)]


def test_growth_is_promised_in_a_task_and_observed_in_progress():
    found = roles(task="工业增加值增长8%。", progress="工业增加值同比增长6.1%。")
    assert found == [("8%", TARGET), ("6.1%", CHANGE)]


def test_a_document_that_only_plans_says_what_is_there_already():
    assert roles(task="落实床位。", plan="现有床位300张，新增200张") == [("300张", ACTUAL), ("200张", TARGET)]
    task = Task(start=0, end=4, cells=[Cell(role="task", start=0, end=2), Cell(role="plan", start=2, end=4)])
    assert is_plan(passages_of(Report(doc="", text="一二三四", tasks=[task])))
    assert not is_plan(passages_of(Report(doc="", text="一二三四")))


def test_looking_after_what_is_there_is_no_promise_of_it():
    assert roles(task="抓好66个重点项目的跟踪落实工作。") == [("66个", CONTEXT)]
    assert roles("加快推进68个重点项目建设。") == [("68个", CONTEXT)]


def test_a_share_done_where_the_task_promises_another_ratio():
    found = roles(task="管网150公里，污水收集率达到70%。", progress="完成管网103公里，完成率68.7%；污水收集率68.9%。")
    assert found[-2:] == [("68.7%", RATE), ("68.9%", ACTUAL)]


def test_what_a_move_leads_to_is_a_level_and_no_change():
    assert roles("贫困发生率从11.6%下降到0.3%，市场占有率提升至12.8%。") == [
        ("11.6%", BASELINE),
        ("0.3%", ACTUAL),
        ("12.8%", ACTUAL),
    ]


def test_inhabitants_are_reported_in_prose_and_background_in_a_task():
    assert roles("年末常住人口312万人。") == [("312万人", ACTUAL)]
    assert roles(progress="以常住人口312万人为基数。") == [("312万人", CONTEXT)]


def test_a_count_of_what_met_its_task_is_no_task():
    assert roles("18个事项已提前完成全年任务，6个事项未达到目标任务进度。") == [("18个", ACTUAL), ("6个", ACTUAL)]
    assert roles(progress="1200亩征地任务已完成。") == [("1200亩", TARGET)]


def test_a_duty_and_in_the_next_clause_what_is_done_of_it():
    found = roles("反馈整改任务315项，已整改完成139项，其余176项整改任务正在推进。")
    assert found == [("315项", TARGET), ("139项", ACTUAL), ("176项", ACTUAL)]
    assert roles("签订合同19个，已开工建设项目14个。") == [("19个", ACTUAL), ("14个", ACTUAL)]


def test_levels_that_a_rise_leads_to():
    assert roles("失业率受疫情影响走高至6.1%，油价反弹到80元。") == [("6.1%", ACTUAL), ("80元", ACTUAL)]


def test_a_scale_that_grew_is_reported():
    assert roles("务工规模3200万人，同比增加160万人。") == [("3200万人", ACTUAL), ("160万人", CHANGE)]


def test_things_that_wholly_met_their_task():
    assert roles("12个指标100%完成任务。") == [("12个", ACTUAL), ("100%", RATE)]


def test_a_list_of_what_is_touched():
    found = roles(progress="工程涉及47个乡镇、1652个自然村和159所中小学。")
    assert [role for _, role in found] == [CONTEXT] * 3


def test_parts_of_what_is_to_be_done():
    found = roles("全省共需开工住房35万套，其中廉租房22万套，安置住房13万套。")
    assert found == [("35万套", TARGET), ("22万套", TARGET), ("13万套", TARGET)]
    assert roles("共需开工住房35万套，其中完成22万套。") == [("35万套", TARGET), ("22万套", ACTUAL)]


def test_a_plan_named_goes_on_behind_its_semicolon():
    found = roles("省下达目标任务为14600套，其中公租房7900套；新增补贴300户。")
    assert found == [("14600套", TARGET), ("7900套", TARGET), ("300户", TARGET)]
    assert roles("完成年度任务5000万元；新增补贴300户。")[1] == ("300户", ACTUAL)


def test_so_much_of_a_thing_is_done():
    found = roles("秋粮收获4.17亿亩，完成种植面积的36%；西北地区已收超过八成，东北地区超过六成。")
    assert found == [("4.17亿亩", ACTUAL), ("36%", RATE), ("八成", RATE), ("六成", RATE)]


def test_a_task_that_is_done_is_no_plan():
    assert roles("已完成农村改厕任务40926座，完成率99.82%。") == [("40926座", ACTUAL), ("99.82%", RATE)]
    assert roles("完成年度改厕任务41000座的98%。") == [("41000座", TARGET), ("98%", RATE)]


def test_planned_things_and_what_was_done_for_them():
    found = roles("计划投产项目17宗，完成投资16亿元，占年度计划的39%。")
    assert found == [("17宗", TARGET), ("16亿元", ACTUAL), ("39%", RATE)]


def test_rates_told_place_by_place_behind_a_colon():
    assert roles("各市完成率分别为：甲市76.4%、乙市28.9%。") == [("76.4%", RATE), ("28.9%", RATE)]


def test_how_big_a_thing_is():
    assert roles("投资2.4亿元的钢帘线项目主体已完工。") == [("2.4亿元", CONTEXT)]
    assert roles("实施过千万元项目8个。") == [("千万元", CONTEXT), ("8个", ACTUAL)]
    assert roles("完成投资2.4亿元。") == [("2.4亿元", ACTUAL)]


def bare(**cells: str) -> list[str]:
    return [role for _, role in roles(**cells)]


def test_the_size_of_a_thing_that_is_only_intended():
    assert bare(progress="某产业园项目计划总投资3亿元，占地600亩") == [CONTEXT, CONTEXT]
    assert bare(progress="甲工程总投资估算12.9亿元，正在进行前期工作") == [CONTEXT]
    assert bare(progress="某基地项目总投资100亿元，一期投资40亿元，二期投资60亿元") == [CONTEXT] * 3
    assert bare(plan="新建一栋六层高的学生宿舍") == [TARGET, CONTEXT]


def test_inhabitants_that_the_task_asks_for_are_reported():
    found = bare(task="常住人口控制在415万人以内，自然增长率控制在9.5‰以内", progress="常住人口393万人，自然增长率为6‰")
    assert found == [TARGET, TARGET, ACTUAL, ACTUAL]


def test_a_total_alone_in_brackets_before_its_share():
    assert bare(progress="中桥桩基完成42根（共48根）") == [ACTUAL, TARGET]
    assert bare(progress="灌注桩完成278根，约占总量（309根）89%") == [ACTUAL, TARGET, RATE]


def test_a_goal_that_is_named_before_or_behind():
    assert bare(progress="今年目标新增10家上市企业，目前仅新增2家") == [TARGET, ACTUAL]
    assert bare(progress="新增10家上市企业的目标难以实现") == [TARGET]


def test_a_bound_behind_a_verb_says_how_much_is_to_be_done():
    assert bare(plan="整治不少于2万立方米存量垃圾") == [TARGET]
    assert bare(plan="引进投资不少于2亿元的企业3家") == [CONTEXT, TARGET]
    assert bare(task="推进10个事项的上线") == [TARGET]
    assert bare(progress="农村低保不低于标准的60%") == [ACTUAL]


def test_completion_rates_told_place_by_place():
    assert roles("整改完成率较高的为甲市98%、乙市95.5%。") == [("98%", RATE), ("95.5%", RATE)]


def test_a_part_of_all_there_is_is_no_share_done():
    assert roles("完成销售17.6亿元，占全镇经济总量的51%。") == [("17.6亿元", ACTUAL), ("51%", ACTUAL)]


def test_what_words_behind_a_count_still_expect():
    assert roles("已建成9座，其余4座预计11月底前完工。") == [("9座", ACTUAL), ("4座", TARGET)]
    assert roles("已将300个拟改造车位移交施工。") == [("300个", ACTUAL)]


def test_a_plan_that_a_document_sets():
    assert roles("《市政府工作报告》提出，新建泊位900个。") == [("900个", TARGET)]


def test_what_was_planned_and_what_came_of_it():
    found = roles("12个计划投产项目实现投产9个，投产率达75%。")
    assert found == [("12个", TARGET), ("9个", ACTUAL), ("75%", RATE)]


def test_what_a_finished_thing_brought_about_is_no_promise():
    assert roles("食堂建成后，500名师生的就餐条件得到改善。") == [("500名", ACTUAL)]
    assert roles("食堂建成后，可供500名师生就餐。") == [("500名", TARGET)]


def test_a_share_alone_in_brackets_is_of_what_was_done_or_goes_on():
    assert roles("已完成管网改造48公里（80%）。") == [("48公里", ACTUAL), ("80%", RATE)]
    assert roles("引水工程正在施工中（93%）。") == [("93%", RATE)]
    assert roles("参加培训的有女职工48人（80%）。") == [("48人", ACTUAL), ("80%", ACTUAL)]


def test_a_share_of_what_is_late_is_no_share_done():
    found = roles("进度滞后的有12个，占总任务的8%；已完成60个，占总任务的40%。")
    assert found == [("12个", ACTUAL), ("8%", ACTUAL), ("60个", ACTUAL), ("40%", RATE)]


def test_work_done_bit_by_bit():
    assert roles("早稻栽插近六成，春玉米已播15%，桥面铺装30%。") == [("六成", RATE), ("15%", RATE), ("30%", RATE)]


def test_behind_what_was_due_by_now():
    found = roles("完成投资3亿元，欠进度12.5%；超均衡进度1.8%。")
    assert found == [("3亿元", ACTUAL), ("12.5%", CHANGE), ("1.8%", CHANGE)]


def test_a_total_before_the_name_of_the_plan():
    found = roles("引资90亿元，完成全年80亿元目标任务的112.5%。")
    assert found == [("90亿元", ACTUAL), ("80亿元", TARGET), ("112.5%", RATE)]


def test_a_rate_that_is_required():
    assert roles("资金拨付率达83%，超过上级拨付率70%的要求。") == [("83%", RATE), ("70%", TARGET)]


def test_a_stock_is_reported_in_prose_and_background_in_progress():
    assert roles("现有社会组织862家，较上年末净增23家。") == [("862家", ACTUAL), ("23家", CHANGE)]
    assert roles(progress="现有社会组织862家。") == [("862家", CONTEXT)]


def test_a_share_named_by_the_word_for_compare_compares_nothing():
    assert roles("药占比下降到25.3%，工业占比提高至58%。") == [("25.3%", ACTUAL), ("58%", ACTUAL)]


def test_a_voltage_or_an_age_before_its_noun_is_a_property():
    assert roles(progress="架设10千伏线路96公里。") == [("10千伏", CONTEXT), ("96公里", ACTUAL)]


def test_a_level_that_a_plan_sets_with_its_growth():
    assert roles("2024年收入安排105亿元，比上年增长6.5%。") == [("105亿元", TARGET), ("6.5%", TARGET)]


def test_what_stands_before_the_tables_is_preamble():
    text = "全市投入资金3亿元。\n新建公厕5座。"
    start = text.index("\n") + 1
    task = Task(start=start, end=len(text), cells=[Cell(role="task", start=start, end=len(text))])
    found = pipeline.analyse(Report(doc="", text=text, tasks=[task])).mentions
    assert [(m.text, m.role) for m in found] == [("3亿元", CONTEXT), ("5座", TARGET)]


def test_the_words_that_decided_are_told():
    assert quantities("力争完成投资9亿元，同比增长5%。")[0].cues["role"] == "力争"


WORDS = [
    "完成",
    "其中",
    "（",
    "）",
    "占",
    "增长",
    "3亿元",
    "12%",
    "5个",
    "，",
    "。",
    "、",
    "由",
    "提高到",
    "分别",
    "计划",
    "已",
]
WORDS += [
    "公厕",
    "的",
    "率",
    "项目",
    "\n",
    "2023年",
    "以上",
    "端州区",
    "：",
    "“",
    "”",
    "0.5个百分点",
    "每人每月30元",
    "任务",
]


def test_a_task_may_state_what_is_done_already():
    assert roles(task="新建幼儿园。项目已完成总工程量的70%。", progress="无。") == [("70%", RATE)]
    assert roles(task="新建幼儿园。完成总工程量的70%。", progress="无。") == [("70%", TARGET)]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map("".join), st.sampled_from(["", "task", "progress", "plan"]))
def test_any_sequence_of_words_gives_every_quantity_a_role(text, cell):
    found = quantities(**{cell: text}) if cell else quantities(text)
    assert all(m.role in ("target", "actual", "rate", "change", "baseline", "context") for m in found)
    assert all(0 < m.confidence <= 1 for m in found)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_at_all_is_read(text):
    quantities(text + "3亿元" + text)


@pytest.mark.parametrize(
    "piece", ["区", "达到", "等工作", "累计完成", "由", "（", "“", "其中", "占", "、", "较年初", "端州区和"]
)
def test_long_repetitions_are_read(piece):
    assert len(quantities(piece * 400 + "12座" + piece * 400 + "35%")) >= 1
