"""The stages as a spaCy `Language` of registered factories, and the functions that run it over reports."""

from mse.pipeline.analysis import Analysis
from mse.pipeline.language import load
from mse.pipeline.run import analyse, extract, extract_text, pipe, recognize

__all__ = ["Analysis", "analyse", "extract", "extract_text", "load", "pipe", "recognize"]
