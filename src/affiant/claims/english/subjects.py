"""The noun phrase before a verb, past insertions, "who", and the front of the clause."""

from functools import cache

from affiant.claims.english.numbers import quantity_at
from affiant.claims.english.phrases import Phrase, participle_of_noun
from affiant.claims.english.tagging import NOUN, Sentence
from affiant.claims.lexicon import word_set

_WINDOW = 45
_HARD = frozenset(
    {"verb", "speech", "be", "have", "modal", "sub", "neg", "to", "quote", "ing", "act"}
)
_STARTERS = frozenset({"num", "det", "adj", "pron", NOUN})
_INSIDE = frozenset({"num", "det", "adj", NOUN})
_OPENERS = frozenset({"ing", "verb", "act", "prep", "adv", "det", "adj", NOUN, "num", "sub"})
_TRAILING = frozenset({"date", "prep", "adv", "punct"})
_ENVOYS = frozenset({"ambassador", "consul", "envoy", "adviser", "advisor", "delegate", "aide"})
_DASHES = frozenset({"—", "–", "-"})


def subject_before(sentence: Sentence, *, index: int) -> Phrase | None:
    """Return the noun phrase before a verb group that begins at ``index``, or None.

    Steps over what stands between commas or brackets ("Several, initially wounded, were
    …") and through "who" and "that" to what they stand for.
    """
    listed = _names_before(sentence, index=index)
    if listed is not None:
        return listed
    inserts: list[tuple[int, int]] = []
    at, antecedent = index - 1, False
    for _ in range(5):
        while sentence.tag(at) == "adv":
            at -= 1
        if sentence.low(at) in ("who", "that", "which", "whom"):
            antecedent, at = True, at - 1
            at -= sentence.low(at) in (",", "of")
            continue
        insert = _insert_ending_at(sentence, at=at)
        if insert is None:
            break
        inserts.append(insert)
        at = _before_insert(sentence, insert=insert)
        listed = _names_before(sentence, index=at + 1)
        if listed is not None:
            return listed
    at -= not inserts and sentence.low(at) in _DASHES
    if at < 0:
        return None
    return _ending_at(sentence, at=at, inserts=tuple(inserts), antecedent=antecedent)


def _before_insert(sentence: Sentence, *, insert: tuple[int, int]) -> int:
    """Return the token before an insertion, an age before it left out: "Idris, 34, teacher,"."""
    at = insert[0] - 2
    return at - 2 if sentence.tag(at) == "num" and sentence.low(at - 1) == "," else at


def _ending_at(
    sentence: Sentence, *, at: int, inserts: tuple[tuple[int, int], ...], antecedent: bool
) -> Phrase | None:
    """Return the noun phrase that ends at a token, past a relative clause."""
    first = _with_modifier(sentence, first=_start_of(sentence, at=at))
    relative = _relative_before(sentence, first=first)
    if relative is not None and not antecedent:
        at, antecedent = relative, True
        first = _with_modifier(sentence, first=_start_of(sentence, at=at))
    return _trimmed(sentence, first=first, last=at, inserts=inserts, antecedent=antecedent)


def _names_before(sentence: Sentence, *, index: int) -> Phrase | None:
    """Return the list of named people that ends right before the verb, or None."""
    if not sentence.lists:
        return None
    at = index - 1
    while sentence.tag(at) == "adv" or sentence.low(at) in ("who", "all", ","):
        at -= 1
    for listed in sentence.lists:
        if listed.last - 1 <= at <= listed.last:
            return Phrase(listed.first, listed.names[-1][1], names=listed.names)
    return None


def _insert_ending_at(sentence: Sentence, *, at: int) -> tuple[int, int] | None:
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


def _start_of(sentence: Sentence, *, at: int) -> int:
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
            and not participle_of_noun(sentence, index=first, limit=at)
            and not _after_those(sentence, index=first, limit=at)
            and not _number_word(sentence, index=first)
        ):
            break
        first -= 1
    return first + 1


def _relative_before(sentence: Sentence, *, first: int) -> int | None:
    """Return the end of "a couple" in "a couple who had hidden a rebel were taken", or None."""
    near = sentence.tag(first - 1) in ("verb", "act")
    told = near
    for at in range(first - 1, max(first - 10, 0), -1):
        if sentence.low(at) == "who":
            return at - 1 if told else None
        told = told or sentence.tag(at) in ("verb", "act", "be")
        if sentence.tag(at) in ("punct", "conj", "quote", "speech"):
            return None
    return None


def _with_modifier(sentence: Sentence, *, first: int) -> int:
    """Return where "an estimated" begins, whose last word looks like a verb, before a number."""
    if sentence.tag(first) not in ("num", "date"):
        return first
    for begin in range(max(first - 4, 0), first):
        quantity = quantity_at(sentence, index=begin)
        if quantity is not None and quantity.last >= first:
            return begin
    return first


