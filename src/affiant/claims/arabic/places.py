"""Where it happened: a listed noun or a name after a preposition."""

from affiant.claims.arabic.patterns import LANGUAGE
from affiant.claims.arabic.sentence import Sentence
from affiant.claims.arabic_script.patterns import listed, phrase, words

_LONGEST = 3


def find_place(sentence: Sentence, *, near: int) -> tuple[int, int] | None:
    """Return the place that stands nearest to a word."""
    before = frozenset(map(phrase, listed("words", "places", "before", language=LANGUAGE)))
    nouns = words("words", "places", "nouns", language=LANGUAGE)
    never = words("words", "places", "never", language=LANGUAGE)
    tokens = sentence.line.tokens
    people = sentence.kinds["persons"] | sentence.kinds["kin"] | sentence.kinds["actors"]
    found = []
    for at in range(len(tokens) - 1):
        after = at + 1
        key = tokens[after].key
        if tokens[at].key not in before or after in sentence.stops or key in never:
            continue
        inside = tokens[at].key in ("فی", "قرب") and after not in people and "ال" + key not in never
        if key in nouns or key.removeprefix("ال") in nouns or inside:
            found.append((after, min(sentence.phrase(after), after + _LONGEST)))
    return min(found, key=lambda one: abs(one[0] - near)) if found else None
