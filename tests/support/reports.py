"""Reports made up for the tests of what is shown: small, large, empty and hostile ones."""

from __future__ import annotations

from collections.abc import Iterable

from mse.model import Report
from mse.pipeline import Analysis, analyse
from mse.reading import read_text

HOSTILE = (
    '<script>window.hurt=1</script><img src=x onerror="window.hurt=1">\u2028</script><!--&amp;\u202e"\'`${1}'
    "javascript:hurt()\U0001f4a5"
)
HEAD = ("序号", "工作任务", "进展情况", "牵头单位", "责任人")


def table(
    rows: Iterable[tuple[str, ...]], title: str = "甲市2021年民生实事进展情况表（1—4月）", doc: str = "a.txt"
) -> Report:
    """A report of one table: number, task, progress, office and person of each row."""
    lines = [title, "", "\t".join(HEAD), *("\t".join(row) for row in rows)]
    return read_text("\n".join(lines) + "\n", doc)


def small(done: int = 150, until: int = 4, doc: str = "a.txt") -> Report:
    """Two tasks of one city; the first has a target of 600 and `done` of it by the month `until`."""
    return table(
        [
            ("1", "全年新增公办学位600个。", f"1—{until}月，新增公办学位{done}个。", "市教育局", "王小明"),
            ("2", "建设停车场20个，完成投资3亿元。", "已建成停车场12个，完成投资1.5亿元。", "市住建局", "李一平"),
        ],
        title=f"甲市2021年民生实事进展情况表（1—{until}月）",
        doc=doc,
    )


def large(rows: int) -> Report:
    """As many rows as wanted, each with numbers of its own; three facts a row."""
    return table(
        (
            str(n + 1),
            f"全年新建停车位{n + 100}个、充电桩{n + 20}个，完成投资{n + 7}万元。",
            f"1—4月，新建停车位{n % 90 + 5}个、充电桩{n % 17 + 3}个，完成投资{n % 50 + 1}万元。",
            f"第{n % 40 + 1}街道办事处",
            "王小明",
        )
        for n in range(rows)
    )


def hostile() -> Analysis:
    """A report every name of which tries to be markup or script."""
    report = table(
        [
            ("1", f"新增学位600个。{HOSTILE}", f"1—4月，新增学位150个{HOSTILE}。", "市教育局", "王小明"),
            ("2", "=1+1，建设停车场20个。", f"{HOSTILE}建成停车场30个，完成率50%。", "市住建局", "李一平"),
        ]
    )
    report.metadata.title = report.metadata.place = report.metadata.document_number = HOSTILE
    report.doc = f"../{HOSTILE}.txt"
    for task in report.tasks:
        task.category = task.number = HOSTILE
        task.leaders = task.persons = task.lead_organizations = [HOSTILE, "=cmd()"]
        for cell in task.cells:
            cell.header = HOSTILE
    analysis = analyse(report)
    for fact in analysis.facts:
        fact.metric = fact.scope = fact.explanation = fact.unit = HOSTILE
    return analysis


def empty() -> Report:
    """A document in which there is nothing to find."""
    return read_text("关于召开会议的通知\n\n请各单位派员参加。\n", "empty.txt")


def long_cell(length: int) -> Report:
    """A report one cell of which is very long and never breaks a line."""
    return table(
        [
            (
                "1",
                "新增学位600个。",
                "新增学位150个；" + "继续推进各项工作" * (length // 8) + "，建成停车场30个。",
                "市教育局",
                "王小明",
            )
        ]
    )
