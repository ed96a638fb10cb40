"""The number of people in a noun phrase, with its parts."""

import re
from functools import cache

from affiant.claims.english.apposed import all_of_them, counted_after, is_plural
from affiant.claims.english.numbers import Quantity, quantity_at
from affiant.claims.english.persons import is_person
from affiant.claims.english.phrases import (
    Phrase,
    core,
    head,
    leading_quantity,
    object_after,
    parts_of,
    words_of,
)
from affiant.claims.english.tagging import NOUN, Sentence
from affiant.claims.lexicon import phrases, table, word_set
from affiant.model.count import Count, Part
from affiant.model.vocabulary import CountOf, Scope

_ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ing", "ance", "ence", "ism", "ship", "uge")
_MONTHS = "|".join(month for month in table("dates")["months"] if len(month) > 2)
_SINCE = re.compile(
    rf"\bsince\s+(?:the\s+(?:start|beginning|outbreak)|(?:late\s+|early\s+)?(?:{_MONTHS})\b|[12][0-9]{{3}})",
    re.IGNORECASE,
)
_AGES = ("year-old", "year-olds", "month-old", "month-olds")
_GROUPS = frozenset({"no", "every", "each", "any", "all", "many", "some", "most"})
_MANY = frozenset({"wounded", "injured", "dead", "displaced", "homeless", "missing"})
_PEOPLE_ENDINGS = ("men", "women", "ers", "ors", "ists", "ians", "ants", "people")


def count_of(
    sentence: Sentence, *, patient: Phrase, of: CountOf, span: tuple[int, int]
) -> Count | None:
    """Return how many the noun phrase speaks of, or None where it tells nothing of that.

    One person, named or described, is one; a list of names is as many as it names.

    Args:
        sentence: The sentence.
        patient: Those to whom the act was done.
        of: What is counted.
        span: The clause, in which a breakdown and words such as "since" may stand.
    """
    short = core(sentence, phrase=patient)
    led = leading_quantity(sentence, phrase=short)
    after = all_of_them(sentence, span=span) if led is None else None
    if after is not None:
        return Count(of=of, min=after.low, max=after.high, words=_text(sentence, quantity=after))
    words = words_of(sentence, phrase=short)
    breakdown = _breakdown(sentence, patient=patient, span=span)
    bounds = _bounds(sentence, phrase=short)
    if bounds is None and is_single(sentence, phrase=short):
        bounds = (1, 1)
    if bounds is None and not _several(sentence, phrase=short):
        return None
    low, high = bounds or (None, None)
    members = parts_of(sentence, phrase=short)
    quantity = leading_quantity(sentence, phrase=short)
    number = words
    population: str | None = words
    if not short.names and len(members) > 1 and _sum(sentence, members=members) is not None:
        population = None
    elif quantity is not None and not quantity.whole:
        number = words_of(sentence, phrase=Phrase(quantity.first, quantity.last))
    counted = counted_after(sentence, phrase=short) if low is high is None else None
    if counted is not None:
        low, high, number = counted.low, counted.high, _text(sentence, quantity=counted)
        breakdown = tuple(one for one in breakdown if (one.min, one.max) != (low, high))
    named = low is not None or high is not None or (quantity and short.last == quantity.last)
    return Count(
        of=of,
        min=low,
        max=high,
        words=number,
        population=None if named else population,
        breakdown=breakdown,
        relation="includes" if breakdown else "unstated",
        scope="event" if of == "missing" or high == 1 else _scope(sentence, span=span),
    )


def _bounds(sentence: Sentence, *, phrase: Phrase) -> tuple[int | None, int | None] | None:
    """Return the bounds that a phrase gives, or None where it gives no number at all."""
    members = parts_of(sentence, phrase=phrase)
    if phrase.names:
        return len(members), len(members)
    if head(sentence, phrase=phrase) in ("couple", "twins", "pair"):
        return 2, 2
    grouped = _group_of(sentence, phrase=phrase)
    if grouped is not None:
        return grouped
    if len(members) > 1:
        summed = _sum(sentence, members=members)
        if summed is not None:
            return summed
    quantity = leading_quantity(sentence, phrase=phrase)
    if quantity is not None:
        return quantity.low, quantity.high
    if len(members) > 1:
        return None
    return (1, 1) if sentence.low(phrase.first) in ("a", "an", "one", "another") else None


