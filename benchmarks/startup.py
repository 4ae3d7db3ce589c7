"""How long a user waits for the first answer of a new process.

usage: python benchmarks/startup.py [--rounds N]

Each line is a process of its own, started anew in every round; the clock is the wall's, and the middle of the rounds
is given. An interpreter that does nothing is the measure beside it.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

SEED = sorted((Path(__file__).resolve().parent.parent / "seeds").glob("*.txt"))[0]
PLAIN = "截至6月底，完成投资3.5亿元，同比增长7%。"
NAMED = "副市长李某到市民政局调研，完成投资3.5亿元。"
COMMANDS = {
    "python alone": ["-c", "pass"],
    "`import mse`": ["-c", "import mse"],
    "first quantities": ["-c", f"import mse; assert mse.recognize({PLAIN!r})"],
    "first facts": ["-c", f"import mse; assert mse.extract_text({PLAIN!r})"],
    "first names, the model loaded": ["-c", f"import mse; assert mse.entities({NAMED!r})"],
    "`mse --help`": ["-m", "mse", "--help"],
    f"`mse extract` of a report of {len(SEED.read_text(encoding='utf-8')):,} characters": [
        *("-m", "mse", "extract", str(SEED)),
    ],
}


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def measure(rounds: int) -> dict[str, float]:
    """Seconds by what is started; what is read from disk was read once before."""
    for command in COMMANDS.values():
        seconds(command)
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):
        for name, command in COMMANDS.items():
            taken[name].append(seconds(command))
    return {name: statistics.median(values) for name, values in taken.items()}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=5)
    print("| process | seconds |\n| --- | --- |")
    for name, value in measure(arguments.parse_args().rounds).items():
        print(f"| {name} | {value:.2f} |")


if __name__ == "__main__":
    main()
