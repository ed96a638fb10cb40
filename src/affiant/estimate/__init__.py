"""How many people nobody recorded, said with its assumptions or not at all."""

from affiant.estimate.estimate import METHODS, STEPS, Estimation, estimate, refuse
from affiant.estimate.line import Line
from affiant.estimate.refusals import HELPS, Reason, Refusal
from affiant.estimate.table import CaptureTable, from_counts, from_patterns, from_persons

__all__ = [
    "HELPS",
    "METHODS",
    "STEPS",
    "CaptureTable",
    "Estimation",
    "Line",
    "Reason",
    "Refusal",
    "estimate",
    "from_counts",
    "from_patterns",
    "from_persons",
    "refuse",
]
