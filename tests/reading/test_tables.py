"""Tables of other governments in both plain-text layouts: other headers, missing columns, merged and split rows."""

from mse.model import Report, Task
from mse.reading import read_text


def marked(*rows: list[str]) -> str:
    """Cells marked by a leading tab, rows divided by blank lines."""
    return "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in rows)


def separated(*rows: list[str]) -> str:
    """One line per row, cells separated by tabs."""
    return "".join("\t".join(row) + "\n" for row in rows)


def cells(report: Report, task: Task) -> list[tuple[str, str]]:
    return [(cell.role, report.text[cell.start : cell.end]) for cell in task.cells]


def test_key_projects_of_a_county_with_heading_rows() -> None:
    report = read_text(
        "云溪县2021年重点工作推进情况表（前三季度）\n\n"
        + separated(
            ["编号", "重点工作", "目前进展情况", "困难和问题", "下一步打算", "分管县领导", "主办单位", "协办单位"],
            ["一、产业发展（2项）", "", "", "", "", "", "", ""],
            [
                "1",
                "新引进企业20家。",
                "已引进企业12家。",
                "用地不足。",
                "四季度再引进8家。",
                "张三丰",
                "县商务局",
                "县财政局、各乡镇",
            ],
            ["2", "完成技改投资3亿元。", "完成2.1亿元。", "无", "加快进度。", "张三丰", "县工信局", "/"],
            ["二、乡村振兴（1项）", "", "", "", "", "", "", ""],
            ["3", "新建高标准农田2万亩。", "完成1.5万亩。", "无", "年底前完成。", "李  明", "县农业农村局", ""],
        )
    )
    assert [t.number for t in report.tasks] == ["1", "2", "3"]
    assert [t.category for t in report.tasks] == ["一、产业发展（2项）"] * 2 + ["二、乡村振兴（1项）"]
    assert [role for role, _ in cells(report, report.tasks[0])] == ["task", "progress", "problems", "plan"]
    assert report.tasks[0].supporting_organizations == ["县财政局", "各乡镇"]
    assert report.tasks[1].supporting_organizations == []
    assert report.tasks[2].leaders == ["李明"]
    assert report.metadata.place == "云溪县"
    assert report.metadata.period is not None
    assert report.metadata.period.model_dump(mode="json") == {"start": "2021-01-01", "end": "2021-09-30"}


def test_merged_categories_and_offices_in_marked_cells() -> None:
    report = read_text(
        marked(
            ["类别", "序号", "民生实事项目", "完成情况", "责任单位", "负责人"],
            ["教育", "1", "新建幼儿园3所。", "已建成2所。", "市教育局", "王  强"],
            ["", "2", "改造食堂10个。", "已改造10个。", "", ""],
            ["医疗", "3", "新增床位200张。", "已新增150张。", "市卫健委", "赵小明"],
        )
    )
    assert [t.category for t in report.tasks] == ["教育", "教育", "医疗"]
    assert [t.lead_organizations for t in report.tasks] == [["市教育局"], ["市教育局"], ["市卫健委"]]
    assert [t.persons for t in report.tasks] == [["王强"], ["王强"], ["赵小明"]]


def test_a_new_office_does_not_take_over_the_person_above() -> None:
    report = read_text(
        marked(
            ["序号", "工作任务", "进展情况", "牵头单位", "责任人"],
            ["1", "建成公园5个。", "建成3个。", "区城管局", "陈一"],
            ["2", "植树5万株。", "植树4万株。", "区林业局", ""],
        )
    )
    assert report.tasks[1].lead_organizations == ["区林业局"]
    assert report.tasks[1].persons == []


def test_responsible_offices_support_where_another_column_leads() -> None:
    report = read_text(
        marked(
            ["序号", "工作任务", "牵头单位", "责任单位", "完成时限"],
            ["1", "办理建议120件。", "区政府办", "区财政局；区人社局", "2021年底前"],
        )
    )
    task = report.tasks[0]
    assert (task.lead_organizations, task.supporting_organizations) == (["区政府办"], ["区财政局", "区人社局"])
    assert cells(report, task)[-1] == ("plan", "2021年底前")


