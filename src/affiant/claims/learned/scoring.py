"""Scores of the first look: which kinds of incident a report tells, and who may be what in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from affiant.claims.learned.acts import ToldAct, told_acts
from affiant.claims.learned.cues import SMALL
from affiant.claims.learned.features import (
    party_features,
    place_features,
    report_features,
    row_of,
    rows_of,
    wording_features,
)
from affiant.claims.learned.mentions import edges, mentions
from affiant.claims.learned.reports import Place, Report, read_report
from affiant.claims.learned.weights import KINDS, SIEVE_ROWS, Table, Weights

_SIEVE: Final = 1.3
_SIFTED_AT: Final = 3
_LOOKED_AT: Final = 5
_LENGTH: Final = 8.0
"""Length that a report's features are brought to, whatever their number."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A report with what the rules say of it and every run of words that may be a mention.

    Attributes:
        report: Its words.
        acts: What the rules say of it.
        mentions: Plain form of each run to its places.
        edge_keys: Plain form for each row of ``edge_rows``: some stand there more than once.
        edge_rows: Rows, in the sieve, of the edges of a run at its first places.
    """

    report: Report
    acts: tuple[ToldAct, ...]
    mentions: Mapping[str, list[Place]]
    edge_keys: tuple[str, ...]
    edge_rows: NDArray[np.int32]


def read(text: str) -> Reading:
    """Read a report for scoring."""
    report = read_report(text)
    found = mentions(report)
    keys, rows = [], []
    for key, places in found.items():
        for number, first, last in places[:_SIFTED_AT]:
            seen = edges(report.sentences[number], first=first, last=last)
            keys.append(key)
            rows.append([row_of(edge) % SIEVE_ROWS for edge in seen])
    return Reading(
        report=report,
        acts=told_acts(report),
        mentions=found,
        edge_keys=tuple(keys),
        edge_rows=np.array(rows, dtype=np.int32).reshape(len(rows), 5),
    )


def odds(probability: float) -> float:
    """Return the logarithm of the odds, within what a float can tell apart."""
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return float(np.log(kept / (1 - kept)))


def probabilities(values: Numbers) -> Numbers:
    """Return the probability of each log-odds."""
    return np.asarray(1 / (1 + np.exp(-values)), dtype=np.float64)


def report_scale(rows: Sequence[int]) -> float:
    """Return what one feature of a report counts for."""
    return _LENGTH / float(np.sqrt(max(len(rows), 1)))


def kind_scores(reading: Reading, *, table: Table) -> Numbers:
    """Return the log-odds of each kind of incident and, last, of any."""
    rows = rows_of(report_features(reading.report, acts=reading.acts))
    total = table[rows].sum(axis=0) * report_scale(rows) + table[-1]
    return np.asarray(total, dtype=np.float64)


def sifted(reading: Reading, *, weights: Weights) -> list[str]:
    """Return the mentions whose edges look like those of a filler, in reading order."""
    if not reading.edge_keys:
        return []
    best = weights.sieve[reading.edge_rows].sum(axis=1).max(axis=1)
    passed = np.flatnonzero(best > _SIEVE)
    return list(dict.fromkeys(reading.edge_keys[at] for at in passed))


def mention_rows(
    reading: Reading, *, key: str, kinds: Numbers, common: NDArray[np.uint8]
) -> list[int]:
    """Return the rows of everything seen of a mention, at all its places together.

    Args:
        reading: The report.
        key: The mention's plain form.
        kinds: Log-odds of the kinds of incident and of any.
        common: How common words are.
    """
    places = reading.mentions[key]
    known = [int(common[row_of(word) % SIEVE_ROWS]) for word in key.split() if word not in SMALL]
    found = wording_features(key, known=known)
    for place in places[:_LOOKED_AT]:
        found += place_features(reading.report, place=place)
    found += party_features(key, acts=reading.acts)
    kind = KINDS[int(kinds[:-1].argmax())]
    found += [f"nocc={min(len(places), 5)}", f"rel={int(np.clip(kinds[-1], -4, 3))}"]
    found += [f"ty={kind}", f"tyh={kind}_{key.rsplit(maxsplit=1)[-1]}"]
    return rows_of(found)


def slot_scores(
    reading: Reading, *, keys: Sequence[str], kinds: Numbers, weights: Weights
) -> Numbers:
    """Return the probability of each mention for each slot."""
    table = weights.mention
    found = [
        table[mention_rows(reading, key=key, kinds=kinds, common=weights.common)].sum(axis=0)
        + table[-1]
        for key in keys
    ]
    return probabilities(np.array(found, dtype=np.float64).reshape(len(keys), table.shape[1]))
