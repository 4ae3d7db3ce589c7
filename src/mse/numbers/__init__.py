"""Numbers: numerals, units and quantities, from text to exact values."""

from mse.numbers.numerals import Numeral, find, parse
from mse.numbers.quantities import Quantity, quantities

__all__ = ["Numeral", "Quantity", "find", "parse", "quantities"]
