"""What was reached meets what was promised: invented tasks in the ways reports put them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from annotated import REPORT, passages, targets_of
from mse.extract.pairing import link
from mse.extract.passages import Passages
from mse.grammar import load


def linked(task: str, progress: str, **more: str) -> dict[str, list[str]]:
    report = passages({"task": task, "progress": progress, **more})
    link(report)
    return targets_of(report)


def test_the_plain_case():
    links = linked(
        "新建幼儿园{12所|target|新建幼儿园}。",
        "已建成幼儿园{5所|actual|建成幼儿园}，占年度任务的{41.67%|rate|建成幼儿园|占年度任务}。",
    )
    assert links == {"5所": ["12所"], "41.67%": ["5所", "12所"]}


def test_two_targets_in_the_order_of_the_text_not_of_the_task():
    links = linked(
        "新增托位{600个|target|新增托位}，新建健身步道{40公里|target|新建健身步道}，改造公厕{25座|target|改造公厕}。",
        "改造公厕{11座|actual|改造公厕}；健身步道建成{18公里|actual|健身步道}；新增托位{240个|actual|新增托位}。",
    )
    assert links == {"11座": ["25座"], "18公里": ["40公里"], "240个": ["600个"]}


def test_rates_after_respectively_follow_the_order_of_the_actuals():
    links = linked(
        "签约亿元项目{20个|target|签约亿元项目}、外资项目{8个|target|签约|外资项目}。",
        "签约亿元项目{9个|actual|签约亿元项目}、外资项目{6个|actual|签约|外资项目}，"
        "分别完成年度任务的{45%|rate|签约亿元项目}、{75%|rate|签约|外资项目}。",
    )
    assert links["45%"] == ["9个", "20个"]
    assert links["75%"] == ["6个", "8个"]


def test_a_restated_target_leads_to_the_one_of_the_task():
    links = linked(
        "发放创业贷款{3000万元|target|发放创业贷款}。",
        "发放创业贷款{1250万元|actual|发放创业贷款}，"
        "完成全年任务{3000万元|target|发放贷款任务}的{41.67%|rate|发放创业贷款}。",
    )
    assert links == {"1250万元": ["3000万元"], "3000万元": ["3000万元"], "41.67%": ["1250万元", "3000万元"]}


def test_a_restated_target_in_another_unit_of_money():
    report = passages(
        {
            "task": "完成水利投资{3.5亿元|target|完成水利投资}。",
            "progress": "完成投资{7000万元|actual|完成水利投资}，"
            "占年度计划{35000万元|target|年度计划投资}的{20%|rate|完成水利投资}。",
        }
    )
    link(report)
    assert targets_of(report)["35000万元"] == ["3.5亿元"]


def test_a_duty_and_what_is_done_of_it_in_one_cell():
    links = linked(
        "推进管网改造。",
        "需更换供水管{84段|target|需更换供水管}，累计完成{63段|actual|更换供水管|累计完成}，占比{75%|rate|更换供水管}。",
    )
    assert links == {"63段": ["84段"], "75%": ["63段", "84段"]}


def test_a_share_of_the_whole_investment_is_not_counted_against_the_target_of_the_year():
    links = linked(
        "年内完成投资{2亿元|target|完成投资}。",
        "今年完成投资{0.9亿元|actual|完成投资}，占年计划的{45%|rate|完成投资}；"
        "自开工以来完成投资{6.3亿元|actual|自开工以来完成投资}，占总投资的{70%|rate|自开工以来完成投资}。",
    )
    assert links == {"0.9亿元": ["2亿元"], "45%": ["0.9亿元", "2亿元"], "70%": ["6.3亿元"]}


def test_a_share_of_the_work_belongs_to_no_sum_of_money():
    links = linked(
        "投入资金{800万元|target|投入资金}。",
        "已投入资金{350万元|actual|投入资金}，完成总工程量的{60%|rate|完成总工程量}。",
    )
    assert links == {"350万元": ["800万元"]}


def test_a_share_of_another_plan_keeps_apart():
    links = linked(
        "完成投资{853.8亿元|target|完成投资}。",
        "完成投资{622.2亿元|actual|完成投资}，占年度计划的{73%|rate|完成投资}；"
        "新建项目完成投资{124.06亿元|actual|新建项目完成投资}，占年度计划的{64%|rate|新建项目完成投资}。",
    )
    assert links == {"622.2亿元": ["853.8亿元"], "73%": ["622.2亿元", "853.8亿元"], "64%": ["124.06亿元"]}


def test_a_share_said_before_its_number():
    links = linked(
        "确定重点项目{296个|target|确定重点项目}，完成投资{410.1亿元|target|完成投资}。",
        "开工项目{290个|actual|开工项目}，已完成年度计划的{50.4%|rate|年度计划}，完成投资{206.7亿元|actual|完成投资}。",
    )
    assert links["50.4%"] == ["206.7亿元", "410.1亿元"]


def test_a_share_in_brackets_behind_no_number_stands_alone():
    progress = "泵站已建成{2个|actual|泵站}，管线正在施工中（{93%|rate|管线}）。"
    links = linked("建设泵站{4个|target|建设泵站}。", progress)
    assert links == {"2个": ["4个"]}


def test_a_sum_in_the_name_tells_things_apart():
    links = linked(
        "引进{10亿元|context|项目}以上项目{10个|target|10亿元以上项目}、亿元以上项目{100个|target|亿元以上项目}。",
        "引进亿元以上项目{107个|actual|引进亿元以上项目}，10亿元以上项目{25个|actual|10亿元以上项目}。",
    )
    assert links == {"107个": ["100个"], "25个": ["10个"]}


def test_the_number_that_agrees_with_its_target_and_the_rate():
    links = linked(
        "办理信访{100件|target|办理信访}。",
        "交办{3411件|target|交办信访}，已办结{2750件|actual|办结信访}，阶段性办结{660件|actual|阶段性办结信访}，"
        "办结率达{81%|rate|办结率}。",
    )
    assert links["81%"][0] == "2750件"


def test_a_share_done_is_not_of_what_is_left():
    links = linked(
        "分配资金。",
        "直达资金{45.66亿元|actual|直达资金}，未分配{0.32亿元|actual|未分配}，分配率{99.3%|rate|分配率}。",
    )
    assert links == {"99.3%": ["45.66亿元"]}


def test_what_lags_answers_no_target():
    links = linked("{145项|target|目标任务}。", "进度滞后的有{17项|actual|进度滞后}。")
    assert links == {}


def test_a_growth_answers_a_growth_and_a_level_does_not():
    links = linked(
        "规上工业增加值增长{6.5%|target|规上工业增加值增长}。",
        "规上工业增加值{212亿元|actual|规上工业增加值}，同比增长{5.8%|change|规上工业增加值|同比增长}，"
        "低于全年目标{0.7个百分点|change|规上工业增加值|低于全年目标}。",
    )
    assert links == {"5.8%": ["6.5%"], "0.7个百分点": ["6.5%"]}


def test_value_added_is_a_level_though_it_sounds_like_a_growth():
    links = linked(
        "数字经济核心产业增加值占比达{12%|target|数字经济核心产业增加值占比}。",
        "数字经济核心产业增加值占比{10.4%|actual|数字经济核心产业增加值占比}。",
    )
    assert links == {"10.4%": ["12%"]}


def test_changes_after_a_list_of_levels():
    links = linked(
        "生猪出栏增长{3%|target|生猪出栏增长}，家禽出栏增长{4%|target|家禽出栏增长}。",
        "生猪出栏{21万头|actual|生猪出栏}、家禽出栏{330万只|actual|家禽出栏}，同比增长{2.1%|change|增长}和{5.2%|change|增长}。",
    )
    assert links == {"2.1%": ["3%"], "5.2%": ["4%"]}


def test_scopes_part_what_words_do_not():
    links = linked(
        "城关区新增绿地{30亩|target|新增绿地;城关区}，七里河区新增绿地{45亩|target|新增绿地;七里河区}。",
        "七里河新增绿地{20亩|actual|新增绿地;七里河}，城关新增绿地{28亩|actual|新增绿地;城关}。",
    )
    assert links == {"20亩": ["45亩"], "28亩": ["30亩"]}


def test_parts_of_a_whole_link_only_to_targets_of_their_own():
    links = linked(
        "改造老旧小区{60个|target|改造老旧小区}。",
        "改造老旧小区{38个|actual|改造老旧小区}，其中东城区{12个|actual|改造老旧小区;东城区}、西城区{26个|actual|改造老旧小区;西城区}。",
    )
    assert links == {"38个": ["60个"]}


def test_a_standard_holds_in_each_place():
    links = linked(
        "农村特困供养标准提高到{980元/人/月|target|农村特困供养标准}。",
        "农村特困供养标准提高到{980元/人/月|actual|农村特困供养标准;山区县}，{1050元/人/月|actual|农村特困供养标准;市区}。",
    )
    assert links == {"980元/人/月": ["980元/人/月"], "1050元/人/月": ["980元/人/月"]}


def test_stages_of_a_thing_answer_its_target_and_steps_before_it_do_not():
    links = linked(
        "建设口袋公园{24个|target|建设口袋公园}。",
        "口袋公园完工{6个|actual|口袋公园|完工}，正在施工{15个|actual|口袋公园|正在施工}，签订合同{21个|actual|口袋公园|签订合同}。",
    )
    assert links == {"6个": ["24个"], "15个": ["24个"]}


def test_counts_that_tell_the_stages_of_one_thing_answer_its_target_together():
    links = linked(
        "治理隐患点{36个|target|隐患点治理}。",
        "隐患点已完工{1个|actual|隐患点已完工}，正在施工{15个|actual|施工}，完成勘查{9个|actual|勘查}，{11个|actual|处于前期}处于前期。",
    )
    assert links == {"1个": ["36个"], "15个": ["36个"], "9个": ["36个"], "11个": ["36个"]}


def test_parts_of_a_number_do_not_answer_the_whole_target():
    links = linked(
        "新建和改造公厕{31座|target|新建和改造公厕}。",
        "已改造公厕{3座|actual|改造公厕}，正在施工{9座|actual|公厕|正在施工}，其中新建{7座|actual|正在施工|新建}、改造{2座|actual|正在施工|改造}。",
    )
    assert links["3座"] == links["9座"] == ["31座"]
    assert "7座" not in links


def test_what_is_left_answers_nothing():
    links = linked(
        "推进低压线路迁改。",
        "需迁改电杆{90根|target|需迁改电杆}，已迁改{72根|actual|电杆|已迁改}，尚有{18根|actual|电杆|尚有}未迁改。",
    )
    assert links == {"72根": ["90根"]}


def test_what_is_left_is_a_stage_where_all_stages_make_up_the_target():
    links = linked(
        "新建公办幼儿园{20所|target|新建公办幼儿园}。",
        "已完工{13所|actual|公办幼儿园|完工}，剩余{7所|actual|剩余}正在装修。",
    )
    assert links == {"13所": ["20所"], "7所": ["20所"]}


def test_what_is_left_makes_up_the_target_with_one_stage_beside_the_whole():
    links = linked(
        "完成危房改造{500户|target|危房改造}。",
        "危房改造{500户|actual|危房改造|开工}全部开工，竣工{436户|actual|危房改造|竣工}，剩余{64户|actual|剩余}年底完工。",
    )
    assert links["64户"] == ["500户"]


def test_stages_of_one_thing_may_hold_each_other():
    links = linked(
        "加装电梯{100台|target|加装电梯}。", "加装电梯开工{87台|actual|加装电梯|开工}，投入使用{54台|actual|投入使用}。"
    )
    assert links == {"87台": ["100台"], "54台": ["100台"]}


def test_a_target_that_is_moved_takes_the_place_of_the_first():
    links = linked(
        "改造提升农贸市场{18个|target|改造提升农贸市场}。",
        "由原定{18个|baseline|农贸市场}调整为{20个|target|农贸市场}，已完成{7个|actual|农贸市场|已完成}。",
    )
    assert links == {"20个": ["18个"], "7个": ["18个"]}


def test_what_goes_beyond_a_target_belongs_to_what_the_number_before_it_answers():
    links = linked(
        "建成社区公园{10个|target|建成社区公园}、更新路径{50套|target|更新路径}。",
        "建成社区公园{12个|actual|建成社区公园}，更新路径{56套|actual|更新路径}，"
        "分别超额完成{20%|change|超额完成}和{12%|change|超额完成}。",
    )
    assert links["20%"] == ["10个"]


def test_units_that_measure_something_else_never_pair():
    links = linked(
        "举办招聘会{150场|target|举办招聘会}。",
        "举办招聘会提供岗位{41000个|actual|招聘会|提供岗位}，进场求职{9000人次|actual|招聘会|进场求职}。",
    )
    assert links == {}


def test_areas_in_different_units():
    links = linked(
        "整治高标准农田{4平方公里|target|整治高标准农田}。",
        "整治高标准农田{3000亩|actual|整治高标准农田}，完成年度任务的{50%|rate|整治高标准农田}。",
    )
    assert links == {"3000亩": ["4平方公里"], "50%": ["3000亩", "4平方公里"]}


def test_people_and_attendances_are_comparable():
    links = linked("培训农民{800人次|target|培训农民}。", "培训农民{659人|actual|培训农民}。")
    assert links == {"659人": ["800人次"]}


def test_a_number_that_names_no_thing_counts_the_one_before():
    links = linked(
        "完成危桥改造任务。",
        "全县列入计划的危桥共{46座|target|列入计划的危桥}。已动工{31座|actual|动工}，竣工{19座|actual|竣工}。",
    )
    assert links == {"31座": ["46座"], "19座": ["46座"]}


def test_a_rate_said_again_among_the_problems():
    links = linked(
        "新增市场主体{9000户|target|新增市场主体}。",
        "新增市场主体{3150户|actual|新增市场主体}，完成年度任务的{35%|rate|新增市场主体}。",
        problems="新增市场主体仅完成年度任务的{35.0%|rate|新增市场主体}，进度滞后。",
    )
    assert links["35.0%"] == links["35%"] == ["3150户", "9000户"]


def test_a_bracket_is_not_seen_from_outside_it():
    links = linked(
        "绿化村庄{110个|target|绿化村庄}。",
        "绿化村庄{77个|actual|绿化村庄}（其中省级示范村{17个|actual|绿化村庄|省级示范村}），占任务的{70%|rate|绿化村庄}。",
    )
    assert links == {"77个": ["110个"], "70%": ["77个", "110个"]}


def test_a_plan_by_quarter_restates_only_the_task():
    report = passages(
        {
            "task": "建设书屋{80间|target|建设书屋}。",
            "plan": "一季度开展读书活动{3场|target|读书活动}。二季度开展读书活动{3场|target|读书活动}。"
            "四季度建成书屋{80间|target|建成书屋}。",
        }
    )
    link(report)
    assert targets_of(report) == {"80间": ["80间"]}


def test_tasks_do_not_reach_into_each_other():
    report = passages(
        {"task": "新建公厕{9座|target|新建公厕}。", "progress": "正在选址。"},
        {"task": "加强管理。", "progress": "新建公厕{4座|actual|新建公厕}。"},
    )
    link(report)
    assert targets_of(report) == {}


def test_prose_is_paired_within_its_paragraph():
    report = passages(
        prose="计划新建驿站{30个|target|新建驿站}，已建成{12个|actual|新建驿站}。\n新建驿站{7个|actual|新建驿站}。"
    )
    link(report)
    assert targets_of(report) == {"12个": ["30个"]}


@pytest.mark.parametrize("metric", ["", "个", "项目", "完成"])
def test_the_place_in_the_text_tells_where_the_metric_does_not(metric):
    links = linked(
        "新增停车位{3000个|target|新增停车位}。",
        f"全市新增停车位{{1260个|actual|{metric}}}，完成年度任务的{{42%|rate|{metric}}}。",
    )
    assert links == {"1260个": ["3000个"], "42%": ["1260个", "3000个"]}


def test_the_arithmetic_tells_which_of_two_totals_is_meant():
    links = linked(
        "推进征拆。",
        "共需拆迁{8000平方米|target|共需拆迁}（协议数），实际需拆迁{9200平方米|target|实际需拆迁}，"
        "已拆迁{7384平方米|actual|已拆迁}，占协议数的{92.3%|rate|已拆迁}。",
    )
    assert links["7384平方米"] == ["8000平方米"]
    assert links["92.3%"] == ["7384平方米", "8000平方米"]


def test_what_comes_on_top_is_not_answered_by_what_is_done():
    links = linked("推进政务上网。", "已上网{12项|actual|政务事项上网}，年内还将上网{19项|target|政务事项上网}。")
    assert links == {}


def test_prose_that_reviews_one_year_and_plans_the_next():
    report = passages(
        prose="新建驿站{30个|actual|新建驿站;;2021-12-31}，明年计划新建驿站{45个|target|新建驿站;;2022-12-31}。"
    )
    link(report)
    assert targets_of(report) == {}


def test_an_overlong_paragraph_is_cut_and_still_paired_where_numbers_are_near():
    report = passages(
        prose="".join(f"计划植树{{{i}00亩|target|植树}}，已植树{{{i}0亩|actual|植树}}。" for i in range(1, 151))
    )
    link(report)
    links = targets_of(report)
    assert sum(targets == [f"{source[:-1]}0亩"] for source, targets in links.items()) >= 140


# the words in the data file


@pytest.mark.parametrize("entry", load("pairing")["weight"], ids=lambda e: str(e["value"]))
def test_light_words_do_not_make_two_metrics_alike(entry):
    from mse.extract.similarity import Wording

    wording = Wording()
    assert wording.similarity(*entry["alike"]) > wording.similarity(*entry["unlike"])


@pytest.mark.parametrize("name", [n for n, e in load("pairing").items() if "counterexample" in e and "words" in e])
def test_cue_words_are_in_the_example_and_not_in_the_counterexample(name):
    entry = load("pairing")[name]
    assert any(word in entry["example"] for word in entry["words"])
    assert not any(word in entry["counterexample"] for word in entry["words"])


@pytest.mark.parametrize("name", [n for n, e in load("pairing").items() if "counterexample" in e and "pattern" in e])
def test_patterns_match_the_example_and_not_the_counterexample(name):
    import regex

    entry = load("pairing")[name]
    pattern = regex.compile(entry["pattern"])
    matches = pattern.search if name == "scope_list" else pattern.fullmatch
    assert matches(entry["example"])
    assert not matches(entry["counterexample"])


@pytest.mark.parametrize(("a", "b"), load("pairing")["interchangeable"]["examples"])
def test_units_that_may_answer_each_other(a, b):
    from mse.extract.comparable import comparable

    assert comparable(a, b)
    assert comparable(b, a)


@pytest.mark.parametrize(("a", "b"), load("pairing")["interchangeable"]["counterexamples"])
def test_units_that_may_not(a, b):
    from mse.extract.comparable import comparable

    assert not comparable(a, b)
    assert not comparable(b, a)


# properties


def all_links(report: Passages) -> list[tuple[tuple[int, int], str, list[tuple[int, int]]]]:
    return [(m.span, name, spans) for p in report.items for m in p.mentions for name, spans in m.links.items()]


@given(REPORT)
@settings(max_examples=150, deadline=None)
def test_links_point_at_other_mentions_of_the_same_task(report):
    link(report)
    roles = {m.span: (m.role, m.task) for p in report.items for m in p.mentions}
    for span, name, spans in all_links(report):
        role, task = roles[span]
        assert name in ("actual", "target")
        assert len(spans) == 1
        assert role in ("actual", "change", "rate", "target")
        assert name == "target" or role == "rate"
        assert roles[spans[0]] == (name, task)
        assert spans[0] != span


@given(REPORT)
@settings(max_examples=50, deadline=None)
def test_linking_again_changes_nothing(report):
    link(report)
    first = all_links(report)
    link(report)
    assert all_links(report) == first


def test_a_plan_that_is_only_named_is_met_by_the_only_sum_of_its_unit():
    links = linked("年度计划{8000万元|target|年度计划}。", "累计完成投资{6300万元|actual|累计完成投资}。")
    assert links == {"6300万元": ["8000万元"]}
    links = linked("采购设备{8000万元|target|采购设备}。", "累计完成投资{6300万元|actual|累计完成投资}。")
    assert links == {}
