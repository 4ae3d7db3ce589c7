"""Dates and periods: recognize the expressions of a text, then resolve them against a reference day."""

from mse.dates.context import compared, recognize, resolve_in_order
from mse.dates.expression import DateExpression, Point
from mse.dates.find import find
from mse.dates.grammar import words
from mse.dates.resolve import Reference, Resolution, resolve

__all__ = [
    "DateExpression",
    "Point",
    "Reference",
    "Resolution",
    "compared",
    "find",
    "recognize",
    "resolve",
    "resolve_in_order",
    "words",
]
