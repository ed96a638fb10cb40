"""What the flows share."""

from authorities import authorities
from flows.decided import decided, decided_once
from flows.sample import sample_once
from flows.shared import mill, mill_once
from flows.stamped import stamped, stamped_once

__all__ = [
    "authorities",
    "decided",
    "decided_once",
    "mill",
    "mill_once",
    "sample_once",
    "stamped",
    "stamped_once",
]
