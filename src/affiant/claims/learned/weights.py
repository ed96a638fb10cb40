"""The weights of the models, as they come with the package."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from affiant.claims.learned.features import ROWS, row_of
from affiant.claims.learned.trees import Trees

SLOTS: Final = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
"""Parts that somebody or something has in an incident, in the order of the columns."""

KINDS: Final = ("attack", "bombing", "kidnapping", "arson")
"""Kinds of incident that are told, in the order of the columns. Two rare ones are not."""

COMMON_ROWS: Final = 1 << 16
_FILE: Final = "weights.npz"
_TABLES: Final = ("sieve", "report", "mention")
_TREES: Final = ("kind", "slot")


class Table(NamedTuple):
    """Weights in 255 steps a column, which no decision is known to hang on.

    Attributes:
        cells: Row of a feature to steps; the last row is the intercept.
        step: How much a step is, for each column.
    """

    cells: NDArray[np.int8]
    step: NDArray[np.float32]

    def totals(self, rows: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        """Return for each collection of rows, none empty, its sum, without the intercept."""
        starts = np.cumsum([0, *map(len, rows)])
        flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=starts[-1])
        summed = np.add.reduceat(self.cells[flat], starts[:-1], axis=0, dtype=np.int64)
        return np.asarray(summed * self.step.astype(np.float64))

    def total(self, rows: Sequence[int]) -> NDArray[np.float64]:
        """Return the sum of some rows, without the intercept."""
        found: NDArray[np.float64] = self.totals([rows])[0]
        return found

    def intercept(self) -> NDArray[np.float64]:
        """Return the intercept of each column."""
        return self.total([-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Everything that was learned.

    Attributes:
        common: How common a word is, 0 to 9, by the row of the word.
        sieve: Edges of a mention to log-odds of each slot.
        report: What stands in a report to each kind of incident, any incident, and several
            of each of the first three kinds.
        mention: What is seen of a mention to each slot.
        kind: The second look at kinds, at any incident and at a second one of the first two.
        slot: The second look at fillers, one a slot.
        bars: Least log-odds of a kind, of each slot's filler, and of a second incident.
    """

    common: NDArray[np.uint8]
    sieve: Table
    report: Table
    mention: Table
    kind: tuple[Trees, ...]
    slot: tuple[Trees, ...]
    bars: NDArray[np.float32]

    def common_of(self, word: str) -> int:
        """Return how common a word is."""
        return int(self.common[row_of(word) % COMMON_ROWS])


def table_of(weights: NDArray[Any]) -> Table:
    """Return weights in steps."""
    step = (np.maximum(np.abs(weights).max(axis=0), 1e-6) / 127).astype(np.float32)
    return Table(np.round(weights / step).astype(np.int8), step)


def pack(weights: Weights) -> bytes:
    """Return the weights as a file: same weights, same bytes."""
    arrays: dict[str, Any] = {"common": weights.common, "bars": weights.bars}
    for name in _TABLES:
        arrays |= {f"{name}_{at}": part for at, part in enumerate(getattr(weights, name))}
    for name in _TREES:
        trees: tuple[Trees, ...] = getattr(weights, name)
        for number, part in enumerate(zip(*trees, strict=True)):
            arrays[f"{name}_{number}"] = np.array(part)
    stream = io.BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def unpack(content: bytes) -> Weights:
    """Read weights from the bytes of a file."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        found: dict[str, Any] = {"common": file["common"], "bars": file["bars"]}
        for name in _TABLES:
            found[name] = Table(file[f"{name}_0"], file[f"{name}_1"])
        for name in _TREES:
            parts = [file[f"{name}_{at}"] for at in range(len(Trees._fields))]
            found[name] = tuple(Trees(*one) for one in zip(*parts, strict=True))
    if found["mention"].cells.shape != (ROWS + 1, len(SLOTS)):
        raise ValueError(f"weights of {found['mention'].cells.shape} are not of this version")
    return Weights(**found)


@cache
def shipped() -> Weights:
    """Return the weights that come with the package, read once."""
    return unpack(resources.files("affiant.claims.learned").joinpath(_FILE).read_bytes())
