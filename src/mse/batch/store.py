"""The output folder: datasets of Parquet parts, and the manifest that says which parts count.

A part is what a stretch of the run found, one file a dataset under the same number. Its files are complete on disk
before one transaction of the manifest makes them count, so a run that ends at any moment leaves whole parts only; what
no transaction named is removed at the next start. A document done again replaces its old rows: in the same transaction
the part they stood in gives way to one without them.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from mse.batch.draft import Draft, settle
from mse.batch.records import Level, schema, table
from mse.batch.work import Job, Outcome
from mse.errors import MseError
from mse.writing.atomic import replacing
from mse.writing.parquet import import_arrow

FORMAT = "1"
LEVELS: tuple[Level, ...] = get_args(Level)
MANIFEST, LOCK = "manifest.sqlite", "lock.sqlite"
PAGE = 1_000  # jobs fetched at a time

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE parts (part INTEGER PRIMARY KEY, sizes TEXT NOT NULL);
CREATE TABLE documents (
    file BLOB PRIMARY KEY, path TEXT NOT NULL UNIQUE, content TEXT NOT NULL, part INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX documents_of_part ON documents (part);
CREATE INDEX documents_of_content ON documents (content);
"""
_TODO = "CREATE TEMP TABLE todo (number INTEGER PRIMARY KEY, file BLOB UNIQUE, path TEXT)"
_PAGE = """
SELECT todo.number, todo.file, todo.path, mine.path, mine.content
FROM todo LEFT JOIN documents AS mine ON mine.file = todo.file
WHERE todo.number > ? ORDER BY todo.number LIMIT ?
"""


class StoreError(MseError):
    """An output folder that cannot be used as it is; the message names it, what is wrong and what to do."""

    def __init__(self, path: Path, reason: str, hint: str) -> None:
        self.path, self.reason, self.hint = path, reason, hint
        super().__init__(path, reason, hint)

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}; {self.hint}"


