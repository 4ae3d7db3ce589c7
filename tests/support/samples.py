"""Records of every kind, made by hand, for the tests of what is done with them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from mse.model import Cell, Completion, Fact, Measure, Mention, Period, Task, TaskRef

APRIL = Period(start=dt.date(2021, 1, 1), end=dt.date(2021, 4, 30))
YEAR_END = Period(end=dt.date(2021, 12, 31))

FACT = Fact(
    doc="报告.txt",
    task=TaskRef(number="7", category="一、改善民生", text="新增托位300个，\n年底前完成"),
    metric="新增托位",
    unit="个",
    target=Measure(value=Decimal("300"), unit="个", period=YEAR_END, text="300个", start=10, end=14),
    actual=Measure(op=">", value=Decimal("75"), unit="个", period=APRIL, text="75个", start=40, end=43),
    completion=Completion(stated=Decimal("25.0"), computed=Decimal("25"), consistent=True),
    date=dt.date(2021, 4, 30),
    leaders=["王一"],
    lead_organizations=["市教育局", "市卫生健康局"],
    confidence=0.9,
)
RANGE_FACT = Fact(
    doc="报告.txt",
    metric="=SUM(A1)",
    unit="台",
    target=Measure(low=Decimal("40"), high=Decimal("50"), unit="台", text="40至50台", start=60, end=66, implied=True),
)
QUANTITY = Mention(
    doc="报告.txt",
    start=40,
    end=43,
    text="75个",
    value=Decimal("7.5E+1"),
    unit="个",
    role="actual",
    metric="新增托位",
    metric_spans=[(36, 40)],
    period=APRIL,
    links={"target": [(10, 14)]},
    task="7",
    cell="progress",
    cues={"role": "已"},
)
DATE = Mention(doc="报告.txt", type="date", start=15, end=18, text="年底前", period=YEAR_END, task="7", cell="task")
TASK = Task(
    doc="报告.txt",
    number="7",
    category="一、改善民生",
    text="新增托位300个",
    start=6,
    end=20,
    leaders=["王一"],
    lead_organizations=["市教育局", "市卫生健康局"],
    cells=[Cell(role="task", start=6, end=20, header="工作任务"), Cell(role="progress", start=30, end=50)],
)
