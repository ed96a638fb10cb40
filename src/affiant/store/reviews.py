"""What is open to one reviewer, and how reviewing went; nothing here decodes a claim."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import msgspec

from affiant.model.vocabulary import ClaimVerdict
from affiant.store.recorded import Table

_FIRST: Final = 16


class _Place(msgspec.Struct):
    start: int
    end: int


class _Quoting(msgspec.Struct):
    """The one field of a claim that places are read from."""

    quotes: list[_Place]


_READ_PLACES: Final = msgspec.json.Decoder(_Quoting).decode


class Open(NamedTuple):
    """A suggestion or claim that one reviewer has not decided on: its id, place and score."""

    item_id: str
    document_id: str
    start: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindReading:
    """A passage that somebody read before seeing what is suggested for it."""

    document_id: str
    text_digest: str
    start: int
    end: int
    claim_ids: str
    reviewer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedDecision:
    """What somebody decided on a seeded error."""

    suggestion: str
    how: str
    verdict: str
    caught: bool
    reviewer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One decision, in the order of the log.

    Attributes:
        unit: The suggestion's digest, or the claim's id where it came from none.
        claim_id: The claim.
        reviewer: First key of whoever decided.
        verdict: Theirs.
    """

    unit: str
    claim_id: str
    reviewer: str
    verdict: ClaimVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision with what was said and confirmed with it."""

    reviewer: str
    verdict: ClaimVerdict
    why: str | None
    confirmed: tuple[str, ...]
    reason: str | None


class ReviewStore(Table):
    """Reads what is open, and how people decided."""

    _OPEN = """
        with recursive earlier (document_id) as (
            select of_document_id
            from edge
            where document_id = :document_id
              and kind in ('repeats', 'translates', 'strengthens', 'weakens')
            union
            select e.of_document_id
            from edge e
            join earlier on e.document_id = earlier.document_id
            where e.kind in ('repeats', 'translates', 'strengthens', 'weakens')
        ),
        told (sense) as (
            select s.sense
            from suggestion s
            join earlier on s.document_id = earlier.document_id
            where s.document_id <> :document_id
            union
            select c.sense
            from claim c
            join earlier on c.document_id = earlier.document_id
            where c.document_id <> :document_id
        ),
        proposed (digest, start, score, sense) as (
            select digest, start, score, sense
            from suggestion
            where document_id = :document_id
            union all
            select digest, start, '0.5', sense
            from coding
            where document_id = :document_id
              and digest not in (select digest from suggestion where document_id = :document_id)
        )
        select digest, start, score
        from proposed p
        where (sense = '' or sense not in (select sense from told))
          and not exists (
              select 1
              from claim c
              join decision d on d.claim_id = c.claim_id
              where c.suggestion = p.digest and d.reviewer = :reviewer
          )
        order by cast(score as real) desc, start, digest
        limit :most offset :after
    """

    def open_suggestions(self, document_id: str, *, reviewer: str) -> Iterator[Open]:
        """Yield what is suggested for a document and not decided on, likeliest first.

        Of a reprint only what says something else than the document that it repeats. The first
        few come without making the others: mostly one is asked for.
        """
        values = {"document_id": document_id, "reviewer": reviewer}
        for most, after in ((_FIRST, 0), (-1, _FIRST)):
            rows = self._db.execute(self._OPEN, {**values, "most": most, "after": after})
            for digest, start, score in rows:
                yield Open(digest, document_id, start, float(score))
            if len(rows) < most:
                return

    _OPEN_CLAIMS = """
        select c.claim_id, c.start
        from claim c
        where c.document_id = :document_id
          and not exists (select 1 from claim_end e where e.claim_id = c.claim_id)
          and not exists (
              select 1 from decision d where d.claim_id = c.claim_id and d.reviewer = :reviewer
          )
          and (
              c.suggestion is null
              or not exists (
                  select 1 from suggestion s where s.digest = c.suggestion
                  union all
                  select 1 from coding s where s.digest = c.suggestion
              )
              or exists (
                  select 1
                  from claim o
                  join decision d on d.claim_id = o.claim_id
                  where o.suggestion = c.suggestion and d.reviewer = :reviewer
              )
          )
        order by c.start, c.claim_id
    """

    def open_claims(self, document_id: str, *, reviewer: str) -> list[Open]:
        """Return others' claims that a reviewer may see and has not decided on, in order."""
        values = {"document_id": document_id, "reviewer": reviewer}
        return [
            Open(claim_id, document_id, start, 0.0)
            for claim_id, start in self._db.execute(self._OPEN_CLAIMS, values)
        ]

    _OWN = """
        select distinct c.claim_id, c.start
        from claim c
        join decision d on d.claim_id = c.claim_id
        where c.document_id = :document_id and d.reviewer = :reviewer
        order by c.start, c.claim_id
    """

    def own_claims(self, document_id: str, *, reviewer: str) -> list[Open]:
        """Return the claims that a reviewer has decided on, in order."""
        values = {"document_id": document_id, "reviewer": reviewer}
        return [
            Open(claim_id, document_id, start, 0.0)
            for claim_id, start in self._db.execute(self._OWN, values)
        ]

    _CONTESTED = """
        with latest (claim_id, reviewer, verdict, position) as (
            select claim_id, reviewer, verdict, max(position)
            from decision
            group by claim_id, reviewer
        )
        select c.claim_id, c.document_id, c.start, count(*)
        from latest l
        join claim c on c.claim_id = l.claim_id
        where c.claim_id not in (select claim_id from settlement)
          and c.claim_id not in (select claim_id from claim_end)
        group by c.claim_id
        having count(distinct l.verdict) > 1
           and :own = max(l.reviewer = :reviewer)
        order by c.document_id, c.start, c.claim_id
    """

    def contested(self, *, reviewer: str, own: bool) -> list[tuple[Open, int]]:
        """Return the claims on which reviewers differ, with how many decided.

        Args:
            reviewer: Who asks.
            own: True for those that they decided on themselves, False for the others.
        """
        rows = self._db.execute(self._CONTESTED, {"reviewer": reviewer, "own": int(own)})
        return [(Open(row[0], row[1], row[2], 0.0), row[3]) for row in rows]

    _DEPTHS = """
        with recursive chain (document_id, depth) as (
            select document_id, 1
            from edge
            where kind in ('repeats', 'translates', 'strengthens', 'weakens')
            union
            select e.document_id, chain.depth + 1
            from edge e
            join chain on chain.document_id = e.of_document_id
            where e.kind in ('repeats', 'translates', 'strengthens', 'weakens')
              and chain.depth < 16
        )
        select document_id, max(depth) from chain group by document_id
    """
    _DOCUMENTS = """
        select d.document_id
        from document d
        where exists (select 1 from text t where t.document_id = d.document_id)
          and (:document_id is null or d.document_id = :document_id)
          and (:source_id is null or d.document_id in (
              select document_id from attribution where source_id = :source_id))
          and (:incident_id is null or d.document_id in (
              select c.document_id
              from claim c
              join incident_claim i on i.claim_id = c.claim_id
              where i.incident_id = :incident_id))
        order by d.position, d.document_id
    """

    def documents(self, wanted: Mapping[str, str | None]) -> list[str]:
        """Return the documents with a text that are meant, originals before their reprints.

        Args:
            wanted: ``document_id``, ``source_id`` and ``incident_id``; None where any will do.
        """
        found = [row[0] for row in self._db.execute(self._DOCUMENTS, wanted)]
        if len(found) < 2:
            return found
        depths: dict[str, int] = dict(self._db.execute(self._DEPTHS))
        return sorted(found, key=lambda document: depths.get(document, 0))

    _READ_BLIND = """
        select document_id, text_digest, start, stop, claim_ids, reviewer
        from blind_reading
        where :document_id is null or (document_id = :document_id and reviewer = :reviewer)
        order by position
    """

    def blind_readings(
        self, document_id: str | None = None, *, reviewer: str | None = None
    ) -> list[BlindReading]:
        """Return the passages that were read blind: of one document by one person, or all."""
        values = {"document_id": document_id, "reviewer": reviewer}
        return [
            BlindReading(
                document_id=row[0],
                text_digest=row[1],
                start=row[2],
                end=row[3],
                claim_ids=row[4],
                reviewer=row[5],
            )
            for row in self._db.execute(self._READ_BLIND, values)
        ]

    _BODIES = """
        select body from suggestion where document_id = :document_id and text_digest = :text_digest
        union all
        select body from coding where document_id = :document_id and text_digest = :text_digest
        union all
        select c.body
        from claim c
        where c.document_id = :document_id
          and c.text_digest = :text_digest
          and exists (
              select 1 from decision d where d.claim_id = c.claim_id and d.reviewer = :reviewer
          )
    """

    def quoted(self, document_id: str, *, text_digest: str, reviewer: str) -> list[tuple[int, int]]:
        """Return where suggestions, and claims that a reviewer decided on, have quotes, sorted."""
        values = {"document_id": document_id, "text_digest": text_digest, "reviewer": reviewer}
        found = {
            (place.start, place.end)
            for (body,) in self._db.execute(self._BODIES, values)
            for place in _READ_PLACES(body).quotes
        }
        return sorted(found)

    _ON = """
        select reviewer, verdict, why, confirmed, reason
        from decision
        where claim_id = :claim_id
        order by position
    """

    def decisions_on(self, claim_id: str) -> list[DecisionRow]:
        """Return every decision on a claim, oldest first."""
        return [
            DecisionRow(
                reviewer=row[0],
                verdict=row[1],
                why=row[2],
                confirmed=tuple(msgspec.json.decode(row[3])),
                reason=row[4],
            )
            for row in self._db.execute(self._ON, {"claim_id": claim_id})
        ]

    _SEEDED = "select suggestion from seed_decision where reviewer = :reviewer"

    def seeds_decided(self, *, reviewer: str) -> set[str]:
        """Return the suggestions whose seeded errors a reviewer has decided on."""
        rows = self._db.execute(self._SEEDED, {"reviewer": reviewer})
        return {suggestion for (suggestion,) in rows}

    _SEEDS = (
        "select suggestion, how, verdict, caught, reviewer from seed_decision order by position"
    )

    def seed_decisions(self) -> list[SeedDecision]:
        """Return every decision on a seeded error, in order."""
        return [
            SeedDecision(
                suggestion=row[0], how=row[1], verdict=row[2], caught=bool(row[3]), reviewer=row[4]
            )
            for row in self._db.execute(self._SEEDS)
        ]

    _DIGESTS = "select digest from suggestion"

    def suggestion_digests(self) -> list[str]:
        """Return the digest of every suggestion of the rules or of a model."""
        return [digest for (digest,) in self._db.execute(self._DIGESTS)]

    _VERDICTS = """
        select coalesce(c.suggestion, c.claim_id), d.claim_id, d.reviewer, d.verdict
        from decision d
        join claim c on c.claim_id = d.claim_id
        order by d.position
    """

    def verdicts(self) -> list[Verdict]:
        """Return every decision that stands in the log, in order."""
        return [
            Verdict(unit=row[0], claim_id=row[1], reviewer=row[2], verdict=row[3])
            for row in self._db.execute(self._VERDICTS)
        ]
