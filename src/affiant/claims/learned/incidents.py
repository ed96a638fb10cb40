"""Incidents put together from scores: their kinds, and one mention for each filler."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log, log1p
from typing import Final

import numpy as np

from affiant.claims.learned.cues import violence
from affiant.claims.learned.scoring import (
    Numbers,
    Reading,
    kind_scores,
    odds,
    probabilities,
    read,
    sifted,
    slot_scores,
)
from affiant.claims.learned.weights import KINDS, SLOTS, Table, Weights, shipped

_MOST: Final = 5
_RIVALS: Final = 6
_LEAST: Final = 0.04
_LEAST_KIND: Final = 0.12
_COUNTED: Final = ("attack", "bombing", "kidnapping", "arson", "robbery")
_LINKS: Final = frozenset({"of", "for", "the", "and"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident that a report tells.

    Attributes:
        kind: Its kind.
        fillers: Slot to mentions, each in the words of the report.
    """

    kind: str
    fillers: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A report with the scores of the first look.

    Attributes:
        reading: The report.
        kinds: Log-odds of each kind and of any incident.
        keys: Mentions that passed the sieve.
        slots: Probability of each of them for each slot.
    """

    reading: Reading
    kinds: Numbers
    keys: Sequence[str]
    slots: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """One mention that may fill a slot of an incident of one kind."""

    kind: int
    slot: int
    key: str
    values: tuple[float, ...]


def incidents(text: str, *, weights: Weights | None = None) -> list[Incident]:
    """Return the incidents of a report by the shipped weights, or by those given."""
    known = shipped() if weights is None else weights
    scored = first_look(read(text), weights=known)
    return decide(scored, weights=known)


def first_look(reading: Reading, *, weights: Weights) -> Scored:
    """Return the scores of a report's kinds and mentions."""
    kinds = kind_scores(reading, table=weights.report)
    keys = sifted(reading, weights=weights)
    slots = slot_scores(reading, keys=keys, kinds=kinds, weights=weights)
    return Scored(reading=reading, kinds=kinds, keys=keys, slots=slots)


def kind_values(scored: Scored) -> list[float]:
    """Return what the second look at the kinds goes by."""
    values = [float(one) for one in scored.kinds]
    for column in range(len(SLOTS)):
        best = sorted(scored.slots[:, column], reverse=True)[:2]
        values += [odds(one) for one in (*best, 0.0, 0.0)[:2]]
        values.append(log1p(float(scored.slots[:, column].sum())))
    sentences = scored.reading.report.sentences
    values.append(log(1 + sum(map(len, sentences))))
    for part in (sentences, sentences[:2]):
        told = Counter(violence(word) for words in part for word in words)
        values += [log1p(told[kind]) for kind in _COUNTED]
    return [*values, log1p(len(scored.reading.acts))]


def staged(values: Numbers, *, stage: Table) -> Numbers:
    """Return log-odds by a second stage: one row a value with its mean, spread and weights.

    The last row holds the intercepts.
    """
    scaled = (values - stage[:-1, 0]) / stage[:-1, 1]
    return np.asarray(scaled @ stage[:-1, 2:] + stage[-1, 2:], dtype=np.float64)


def rivals(scored: Scored, *, kinds: Numbers) -> Iterator[Rival]:
    """Yield for each likely kind and each slot the best mentions, none within another."""
    likely = [kind for kind in range(len(KINDS)) if kinds[kind] >= odds(_LEAST_KIND)]
    for slot in range(len(SLOTS)):
        column = scored.slots[:, slot]
        chosen: list[int] = []
        for at in np.argsort(-column, kind="stable")[:_RIVALS]:
            if column[at] < _LEAST:
                break
            key = scored.keys[at]
            if any(same_entity(key, other=scored.keys[one]) for one in chosen):
                continue
            for kind in likely:
                values = _values(scored, kinds=kinds, kind=kind, slot=slot, picks=(*chosen, at))
                yield Rival(kind=kind, slot=slot, key=key, values=values)
            chosen.append(int(at))


def _values(
    scored: Scored, *, kinds: Numbers, kind: int, slot: int, picks: tuple[int, ...]
) -> tuple[float, ...]:
    """Return what the second look at a filler goes by; ``picks`` ends with the filler."""
    *before, at = picks
    score = odds(scored.slots[at, slot])
    gap = _distance(scored, key=scored.keys[at], kind=kind)
    rest = len(before)
    values = [score, kinds[kind], kinds[-1], rest == 0, rest == 1, rest >= 2]
    values.append(odds(float(scored.slots[:, slot].max())) - score)
    values += [gap == 0, gap < 10, gap < 20, gap < 60]
    values.append(max(kinds[one] for one in range(len(KINDS)) if one != kind))
    values.append(len(scored.reading.mentions[scored.keys[at]]) > 1)
    values.append(log1p(float(scored.slots[:, slot].sum())))
    others = [scored.slots[at, one] for one in range(len(SLOTS)) if one != slot]
    values.append(odds(max(others)))
    for weight in (1.0, score, kinds[kind]):
        values += [weight * (one == kind) for one in range(len(KINDS))]
    return tuple(float(value) for value in values)


def _distance(scored: Scored, *, key: str, kind: int) -> int:
    """Return how far a mention is from the next word of a kind; twenty for each sentence."""
    sentences = scored.reading.report.sentences
    nearest = 200
    for number, first, _ in scored.reading.mentions[key][:4]:
        for there in range(max(0, number - 4), min(len(sentences), number + 5)):
            for at, word in enumerate(sentences[there]):
                if violence(word) == KINDS[kind]:
                    gap = abs(at - first) if there == number else 20 * abs(there - number)
                    nearest = min(nearest, gap)
    return nearest


def same_entity(key: str, *, other: str) -> bool:
    """Tell whether two mentions are likely one: one in the other, one head, or an acronym."""
    words, others = set(key.split()), set(other.split())
    if (
        words <= others
        or others <= words
        or key.rsplit(maxsplit=1)[-1] == other.rsplit(maxsplit=1)[-1]
    ):
        return True
    short, long = sorted((key, other), key=len)
    if " " in short or " " not in long or not 2 < len(short) < 8:
        return False
    letters = "".join(word[0] for word in long.split() if word not in _LINKS)
    return letters.startswith(short[:3])


def decide(scored: Scored, *, weights: Weights) -> list[Incident]:
    """Return the incidents whose kind and fillers are likely enough, five at most."""
    kinds = staged(np.array(kind_values(scored)), stage=weights.kind_stage)
    bars = weights.bars
    likely = [
        kind for kind in np.argsort(-kinds[:-1], kind="stable") if kinds[kind] > odds(bars[0])
    ]
    found: dict[int, dict[str, list[str]]] = {
        int(kind): {slot: [] for slot in SLOTS} for kind in likely[:_MOST]
    }
    for rival in rivals(scored, kinds=kinds):
        if rival.kind not in found:
            continue
        stage = weights.slot_stage[rival.slot]
        chance = probabilities(staged(np.array(rival.values), stage=stage))[0]
        if chance > bars[1 + rival.slot]:
            place = scored.reading.mentions[rival.key][0]
            words = scored.reading.report.words_at(place)
            found[rival.kind][SLOTS[rival.slot]].append(words)
    return [
        Incident(kind=KINDS[kind], fillers={slot: tuple(said) for slot, said in slots.items()})
        for kind, slots in found.items()
    ]
