"""How much faster two workers are than one, over an archive made from the seeds.

usage: python benchmarks/scaling.py [COUNT] [--rounds N]

One and two workers take turns on the same documents, each time into a new folder; the clock is the wall's, from the
start of the run to the last commit, the loading of the workers included.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import archive

import mse.batch


def measure(count: int, rounds: int) -> dict[int, float]:
    """Documents a second by the number of workers, the middle of the rounds."""
    taken: dict[int, list[float]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive.write(folder / "in", count)
        mse.batch.run([folder / "in" / "0000" / "0000000.txt"], folder / "first")  # starts what later runs share
        for turn in range(rounds):
            for workers, seconds in taken.items():
                start = time.perf_counter()
                summary = mse.batch.run([folder / "in"], folder / f"out{workers}-{turn}", workers=workers)
                seconds.append(time.perf_counter() - start)
                assert summary.done == count
    return {workers: count / statistics.median(seconds) for workers, seconds in taken.items()}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("count", type=int, nargs="?", default=3000)
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    speed = measure(given.count, given.rounds)
    print("| workers | documents a second | times one worker |\n| --- | --- | --- |")
    for workers, value in speed.items():
        print(f"| {workers} | {value:.0f} | {value / speed[1]:.2f} |")


if __name__ == "__main__":
    main()
