"""Incidents put together from scores: their kinds, and one mention for each filler."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from affiant.claims.learned.scoring import (
    Numbers,
    Reading,
    kind_scores,
    read,
    sifted,
    slot_scores,
)
from affiant.claims.learned.second_look import SECOND, Rival, Scored, kind_values, rivals
from affiant.claims.learned.trees import tree_scores
from affiant.claims.learned.weights import KINDS, SLOTS, Weights, shipped

_MOST: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident that a report tells.

    Attributes:
        kind: Its kind.
        fillers: Slot to mentions, each in the words of the report.
    """

    kind: str
    fillers: dict[str, tuple[str, ...]]


def incidents(text: str, *, weights: Weights | None = None) -> list[Incident]:
    """Return the incidents of a report by the shipped weights, or by those given."""
    known = shipped() if weights is None else weights
    return decide(first_look(read(text), weights=known), weights=known)


def first_look(reading: Reading, *, weights: Weights) -> Scored:
    """Return the scores of a report's kinds and mentions."""
    keys = sifted(reading, table=weights.sieve)
    return Scored(
        reading=reading,
        kinds=kind_scores(reading, table=weights.report),
        keys=keys,
        slots=slot_scores(reading, keys=keys, weights=weights),
    )


def decide(scored: Scored, *, weights: Weights) -> list[Incident]:
    """Return the incidents whose kind and fillers are likely enough, five at most.

    A second incident of a kind is told without fillers: whose they are is not known.
    """
    values = np.array([kind_values(scored)])
    kinds = np.array([tree_scores(values, trees=trees)[0] for trees in weights.kind])
    order = np.argsort(-kinds[: len(KINDS)], kind="stable")
    found: dict[int, dict[str, list[str]]] = {
        int(kind): {slot: [] for slot in SLOTS} for kind in order if kinds[kind] > weights.bars[0]
    }
    for rival, chance in judged(scored, kinds=kinds, weights=weights):
        if rival.kind in found and chance > weights.bars[1 + rival.slot]:
            words = scored.reading.report.words_at(scored.reading.mentions[rival.key][0])
            found[rival.kind][SLOTS[rival.slot]].append(words)
    told = [
        Incident(kind=KINDS[kind], fillers={slot: tuple(said) for slot, said in slots.items()})
        for kind, slots in found.items()
    ]
    again = [kind for kind in found if kind in SECOND and kinds[SECOND[kind]] > weights.bars[-1]]
    bare = [Incident(kind=KINDS[kind], fillers=dict.fromkeys(SLOTS, ())) for kind in again]
    return [*told, *(one for one in bare if one not in told)][:_MOST]


def judged(scored: Scored, *, kinds: Numbers, weights: Weights) -> list[tuple[Rival, float]]:
    """Return each rival with its log-odds by the second look."""
    found: list[tuple[Rival, float]] = []
    by_slot: dict[int, list[Rival]] = {}
    for rival in rivals(scored, kinds=kinds):
        by_slot.setdefault(rival.slot, []).append(rival)
    for slot, group in by_slot.items():
        values = np.array([rival.values for rival in group])
        chances = tree_scores(values, trees=weights.slot[slot])
        found += zip(group, map(float, chances), strict=True)
    return found
