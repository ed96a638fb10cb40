"""The rules that read English."""

from affiant.claims.english.act_words import act_words
from affiant.claims.english.proposing import propose

__all__ = ["act_words", "propose"]
