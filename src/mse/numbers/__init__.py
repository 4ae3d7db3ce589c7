"""Numbers: numerals, units and quantities, from text to exact values."""

from mse.numbers.numerals import Numeral, ordinals, parse
from mse.numbers.quantities import Quantity, quantities
from mse.numbers.spelled import find
from mse.numbers.units import compatible, load_units, to_unit
from mse.numbers.writing import write

__all__ = [
    "Numeral",
    "Quantity",
    "compatible",
    "find",
    "load_units",
    "ordinals",
    "parse",
    "quantities",
    "to_unit",
    "write",
]