def _after_those(sentence: Sentence, *, index: int, limit: int) -> bool:
    """Tell whether a participle tells more of the noun before it: "those taken had died"."""
    if sentence.tag(index) not in ("act", "verb") or sentence.named(index):
        return False
    if not sentence.low(index).endswith(("ed", "en", "wn", "ld", "nt")):
        return False
    noun = sentence.tag(index - 1) == NOUN or sentence.low(index - 1) == "those"
    joined = any(
        sentence.tag(at) == "conj" or sentence.low(at) == "," for at in range(index, limit + 1)
    )
    alone = all(sentence.tag(at) not in (NOUN, "num", "det") for at in range(index + 1, limit + 1))
    return noun and not joined and (alone or sentence.tag(index + 1) == "prep")


def _number_word(sentence: Sentence, *, index: int) -> bool:
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
    return low in ("than", "no") and (
        after == "num" or sentence.low(index + 1) == "a" or low == "no"
    )


def _trimmed(
    sentence: Sentence,
    *,
    first: int,
    last: int,
    inserts: tuple[tuple[int, int], ...],
    antecedent: bool,
) -> Phrase | None:
    """Return the phrase without what belongs to the front of the clause."""
    begin = _past_infinitive(sentence, first=first)
    if sentence.tag(first - 1) in ("verb", "act", "speech", "ing") and not antecedent:
        begin = _after_last_and(sentence, first=first, last=last)
    while begin <= last and _leads_in(sentence, at=begin):
        begin += 1
    if begin > last:
        return None
    if sentence.tag(begin) == "prep" and quantity_at(sentence, index=begin) is None:
        begin = _past_front(sentence, begin=begin, last=last)
    if begin > last:
        return None
    begin = _at_range(sentence, begin=_at_pronoun(sentence, begin=begin, last=last), last=last)
    if antecedent:
        begin = _after_preposition(sentence, begin=begin, last=last)
    while last > begin and sentence.tag(last) in _TRAILING and sentence.low(last) not in (")", "]"):
        last -= 1
    if sentence.tag(last) in ("punct", "prep", "conj", "date"):
        return None
    begin = _with_modifier(sentence, first=begin)
    front = (first, begin - 1) if begin > first else None
    return Phrase(begin, last, inserts, front, antecedent)


def _at_range(sentence: Sentence, *, begin: int, last: int) -> int:
    """Return the place of "between 400 and 450" in the stretch: a subject begins there."""
    for at in range(begin + 1, last + 1):
        if sentence.low(at) == "between" and quantity_at(sentence, index=at) is not None:
            return at
    return begin


def _past_infinitive(sentence: Sentence, *, first: int) -> int:
    """Return the place after the verb in "to regret the death of …"."""
    infinitive = first > 0 and sentence.tag(first - 1) == "to"
    verb = sentence.tag(first) == NOUN and sentence.tag(first + 1) == "det"
    return first + 1 if infinitive and verb else first


def _leads_in(sentence: Sentence, *, at: int) -> bool:
    """Tell whether a token before the noun phrase belongs to the clause, not to it."""
    loose = sentence.tag(at) in ("conj", "adv", "punct", "date")
    return loose and quantity_at(sentence, index=at) is None


def _after_preposition(sentence: Sentence, *, begin: int, last: int) -> int:
    """Return "those" in "amnesty for those who": what "who" stands for is the nearest."""
    for at in range(last, begin, -1):
        if sentence.tag(at) == "prep" and sentence.low(at) not in ("of", "than"):
            return at + 1
    return begin


def _at_pronoun(sentence: Sentence, *, begin: int, last: int) -> int:
    """Return the place of "he" or "they" in the stretch: a subject begins there."""
    for at in range(last, begin, -1):
        partial = sentence.low(at - 1) == "of"
        if sentence.tag(at) == "pron" and sentence.low(at) not in ("who", "whom") and not partial:
            return at
    return begin


def _after_last_and(sentence: Sentence, *, first: int, last: int) -> int:
    """Return the place after the last "and": what is before it belongs to another verb."""
    joined = [at for at in range(first + 1, last + 1) if sentence.low(at) in ("and", "but")]
    for at in joined:
        if sentence.tag(at + 1) in ("det", "num") and sentence.low(at + 1) != "the":
            return at + 1
    return joined[-1] + 1 if joined else first


def _past_front(sentence: Sentence, *, begin: int, last: int) -> int:
    """Return where the subject begins after a fronted "In Sedra on Monday …"."""
    at = begin + 1
    at += sentence.tag(at) == "det"
    seen = False
    while at <= last:
        tag = sentence.tag(at)
        starts = tag in ("det", "num", "pron") or quantity_at(sentence, index=at) is not None
        if seen and starts and sentence.tag(at - 1) != "prep":
            return at
        lower = sentence.low(at) in _people() and sentence.tag(at - 1) not in ("prep", "det")
        if seen and lower:
            return at - (sentence.tag(at - 1) == "adj")
        if tag == NOUN and sentence.tag(at - 1) == "date":
            return at
        seen = seen or tag in (NOUN, "date")
        at += 1
    return at


@cache
def _people() -> frozenset[str]:
    return word_set("people", "people") | word_set("people", "agents")
