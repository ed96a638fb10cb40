"""Sentences, words and languages: pure, one table for all."""

from affiant.language.detect import detect
from affiant.language.sentences import Word, sentences, words

__all__ = ["Word", "detect", "sentences", "words"]
