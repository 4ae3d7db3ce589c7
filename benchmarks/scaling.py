"""How much faster two workers are than one, over an archive made from the seeds.

usage: python benchmarks/scaling.py [COUNT] [--rounds N]

One worker, two, and two on a Ray cluster of this machine take turns on the same documents, each time into a new folder;
the clock is the wall's, from the start of the run to the last commit, the start of the workers or the cluster included.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import archive

WAYS = {"1": ["--workers", "1"], "2": ["--workers", "2"], "2, on Ray": ["--workers", "2", "--ray", "local"]}


def measure(count: int, rounds: int) -> dict[str, float]:
    """Documents a second by how they are done, the middle of the rounds."""
    taken: dict[str, list[float]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive.write(folder / "in", count)
        for turn in range(rounds):
            for number, (way, seconds) in enumerate(taken.items()):
                out = folder / f"out{number}-{turn}"
                command = [sys.executable, "-m", "mse", "batch", str(folder / "in"), "-o", str(out), *WAYS[way]]
                start = time.perf_counter()
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                seconds.append(time.perf_counter() - start)
    return {way: count / statistics.median(seconds) for way, seconds in taken.items()}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("count", type=int, nargs="?", default=3000)
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    speed = measure(given.count, given.rounds)
    print("| workers | documents a second | times one worker |\n| --- | --- | --- |")
    for way, value in speed.items():
        print(f"| {way} | {value:.0f} | {value / speed['1']:.2f} |")


if __name__ == "__main__":
    main()
