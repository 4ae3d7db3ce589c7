"""A run: the documents among some paths through the workers into the output folder."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from mse.batch.sources import documents
from mse.batch.store import Store, shown
from mse.batch.work import Job, Outcome, failed
from mse.reading import Limits

SECONDS = 120.0  # one document may take this long
PART_BYTES = 64 * 1024 * 1024
PART_SECONDS = 30.0


class Workers(Protocol):
    """What does the jobs: processes of this machine, or a cluster."""

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[Outcome]: ...


@dataclass(slots=True)
class Summary:
    """What a run came to: documents done, unchanged since the last run and failed, and the facts of those done."""

    done: int = 0
    same: int = 0
    failed: int = 0
    facts: int = 0
    reasons: list[str] = field(default_factory=list)  # of the first failures

    def add(self, outcome: Outcome) -> None:
        setattr(self, outcome.state, getattr(self, outcome.state) + 1)
        self.facts += outcome.facts
        if outcome.reason and len(self.reasons) < 20:
            self.reasons.append(outcome.reason)


def run(
    paths: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    workers: int = 1,
    ray: str | None = None,
    seconds: float = SECONDS,
    limits: Limits | None = None,
    model: bool = True,
    progress: Callable[[int, Summary], None] | None = None,
) -> Summary:
    """Extract every document among `paths` into the folder `out`, going on where an earlier run stopped.

    `workers` processes work on this machine, or, with the address of a cluster in `ray`, as many actors on it.
    `seconds` is the time limit of a document; with `model` False names are found by rules alone. `progress` is told
    the number of documents and what is done so far. A document whose bytes are those of the last run is passed over;
    one that changed replaces its old rows; rows of a document that is no longer there stay.

    Raises StoreError for a folder that cannot be used, OSError where it cannot be written, and ValueError for fewer
    than one worker. Whatever was committed before stays intact.
    """
    from mse import __version__

    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    limits = limits or Limits()
    store = Store(Path(out), __version__)
    try:
        summary = Summary()
        total = _plan(store, paths, limits, summary)
        with _workers(workers, ray, seconds, limits) as pool:
            clock = _Clock()
            for outcome in pool.outcomes(store.jobs(model)):
                summary.add(outcome)
                if outcome.state != "same":
                    store.add(outcome)
                if progress is not None:
                    progress(total, summary)
                if store.bytes_waiting >= PART_BYTES or clock.rings():
                    store.commit()
                    clock.wind()
        store.commit()
        return summary
    except KeyboardInterrupt:
        store.commit()  # what is done is done
        raise
    finally:
        store.close()


def _plan(store: Store, paths: Iterable[str | os.PathLike[str]], limits: Limits, summary: Summary) -> int:
    """List the documents of the run; a path that gives none is a failure of its own."""
    nothing: list[Outcome] = []

    def named() -> Iterator[tuple[bytes, str]]:
        for path, error in documents(paths, store.out, limits):
            file = os.path.abspath(path)  # noqa: PTH100 - links stay as they were named
            if error is None:
                yield os.fsencode(file), shown(str(path))
            else:
                nothing.append(failed(Job(file, store.free(file, shown(str(path)))), "unreadable", str(error)))

    total = store.plan(named())
    for outcome in nothing:
        summary.add(outcome)
        store.add(outcome)
    return total + len(nothing)


def _workers(count: int, ray: str | None, seconds: float, limits: Limits) -> AbstractContextManager[Workers]:
    from mse.batch.processes import Processes

    if ray is None:
        return Processes(count, seconds, limits)
    from mse.batch.cluster import Cluster

    return Cluster(ray, count, seconds, limits)


class _Clock:
    """When to commit: soon at first, so that a short run loses little, later less often, so that parts are large.

    It starts with the first outcome: loading the workers is not yet work that could be lost.
    """

    def __init__(self) -> None:
        self._seconds = 1.0
        self._next: float | None = None

    def rings(self) -> bool:
        if self._next is None:
            self._next = time.monotonic() + self._seconds
        return time.monotonic() >= self._next

    def wind(self) -> None:
        self._seconds = min(self._seconds * 2, PART_SECONDS)
        self._next = time.monotonic() + self._seconds
