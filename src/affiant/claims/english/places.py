"""Places as they stand in a sentence."""

from functools import cache

from affiant.claims.english.tagging import NOUN, Sentence
from affiant.claims.lexicon import word_set

_LONGEST = 9


def places_between(sentence: Sentence, *, first: int, last: int) -> list[tuple[int, int]]:
    """Return the places that prepositions between two tokens lead to, without them.

    "at the Chenar bakery in Qarsan" is one place; so is "Tehran, Iran".
    """
    found: list[tuple[int, int]] = []
    at = first
    while at <= last:
        span = _place_at(sentence, at=at, last=last)
        if span is None:
            at += 1
            continue
        end = span[1]
        while end < last:
            more = _place_at(sentence, at=end + 1, last=last) or _after_comma(
                sentence, at=end + 1, last=last
            )
            if more is None or sentence.low(end + 1) in ("from", "off"):
                break
            end = more[1]
        found.append((span[0], end))
        at = end + 1
    return found


def _place_at(sentence: Sentence, *, at: int, last: int) -> tuple[int, int] | None:
    """Return the place after a preposition at ``at``, or None."""
    low = sentence.low(at)
    of_means = low in ("of", "on", "against") and sentence.low(at - 1) in word_set(
        "people", "means"
    )
    if low not in _prepositions() and low not in ("on", "to", "through") and not of_means:
        return None
    low = "in" if of_means else low
    begin = at + 1
    if sentence.low(begin) in ("front", "the") and sentence.follows(
        begin, sequence=("front", "of")
    ):
        begin += 2
    end = _phrase_end(sentence, begin=begin, last=last)
    if end is not None and not _is_place(sentence, begin=begin, end=end, preposition=low):
        end = _noun_within(sentence, begin=begin, end=end)
    if end is None or not _is_place(sentence, begin=begin, end=end, preposition=low):
        return None
    return _bare(sentence, begin=begin, end=end)


def _noun_within(sentence: Sentence, *, begin: int, end: int) -> int | None:
    """Return "clinic" in "the clinic next door": the first noun of a place, if it comes early."""
    for at in range(begin, min(end, begin + 3)):
        if sentence.low(at) in _nouns() and sentence.low(at + 1) in ("next", "nearby", "there"):
            return at
    return None


def _bare(sentence: Sentence, *, begin: int, end: int) -> tuple[int, int]:
    """Return the phrase without its article."""
    while begin < end and sentence.low(begin) in (
        "the",
        "a",
        "an",
        "this",
        "that",
        "their",
        "his",
        "its",
    ):
        begin += 1
    return begin, end


def _phrase_end(sentence: Sentence, *, begin: int, last: int) -> int | None:
    """Return the last token of the nouns after the preposition."""
    at, end = begin, None
    while at <= min(last, begin + _LONGEST):
        tag = sentence.tag(at)
        if tag in (NOUN, "adj") or (tag == "det" and at == begin) or (tag == "num" and end):
            end = at
        elif (
            sentence.low(at) == "of"
            and end is not None
            and sentence.tag(at + 1) in (NOUN, "det", "adj")
        ):
            if sentence.low(at + 1) in ("the", "la", "los"):
                at += 1
        elif (end is not None and tag == "ing" and sentence.low(at) in _nouns()) or (
            sentence.named(at) and tag not in ("date", "quote", "pron", "sub")
        ):
            end = at
        else:
            break
        at += 1
    while (
        end is not None and end > begin and sentence.tag(end) == "adj" and not sentence.named(end)
    ):
        end -= 1
    return end


def _is_place(sentence: Sentence, *, begin: int, end: int, preposition: str) -> bool:
    """Tell whether the nouns after a preposition name a place."""
    tokens = sentence.tokens[begin : end + 1]
    lows = [token.low for token in tokens if token.tag not in ("det", "num")]
    lows = [low[:-2] if low.endswith("'s") else low for low in lows]
    if lows and lows[-1].rstrip("s") in _not_places() and lows[-1] not in _nouns():
        return False
    if not lows or lows[0] in _never() or (lows[-1] in _never() and lows[-1] not in _nouns()):
        return False
    cut = lows.index("of") if "of" in lows else len(lows)
    noun = lows[cut - 1] in _nouns() if cut else False
    if preposition in ("on", "to", "through"):
        return noun
    if lows[cut - 1] in _not_places():
        return False
    if noun:
        return True
    if sentence.capitals:
        determined = tokens[0].tag == "det"
        return not determined and tokens[0].tag != "adj" and len(lows) <= 5
    return any(
        sentence.named(at) for at in range(begin, end + 1) if sentence.tag(at) != "det"
    ) and _last_named(sentence, begin=begin, end=end)


def _last_named(sentence: Sentence, *, begin: int, end: int) -> bool:
    """Tell whether the phrase ends in a name."""
    return sentence.named(end)


def _after_comma(sentence: Sentence, *, at: int, last: int) -> tuple[int, int] | None:
    """Return what goes on after a comma: ", Iran", ", USULUTAN DEPARTMENT"."""
    if sentence.low(at) != "," or at >= last:
        return None
    end = _phrase_end(sentence, begin=at + 1, last=min(last, at + 5))
    if end is None or sentence.tag(at + 1) in ("det", "num"):
        return None
    after = sentence.tag(end + 1)
    low = sentence.low(end)
    named = all(sentence.named(index) for index in range(at + 1, end + 1))
    closed = after in ("punct", "end", "prep", "date")
    if low in _not_places() or not closed:
        return None
    if low in _nouns() and (named or sentence.capitals):
        return at + 1, end
    return (at + 1, end) if named and not sentence.capitals else None


@cache
def _prepositions() -> frozenset[str]:
    return word_set("places", "prepositions")


@cache
def _nouns() -> frozenset[str]:
    return word_set("places", "nouns")


@cache
def _never() -> frozenset[str]:
    return word_set("places", "never")


@cache
def _not_places() -> frozenset[str]:
    people = word_set("people", "people") | word_set("people", "agents")
    means = word_set("people", "means")
    return (people | means | _never()) - _nouns()


def nested(words: str) -> str | None:
    """Return a place's name with the larger place behind a comma, or None where it has none.

    "Chenar bakery in Qarsan" is "Chenar bakery, Qarsan"; nothing else is resolved here.
    """
    inner, mark, outer = words.partition(" in ")
    if not mark or not outer[:1].isupper() or not inner[:1].isupper():
        return None
    return f"{inner.strip()}, {outer.removeprefix('the ').strip()}"
