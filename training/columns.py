#!/usr/bin/env python3
"""Officials and offices in the tables of reports as training data: names that stand in a column are labels for free.

usage: columns.py OUT.jsonl [REPORT...]   (by default the reports in seeds/)
"""

from __future__ import annotations

import sys
from pathlib import Path

import mse
from mse.model import Report
from mse.ner.formats import Example, write_examples

ROOT = Path(__file__).resolve().parent.parent


def examples(report: Report) -> list[Example]:
    """One example for each cell that holds officials or offices, if all it holds is known from the tasks."""
    labels = {}
    for task in report.tasks:
        labels.update(dict.fromkeys([*task.lead_organizations, *task.supporting_organizations], "ORG"))
        labels.update(dict.fromkeys([*task.leaders, *task.persons], "PERSON"))
    found = {}
    for start, end in report.regions:
        text = report.text[start:end].strip()
        spans, position, rest = [], 0, text
        for line in text.split("\n"):
            name = line.strip()
            if name in labels:
                begin = position + line.index(name)
                spans.append((begin, begin + len(name), labels[name]))
                rest = rest.replace(name, "", 1)
            position += len(line) + 1
        if spans and not rest.strip():
            found[text] = Example(text, spans)
    return list(found.values())


def main() -> None:
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    reports = sys.argv[2:] or sorted(map(str, (ROOT / "seeds").glob("*.txt")))
    made = {e.text: e for path in reports for e in examples(mse.read(path))}
    write_examples(Path(sys.argv[1]), made.values())
    print(f"{len(made)} cells from {len(reports)} reports", file=sys.stderr)


if __name__ == "__main__":
    main()
