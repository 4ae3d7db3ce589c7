"""Workers that do what no worker should. In a module of their own, so that another process can import them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from mse.batch.work import Job, Outcome
from mse.reading import Limits


def behave(job: Job, limits: Limits) -> Outcome:
    """Does what the name of the document says; `once` only the first time, which a file beside it remembers."""
    file = Path(job.file)
    if file.stem == "hang":
        time.sleep(600)
    if file.stem == "crash" or (file.stem == "once" and not file.exists()):
        file.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(job, "done", content=str(os.getpid()))


def serve_nothing(*_: object) -> None:
    """A worker that ends before it begins."""
    os._exit(3)
