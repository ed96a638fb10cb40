"""Verify: everything recorded, and the numbers recomputed; by us here, without us by a bundle."""

from affiant.audit.bundle import verify_bundle
from affiant.audit.case import verify_case
from affiant.audit.proof import is_proof, verify_proof

__all__ = ["is_proof", "verify_bundle", "verify_case", "verify_proof"]
