"""A sentence in words, with the letters that Arabic writes onto a word as words of their own."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from affiant.claims.arabic.patterns import LANGUAGE, known_after_letter, known_verbs
from affiant.claims.arabic_script.patterns import words
from affiant.claims.arabic_script.shadow import Glue, Shadow, Token, shadow

_LEAST = 2
_MOST_LETTERS = 2
_LEAST_AFTER = 3
_ON_LEAST = 5
_SPEECH = str.maketrans({"گ": "ق", "ڨ": "ق", "ڤ": "ف", "پ": "ب", "چ": "ک"})


def arabic_shadow(text: str, *, spans: list[tuple[int, int]]) -> Shadow:
    """Return the shadow of a sentence with "و", "ف", "ب" and "ل" split from their words.

    Letters by which speech is written ("گال") are made those of the written language.
    """
    whole = shadow(text, spans=spans, glue=Glue())
    spoken = [replace(one, key=one.key.translate(_SPEECH)) for one in whole.tokens]
    return Shadow(text=text, tokens=[part for one in spoken for part in _split(one, text=text)])


def _split(token: Token, *, text: str) -> Iterator[Token]:
    """Yield the letters before a word, two at most, and the word."""
    for _ in range(_MOST_LETTERS):
        key = token.key
        if len(key) <= _LEAST or not key[0].isalpha():
            break
        rest = Token(key[1:], _second(token, text=text), token.end)
        if rest.start >= token.end:
            break
        if _leads(key, rest=rest.key, raw=text[token.start : token.end]):
            yield Token(key[0], token.start, rest.start)
            token = rest
        elif _leads_on(key):
            yield Token("ع", token.start, rest.start)
            token = rest
            break
        elif key.startswith("لل") and len(key) > _LEAST_AFTER:
            yield Token("ل", token.start, rest.start)
            token = Token("ا" + rest.key, token.start, token.end)
            break
        else:
            break
    yield token


def _leads_on(key: str) -> bool:
    """Tell whether speech writes "ع" for "على" onto a word: "عالحاجز"."""
    never = words("words", "begins_with_ain", language=LANGUAGE)
    return key.startswith("عال") and len(key) > _ON_LEAST and key not in never


def _leads(key: str, *, rest: str, raw: str) -> bool:
    """Tell whether the first letter of a word is a word of its own."""
    match key[0]:
        case "و":
            return key not in words("words", "begins_with_waw", language=LANGUAGE)
        case "ف" if not _is_lost(key, raw=raw):
            small = ("ان", "قد", "لم", "لا", "کان", "کانت", "هو", "هم")
            own = key in words("words", "begins_with_faa", language=LANGUAGE)
            return not own and (rest in small or _is_verb(rest))
        case "ب" | "ل" if len(rest) >= _LEAST_AFTER:
            return _follows_letter(rest)
    return False


@lru_cache(maxsize=16384)
def _is_verb(key: str) -> bool:
    return known_verbs().fullmatch(key) is not None


@lru_cache(maxsize=16384)
def _follows_letter(key: str) -> bool:
    return known_after_letter().fullmatch(key) is not None


def _is_lost(key: str, *, raw: str) -> bool:
    """Tell whether "فقد" is a verb by its vowel sign, and not "فـ" with "قد"."""
    return key.startswith("فقد") and "ُ" in raw[:3]


def _second(token: Token, *, text: str) -> int:
    """Return the offset of the second letter, after the marks on the first."""
    at = token.start + 1
    while at < token.end and (unicodedata.category(text[at]) in ("Mn", "Cf") or text[at] == "ـ"):
        at += 1
    return at
