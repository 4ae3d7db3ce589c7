#!/usr/bin/env python3
"""Measure the extraction against annotated reports and print the table of the READMEs.

usage: scores.py [--shared FOLDER] [--write]

FOLDER holds `score.py`, `score_tasks.py`, `gold/mentions` and `gold/tasks`; by default it is `../shared` beside the
repository. `--write` puts the tables between the marks `<!-- scores -->` and `<!-- /scores -->` of both READMEs.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEASURES = (
    ("quantity", "quantity found", "数量识别"),
    ("quantity normalized", "quantity, exact value and unit", "数量的数值与单位"),
    ("date mention normalized", "date, exact interval", "日期及其区间"),
    ("role", "role", "角色"),
    ("metric", "metric", "指标"),
    ("link", "link to target or actual", "关联"),
    ("full tuple", "all of it: value, unit, role, metric, date", "以上全部同时正确"),
)
TASKS = re.compile(r"found (\d+) of (\d+); officials and offices F1 ([\d.]+)")


def run(*command: str | Path) -> str:
    """The standard output of a command; its failure ends the measurement."""
    return subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True).stdout


def measure(shared: Path) -> tuple[dict[str, dict[str, float]], tuple[int, int, float]]:
    """The scores of the mentions, and of the tasks: found, expected, F1 of officials and offices."""
    with tempfile.TemporaryDirectory() as folder:
        outputs = {}
        for level in ("mentions", "tasks"):
            outputs[level] = Path(folder) / f"{level}.jsonl"
            run(sys.executable, "-m", "mse", "extract", ROOT / "seeds", "--level", level, "-o", outputs[level])
        scores = run(sys.executable, shared / "score.py", "--json", shared / "gold" / "mentions", outputs["mentions"])
        tasks = run(sys.executable, shared / "score_tasks.py", shared / "gold" / "tasks", outputs["tasks"])
    total = TASKS.search(tasks.strip().rpartition("\n")[2])
    if total is None:
        raise SystemExit(f"score_tasks.py said nothing of the whole:\n{tasks}")
    return json.loads(scores), (int(total[1]), int(total[2]), float(total[3]))


def table(scores: dict[str, dict[str, float]], tasks: tuple[int, int, float], chinese: bool) -> str:
    """The scores as a Markdown table."""
    head = (
        ("测量项", "准确率", "召回率", "F1", "标注数")
        if chinese
        else ("what", "precision", "recall", "F1", "annotated")
    )
    lines = [f"| {' | '.join(head)} |", "| --- | ---: | ---: | ---: | ---: |"]
    for key, english, label in MEASURES:
        s = scores[key]
        lines.append(f"| {label if chinese else english} | {s['p']:.3f} | {s['r']:.3f} | {s['f1']:.3f} | {s['gold']} |")
    found, expected, f1 = tasks
    lines.append(f"| {'任务' if chinese else 'task'} | | {found / expected:.3f} | | {expected} |")
    lines.append(f"| {'责任人与责任单位' if chinese else 'officials and offices'} | | | {f1:.3f} | |")
    return "\n".join(lines)


def put(path: Path, section: str) -> None:
    """Put the section between the marks of a README."""
    before, opening, rest = path.read_text(encoding="utf-8").partition("<!-- scores -->\n")
    _, closing, after = rest.partition("<!-- /scores -->")
    if not (opening and closing):
        raise SystemExit(f"{path} has no section between <!-- scores --> and <!-- /scores -->")
    path.write_text(f"{before}{opening}{section}\n{closing}{after}", encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options.add_argument("--write", action="store_true")
    chosen = options.parse_args()
    if not (chosen.shared / "score.py").is_file():
        raise SystemExit(f"{chosen.shared} holds no score.py; name the folder with --shared FOLDER")
    scores, tasks = measure(chosen.shared)
    print(table(scores, tasks, chinese=False))
    if chosen.write:
        put(ROOT / "README.md", table(scores, tasks, chinese=False))
        put(ROOT / "README.zh.md", table(scores, tasks, chinese=True))


if __name__ == "__main__":
    main()
