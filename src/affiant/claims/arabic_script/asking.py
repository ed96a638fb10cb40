"""The number and the date in a few words that somebody marked, in Persian or Arabic."""

from affiant.claims.arabic.numbers import find_numbers as find_arabic_numbers
from affiant.claims.arabic.tokens import arabic_shadow
from affiant.claims.arabic_script.dates import find_dates
from affiant.claims.arabic_script.numbers import find_numbers
from affiant.claims.arabic_script.patterns import glue
from affiant.claims.arabic_script.shadow import Shadow, shadow
from affiant.model.when import When

Bounds = tuple[int | None, int | None]


def bounds_in_words(words: str, *, language: str) -> Bounds | None:
    """Return the bounds of the first number in words, or None where they hold none.

    "ما لا يقل عن أربعين" is (40, None); words such as "عدة" give (None, None).

    Args:
        words: The words, as written.
        language: ``fa`` or ``ar``.
    """
    line = _line(words, language=language)
    found = find_arabic_numbers(line) if language == "ar" else find_numbers(line, language=language)
    dated = {at for one in _dates(line, language=language) for at in range(one[0], one[1] + 1)}
    free = [one for one in found if one.first not in dated and one.last not in dated]
    return (free[0].low, free[0].high) if free else None


def date_in_words(words: str, *, language: str, published: str | None = None) -> When | None:
    """Return the first date in words, or None where they hold none.

    Args:
        words: The words, as written.
        language: ``fa`` or ``ar``.
        published: Date of the document as EDTF, from which "أمس" is counted.
    """
    line = _line(words, language=language)
    found = find_dates(line, language=language, published=published)
    return found[0].when if found else None


def _line(words: str, *, language: str) -> Shadow:
    spans = [(0, len(words))]
    if language == "ar":
        return arabic_shadow(words, spans=spans)
    return shadow(words, spans=spans, glue=glue(language))


def _dates(line: Shadow, *, language: str) -> list[tuple[int, int]]:
    return [(one.first, one.last) for one in find_dates(line, language=language, published=None)]
