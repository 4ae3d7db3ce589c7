"""Archives: any number of documents into one folder of Parquet datasets, on one machine or many, and questions to it.

`run` fills the folder, `open` asks it. Everything is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mse.batch.archive import Archive, open
    from mse.batch.runner import Summary, run

__all__ = ["Archive", "Summary", "open", "run"]

_HOMES = {"Archive": "archive", "open": "archive", "Summary": "runner", "run": "runner"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"mse.batch.{_HOMES[name]}"), name)
