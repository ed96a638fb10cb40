"""What the flows share."""

from flows.shared import mill, mill_once

__all__ = ["mill", "mill_once"]
