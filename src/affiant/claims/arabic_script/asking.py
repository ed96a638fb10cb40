"""The numbers and the date in a few words that somebody marked, in Persian or Arabic."""

from itertools import pairwise

from affiant.claims.arabic.numbers import find_numbers as find_arabic_numbers
from affiant.claims.arabic.sentence import Sentence
from affiant.claims.arabic.tokens import arabic_shadow
from affiant.claims.arabic_script.dates import DateSpan, find_dates
from affiant.claims.arabic_script.numbers import Number, find_numbers
from affiant.claims.arabic_script.patterns import cues, glue
from affiant.claims.arabic_script.shadow import Shadow, shadow
from affiant.model.when import When

Bounds = tuple[int | None, int | None]


def every_bounds(marked: str, *, language: str) -> list[Bounds]:
    """Return the bounds of each number in words, in order; a date holds none.

    "ما لا يقل عن أربعين" is (40, None); words such as "عدة" give (None, None). Where Arabic
    tells how many by the form of the noun, that is the number: "شرطيان" is 2, "امرأتان وطفل" 3.

    Args:
        marked: The words, as written.
        language: ``fa`` or ``ar``.
    """
    line = _line(marked, language=language)
    dates = _dates(line, language=language, published=None)
    dated = {at for one in dates for at in range(one.first, one.last + 1)}
    free = [
        (one.low, one.high)
        for one in _numbers(line, language=language)
        if one.first not in dated and one.last not in dated
    ]
    nobody = cues("people", "nobody_alone", language=language)
    if not free and nobody.match(line.line):
        return [(0, 0)]
    return free or (_by_form(line) if language == "ar" else [])


def bounds_in_words(marked: str, *, language: str) -> Bounds | None:
    """Return the bounds of the first number in words, or None where they hold none.

    Args:
        marked: The words, as written.
        language: ``fa`` or ``ar``.
    """
    return next(iter(every_bounds(marked, language=language)), None)


def date_in_words(marked: str, *, language: str, published: str | None = None) -> When | None:
    """Return the date in words; None where they hold none, or several that are not one.

    Args:
        marked: The words, as written.
        language: ``fa`` or ``ar``.
        published: Date of the document as EDTF, from which "أمس" is counted.
    """
    line = _line(marked, language=language)
    found = _dates(line, language=language, published=published)
    return found[0].when if len(found) == 1 else None


def _line(marked: str, *, language: str) -> Shadow:
    spans = [(0, len(marked))]
    if language == "ar":
        return arabic_shadow(marked, spans=spans)
    return shadow(marked, spans=spans, glue=glue(language))


def _dates(line: Shadow, *, language: str, published: str | None) -> list[DateSpan]:
    if language == "ar":
        return Sentence(line, published=published).dates
    return find_dates(line, language=language, published=published)


def _numbers(line: Shadow, *, language: str) -> list[Number]:
    return find_arabic_numbers(line) if language == "ar" else find_numbers(line, language=language)


def _by_form(line: Shadow) -> list[Bounds]:
    """Return how many duals and single persons make, where "و" joins them and no other."""
    told = [one for one in Sentence(line, published=None).people if one.kind == "person"]
    if not told or any(one.number.rule not in ("single", "dual") for one in told):
        return []
    ends = [(one.number.first, max(one.last, one.number.last)) for one in told]
    between = [line.keys(a[1] + 1, last=b[0] - 1) for a, b in pairwise(ends)]
    if any("و" not in keys for keys in between):
        return []
    total = sum(one.number.low or 0 for one in told)
    return [(total, total)]
