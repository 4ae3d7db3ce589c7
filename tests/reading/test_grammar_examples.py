"""Every example in the data files of reading does what its entry says."""

import pytest
import regex

from mse.grammar import load
from mse.reading.columns import header_roles, is_heading, is_none, is_row_number, is_total, read_header
from mse.reading.metadata import only_plans, read_metadata

COLUMNS, OFFICIALS, METADATA = load("columns"), load("officials"), load("metadata")


@pytest.mark.parametrize(
    ("role", "header"),
    [(e["role"], h) for e in COLUMNS["column"] for h in [*e["example"], *e["words"]]],
)
def test_column_headers(role: str, header: str) -> None:
    assert header_roles(header) == (role,)


def test_no_header_word_stands_under_two_roles() -> None:
    words = [word for entry in COLUMNS["column"] for word in entry["words"]]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("牵头单位及\n\n主要负责人", ("lead", "person")),
        ("分管\n\n市领导", ("leader",)),
        ("责任单位和责任人", ("office", "person")),
        ("进展情况及存在问题", ("progress",)),
        ("2021年度主要目标任务", ("task",)),
        ("完成情况（截至6月底）", ("progress",)),
        ("第四季度\n\n目标任务", ("plan",)),
        ("今天天气", ()),
    ],
)
def test_headers_spaced_broken_and_combined(header: str, roles: tuple[str, ...]) -> None:
    assert header_roles(header) == roles


def test_a_row_of_data_is_no_header() -> None:
    assert read_header(["1", "推进扶贫工作", "已完成。", "民政局"]) is None
    assert read_header(["序号", "工作任务", "进展情况"]) is not None


def test_small_patterns() -> None:
    assert all(is_row_number(each) for each in COLUMNS["row_number"]["example"])
    assert all(is_heading(each) for each in COLUMNS["heading"]["example"])
    assert all(is_total(each) for each in COLUMNS["totals"]["example"])
    assert all(is_none(each) for each in COLUMNS["none"]["example"])
    for entry in (
        COLUMNS["after_table"],
        METADATA["before_title"],
        METADATA["masthead"],
        METADATA["document_number"],
        METADATA["day"],
    ):
        assert all(regex.fullmatch(entry["pattern"], each) for each in entry["example"])
    for entry in (COLUMNS["leading_number"], OFFICIALS["list_tail"], OFFICIALS["list_number"], METADATA["plan"]):
        assert all(regex.search(entry["pattern"], each) for each in entry["example"])


@pytest.mark.parametrize(
    ("pattern", "example"), [(e["pattern"], each) for e in METADATA["period"] for each in e["example"]]
)
def test_period_patterns(pattern: str, example: str) -> None:
    assert regex.search(pattern, example)


@pytest.mark.parametrize(
    ("title", "start", "end"),
    [
        ("临江市2021年民生实事完成情况表（1-11月）", "2021-01-01", "2021-11-30"),
        ("临江市2021年一季度重点工作进展情况通报", "2021-01-01", "2021-03-31"),
        ("2019年度省政府重点工作完成情况", "2019-01-01", "2019-12-31"),
        ("关于截至2022年8月15日项目推进情况的报告", "2022-01-01", "2022-08-15"),
        ("临江市2021年9月份项目进展情况表", "2021-09-01", "2021-09-30"),
        ("2020年前七个月重点项目建设情况", "2020-01-01", "2020-07-31"),
        ("2019年前10月招商情况", "2019-01-01", "2019-10-31"),
    ],
)
def test_reporting_period_of_a_title(title: str, start: str, end: str) -> None:
    period = read_metadata(title + "\n\n正文。\n", []).period
    assert period is not None
    assert period.model_dump(mode="json") == {"start": start, "end": end}


def test_a_plan_has_no_reporting_period() -> None:
    assert read_metadata("临江市2021年上半年工作计划\n", []).period is None


@pytest.mark.parametrize("day", METADATA["day"]["example"])
def test_day_of_issue_in_any_writing(day: str) -> None:
    issued = read_metadata(f"临江市重点工作进展情况的通报\n\n正文。\n\n临江市人民政府办公室\n{day}\n", []).issued
    assert issued is not None
    assert issued.isoformat() == "2020-05-18"


