"""Small reports with a contradiction planted in them, each beside its twin in which everything is right.

A case is: what it shows, the task cell, the progress cell, the same progress put right, the kind of finding, and what
the finding must say is stated and computed (as shown). The task cell holds for both.
"""

from __future__ import annotations

from typing import NamedTuple

from mse.model import Report
from mse.reading import read_text


class Case(NamedTuple):
    shows: str
    task: str
    wrong: str
    right: str
    kind: str
    stated: str
    computed: str


TITLE = "海陵县2021年重点工作进展情况表（上半年）"


def report(*rows: tuple[str, str], title: str = TITLE) -> Report:
    """A table of tasks with their progress, one row each."""
    lines = [title, "", "序号\t工作任务\t进展情况"]
    lines += [f"{i}\t{task}\t{progress}" for i, (task, progress) in enumerate(rows, 1)]
    return read_text("\n".join([*lines, ""]))


CASES = [
    # ---- rates
    Case(
        "a share of the restated target",
        "组织渔民培训2400人次。",
        "1-6月，组织渔民培训1140人次，完成全年任务2400人次的57.5%。",
        "1-6月，组织渔民培训1140人次，完成全年任务2400人次的47.5%。",
        "rate",
        "57.5%",
        "47.5%",
    ),
    Case(
        "a share of the task's target",
        "全年造林8000亩。",
        "1-6月，完成造林5200亩，占年度计划的56%。",
        "1-6月，完成造林5200亩，占年度计划的65%。",
        "rate",
        "56%",
        "65%",
    ),
    Case(
        "units turned into each other",
        "新增产业用地6平方公里。",
        "1-6月，新增产业用地3150亩，完成年度任务的52.5%。",
        "1-6月，新增产业用地3150亩，完成年度任务的35%。",
        "rate",
        "52.5%",
        "35%",
    ),
    Case(
        "money in different scales",
        "完成水利投资1.6亿元。",
        "1-6月，完成水利投资7360万元，占年度计划1.6亿元的64%。",
        "1-6月，完成水利投资7360万元，占年度计划1.6亿元的46%。",
        "rate",
        "64%",
        "46%",
    ),
    Case(
        "a total named in the progress",
        "推进供热管网改造。",
        "需改造老旧换热站75座，已完成63座，完成率为74%。",
        "需改造老旧换热站75座，已完成63座，完成率为84%。",
        "rate",
        "74%",
        "84%",
    ),
    Case(
        "a total of money",
        "推进引水工程。",
        "引水工程累计完成投资45000万元，占总投资60000万元的85%。",
        "引水工程累计完成投资45000万元，占总投资60000万元的75%。",
        "rate",
        "85%",
        "75%",
    ),
    Case(
        "above one hundred",
        "全年检修变压器320台。",
        "1-6月，检修变压器400台，完成全年任务320台的152%。",
        "1-6月，检修变压器400台，完成全年任务320台的125%。",
        "rate",
        "152%",
        "125%",
    ),
    Case(
        "a total in brackets right before the share",
        "推进桥梁施工。",
        "钢梁吊装完成408片，占总量（480片）的75%。",
        "钢梁吊装完成408片，占总量（480片）的85%。",
        "rate",
        "75%",
        "85%",
    ),
    Case(
        "a share right behind a part of a named total",
        "推进网站集约化。",
        "全县共有政务网站320个，已迁移208个，占比56%。",
        "全县共有政务网站320个，已迁移208个，占比65%。",
        "rate",
        "56%",
        "65%",
    ),
    # ---- shares of a whole
    Case(
        "a share above all",
        "农产品抽检合格率达98%以上。",
        "1-6月，农产品抽检合格率达109.2%。",
        "1-6月，农产品抽检合格率达99.2%。",
        "proportion",
        "109.2%",
        "100%",
    ),
    # ---- sums
    Case(
        "parts in brackets",
        "建设村级卫生室。",
        "上半年建成村级卫生室46间（新建21间、改扩建27间）。",
        "上半年建成村级卫生室46间（新建19间、改扩建27间）。",
        "sum",
        "46间",
        "48间",
    ),
    Case(
        "places in brackets",
        "建设充电桩。",
        "上半年建成充电桩95个（东港镇38个、西坝镇32个、南岭乡27个）。",
        "上半年建成充电桩95个（东港镇38个、西坝镇32个、南岭乡25个）。",
        "sum",
        "95个",
        "97个",
    ),
    Case(
        "places behind 其中 that come to more",
        "拨付渔业补助。",
        "已拨付渔业补助资金820.5万元，其中东港镇410.3万元、西坝镇300.2万元、南岭乡210.0万元。",
        "已拨付渔业补助资金820.5万元，其中东港镇410.3万元、西坝镇300.2万元、南岭乡110.0万元。",
        "sum",
        "820.5万元",
        "920.5万元",
    ),
    Case(
        "a part above the whole",
        "发展民宿。",
        "上半年新增民宿58家，其中精品民宿85家。",
        "上半年新增民宿58家，其中精品民宿15家。",
        "part",
        "58家",
        "85家",
    ),
    Case(
        "imports and exports",
        "稳定外贸。",
        "1-6月，进出口总额92.4亿元，其中出口60.1亿元、进口23.3亿元。",
        "1-6月，进出口总额92.4亿元，其中出口60.1亿元、进口32.3亿元。",
        "sum",
        "92.4亿元",
        "83.4亿元",
    ),
    Case(
        "a total behind its parts",
        "推行一窗办理。",
        "首批上线事项35项，第二批上线事项48项，合计81项。",
        "首批上线事项35项，第二批上线事项48项，合计83项。",
        "sum",
        "81项",
        "83项",
    ),
    Case(
        "what is left",
        "推进房屋征收。",
        "片区共有房屋264户，已签约187户，剩余87户正在协商。",
        "片区共有房屋264户，已签约187户，剩余77户正在协商。",
        "sum",
        "264户",
        "274户",
    ),
    Case(
        "levels of government",
        "落实寄宿补助。",
        "共需资金1260万元（省级资金700万元、市级资金360万元、县级资金300万元）。",
        "共需资金1260万元（省级资金700万元、市级资金360万元、县级资金200万元）。",
        "sum",
        "1260万元",
        "1360万元",
    ),
    # ---- growth
    Case(
        "from one level to another",
        "扩大社区食堂。",
        "社区食堂由40家增加到56家，增长60%。",
        "社区食堂由40家增加到56家，增长40%。",
        "growth",
        "60%",
        "40%",
    ),
    Case(
        "a fall",
        "减少低效企业。",
        "低效企业由250家减少到205家，下降28%。",
        "低效企业由250家减少到205家，下降18%。",
        "growth",
        "28%",
        "-18%",
    ),
    Case(
        "in percentage points",
        "提高垃圾分类覆盖面。",
        "垃圾分类覆盖率由72%提高到85%，提高23个百分点。",
        "垃圾分类覆盖率由72%提高到85%，提高13个百分点。",
        "growth",
        "23个百分点",
        "13个百分点",
    ),
    Case(
        "in numbers",
        "扩大图书馆分馆。",
        "图书馆分馆由18个增加到31个，增加15个。",
        "图书馆分馆由18个增加到31个，增加13个。",
        "growth",
        "15个",
        "13个",
    ),
    # ---- distances from a target
    Case(
        "below the target",
        "工业增加值增长8%。",
        "1-6月，工业增加值增长5.3%，低于全年目标3.7个百分点。",
        "1-6月，工业增加值增长5.3%，低于全年目标2.7个百分点。",
        "difference",
        "3.7个百分点",
        "-2.7个百分点",
    ),
    Case(
        "above the target",
        "进出口总额增长4%。",
        "1-6月，进出口总额增长9.5%，高于全年目标4.5个百分点。",
        "1-6月，进出口总额增长9.5%，高于全年目标5.5个百分点。",
        "difference",
        "4.5个百分点",
        "5.5个百分点",
    ),
    # ---- targets told again
    Case(
        "the year's target told again",
        "全年新建健身步道45公里。",
        "全年新建健身步道目标为54公里，目前已完成20公里。",
        "全年新建健身步道目标为45公里，目前已完成20公里。",
        "restated",
        "54公里",
        "45公里",
    ),
    # ---- dates
    Case(
        "month and year signs mixed up",
        "举办龙舟赛。",
        "2021月5月12日举办龙舟赛，参赛队伍24支。",
        "2021年5月12日举办龙舟赛，参赛队伍24支。",
        "broken_date",
        "2021月5月12日",
        "",
    ),
    Case(
        "a day the month does not have",
        "开展安全培训。",
        "2021年4月31日前完成安全培训320人。",
        "2021年4月30日前完成安全培训320人。",
        "broken_date",
        "2021年4月31日",
        "",
    ),
    Case(
        "a month the year does not have",
        "开展巡河行动。",
        "自2021年14月起开展巡河行动65次。",
        "自2021年4月起开展巡河行动65次。",
        "broken_date",
        "2021年14月",
        "",
    ),
    Case(
        "after the reporting period",
        "开展职业技能培训5000人。",
        "截至8月底，已完成职业技能培训3300人。",
        "截至6月底，已完成职业技能培训3300人。",
        "period",
        "截至8月底",
        "2021-06-30",
    ),
    # ---- words against figures
    Case(
        "more than done in words alone",
        "全年检测水样1800份。",
        "1-6月，检测水样1620份，完成全年任务1800份的90%，超额完成任务。",
        "1-6月，检测水样1980份，完成全年任务1800份的110%，超额完成任务。",
        "standing",
        "超额完成",
        "90%",
    ),
    Case(
        "unfinished in words alone",
        "全年放流鱼苗500万尾。",
        "1-6月，放流鱼苗525万尾，完成年度计划的105%，未完成年度目标。",
        "1-6月，放流鱼苗475万尾，完成年度计划的95%，未完成年度目标。",
        "standing",
        "未完成年度",
        "105%",
    ),
    # ---- sums written out
    Case(
        "a division",
        "提高人均公园面积。",
        "人均公园面积为386400÷32200=13.2平方米。",
        "人均公园面积为386400÷32200=12.0平方米。",
        "equation",
        "13.2",
        "12",
    ),
    Case(
        "a sum",
        "统筹支农资金。",
        "统筹支农资金320万元+185万元+95万元=610万元。",
        "统筹支农资金320万元+185万元+95万元=600万元。",
        "equation",
        "610万",
        "600万",
    ),
    Case(
        "a product",
        "发放高温补贴。",
        "高温补贴按1250人×300元=385000元发放。",
        "高温补贴按1250人×300元=375000元发放。",
        "equation",
        "385000",
        "375000",
    ),
    # ---- said twice
    Case(
        "the same comparison twice",
        "发展电商。",
        "1-6月，电商注册商户数同比增加860户，同比增加68户。",
        "1-6月，电商注册商户数同比增加860户，环比增加68户。",
        "twice",
        "68户",
        "860户",
    ),
]

