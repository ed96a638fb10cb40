"""The words of a sentence that name who speaks."""

from typing import Final

from affiant.claims.arabic_script.clauses import phrase_back, phrase_on
from affiant.claims.arabic_script.drafts import Layers
from affiant.claims.arabic_script.patterns import cues, formed, words
from affiant.claims.arabic_script.speakers import Voice
from affiant.model.vocabulary import Basis, Stance

_NEAR: Final = 3


def named_phrase(layers: Layers, *, first: int, end: int) -> tuple[int, int]:
    """Return the words that name somebody best: "یکی از اهالی", the name after "به نام"."""
    tokens = layers.line.tokens
    last = phrase_on(layers, first=first, end=end)
    some = words("speech", "some_of", language=layers.language)
    of = words("words", "of", language=layers.language)
    if tokens[first].key in some and last + 2 <= end and tokens[last + 1].key in of:
        last = phrase_on(layers, first=last + 2, end=end)
    last = _bound_to(layers, last=last, end=end)
    for begin, stop, _ in layers.line.find(cues("speech", "called", language=layers.language)):
        if last < begin <= last + _NEAR and stop < end and stop + 1 not in layers.stops:
            return stop + 1, phrase_on(layers, first=stop + 1, end=end)
    titles = words("people", "titles", language=layers.language)
    keys = layers.line.keys(last + 1, last=min(last + _NEAR, end))
    at = last + 2 + keys.index(",") if "," in keys else end + 1
    if at <= end and tokens[at].key in titles:
        return at, phrase_on(layers, first=at, end=end)
    return first, last


def _bound_to(layers: Layers, *, last: int, end: int) -> int:
    """Return the last word of a phrase that "وابسته به" carries on."""
    keys = layers.line.keys(last, last=last + 1)
    bound = last + 2 <= end and " ".join(keys) in ("وابسته به", "متعلق به", "مستقر در")
    return phrase_on(layers, first=last + 2, end=end) if bound else last


def voice_at(layers: Layers, *, first: int, last: int, stance: Stance = "asserts") -> Voice:
    """Return the voice that words name; one who saw it says so in its name: "شاهد عینی"."""
    tokens = layers.line.tokens
    span = tokens[first].start, tokens[last].end
    seen = layers.has("speech", "knowing", "saw", first=first, last=last)
    basis: Basis = "saw" if seen else "none_given"
    return Voice(layers.line.exact(first, last=last), span, stance, basis, span if seen else None)


def pronouns_of(layers: Layers) -> frozenset[str]:
    """Return the pronouns of the third person."""
    return words("people", "pronouns", language=layers.language)


def past_relative(layers: Layers, *, start: int) -> tuple[int, int] | None:
    """Return whom a relative clause that ends here tells of: "خالده، که نامزد بود، گفت"."""
    that = words("words", "that", language=layers.language)
    for at in range(start - 1, 0, -1):
        key = layers.line.tokens[at].key
        if key in ".;!?:":
            return None
        if key in that:
            last = at - 1 - (layers.line.tokens[at - 1].key == ",")
            if last < 0 or last in layers.stops or last in {end for _, end in layers.verbs}:
                return None
            return phrase_back(layers, last=last, start=opened_at(layers, at=last)), last
    return None


def antecedent(layers: Layers, *, start: int, cue: int) -> tuple[int, int] | None:
    """Return whom a relative clause before the verb tells of: "برادرم که سرباز است می‌گوید"."""
    keys = layers.line.keys(start - 1, last=cue - 1) if start > 1 else []
    if len(keys) < _NEAR or keys[0] != "که" or keys[-1] not in ("است", "بود", "هستند", "شود"):
        return None
    first = phrase_back(layers, last=start - 2, start=0)
    return None if start - 2 in layers.stops else (first, start - 2)


def opened_at(layers: Layers, *, at: int) -> int:
    """Return the first word after the last semicolon or colon before a word."""
    keys = layers.line.keys(0, last=at - 1)
    return max((index + 1 for index, key in enumerate(keys) if key in ";:"), default=0)


def _is_content(layers: Layers, *, span: tuple[int, int], end: int) -> bool:
    """Tell whether a phrase is what is denied, not who denies it: "کشتن آنان را رد کرد"."""
    keys = layers.line.keys(span[0], last=end)
    markers = words("words", "object", language=layers.language)
    return keys[0].endswith(("دن", "تن")) and bool(markers & set(keys))


def _past_adverbials(layers: Layers, *, first: int, end: int) -> int:
    """Return the first word after phrases with a preposition and dates that open a clause."""
    small = words("words", "prepositions", language=layers.language)
    while first <= end and first in layers.stops:
        if layers.line.tokens[first].key in small and first < end:
            first = phrase_on(layers, first=first + 1, end=end) + 1
        else:
            first += 1
    return first


def _inside_adverbial(layers: Layers, *, start: int, end: int) -> tuple[int, int] | None:
    """Return a body or titled person that seems to go on with "in", "with": "در جمع ... وزیر"."""
    pattern = formed("speech", "institutions", language=layers.language)
    small = words("words", "prepositions", language=layers.language)
    known = {first for first, _, _ in layers.line.find(pattern)}
    titles = words("people", "titles", language=layers.language)
    for at in range(end, start, -1):
        named = at in known or layers.line.tokens[at].key in titles
        medium = at in known and layers.line.tokens[at - 1].key in ("تو", "توی")
        if named and (medium or layers.line.tokens[at - 1].key not in small):
            return named_phrase(layers, first=at, end=end)
    return None


def speaker_in(layers: Layers, *, start: int, end: int, last: bool) -> tuple[int, int] | None:
    """Return the subject of a verb of saying; where the words come first, it is the last."""
    if last:
        for at in range(end, start - 1, -1):
            if layers.line.tokens[at].key in (",", '"'):
                start = at + 1
                break
    mine = words("people", "first_person", language=layers.language)
    theirs = words("people", "pronouns", language=layers.language)
    first = _past_adverbials(layers, first=start, end=end)
    if first > end:
        return _inside_adverbial(layers, start=start, end=end)
    while first <= end and first in layers.stops:
        first += 1
    if first > end or layers.line.tokens[first].key in mine | theirs:
        return None
    found = named_phrase(layers, first=first, end=end)
    if _is_content(layers, span=found, end=end):
        return None
    inside = layers.line.keys(found[0], last=found[1])
    return None if not inside[0][0].isalpha() else found
