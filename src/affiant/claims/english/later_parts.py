"""Parts of a number that a later sentence tells: "Five of them were children."."""

from functools import cache

from affiant.claims.english.counting import is_single
from affiant.claims.english.numbers import Quantity, quantity_at
from affiant.claims.english.phrases import (
    Phrase,
    core,
    leading_quantity,
    object_after,
    parts_of,
    words_of,
)
from affiant.claims.english.tagging import Sentence
from affiant.claims.lexicon import table
from affiant.model.count import Part

FAMILIES = {
    **dict.fromkeys(("dead", "killed", "fatalities", "deceased", "bodies", "murdered"), "killing"),
    **dict.fromkeys(("wounded", "injured"), "wounding"),
    **dict.fromkeys(("detained", "arrested", "abducted", "taken", "hostages", "missing"), "taking"),
}
"""Words for those told of before, and the family of the act that befell them."""
Told = tuple[list[Part], tuple[int, int]]


def parts_told(sentence: Sentence, *, whole: int | None = None) -> Told | None:
    """Return the parts that a sentence tells of people told before, with the tokens, or None.

    Read are "Among the dead were three children", "Five of them were women",
    "They included two nurses", "The dead included a teacher" and, where the number told
    before is given as ``whole``, "of the eleven four are under sixteen".
    """
    return _of_them(sentence) or _listed(sentence) or _of_number(sentence, whole=whole)


def _of_number(sentence: Sentence, *, whole: int | None) -> Told | None:
    """Return the part in "of the eleven four are under sixteen", in any clause."""
    if whole is None:
        return None
    for at in range(len(sentence.tokens) - 4):
        begins = at == 0 or sentence.low(at - 1) in (";", ",", ":")
        if not begins or not sentence.follows(at, sequence=("of", "the")):
            continue
        total = quantity_at(sentence, index=at + 2)
        if total is None or total.low != whole or total.high != whole:
            continue
        first = total.last + 1 + (sentence.low(total.last + 1) in (",", "people", "men"))
        part = quantity_at(sentence, index=first)
        if part is not None and sentence.tag(part.last + 1) == "be":
            return _one(sentence, quantity=part, be=part.last + 1)
    return None


def _of_them(sentence: Sentence) -> Told | None:
    """Return "Five of them were women" and "Of the dead, five were women"."""
    for opener in _whole() if sentence.low(0) == "of" else ():
        if sentence.follows(0, sequence=("of", *opener)):
            at = 1 + len(opener) + (sentence.low(1 + len(opener)) == ",")
            quantity = quantity_at(sentence, index=at)
            if quantity is None or sentence.tag(quantity.last + 1) != "be":
                return None
            return _one(sentence, quantity=quantity, be=quantity.last + 1)
    quantity = quantity_at(sentence, index=0)
    if quantity is None or sentence.low(quantity.last + 1) != "of":
        return None
    for opener in _whole():
        if sentence.follows(quantity.last + 2, sequence=opener):
            be = quantity.last + 2 + len(opener)
            return _one(sentence, quantity=quantity, be=be) if sentence.tag(be) == "be" else None
    return None


def _one(sentence: Sentence, *, quantity: Quantity, be: int) -> Told | None:
    """Return the one part of a number that "were women" tells."""
    aged = sentence.low(be + 1) in ("under", "over", "below", "above", "aged")
    what = object_after(sentence, index=be + 1 + aged)
    if what is None or sentence.tag(be + 1) in ("act", "verb", "ing"):
        return None
    last = core(sentence, phrase=what).last
    words = words_of(sentence, phrase=Phrase(quantity.first, last))
    return [Part(words=words, min=quantity.low, max=quantity.high)], (quantity.first, last)


def _listed(sentence: Sentence) -> Told | None:
    """Return the parts after "Among the dead were" and "The dead included"."""
    at = 0
    while sentence.tag(at) in ("conj", "adv") or sentence.low(at) == ",":
        at += 1
    if sentence.low(at) not in _openers():
        return None
    for lead in ("among", "amongst", ""):
        for opener in _whole():
            words = (lead, *opener) if lead else opener
            if not sentence.follows(at, sequence=words):
                continue
            verb = at + len(words)
            while sentence.tag(verb) in ("adv",) or sentence.low(verb) == ",":
                verb += 1
            if sentence.tag(verb) == "be" if lead else sentence.low(verb) in _including():
                return _members(sentence, at=verb + 1)
    return None


def _members(sentence: Sentence, *, at: int) -> Told | None:
    """Return each member of what is listed as a part."""
    what = object_after(sentence, index=at)
    if what is None:
        return None
    whole = core(sentence, phrase=what)
    found = []
    for member in parts_of(sentence, phrase=whole):
        quantity = leading_quantity(sentence, phrase=member)
        single = sentence.low(member.first) in ("a", "an") or is_single(sentence, phrase=member)
        low, high = (
            (quantity.low, quantity.high) if quantity else (1, 1) if single else (None, None)
        )
        found.append(Part(words=words_of(sentence, phrase=member), min=low, max=high))
    return found, (whole.first, whole.last)


@cache
def _whole() -> tuple[tuple[str, ...], ...]:
    entries = [tuple(entry.split()) for entry in table("numbers")["whole_of_before"]]
    return tuple(sorted(entries, key=len, reverse=True))


@cache
def _openers() -> frozenset[str]:
    """Return the words that a sentence which tells a part can begin with."""
    return frozenset({"among", "amongst", *(words[0] for words in _whole())})


@cache
def _including() -> frozenset[str]:
    return frozenset({"include", "included", "includes"})
