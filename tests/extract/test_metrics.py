"""What a number measures: each class of words at its work in its own example, and metrics that lean on others."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysed import analysed, metrics, quantities
from mse.grammar import load

WORDS = load("metrics")

# Table of words -> metrics of the numbers in its example.
EXAMPLES = {
    "region": ["新增就业"],
    "adverb": ["完成投资"],
    "copula": ["合格率"],
    "done_before": ["土地确权实测面积"],
    "light": ["改造管网", "改造管网|完工"],
    "remainder": ["剩余"],
    "preposition": ["降低用电成本"],
    "verb": ["新增|科技企业孵化器"],
    "predicate": ["设备|已到位"],
    "area": ["新建公厕", "新建公厕", "新建公厕"],
    "opener": ["警务室进行验收"],
    "tail_strip": ["组织|企业开展对接"],
    "verb_prefix": ["累计完成建设|实验室"],
    "organization": ["开展执法巡查", "破获案件"],
    "new_clause": ["拆除围网"],
    "edge": ["公共厕所"],
    "light_verb": ["土地征收累计完成", "土地征收|同比增长"],
    "light_noun": ["教学楼|已完成|建设"],
    "bare_ratio": ["接收刑满释放人员", "接收刑满释放人员|安置率"],
    "share_of": ["民生支出", "民生支出|占一般公共预算支出"],
    "happened": ["市级负担资金|已全额下拨"],
    "stage_inside": ["适老化改造已入户评估", "适老化改造|完工"],
    "state": ["学校加固工程|完成总工程量"],
    "sure_copula": ["“七类线索”占比", "按期办结率", "早稻播栽"],
    "money_tail": ["投入建设资金"],
    "bound_inside": ["贫困人口人均收入"],
    "relative_end": ["整治"],
    "sure_predicate": ["配套经费|已报市政府审批"],
    "heading": ["完成投资"],
    "average": ["新建大棚", "亩均增收"],
    "inside_time": ["收入比", "收入比"],
    "distance": ["城镇化率", "城镇化率|距2025年目标值", "城镇化率|差"],
    "rate_end": ["投资|完成率"],
    "pointer": ["新建公厕", "改造公厕", "改造公厕|年底前全部启用"],
    "telling": ["实事", "实事|达到进度", "实事|未达到进度"],
    "such_as": ["完成|项目"],
    "together": ["接报警情"],
    "idle": ["区级民生实事"],
    "sends": ["选派|农技员"],
    "spends": ["投入|引进设备", "引进设备"],
    "compared": ["受理报警", "受理报警", "受理报警|减少"],
    "areas": ["省份", "开工扶贫项目"],
    "sums_up": ["街道", "街道共设置网格"],
    "brief_verb": ["简易案件", "简易案件|罚"],
    "pace": ["改造农房", "改造农房|完成进度"],
    "plan": ["新增就业", "就业|年度目标", "新增就业"],
}


def only_metrics(found: list[tuple[str, str]]) -> list[str]:
    return [metric for _, metric in found]


def test_every_table_of_words_is_tried():
    assert set(EXAMPLES) == set(WORDS)


@pytest.mark.parametrize("table", EXAMPLES)
def test_the_words_do_their_work_in_their_example(table):
    assert only_metrics(metrics(WORDS[table]["example"])) == EXAMPLES[table]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新增公办学位1.2万个", ["新增公办学位"]),
        ("新增5家孵化器", ["新增|孵化器"]),
        ("新建公厕12座、停车场3个", ["新建公厕", "新建|停车场"]),
        ("建档率和管理率分别达到80%和35%", ["建档率", "管理率"]),
        ("城镇、农村低保标准分别为609元、300元", ["城镇|低保标准", "农村|低保标准"]),
        ("宫颈癌、乳腺癌筛查各4000例", ["宫颈癌、乳腺癌筛查"]),
        ("固定资产投资完成711亿元，同比增长7.4%", ["固定资产投资完成", "固定资产投资|同比增长"]),
        ("工业总产值增长8%，高于全省平均2.1个百分点", ["工业总产值|增长", "工业总产值|高于全省平均"]),
        ("利润总额同比下降3%，降幅比上季度收窄1个百分点", ["利润总额|同比下降", "利润总额|降幅|比上季度收窄"]),
        ("按可比价格计算，生产总值增长6%", ["生产总值|增长"]),
        ("完成投资3亿元，占年度计划的31%", ["完成投资", "完成投资|占年度计划"]),
        ("无障碍改造：入户评估1136户，完成改造782户", ["入户评估", "无障碍改造|完成改造"]),
        ("净利润扭亏为盈，达3.2亿元", ["净利润扭亏为盈"]),
        ("普惠性幼儿园覆盖率由86%上升为91%", ["普惠性幼儿园覆盖率", "普惠性幼儿园覆盖率"]),
        ("优良天数比率提高4个百分点，女性占比提升2个百分点", ["优良天数比率|提高", "女性占比|提升"]),
        ("某车企4月销量21万辆", ["某车企|销量"]),
        ("人均收入由2020年的9860元提高到去年的13420元", ["人均收入", "人均收入"]),
        ("农贸市场由原定18个调整为20个，已完成7个", ["农贸市场", "农贸市场", "农贸市场|完成"]),
        ("计划新开工的31个项目中，已开工24个", ["新开工|项目", "项目|开工"]),
        ("建成“四好农村路”520公里", ["建成“四好农村路”"]),
        ("优良率53.6%，近视率控制在50%以内", ["优良率", "近视率"]),
        ("营业收入2亿元，资产负债率降至48%", ["营业收入", "资产负债率"]),
        ("一是新建泊位600个", ["新建泊位"]),
        ("新建120个5G基站和2块11人制足球场", ["新建|5G基站", "新建|11人制足球场"]),
        ("体检建档率均达到97%", ["体检建档率"]),
        ("冻结涉案资金逾1.2亿元", ["冻结涉案资金"]),
        ("县总工会累计慰问困难职工840人", ["累计慰问困难职工"]),
        ("投入资金90万元对3座山塘进行加固", ["投入资金", "山塘进行加固"]),
        ("投入资金90万元购置农机35台", ["投入资金", "购置农机"]),
        ("20名驻村干部走访群众860户", ["驻村干部", "驻村干部走访群众"]),
        ("改造农村公路46条118公里", ["改造农村公路", "改造农村公路"]),
        ("全年任务中：20户以上自然村通路36个88公里", ["自然村通路", "20户以上自然村通路", "20户以上自然村通路"]),
        ("通过验收的7个项目进展情况如下", ["通过验收|项目"]),
        ("400座山塘（2021—2025年）已除险120座", ["山塘", "山塘|已除险"]),
        ("养老机构改造完成6家", ["养老机构改造完成"]),
        ("改造公厕9座（含（一）期），剩余3座年底前完工", ["改造公厕", "改造公厕|剩余"]),
        ("查处违规广告（店外经营、占道促销等）700余处", ["查处违规广告"]),
        ("改造提升了46公里农村公路", ["改造提升|农村公路"]),
        ("查处问题19起，整改率100%；其中油烟投诉8起", ["查处问题", "查处问题|整改率", "查处问题|油烟投诉"]),
        ("已开工的项目中竣工项目已有18个", ["竣工项目"]),
        ("农村沼气、危房改造等4个项目已完工", ["项目已完工"]),
        ("24项民生工程中，殡葬服务、扬尘治理等3项已完成任务", ["民生工程", "民生工程|已完成任务"]),
        ("生活污水治理，全年任务为70个村", ["生活污水治理|村"]),
        ("添置床位230个，其中农村低保保障标准达560元", ["添置床位", "农村低保保障标准"]),
        ("2600个村通公路建设。上半年已完成建设402公里", ["村通公路建设", "村通公路建设|建设"]),
        ("改扩建20个乡镇文化站、建成45家农家书屋", ["改扩建|乡镇文化站", "建成|农家书屋"]),
        ("抽检食品105批次，其中抽检食品不合格6批次", ["抽检食品", "抽检食品不合格"]),
        ("蔬菜播种面积17万亩，产量32万吨", ["蔬菜播种面积", "蔬菜播种面积|产量"]),
        ("新增10家上市企业的目标实现压力较大", ["新增|上市企业"]),
        ("引进世界500强、中国500强、上市公司或龙头企业项目3个", ["引进世界500强、中国500强、上市公司或龙头企业项目"]),
        (
            "这90个补短板项目中，已立项25个，在建40个，已竣工18个",
            ["补短板项目", "补短板项目|立项", "补短板项目|在建", "补短板项目|竣工"],
        ),
        ("幼儿园73所（41所民办）", ["幼儿园", "幼儿园|民办"]),
        ("26个街道（镇、园区）共设置网格589个", ["街道（镇、园区）", "街道（镇、园区）共设置网格"]),
        ("83个省、市重点项目完成投资6亿元", ["省、市重点项目", "省、市重点项目完成投资"]),
        ("剩余9项整改任务正在积极推进", ["整改任务"]),
        ("新签约工业项目58个、占比26.5%", ["新签约工业项目", "新签约工业项目|占比"]),
        ("19项细化任务已全部分解", ["细化任务"]),
        ("303个区重点项目中在建项目数为278个", ["区重点项目", "区重点项目|在建项目数"]),
        ("涉及8个乡约1.2万亩耕地", ["乡", "耕地"]),
        ("敬老院共入住老人62人", ["敬老院共入住老人"]),
        ("共走访全镇310户脱贫户", ["共走访|脱贫户"]),
    ],
)
def test_a_metric_is_understandable_alone(text, expected):
    assert only_metrics(metrics(text)) == expected


def test_parts_say_what_they_are_part_of_and_do_not_pile_up():
    found = metrics("外贸总额38亿元。其中，出口27亿元；进口11亿元。")
    assert found == [("38亿元", "外贸总额"), ("27亿元", "外贸总额|出口"), ("11亿元", "外贸总额|进口")]


def test_places_are_the_scope_and_not_the_metric():
    found = quantities("新建公厕20座，其中端州区18座、鼎湖区2座")
    assert [(m.metric, m.scope) for m in found][1:] == [("新建公厕", "端州区"), ("新建公厕", "鼎湖区")]


def test_a_list_of_places_before_the_thing_is_its_scope():
    found = quantities("建成桃源区、河东区、杏花区、云湖旅游度假区食堂共9家，完成河东区道路改造3公里")
    assert [(m.metric, m.scope) for m in found] == [
        ("建成|食堂", "桃源区、河东区、杏花区、云湖旅游度假区"),
        ("完成|道路改造", "河东区"),
    ]


def test_a_place_before_each_bracket_is_the_scope():
    found = quantities("全省完成农房改造3.2万户。进度较快的有：河北（98%）、辽宁（95%）")
    assert [(m.metric, m.scope) for m in found][1:] == [("完成农房改造", "河北"), ("完成农房改造", "辽宁")]


def test_a_remark_in_brackets_names_nothing_of_what_follows_it():
    text = "常年开展的有3项（殡葬服务；扬尘治理；停车秩序），其余17项中，已完成12项。这12项均已验收。"
    found = metrics("20项民生实事中不设年度任务，" + text)
    assert found[0] == ("20项", "民生实事")
    assert found[2:] == [("17项", "民生实事"), ("12项", "民生实事|完成"), ("12项", "民生实事|均已验收")]


def test_no_words_of_an_office_that_acts_are_taken_for_a_place():
    assert [m.scope for m in quantities("民政部门为全市3.2万名低保对象发放低保金1.26亿元")] == ["", ""]


def test_a_bare_act_takes_the_thing_of_the_promise_that_names_it():
    found = metrics(task="新开工安置房1800套，建成2400套。", progress="上半年，新开工1824套；建成2406套。")
    assert found[2:] == [("1824套", "新开工安置房|新开工"), ("2406套", "新开工安置房|建成")]


def test_a_bare_duty_takes_the_metric_of_its_task():
    found = metrics(task="新增绿地200公顷。", plan="一季度完成绿地30公顷；四季度全面完成200公顷任务。")
    assert "绿地" in found[-1][1]
    assert "任务" not in found[-1][1]


def test_a_status_takes_the_metric_of_its_task():
    assert metrics(task="改造老旧小区50个。", progress="已完工32个。") == [
        ("50个", "改造老旧小区"),
        ("32个", "改造老旧小区|完工"),
    ]


PIECES = [
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
PIECES += ["公厕", "的", "率", "项目", "\n", "2023年", "以上", "端州区", "：", "“", "”", "2.1个百分点", "剩余", "任务"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.sampled_from(["task", "progress", "plan"]))
def test_metric_spans_are_the_pieces_of_the_metric(text, cell):
    found = analysed(task="新建公厕12座，完成投资3亿元。", **({} if cell == "task" else {cell: text}))
    whole = found.report.text
    for mention in found.mentions:
        if mention.type == "quantity":
            assert mention.metric == "|".join(whole[a:b] for a, b in mention.metric_spans)
            assert all(0 <= a < b <= len(whole) for a, b in mention.metric_spans)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="增长完成3亿元12%、，。（）其中“”：由至 \n的", max_size=60))
def test_metric_spans_hold_in_any_prose(text):
    found = analysed(text)
    for mention in found.mentions:
        if mention.type == "quantity":
            assert mention.metric == "|".join(found.report.text[a:b] for a, b in mention.metric_spans)


def test_scales_between_a_number_and_its_noun_are_passed_over():
    found = dict(metrics(task="新建一栋占地面积600平方米、建筑面积3600平方米的学生宿舍。", progress="无。"))
    assert found["一栋"] == "新建|学生宿舍"


def test_a_remark_with_numbers_is_no_part_of_the_noun():
    found = dict(metrics(task="完成12座公厕的建设任务（其中甲镇8座、乙镇4座）。", progress="无。"))
    assert "（" not in found["12座"]
    assert "8座" not in found["12座"]
