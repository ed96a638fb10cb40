"""Dates as documents carry them in their own fields, kept at their precision."""

import re
from typing import Final

from affiant.errors import BadInputError
from affiant.model.when import span_of

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WRITTEN: Final = re.compile(
    r"\s*(?P<year>\d{4})(?:(?P<sign>[-/.]?)(?P<month>\d\d)(?:(?P=sign)(?P<day>\d\d))?)?(?!\d)"
)
_IN_PDF: Final = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_EARLIEST: Final = 1000


def written_date(text: str) -> str | None:
    """Return the date that begins an ISO-like value, as EDTF; None where there is none.

    >>> written_date("1988-07-03T10:00:00Z"), written_date("1988-07"), written_date("soon")
    ('1988-07-03', '1988-07', None)
    """
    match = _WRITTEN.match(text)
    return match and _checked(match["year"], match["month"], match["day"])


def pdf_date(text: str) -> str | None:
    """Return the day of a PDF date such as ``D:20310314093000+02'00'``, as EDTF."""
    match = _IN_PDF.match(text)
    return match and _checked(*match.groups())


def _checked(*parts: str | None) -> str | None:
    """Return the parts as EDTF where they are a date that exists."""
    date = "-".join(part for part in parts if part)
    if date[5:7] > "12":  # EDTF has seasons there
        return None
    try:
        first = span_of(date).first
    except BadInputError:
        return None
    return date if first and first.year >= _EARLIEST else None
