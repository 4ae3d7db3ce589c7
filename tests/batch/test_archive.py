"""Questions to the results, and promises followed through reports."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

import mse
import mse.batch
from mse.batch.archive import QueryError
from mse.cli import app


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    """Three reports of one place and year: the plan, and how far it was in April and in September."""
    folder = tmp_path_factory.mktemp("tracked")
    reports = {
        "a_plan.txt": ("2020年江州市政府重点工作责任分解表", None),
        "b_april.txt": ("江州市2020年重点工作1-4月进展情况表", ("1.2万人", "40场", "50公里")),
        "c_september.txt": ("江州市2020年重点工作1-9月进展情况表", ("2.4万人", "85场", "160公里")),
    }
    (folder / "in").mkdir()
    for name, (title, done) in reports.items():
        (folder / "in" / name).write_text(table(title, done), encoding="utf-8")
    mse.batch.run([folder / "in"], folder / "out")
    return folder / "out"


def table(title: str, done: tuple[str, str, str] | None) -> str:
    """A report as a table with tabs, as a spreadsheet is pasted."""
    rows = [
        ("1", "全年城镇新增就业3万人，组织招聘会100场。", "市人力资源社会保障局"),
        ("2", "全年新建改建农村公路200公里。", "市交通运输局"),
    ]
    told = (
        ("", "")
        if done is None
        else (f"城镇新增就业{done[0]}，已组织招聘会{done[1]}。", f"已完成新建改建农村公路{done[2]}。")
    )
    head = ["序号", "工作任务", *(() if done is None else ("进展情况",)), "牵头单位"]
    lines = [title, "\t".join(head)]
    for (number, task, office), progress in zip(rows, told, strict=True):
        lines.append("\t".join([number, task, *(() if done is None else (progress,)), office]))
    return "\n".join(lines) + "\n"


def test_a_promise_is_followed_from_the_plan_to_autumn(out):
    with mse.open(out) as archive:
        steps = list(archive.track())
    by_unit = {unit: [step for step in steps if step["unit"] == unit] for unit in ("人", "场", "公里")}
    assert [len(steps) for steps in by_unit.values()] == [3, 3, 3]
    for steps in by_unit.values():
        assert [step["doc"] for step in steps] == ["a_plan.txt", "b_april.txt", "c_september.txt"]
        assert len({step["promise"] for step in steps}) == 1
        assert [step["step"] for step in steps] == [1, 2, 3]
        assert len({step["target"] for step in steps}) == 1
    jobs = by_unit["人"]
    assert [step["actual"] for step in jobs] == [None, Decimal(12000), Decimal(24000)]
    assert [step["gained"] for step in jobs] == [None, None, Decimal(12000)]
    text = mse.read(jobs[2]["path"]).text
    assert text[jobs[2]["actual_start"] : jobs[2]["actual_end"]] == jobs[2]["actual_text"] == "2.4万人"


def test_promises_are_chosen_by_metric_and_place(out):
    with mse.open(out) as archive:
        assert {step["unit"] for step in archive.track(metric="农村公路")} == {"公里"}
        assert list(archive.track(place="乙州")) == []
        assert list(archive.track(reports=4)) == []


def test_another_place_or_year_is_another_promise(out, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    done = ("1.2万人", "40场", "50公里")
    for name, title in {
        "a.txt": "江州市2020年重点工作1-4月进展情况表",
        "b.txt": "海州市2020年重点工作1-4月进展情况表",
        "c.txt": "江州市2021年重点工作1-4月进展情况表",
    }.items():
        (folder / name).write_text(table(title, done), encoding="utf-8")
    mse.batch.run([folder], tmp_path / "out")
    with mse.open(tmp_path / "out") as archive:
        assert list(archive.track()) == []
        assert len({step["promise"] for step in archive.track(reports=1)}) == 9


def test_views_answer(out):
    with mse.open(out) as archive:
        offices = {row["office"]: row for row in archive.rows("offices")}
        assert set(offices) == {"市人力资源社会保障局", "市交通运输局"}
        assert offices["市交通运输局"]["promises"] == 3
        late = list(archive.rows("SELECT doc, unit, percent, time_gone FROM behind_schedule ORDER BY doc, unit"))
        assert ("b_april.txt", "公里", Decimal(25)) in [(r["doc"], r["unit"], r["percent"]) for r in late]
        assert all(row["percent"] < row["time_gone"] for row in late)
        assert {row["place"] for row in archive.rows("reports")} == {"江州市"}
        for view in ("progress", "by_office", "by_leader", "leaders", "contradictions", "documents", "failures"):
            archive.table(view)


def test_behind_schedule_counts_days(out):
    with mse.open(out) as archive:
        (row,) = archive.rows("SELECT time_gone FROM behind_schedule WHERE doc = 'b_april.txt' AND unit = '公里'")
    assert row["time_gone"] == pytest.approx(100 * 121 / 366, abs=0.01)  # to the end of April of a leap year


def test_a_table_and_a_frame(out):
    with mse.open(out) as archive:
        assert archive.table().num_rows == archive.table("SELECT * FROM facts").num_rows
        assert list(archive.frame("SELECT unit FROM facts WHERE unit = '公里'")["unit"]) == ["公里"] * 3


def test_columns_of_one_name_are_told_apart(out):
    with mse.open(out) as archive:
        (row,) = archive.rows("SELECT 1 AS x, 2 AS x, 3 AS x_1")
    assert row == {"x": 1, "x_1": 2, "x_1_1": 3}


def test_wrong_sql_is_explained(out):
    with mse.open(out) as archive, pytest.raises(QueryError, match="metrik"):
        list(archive.rows("SELECT metrik FROM facts"))


def test_a_folder_with_characters_that_stand_for_others(tmp_path):
    odd = tmp_path / "it's [a*]?"
    odd.mkdir()
    (odd / "report.txt").write_text("2020年完成投资3亿元。", encoding="utf-8")
    mse.batch.run([odd / "report.txt"], odd / "out")
    with mse.open(odd / "out") as archive:
        assert archive.table("documents").num_rows == 1


def asked(*arguments: object) -> str:
    run = CliRunner().invoke(app, [str(each) for each in arguments])
    assert run.exit_code == 0, run.output
    return run.stdout


def test_the_command_answers_in_three_forms(out):
    sql = "SELECT unit, target.value AS target, date FROM facts WHERE doc = 'b_april.txt' AND unit = '公里'"
    assert json.loads(asked("query", out, sql)) == {"unit": "公里", "target": "200", "date": "2020-04-30"}
    rows = list(csv.reader(io.StringIO(asked("query", out, sql, "--format", "csv"))))
    assert rows == [["unit", "target", "date"], ["公里", "200", "2020-04-30"]]
    assert "公里" in asked("query", out, sql, "--format", "table")


def test_the_command_follows_promises(out):
    lines = [json.loads(line) for line in asked("track", out, "--metric", "农村公路").splitlines()]
    assert [line["actual"] for line in lines] == [None, "50", "160"]


def test_a_terminal_shows_one_table_a_promise(out):
    shown = asked("track", out, "--metric", "农村公路", "--format", "table")
    assert shown.count("reported") == 1
    assert shown.index("a_plan.txt") < shown.index("b_april.txt") < shown.index("c_september.txt")
    assert "200公里" in shown
    assert "160公里" in shown


def test_the_command_says_where_no_promise_is_followed(out):
    run = CliRunner().invoke(app, ["track", str(out), "--metric", "不存在的指标"])
    assert (run.exit_code, run.stdout) == (0, "")
    assert "--all" in run.stderr


def test_the_command_explains_what_is_wrong(out, tmp_path):
    for arguments in (
        ["query", str(out), "SELECT nothing"],
        ["query", str(tmp_path), "facts"],
        ["track", str(tmp_path)],
    ):
        run = CliRunner().invoke(app, arguments)
        assert run.exit_code == 1
        assert run.stderr.startswith("mse: ")
        assert run.stderr.count("\n") == 1
