"""Rules for languages in Arabic script: Persian.

The grammar is written here, the words lie in ``lexicon``.
"""

from affiant.claims.arabic_script.proposing import propose
from affiant.claims.arabic_script.telling import tells_act

__all__ = ["propose", "tells_act"]
