"""Totals over several events: they are kept apart from what one event gives."""

from dataclasses import replace
from functools import cache
from re import Pattern

from affiant.claims.lexicon import phrases, table
from affiant.language.sentences import sentences
from affiant.model.claim import Claim
from affiant.model.when import span_of

_LONGEST_EVENT_DAYS = 31
_REACH = 600


def scoped(claim: Claim, *, text: str) -> tuple[Claim, str | None]:
    """Return the claim with its counts marked as a total where the sentence says so.

    A count is a total where its sentence holds a phrase of the list ``totals``, or where the
    claim's own date spans more than a month. A claim that gives a day is of one event. A
    single event may last; it is then for the reviewer to say so.

    Returns:
        The claim, and why it was marked, or None.
    """
    if not claim.counts or _is_dated(claim):
        return claim, None
    why = _cue(claim, text=text) or _long_span(claim)
    if why is None:
        return claim, None
    counts = tuple(replace(count, scope="aggregate") for count in claim.counts)
    return replace(claim, counts=counts), f"a total over several events: {why}"


def _is_dated(claim: Claim) -> bool:
    """Tell whether the claim's own sentence gives the day."""
    when = claim.when
    if when is None or when.edtf is None or when.basis != "explicit":
        return False
    return span_of(when.edtf).days == 1


def _cue(claim: Claim, *, text: str) -> str | None:
    """Return the phrase of the claim's sentence that makes its number a total."""
    at = claim.quotes[0].start
    first = max(0, at - _REACH)
    for start, end in sentences(text, start=first, end=min(len(text), at + _REACH)):
        if start <= at < end:
            found = _totals().search(text, start, end)
            return f"\u201c{found[0]}\u201d" if found else None
    return None


def _long_span(claim: Claim) -> str | None:
    """Tell whether the claim's date is an interval too long for one event."""
    when = claim.when
    if when is None or when.edtf is None or "/" not in when.edtf:
        return None
    days = span_of(when.edtf).days
    return when.edtf if days is None or days > _LONGEST_EVENT_DAYS else None


@cache
def _totals() -> Pattern[str]:
    return phrases(table("numbers")["totals"])
