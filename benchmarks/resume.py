"""Whether a run that is killed again and again ends as an undisturbed one does.

usage: python benchmarks/resume.py [COUNT] [--kills N] [--seed S]

The run's main process gets SIGKILL at a random moment and is started again, N times; then it may finish. Every row of
every dataset is compared with those of a run that nobody disturbed.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import archive

import mse.batch

TABLES = ("facts", "mentions", "tasks", "documents", "failures")


def batch(source: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "mse", "batch", str(source), "-o", str(out), "--workers", "2"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def rows(out: Path) -> dict[str, list[str]]:
    """Every row of every dataset, in an order of its own."""
    with mse.batch.open(out) as archive:
        return {
            name: sorted(json.dumps(row, default=str, ensure_ascii=False) for row in archive.table(name).to_pylist())
            for name in TABLES
        }


def done(out: Path) -> int:
    """How many documents stand in the folder for good; 0 before its first commit."""
    try:
        with mse.batch.open(out) as archive:
            return int(archive.table("documents").num_rows)
    except mse.MseError:
        return 0


def measure(count: int, kills: int, seed: int) -> tuple[list[tuple[float, int]], dict[str, int], bool]:
    """The kills (seconds after the start, documents kept), the rows of each dataset, and whether they are the same."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive.write(folder / "in", count)
        start = time.perf_counter()
        if batch(folder / "in", folder / "whole").wait():
            raise SystemExit("the undisturbed run failed")
        whole = time.perf_counter() - start
        killed = []
        while len(killed) < kills:
            moment = chance.uniform(0.2, whole / 3)
            running = batch(folder / "in", folder / "killed")
            try:
                running.wait(moment)
                raise SystemExit(f"the run was over before kill {len(killed) + 1}; take another seed or more documents")
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()
            killed.append((moment, done(folder / "killed")))
        if batch(folder / "in", folder / "killed").wait():
            raise SystemExit("the run failed after it was killed")
        wanted, found = rows(folder / "whole"), rows(folder / "killed")
        return killed, {name: len(wanted[name]) for name in TABLES}, wanted == found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("count", type=int, nargs="?", default=5000)
    arguments.add_argument("--kills", type=int, default=10)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    killed, sizes, same = measure(given.count, given.kills, given.seed)
    print("| kill | seconds after the start | documents that stay |\n| --- | --- | --- |")
    for number, (moment, kept) in enumerate(killed, 1):
        print(f"| {number} | {moment:.1f} | {kept:,} |")
    counted = ", ".join(f"{size:,} {name}" for name, size in sizes.items())
    print(f"\nRows of both runs: {'the same' if same else 'DIFFERENT'} ({counted}).")
    if not same:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
