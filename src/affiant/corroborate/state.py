"""What a comparison looks at: the standing claims and the decisions about their voices."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from affiant.model.claim import Claim
from affiant.store.claims import ClaimRow, ClaimStore
from affiant.store.database import Database
from affiant.store.documents import DocumentStore
from affiant.store.incidents import IncidentRow, IncidentStore
from affiant.store.policies import PolicyStore
from affiant.store.sources import AttributionRow, EdgeRow, KnowerRow, SourceRow, SourceStore

REPEATING = frozenset({"repeats", "translates", "strengthens", "weakens"})
NOT_ASSERTING = frozenset({"denies", "declines", "retracts"})
TOLD = frozenset({"actual", "presupposed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Everything that a comparison may rest on.

    Attributes:
        claims: Claim id to claim, whatever became of it.
        incidents: In the order they were opened.
        incident_of: Claim id to incident id.
        sources: Source id to source.
        attributions: Document id to whose it is.
        knowers: Knower id to knower.
        knower_of: Claim id to knower id.
        edges: Between documents.
        dependences: (knower, knower, verdict).
        read_through: (document, question) to the reviewers who read it through for that.
        documents: Document id to name, for every document with a text.
        policies: In force.
    """

    claims: Mapping[str, ClaimRow]
    incidents: tuple[IncidentRow, ...]
    incident_of: Mapping[str, str]
    sources: Mapping[str, SourceRow]
    attributions: Mapping[str, AttributionRow]
    knowers: Mapping[str, KnowerRow]
    knower_of: Mapping[str, str]
    edges: tuple[EdgeRow, ...]
    dependences: tuple[tuple[str, str, str], ...]
    read_through: Mapping[tuple[str, str], set[str]]
    documents: Mapping[str, str]
    policies: Mapping[str, str]

    def in_incident(self, incident_id: str) -> list[ClaimRow]:
        """Return the accepted claims joined to an incident, by claim id."""
        return [
            row
            for claim_id, row in sorted(self.claims.items())
            if row.status == "accepted" and self.incident_of.get(claim_id) == incident_id
        ]

    def voice_of(self, row: ClaimRow) -> str:
        """Return the source that speaks in a claim, or ``document:<id>`` where none is known."""
        return voice_of(row.claim, document_id=row.document_id, state=self)


def load_state(db: Database) -> State:
    """Read the state from a case's tables, or from tables replayed up to some entry."""
    claims, sources = ClaimStore(db), SourceStore(db)
    incidents, documents = IncidentStore(db), DocumentStore(db)
    with_text = {text.document_id for text in documents.texts()}
    return State(
        claims={row.claim_id: row for row in claims.all()},
        incidents=tuple(incidents.all()),
        incident_of=incidents.incident_of(),
        sources={row.source_id: row for row in sources.all()},
        attributions=sources.attributions(),
        knowers=sources.knowers(),
        knower_of=sources.knower_of(),
        edges=tuple(sources.edges()),
        dependences=tuple(sources.dependences()),
        read_through=claims.read_through(),
        documents={
            row.document_id: row.name for row in documents.all() if row.document_id in with_text
        },
        policies=PolicyStore(db).policies(),
    )


def plain(name: str) -> str:
    """Return a name as it is compared: NFC, case folded, without outer white space."""
    return unicodedata.normalize("NFC", name).casefold().strip()


def source_named(name: str, *, state: State) -> str | None:
    """Return the source that speaks, or is spoken of, under this name."""
    for source_id, source in state.sources.items():
        if plain(name) in {plain(alias) for alias in (source.name, *source.speaks_as)}:
            return source_id
    return None


def voice_of(claim: Claim, *, document_id: str, state: State) -> str:
    """Return the voice of a claim.

    The last speaker's source where that speaker is known as one; else the source that the
    document is attributed to; else the document itself.
    """
    name = claim.speakers[-1].name
    found = source_named(name, state=state) if name else None
    if found is not None:
        return found
    attribution = state.attributions.get(document_id)
    return attribution.source_id if attribution else f"document:{document_id}"


def asserts(claim: Claim) -> bool:
    """Tell whether a claim tells its act as having happened, in a voice that says so."""
    return claim.modality in TOLD and claim.speakers[-1].stance not in NOT_ASSERTING
