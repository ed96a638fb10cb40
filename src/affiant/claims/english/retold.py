"""Acts of one sentence that are one: a wound told twice, a wound and the death of it."""

from dataclasses import replace

from affiant.claims.english.drafts import Draft
from affiant.model.vocabulary import FAMILY_OF

_DIED = frozenset({"died", "dies", "bled", "succumbed", "perished", "burned", "drowned", "froze"})
_THEN = frozenset({"and", ",", "then", "later", "/", ";", "soon", "&"})


def one_wound(acts: list[Draft]) -> list[Draft]:
    """Return the acts with "he lost an eye" as a further passage of the wound told before it."""
    kept: list[Draft] = []
    for draft in _died_of_it(acts):
        hurt = [one for one in kept if one.act == "wounding" == draft.act and one.counts]
        names = [party.name.lower() for party in draft.involvements if party.side == "victim"]
        if hurt and not draft.counts and names in (["he"], ["she"]):
            hurt[-1].later.extend(span for span in draft.spans if span[0] == "act")
        else:
            kept.append(draft)
    return kept


def _died_of_it(acts: list[Draft]) -> list[Draft]:
    """Return the acts without a wound of which the same sentence says that they died."""
    kept: list[Draft] = []
    for draft in sorted(acts, key=lambda one: one.anchor):
        before = kept[-1] if kept else None
        died = FAMILY_OF[draft.act] == "killing" and draft.sentence.low(draft.anchor) in _DIED
        joined = draft.sentence.low(draft.anchor - 1) in _THEN
        if before is not None and before.act == "wounding" and died and joined:
            kept.pop()
            draft.spans.extend(span for span in before.spans if span not in draft.spans)
            draft.counts[:] = draft.counts or [
                replace(count, of="killed") for count in before.counts
            ]
            if not any(party.side == "victim" for party in draft.involvements):
                draft.involvements[:] = [*before.involvements, *draft.involvements]
            draft.elided = False
        kept.append(draft)
    return kept


def inside(draft: Draft, *, others: list[Draft]) -> bool:
    """Tell whether a state only describes those whom another act befell."""
    at = draft.sentence.tokens[draft.anchor].start
    return "state_act" in draft.features and any(
        slot == "victim" and start <= at < end
        for other in others
        for slot, start, end in other.spans
    )
