"""How much of what the documents say a team finds, and how many errors it lets pass.

Rests on passages that were read blind and on seeded errors; without the policies there is
nothing to say. A share of fewer than thirty is given with its interval and called too few.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

import msgspec

from affiant.model.claim import Claim
from affiant.model.vocabulary import ClaimVerdict
from affiant.store.case import Case
from affiant.store.claims import ClaimRow
from affiant.store.derived import SuggestionRow
from affiant.store.reviews import BlindReading

ENOUGH: Final = 30
_Z: Final = 1.959963984540054


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of how many."""

    found: int
    of: int

    def wilson(self) -> tuple[float, float]:
        """Return the 95 % interval of the share; from 0 to 1 where there is nothing.

        Source: Wilson (1927).
        """
        if self.of == 0:
            return 0.0, 1.0
        share, number = self.found / self.of, self.of
        middle = share + _Z**2 / (2 * number)
        spread = _Z * sqrt(share * (1 - share) / number + _Z**2 / (4 * number**2))
        whole = 1 + _Z**2 / number
        return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)

    def plain(self) -> dict[str, Any]:
        """Return the share as JSON values; ``enough`` is False below thirty."""
        low, high = self.wilson()
        return {
            "share": round(self.found / self.of, 4) if self.of else None,
            "low": round(low, 4),
            "high": round(high, 4),
            "found": self.found,
            "n": self.of,
            "enough": self.of >= ENOUGH,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What one reviewer's work, or a whole team's, comes to.

    Attributes:
        recall: Of the claims found in passages read blind, those that are suggested too: what a
            review of suggestions alone would have found.
        reader: Of all that was found in these passages, what was found before the suggestions
            were seen.
        accepted_blind: Of suggestions decided on after their passage was read blind, those
            accepted.
        accepted_open: Of all other suggestions decided on, those accepted.
        caught: Of seeded errors, those that were not accepted as they were.
    """

    recall: Share
    reader: Share
    accepted_blind: Share
    accepted_open: Share
    caught: Share

    def anchoring(self) -> dict[str, Any]:
        """Return how much likelier a suggestion is accepted where it was seen at once.

        The interval is that of the difference of two shares.

        Source: Newcombe (1998), method 10.
        """
        seen, blind = self.accepted_open, self.accepted_blind
        enough = min(seen.of, blind.of) >= ENOUGH
        numbers = {"n_open": seen.of, "n_blind": blind.of, "enough": enough}
        if not seen.of or not blind.of:
            return {"difference": None, "low": None, "high": None, **numbers}
        first, other = seen.found / seen.of, blind.found / blind.of
        (low, high), (other_low, other_high) = seen.wilson(), blind.wilson()
        difference = first - other
        below = sqrt((first - low) ** 2 + (other_high - other) ** 2)
        above = sqrt((high - first) ** 2 + (other - other_low) ** 2)
        return {
            "difference": round(difference, 4),
            "low": round(difference - below, 4),
            "high": round(difference + above, 4),
            **numbers,
        }

    def plain(self) -> dict[str, Any]:
        """Return all of it as JSON values."""
        return {
            "recall": self.recall.plain(),
            "reader": self.reader.plain(),
            "anchoring": self.anchoring(),
            "caught": self.caught.plain(),
        }


def review_report(case: Case) -> dict[str, Any]:
    """Return what the team's work comes to, and each reviewer's, in JSON values."""
    evidence = _Evidence(case)
    names = case.policies.keys()
    people = sorted(evidence.reviewers, key=lambda person: (names.get(person, ""), person))
    return {
        "case": case.case_id,
        "team": evidence.of(people).plain(),
        "reviewers": [
            {"reviewer": names.get(person, person[:16]), **evidence.of([person]).plain()}
            for person in people
        ],
        "policies": {
            name: case.policies.policies()[name] for name in ("blind_share", "seeded_errors")
        },
    }


class _Evidence:
    """What was read blind, decided on and caught, asked for once."""

    def __init__(self, case: Case) -> None:
        self._readings = case.reviews.blind_readings()
        self._seeds = case.reviews.seed_decisions()
        self._claims = {row.claim_id: row for row in case.claims.all()}
        self._suggestions = list(case.derived.suggestions())
        self._first: dict[tuple[str, str], ClaimVerdict] = {}
        for verdict in case.reviews.verdicts():
            self._first.setdefault((verdict.unit, verdict.reviewer), verdict.verdict)
        self.reviewers = {reviewer for _, reviewer in self._first}
        self.reviewers |= {reading.reviewer for reading in self._readings}
        self.reviewers |= {seed.reviewer for seed in self._seeds}

    def of(self, people: Sequence[str]) -> Reviewed:
        """Return what these reviewers' work comes to, taken together."""
        recall, reader, blind, seen = ([0, 0] for _ in range(4))
        for person in people:
            mine = [reading for reading in self._readings if reading.reviewer == person]
            inside = {reading.start: self._inside(reading) for reading in mine}
            for reading in mine:
                self._count(reading, suggested=inside[reading.start], recall=recall, reader=reader)
            after = {row.digest for rows in inside.values() for row in rows}
            for row in self._suggestions:
                given = self._first.get((row.digest, person))
                if given is not None:
                    into = blind if row.digest in after else seen
                    into[0] += given == "accepted"
                    into[1] += 1
        caught = [seed.caught for seed in self._seeds if seed.reviewer in people]
        return Reviewed(
            recall=Share(found=recall[0], of=recall[1]),
            reader=Share(found=reader[0], of=reader[1]),
            accepted_blind=Share(found=blind[0], of=blind[1]),
            accepted_open=Share(found=seen[0], of=seen[1]),
            caught=Share(found=sum(caught), of=len(caught)),
        )

    def _inside(self, reading: BlindReading) -> list[SuggestionRow]:
        """Return what is suggested for a passage."""
        return [
            row
            for row in self._suggestions
            if row.document_id == reading.document_id
            and row.claim.text_digest == reading.text_digest
            and reading.start <= min(quote.start for quote in row.claim.quotes) < reading.end
        ]

    def _count(
        self,
        reading: BlindReading,
        *,
        suggested: Iterable[SuggestionRow],
        recall: list[int],
        reader: list[int],
    ) -> None:
        """Add what one passage says of recall, with and without suggestions."""
        rows = list(suggested)
        made = [
            row.claim
            for claim_id in msgspec.json.decode(reading.claim_ids)
            if (row := self._claims.get(claim_id)) is not None and _stands(row, reading=reading)
        ]
        recall[0] += sum(any(_same(claim, right=row.claim) for row in rows) for claim in made)
        recall[1] += len(made)
        later = [
            row
            for row in rows
            if self._first.get((row.digest, reading.reviewer)) == "accepted"
            and not any(_same(claim, right=row.claim) for claim in made)
        ]
        reader[0] += len(made)
        reader[1] += len(made) + len(later)


def _stands(row: ClaimRow, *, reading: BlindReading) -> bool:
    """Tell whether whoever read the passage still accepts what they made of it."""
    verdicts: Mapping[str, ClaimVerdict] = row.verdicts
    return verdicts.get(reading.reviewer) == "accepted" and row.status != "withdrawn"


def _same(left: Claim, *, right: Claim) -> bool:
    """Tell whether two claims tell of one kind of act in the same words."""
    return left.family == right.family and any(
        one.start < other.end and other.start < one.end
        for one in left.quotes
        for other in right.quotes
        if one.slot == other.slot or "act" in (one.slot, other.slot)
    )
