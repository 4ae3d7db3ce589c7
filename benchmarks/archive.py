"""Archives of any size, made by varying the seeds: other figures, other names, other tasks in another order.

usage: python benchmarks/archive.py FOLDER COUNT [--tasks N]

Document `i` is the same in every archive. It opens as its seed does and holds N tasks of it (3 by default) with their
columns; figures that count something change, years and dates stay, and people get other names. A thousand documents
stand in a folder.
"""

from __future__ import annotations

import argparse
import random
import re
from functools import cache
from pathlib import Path

import mse
from mse.grammar import load

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
_FIGURE = re.compile(r"(?<![\d.年月第〔])\d+(?:\.\d+)?(?![\d.]|年|月|日|号|[-—]\d)")
_PER_FOLDER = 1000


@cache
def _seeds() -> list[tuple[str, list[str], list[str]]]:
    """Of each seed what stands above its first task, its tasks with all their columns, and the people in them."""
    found = []
    for path in sorted(SEEDS.glob("*.txt")):
        report = mse.read(path)
        starts = [task.start for task in report.tasks]
        ends = [*starts[1:], len(report.text)]
        people = {name for task in report.tasks for name in (*task.leaders, *task.persons)}
        rows = [report.text[a:b] for a, b in zip(starts, ends, strict=True)]
        found.append((report.text[: starts[0]], rows, sorted(people)))
    return found


@cache
def _surnames() -> str:
    return str(load("surnames")["single"]["common"])


def document(number: int, tasks: int = 3) -> str:
    """The text of document `number`."""
    chance = random.Random(number)
    head, rows, people = chance.choice(_seeds())
    body = "".join(chance.sample(rows, min(tasks, len(rows))))
    for name in people:
        if name in body:
            body = body.replace(name, chance.choice(_surnames()) + name[1:])
    return head + _FIGURE.sub(lambda hit: _other(hit.group(), chance), body)


def _other(figure: str, chance: random.Random) -> str:
    """A figure with as many digits, the first of them not zero."""
    digits = [str(chance.randint(0, 9)) if character.isdigit() else character for character in figure]
    if digits[0] == "0" and len(digits) > 1 and digits[1] != ".":
        digits[0] = "1"
    return "".join(digits)


def write(folder: Path, count: int, tasks: int = 3) -> int:
    """Write `count` documents below the folder; the number of characters in all."""
    characters = 0
    for number in range(count):
        text = document(number, tasks)
        file = folder / f"{number // _PER_FOLDER:04d}" / f"{number:07d}.txt"
        if number % _PER_FOLDER == 0:
            file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        characters += len(text)
    return characters


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("count", type=int)
    arguments.add_argument("--tasks", type=int, default=3)
    given = arguments.parse_args()
    print(f"{write(given.folder, given.count, given.tasks):,} characters in {given.count:,} documents")


if __name__ == "__main__":
    main()