def _text(sentence: Sentence, *, quantity: Quantity) -> str:
    return words_of(sentence, phrase=Phrase(quantity.first, quantity.last))


def _group_of(sentence: Sentence, *, phrase: Phrase) -> tuple[int | None, int | None] | None:
    """Return the bounds of "a family of five" and "a group of 20 students"."""
    for at in range(phrase.first, phrase.last - 1):
        if sentence.low(at) in word_set("people", "collective") and sentence.low(at + 1) == "of":
            quantity = quantity_at(sentence, index=at + 2)
            if quantity is not None and quantity.last <= phrase.last:
                return quantity.low, quantity.high
    return None


def is_single(sentence: Sentence, *, phrase: Phrase) -> bool:
    """Tell whether a phrase names or describes one person: "Judge Varesh", "my brother"."""
    low = head(sentence, phrase=phrase)
    low = low[:-2] if low.endswith("'s") else low
    pronoun = sentence.tag(phrase.first) == "pron" or _is_owner(sentence, patient=phrase)
    if pronoun or low in word_set("people", "collective"):
        return False
    many = low in _MANY and sentence.low(phrase.last - 1) == "the"
    if many or len(parts_of(sentence, phrase=phrase)) > 1:
        return False
    if low.endswith(_AGES):
        return not low.endswith("s")
    if is_person(low):
        return not is_plural(low) and sentence.low(phrase.first) not in _GROUPS
    tokens = sentence.tokens[phrase.first : phrase.last + 1]
    body = any(token.text.isupper() and len(token.text) > 1 for token in tokens)
    described = any(is_person(token.low) for token in tokens)
    plain = sentence.low(phrase.first) == "the" and not described
    if body or plain or low in word_set("people", "units"):
        return False
    return not sentence.capitals and sentence.named(phrase.last) and low not in _not_people()


def is_people(sentence: Sentence, *, patient: Phrase) -> bool:
    """Tell whether a noun phrase can be people: no thing, no stretch of time, no idea."""
    if _is_owner(sentence, patient=patient):
        return True
    word = head(sentence, phrase=patient)
    low = word[:-2] if word.endswith("'s") else word
    if is_person(low) or low.endswith(_AGES):
        return True
    if (
        low.endswith(_ABSTRACT)
        and len(low) > 6
        and (sentence.capitals or not sentence.named(patient.last))
    ):
        return False
    if all(sentence.tag(at) == "adj" for at in range(patient.first, patient.last + 1)):
        return False
    if low in _not_people() or (
        patient.first == patient.last
        and sentence.tag(patient.first) == "det"
        and low
        not in (
            "all",
            "both",
            "several",
            "many",
            "others",
            "nobody",
            "some",
            "everyone",
            "another",
            "one",
        )
    ):
        return False
    return low not in ("it", "which", "that", "there", "this", "what")


def surely_people(sentence: Sentence, *, patient: Phrase) -> bool:
    """Tell whether a noun phrase is people by its words: a listed noun, a number, a name."""
    quantity = leading_quantity(sentence, phrase=patient)
    if sentence.low(patient.first) in ("nobody", "anybody", "anyone", "someone", "somebody"):
        return True
    if (quantity is not None and quantity.last == patient.last) or sentence.tag(
        patient.first
    ) == "pron":
        return True
    them = head(sentence, phrase=patient) in ("them", "us")
    if them or _is_owner(sentence, patient=patient):
        return True
    members = parts_of(sentence, phrase=core(sentence, phrase=patient))
    if any(is_person(head(sentence, phrase=member)) for member in members):
        return True
    if sentence.capitals:
        return sentence.tag(patient.first) == NOUN
    return sentence.named(core(sentence, phrase=patient).last)


