"""Structured facts from Chinese government progress reports: metric, target, actual, unit, date, with evidence.

Every name is loaded when it is first used, so `import mse` costs next to nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mse import numbers
    from mse.batch import open
    from mse.errors import MseError, ReadError
    from mse.frame import to_frame
    from mse.model import Entity, Fact, Mention, Official, Report, Task
    from mse.ner.recognize import entities, officials
    from mse.pipeline import extract, extract_text, pipe, recognize
    from mse.reading import read

__all__ = [
    "Entity",
    "Fact",
    "Mention",
    "MseError",
    "Official",
    "ReadError",
    "Report",
    "Task",
    "entities",
    "extract",
    "extract_text",
    "numbers",
    "officials",
    "open",
    "pipe",
    "read",
    "recognize",
    "to_frame",
]

_HOMES = {
    "mse.batch": ("open",),
    "mse.errors": ("MseError", "ReadError"),
    "mse.frame": ("to_frame",),
    "mse.model": ("Entity", "Fact", "Mention", "Official", "Report", "Task"),
    "mse.ner.recognize": ("entities", "officials"),
    "mse.pipeline": ("extract", "extract_text", "pipe", "recognize"),
    "mse.reading": ("read",),
}
_PARTS = ("audit", "batch", "dates", "errors", "grammar", "model", "ner", "numbers", "pipeline", "reading", "view")
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("mse")
    elif name in _PARTS:
        value = import_module(f"mse.{name}")
    elif name in _HOME_OF:
        value = getattr(import_module(_HOME_OF[name]), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """Keeps `mse.extract` the function: importing the subpackage of that name would otherwise put a module there."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name == "extract" and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