def test_place_of_the_organ_named_most_often() -> None:
    text = (
        "2021年民生实事完成情况\n印发了《临江市人民政府关于低保的通知》，转发《东河省财政厅文件》。\n"
        "《临江市民政局工作方案》已印发。"
    )
    assert read_metadata(text, []).place == "临江市"


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("关于2020年临江市民生实事完成情况的通报", "临江市"),
        ("2021年度临江县政府工作报告重点任务分解表", "临江县"),
        ("2022年锡林郭勒盟十件实事", "锡林郭勒盟"),
        ("黔东南苗族侗族自治州2021年工作总结", "黔东南苗族侗族自治州"),
        ("中共临江市委办公室关于落实重点工作的通知", "临江市"),
        ("江门市2020年民生实事", "江门市"),
        ("涉县7月份民生工程进展情况", "涉县"),
        ("1-5月份临江县民生实事进展", "临江县"),
        ("上半年海南省重点项目进展", "海南省"),
        ("河北省邯郸市涉县重点项目进展", "涉县"),
        ("前三季度我市民生实事加快推进", ""),
        ("今年安排全市重点项目", ""),
        ("切实推进市重点工作", ""),
        ("2018年一季度省市重点项目", ""),
        ("3月高于省平均水平", ""),
        ("成都市2020年民生实事", "成都市"),
        ("宣城市2020年民生实事", "宣城市"),
        ("宝山区2020年民生实事", "宝山区"),
        ("2020年全市重点工作进展情况", ""),
        ("2020年城市建设重点工程", ""),
        ("各县区2021年上半年情况", ""),
    ],
)
def test_place_of_a_title(title: str, place: str) -> None:
    assert read_metadata(title + "\n", []).place == place


def test_a_title_that_also_tells_what_was_done_does_more_than_plan() -> None:
    assert all(only_plans(each) for each in METADATA["plan"]["example"])
    assert not any(only_plans(each) for each in METADATA["plan"]["told_example"])


@pytest.mark.parametrize("line", METADATA["page_label"]["example"])
def test_lines_with_labels_of_the_page_are_no_title(line: str) -> None:
    assert read_metadata(f"{line}\n2021年民生实事进展情况\n\n正文。\n", []).title == "2021年民生实事进展情况"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "督 查 通 报\n第7期\n\n河东区人民政府督查室\n关于农村环境整治的通报",
            "河东区人民政府督查室关于农村环境整治的通报",
        ),
        ("河东区政府办公室\n工作简报\n（2023年第2期）\n\n关于一季度项目进展情况的通报", "关于一季度项目进展情况的通报"),
        ("首页 > 政务公开 > 民生\n2023年民生实事进展情况\n来源：区政府办", "2023年民生实事进展情况"),
        ("督查通报\n\n各镇人民政府：", "督查通报"),
        (
            "• 无障碍浏览\n索 引 号: 0134/2021-7 成文日期: 2021-04-02\n公开方式：  主动公开\n"
            "发布机构 | 区政府办 | 有效性 | 有效\n河东区2021年民生实事进展情况\n来源：区政府办  浏览次数：17",
            "河东区2021年民生实事进展情况",
        ),
        ("访问次数：\n信息来源:\n2021年民生实事登记表", "2021年民生实事登记表"),
        ("河东政务督查\n第6期\n河东区政府督查室   2022年8月9日\n上半年落实情况的通报", "上半年落实情况的通报"),
    ],
)
def test_titles_below_breadcrumbs_and_names_of_bulletins(head: str, title: str) -> None:
    assert read_metadata(head + "\n\n正文在此。\n", []).title == title


def test_the_sentence_that_opens_a_report_gives_year_and_period() -> None:
    entry = METADATA["introduction"]
    assert all(regex.fullmatch(entry["pattern"], each) for each in entry["example"])
    text = "关于民生实事进展情况的报告\n\n县人大常委会：\n现将2023年1—9月民生实事进展情况报告如下：\n"
    metadata = read_metadata(text, [])
    assert metadata.year == 2023
    assert metadata.period is not None
    assert metadata.period.model_dump(mode="json") == {"start": "2023-01-01", "end": "2023-09-30"}


def test_the_number_of_a_document_may_stand_before_its_title() -> None:
    metadata = read_metadata("河政办发〔2023〕2号 河东区人民政府办公室关于重点工作责任分工的通知\n\n各街道：\n", [])
    assert metadata.title == "河东区人民政府办公室关于重点工作责任分工的通知"
    assert (metadata.document_number, metadata.year) == ("河政办发〔2023〕2号", 2023)
