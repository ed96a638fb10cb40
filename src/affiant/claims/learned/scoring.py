"""Scores of the first look: which kinds of incident a report tells, and who may be what in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiant.claims.learned.acts import ToldAct, told_acts
from affiant.claims.learned.cues import SMALL
from affiant.claims.learned.features import (
    party_features,
    place_features,
    rows_of,
    wording_features,
)
from affiant.claims.learned.governing import WordIndex, governing_features, word_index
from affiant.claims.learned.mentions import edges, mentions
from affiant.claims.learned.report_features import report_features
from affiant.claims.learned.reports import Place, Report, read_report
from affiant.claims.learned.weights import Table, Weights

_SIEVE: Final = -6.0
_SIFTED: Final = 120
_SIFTED_AT: Final = 3
_LOOKED_AT: Final = 5
_LENGTH: Final = 10.0
"""Length that a report's features are brought to, whatever their number."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A report with what the rules say of it and every run of words that may be a mention.

    Attributes:
        report: Its words.
        acts: What the rules say of it.
        mentions: Plain form of each run to its places.
        index: Where each word stands.
    """

    report: Report
    acts: tuple[ToldAct, ...]
    mentions: Mapping[str, list[Place]]
    index: WordIndex


def read(text: str) -> Reading:
    """Read a report for scoring."""
    report = read_report(text)
    return Reading(
        report=report,
        acts=told_acts(report),
        mentions=mentions(report),
        index=word_index(report),
    )


def odds(probability: float) -> float:
    """Return the logarithm of the odds, within what a float can tell apart."""
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return float(np.log(kept / (1 - kept)))


def probabilities(values: Numbers) -> Numbers:
    """Return the probability of each log-odds."""
    return np.asarray(1 / (1 + np.exp(-values)), dtype=np.float64)


def report_rows(reading: Reading) -> list[int]:
    """Return the rows of everything seen of a report."""
    return rows_of(report_features(reading.report, acts=reading.acts))


def report_scale(rows: Sequence[int]) -> float:
    """Return what one feature of a report counts for."""
    return _LENGTH / float(np.sqrt(max(len(rows), 1)))


def kind_scores(reading: Reading, *, table: Table) -> Numbers:
    """Return the log-odds of each kind of incident, of any, and of several of a kind."""
    rows = report_rows(reading)
    return table.total(rows) * report_scale(rows) + table.intercept()


def edge_rows(reading: Reading, *, key: str) -> list[list[int]]:
    """Return the rows of a mention's edges at its first places."""
    sentences = reading.report.sentences
    return [
        rows_of(edges(sentences[number], first=first, last=last))
        for number, first, last in reading.mentions[key][:_SIFTED_AT]
    ]


def sifted(reading: Reading, *, table: Table) -> list[str]:
    """Return the mentions whose edges look most like those of a filler, in reading order."""
    edged = [(key, rows) for key in reading.mentions for rows in edge_rows(reading, key=key)]
    if not edged:
        return []
    scores = (table.totals([rows for _, rows in edged]) + table.intercept()).max(axis=1)
    best: dict[str, float] = {}
    for (key, _), score in zip(edged, scores.tolist(), strict=True):
        best[key] = max(best.get(key, score), score)
    return likeliest(best)


def likeliest(best: Mapping[str, float]) -> list[str]:
    """Return the mentions whose best edges are among the likeliest, in the order given."""
    passed = sorted((key for key in best if best[key] > _SIEVE), key=lambda key: -best[key])
    kept = set(passed[:_SIFTED])
    return [key for key in best if key in kept]


def mention_rows(reading: Reading, *, key: str, common: Callable[[str], int]) -> list[int]:
    """Return the rows of everything seen of a mention, at all its places together."""
    places = reading.mentions[key]
    known = [common(word) for word in key.split() if word not in SMALL]
    found = {*wording_features(key, known=known), f"nocc={min(len(places), 5)}"}
    for place in places[:_LOOKED_AT]:
        found.update(place_features(reading.report, place=place))
    found.update(party_features(key, acts=reading.acts))
    found |= governing_features(
        reading.report, key=key, places=places, index=reading.index, common=common
    )
    return rows_of(found)


def slot_scores(reading: Reading, *, keys: Sequence[str], weights: Weights) -> Numbers:
    """Return the log-odds of each mention for each slot."""
    table = weights.mention
    if not keys:
        return np.zeros((0, table.cells.shape[1]))
    rows = [mention_rows(reading, key=key, common=weights.common_of) for key in keys]
    return table.totals(rows) + table.intercept()
