"""What each stage of the extraction takes of the whole, over the seeds.

usage: python benchmarks/stages.py [--rounds N]
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import mse
from mse.extract.analysis import STAGES, Analysis

SEEDS = sorted((Path(__file__).resolve().parent.parent / "seeds").glob("*.txt"))


def measure(rounds: int) -> dict[str, float]:
    """Seconds of processor time for each stage, the least of the rounds; reading comes first."""
    least: dict[str, float] = {}
    for _ in range(rounds + 1):  # the first round loads what is needed
        taken = dict.fromkeys(("read", *STAGES), 0.0)
        for path in SEEDS:
            start = time.process_time()
            analysis = Analysis.of(mse.read(path))
            taken["read"] += time.process_time() - start
            for name, stage in STAGES.items():
                start = time.process_time()
                stage(analysis)
                taken[name] += time.process_time() - start
        least = {name: min(value, least.get(name, value)) for name, value in taken.items()}
    return least


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=9)
    taken = measure(arguments.parse_args().rounds)
    whole = sum(taken.values())
    print("| stage | share |\n| --- | --- |")
    for name, value in taken.items():
        print(f"| {name} | {value / whole:.0%} |")


if __name__ == "__main__":
    main()
