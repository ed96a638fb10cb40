"""Origins, incidents compared, ranges and grades: who says what, and how many know."""

from affiant.corroborate.matrix import Cell, Comparison, Row, compare_incident
from affiant.corroborate.ranges import Number, numbers_of
from affiant.corroborate.state import State, load_state
from affiant.store.case import Case

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


def numbers_of_case(case: Case) -> list[Number]:
    """Return every number of a case as it stands now."""
    return numbers_of(load_state(case.db))
