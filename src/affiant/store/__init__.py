"""The only package that speaks SQL or touches stored originals."""

from affiant.store.beginning import create_case
from affiant.store.case import Case, Pen, open_case
from affiant.store.proofs import extension_of, proof_of
from affiant.store.surroundings import Surroundings, system_surroundings

__all__ = [
    "Case",
    "Pen",
    "Surroundings",
    "create_case",
    "extension_of",
    "open_case",
    "proof_of",
    "system_surroundings",
]
