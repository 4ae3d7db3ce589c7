"""Tasks written with their numbers already annotated, so that pairing and facts are tested alone.

`{2000人|target|新增就业}` is a quantity with its role and metric, then perhaps its scope and the end of its period.
A comparison stands before the number inside the braces (`{>=55%|target|入户率}`) and is no part of the text.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from hypothesis import strategies as st

from mse.extract.passages import Passages, passages_of
from mse.model import Cell, Mention, Period, Report, Task

_MARKED = re.compile(r"\{([<>=~]*)([^|{}]+)\|([a-z]*)(?:\|([^{}]*))?\}")
_NUMBER = re.compile(r"(-?[\d.]+)(万|亿)?(.*)")
_SCALE = {None: 1, "万": 10**4, "亿": 10**8}


def passages(*tasks: dict[str, str], prose: str = "") -> Passages:
    """A report of tasks, each a mapping of cell role to annotated text, with prose after them."""
    text = ""
    mentions: list[Mention] = []
    found: list[Task] = []

    def write(annotated: str) -> tuple[int, int]:
        nonlocal text
        start, position = len(text), 0
        for hit in _MARKED.finditer(annotated):
            text += annotated[position : hit.start()]
            mentions.append(_mention(hit, len(text)))
            text += hit.group(2)
            position = hit.end()
        text += annotated[position:]
        return start, len(text)

    for number, cells in enumerate(tasks, 1):
        spans = []
        for role, annotated in cells.items():
            spans.append((role, *write(annotated)))
            text += "\n"
        made = [Cell(role=role.split("_")[0], start=a, end=b) for role, a, b in spans]
        found.append(
            Task(
                number=str(number),
                category="一、测试",
                text=text[made[0].start : made[0].end],
                start=made[0].start,
                end=made[-1].end,
                leaders=["王一"],
                lead_organizations=["市统计局"],
                cells=made,
            )
        )
    write(prose)
    report = Report(doc="测试.txt", text=text, tasks=found)
    result = passages_of(report)
    for mention in mentions:
        home = next(p for p in result.items if p.start <= mention.start and mention.end <= p.end)
        mention.cell, mention.task = home.role, home.task.number if home.task else ""
        home.mentions.append(mention)
    return result


def targets_of(linked: Passages) -> dict[str, list[str]]:
    """Every linked quantity by its text, with the texts of what it is linked to: actual first, then target."""
    text = linked.text
    return {
        m.text: [text[a:b] for name in ("actual", "target") for a, b in m.links.get(name, [])]
        for p in linked.items
        for m in p.mentions
        if m.links
    }


def _mention(hit: re.Match[str], start: int) -> Mention:
    op, surface, role, rest = hit.groups()
    metric, scope, day, *_ = [*(rest or "").split(";"), "", "", ""]
    number, scale, unit = _NUMBER.match(surface).groups()
    return Mention(
        doc="测试.txt",
        start=start,
        end=start + len(surface),
        text=surface,
        op=op or "=",
        value=Decimal(number) * _SCALE[scale],
        unit=unit,
        role=role,
        metric=metric,
        scope=scope,
        period=Period(end=dt.date.fromisoformat(day)) if day else None,
    )


# Reports of any words, roles and places, for properties.

WORDS = st.sampled_from(
    ["新增就业", "建成", "|", "占年度任务", "其中", "分别", "累计", "投资", "，", "。", "（", "）", "、", "2.5"]
)
PHRASE = st.lists(WORDS, max_size=4).map("".join)
SURFACE = st.sampled_from(
    ["12个", "30个", "0个", "25%", "41.67%", "3亿元", "1.2万人", "7家", "500平方米", "-3%", "6倍"]
)
ROLE = st.sampled_from(["target", "actual", "rate", "change", "baseline", "context", ""])
SCOPE = st.sampled_from(["", "城关区", "城关", "城关区、七里河区"])
QUANTITY = st.builds(
    lambda surface, role, metric, scope: f"{{{surface}|{role}|{metric.replace(';', '')};{scope}}}",
    SURFACE,
    ROLE,
    PHRASE,
    SCOPE,
)
CELL = st.lists(st.one_of(PHRASE, QUANTITY), max_size=10).map("".join)
TASK = st.fixed_dictionaries({"task": CELL.map("任务".__add__), "progress": CELL.map("进展".__add__)})
REPORT = st.builds(lambda tasks, prose: passages(*tasks, prose=prose), st.lists(TASK, max_size=2), CELL)
