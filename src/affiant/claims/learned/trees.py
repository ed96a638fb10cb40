"""Trees of yes-or-no questions on numbers, all asked at once, and the sum of their answers."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Trees(NamedTuple):
    """Trees of one depth. A row is a tree; its questions stand level by level.

    Attributes:
        asked: Which number is asked about.
        over: The answer is yes where the number is over this.
        worth: What each leaf adds, from the leaf of all noes to that of all yeses.
        base: What is added to their sum.
    """

    asked: NDArray[np.int16]
    over: NDArray[np.float32]
    worth: NDArray[np.float32]
    base: NDArray[np.float32]


def tree_scores(values: NDArray[np.float64], *, trees: Trees) -> NDArray[np.float64]:
    """Return the sum of the trees' answers for each row of values."""
    rows = np.arange(len(values))[:, None]
    columns = np.arange(len(trees.asked))[None]
    reached = np.zeros((len(values), len(trees.asked)), dtype=np.int64)
    depth = trees.worth.shape[1].bit_length() - 1
    for level in range(depth):
        question = reached + (1 << level) - 1
        yes = values[rows, trees.asked[columns, question]] > trees.over[columns, question]
        reached = 2 * reached + yes
    total = trees.worth[columns, reached].sum(axis=1) + trees.base[0]
    return np.asarray(total, dtype=np.float64)
