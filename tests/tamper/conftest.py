"""What the tests of tampering share."""

from authorities import authorities
from flows.shared import mill, mill_once

__all__ = ["authorities", "mill", "mill_once"]
