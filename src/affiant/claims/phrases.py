"""Noun phrases, found from a verb to its left and right without a parser."""

from dataclasses import dataclass
from functools import cache

from affiant.claims.lexicon import word_set
from affiant.claims.numbers import Quantity, quantity_at
from affiant.claims.tagging import NOUN, Sentence

_WINDOW = 45
_HARD = frozenset(
    {"verb", "speech", "be", "have", "modal", "sub", "neg", "to", "quote", "ing", "act"}
)
_STARTERS = frozenset({"num", "det", "adj", "pron", NOUN})
_INSIDE = frozenset({"num", "det", "adj", NOUN})
_OPENERS = frozenset({"ing", "verb", "act", "prep", "adv", "det", "adj", NOUN, "num", "sub"})
_ENVOYS = frozenset({"ambassador", "consul", "envoy", "adviser", "advisor", "delegate", "aide"})
_DASHES = frozenset({"—", "–", "-"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase as token indices, both inclusive.

    Attributes:
        first: Its first token.
        last: Its last token.
        inserts: What stands between commas after it, as token indices.
        front: What stands before it in the clause, as token indices, or None.
        antecedent: True where it was reached through "who" or "that".
    """

    first: int
    last: int
    inserts: tuple[tuple[int, int], ...] = ()
    front: tuple[int, int] | None = None
    antecedent: bool = False


def subject_before(sentence: Sentence, index: int) -> Phrase | None:
    """Return the noun phrase before a verb group that begins at ``index``, or None.

    Steps over what stands between commas or brackets ("Several, initially wounded, were
    …") and through "who" and "that" to what they stand for.
    """
    at, inserts, antecedent = index - 1, [], False
    for _ in range(5):
        while sentence.tag(at) == "adv":
            at -= 1
        if sentence.low(at) in ("who", "that", "which", "whom"):
            antecedent, at = True, at - 1
            at -= sentence.low(at) in (",", "of")
            continue
        insert = _insert_ending_at(sentence, at)
        if insert is None:
            break
        inserts.append(insert)
        at = insert[0] - 2
    if at < 0:
        return None
    first = _start_of(sentence, at)
    return _trimmed(sentence, first, at, inserts=tuple(inserts), antecedent=antecedent)


def object_after(sentence: Sentence, index: int) -> Phrase | None:
    """Return the noun phrase that begins at ``index``, after adverbs, or None."""
    at = index
    while sentence.tag(at) == "adv" and quantity_at(sentence, at) is None:
        at += 1
    if sentence.tag(at) not in _STARTERS and quantity_at(sentence, at) is None:
        if not _participle_of_noun(sentence, at):
            return None
    last = _extend(sentence, at)
    return None if last is None else Phrase(at, last)


def object_past_inserts(sentence: Sentence, index: int) -> Phrase | None:
    """Return the object after insertions: "shot, execution-style, …, 52 dissidents"."""
    direct = object_after(sentence, index)
    if direct is not None:
        return direct
    at = index
    for _ in range(4):
        if sentence.low(at) != ",":
            return None
        following = object_after(sentence, at + 1)
        if following and quantity_at(sentence, at + 1) and not _with_follows(sentence, at + 1):
            return following
        at = _next_comma(sentence, at + 1)
        if at < 0:
            return None
    return None


def core(sentence: Sentence, phrase: Phrase) -> Phrase:
    """Return the phrase up to the first preposition other than "of"."""
    last = phrase.last
    for at in range(phrase.first + 1, phrase.last + 1):
        quantity = quantity_at(sentence, phrase.first)
        if quantity is not None and at <= quantity.last:
            continue
        cut = sentence.tag(at) in ("prep", "to", "date", "adv") and sentence.low(at) != "of"
        if cut or sentence.low(at) in (",", "(", ";", "["):
            last = at - 1
            break
    return Phrase(phrase.first, max(last, phrase.first), phrase.inserts, phrase.front)


def head(sentence: Sentence, phrase: Phrase) -> str:
    """Return the head word of the phrase: the last noun before "of" or the end."""
    found = ""
    short = core(sentence, phrase)
    quantity = quantity_at(sentence, short.first)
    at = short.first if quantity is None else quantity.last + 1
    while at <= short.last:
        if sentence.low(at) == "of" and found:
            break
        if sentence.tag(at) in (NOUN, "pron") and sentence.low(at) not in ("more", "other"):
            found = sentence.low(at)
        elif sentence.tag(at) in ("adj", "num", "act", "verb") and not found:
            found = sentence.low(at)
        elif sentence.tag(at) == "conj":
            break
        at += 1
    return found or sentence.low(short.last)


def words_of(sentence: Sentence, phrase: Phrase) -> str:
    """Return the phrase as written."""
    return sentence.text[sentence.tokens[phrase.first].start : sentence.tokens[phrase.last].end]


def leading_quantity(sentence: Sentence, phrase: Phrase) -> Quantity | None:
    """Return the number that the phrase begins with, or None."""
    found = quantity_at(sentence, phrase.first)
    return found if found is not None and found.last <= phrase.last else None


def parts_of(sentence: Sentence, phrase: Phrase) -> list[Phrase]:
    """Return the members of a coordination: "two teachers and a student" gives two."""
    parts, first, at = [], phrase.first, phrase.first
    while at <= phrase.last:
        quantity = quantity_at(sentence, at)
        if quantity is not None and quantity.last <= phrase.last:
            at = quantity.last + 1
            continue
        if sentence.tag(at) == "conj" or sentence.low(at) == ",":
            if at > first:
                parts.append(Phrase(first, at - 1))
            first = at + 1
        at += 1
    if first <= phrase.last:
        parts.append(Phrase(first, phrase.last))
    return parts


def _insert_ending_at(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """Return what stands between two commas or brackets that end at ``at``, or None."""
    closing = sentence.low(at)
    if closing not in (",", ")", "]") and closing not in _DASHES:
        return None
    opening = {")": "(", "]": "["}.get(closing, closing)
    for begin in range(at - 1, max(at - _WINDOW, 0), -1):
        low = sentence.low(begin)
        if low == opening and begin >= 1:
            if sentence.tag(begin + 1) in _OPENERS or closing in ")]":
                return (begin + 1, at - 1)
            return None
        if low in (";", ":"):
            return None
    return None


def _start_of(sentence: Sentence, at: int) -> int:
    """Return where the stretch of nouns that ends at ``at`` begins."""
    first = at
    while first >= 0 and at - first < _WINDOW:
        tag = sentence.tag(first)
        if tag == "punct" and sentence.low(first) not in (
            "/",
            "‘",
            "“",
            "”",
            "’",
            '"',
            "'",
            "(",
            ")",
        ):
            break
        if (
            tag in _HARD
            and not _participle_of_noun(sentence, first, limit=at)
            and not _number_word(sentence, first)
        ):
            break
        first -= 1
    return first + 1


def _number_word(sentence: Sentence, index: int) -> bool:
    """Tell whether "to" or "than" belongs to a number: "14 to 16", "more than 7"."""
    low, after = sentence.low(index), sentence.tag(index + 1)
    if low == "to" and sentence.low(index - 1) in _ENVOYS:
        return True
    if low == "as":
        return sentence.low(index - 1) in ("many", "few") or sentence.low(index + 1) in (
            "many",
            "few",
        )
    if low == "to":
        return after == "num" and (
            sentence.tag(index - 1) == "num" or sentence.low(index - 1) == "up"
        )
    return low in ("than", "no") and (after == "num" or low == "no")


def _participle_of_noun(sentence: Sentence, index: int, *, limit: int | None = None) -> bool:
    """Tell whether a participle belongs to the noun after it: "seven kidnapped students"."""
    if sentence.tag(index) not in ("act", "verb", "ing"):
        return False
    if limit is not None and index >= limit:
        return False
    if not sentence.low(index).endswith(("ed", "en", "ing", "n")):
        return False
    led = sentence.tag(index - 1) in ("det", "num", "adj") or sentence.low(index - 1).endswith("'s")
    return led and sentence.tag(index + 1) in (NOUN, "adj")


def _trimmed(
    sentence: Sentence,
    first: int,
    last: int,
    *,
    inserts: tuple[tuple[int, int], ...],
    antecedent: bool,
) -> Phrase | None:
    """Return the phrase without what belongs to the front of the clause."""
    begin = first
    boundary = sentence.tag(first - 1)
    if (
        boundary == "to"
        and first > 0
        and sentence.tag(first) == NOUN
        and sentence.tag(first + 1) == "det"
    ):
        begin = first + 1
    if boundary in ("verb", "act", "speech", "ing") and not antecedent:
        begin = _after_last_and(sentence, first, last)
    while begin <= last and (
        sentence.tag(begin) in ("conj", "adv", "punct", "date")
        and quantity_at(sentence, begin) is None
    ):
        begin += 1
    if begin <= last and sentence.tag(begin) == "prep" and quantity_at(sentence, begin) is None:
        begin = _past_front(sentence, begin, last)
    if begin > last:
        return None
    begin = _at_pronoun(sentence, begin, last)
    if antecedent:
        begin = _after_preposition(sentence, begin, last)
    while (
        last > begin
        and sentence.tag(last) in ("date", "prep", "adv", "punct")
        and sentence.low(last) not in (")", "]")
    ):
        last -= 1
    if sentence.tag(last) in ("punct", "prep", "conj", "date"):
        return None
    front = (first, begin - 1) if begin > first else None
    return Phrase(begin, last, inserts, front, antecedent)


def _after_preposition(sentence: Sentence, begin: int, last: int) -> int:
    """Return "those" in "amnesty for those who": what "who" stands for is the nearest."""
    for at in range(last, begin, -1):
        if sentence.tag(at) == "prep" and sentence.low(at) not in ("of", "than"):
            return at + 1
    return begin


def _at_pronoun(sentence: Sentence, begin: int, last: int) -> int:
    """Return the place of "he" or "they" in the stretch: a subject begins there."""
    for at in range(last, begin, -1):
        if sentence.tag(at) == "pron" and sentence.low(at) not in ("who", "whom"):
            return at
    return begin


def _after_last_and(sentence: Sentence, first: int, last: int) -> int:
    """Return the place after the last "and": what is before it belongs to another verb."""
    for at in range(last, first, -1):
        if sentence.low(at) in ("and", "but"):
            return at + 1
    return first


def _past_front(sentence: Sentence, begin: int, last: int) -> int:
    """Return where the subject begins after a fronted "In Sedra on Monday …"."""
    at = begin + 1
    at += sentence.tag(at) == "det"
    seen = False
    while at <= last:
        tag = sentence.tag(at)
        starts = tag in ("det", "num", "pron") or quantity_at(sentence, at) is not None
        if seen and starts and sentence.tag(at - 1) != "prep":
            return at
        lower = sentence.low(at) in _people() and sentence.tag(at - 1) not in ("prep", "det")
        if seen and lower:
            return at - (sentence.tag(at - 1) == "adj")
        seen = seen or tag in (NOUN, "date")
        at += 1
    return at


def _extend(sentence: Sentence, first: int) -> int | None:
    """Return the last token of the noun phrase that begins at ``first``."""
    quantity = quantity_at(sentence, first)
    at = first if quantity is None else quantity.last + 1
    last = at - 1 if quantity is not None else None
    while at < len(sentence.tokens) and at - first < _WINDOW:
        tag = sentence.tag(at)
        if (
            tag in _INSIDE
            or (tag == "pron" and (at == first or sentence.low(at - 1) == "of"))
            or _participle_of_noun(sentence, at)
        ):
            if _clause_begins(sentence, at, first=first):
                break
            last = at
        elif sentence.low(at) == "of" and last is not None:
            pass
        elif sentence.tag(at) == "conj" or sentence.low(at) == ",":
            if last is None or not _another_member(sentence, at + 1):
                break
            joined = quantity_at(sentence, at + 1)
            if joined is not None:
                at = last = joined.last
        elif not _quote_mark(sentence, at):
            break
        at += 1
    return last


def _quote_mark(sentence: Sentence, at: int) -> bool:
    return sentence.low(at) in ("‘", "’", '"', "“", "”", "'") and sentence.tag(at + 1) in _INSIDE


def _clause_begins(sentence: Sentence, at: int, *, first: int) -> bool:
    """Tell whether a determiner in the middle begins something new."""
    if sentence.tag(at) != "det" or at == first:
        return False
    before = sentence.low(at - 1)
    return before not in ("of", "all", "both", "and", "or", ",", "some", "these") and sentence.low(
        at
    ) not in ("other", "more", "others", "few")


def _another_member(sentence: Sentence, at: int) -> bool:
    """Tell whether another member of a list follows, and not the subject of a new clause."""
    if sentence.tag(at) == "conj":
        at += 1
    quantity = quantity_at(sentence, at)
    if quantity is None and sentence.tag(at) not in ("det", "adj", "num", NOUN):
        return False
    if sentence.low(at - 1) == "," and quantity is None and sentence.tag(at) != "det":
        return False
    end = at if quantity is None else quantity.last + 1
    while sentence.tag(end) in _INSIDE or sentence.low(end) == "of":
        end += 1
    if sentence.low(at - 1) == "," and not (
        sentence.tag(end) == "conj" or sentence.low(end) == ","
    ):
        return False
    if sentence.low(at - 1) == "," and sentence.low(end) == ",":
        return sentence.tag(end + 1) == "conj" or quantity_at(sentence, end + 1) is not None
    return sentence.tag(end) not in ("be", "have", "verb", "act", "speech", "modal", "ing")


def _next_comma(sentence: Sentence, at: int) -> int:
    for index in range(at, min(at + 15, len(sentence.tokens))):
        if sentence.low(index) == ",":
            return index
        if sentence.tag(index) in ("be", "modal", "speech"):
            return -1
    return -1


def _with_follows(sentence: Sentence, at: int) -> bool:
    """Tell whether "some with their hands tied" stands here: a manner, not an object."""
    quantity = quantity_at(sentence, at)
    after = at if quantity is None else quantity.last + 1
    return sentence.low(after) in ("with", "of")


@cache
def _people() -> frozenset[str]:
    return word_set("people", "people") | word_set("people", "agents")
