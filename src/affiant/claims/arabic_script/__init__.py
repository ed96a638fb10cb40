"""Rules for languages in Arabic script: Persian.

The grammar is written here, the words lie in ``lexicon``.
"""

from affiant.claims.arabic_script.proposing import propose

__all__ = ["propose"]
