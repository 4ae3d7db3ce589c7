"""The same jobs on a Ray cluster: Ray Data hands them to actors, and every actor works as one machine does.

An actor keeps one worker process with the pipeline loaded, so that the time limit and a crash are dealt with as on one
machine. Ray replaces actors and machines that are lost and does their documents again. Every machine must see the
documents under the same paths.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from mse.batch.processes import Processes
from mse.batch.work import Job, Outcome
from mse.errors import MissingExtraError, MseError
from mse.reading import Limits

WAVE = 100_000  # documents handed over at a time, so that the list of them stays small
BATCH = 8  # documents of one call


class ClusterError(MseError):
    """A cluster that cannot be reached, or that gave up."""


class Cluster:
    """Jobs on the Ray cluster at an address; `auto` finds the one this machine belongs to, `local` starts one here.

    Used as a context manager. `actors` work at the same time; `seconds` is how long one document may take.
    """

    def __init__(self, address: str, actors: int, seconds: float, limits: Limits) -> None:
        self._address, self._actors, self._seconds, self._limits = address, actors, seconds, limits
        self._ray: Any = None

    def __enter__(self) -> Cluster:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing about a run is sent anywhere
        try:
            import ray
            import ray.data
        except ImportError as error:
            raise MissingExtraError("A Ray cluster", "ray") from error
        try:
            ray.init(address=self._address, log_to_driver=False, logging_level=logging.ERROR)
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise ClusterError(f"no Ray cluster answers at {self._address}: {error}") from error
        ray.data.DataContext.get_current().enable_progress_bars = False
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        self._ray = ray
        return self

    def __exit__(self, *_: object) -> None:
        self._ray.shutdown()

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """The outcome of every job, in the order they end. Raises ClusterError where the cluster gives up."""
        source = iter(jobs)
        while wave := list(islice(source, WAVE)):
            rows = [{"job": pickle.dumps(job)} for job in wave]
            blocks = max(min(self._actors, len(rows)), -(-len(rows) // BATCH))
            documents = self._ray.data.from_items(rows, override_num_blocks=blocks).map_batches(
                _Actor,
                fn_constructor_kwargs={"seconds": self._seconds, "limits": self._limits},
                batch_size=BATCH,
                compute=self._ray.data.ActorPoolStrategy(size=min(self._actors, len(rows))),
                num_cpus=1,
            )
            try:
                for row in documents.iter_rows():
                    yield pickle.loads(row["outcome"])
            except self._ray.exceptions.RayError as error:
                raise ClusterError(f"the Ray cluster gave up: {error}") from error


class _Actor:
    """A worker of the cluster; it lives as long as the run and loads the pipeline once."""

    def __init__(self, seconds: float, limits: Limits) -> None:
        self._processes = Processes(1, seconds, limits)

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[bytes]]:
        jobs = [pickle.loads(job) for job in batch["job"]]
        return {"outcome": [pickle.dumps(outcome) for outcome in self._processes.outcomes(jobs)]}
