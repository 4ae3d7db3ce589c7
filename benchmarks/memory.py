"""The memory of a run over archives of growing size.

usage: python benchmarks/memory.py [COUNT...]

Each archive is done by `mse batch` with two workers in processes of its own. Memory is the largest sum of what the run
and its workers held at one time, shared pages counted once (PSS), looked at ten times a second. Needs /proc.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import archive

COUNTS = (1_000, 10_000, 100_000)
MEGABYTE = 1024 * 1024


@dataclass(slots=True)
class Run:
    """One run: documents, characters, seconds, and the largest memory of all its processes and of the main one."""

    documents: int
    characters: int
    seconds: float
    peak: int
    main: int


def measure(count: int) -> Run:
    """Make an archive of `count` documents and run over it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        characters = archive.write(folder / "in", count)
        command = [
            sys.executable,
            "-m",
            "mse",
            "batch",
            str(folder / "in"),
            "-o",
            str(folder / "out"),
            "--workers",
            "2",
        ]
        start = time.perf_counter()
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        peak = main = 0
        while running.poll() is None:
            processes = _family(running.pid)
            held = [_held(process) for process in processes]
            peak, main = max(peak, sum(held)), max(main, held[0] if held else 0)
            time.sleep(0.1)
        if running.returncode:
            raise SystemExit(f"the run over {count} documents failed")
        return Run(count, characters, time.perf_counter() - start, peak, main)


def _family(process: int) -> list[int]:
    """The process and all below it."""
    found = [process]
    for each in found:
        try:
            children = Path(f"/proc/{each}/task/{each}/children").read_text()
        except OSError:
            continue
        found.extend(int(child) for child in children.split())
    return found


def _held(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def main() -> None:
    print("| documents | characters | seconds | peak MB, all processes | peak MB, main process |")
    print("| --- | --- | --- | --- | --- |")
    for count in [int(argument) for argument in sys.argv[1:]] or COUNTS:
        run = measure(count)
        peaks = f"{run.peak / MEGABYTE:.0f} | {run.main / MEGABYTE:.0f}"
        print(f"| {run.documents:,} | {run.characters:,} | {run.seconds:.0f} | {peaks} |", flush=True)


if __name__ == "__main__":
    main()
