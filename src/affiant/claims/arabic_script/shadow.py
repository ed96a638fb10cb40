"""A shadow copy of a sentence in words whose spelling is made uniform.

Rules match on the shadow only; every word of it knows where it stands in the original.
Digits of three scripts, the letters ye and kaf, joiners, tatweel, vowel signs and marks of
direction are made uniform; words that belong together ("می" and its verb) become one.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_LETTERS: Final = {
    **{"ي": "ی", "ى": "ی", "ك": "ک", "ۀ": "ه", "ة": "ه", "أ": "ا", "إ": "ا", "ٱ": "ا"},
    **{"ە": "ه", "ہ": "ه", "ھ": "ه", "؟": "?", "،": ",", "؛": ";", "۔": ".", "“": '"', "”": '"'},
    **{"«": '"', "»": '"', "ـ": "", "–": "-", "—": "-", "ئ": "ی", "ؤ": "و"},
}
_INSIDE = (
    r"\u0640\u064b-\u065f\u0670\u0610-\u061a\u06d6-\u06ed"
    r"\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
)
_WORD = re.compile(
    rf"\d+(?:[./:٬٫,-]\d+)*|[^\W\d_][^\W_{_INSIDE}]*(?:[{_INSIDE}]+[^\W_{_INSIDE}]*)*|[^\w\s{_INSIDE}]|_"
)
_EZAFE = re.compile("ه\u200c[یي]$|هٔ$")


@lru_cache(maxsize=16384)
def shadow_character(character: str) -> str:
    """Return what stands for a character in the shadow: one character, several, or none."""
    found = []
    for piece in unicodedata.normalize("NFKC", character):
        if piece == "\u200c" or unicodedata.category(piece) in ("Mn", "Cf"):
            continue
        digit = unicodedata.digit(piece, None)
        found.append(_LETTERS.get(piece, piece.lower()) if digit is None else str(digit))
    return "".join(found)


def key_of(word: str) -> str:
    """Return the uniform spelling of a word."""
    bare = _EZAFE.sub("ه", word)
    return "".join(map(shadow_character, bare))


@dataclass(frozen=True, slots=True)
class Glue:
    """Words that are written apart and belong together.

    Attributes:
        before: Words that belong to the word after them.
        after: Words that belong to the word before them.
    """

    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark: its uniform spelling and where it stands in the original."""

    key: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number, not a mark."""
        return self.key[0].isalnum()


class Shadow:
    """The shadow of a sentence.

    Attributes:
        text: The original, whole.
        tokens: Words and marks in order.
        line: Their spellings with one space between.
    """

    def __init__(self, text: str, *, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self._at: list[int] = []
        at = 0
        for token in self.tokens:
            self._at.append(at)
            at += len(token.key) + 1
        self.line = " ".join(token.key for token in self.tokens)

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, re.Match[str]]]:
        """Yield first and last word of each match, with the match."""
        for match in pattern.finditer(self.line):
            if match.end() > match.start():
                yield (*self.words_of(match.start(), end=match.end()), match)

    def words_of(self, start: int, *, end: int) -> tuple[int, int]:
        """Return the first and last word between two places of the line."""
        return bisect_right(self._at, start) - 1, bisect_left(self._at, end) - 1

    def exact(self, first: int, *, last: int) -> str:
        """Return the original words from ``first`` to ``last``, both inclusive."""
        return self.text[self.tokens[first].start : self.tokens[last].end]

    def keys(self, first: int, *, last: int) -> list[str]:
        """Return the spellings from ``first`` to ``last``, both inclusive."""
        return [token.key for token in self.tokens[first : last + 1]]


def shadow(text: str, *, spans: list[tuple[int, int]], glue: Glue) -> Shadow:
    """Return the shadow of the stretches of ``text`` that make one sentence."""
    tokens: list[Token] = []
    for start, end in spans:
        for match in _WORD.finditer(text, start, end):
            key = key_of(match.group())
            if not key.strip() or " " in key:
                continue
            _add(tokens, token=Token(key, match.start(), match.end()), glue=glue)
    return Shadow(text=text, tokens=tokens)


def _add(tokens: list[Token], *, token: Token, glue: Glue) -> None:
    """Add a word, joined to the one before where the two belong together."""
    if tokens and token.is_word and tokens[-1].is_word:
        before = tokens[-1]
        gap = token.start - before.end
        joins = token.key in glue.after or before.key in glue.before
        if joins and gap == 1 and not before.key[-1].isdigit():
            ezafe = token.key == "ی" and before.key.endswith("ه")
            key = before.key if ezafe else before.key + token.key
            tokens[-1] = Token(key, before.start, token.end)
            return
    tokens.append(token)
