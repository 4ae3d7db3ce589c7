"""Runs every benchmark of speed and endurance and writes what they print into RESULTS.md, with the machine.

usage: python benchmarks/run_all.py [--documents N...] [--only NAME...] [--output FILE]

`make benchmark` runs it in an environment of its own that holds the two tools beside mse. Takes about half an hour,
most of it the archive of 100,000 documents. Nothing else should run on the machine meanwhile.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the results: what is asked, the script that answers, and what it is given."""

    title: str
    script: str
    given: tuple[str, ...] = ()
    note: str = ""


def parts(documents: list[int]) -> list[Part]:
    return [
        Part("Beside two other tools, one core", "recognize.py", ("--rounds", "5")),
        Part("What each stage takes", "stages.py"),
        Part("Start-up", "startup.py"),
        Part("One worker and two", "scaling.py"),
        Part("Killed and started again", "resume.py"),
        Part(
            "Memory of a growing archive",
            "memory.py",
            tuple(map(str, documents)),
            "Two workers and the process that writes; pages they share are counted once.",
        ),
    ]


def run(part: Part) -> str:
    """The section: its heading, the command, and the tables and sentences the script printed."""
    command = [sys.executable, str(HERE / part.script), *part.given]
    print(f"{part.script} ...", file=sys.stderr, flush=True)
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    kept = [line for line in printed.splitlines() if not line.startswith("#")]  # other tools greet on import
    shown = " ".join(["python", f"benchmarks/{part.script}", *part.given])
    return "\n\n".join(filter(None, [f"## {part.title}", part.note, f"`{shown}`", "\n".join(kept).strip()]))


def machine() -> str:
    names = ("mse", "recognizers-text-suite", "jionlp", "jieba", "regex", "pydantic", "spacy", "pyarrow")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Measured on {date.today().isoformat()}: {_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.system()}, Python {platform.python_version()}; {versions}."
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    arguments.add_argument("--only", nargs="+", help="scripts to run; the others are left out of the file")
    arguments.add_argument("--output", type=Path, default=HERE / "RESULTS.md")
    given = arguments.parse_args()
    wanted = [part for part in parts(given.documents) if not given.only or part.script in given.only]
    head = "# Results\n\nWritten by `make benchmark`; ratios hold on other machines, absolute figures do not."
    given.output.write_text("\n\n".join([head, machine(), *map(run, wanted)]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