def test_header_repeated_and_row_split_at_a_page_break() -> None:
    head = ["序号", "任务内容", "工作进展", "责任部门"]
    report = read_text(
        separated(
            head,
            ["1", "修建公路10公里。", "完成路基8公里，", "交通局"],
            head,
            ["1", "修建公路10公里。", "完成路面6公里。", "交通局"],
            ["2", "安装路灯300盏。", "已安装100盏。", "城管局"],
        )
    )
    assert [t.number for t in report.tasks] == ["1", "2"]
    assert [text for role, text in cells(report, report.tasks[0]) if role == "progress"] == [
        "完成路基8公里，",
        "完成路面6公里。",
    ]


def test_rest_of_a_sentence_on_the_next_page() -> None:
    report = read_text(
        separated(
            ["序号", "工作任务", "进展情况", "牵头单位"],
            ["1", "推进老旧小区改造，完善基础", "已开工5个小区，其中完工", "住建局"],
            ["", "设施。", "3个。", ""],
            ["2", "新建停车位500个。", "已建成200个。", "城管局"],
        )
    )
    assert len(report.tasks) == 2
    assert report.tasks[0].text == "推进老旧小区改造，完善基础设施。"


def test_group_rows_hold_until_the_next_one_and_not_over_a_gap() -> None:
    report = read_text(
        separated(
            ["序号", "年度目标任务", "落实情况"],
            ["牵头单位：市水利局", "", "负责人：何  山"],
            ["1", "治理河道10公里。", "已治理6公里。"],
            ["2", "加固水库3座。", "已完工1座。"],
            ["5", "建设泵站2座。", "未开工。"],
            ["牵头单位：市林业局  负责人：林海", "", ""],
            ["6", "造林1万亩。", "已完成。"],
        )
    )
    assert [t.lead_organizations for t in report.tasks] == [["市水利局"], ["市水利局"], [], ["市林业局"]]
    assert [t.persons for t in report.tasks] == [["何山"], ["何山"], [], ["林海"]]


def test_numbers_inside_the_task_cells() -> None:
    report = read_text(
        marked(
            ["领域", "主要目标", "时间节点", "牵头领导", "牵头部门"],
            ["一、稳增长", "1.地区生产总值增长6%", "12月底前", "周市长", "市发改委"],
            ["", "2.规上工业增加值增长7%", "12月底前", "周市长", "市工信局"],
            ["", "3.进出口总额增长5%", "12月底前", "周市长", "市商务局"],
        )
    )
    assert [(t.number, t.text) for t in report.tasks][1] == ("2", "规上工业增加值增长7%")


def test_list_numbers_in_every_task_cell_are_no_task_numbers() -> None:
    report = read_text(
        marked(
            ["工作任务", "推进情况", "承办单位"],
            ["1.制定方案。2.组织实施。", "已印发方案。", "市司法局"],
            ["1.排查隐患。2.限期整改。", "已排查30处。", "市应急局"],
        )
    )
    assert [t.number for t in report.tasks] == ["", ""]


def test_sub_items_under_a_merged_task() -> None:
    report = read_text(
        marked(
            ["序号", "项目名称", "建设内容", "形象进度", "业主单位"],
            ["1", "城区供水工程", "新建水厂1座。", "完成60%。", "水务集团"],
            ["", "", "铺设管网20公里。", "完成15公里。", ""],
            ["2", "污水处理工程", "扩建日处理2万吨。", "完成招标。", "水务集团"],
        )
    )
    assert len(report.tasks) == 2
    assert [role for role, _ in cells(report, report.tasks[0])] == ["task", "task", "progress", "task", "progress"]


