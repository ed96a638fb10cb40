"""Rules for Arabic, the written language and what is near to it in speech.

The grammar is written here, the words lie in ``lexicon/ar``; spelling, dates, voices and
drafts are those of ``arabic_script``.
"""

from affiant.claims.arabic.proposing import propose

__all__ = ["propose"]