def _is_owner(sentence: Sentence, *, patient: Phrase) -> bool:
    """Tell whether only "my" or "their" stands for those to whom it was done."""
    alone = patient.first == patient.last
    return alone and sentence.low(patient.first) in word_set("words", "possessive")


def inner_people(sentence: Sentence, *, patient: Phrase) -> Phrase:
    """Return "residents" for "the memory of residents": those, not what is theirs."""
    if leading_quantity(sentence, phrase=patient) is not None or is_person(
        head(sentence, phrase=patient)
    ):
        return patient
    for at in range(patient.first, patient.last):
        if sentence.low(at) == "of" and sentence.tag(at - 1) == NOUN:
            inner = Phrase(at + 1, patient.last, patient.inserts)
            word = head(sentence, phrase=inner)
            return inner if is_person(word) or word.endswith(_PEOPLE_ENDINGS) else patient
    return patient


def _several(sentence: Sentence, *, phrase: Phrase) -> bool:
    """Tell whether a phrase without a number speaks of more than one."""
    low = head(sentence, phrase=phrase)
    if low in ("anyone", "anybody"):
        return True
    if sentence.tag(phrase.first) == "pron" or (not is_person(low) and not low.endswith("s")):
        return False
    if low.endswith("'s") or (sentence.capitals and not is_person(low)):
        return False
    plural = low.endswith(
        ("s", "men", "people", "children", "staff", "police", "personnel")
    ) and not low.endswith("ss")
    return plural and not (sentence.named(phrase.last) and not is_person(low))


def _sum(sentence: Sentence, *, members: list[Phrase]) -> tuple[int | None, int | None] | None:
    """Return the bounds of a coordination, or None where a member has no number."""
    low: int | None = 0
    high: int | None = 0
    for member in members:
        found = _member_bounds(sentence, member=member)
        if found is None:
            return None
        low = None if low is None or found[0] is None else low + found[0]
        high = None if high is None or found[1] is None else high + found[1]
    return low, high


def _member_bounds(sentence: Sentence, *, member: Phrase) -> tuple[int | None, int | None] | None:
    quantity = leading_quantity(sentence, phrase=member)
    if quantity is not None:
        return quantity.low, quantity.high
    single = sentence.low(member.first) in ("a", "an") or is_single(sentence, phrase=member)
    return (1, 1) if single else None


def _breakdown(sentence: Sentence, *, patient: Phrase, span: tuple[int, int]) -> tuple[Part, ...]:
    """Return the parts after "including", "among them", and "six of them women"."""
    first, last = patient.first, span[1]
    parts: list[Part] = []
    at = patient.last + 1
    while at <= last:
        words = next((entry for entry in _openers() if sentence.follows(at, sequence=entry)), None)
        if words is None:
            at += 1
            continue
        quantity = _number_before(sentence, at=at, first=patient.last + 1)
        found = (
            _of_them(sentence, quantity=quantity, after=at + len(words))
            if quantity
            else _parts_after(sentence, at=at, opener=words)
        )
        parts.extend(found)
        break
    for insert in patient.inserts if not parts else ():
        parts.extend(_in_insert(sentence, insert=insert))
    if not parts:
        parts.extend(_absolute(sentence, first=patient.last + 1, last=last, before=first))
    return tuple(parts)


def _parts_after(sentence: Sentence, *, at: int, opener: tuple[str, ...]) -> list[Part]:
    """Return the parts after an opener; "most of them women" is one part as a whole."""
    if opener[0] not in ("most", "half", "all", "some", "mostly"):
        return _parts_from(sentence, at=at + len(opener))
    phrase = object_after(sentence, index=at + len(opener))
    end = at + len(opener) - 1 if phrase is None else phrase.last
    return [Part(words=words_of(sentence, phrase=Phrase(at, end)))]


