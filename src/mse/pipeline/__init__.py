"""The functions that run the stages over reports, and the same stages as a spaCy `Language` of registered factories.

spaCy is loaded when the `Language` is asked for: `extract` and its like need none of it.
"""

from typing import TYPE_CHECKING, Any

from mse.extract.analysis import Analysis, analyse
from mse.pipeline.run import extract, extract_text, pipe, recognize

if TYPE_CHECKING:
    from mse.pipeline.language import load

__all__ = ["Analysis", "analyse", "extract", "extract_text", "load", "pipe", "recognize"]


def __getattr__(name: str) -> Any:
    if name == "load":
        from mse.pipeline.language import load

        return load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
