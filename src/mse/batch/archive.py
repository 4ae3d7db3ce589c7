"""An output folder that is asked: its datasets and ready views as tables of an embedded DuckDB."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mse.batch.records import Level, schema
from mse.batch.store import LEVELS, StoreError, check_part, check_version, connect, damaged, part_file, parts, readable
from mse.batch.tracking import QUERY, lines, promises
from mse.errors import MissingExtraError, MseError
from mse.writing.parquet import import_arrow

if TYPE_CHECKING:
    import pandas
    import pyarrow


class QueryError(MseError):
    """A question that cannot be answered: wrong SQL, or a name that is not there."""


class Archive:
    """The results of `mse batch`. Tables: facts, mentions, tasks, documents, failures; views: see `views.sql`.

    Only what the manifest names is read, so a batch may be filling the folder meanwhile; the tables are those of the
    moment it was opened. Usable as a context manager.
    """

    def __init__(self, out: str | os.PathLike[str]) -> None:
        self.out = Path(out)
        try:
            import duckdb
        except ImportError as error:
            raise MissingExtraError("A query", "batch") from error
        manifest = connect(self.out)
        try:
            with readable(self.out):
                check_version(self.out, manifest, "")
                found = parts(manifest)
        finally:
            manifest.close()
        for part, sizes in found:
            check_part(self.out, part, sizes)
        self._error = duckdb.Error
        self._about_sql = (duckdb.ProgrammingError, duckdb.DataError)
        self._files: dict[Level, list[Path]] = {}
        self._db = duckdb.connect(":memory:")
        self._db.execute("SET preserve_insertion_order = true")
        for level in LEVELS:
            self._files[level] = [part_file(self.out, level, part) for part, sizes in found if level in sizes]
            self._table(level, self._files[level])
        self._db.execute(files(__package__).joinpath("views.sql").read_text(encoding="utf-8"))

    def _table(self, level: Level, named: list[Path]) -> None:
        if not named:
            self._db.register(f"no_{level}", schema(level).empty_table())
            self._db.execute(f"CREATE VIEW {level} AS SELECT * FROM no_{level}")
            return
        listed = ", ".join(_quoted(file) for file in named)
        self._run(f"CREATE VIEW {level} AS SELECT * FROM read_parquet([{listed}], hive_partitioning = false)")

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._db.close()

    def table(self, sql: str = "facts") -> pyarrow.Table:
        """What a table, a view or a query gives, as an Arrow table. Raises QueryError, and StoreError for damage."""
        return self._run(_query(sql), self._db.sql).to_arrow_table()

    def frame(self, sql: str = "facts") -> pandas.DataFrame:
        """What a table, a view or a query gives, as a pandas frame; needs the extra `notebook`."""
        try:
            import pandas  # noqa: F401 - DuckDB needs it
        except ImportError as error:
            raise MissingExtraError("A data frame", "notebook") from error
        return self._run(_query(sql)).df()

    def rows(self, sql: str = "facts") -> Iterator[dict[str, Any]]:
        """What a table, a view or a query gives, row by row, as dictionaries with Python's decimals and dates."""
        result = self._run(_query(sql))
        names = _distinct(column[0] for column in result.description or ())
        while page := self._fetch(result):
            for row in page:
                yield dict(zip(names, row, strict=True))

    def track(self, metric: str = "", place: str = "", reports: int = 2) -> Iterator[dict[str, Any]]:
        """The same promise through several reports, a row a step: what was promised and reached, with its evidence.

        `metric` and `place` choose by words; `reports` is how many reports must tell of a promise. Steps of one promise
        share the number in `promise`; `gained` is what was reached since the step before, `similarity` how alike they
        are (from 0 to 1).
        """
        return lines(promises(self.rows(QUERY)), metric, place, reports)

    def _fetch(self, result: Any) -> list[tuple[Any, ...]]:
        try:
            page: list[tuple[Any, ...]] = result.fetchmany(1_000)
        except self._error as error:
            raise self._explained(error) from error
        return page

    def _run(self, sql: str, how: Callable[[str], Any] | None = None) -> Any:
        try:
            return (how or self._db.execute)(sql)
        except self._error as error:
            raise self._explained(error) from error

    def _explained(self, error: Exception) -> MseError:
        """DuckDB's word as ours: damage names the file, everything else is about the question."""
        if not isinstance(error, self._about_sql):
            for level, named in self._files.items():
                for file in named:
                    if not _is_whole(file, schema(level)):
                        return damaged(file)
        return QueryError(str(error))


def _is_whole(file: Path, expected: Any) -> bool:
    """Whether all of a part can be read."""
    arrow = import_arrow()
    try:
        arrow.parquet.read_table(file, schema=expected)
    except (arrow.ArrowException, OSError):
        return False
    return True


def _distinct(names: Iterable[str]) -> list[str]:
    """Names of columns, the second of the same name with a number behind it."""
    found: dict[str, None] = {}
    for name in names:
        numbered = chain([name], (f"{name}_{number}" for number in count(1)))
        found[next(each for each in numbered if each not in found)] = None
    return list(found)


def _quoted(file: Path) -> str:
    """A path as SQL text in which no character stands for others."""
    literal = "".join(f"[{c}]" if c in "*?[" else c for c in str(file))
    return "'" + literal.replace("'", "''") + "'"


def open(out: str | os.PathLike[str]) -> Archive:
    """The results that `mse batch` wrote into the folder `out`.

    Raises StoreError where it holds none, none of this version's, or damaged ones; MissingExtraError without DuckDB.
    """
    return Archive(out)


def _query(sql: str) -> str:
    """A bare name of a table stands for all of it."""
    return f"SELECT * FROM {sql}" if sql.strip().isidentifier() else sql


__all__ = ["Archive", "QueryError", "StoreError", "open"]
