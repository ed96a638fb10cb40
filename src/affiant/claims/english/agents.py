"""What can act in a sentence, and the words that tell one who acts apart."""

from functools import cache

from affiant.claims.english.counting import is_people
from affiant.claims.english.phrases import Phrase, core, head, object_after
from affiant.claims.english.tagging import NOUN, Sentence
from affiant.claims.lexicon import word_set

_DOERS = ("ers", "ors", "ists", "men", "ants", "ians", "people", "ees", "ites")
_LINKS = frozenset({"to", "with"})
_PRONOUNS = frozenset(
    {
        "they",
        "he",
        "she",
        "we",
        "i",
        "them",
        "him",
        "her",
    }
)


def can_act(sentence: Sentence, *, phrase: Phrase) -> bool:
    """Tell whether a noun phrase can be a party that acts."""
    word = head(sentence, phrase=phrase)
    low = word[:-2] if word.endswith("'s") else word
    if low in agents() or low in _PRONOUNS or _owned_guns(sentence, phrase=phrase, word=low):
        return True
    if phrase.first == phrase.last and sentence.tag(phrase.first) in ("det", "adj", "num"):
        return False
    if low in means() or low in _not_agents() or phrase.first in sentence.date_at:
        return False
    if low in word_set("people", "people") or (
        is_people(sentence, patient=phrase) and sentence.named(core(sentence, phrase=phrase).last)
    ):
        return True
    if not is_people(sentence, patient=phrase):
        return False
    return (
        sentence.capitals and sentence.tag(phrase.first) in (NOUN, "adj", "det")
    ) or low.endswith(_DOERS)


def is_pronoun(sentence: Sentence, *, phrase: Phrase) -> bool:
    """Tell whether a phrase is only "they", "he" or "their lives"."""
    if phrase.first == phrase.last:
        return sentence.low(phrase.first) in _PRONOUNS
    return sentence.low(phrase.first) in ("their", "his", "her") and sentence.low(phrase.last) in (
        "lives",
        "life",
    )


def told_apart(sentence: Sentence, *, phrase: Phrase) -> Phrase:
    """Return "men" with what tells them apart: "at the checkpoint", "wearing the armband of X".

    "We of the Front" is the Front.
    """
    low = sentence.low(phrase.first)
    if low in ("we", "us", "those") and sentence.low(phrase.first + 1) == "of":
        return Phrase(phrase.first + 2, phrase.last) if phrase.last > phrase.first + 1 else phrase
    longer = phrase.last - phrase.first
    bare = longer == 0 or (longer == 1 and sentence.tag(phrase.first) in ("det", "num"))
    if not bare or sentence.low(phrase.last) not in word_set("people", "bare_agents"):
        return phrase
    link = phrase.last + 1
    if sentence.low(link) in ("loyal", "allied", "belonging") and sentence.low(link + 1) in _LINKS:
        whom = object_after(sentence, index=link + 2)
        return phrase if whom is None else Phrase(phrase.first, core(sentence, phrase=whom).last)
    place = sentence.low(link) in ("at", "from")
    if not place and sentence.low(link) not in ("wearing", "in", "with"):
        return phrase
    found = object_after(sentence, index=link + 1)
    if found is None or found.first in sentence.date_at:
        return phrase
    inner = core(sentence, phrase=found)
    word = head(sentence, phrase=inner)
    known = word in word_set("people", "marks")
    if place:
        known = word in word_set("places", "nouns") or sentence.named(inner.last)
    return Phrase(phrase.first, inner.last) if known else phrase


def _owned_guns(sentence: Sentence, *, phrase: Phrase, word: str) -> bool:
    """Tell whether these are somebody's guns: "army planes", "Kadrine shells", not "shells"."""
    if word not in word_set("people", "guns"):
        return False
    for at in range(phrase.first, core(sentence, phrase=phrase).last + 1):
        whose = not sentence.capitals and sentence.named(at) and at > 0
        if sentence.low(at) != word and (whose or sentence.low(at) in agents()):
            return True
    return False


def past_marks(sentence: Sentence, *, phrase: Phrase) -> Phrase:
    """Return "three men" before "wearing the badges of the Front": what they wear does not act."""
    marks = head(sentence, phrase=phrase) in word_set("people", "marks")
    at = phrase.first - 1 - (sentence.tag(phrase.first - 1) == "det")
    if not marks or at < 1 or sentence.low(at) not in ("wearing", "carrying", "bearing"):
        return phrase
    first = at
    while first > 0 and sentence.tag(first - 1) in (NOUN, "adj", "num", "det"):
        first -= 1
    return Phrase(first, at - 1) if first < at else phrase


def past_insert(sentence: Sentence, *, at: int) -> int:
    """Return the end of the clause past ", as a message shows,", or the end given."""
    while sentence.low(at) != "," and at < min(at + 3, len(sentence.tokens) - 1):
        if sentence.low(at + 1) == ",":
            break
        return at
    comma = at if sentence.low(at) == "," else at + 1
    if sentence.low(comma) != "," or sentence.low(comma + 1) not in ("as", "according"):
        return at
    for index in range(comma + 2, min(comma + 12, len(sentence.tokens) - 1)):
        if sentence.low(index) == ",":
            return min(index + 8, len(sentence.tokens) - 1)
    return at


def without_number(sentence: Sentence, *, phrase: Phrase) -> Phrase:
    """Return "the army" of "by the army and one by the rebels"."""
    last = phrase.last
    numbered = sentence.tag(last) == "num" and sentence.tag(last - 1) == "conj"
    return Phrase(phrase.first, last - 2) if numbered and last - 2 >= phrase.first else phrase


@cache
def agents() -> frozenset[str]:
    """Return the words for people and bodies that act."""
    return word_set("people", "agents")


@cache
def means() -> frozenset[str]:
    """Return the words for a means or an occasion, which is no party."""
    return word_set("people", "means")


@cache
def units() -> frozenset[str]:
    """Return the words for bodies of the armed and of the state."""
    return word_set("people", "units")


@cache
def _not_agents() -> frozenset[str]:
    return (
        word_set("people", "things")
        | word_set("places", "nouns")
        | word_set("places", "never") - agents()
    )
