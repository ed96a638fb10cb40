"""How many: numbers and their bounds as they stand in a sentence."""

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from affiant.claims.english.tagging import Sentence
from affiant.claims.lexicon import table

_WORDS = table("numbers")
_UNITS: dict[str, int] = _WORDS["units"]
_TENS: dict[str, int] = _WORDS["tens"]
_SCALES: dict[str, int] = _WORDS["scales"]
_FIGURES = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,7}")
_PAIRS = (
    (("half", "a", "dozen"), 6),
    (("half-a-dozen",), 6),
    (("a", "couple", "of"), 2),
    (("a", "pair", "of"), 2),
    (("a", "brace", "of"), 2),
    (("a", "trio", "of"), 3),
    (("a", "score", "of"), 20),
)
_LINKS = frozenset({"to", "or", "and", "-", "–"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number expression.

    Attributes:
        first: Index of its first token.
        last: Index of its last token.
        low: Lower bound, inclusive, or None.
        high: Upper bound, inclusive, or None.
        rule: In plain words how the bounds were read.
        whole: True for "all", "every": everybody, however many.
    """

    first: int
    last: int
    low: int | None
    high: int | None
    rule: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Modifier:
    """Words before a number and what they do to it."""

    words: tuple[str, ...]
    kind: str


def quantity_at(sentence: Sentence, *, index: int) -> Quantity | None:
    """Return the number expression that begins at a token, or None.

    Bounds are what the words say: "at least 40" has no upper bound, "dozens" means 24 or
    more, "several" has no bound at all. "about 50" keeps 50 on both sides, and the word
    "about" stays in the quoted words: any margin would be ours.
    """
    tag = sentence.tag(index)
    if tag in ("punct", "verb", "act", "speech", "be", "date", "end"):
        return None
    low = sentence.low(index)
    if low not in _openers() and not low[0].isdigit() and "-" not in low:
        return None
    if index not in sentence.numbers:
        sentence.numbers[index] = _read(sentence, index=index)
    return cast("Quantity | None", sentence.numbers[index])


def _read(sentence: Sentence, *, index: int) -> Quantity | None:
    """Return the number expression that begins at a token, read for the first time."""
    span = _between(sentence, index=index)
    if span is not None:
        return span
    opener = _modifier(sentence, index=index)
    long = opener is not None and len(opener.words) > 2
    vague = None if long else _vague(sentence, index=index)
    if vague is not None:
        return vague
    kind, at = "exact", index
    for _ in range(3):
        modifier = _modifier(sentence, index=at)
        if modifier is None or modifier.kind == "exact":
            break
        at += len(modifier.words)
        kind = modifier.kind if modifier.kind != "plain" else kind
    plural = _plural(sentence, index=at)
    if plural is not None:
        return Quantity(index, plural.last, plural.low, None, plural.rule)
    return _number_after(sentence, index=index, at=at, kind=kind)


def _number_after(sentence: Sentence, *, index: int, at: int, kind: str) -> Quantity | None:
    """Return the number at ``at`` with the bounds that the words before it give."""
    number = value_at(sentence, index=at)
    if number is None:
        return None
    value, last = number
    if sentence.low(last + 1) in _LINKS and kind in ("exact", "about"):
        second = value_at(sentence, index=last + 2)
        joined = sentence.low(last + 1) != "and"
        if second is not None and joined and second[0] > value:
            return Quantity(index, second[1], value, second[0], "a range")
    for words in _split("after_at_least"):
        if sentence.follows(last + 1, sequence=words):
            return Quantity(index, last + len(words), value, None, "“or more”")
        later = _noun_then(sentence, at=last + 1)
        if later and sentence.follows(later, sequence=words) and kind in ("exact", "about"):
            return Quantity(index, last, value, None, "“or more” after the noun")
    for words in _split("after_about"):
        if sentence.follows(last + 1, sequence=words):
            last += len(words)
    low, high = _bounds(value, kind=kind)
    return Quantity(index, last, low, high, kind.replace("_", " "))


def _noun_then(sentence: Sentence, *, at: int) -> int:
    """Return the place after the one noun in "sixty people or more", or 0."""
    return at + 1 if sentence.tag(at) == "noun" and sentence.low(at + 1) == "or" else 0


def value_at(sentence: Sentence, *, index: int) -> tuple[int, int] | None:
    """Return a number in figures or words and the index of its last token, or None."""
    low = sentence.low(index)
    if not low or sentence.tag(index) == "date":
        return None
    if low[0].isdigit():
        return _figures(sentence, index=index)
    return _spelled(sentence, index=index)


def _figures(sentence: Sentence, *, index: int) -> tuple[int, int] | None:
    low = sentence.low(index)
    if not _FIGURES.fullmatch(low) or sentence.low(index + 1) in ("%", "percent", "°"):
        return None
    if sentence.low(index - 1) in ("$", "€", "£", "no", "no.", "number", "article", "age", "aged"):
        return None
    if sentence.low(index + 1) == "-" and sentence.low(index + 2).startswith(
        ("year", "day", "hour")
    ):
        return None
    value = int(low.replace(",", ""))
    if sentence.low(index + 1) in _SCALES:
        return value * _SCALES[sentence.low(index + 1)], index + 1
    return value, index


def _spelled(sentence: Sentence, *, index: int) -> tuple[int, int] | None:
    """Return a number in words: "fifty-two", "one hundred and four", "half a dozen"."""
    for words, value in _PAIRS:
        if sentence.follows(index, sequence=words):
            return value, index + len(words) - 1
    total, current, at = 0, 0, index
    while at < len(sentence.tokens) and at - index < 10:
        low = sentence.low(at)
        small = _small(low, at=at, sentence=sentence)
        if small is not None:
            if current and not (current >= 20 and small < 10) and current % 100:
                break
            current += small
        elif low in _SCALES and current:
            current *= _SCALES[low]
            if _SCALES[low] >= 1000:
                total, current = total + current, 0
        elif not (
            low == "and"
            and (total or current >= 100)
            and _small(sentence.low(at + 1), at=at + 1, sentence=sentence)
        ):
            break
        at += 1
    if at == index or total + current == 0:
        return None
    return total + current, at - 1


def _small(low: str, *, at: int, sentence: Sentence) -> int | None:
    """Return a number below a hundred; "a" counts only before "dozen" or "hundred"."""
    if low == "a":
        return 1 if sentence.low(at + 1) in _SCALES else None
    if low in _UNITS:
        return _UNITS[low]
    if low in _TENS:
        return _TENS[low]
    low = low.removesuffix("-odd").removesuffix("-some")
    if low in _TENS:
        return _TENS[low]
    tens, dash, unit = low.partition("-")
    if dash and tens in _TENS and unit in _UNITS:
        return _TENS[tens] + _UNITS[unit]
    return None


def _between(sentence: Sentence, *, index: int) -> Quantity | None:
    """Return "between 7 and 10" or "from 7 to 10"."""
    opener = sentence.low(index)
    if opener not in ("between", "from"):
        return None
    first = value_at(sentence, index=index + 1)
    link = "and" if opener == "between" else "to"
    if first is None or sentence.low(first[1] + 1) != link:
        return None
    second = value_at(sentence, index=first[1] + 2)
    if second is None or second[0] < first[0]:
        return None
    return Quantity(index, second[1], first[0], second[0], "a range")


def _vague(sentence: Sentence, *, index: int) -> Quantity | None:
    """Return "several", "many of", "all the": words that give no bound."""
    for words in _vague_words().get(sentence.low(index), ()):
        if sentence.follows(index, sequence=words) and not _has_number(
            sentence, index=index + len(words)
        ):
            return Quantity(index, index + len(words) - 1, None, None, "no number given")
    low = sentence.low(index)
    if low in _WORDS["whole"] and not _has_number(sentence, index=index + 1):
        number = 2 if low == "both" else None
        return Quantity(index, index, number, number, "the whole of a group", whole=True)
    return None


def _has_number(sentence: Sentence, *, index: int) -> bool:
    """Tell whether a number or a plural such as "dozen" stands here, after an article."""
    at = index + 1 if sentence.low(index) in ("of", "the", "other") else index
    low = sentence.low(at)
    return value_at(sentence, index=at) is not None or low in _SCALES or low in _WORDS["plurals"]


def _plural(sentence: Sentence, *, index: int) -> Quantity | None:
    """Return "dozens", "several hundred": at least so many."""
    for words, least in _plurals().get(sentence.low(index), ()):
        if sentence.follows(index, sequence=words):
            last = index + len(words) - 1
            return Quantity(index, last, least, None, f"“{' '.join(words)}” means {least} or more")
    return None


def _modifier(sentence: Sentence, *, index: int) -> Modifier | None:
    for modifier in _modifiers().get(sentence.low(index), ()):
        if sentence.follows(index, sequence=modifier.words):
            return modifier
    return None


def _bounds(value: int, *, kind: str) -> tuple[int | None, int | None]:
    if kind == "at_least":
        return value, None
    if kind == "more_than":
        return value + 1, None
    if kind == "at_most":
        return None, value
    if kind == "fewer_than":
        return None, max(value - 1, 0)
    return value, value


@cache
def _split(key: str) -> tuple[tuple[str, ...], ...]:
    entries = [tuple(entry.split()) for entry in _WORDS[key]]
    return tuple(sorted(entries, key=len, reverse=True))


@cache
def _plurals() -> dict[str, list[tuple[tuple[str, ...], int]]]:
    """Return the plurals that stand for a number by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for words, least in sorted(_WORDS["plurals"].items(), key=lambda entry: -len(entry[0])):
        split = tuple(words.split())
        found.setdefault(split[0], []).append((split, least))
    return found


@cache
def _vague_words() -> dict[str, list[tuple[str, ...]]]:
    """Return the words that give no bound by their first word, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in _split("vague"):
        found.setdefault(words[0], []).append(words)
    return found


@cache
def _openers() -> frozenset[str]:
    """Return every word that a number expression can begin with."""
    single = {"between", "from", "half", "a", *_UNITS, *_TENS, *_SCALES, *_WORDS["whole"]}
    return frozenset(single | set(_modifiers()) | set(_plurals()) | set(_vague_words()))


@cache
def _modifiers() -> dict[str, tuple[Modifier, ...]]:
    """Return the words before numbers by their first word, longest first."""
    found: dict[str, list[Modifier]] = {}
    plain = set(_WORDS["plain"])
    for kind in ("at_least", "more_than", "at_most", "fewer_than", "about"):
        for entry in _WORDS[kind]:
            words = tuple(entry.split())
            found.setdefault(words[0], []).append(
                Modifier(words, "plain" if entry in plain else kind)
            )
    return {
        first: tuple(sorted(entries, key=lambda modifier: -len(modifier.words)))
        for first, entries in found.items()
    }
