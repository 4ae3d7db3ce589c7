"""The five reports in seeds/ as a whole: counts, and the places that are hard to read."""

import itertools
from pathlib import Path

import pytest

from mse.model import Report
from mse.reading import read

SEEDS = Path(__file__).parents[2] / "seeds"


def seed(number: str) -> Report:
    return read(next(SEEDS.glob(f"{number}_*.txt")))


@pytest.mark.parametrize(("number", "count"), [("000", 46), ("001", 200), ("002", 21), ("003", 61), ("004", 103)])
def test_every_task_is_found(number: str, count: int) -> None:
    report = seed(number)
    assert len(report.tasks) == count
    assert all(task.cells and task.cells[0].role == "task" for task in report.tasks)
    assert all(task.lead_organizations for task in report.tasks if number != "001")


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_text_is_unchanged_and_spans_do_not_overlap(number: str) -> None:
    report = seed(number)
    assert report.text.encode("utf-8") == Path(report.path).read_bytes()
    spans = sorted([(c.start, c.end) for t in report.tasks for c in t.cells] + [tuple(r) for r in report.regions])
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


def test_two_tables_in_one_file_keep_their_own_numbers() -> None:
    numbers = [task.number for task in seed("004").tasks]
    assert numbers[:93] == [str(n) for n in range(1, 94)]
    assert numbers[93:] == [*(str(n) for n in range(1, 10)), ""]


def test_plan_cells_keep_their_quarter() -> None:
    first = seed("004").tasks[93]
    assert {c.header for c in first.cells if c.role == "plan"} == {"第三季度目标任务", "第四季度目标任务"}
    assert sum(c.role == "task" for c in first.cells) == 7


def test_a_merged_leader_holds_until_the_next_one() -> None:
    leaders = [task.leaders for task in seed("004").tasks[:93]]
    assert leaders[1] == ["许西湖"]
    assert leaders[2:36] == [["黄焕辉"]] * 34


def test_a_row_split_over_two_pages_is_one_task() -> None:
    last = seed("002").tasks[-1]
    assert [cell.role for cell in last.cells] == ["task", "progress", "progress"]
    assert last.number == ""


def test_an_office_in_the_task_text_leads_and_the_others_support() -> None:
    first = seed("002").tasks[0]
    assert first.lead_organizations == ["市卫生健康局"]
    assert first.supporting_organizations == ["市政务服务数据管理局", "市妇联"]


def test_no_office_is_carried_over_missing_pages() -> None:
    offices = {task.number: task.lead_organizations for task in seed("001").tasks}
    assert offices["15"] == ["市发展改革局"]
    assert offices["23"] == offices["41"] == offices["82"] == []
    assert offices["192"] == ["肇庆供电局"]
    assert offices["225"] == ["粤桂合作特别试验区（肇庆）管委会"]


def test_markup_is_not_part_of_a_cell() -> None:
    report = seed("001")
    assert not any(report.text[c.start : c.end].startswith("<p>") for t in report.tasks for c in t.cells)
    assert not any("<p>" in task.text or "_{" in task.text for task in report.tasks)


@pytest.mark.parametrize(
    ("number", "title", "place", "year", "period", "issued"),
    [
        (
            "000",
            "肇庆市人民政府办公室关于2020年市十件惠民实事落实进展情况的通报",
            "肇庆市",
            2020,
            "2020-04-30",
            "2020-05-18",
        ),
        ("001", "2017年市政府重点工作落实情况表（上半年）", "肇庆市", 2017, "2017-06-30", None),
        ("002", "2020年市十件民生实事1-9月进展情况汇总表", "江门市", 2020, "2020-09-30", None),
        ("003", "2023年市十件民生实事任务分解表", "东莞市", 2023, None, "2023-03-16"),
        ("004", "源城区2020年《政府工作报告》主要工作任务责任分解表", "源城区", 2020, None, None),
    ],
)
def test_metadata(number: str, title: str, place: str, year: int, period: str | None, issued: str | None) -> None:
    found = seed(number).metadata.model_dump(mode="json")
    assert (found["title"], found["place"], found["year"]) == (title, place, year)
    assert (found["period"] or {}).get("end") == period
    assert found["issued"] == issued


def test_document_number() -> None:
    assert seed("000").metadata.document_number == "肇府办函〔2020〕51号"
