"""Claims proposed by a language model that the user brings; off unless a person allows one."""
