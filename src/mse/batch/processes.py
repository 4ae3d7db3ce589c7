"""Jobs through worker processes that may hang or die: each job has a time limit, and a lost worker is replaced."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection, get_all_start_methods, get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from mse.batch.work import Job, Outcome, failed, warm_up, work
from mse.errors import MseError
from mse.reading import Limits

AHEAD = 2  # jobs a worker holds at a time, so that it never waits for the next one
RENEW = 5_000  # documents after which a worker makes room for a fresh one
STARTS = 3  # workers in a row that may die before they are ready

Work = Callable[[Job, Limits], Outcome]


class WorkersError(MseError):
    """No worker process can be started."""


@dataclass(slots=True, eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection
    jobs: deque[Job] = field(default_factory=deque)
    since: float | None = None  # when it began with the first of its jobs; None until it is ready
    taken: int = 0


class Processes:
    """Worker processes that do jobs. Used as a context manager; leaving it ends them at once.

    `seconds` is how long one document may take. A document at which a worker dies is tried once more, since whatever
    ended the worker may have come from outside. `work` is replaced by tests.
    """

    def __init__(self, workers: int, seconds: float, limits: Limits, work: Work = work) -> None:
        self._count, self._seconds, self._limits, self._work = workers, seconds, limits, work
        self._context = _context()
        self._workers: list[_Worker] = []
        self._stillborn = 0
        self._again: deque[Job] = deque()
        self._crashed: set[str] = set()

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """The outcome of every job, in the order they end. Raises WorkersError where no worker can be started."""
        source = iter(jobs)
        while self._fill(source):
            waiting = [each for worker in self._workers for each in (worker.pipe, worker.process.sentinel)]
            ready = set(connection.wait(waiting, self._patience()))
            for worker in list(self._workers):
                if worker.pipe in ready or worker.process.sentinel in ready:
                    yield from self._hear(worker)
                elif worker.jobs and worker.since is not None and time.monotonic() > worker.since + self._seconds:
                    yield self._overdue(worker)
                if worker.taken >= RENEW and not worker.jobs:
                    self._dismiss(worker)

    def _fill(self, source: Iterator[Job]) -> bool:
        """Give every worker enough to do; whether anything is left to wait for."""
        while True:
            fresh = [worker for worker in self._workers if worker.taken < RENEW]
            idlest = min(fresh, key=lambda each: len(each.jobs), default=None)
            start = len(fresh) < self._count and (idlest is None or bool(idlest.jobs))
            if not start and (idlest is None or len(idlest.jobs) >= AHEAD):
                break
            job = self._again.popleft() if self._again else next(source, None)
            if job is None:
                break
            self._give(self._start() if start or idlest is None else idlest, job)
        return any(worker.jobs for worker in self._workers)

    def _start(self) -> _Worker:
        here, there = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(there, self._work, self._limits), daemon=True)
        process.start()
        there.close()
        worker = _Worker(process, here)
        self._workers.append(worker)
        return worker

    def _give(self, worker: _Worker, job: Job) -> None:
        if worker.since is not None and not worker.jobs:
            worker.since = time.monotonic()
        worker.jobs.append(job)
        worker.taken += 1
        with suppress(OSError):  # a worker that has died is noticed by whoever waits for it
            worker.pipe.send(job)

    def _hear(self, worker: _Worker) -> Iterator[Outcome]:
        """What a worker has to say: that it is ready, an outcome, or nothing any more."""
        try:
            said: Outcome | None = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._lost(worker)
            return
        worker.since = time.monotonic()
        self._stillborn = 0
        if said is not None:
            worker.jobs.popleft()
            yield said

    def _lost(self, worker: _Worker) -> Iterator[Outcome]:
        """A worker died: by the document it was doing, or by something outside."""
        if worker.since is None:
            self._stillborn += 1
            if self._stillborn >= STARTS:
                raise WorkersError(f"worker processes end before they begin ({_ending(worker.process)})")
        elif worker.jobs:
            job = worker.jobs.popleft()
            if job.file in self._crashed:
                self._crashed.discard(job.file)
                yield failed(job, "crash", f"{job.path}: ends the process that reads it")
            else:
                self._crashed.add(job.file)
                self._again.append(job)
        self._dismiss(worker)

    def _overdue(self, worker: _Worker) -> Outcome:
        job = worker.jobs.popleft()
        self._dismiss(worker)
        return failed(job, "limit", f"{job.path}: takes longer than {self._seconds:g} seconds; raise the limit")

    def _dismiss(self, worker: _Worker) -> None:
        """End a worker; what it has not begun is done by another."""
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)
        self._again.extend(worker.jobs)

    def _patience(self) -> float | None:
        """Seconds until the first worker is overdue."""
        begun = [worker.since for worker in self._workers if worker.since is not None and worker.jobs]
        return max(0.0, min(begun) + self._seconds - time.monotonic()) + 0.01 if begun else None


def _context() -> Any:
    """Workers as copies of one process that has everything loaded, where the system can, else each on its own."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["mse.batch.preloaded"])
    return context


def _ending(process: BaseProcess) -> str:
    process.join(1)
    code = process.exitcode
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


def _serve(pipe: Connection, work: Work, limits: Limits) -> None:
    """The life of a worker: it does what comes, in order, until nobody is there any more."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever interrupts the run interrupts the parent, which decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    warm_up()
    try:
        pipe.send(None)
        while True:
            job: Any = pipe.recv()
            pipe.send(work(job, limits))
    except (EOFError, OSError):
        return


def _end_with_parent() -> None:
    """A worker must not outlive a parent that was killed, whatever it is doing."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