class Store:
    """An output folder that is being filled, by one run at a time. Close it when done.

    Raises StoreError for a folder that is something else, of another version, damaged, or in use; OSError where it
    cannot be written.
    """

    def __init__(self, out: Path, version: str) -> None:
        self.out = out
        self._draft: Draft | None = None
        self._outcomes: list[Outcome] = []
        self.bytes_waiting = 0
        if out.exists() and not out.is_dir():
            raise StoreError(out, "is no folder", "name a folder for the output")
        new = not (out / MANIFEST).exists()
        if new and out.exists() and any(not each.name.startswith((LOCK, MANIFEST)) for each in out.iterdir()):
            raise StoreError(out, "holds something else than results of mse batch", "name a new or an empty folder")
        out.mkdir(parents=True, exist_ok=True)
        self._lock = _lock(out)
        try:
            self._open(new, version)
        except BaseException:
            self._lock.close()
            raise

    def _open(self, new: bool, version: str) -> None:
        if new:
            self._create(version)
        self._db = connect(self.out, write=True)
        with self._guarded():
            check_version(self.out, self._db, version)
            for level in LEVELS:  # a dataset is never without its columns
                if not part_file(self.out, level, 0).exists():
                    self._write(0, {level: table(level, [])})
            for part, sizes in parts(self._db):
                check_part(self.out, part, sizes)
            self._sweep()
            self._db.execute(_TODO)

    def close(self) -> None:
        """Leave the folder to others. What waits to be committed is not."""
        if self._draft is not None:
            self._draft.drop()
        self._db.close()
        self._lock.close()

    def plan(self, documents: Iterable[tuple[bytes, str]]) -> int:
        """Note the documents of this run as (file, path), each file once; how many they are."""
        with self._guarded(), self._db:
            self._db.executemany("INSERT OR IGNORE INTO todo (file, path) VALUES (?, ?)", documents)
        count: int = self._db.execute("SELECT count(*) FROM todo").fetchone()[0]
        return count

    def jobs(self, model: bool = True) -> Iterator[Job]:
        """The planned documents in their order, each with the content it had when it was last done."""
        number = 0
        while page := self._db.execute(_PAGE, (number, PAGE)).fetchall():
            for number, file, path, own, content in page:  # noqa: B007 - the last number is where the next page begins
                name = os.fsdecode(file)
                yield Job(name, own or self.free(name, path), content or "", model)

    def free(self, file: str, path: str) -> str:
        """The path a document's rows may carry: the one it was named by, or the full one if another goes by that."""
        taken = "SELECT 1 FROM documents WHERE path = ? AND file <> ?"
        return shown(file) if self._db.execute(taken, (path, os.fsencode(file))).fetchone() else path

    def add(self, outcome: Outcome) -> None:
        """Take up the rows of an outcome; they count from the next commit on. Raises OSError, StoreError."""
        with self._guarded():
            self.bytes_waiting += self._filled().add(outcome.packed)
        self._outcomes.append(replace(outcome, packed={}))

    def commit(self) -> None:
        """Make what was added count, in place of what the same documents gave before. Raises OSError, StoreError."""
        if not self._outcomes:
            return
        with self._guarded():
            old = self._replaced()
            first = self._next_part()
            added: list[tuple[int, int | None]] = [(first, None)]
            try:
                written = [(first, self._filled().finish())]
                for part, gone in old.items():
                    number = first + len(added)
                    added.append((number, part))
                    written.append((number, self._write(number, self._without(part, gone))))
                self._record(added, written)
            except BaseException:
                self._filled().drop()
                for number, _ in added:
                    self._remove(number)
                raise
        for part in old:
            self._remove(part)
        self._outcomes.clear()
        self._draft = None
        self.bytes_waiting = 0

    def _filled(self) -> Draft:
        """The part that is being filled."""
        if self._draft is None:
            number = self._next_part()
            self._draft = Draft({level: part_file(self.out, level, number) for level in LEVELS})
        return self._draft

    def _record(self, added: list[tuple[int, int | None]], written: list[tuple[int, dict[str, int]]]) -> None:
        (first, _), *moved = added
        with self._db:
            self._db.executemany("INSERT INTO parts VALUES (?, ?)", [(n, json.dumps(sizes)) for n, sizes in written])
            for new, old in moved:
                self._db.execute("UPDATE documents SET part = ? WHERE part = ?", (new, old))
                self._db.execute("DELETE FROM parts WHERE part = ?", (old,))
            self._db.executemany("DELETE FROM documents WHERE file = ?", [(file,) for file in self._moved_away])
            self._db.executemany(
                "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)",
                [(os.fsencode(each.job.file), each.job.path, each.content, first) for each in self._outcomes],
            )

    def _replaced(self) -> dict[int, set[str]]:
        """The parts that hold rows of the documents to commit, or of files that these were before, and which."""
        found: dict[int, set[str]] = {}
        self._moved_away: list[bytes] = []
        for outcome in self._outcomes:
            file = os.fsencode(outcome.job.file)
            rows = self._db.execute("SELECT file, path, part FROM documents WHERE file = ?", (file,)).fetchall()
            if not rows and outcome.content:
                same = "SELECT file, path, part FROM documents WHERE content = ?"
                rows = [row for row in self._db.execute(same, (outcome.content,)) if _is_gone(row[0])]
                self._moved_away += [row[0] for row in rows]
            for _, path, part in rows:
                found.setdefault(part, set()).add(path)
        return found

    def _without(self, part: int, gone: set[str]) -> dict[Level, Any]:
        """The tables of a part without the rows of some documents."""
        arrow = import_arrow()
        import pyarrow.compute

        left: dict[Level, Any] = {}
        for level in LEVELS:
            file = part_file(self.out, level, part)
            if file.exists():
                try:
                    rows = arrow.parquet.read_table(file, schema=schema(level))
                except (arrow.ArrowException, OSError) as error:
                    raise damaged(file) from error
                kept = rows.filter(
                    pyarrow.compute.invert(pyarrow.compute.is_in(rows["path"], arrow.array(sorted(gone))))
                )
                if kept.num_rows:
                    left[level] = kept
        return left

    def _write(self, part: int, tables: dict[Level, Any]) -> dict[str, int]:
        """The files of a part, complete on disk; their sizes by level."""
        sizes: dict[str, int] = {}
        for level, rows in tables.items():
            file = part_file(self.out, level, part)
            with replacing(file) as stream:
                import_arrow().parquet.write_table(rows, stream, compression="zstd")
            sizes[level] = file.stat().st_size
            settle(file.parent)
        return sizes

    def _next_part(self) -> int:
        last: int | None = self._db.execute("SELECT max(part) FROM parts").fetchone()[0]
        return (last or 0) + 1

    def _remove(self, part: int) -> None:
        for level in LEVELS:
            part_file(self.out, level, part).unlink(missing_ok=True)

    def _sweep(self) -> None:
        """Remove what a run that was stopped left behind."""
        valid = {part_file(self.out, level, part) for part, sizes in parts(self._db) for level in sizes}
        valid |= {part_file(self.out, level, 0) for level in LEVELS}
        for level in LEVELS:
            for file in (self.out / level).iterdir():
                if file not in valid and (file.name.startswith((".mse-", "part-"))):
                    file.unlink()

    def _create(self, version: str) -> None:
        """The manifest of an empty output, whole or not there."""
        draft = self.out / f"{MANIFEST}.new"
        draft.unlink(missing_ok=True)
        db = sqlite3.connect(draft)
        with self._guarded(), db:
            db.executescript(_TABLES)
            db.executemany("INSERT INTO meta VALUES (?, ?)", [("format", FORMAT), ("version", version)])
        db.close()
        draft.replace(self.out / MANIFEST)
        settle(self.out)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        with readable(self.out):
            yield


