"""The same run on a real Ray cluster of two workers on this machine: same rows, also when a worker is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import ray

import mse.batch
from archives import content, write_reports
from mse.batch.cluster import ClusterError

DOCUMENTS = 120


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reports(tmp_path_factory.mktemp("reports"), DOCUMENTS)


@pytest.fixture(scope="module")
def alone(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What a run on this machine without a cluster gives."""
    out = tmp_path_factory.mktemp("alone") / "out"
    mse.batch.run([reports], out)
    return content(out)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a cluster of two workers that runs apart from the tests and is stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "ray.scripts.scripts", "start", "--head", "--block", f"--port={port}"]
    command += ["--node-ip-address=127.0.0.1", "--num-cpus=2", "--include-dashboard=false", "--disable-usage-stats"]
    command += ["--object-store-memory=100000000"]
    with pytest.MonkeyPatch.context() as environment:
        # Reachable from this machine alone, so it needs no token, which a driver would read before it is set.
        environment.setenv("RAY_AUTH_MODE", "disabled")
        head = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait_for(port, head)
            yield f"127.0.0.1:{port}"
        finally:
            head.terminate()
            head.wait(timeout=60)


def _wait_for(port: int, head: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert head.poll() is None, "the cluster did not start"
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the cluster does not answer")


def workers() -> list[int]:
    """The processes of the actors that work on documents."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            name = (entry / "cmdline").read_bytes().split(b"\0")[0]
        except (OSError, NotADirectoryError):
            continue
        if entry.name.isdigit() and b"MapWorker" in name:
            found.append(int(entry.name))
    return sorted(found)


def test_a_cluster_gives_the_same_rows(reports, alone, tmp_path, cluster):
    summary = mse.batch.run([reports], tmp_path / "out", workers=2, ray=cluster)
    assert (summary.done, summary.failed) == (DOCUMENTS, 0)
    assert content(tmp_path / "out") == alone


def test_a_worker_that_is_killed_in_the_middle_is_replaced(reports, alone, tmp_path, cluster):
    killed: list[int] = []
    under_way = threading.Event()

    def kill() -> None:
        under_way.wait(60)
        for process in workers()[:1]:
            os.kill(process, signal.SIGKILL)
            killed.append(process)

    def progress(total: int, summary: mse.batch.Summary) -> None:
        if summary.done >= total // 6:
            under_way.set()
        time.sleep(0.01)  # leaves the killing time to happen before the end

    thread = threading.Thread(target=kill)
    thread.start()
    summary = mse.batch.run([reports], tmp_path / "out", workers=2, ray=cluster, progress=progress)
    thread.join()
    assert killed
    assert (summary.done, summary.failed) == (DOCUMENTS, 0)
    assert content(tmp_path / "out") == alone


def test_an_address_where_no_cluster_is_is_said(reports, tmp_path, monkeypatch):
    def unreachable(**_: object) -> None:
        raise ConnectionError("nobody there")

    monkeypatch.setattr(ray, "init", unreachable)
    with pytest.raises(ClusterError, match=r"127\.0\.0\.1:1"):
        mse.batch.run([reports], tmp_path / "out", ray="127.0.0.1:1")
