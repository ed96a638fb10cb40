"""Capture: web pages with every exchange, kept as archives; failures are kept too."""

from affiant.preserve.capture.codes import FAILURES
from affiant.preserve.capture.job import Caps, Manner
from affiant.preserve.capture.reach import read_allowed
from affiant.preserve.capture.socks import read_proxy
from affiant.preserve.capture.take import Captured, Errand, capture_all

__all__ = [
    "FAILURES",
    "Caps",
    "Captured",
    "Errand",
    "Manner",
    "capture_all",
    "read_allowed",
    "read_proxy",
]
