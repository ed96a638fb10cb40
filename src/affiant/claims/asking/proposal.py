"""The shape of one proposed claim in a model's reply, and its JSON schema."""

from dataclasses import dataclass
from typing import Final

import msgspec

from affiant.model.vocabulary import Act, Basis, CountOf, Modality, Role, Side, SlotName, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of one sentence that a slot rests on."""

    slot: SlotName
    sentence: int
    exact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedVoice:
    """One link of the chain of speakers."""

    name: str | None
    stance: Stance
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedCount:
    """A number, in the words that give it."""

    of: CountOf
    min: int | None
    max: int | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedParty:
    """A party in a role."""

    name: str
    role: Role
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One proposed claim; every name, number, date and place in it stands in a passage."""

    act: Act
    modality: Modality
    passages: tuple[Passage, ...]
    speakers: tuple[ProposedVoice, ...]
    counts: tuple[ProposedCount, ...]
    involvements: tuple[ProposedParty, ...]
    method: str | None
    when: str | None
    where: str | None
    denies: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a model is asked to answer with."""

    claims: tuple[Proposal, ...]


def _closed(value: object) -> object:
    """Return a schema in which every object names all its fields and allows no other.

    Servers that constrain a model's words to a schema ask for this form.
    """
    if isinstance(value, list):
        return [_closed(item) for item in value]
    if not isinstance(value, dict):
        return value
    closed = {name: _closed(item) for name, item in value.items() if name != "title"}
    if value.get("type") == "object" and "properties" in value:
        closed["additionalProperties"] = False
        closed["required"] = sorted(value["properties"])
    return closed


SCHEMA: Final = _closed(msgspec.json.schema(Reply))
"""JSON schema of a reply."""
