"""The weights of the models, as they come with the package."""

import io
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from affiant.claims.learned.features import ROWS

SLOTS: Final = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
"""Parts that somebody or something has in an incident, in the order of the columns."""

KINDS: Final = ("attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage")
"""Kinds of incident, in the order of the columns."""

SIEVE_ROWS: Final = 1 << 16
_FILE: Final = "weights.npz"
_TABLES: Final = ("sieve", "report", "mention")

Table = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Everything that was learned.

    Attributes:
        common: How common a word is, 0 to 8, by the row of the word in the sieve.
        sieve: Log-odds of a mention's edges, one column a slot.
        report: Row of a feature to weights for each kind and, last, for any incident; the
            last row is the intercept.
        mention: Row of a feature to weights for each slot; the last row is the intercept.
        kind_stage: The second look at kinds: one row a value, with its mean, its spread and its
            weight for each kind; the last row holds the intercepts.
        slot_stage: The same for fillers, one layer a slot.
        bars: Least probability of a kind, then of each slot's filler.
    """

    common: NDArray[np.uint8]
    sieve: Table
    report: Table
    mention: Table
    kind_stage: Table
    slot_stage: Table
    bars: Table


def pack(weights: Weights) -> bytes:
    """Return the weights as a file: same weights, same bytes.

    The large tables are kept in 255 steps a column, which no decision is known to hang on.
    """
    arrays: dict[str, Any] = {}
    for field in fields(weights):
        value = getattr(weights, field.name)
        if field.name in _TABLES:
            step = np.maximum(np.abs(value).max(axis=0), 1e-6) / 127
            arrays[f"{field.name}_step"] = step.astype(np.float32)
            value = np.round(value / step).astype(np.int8)
        arrays[field.name] = value
    stream = io.BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def unpack(content: bytes) -> Weights:
    """Read weights from the bytes of a file."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        found = {
            field.name: (
                file[field.name].astype(np.float32) * file[f"{field.name}_step"]
                if field.name in _TABLES
                else file[field.name]
            )
            for field in fields(Weights)
        }
    if found["mention"].shape != (ROWS + 1, len(SLOTS)):
        raise ValueError(f"weights of {found['mention'].shape} are not those of this version")
    return Weights(**found)


@cache
def shipped() -> Weights:
    """Return the weights that come with the package, read once."""
    return unpack(resources.files("affiant.claims.learned").joinpath(_FILE).read_bytes())
