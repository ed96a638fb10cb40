"""Origins, incidents compared, ranges and grades: who says what, and how many know."""

from affiant.corroborate.cell import Cell
from affiant.corroborate.matrix import Comparison, Row, compare_incident
from affiant.corroborate.ranges import Number, numbers_of, numbers_of_case
from affiant.corroborate.state import State, load_state

__all__ = [
    "Cell",
    "Comparison",
    "Number",
    "Row",
    "State",
    "compare_incident",
    "load_state",
    "numbers_of",
    "numbers_of_case",
]
