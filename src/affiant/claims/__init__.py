"""Claims proposed from texts, for people to decide on."""

from affiant.claims.suggest import suggest

__all__ = ["suggest"]
