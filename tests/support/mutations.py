"""Damage to real files, for fuzzing: bytes changed, cut, moved and doubled, in a file or in one part of a package.

usage: python tests/support/mutations.py SECONDS FOLDER

Reads damaged files for that long; what is no report and no error of reading is kept in FOLDER as a find.
"""

from __future__ import annotations

import hashlib
import io
import resource
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from mse.errors import MseError
from mse.reading import Limits, read

HANGING = 30
LIMITS = Limits(unpacked=64 * 1024 * 1024, cells=100_000, pages=100)
_NUMBERS = (b"0", b"1", b"-1", b"65536", b"99999999999", b"1e999", b"", b"NaN")
_PIECES = (
    b"<",
    b">",
    b"</",
    b"&",
    b'"',
    b"]]>",
    b"<!--",
    b"\x00",
    b"\xff\xff",
    b"(",
    b"stream",
    b"obj",
    b"%PDF-",
    b"\t",
)


def damaged(data: bytes, random: Random) -> bytes:
    """The data with some damage; that of a package sometimes inside one of its parts."""
    if data.startswith(b"PK") and random.random() < 0.7:
        return _in_a_part(data, random)
    return _bytes(data, random)


def _bytes(data: bytes, random: Random) -> bytes:
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        if not out:
            break
        at = random.randrange(len(out))
        length = random.choice((1, 2, 8, 64, 1024))
        match random.randrange(8):
            case 0:
                out[at] = random.randrange(256)
            case 1:
                out[at] ^= 1 << random.randrange(8)
            case 2:
                del out[at : at + length]
            case 3:
                out[at:at] = out[at : at + length] * random.choice((1, 2, 20))
            case 4:
                out[at:at] = random.choice(_PIECES) * random.choice((1, 3, 200))
            case 5:
                del out[at:]
            case 6:
                other = random.randrange(len(out))
                out[at : at + length] = out[other : other + length]
            case 7:
                _number(out, at, random)
    return bytes(out)


def _number(out: bytearray, at: int, random: Random) -> None:
    """Put another number in the place of the next one."""
    start = next((i for i in range(at, min(at + 500, len(out))) if 48 <= out[i] < 58), None)
    if start is not None:
        stop = start
        while stop < len(out) and 48 <= out[stop] < 58:
            stop += 1
        out[start:stop] = random.choice(_NUMBERS)


def _in_a_part(data: bytes, random: Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = random.choice(sorted(parts))
    if random.random() < 0.1:
        del parts[name]
    else:
        parts[name] = _bytes(parts[name], random)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    return buffer.getvalue()


@contextmanager
def no_longer_than(seconds: int) -> Iterator[None]:
    """Raises TimeoutError where something hangs, in the main thread and where the system can tell."""

    def hangs(*_: object) -> None:
        raise TimeoutError(f"hangs for more than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def survives(data: bytes, folder: Path) -> None:
    """Read the data as a file: a report whose spans lie in its text, or an error of ours. Anything else is raised."""
    file = folder / "fuzzed"
    file.write_bytes(data)
    with no_longer_than(HANGING):
        try:
            report = read(file, limits=LIMITS)
        except MseError:
            return
        report.text.encode("utf-8")
        length = len(report.text)
        for task in report.tasks:
            assert all(0 <= cell.start <= cell.end <= length for cell in task.cells)
        assert all(0 <= start <= end <= length for start, end in report.regions)


def examples(seeds: list[Path], folder: Path) -> dict[str, bytes]:
    """Small real files of every format."""
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    from write_formats import WRITERS, Table, layout

    blocks = layout(seeds[2])
    for block in blocks:
        if isinstance(block, Table):
            block.rows = block.rows[:5]
            for row in block.rows:
                for cell in row:
                    if cell is not None:
                        cell.rows, cell.text = 1, cell.text[:60]
    found: dict[str, bytes] = {}
    for kind, write in WRITERS.items():
        write(blocks, folder / f"small.{kind}")
        found[kind] = (folder / f"small.{kind}").read_bytes()
    archive = MIMEMultipart("related")
    archive.attach(MIMEText(found["html"].decode("utf-8"), "html", "utf-8"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("a.docx", found["docx"])
    text = "序号,工作任务,进展情况\n" + '1,"新增床位1000张,\n改造",已新增800张\n' * 5
    found |= {
        "xls": (Path(__file__).parents[1] / "reading/formats/data/old.xls").read_bytes(),
        "mht": archive.as_bytes(),
        "zip": buffer.getvalue(),
        "csv": text.encode("utf-8-sig"),
        "gb18030": text.replace(",", "\t").encode("gb18030"),
        "big5": "序號\t工作任務\t進展情況\n1\t新增床位\t已新增\n".encode("cp950"),
    }
    return found


def main(seconds: float, finds: Path) -> None:
    seeds = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
    finds.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        files = examples(seeds, Path(name))
        end = time.monotonic() + seconds
        count = dict.fromkeys(files, 0)
        number = int(time.time())
        while time.monotonic() < end:
            number += 1
            random = Random(number)
            kind = random.choice(sorted(files))
            data = damaged(files[kind], random)
            (finds / "current").write_bytes(data)
            count[kind] += 1
            started = time.monotonic()
            try:
                survives(data, Path(name))
            except Exception:
                digest = hashlib.sha256(data).hexdigest()[:12]
                (finds / f"{digest}.{kind}").write_bytes(data)
                print(f"{digest}.{kind}\n{traceback.format_exc(limit=-4)}", file=sys.stderr)
            if time.monotonic() - started > 3:
                (finds / f"slow-{number}.{kind}").write_bytes(data)
                print(f"slow-{number}.{kind}: {time.monotonic() - started:.1f} s", file=sys.stderr)
        (finds / "current").unlink()
    print(count, f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main(float(sys.argv[1]), Path(sys.argv[2]))
