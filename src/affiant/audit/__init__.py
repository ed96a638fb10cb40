"""Verify: everything recorded, and the numbers recomputed; by us here, without us by a bundle."""

from affiant.audit.bundle import verify_bundle
from affiant.audit.case import verify_case

__all__ = ["verify_bundle", "verify_case"]
