"""Intake and custody: documents are kept before anything else is done with them."""

from affiant.preserve.custody import note_handling
from affiant.preserve.intake import Acknowledged, Obtained, take_in
from affiant.preserve.walk import Refused

__all__ = ["Acknowledged", "Obtained", "Refused", "note_handling", "take_in"]
