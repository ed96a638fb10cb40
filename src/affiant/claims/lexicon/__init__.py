"""The word lists that the rules stand on, one folder a language, for linguists to edit."""

from affiant.claims.lexicon.tables import phrases, table, word_set

__all__ = ["phrases", "table", "word_set"]
