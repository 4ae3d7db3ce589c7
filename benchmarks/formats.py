"""Time and peak memory of reading, a megabyte of text, for each format; and how much of the seeds' facts each keeps.

usage: python benchmarks/formats.py [COPIES]

The five seeds, COPIES times over (3 by default), are written as one document of each format, and its text in several
encodings. Each is read in a process of its own; memory is what that process needed at its peak beyond what it held
after a small document of the same format. Needs a system with /proc.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))
MEGABYTE = 1024 * 1024
_READER = """
import json, sys, time
import mse
def status(name):
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))
mse.read(sys.argv[1])
before = status("VmRSS")
start = time.perf_counter()
report = mse.read(sys.argv[2])
print(json.dumps({"seconds": time.perf_counter() - start, "bytes": status("VmHWM") - before,
                  "text": len(report.text.encode()), "tasks": len(report.tasks)}))
"""


def main(copies: int) -> None:
    import mse
    from write_formats import WRITERS, Table, layout

    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    blocks = [block for seed in seeds for block in layout(seed)]
    print(f"{'format':8} {'file':>9} {'text':>9} {'tasks':>6} {'s/MB':>7} {'MB/MB':>7}   (a megabyte of text)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind, write in WRITERS.items():
            write([block for block in blocks[:20] if not isinstance(block, Table)], folder / f"small.{kind}")
            write(blocks * copies, folder / f"large.{kind}")
            _show(kind, folder / f"small.{kind}", folder / f"large.{kind}")
        text = mse.read(folder / "large.docx").text
        for encoding in ("utf-8", "gb18030", "utf-16"):
            (folder / "small.txt").write_text("2020年进展情况", encoding=encoding)
            (folder / "large.txt").write_text(text, encoding=encoding)
            _show(encoding, folder / "small.txt", folder / "large.txt")
        _fidelity(seeds, folder)


def _show(kind: str, small: Path, large: Path) -> None:
    command = [sys.executable, "-c", _READER, str(small), str(large)]
    found = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    size = found["text"] / MEGABYTE
    print(
        f"{kind:8} {large.stat().st_size / MEGABYTE:6.2f} MB {size:6.2f} MB {found['tasks']:6} "
        f"{found['seconds'] / size:7.2f} {found['bytes'] / MEGABYTE / size:7.1f}"
    )


def _fidelity(seeds: list[Path], folder: Path) -> None:
    """How much of the tasks (with officials) and of the facts of the text each format gives, as F1."""
    import mse
    from same import fact_key, share, task_key
    from write_formats import WRITERS, layout

    print(f"\n{'seed':6} " + " ".join(f"{kind:>15}" for kind in WRITERS) + "   (tasks / facts)")
    for seed in seeds:
        expected = mse.read(seed)
        facts = mse.extract(expected)
        shown = []
        for kind, write in WRITERS.items():
            write(layout(seed), folder / f"a.{kind}")
            report = mse.read(folder / f"a.{kind}")
            tasks = share(map(task_key, expected.tasks), map(task_key, report.tasks))
            shown.append(f"{tasks:.4f}/{share(map(fact_key, facts), map(fact_key, mse.extract(report))):.4f}")
        print(f"{seed.name[:3]:6} " + " ".join(f"{each:>15}" for each in shown))


if __name__ == "__main__":
    started = time.perf_counter()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
    print(f"\n{time.perf_counter() - started:.0f} s in all")