def connect(out: Path, *, write: bool = False) -> sqlite3.Connection:
    """The manifest of an output folder. Raises StoreError where there is none."""
    manifest = out / MANIFEST
    if not manifest.is_file():
        raise StoreError(out, "holds no results of mse batch", "name the folder that mse batch wrote")
    mode = "rw" if write else "ro"
    with readable(out):
        db = sqlite3.connect(f"{manifest.resolve().as_uri()}?mode={mode}", uri=True, timeout=30)
        db.execute("PRAGMA synchronous = FULL")
        return db


@contextmanager
def readable(out: Path) -> Iterator[None]:
    """Turns what can go wrong with the manifest into a StoreError, or an OSError where the disk is full."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "full" in str(error) or "disk I/O" in str(error):
            raise OSError(28, f"{out / MANIFEST} cannot be written: {error}") from error
        raise StoreError(
            out / MANIFEST, f"cannot be used: {error}", "check that no other program has it open"
        ) from error
    except sqlite3.DatabaseError as error:
        hint = "move the folder away and run again, or bring back a copy of the file"
        raise StoreError(out / MANIFEST, f"is damaged: {error}", hint) from error


def check_version(out: Path, db: sqlite3.Connection, version: str) -> None:
    """Raises StoreError where the folder was written in another format or by another version of mse."""
    meta = dict(db.execute("SELECT name, value FROM meta").fetchall())
    if meta.get("format") != FORMAT or (version and meta.get("version") != version):
        mine = f"version {version}, format {FORMAT}"
        was = f"version {meta.get('version', '?')}, format {meta.get('format', '?')}"
        raise StoreError(out, f"was written by another mse ({was}; this is {mine})", "name a new folder")


def parts(db: sqlite3.Connection) -> list[tuple[int, dict[str, int]]]:
    """The parts that count, with the sizes of their files by level."""
    return [(part, json.loads(sizes)) for part, sizes in db.execute("SELECT part, sizes FROM parts ORDER BY part")]


def check_part(out: Path, part: int, sizes: dict[str, int]) -> None:
    """Raises StoreError where a file of a part is missing, cut off or overwritten."""
    for level, size in sizes.items():
        file = part_file(out, level, part)
        try:
            with file.open("rb") as stream:
                head = stream.read(4)
                stream.seek(max(0, size - 4))
                whole = head == b"PAR1" == stream.read()
        except OSError as error:
            raise StoreError(file, f"cannot be read: {error.strerror or error}", _REPAIR) from error
        if not whole:
            raise damaged(file)


def damaged(file: Path) -> StoreError:
    """The error of a part that does not hold what was written."""
    return StoreError(file, "is damaged", _REPAIR)


_REPAIR = "bring back a copy of the file, or run mse batch into a new folder"


def part_file(out: Path, level: str, part: int) -> Path:
    """Where a part of a dataset lies."""
    return out / level / f"part-{part:08d}.parquet"


def shown(name: str) -> str:
    """A path as text that can be stored: bytes that are no UTF-8 are escaped."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _lock(out: Path) -> sqlite3.Connection:
    """Held by the one run that fills the folder; the system lets go of it however that run ends."""
    with readable(out):
        db = sqlite3.connect(out / LOCK, timeout=0, isolation_level=None)
        try:
            db.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            db.close()
            if "locked" not in str(error):
                raise
            raise StoreError(out, "is being filled by another run", "wait for it, or name another folder") from error
    return db


def _is_gone(file: bytes) -> bool:
    name = os.fsdecode(file)
    from mse.reading.formats.archive import enclosing

    return not Path(name).exists() and enclosing(Path(name)) is None
