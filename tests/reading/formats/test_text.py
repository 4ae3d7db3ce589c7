"""Plain text in its forms: separated values, Markdown, and the encodings of both ways of writing Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest

from mse.reading import read, read_text

CSV = (
    "2021年民生实事进展情况表,,,\n序号,工作任务,进展情况,责任单位\n"
    '1,"新增床位1000张,改造\n门诊15个","已新增800张，占""八成""",市卫健局\n2,修路5公里,"修路3,000米",市交通局\n'
)
EXPECTED = [("1", "新增床位1000张,改造门诊15个", ["市卫健局"]), ("2", "修路5公里", ["市交通局"])]
TRADITIONAL = (
    "各級各部門要認真貫徹落實決策部署，紮實推進高質量發展。今年以來，全市實現地區生產總值三千億元，同比增長百分之七。\n"
    "一是加強組織領導，明確責任單位；二是強化督促檢查，確保各項工作任務按時完成。\n"
)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_separated_values(tmp_path: Path, delimiter: str) -> None:
    text = (
        CSV
        if delimiter == ","
        else CSV.replace("1000张,改", "1000张，改").replace("3,000", "3000").replace(",", delimiter)
    )
    file = tmp_path / "a.csv"
    file.write_text(text, encoding="utf-8-sig", newline="")
    report = read(file)
    assert report.text == "\ufeff" + text
    assert [(t.number, t.text.replace("，", ","), t.lead_organizations) for t in report.tasks] == EXPECTED
    assert report.metadata.title == "2021年民生实事进展情况表"
    cell = report.tasks[1].cells[1]
    assert report.text[cell.start : cell.end] in ("修路3,000米", "修路3000米")


def test_prose_with_commas_is_prose() -> None:
    text = "2021年,全市完成投资3亿元,同比增长5%,进展情况良好。\n下一步,继续推进工作任务,落实责任单位。\n" * 5
    assert read_text(text).tasks == []


def test_markdown() -> None:
    text = (
        "# 2021年民生实事进展情况\n\n说明。\n\n| 序号 | 工作任务 | 进展情况 |\n|---|:--:|---|\n"
        "| 1 | 新增床位1000张 | 已新增<br>800张 |\n| 2 | 修路\\|修桥 | 已修 |\n\n其他。\n\n"
        "| 编号 | 重点任务 | 落实情况 |\n|--|--|--|\n| 1 | 植树 | 已植 |\n"
    )
    report = read_text(text)
    assert [(t.number, t.text) for t in report.tasks] == [("1", "新增床位1000张"), ("2", "修路\\|修桥"), ("1", "植树")]
    assert report.metadata.title == "2021年民生实事进展情况"


@pytest.mark.parametrize("encoding", ["cp950", "big5hkscs", "gb18030", "utf-16", "utf-8"])
def test_traditional_text_is_read_as_it_is(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(TRADITIONAL.encode(encoding))
    assert read(file).text == TRADITIONAL


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-16", "utf-16-le"])
def test_simplified_text_is_never_taken_for_traditional(tmp_path: Path, encoding: str) -> None:
    text = "关于印发2020年十件民生实事任务分解表的通知。\n" * 3
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode(encoding))
    assert read(file).text == text
