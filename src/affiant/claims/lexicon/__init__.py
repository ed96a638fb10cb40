"""The word lists that the rules stand on, as files that a linguist can edit."""

from affiant.claims.lexicon.forms import VerbForm, inflect, verb_forms
from affiant.claims.lexicon.tables import phrases, table, word_set

__all__ = ["VerbForm", "inflect", "phrases", "table", "verb_forms", "word_set"]
