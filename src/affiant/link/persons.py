"""Same person: a cluster of mentions that a named person decided on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from affiant.errors import BadInputError, NotFoundError
from affiant.language.folding import fold
from affiant.log.keys import SigningKey
from affiant.model.judgement import Pairing
from affiant.model.vocabulary import JudgementVerdict
from affiant.store.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonForm:
    """What is decided of a person.

    Attributes:
        name: In their own script; for the unnamed, what is known instead.
        names: Each ``{"name", "script", "kind"}``.
        fate: In words, resting on the claims; or None.
        notes: Sentences for the life page, each with the id of the claim it rests on.
    """

    name: str
    names: tuple[Mapping[str, str], ...] = ()
    fate: str | None = None
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonProposal:
    """Mentions in accepted claims that are written alike once folded."""

    name: str
    claim_ids: tuple[str, ...]
    written: tuple[str, ...]
    person_id: str | None


def propose_persons(case: Case) -> list[PersonProposal]:
    """Group the named victims of accepted claims by their folded name.

    Names that differ by more than letter forms are not put together here, and two people
    may bear one name: this is a proposal, nothing more.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for row in case.claims.all():
        if row.status != "accepted":
            continue
        for party in row.claim.involvements:
            if party.side == "victim" and party.strength == "named":
                group = found.setdefault(fold(party.name), {})
                group.setdefault(party.name, []).append(row.claim_id)
    known = {
        fold(name): person.person_id
        for person in case.incidents.persons()
        for name in (person.name, *(entry["name"] for entry in person.names))
    }
    return [
        PersonProposal(
            name=next(iter(group)),
            claim_ids=tuple(sorted({claim for claims in group.values() for claim in claims})),
            written=tuple(sorted(group)),
            person_id=known.get(folded),
        )
        for folded, group in sorted(found.items())
    ]


def open_person(
    case: Case, *, form: PersonForm, mentions: Sequence[tuple[str, str]], why: str, key: SigningKey
) -> str:
    """Record a person and the claims that speak of them; return the person's id.

    Args:
        case: Open for writing.
        form: What is decided of the person.
        mentions: (claim id, name as that claim writes it).
        why: In words.
        key: Of whoever decides.
    """
    names: list[dict[str, Any]] = [dict(name) for name in form.names]
    if not form.name.strip() or any(set(name) != {"name", "script", "kind"} for name in names):
        raise BadInputError(
            "a person needs a name or what is known instead; further names need name, script, kind",
            remedy="Give --name, and each further name with its script and kind.",
        )
    known = {row.claim_id for row in case.claims.all()}
    for claim_id in [claim for claim, _ in mentions] + [claim for _, claim in form.notes]:
        if claim_id not in known:
            raise NotFoundError(f"the case has no claim {claim_id!r}", remedy="See 'claim list'.")
    with case.writing(key) as pen:
        person_id = pen.new_id()
        body = {
            "person_id": person_id,
            "name": form.name,
            "names": names,
            "fate": form.fate,
            "notes": [{"words": words, "claim_id": claim} for words, claim in form.notes],
            "why": why,
        }
        pen.record("person.opened/1", body=body)
        joined = {
            "person_id": person_id,
            "mentions": [{"claim_id": claim, "name": name} for claim, name in mentions],
            "why": why,
        }
        pen.record("person.joined/1", body=joined)
    return person_id


def judge(case: Case, *, pairing: Pairing, key: SigningKey) -> None:
    """Record whether two claims, mentions or persons are the same; a judgement is a value."""
    if pairing.verdict not in get_args(JudgementVerdict):
        raise BadInputError(
            f"{pairing.verdict!r} is not a judgement", remedy="same, different or unsure."
        )
    if pairing.left == pairing.right:
        raise BadInputError("these are one thing", remedy="Name two.")
    body = {
        "left": pairing.left,
        "right": pairing.right,
        "verdict": pairing.verdict,
        "why": pairing.why,
    }
    with case.writing(key) as pen:
        pen.record("judgement.made/1", body=body)
