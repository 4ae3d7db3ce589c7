"""Workers that hang, die or never begin."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbehaving import behave, serve_nothing
from mse.batch import processes
from mse.batch.processes import Processes, WorkersError
from mse.batch.work import Job, Outcome
from mse.reading import Limits

NAMES = [f"{number}.txt" for number in range(6)]


def jobs(folder: Path, *names: str) -> list[Job]:
    return [Job(str(folder / name), name) for name in names]


def run(folder: Path, *names: str, workers: int = 2, seconds: float = 60) -> dict[str, Outcome]:
    with Processes(workers, seconds, Limits(), behave) as pool:
        found = list(pool.outcomes(jobs(folder, *names)))
    assert len(found) == len(names)
    return {outcome.job.path: outcome for outcome in found}


def test_every_job_has_one_outcome(tmp_path):
    found = run(tmp_path, *NAMES)
    assert {outcome.state for outcome in found.values()} == {"done"}
    assert len({outcome.content for outcome in found.values()}) == 2  # both workers took part


def test_no_jobs_need_no_worker(tmp_path):
    assert run(tmp_path) == {}


def test_a_document_over_the_time_limit_fails_and_the_others_are_done(tmp_path):
    found = run(tmp_path, *NAMES[:3], "hang.txt", *NAMES[3:], seconds=1)
    assert found["hang.txt"].state == "failed"
    assert "takes longer than 1 second" in found["hang.txt"].reason
    assert {outcome.state for path, outcome in found.items() if path != "hang.txt"} == {"done"}


def test_a_document_that_ends_its_worker_fails_and_the_others_are_done(tmp_path):
    found = run(tmp_path, *NAMES[:3], "crash.txt", *NAMES[3:], workers=1)
    assert found["crash.txt"].state == "failed"
    assert "ends the process" in found["crash.txt"].reason
    assert {outcome.state for path, outcome in found.items() if path != "crash.txt"} == {"done"}


def test_a_worker_that_is_killed_from_outside_costs_no_document(tmp_path):
    found = run(tmp_path, "once.txt", *NAMES)
    assert {outcome.state for outcome in found.values()} == {"done"}


def test_workers_make_room_for_fresh_ones(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "RENEW", 2)
    found = run(tmp_path, *NAMES, workers=1)
    assert {outcome.state for outcome in found.values()} == {"done"}
    assert len({outcome.content for outcome in found.values()}) == 3


def test_workers_that_never_begin_end_the_run(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "_serve", serve_nothing)
    with Processes(1, 60, Limits(), behave) as pool, pytest.raises(WorkersError, match="exit code 3"):
        list(pool.outcomes(jobs(tmp_path, "a.txt")))


def test_leaving_ends_workers_that_are_busy(tmp_path):
    with Processes(1, 600, Limits(), behave) as pool:
        running = pool.outcomes(jobs(tmp_path, "a.txt", "hang.txt"))
        assert next(running).state == "done"
        started = [worker.process for worker in pool._workers]
    assert started
    assert not any(process.is_alive() for process in started)
