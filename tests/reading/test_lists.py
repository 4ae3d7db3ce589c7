"""Reports whose tasks are the items of a numbered list."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mse
from mse.grammar import load
from mse.reading import read_text
from mse.reading.items import COLUMNS
from mse.reading.lists import listed


def tasks_of(text: str) -> list[mse.Task]:
    return read_text(dedent(text).lstrip()).tasks


def cells(task: mse.Task, text: str) -> dict[str, str]:
    return {cell.role: text[cell.start : cell.end] for cell in task.cells}


LABELLED = """\
河东区2021年十件民生实事完成情况

十件民生实事总体进展顺利。

一、教育惠民
1.新建公办小学8所，新增学位9600个
牵头单位：区教育局
配合单位：区自然资源局、区财政局
完成情况：已建成7所，新增学位8200个。
2.为小学生提供课后服务
责任单位：区教育局；责任人：王强
完成情况：累计服务1.2万人。
存在问题：师资不足。
二、健康惠民
3.完成“两癌”筛查3万人
牵头单位：区卫生健康局
完成情况：截至11月底，完成筛查31260人。
下一步计划：2022年筛查2万人。

附件：河东区民生实事一览表
"""


def test_labels_cut_items_into_cells():
    report = read_text(LABELLED)
    first, second, third = report.tasks
    assert [(task.number, task.category) for task in report.tasks] == [
        ("1", "一、教育惠民"),
        ("2", "一、教育惠民"),
        ("3", "二、健康惠民"),
    ]
    assert cells(first, report.text) == {
        "task": "新建公办小学8所，新增学位9600个",
        "progress": "已建成7所，新增学位8200个。",
    }
    assert first.lead_organizations == ["区教育局"]
    assert first.supporting_organizations == ["区自然资源局", "区财政局"]
    assert second.persons == ["王强"]
    assert cells(second, report.text)["problems"] == "师资不足。"
    assert cells(third, report.text)["plan"] == "2022年筛查2万人。"


def test_numbers_and_labels_say_nothing():
    report = read_text(LABELLED)
    outside = [report.text[start:end] for start, end in report.regions]
    assert {"1.", "牵头单位：", "完成情况：", "下一步计划：", "一、教育惠民"} <= {text.strip() for text in outside}
    assert not any("8所" in text for text in outside)


def test_targets_meet_actuals_within_an_item():
    facts = [fact for fact in mse.extract(read_text(LABELLED)) if fact.target and fact.actual]
    assert [(fact.task.number, fact.target.text, fact.actual.text) for fact in facts] == [
        ("1", "8所", "7所"),
        ("1", "9600个", "8200个"),
        ("3", "3万人", "31260人"),
    ]


def test_the_sentence_that_passes_to_what_was_done():
    text = """\
        青山县2020年民生实事进展情况（截至2020年9月30日）
        一、新建幼儿园6所。（牵头单位：县教育局）截至9月底，已建成5所。
        二、改造农村公路120公里。目前，已完成118公里。
        三、新增城镇就业5000人。1-9月，新增就业4630人。
        """
    found = tasks_of(text)
    assert [task.text for task in found] == [
        "新建幼儿园6所。（牵头单位：县教育局）",
        "改造农村公路120公里。",
        "新增城镇就业5000人。",
    ]
    assert found[0].lead_organizations == ["县教育局"]
    assert [[cell.role for cell in task.cells] for task in found] == [["task", "progress"]] * 3


def test_a_list_that_only_plans_promises():
    text = """\
        青山县2020年民生实事任务分解表
        （一）新建幼儿园6所。责任单位：县教育局。完成时限：2020年8月底前。
        （二）改造农村公路120公里。责任单位：县交通运输局。完成时限：2020年11月底前。
        （三）城镇登记失业率控制在3.5%以内。责任单位：县人社局。完成时限：2020年12月底前。
        """
    facts = mse.extract(read_text(dedent(text)))
    assert [(fact.target.text, str(fact.date), fact.lead_organizations) for fact in facts if fact.target] == [
        ("6所", "2020-08-31", ["县教育局"]),
        ("120公里", "2020-11-30", ["县交通运输局"]),
        ("3.5%", "2020-12-31", ["县人社局"]),
    ]
    assert all(fact.actual is None for fact in facts)


def test_items_below_headings_take_the_heading_as_category_and_a_line_as_task():
    text = """\
        督查通报：重点项目进展情况
        一、交通
        1、东环路改造
        年初开工。截至6月底，已完成投资3亿元。
        2、客运站迁建
        目前，主体已封顶。
        二、水利
        1、河道整治
        截至6月底，已整治河道12公里。
        """
    found = tasks_of(text)
    assert [(task.number, task.category, task.text) for task in found] == [
        ("1", "一、交通", "东环路改造年初开工。"),
        ("2", "一、交通", "客运站迁建"),
        ("1", "二、水利", "河道整治"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        # the sections of a report
        """\
        关于2022年重点任务完成情况的报告
        一、主要工作完成情况
        上半年，完成投资45亿元。
        二、存在的主要问题
        投资增长2.1%。
        三、下一步工作计划
        确保完成投资100亿元。
        """,
        # a list in the news
        """\
        专家谈新技术的意义
        1.提升监测能力。
        2.降低成本30%。
        3.带动产业发展，预计产值达50亿元。
        """,
        # two of which one tells nothing of what was done are no list
        """\
        2020年民生实事进展情况
        一、新建幼儿园6所。截至9月底，已建成5所。
        二、改造公路120公里。
        """,
        # two sections about how things stand
        """\
        2020年民生实事进展情况
        一、提前完成的指标有6项。截至7月底，6项指标完成全年任务。
        二、进度滞后的指标有2项。截至7月底，2项指标未到半数。
        """,
        # numbers that count nothing up
        """\
        2020年民生实事进展情况
        7.新建幼儿园6所。截至9月底，已建成5所。
        3.改造公路120公里。目前，已完成118公里。
        9.新增就业500人。目前，已完成300人。
        """,
        "",
        "2020年全市完成投资3亿元。",
    ],
)
def test_what_is_no_list_of_tasks(text: str):
    assert tasks_of(text) == []


def test_a_table_goes_before_a_list():
    rows = [
        "序号\t工作任务\t进展情况",
        "1\t新建幼儿园6所\t一、已建成5所。",
        "2\t改造公路9公里\t已完成。",
        "3\t植树30亩\t已完成。",
    ]
    text = "\n".join(rows)
    assert [task.text for task in tasks_of(text)] == ["新建幼儿园6所", "改造公路9公里", "植树30亩"]


@pytest.mark.parametrize("entry", load("lists")["style"])
def test_every_style_of_numbers_opens_an_item(entry: dict[str, str]):
    first, (second, third) = entry["example"], ("二三", "23")["1" in entry["example"]]
    if "①" in first:
        lines = [first, first.replace("①", "②"), first.replace("①", "③")]
    else:
        one = "1" if "1" in first else "一"
        lines = [first, first.replace(one, second), first.replace(one, third)]
    found = listed("\n".join(f"{line}。截至9月底，已建成5所。" for line in lines), "民生实事进展情况")
    assert found is not None
    rows = found.rows
    assert len(rows) == 3
    assert all(row.cells[1].text == "新建公办幼儿园6所。" and row.cells[2].text.startswith("截至") for row in rows)


@pytest.mark.parametrize("section", ["title", "progress"])
def test_every_example_of_the_cues_is_one(section: str):
    for example in load("lists")[section]["example"]:
        items = [
            f"{number}.植树造林{example if section == 'progress' else '截至6月底，已完成'}。" for number in (1, 2, 3)
        ]
        text = "\n".join(item.replace("造林", "造林。") for item in items)
        found = listed(text, example if section == "title" else "民生实事")
        assert found is not None, example
        assert len(found.rows) == 3, example


PIECES = st.sampled_from(
    [
        *("一、", "二、", "（一）", "1.", "2、", "（3）", "①", "第二件：", "\n", "\n\n", "。", "；", "\t", "　", "："),
        *(
            "完成情况：",
            "牵头单位：",
            "【进展情况】",
            "责任人",
            "截至6月底，",
            "已完成5个",
            "附件：",
            "民生实事",
            "存在问题",
            "王强",
        ),
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=300, deadline=None)
def test_cells_are_what_stands_in_the_text(text: str):
    found = listed(text, "民生实事进展情况")
    for row in found.rows if found else []:
        assert len(row.cells) == len(COLUMNS)
        for cell in row.cells:
            assert cell.text == text[cell.start : cell.end]
    mse.extract(read_text(text))


def test_labels_in_brackets_with_their_values():
    text = dedent("""\
        河东镇2024年民生实事进展情况
        1. 修建广场2处【责任单位：镇文化站】【进展情况：已建成1处】
        2. 安装路灯90盏【责任单位：镇村建办】【进展情况：已安装70盏】
        3. 疏浚渠道5公里（进展情况：已疏浚4公里）
        """)
    found = read_text(text).tasks
    assert [cells(task, text) for task in found] == [
        {"task": "修建广场2处", "progress": "已建成1处"},
        {"task": "安装路灯90盏", "progress": "已安装70盏"},
        {"task": "疏浚渠道5公里", "progress": "已疏浚4公里"},
    ]
    assert [task.lead_organizations for task in found] == [["镇文化站"], ["镇村建办"], []]


def test_a_bracket_of_labels_stays_whole_in_the_task_and_leaves_what_was_done():
    text = dedent("""\
        河东区2024年重点任务责任分工
        1.新增企业20家。（责任领导：王强；牵头单位：区科工局；配合单位：区财政局、区税务局；完成时限：12月底前）
        2.新增托位600个。（责任领导：李明；牵头单位：区卫健局；完成时限：10月底前）
        3.改造小区8个。（牵头单位：区住建局）
        """)
    found = read_text(text).tasks
    assert [task.text[-1] for task in found] == ["）"] * 3
    assert (found[0].leaders, found[0].lead_organizations) == (["王强"], ["区科工局"])
    assert found[0].supporting_organizations == ["区财政局", "区税务局"]
    text = dedent("""\
        河东区2024年民生实事进展情况
        1.新增企业20家。截至6月底，已新增12家。（牵头单位：区科工局；配合单位：区财政局）
        2.新增托位600个。截至6月底，已新增320个。（牵头单位：区卫健局）
        3.改造小区8个。截至6月底，已开工5个。（牵头单位：区住建局）
        """)
    found = read_text(text).tasks
    assert [cells(task, text)["progress"][-1] for task in found] == ["。"] * 3
    assert (found[0].lead_organizations, found[0].supporting_organizations) == (["区科工局"], ["区财政局"])


def test_numbered_labels_are_parts_of_the_task_above_them():
    text = dedent("""\
        河东县2024年为民办实事项目进展情况
        一、停车场建设
        （一）建设内容：新增车位1500个。
        （二）责任单位：县城管局
        （三）进展情况：新增车位980个。
        二、学校扩建
        （一）建设内容：新增学位2100个。
        （二）责任单位：县教育局　责任人：王强
        （三）进展情况：新增学位1350个。
        三、管网改造
        （一）建设内容：改造管网12公里。
        （二）责任单位：县水利局
        （三）进展情况：改造管网9公里。
        """)
    report = read_text(text)
    assert [(task.number, task.text, task.lead_organizations) for task in report.tasks] == [
        ("一", "停车场建设", ["县城管局"]),
        ("二", "学校扩建", ["县教育局"]),
        ("三", "管网改造", ["县水利局"]),
    ]
    assert report.tasks[1].persons == ["王强"]
    facts = [fact for fact in mse.extract(report) if fact.target and fact.actual]
    assert [(fact.target.text, fact.actual.text) for fact in facts] == [
        ("1500个", "980个"),
        ("2100个", "1350个"),
        ("12公里", "9公里"),
    ]


@pytest.mark.parametrize("heading", [*load("lists")["aside"]["example"], "存在的困难和问题", "下一步工作打算"])
def test_items_of_sections_that_hold_no_tasks(heading: str):
    tasks = "1.新建学校3所。已建成2所。\n2.修路5公里。已修建3公里。\n3.造林9亩。已完成8亩。\n"
    text = f"河东县民生实事进展情况\n一、重点任务\n{tasks}二、{heading}\n1.部分项目进度偏慢。\n2.资金到位不及时。\n"
    assert len(read_text(text).tasks) == 3


@pytest.mark.parametrize("heading", load("lists")["undertaking"]["example"])
def test_headings_of_undertakings_are_tasks(heading: str):
    lines = [f"{number}、{heading[2:]}\n县财政投入300万元，主体封顶。" for number in "一二三"]
    found = listed("\n".join(lines), "2016年为民办实事进展情况")
    assert found is not None
    assert [row.cells[1].text for row in found.rows] == [heading[2:]] * 3
    assert all(row.cells[2].text.startswith("县财政") for row in found.rows)
    assert listed("\n".join(line.replace(heading[2:], "感谢各界") for line in lines), "实事进展情况") is None


def test_marks_without_numbers_open_items():
    report = read_text(
        dedent("""\
        2019年惠民实事完成情况
        ■ 乡村道路提升工程
        硬化村道130公里。
        修建桥梁4座。
        ■ 校园安全工程
        安装摄像头2100个。
        ■ 文化进村
        放映电影800场。
        """)
    )
    assert [(task.number, task.text) for task in report.tasks] == [
        ("", "乡村道路提升工程"),
        ("", "校园安全工程"),
        ("", "文化进村"),
    ]
    assert cells(report.tasks[0], report.text)["progress"] == "硬化村道130公里。\n修建桥梁4座。"


def test_two_sections_with_plain_labels_are_a_list():
    text = """\
        青山县2012年1-5月实事进展情况通报
        一、危桥改造项目
        目标任务：改造危桥14座。
        目前进度：已改造6座，正在施工5座。
        二、乡镇文化站项目
        目标任务：新建文化站3个。
        目前进度：均已封顶。
        """
    report = read_text(dedent(text))
    assert [task.text for task in report.tasks] == ["危桥改造项目", "乡镇文化站项目"]
    assert [[cell.role for cell in task.cells] for task in report.tasks] == [["task", "progress", "task"]] * 2


def test_a_report_that_lost_its_title_says_what_it_tells_of():
    text = """\
        县政府近期开展了检查。现将1至7月民生工程实施进度通报如下：
        1、危房改造。目前，完成62户。
        2、道路硬化。目前，完成9公里。
        3、水库加固。目前，尚未开工。
        """
    assert [task.text for task in tasks_of(text)] == ["危房改造。", "道路硬化。", "水库加固。"]
    assert tasks_of(text.replace("民生工程实施进度", "天气")) == []


def test_who_answers_may_be_named_behind_a_comma():
    text = """\
        为推进2019年30项民生工程，现将1至8月进度通报如下：
        一、各县综合排名
        1、东山县；2、西河县。
        二、部分项目进展
        1、农村道路工程，牵头单位：市交通局。进度较慢的为西河县。
        2、危房改造，牵头单位：市住建局。完成62户。
        3、职业培训，牵头单位：市人社局，责任人：王强。
        """
    assert len(read_text(dedent(text).replace("，", ",").replace("：", ":")).tasks) == 3
    report = read_text(dedent(text))
    assert [(task.number, task.category, task.text, task.lead_organizations) for task in report.tasks] == [
        ("1", "二、部分项目进展", "农村道路工程", ["市交通局"]),
        ("2", "二、部分项目进展", "危房改造", ["市住建局"]),
        ("3", "二、部分项目进展", "职业培训", ["市人社局"]),
    ]
    assert [cells(task, report.text).get("progress", "") for task in report.tasks] == [
        "进度较慢的为西河县。",
        "完成62户。",
        "",
    ]
    assert report.tasks[2].persons == ["王强"]
    assert (report.metadata.title, report.metadata.year) == ("", 2019)
    assert str(report.metadata.period.end) == "2019-08-31"
