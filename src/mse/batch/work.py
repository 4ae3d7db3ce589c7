"""What is done to one document: read once, hashed, analysed, and packed as rows. The same on every machine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from mse.batch.records import MODELS, Document, Failure, Kind, Level, pack, schema
from mse.errors import MissingExtraError, MseError, UnsupportedError
from mse.grammar import fingerprint, load
from mse.reading import Limits, read, read_text
from mse.terminal import one_line


@dataclass(frozen=True, slots=True)
class Job:
    """A document to do: where it is read from, the path its rows carry, and the content it had when last done.

    `model` tells whether the trained model finds names; results with and without it count as different content, and so
    do those with other words of the user's own.
    """

    file: str
    path: str
    known: str = ""
    model: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job. `content` is empty where the next run tries again; `packed` is rows by level."""

    job: Job
    state: Literal["done", "same", "failed"]
    content: str = ""
    packed: Mapping[Level, bytes] = field(default_factory=dict)
    facts: int = 0
    reason: str = ""


def work(job: Job, limits: Limits) -> Outcome:
    """Do one document. Whatever is wrong with it becomes an outcome, never an exception."""
    from mse.reading.files import read_bytes

    content = ""
    try:
        data = read_bytes(Path(job.file), limits)
        content = blake2b(data, digest_size=16, person=(b"" if job.model else b"rules") + fingerprint()).hexdigest()
        if content == job.known:
            return Outcome(job, "same", content)
        return _done(job, content, data, limits)
    except (MissingExtraError, UnsupportedError) as error:  # may be readable once something is installed
        return failed(job, "unreadable", _reason(job, error))
    except (MseError, OSError) as error:
        return failed(job, "unreadable", _reason(job, error), content)
    except Exception as error:  # one document must never take the others down
        return failed(
            job, "defect", f"{type(error).__name__}: {error}; this is a defect of mse, please report it", content
        )


def failed(job: Job, kind: Kind, reason: str, content: str = "") -> Outcome:
    """The outcome of a document that gave nothing."""
    reason = one_line(reason)
    failure = Failure.model_construct(doc=Path(job.file).name, kind=kind, reason=reason)
    return Outcome(job, "failed", content, {"failures": pack("failures", [failure], job.path)}, reason=reason)


def warm_up() -> None:
    """Load what every document needs, so that the first one is not charged for it."""
    from mse.pipeline import analyse

    report = read_text(load("answering")["leaders"]["example"])  # with a name, so that the model is loaded too
    for level in MODELS:
        schema(level)
    pack("mentions", analyse(report).mentions, "")


def _done(job: Job, content: str, data: bytes, limits: Limits) -> Outcome:
    from mse.pipeline import analyse

    report = read(job.file, limits=limits, data=data)
    analysis = analyse(report, job.model)
    packed: dict[Level, bytes] = {
        "facts": pack("facts", analysis.facts, job.path),
        "mentions": pack("mentions", analysis.mentions, job.path),
        "tasks": pack("tasks", report.tasks, job.path),
        "documents": pack("documents", [Document.of(report, content)], job.path),
    }
    return Outcome(job, "done", content, packed, len(analysis.facts))


def _reason(job: Job, error: Exception) -> str:
    """What is wrong, naming the document as the user did."""
    if isinstance(error, OSError) and not isinstance(error, MseError):
        return f"{job.path}: {error.strerror or error}; check the path and its permissions"
    return str(error).replace(os.fspath(job.file), job.path, 1)
