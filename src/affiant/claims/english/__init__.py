"""The rules that read English."""

from affiant.claims.english.proposing import propose

__all__ = ["propose"]
