"""Small archives to run batches over, and their results in a form that can be compared."""

from __future__ import annotations

from pathlib import Path

import mse.batch

TABLES = ("facts", "mentions", "tasks", "documents", "failures")


def write_reports(folder: Path, count: int, first: int = 0) -> Path:
    """A folder of short reports in several subfolders, each with figures of its own."""
    for number in range(first, first + count):
        file = folder / f"{2018 + number % 3}" / f"{number:04d}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(report(number), encoding="utf-8")
    return folder


def report(number: int) -> str:
    """A short report in prose."""
    year = 2018 + number % 3
    return (
        f"{year}年全市计划新增就业{1000 + number}人，截至{year}年9月底，已新增就业{500 + number}人。\n"
        f"全年安排投资{10 + number}.5亿元，{year}年1-9月完成投资{5 + number}.25亿元，同比增长{number % 20}.1%。\n"
    )


def content(out: Path) -> dict[str, list[str]]:
    """Every row of every dataset, sorted."""
    with mse.batch.open(out) as archive:
        return {name: sorted(map(repr, archive.table(name).to_pylist())) for name in TABLES}