def test_a_cell_that_ends_in_blank_lines_stays_in_its_row() -> None:
    report = read_text(
        marked(
            ["序号", "工作任务", "进展情况", "责任单位"],
            ["1", "新建学校2所。\n\n", "已建成1所。", "教育局"],
            ["2", "开展培训。", "已开展。", "人社局"],
        )
    )
    assert [t.lead_organizations for t in report.tasks] == [["教育局"], ["人社局"]]


def test_a_number_between_two_known_ones_is_certain() -> None:
    rows = [["1", "新建学校2所。", "已建成1所。"], ["", "新建医院1所。", "正在施工。"], ["3", "培训10期。", "已开展。"]]
    report = read_text(marked(["序号", "工作任务", "进展情况"], *rows).replace("\n\n\t\n", "\n "))
    assert [t.number for t in report.tasks] == ["1", "2", "3"]


def test_sums_and_notes_are_no_tasks() -> None:
    report = read_text(
        separated(["序号", "项目", "完成情况"], ["1", "新建公厕20座。", "建成12座。"], ["合计", "20座", "12座"])
        + "\n注：数据截至6月底。\n\n联系人：张三\n"
    )
    assert len(report.tasks) == 1


def test_what_stands_below_a_table_is_not_in_its_last_cell() -> None:
    report = read_text(marked(["序号", "任务", "进展"], ["1", "修路10公里。", "完成8公里。"]) + "附件2\n\n其他说明\n")
    assert cells(report, report.tasks[0])[-1] == ("progress", "完成8公里。")


def test_without_header_the_contents_decide() -> None:
    report = read_text(
        separated(
            ["1", "新建学校两所，改造三所。", "已建成一所，其余正在施工。", "市教育局", "王明"],
            ["2", "新建医院一所，床位500张。", "主体工程已经封顶。", "市卫健局", "李红"],
            ["3", "改造老旧小区二十个。", "已完成十二个小区的改造。", "市住建局", "赵青山"],
        )
    )
    assert [t.lead_organizations for t in report.tasks] == [["市教育局"], ["市卫健局"], ["市住建局"]]
    assert [t.persons for t in report.tasks] == [["王明"], ["李红"], ["赵青山"]]


def test_prose_has_no_tasks() -> None:
    text = "今年以来，全市完成投资3亿元。\n\n\t下一步，将继续推进。\n\n一、工作情况\n已建成5个。\n"
    report = read_text(text)
    assert report.tasks == []
    assert report.regions == []


def test_a_table_that_is_no_report_is_prose() -> None:
    assert (
        read_text(separated(["姓名", "单位", "电话"], ["张三", "教育局", "123"], ["李四", "财政局", "456"])).tasks == []
    )


def test_carriage_returns_stay_and_offsets_hold() -> None:
    text = marked(["序号", "工作任务", "进展情况"], ["1", "新增床位100张。", "已新增80张。"]).replace("\n", "\r\n")
    report = read_text(text)
    assert report.text == text
    assert cells(report, report.tasks[0]) == [("task", "新增床位100张。"), ("progress", "已新增80张。")]


def test_two_tables_with_the_same_header_share_nothing() -> None:
    head = ["类别", "序号", "工作任务", "进展情况", "责任领导"]
    report = read_text(
        marked(head, ["教育", "1", "新建学校2所。", "已建成。", "王强"], ["", "2", "培训教师。", "已培训。", ""])
        + marked(head, ["", "1", "修路10公里。", "已完工。", ""])
    )
    assert [(t.category, t.leaders) for t in report.tasks] == [("教育", ["王强"])] * 2 + [("", [])]


def test_what_stood_in_lost_cells_is_unknown() -> None:
    text = marked(
        ["类别", "序号", "工作任务", "进展情况", "牵头单位"],
        ["教育", "1", "新建学校2所。", "已建成1所。", "市教育局"],
    )
    report = read_text(text.rstrip("\n") + "\n \t2\n\t新增床位100张。\n\t已新增80张。\n\t市卫健局\n")
    assert [(t.number, t.category) for t in report.tasks] == [("1", "教育"), ("2", "")]
