"""What a claim answers to a question, in a form that answers can be compared in."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from affiant.corroborate.ranges import COUNT_QUESTIONS, counts_for
from affiant.corroborate.state import State, asserts, source_named
from affiant.errors import BadInputError
from affiant.language.folding import fold
from affiant.model.claim import Claim
from affiant.model.when import When, span_of, when_in_words
from affiant.store.claims import ClaimRow

ACTING = frozenset({"direct_perpetrator", "responsible"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One claim's answer to one question.

    Exactly one of ``interval`` and ``path`` is set; answers to one question are alike.

    Attributes:
        claim_id: The claim.
        shown: The answer in words.
        exact: True where nothing more exact could be said: both bounds, a day, a place.
        interval: (low, high), inclusive; people, or days as ordinals; infinite where open.
        path: From the general to the particular, folded; one is compatible with another
            where either begins with the other.
    """

    claim_id: str
    shown: str
    exact: bool
    interval: tuple[float, float] | None = None
    path: tuple[str, ...] | None = None

    def meets(self, other: "Answer") -> bool:
        """Tell whether both can be so."""
        if self.interval is not None and other.interval is not None:
            return self.interval[0] <= other.interval[1] and other.interval[0] <= self.interval[1]
        if self.path is not None and other.path is not None:
            shorter = min(len(self.path), len(other.path))
            return self.path[:shorter] == other.path[:shorter]
        return False


def answer_of(row: ClaimRow, *, question: str, state: State) -> Answer | None:
    """Return what a claim answers to a question, or None where it says nothing."""
    claim = row.claim
    if not asserts(claim):
        return None
    if question in COUNT_QUESTIONS:
        return _count_answer(row, question=question)
    if question == "when":
        return _when_answer(row.claim_id, when=claim.when)
    if question == "where":
        return _where_answer(row.claim_id, claim=claim)
    if question == "by_whom":
        return _actor_answer(row.claim_id, claim=claim, state=state)
    if question == "method" and claim.method:
        return Answer(
            claim_id=row.claim_id, shown=claim.method, exact=True, path=(fold(claim.method),)
        )
    return None


def span_in_words(low: int | None, *, high: int | None) -> str:
    """Return bounds as a reader writes them; unknown is never nought."""
    if low is None and high is None:
        return "not known"
    if low is None:
        return f"at most {high}"
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low}\u2013{high}"


def _count_answer(row: ClaimRow, *, question: str) -> Answer | None:
    """Return the hull of a claim's counts for a question."""
    counts = counts_for(row, question=question)
    if not counts:
        return None
    lows = [count.min for count in counts if count.min is not None]
    highs = [count.max for count in counts if count.max is not None]
    low, high = min(lows, default=None), max(highs, default=None)
    return Answer(
        claim_id=row.claim_id,
        shown=span_in_words(low, high=high),
        exact=low is not None and high is not None,
        interval=(0 if low is None else low, inf if high is None else high),
    )


def _when_answer(claim_id: str, *, when: When | None) -> Answer | None:
    """Return the days of a claim, the next one too where it says "the night of"."""
    if when is None or when.edtf is None:
        return None
    try:
        span = span_of(when.edtf)
    except BadInputError:
        return None
    low = -inf if span.first is None else span.first.toordinal()
    high = inf if span.last is None else span.last.toordinal() + int(when.night_of)
    return Answer(
        claim_id=claim_id,
        shown=when_in_words(when),
        exact=span.days == 1,
        interval=(low, high),
    )


def _where_answer(claim_id: str, *, claim: Claim) -> Answer | None:
    """Return the place of a claim, general part first; exactness is settled among answers."""
    if claim.where is None:
        return None
    name = claim.where.name or claim.where.words
    parts = tuple(fold(part) for part in reversed(name.split(",")) if part.strip())
    return Answer(claim_id=claim_id, shown=name, exact=True, path=parts)


def _actor_answer(claim_id: str, *, claim: Claim, state: State) -> Answer | None:
    """Return the alleged actors of a claim, under the names that sources are known by."""
    actors = [
        party for party in claim.involvements if party.side == "accused" and party.role in ACTING
    ]
    if not actors:
        return None
    known = [actor for actor in actors if actor.strength in ("named", "unit")]
    names = sorted({source_named(actor.name, state=state) or fold(actor.name) for actor in known})
    return Answer(
        claim_id=claim_id,
        shown="; ".join(dict.fromkeys(actor.name for actor in actors)),
        exact=bool(known),
        path=tuple(names),
    )


def consensus(answers: Sequence[tuple[str, Answer]]) -> set[str] | None:
    """Return the voices in the largest set whose answers share a point.

    None where two different largest sets tie, or where no two voices share a point.

    Args:
        answers: (voice, answer); a voice may have several.
    """
    if any(answer.interval is not None for _, answer in answers):
        points = {answer.interval[0] for _, answer in answers if answer.interval is not None}
        sets = [
            frozenset(
                voice
                for voice, answer in answers
                if answer.interval and answer.interval[0] <= point <= answer.interval[1]
            )
            for point in points
        ]
    else:
        sets = [
            frozenset(voice for voice, answer in answers if _within(answer.path, whole=other.path))
            for _, other in answers
        ]
    size = max((len(voices) for voices in sets), default=0)
    largest = {voices for voices in sets if len(voices) == size}
    if size < 2 or len(largest) != 1:
        return None
    return set(next(iter(largest)))


def _within(path: tuple[str, ...] | None, *, whole: tuple[str, ...] | None) -> bool:
    """Tell whether a path is the beginning of another."""
    return path is not None and whole is not None and whole[: len(path)] == path
