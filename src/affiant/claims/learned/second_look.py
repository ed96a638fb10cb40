"""What the second look goes by: numbers about a report's kinds, and about each likely filler."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from affiant.claims.learned.cues import sorts, violence
from affiant.claims.learned.scoring import Numbers, Reading, odds, probabilities
from affiant.claims.learned.weights import KINDS, SLOTS

ANY: Final = len(KINDS)
"""Column of any incident in the second look at kinds."""

SECOND: Final = {0: ANY + 1, 1: ANY + 2}
"""Columns of a second incident of the same kind in the second look, by kind."""

_RIVALS: Final = 9
_LEAST: Final = 0.02
_LEAST_KIND: Final = 0.12
_FAR: Final = 99
_SENTENCE: Final = 20
_SORTS: Final = (
    "fighter",
    "force",
    "person",
    "building",
    "vehicle",
    "works",
    "weapon",
    "group",
    "given",
    "family",
)
_LINKS: Final = frozenset({"of", "for", "the", "and"})

Spots = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A report with the scores of the first look.

    Attributes:
        reading: The report.
        kinds: Log-odds of the kinds of incident, of any, and of several of a kind.
        keys: Mentions that passed the sieve.
        slots: Log-odds of each of them for each slot.
    """

    reading: Reading
    kinds: Numbers
    keys: Sequence[str]
    slots: Numbers


class Rival(NamedTuple):
    """One mention that may fill a slot of an incident of one kind, with what is seen of it."""

    kind: int
    slot: int
    key: str
    values: tuple[float, ...]


def kind_values(scored: Scored) -> list[float]:
    """Return what the second look at the kinds goes by."""
    values = [float(one) for one in scored.kinds]
    chances = probabilities(scored.slots)
    for column in range(len(SLOTS)):
        best = np.sort(chances[:, column])[::-1][:3]
        values += [*best, *[0.0] * (3 - len(best)), float(chances[:, column].sum())]
    sentences = scored.reading.report.sentences
    length = sum(map(len, sentences))
    values += [length, len(sentences)]
    for spots in _violence(scored.reading).values():
        values += [len(spots), len({number for number, _ in spots})]
        values += [spots[0][0] if spots else _FAR, len(spots) / max(length, 1)]
    return [*values, len(scored.reading.acts)]


def _violence(reading: Reading) -> Mapping[str, Spots]:
    """Return where each kind is told of."""
    found: dict[str, list[tuple[int, int]]] = {kind: [] for kind in KINDS}
    for number, words in enumerate(reading.report.sentences):
        for at, word in enumerate(words):
            kind = violence(word)
            if kind in found:
                found[kind].append((number, at))
    return found


def rivals(scored: Scored, *, kinds: Numbers) -> Iterator[Rival]:
    """Yield for each slot the best mentions, the best first, for each likely kind.

    Args:
        scored: The report.
        kinds: Its second look at kinds.
    """
    likely = [kind for kind in range(len(KINDS)) if kinds[kind] > odds(_LEAST_KIND)]
    if not likely or not scored.keys:
        return
    chances = probabilities(scored.slots)
    spots = _violence(scored.reading)
    for slot in range(len(SLOTS)):
        column = chances[:, slot]
        before: list[int] = []
        for at in np.argsort(-column, kind="stable")[:_RIVALS]:
            if column[at] < _LEAST:
                break
            shared = _standing(scored, chances=chances, slot=slot, picks=(*before, int(at)))
            for kind in likely:
                where = _nearness(scored.reading, key=scored.keys[at], spots=spots, kind=kind)
                told = _kind_told(scored, kinds=kinds, kind=kind, likely=likely)
                values = (*shared, *where, *told, len(spots[KINDS[kind]]))
                yield Rival(kind, slot, scored.keys[at], tuple(map(float, values)))
            before.append(int(at))


def _standing(
    scored: Scored, *, chances: Numbers, slot: int, picks: tuple[int, ...]
) -> list[float]:
    """Return how a mention, the last of ``picks``, stands beside the others of its slot."""
    *before, at = picks
    keys, column = scored.keys, chances[:, slot]
    key, own = keys[at], scored.slots[at]
    alike = [one for one in before if same_entity(key, other=keys[one])]
    values = [float(own[slot]), len(before), len(before) - len(alike), len(alike)]
    values.append(sum(f" {key} " in f" {keys[one]} " for one in before))
    values.append(sum(f" {keys[one]} " in f" {key} " for one in before))
    values.append(odds(max((float(column[one]) for one in alike), default=0.0)))
    values += [float(column.max() - column[at]), float(column.sum())]
    values += [float(own[one]) for one in range(len(SLOTS)) if one != slot]
    values += _placing(scored.reading, key=key)
    others = (one for one in range(len(keys)) if one != at)
    values.append(sum(float(column[one]) for one in others if same_entity(key, other=keys[one])))
    values += [float(one) for one in chances.sum(axis=0)]
    found = sorts(key.rsplit(maxsplit=1)[-1])
    return [*values, _SORTS.index(found[0]) if found else -1]


def _placing(reading: Reading, *, key: str) -> list[float]:
    """Return how often, how long and how early a mention is."""
    places = reading.mentions[key]
    number, first, _ = places[0]
    sentences = reading.report.sentences
    length = sum(map(len, sentences))
    return [len(places), key.count(" ") + 1, number, number / len(sentences), first, length]


def _nearness(reading: Reading, *, key: str, spots: Mapping[str, Spots], kind: int) -> list[float]:
    """Return how far a mention is from words of a kind and of the nearest other kind."""
    places = [(number, first) for number, first, _ in reading.mentions[key][:5]]
    gaps = [
        min(
            (
                abs(there - at) if other == number else _SENTENCE * abs(other - number)
                for number, at in places
                for other, there in spots[name]
            ),
            default=_FAR,
        )
        for name in KINDS
    ]
    together = {number for number, _ in spots[KINDS[kind]]} & {number for number, _ in places}
    rest = min(gap for at, gap in enumerate(gaps) if at != kind)
    return [min(gaps[kind], _FAR), bool(together), min(rest, _FAR)]


def _kind_told(scored: Scored, *, kinds: Numbers, kind: int, likely: Sequence[int]) -> list[float]:
    """Return how likely this kind and the others are."""
    rest = max(float(kinds[one]) for one in range(len(KINDS)) if one != kind)
    again = float(kinds[SECOND[kind]]) if kind in SECOND else -3.0
    return [float(kinds[kind]), rest, float(kinds[ANY]), again, kind, len(likely)]


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