def _absolute(sentence: Sentence, *, first: int, last: int, before: int) -> list[Part]:
    """Return "some with their hands tied": a part told by its manner."""
    for at in [*range(first, last), *range(max(before - 14, 0), before)]:
        if (
            sentence.low(at) == ","
            and quantity_at(sentence, index=at + 1)
            and sentence.low(at + 2) == "with"
        ):
            end = at + 2
            while end + 1 < len(sentence.tokens) and sentence.tag(end + 1) != "punct":
                end += 1
            quantity = quantity_at(sentence, index=at + 1)
            low, high = (quantity.low, quantity.high) if quantity else (None, None)
            return [Part(words=words_of(sentence, phrase=Phrase(at + 1, end)), min=low, max=high)]
    return []


def _in_insert(sentence: Sentence, *, insert: tuple[int, int]) -> list[Part]:
    """Return the parts told between commas before the verb."""
    for words in _openers():
        if sentence.follows(insert[0], sequence=words):
            return _parts_from(sentence, at=insert[0] + len(words))
    quantity = quantity_at(sentence, index=insert[0])
    if quantity and any(
        sentence.follows(quantity.last + 1, sequence=words)
        for words in (("of", "them"), ("of", "whom"))
    ):
        return _of_them(sentence, quantity=quantity, after=quantity.last + 3)
    return []


def _number_before(sentence: Sentence, *, at: int, first: int) -> Quantity | None:
    """Return the number right before "of them"."""
    if sentence.low(at) != "of":
        return None
    for begin in range(max(at - 5, first), at):
        quantity = quantity_at(sentence, index=begin)
        if quantity is not None and quantity.last == at - 1:
            return quantity
    return None


def _of_them(sentence: Sentence, *, quantity: Quantity, after: int) -> list[Part]:
    """Return "six of them women"."""
    end = after - 1
    while sentence.tag(end + 1) in (NOUN, "adj", "be", "conj") and end - after < 6:
        end += 1
    words = words_of(sentence, phrase=Phrase(quantity.first, max(end, quantity.last)))
    return [Part(words=words, min=quantity.low, max=quantity.high)]


def _parts_from(sentence: Sentence, *, at: int) -> list[Part]:
    phrase = object_after(sentence, index=at)
    if phrase is None:
        return []
    return [
        _part(sentence, member=member)
        for member in parts_of(sentence, phrase=core(sentence, phrase=phrase))
    ]


def _part(sentence: Sentence, *, member: Phrase) -> Part:
    bounds = _member_bounds(sentence, member=member) or (None, None)
    return Part(words=words_of(sentence, phrase=member), min=bounds[0], max=bounds[1])


def _scope(sentence: Sentence, *, span: tuple[int, int]) -> Scope:
    """Return "aggregate" where the clause counts over a time or many places."""
    start = sentence.tokens[max(span[0] - 10, 0)].start
    end = sentence.tokens[min(span[1], len(sentence.tokens) - 1)].end
    if _aggregates().search(sentence.text, start, end) or _SINCE.search(sentence.text, start, end):
        return "aggregate"
    return (
        "aggregate" if _SINCE.search(sentence.text, end, min(end + 30, sentence.end)) else "event"
    )


@cache
def _aggregates() -> re.Pattern[str]:
    return phrases(table("dates")["aggregate"])


@cache
def _openers() -> tuple[tuple[str, ...], ...]:
    entries = [tuple(entry.split()) for entry in table("numbers")["including"]]
    return tuple(sorted(entries, key=len, reverse=True))


@cache
def _not_people() -> frozenset[str]:
    times = (
        "week weeks month months year years day days night hour hours minutes time times "
        "kilometers kilometres miles"
    )
    natural = word_set("acts", "natural", "patients")
    return (
        word_set("people", "things")
        | word_set("people", "means")
        | natural
        | frozenset(times.split())
    )
