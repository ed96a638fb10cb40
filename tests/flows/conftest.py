"""What the flows share."""

from flows.sample import sample_once
from flows.shared import mill, mill_once

__all__ = ["mill", "mill_once", "sample_once"]