# Figures that look as if they did not fit, and do: what a reader would let pass, the audit must.
INNOCENT = [
    ("the last digit is cut off instead of rounded", "全年栽种果树690株。", "已栽种524株，完成年度任务690株的75.9%。"),
    ("an approximate amount", "完成航道投资9亿元。", "完成航道投资约2.84亿元，占年度计划的31.3%。"),
    (
        "a share of the plan named first",
        "易地搬迁5万人。",
        "推进5万人搬迁。累计下达计划5.38万人，累计完成搬迁4.23万人，占总计划的84.6%。",
    ),
    ("a share of another total", "规范企业用工。", "东港镇检查企业120家，西坝镇检查企业80家，占比40%。"),
    ("more than", "发放宣传册3万册。", "已发放宣传册超过2万册，完成年度任务的70%。"),
    ("a share of the undertaking", "完成码头投资2亿元。", "完成码头投资0.5亿元，占总投资的12%。"),
    ("a share of a quarter's task", "培训护理员800人。", "已培训护理员190人，完成二季度任务的95%。"),
    ("amounts printed coarsely", "完成电网投资9.1亿元。", "完成电网投资3亿元，占年度计划的32%。"),
    ("two numbers together", "眼科、牙科筛查各5000例。", "完成眼科筛查4900例、牙科筛查5050例，完成总任务数99.5%。"),
    ("parts that are not all", "培育合作社。", "新增合作社64家，其中示范社12家、家庭农场联盟8家。"),
    ("stages behind 其中", "组织养老护理培训。", "组织培训684人，其中取证606人、已就业537人。"),
    ("parts that overlap", "培训新农人。", "培训新农人500人（女性280人、脱贫户260人）。"),
    ("other things in brackets", "建设公园。", "建成公园3个（健身点12个、停车位150个）。"),
    ("a remark in brackets", "建设冷库。", "建成冷库18座（全年目标40座）。"),
    ("of each in brackets", "改造公厕。", "改造公厕2座（东港镇、西坝镇各1座）。"),
    ("rounding of parts", "稳定粮食生产。", "粮食产量12.5万吨（东港镇4.2万吨、西坝镇5.1万吨、南岭乡3.3万吨）。"),
    ("a total printed coarsely", "拨付惠农补贴。", "惠农补贴合计5万元（东港镇2.35万元、西坝镇2.68万元）。"),
    ("growth against another time", "扩大夜市。", "夜市摊位由上月的80个增加到90个，同比增长35%。"),
    ("percent for percentage points", "提高入学便利度。", "网上报名率由60%提高到75%，提高15%。"),
    ("times, by either habit", "扩大交易规模。", "交易额由20亿元提高到50亿元，增长1.5倍。"),
    ("a plan that was changed", "改造泵站36座。", "根据省文件要求，改造泵站任务调整为30座，已完成12座。"),
    (
        "a target told again in parts",
        "建成保障房、人才房900套。",
        "建成保障房400套，占建成任务600套的66.7%；人才房任务300套，建成150套。",
    ),
    ("a day within the period", "清淤河道60公里。", "截至6月25日，清淤河道31公里。"),
    ("what is still to come", "开通公交线路10条。", "已开通公交线路4条，预计8月底再开通3条。"),
    ("a running quarter", "改造路灯900盏。", "二季度改造路灯320盏。"),
    ("a promise in words", "检测疫苗800批。", "已检测疫苗600批，完成年度任务的75%，力争超额完成全年任务。"),
    ("another thing was exceeded", "检测水样。", "1-6月，水样检测完成年度任务的85%，招商引资超额完成任务。"),
    ("the whole undertaking behind 其中", "完成园区投资。", "完成园区投资3亿元，其中一期总投资5亿元。"),
    ("leap day", "举办招聘会。", "2020年2月29日以来举办招聘会12场。"),
    ("a sum with changed units", "提高人均支出。", "人均支出为9600万元÷48万人=200元。"),
    (
        "equal names of different places",
        "新建幼儿园。",
        "东港镇新建幼儿园在园幼儿1240人。西坝镇新建幼儿园在园幼儿1120人。",
    ),
    ("growth rates above one hundred", "扩大出口。", "1-6月，跨境电商出口占比提高，出口额同比增长215%。"),
    ("a range", "引进企业。", "引进企业10—15家（工业8家、服务业9家）。"),
    ("numbers of years side by side", "提高养老金。", "2020年养老金为1350元，2021年养老金为1420元。"),
]
