"""What a run over archives of growing size takes: memory, time, and room on the disk.

usage: python benchmarks/memory.py [COUNT...]

Each archive is done by `mse batch` with two workers in processes of its own. Memory is the largest sum of what the run
and its workers held at one time, shared pages counted once (PSS), looked at ten times a second. The main process lists
the documents and writes what the workers find; its processor time tells how many workers one writer can serve. Needs
/proc.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import archive

from mse.batch.store import MANIFEST

COUNTS = (1_000, 10_000, 100_000)
MEGABYTE = 1024 * 1024


@dataclass(slots=True)
class Run:
    """One run: documents, characters, seconds; the largest memory of all its processes and of the main one; the
    processor seconds of the main one; bytes of the output and of the manifest in it."""

    documents: int
    characters: int
    seconds: float
    peak: int
    main: int
    writing: float
    written: int
    manifest: int


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
        writing = 0.0
        while running.poll() is None:
            processes = _family(running.pid)
            held = [_held(process) for process in processes]
            peak, main = max(peak, sum(held)), max(main, held[0] if held else 0)
            writing = max(writing, _processor_seconds(running.pid))
            time.sleep(0.1)
        if running.returncode:
            raise SystemExit(f"the run over {count} documents failed")
        seconds = time.perf_counter() - start
        files = [file for file in (folder / "out").rglob("*") if file.is_file()]
        written = sum(file.stat().st_size for file in files)
        manifest = sum(file.stat().st_size for file in files if file.name.startswith(MANIFEST))
        return Run(count, characters, seconds, peak, main, writing, written, manifest)


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


def _processor_seconds(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    columns = (
        *("documents", "characters", "seconds", "peak MB, all processes", "peak MB, main process"),
        *("processor seconds of the main process", "MB of output", "of them manifest"),
    )
    print(f"| {' | '.join(columns)} |\n{'| --- ' * len(columns)}|")
    for count in [int(argument) for argument in sys.argv[1:]] or COUNTS:
        run = measure(count)
        peaks = f"{run.peak / MEGABYTE:.0f} | {run.main / MEGABYTE:.0f}"
        disk = f"{run.written / MEGABYTE:.1f} | {run.manifest / MEGABYTE:.1f}"
        print(
            f"| {run.documents:,} | {run.characters:,} | {run.seconds:.0f} | {peaks} | {run.writing:.0f} | {disk} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
