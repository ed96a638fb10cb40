"""Noun phrases, found from a verb to its left and right without a parser."""

from dataclasses import dataclass

from affiant.claims.english.numbers import Quantity, quantity_at
from affiant.claims.english.tagging import NOUN, Sentence

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
        names: First and last token of each name in a list of named people.
    """

    first: int
    last: int
    inserts: tuple[tuple[int, int], ...] = ()
    front: tuple[int, int] | None = None
    antecedent: bool = False
    names: tuple[tuple[int, int], ...] = ()


def object_after(sentence: Sentence, *, index: int) -> Phrase | None:
    """Return the noun phrase that begins at ``index``, after adverbs, or None."""
    at = index
    while sentence.tag(at) == "adv" and quantity_at(sentence, index=at) is None:
        at += 1
    for listed in sentence.lists:
        if listed.first == at:
            return Phrase(listed.first, listed.names[-1][1], names=listed.names)
    begins = sentence.tag(at) in _STARTERS or quantity_at(sentence, index=at) is not None
    if not begins and not participle_of_noun(sentence, index=at):
        return None
    last = _extend(sentence, first=at)
    return None if last is None else Phrase(at, _with_closing_mark(sentence, first=at, last=last))


def _with_closing_mark(sentence: Sentence, *, first: int, last: int) -> int:
    """Return the end of the phrase with the mark that closes a label in it."""
    opened = sum(sentence.low(at) in ('"', "“", "‘") for at in range(first, last + 1))
    closed = sum(sentence.low(at) in ("”", "’") for at in range(first, last + 1))
    unmatched = (opened - closed) % 2 == 1
    return last + 1 if unmatched and sentence.low(last + 1) in ('"', "”", "’") else last


def object_past_inserts(sentence: Sentence, *, index: int) -> Phrase | None:
    """Return the object after insertions: "shot, execution-style, …, 52 dissidents"."""
    direct = object_after(sentence, index=index)
    if direct is not None:
        return direct
    at = index
    for _ in range(4):
        if sentence.low(at) != ",":
            return None
        following = object_after(sentence, index=at + 1)
        if (
            following
            and quantity_at(sentence, index=at + 1)
            and not _with_follows(sentence, at=at + 1)
        ):
            return following
        at = _next_comma(sentence, at=at + 1)
        if at < 0:
            return None
    return None


def core(sentence: Sentence, *, phrase: Phrase) -> Phrase:
    """Return the phrase up to the first preposition other than "of"."""
    if phrase.names:
        return phrase
    last = phrase.last
    if phrase.first == phrase.last:
        return Phrase(phrase.first, last, phrase.inserts, phrase.front)
    quantity = quantity_at(sentence, index=phrase.first)
    for at in range(phrase.first + 1, phrase.last + 1):
        if quantity is not None and at <= quantity.last:
            continue
        cut = sentence.tag(at) in ("prep", "to", "date", "adv") and sentence.low(at) != "of"
        if cut or sentence.low(at) in (",", "(", ";", "["):
            last = at - 1
            break
    return Phrase(phrase.first, max(last, phrase.first), phrase.inserts, phrase.front)


def head(sentence: Sentence, *, phrase: Phrase) -> str:
    """Return the head word of the phrase: the last noun before "of" or the end."""
    found = ""
    short = core(sentence, phrase=phrase)
    quantity = quantity_at(sentence, index=short.first)
    at = short.first if quantity is None else quantity.last + 1
    at += quantity is not None and sentence.low(at) == "of" and at < short.last
    while at <= short.last:
        if sentence.low(at) == "of" and found:
            break
        if (sentence.tag(at) in (NOUN, "pron") and sentence.low(at) not in ("more", "other")) or (
            sentence.tag(at) in ("adj", "num", "act", "verb") and not found
        ):
            found = sentence.low(at)
        elif sentence.tag(at) == "conj":
            break
        at += 1
    return found or sentence.low(short.last)


def words_of(sentence: Sentence, *, phrase: Phrase) -> str:
    """Return the phrase as written."""
    return sentence.text[sentence.tokens[phrase.first].start : sentence.tokens[phrase.last].end]


def leading_quantity(sentence: Sentence, *, phrase: Phrase) -> Quantity | None:
    """Return the number that the phrase begins with, or None."""
    found = quantity_at(sentence, index=phrase.first)
    return found if found is not None and found.last <= phrase.last else None


def parts_of(sentence: Sentence, *, phrase: Phrase) -> list[Phrase]:
    """Return the members of a coordination: "two teachers and a student" gives two."""
    if phrase.names:
        return [Phrase(first, last) for first, last in phrase.names]
    parts, first, at = [], phrase.first, phrase.first
    while at <= phrase.last:
        quantity = quantity_at(sentence, index=at)
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


def participle_of_noun(sentence: Sentence, *, index: int, limit: int | None = None) -> bool:
    """Tell whether a participle belongs to the noun after it: "seven kidnapped students"."""
    if sentence.tag(index) not in ("act", "verb", "ing"):
        return False
    if limit is not None and index >= limit:
        return False
    if not sentence.low(index).endswith(("ed", "en", "ing", "n")):
        return False
    led = sentence.tag(index - 1) in ("det", "num", "adj") or sentence.low(index - 1).endswith("'s")
    return led and sentence.tag(index + 1) in (NOUN, "adj")


def _extend(sentence: Sentence, *, first: int) -> int | None:
    """Return the last token of the noun phrase that begins at ``first``."""
    quantity = quantity_at(sentence, index=first)
    at = first if quantity is None else quantity.last + 1
    last = at - 1 if quantity is not None else None
    while at < len(sentence.tokens) and at - first < _WINDOW:
        tag = sentence.tag(at)
        if tag == "num" and at > first and sentence.low(at + 1) in ("times", "days", "hours"):
            break
        if (
            tag in _INSIDE
            or (tag == "pron" and (at == first or sentence.low(at - 1) == "of"))
            or participle_of_noun(sentence, index=at)
        ):
            if _clause_begins(sentence, at=at, first=first):
                break
            last = at
        elif sentence.low(at) == "of" and last is not None:
            pass
        elif sentence.tag(at) == "conj" or sentence.low(at) == ",":
            if last is None or not _another_member(sentence, at=at + 1):
                break
            joined = quantity_at(sentence, index=at + 1)
            if joined is not None:
                at = last = joined.last
        elif not _quote_mark(sentence, at=at):
            break
        at += 1
    return last


def _quote_mark(sentence: Sentence, *, at: int) -> bool:
    return sentence.low(at) in ("‘", "’", '"', "“", "”", "'") and sentence.tag(at + 1) in _INSIDE


def _clause_begins(sentence: Sentence, *, at: int, first: int) -> bool:
    """Tell whether a determiner in the middle begins something new."""
    if sentence.tag(at) != "det" or at == first:
        return False
    before = sentence.low(at - 1)
    return before not in ("of", "all", "both", "and", "or", ",", "some", "these") and sentence.low(
        at
    ) not in ("other", "more", "others", "few")


def _another_member(sentence: Sentence, *, at: int) -> bool:
    """Tell whether another member of a list follows, and not the subject of a new clause."""
    if sentence.tag(at) == "conj":
        at += 1
    quantity = quantity_at(sentence, index=at)
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
        return sentence.tag(end + 1) == "conj" or quantity_at(sentence, index=end + 1) is not None
    return sentence.tag(end) not in ("be", "have", "verb", "act", "speech", "modal", "ing")


def _next_comma(sentence: Sentence, *, at: int) -> int:
    for index in range(at, min(at + 15, len(sentence.tokens))):
        if sentence.low(index) == ",":
            return index
        if sentence.tag(index) in ("be", "modal", "speech"):
            return -1
    return -1


def _with_follows(sentence: Sentence, *, at: int) -> bool:
    """Tell whether "some with their hands tied" stands here: a manner, not an object."""
    quantity = quantity_at(sentence, index=at)
    after = at if quantity is None else quantity.last + 1
    return sentence.low(after) in ("with", "of")
