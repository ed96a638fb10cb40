"""Train the weights by which incidents are read from reports, and measure them.

Usage: python benchmarks/train_roles.py REPORTS.jsonl [--folds 5 --block N --predicted OUT.jsonl]

The reports are those of MUC-4, one a line: ``docid``, ``doctext``, and ``templates`` in five
slots. Without ``--folds`` the weights are written into the package: same reports, same bytes.
With it nothing is written there: each block of reports is read by weights of the others.
"""

import argparse
import json
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from math import log2
from pathlib import Path

import numpy as np
from fitting import Growth, boosted, logistic, matrix_of
from muc import line_of
from scipy.sparse import diags

from affiant.claims.learned.features import ROWS, row_of
from affiant.claims.learned.incidents import decide, first_look
from affiant.claims.learned.reports import plain
from affiant.claims.learned.scoring import (
    Reading,
    edge_rows,
    likeliest,
    mention_rows,
    odds,
    read,
    report_rows,
    report_scale,
)
from affiant.claims.learned.second_look import ANY, SECOND, Rival, Scored, kind_values, rivals
from affiant.claims.learned.trees import Trees, tree_scores
from affiant.claims.learned.weights import (
    COMMON_ROWS,
    KINDS,
    SLOTS,
    Table,
    Weights,
    pack,
    table_of,
    unpack,
)

_FILE = Path(__file__).parents[1] / "src/affiant/claims/learned/weights.npz"
_INNER = 3
_KINDS = Growth(number=80, depth=3, rate=0.08, leaf=30, columns=0.4, runs=2)
_SLOTS = Growth(number=100, depth=4, rate=0.06, leaf=40, columns=0.4, runs=2)
_SEVERAL = 3
"""How many kinds, from the first, are looked at for several incidents in the first look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A report with its key: for each template its kinds, and slot to fillers' plain forms.

    What is seen of it is kept in ``rows``, since it is asked for again and again.
    """

    docid: str
    reading: Reading
    key: list[tuple[list[str], dict[str, list[set[str]]]]]
    rows: dict[str, list] = field(default_factory=dict)

    def told(self) -> Counter[str]:
        """Return how many incidents there are of each kind."""
        return Counter(kinds[0] for kinds, _ in self.key)

    def fills(self, key: str) -> list[bool]:
        """Tell for each slot whether a mention fills it in any incident."""
        return [
            any(key in filler for _, slots in self.key for filler in slots[slot]) for slot in SLOTS
        ]


def main() -> None:
    options = _options()
    lines = options.reports.read_text(encoding="utf-8").splitlines()
    examples = [_example(json.loads(line)) for line in lines]
    if not options.folds:
        _FILE.write_bytes(pack(fit(examples)))
        print(f"{_FILE.stat().st_size / 1e6:.2f} MB")
        return
    with options.predicted.open("a", encoding="utf-8") as out:
        for number, (rest, block) in enumerate(_blocks(len(examples), number=options.folds)):
            if options.block not in (None, number):
                continue
            weights = unpack(pack(fit([examples[at] for at in rest])))
            for at in block:
                found = decide(first_look(examples[at].reading, weights=weights), weights=weights)
                out.write(line_of(examples[at].docid, found=found) + "\n")
            out.flush()


def _example(line: dict) -> Example:
    key = [
        (
            template["incident_type"].split(" / "),
            {slot: [{plain(m[0]) for m in one} for one in template[slot]] for slot in SLOTS},
        )
        for template in line["templates"]
    ]
    return Example(docid=line["docid"], reading=read(line["doctext"]), key=key)


def _blocks(size: int, *, number: int) -> list[tuple[list[int], list[int]]]:
    """Return for each block of neighbours the others and the block."""
    block_of = np.arange(size) * number // size
    return [
        (np.flatnonzero(block_of != one).tolist(), np.flatnonzero(block_of == one).tolist())
        for one in range(number)
    ]


def fit(examples: list[Example]) -> Weights:
    """Return the weights learned from examples.

    The second looks are trained on scores of first looks that had not seen the report.
    """
    for one in examples:
        for name in [name for name in one.rows if name.startswith("mention ")]:
            del one.rows[name]
    blank = Weights(
        common=_common(examples),
        sieve=_empty(),
        report=_empty(),
        mention=_empty(),
        kind=(),
        slot=(),
        bars=np.zeros(0, np.float32),
    )
    scored: dict[int, Scored] = {}
    for rest, block in _blocks(len(examples), number=_INNER):
        part = _fit_first([examples[at] for at in rest], weights=blank)
        looks = _looked([examples[at] for at in block], weights=part)
        scored |= dict(zip(block, looks, strict=True))
    final = _fit_first(examples, weights=blank)
    in_order = [scored[at] for at in range(len(examples))]
    return _fit_second(examples, scored=in_order, weights=final)


def _empty() -> Table:
    return Table(np.zeros((1, 1), np.int8), np.zeros(1, np.float32))


def _common(examples: list[Example]) -> np.ndarray:
    """Return how common each word is, from 0 to 9."""
    counted: Counter[int] = Counter()
    for one in examples:
        counted.update({row_of(word) % COMMON_ROWS for word in one.reading.index})
    common = np.zeros(COMMON_ROWS, dtype=np.uint8)
    for row, number in counted.items():
        common[row] = min(int(log2(number + 1)), 9)
    return common


def _looked(examples: list[Example], *, weights: Weights) -> list[Scored]:
    """Return the first looks, as the package takes them, at many reports at once."""
    found = []
    for one, keys in zip(examples, _sifted(examples, table=weights.sieve), strict=True):
        rows = [_mention(one, key=key, weights=weights) for key in keys]
        scores = _times(rows, table=weights.mention)
        scale = report_scale(_report(one))
        kinds = weights.report.total(_report(one)) * scale + weights.report.intercept()
        found.append(Scored(reading=one.reading, kinds=kinds, keys=keys, slots=scores))
    return found


def _times(rows: list, *, table: Table) -> np.ndarray:
    """Return the scores of rows of features by a table."""
    weights = table.cells * table.step
    return np.asarray(matrix_of(rows, width=ROWS) @ weights[:-1] + weights[-1], dtype=np.float64)


def _sifted(examples: list[Example], *, table: Table) -> list[list[str]]:
    """Return the mentions of each report that pass the sieve."""
    found = []
    weights = table.cells * table.step
    for one in examples:
        edges = [_edges(one, key=key) for key in one.reading.mentions]
        matrix = matrix_of([row for rows in edges for row in rows], width=ROWS)
        scores = (matrix @ weights[:-1] + weights[-1]).max(axis=1)
        starts = np.cumsum([0, *map(len, edges)])[:-1]
        best = np.maximum.reduceat(scores, starts) if len(starts) else scores
        found.append(likeliest(dict(zip(one.reading.mentions, best.tolist(), strict=True))))
    return found


def _edges(one: Example, *, key: str) -> list[np.ndarray]:
    name = f"edges {key}"
    if name not in one.rows:
        rows = edge_rows(one.reading, key=key)
        one.rows[name] = [np.array(row, dtype=np.int32) for row in rows]
    return one.rows[name]


def _mention(one: Example, *, key: str, weights: Weights) -> np.ndarray:
    name = f"mention {key}"
    if name not in one.rows:
        rows = mention_rows(one.reading, key=key, common=weights.common_of)
        one.rows[name] = np.array(rows, dtype=np.int32)
    return one.rows[name]


def _report(one: Example) -> list[int]:
    if "report" not in one.rows:
        one.rows["report"] = report_rows(one.reading)
    return one.rows["report"]


def _fit_first(examples: list[Example], *, weights: Weights) -> Weights:
    """Return the weights with the tables of the first look learned from the examples."""
    started = time.perf_counter()
    part = replace(weights, sieve=_fit_sieve(examples), report=_fit_reports(examples))
    rows, truth = [], []
    for one, keys in zip(examples, _sifted(examples, table=part.sieve), strict=True):
        rows += [_mention(one, key=key, weights=weights) for key in keys]
        truth += [one.fills(key) for key in keys]
    matrix = matrix_of(rows, width=ROWS)
    table = logistic(matrix, truth=np.array(truth), penalty=10.0, rounds=45)
    print(f"first look at {len(rows)} mentions, {time.perf_counter() - started:.0f} s", flush=True)
    return replace(part, mention=table_of(table))


def _fit_reports(examples: list[Example]) -> Table:
    rows = [_report(one) for one in examples]
    scaled = diags([report_scale(row) for row in rows]) @ matrix_of(rows, width=ROWS)
    truth = []
    for one in examples:
        told = one.told()
        several = [told[kind] > 1 for kind in KINDS[:_SEVERAL]]
        truth.append([*(kind in told for kind in KINDS), bool(told), *several])
    return table_of(logistic(scaled.tocsr(), truth=np.array(truth), penalty=3.0))


def _fit_sieve(examples: list[Example]) -> Table:
    """Return the weights of edges, from reports that tell an incident."""
    rows, truth = [], []
    for one in examples:
        for key in one.reading.mentions if one.key else ():
            found = _edges(one, key=key)
            rows += found
            truth += [one.fills(key)] * len(found)
    matrix = matrix_of(rows, width=ROWS)
    return table_of(logistic(matrix, truth=np.array(truth), penalty=2.0, rounds=20))


def _fit_second(examples: list[Example], *, scored: list[Scored], weights: Weights) -> Weights:
    """Return the weights with the second looks and the bars."""
    told = [one.told() for one in examples]
    truth = np.array(
        [
            [*(kind in one for kind in KINDS), bool(one), *(one[KINDS[k]] > 1 for k in SECOND)]
            for one in told
        ]
    )
    values = np.array([kind_values(one) for one in scored])
    kinds, models = _crossed(values, truth=truth, growth=_KINDS)
    found = [(at, rival) for at, one in enumerate(scored) for rival in rivals(one, kinds=kinds[at])]
    right = _right(examples, found=found)
    slot_of = np.array([rival.slot for _, rival in found])
    seen = np.array([rival.values for _, rival in found])
    chance = np.zeros(len(found))
    trees: list[Trees] = []
    for slot in range(len(SLOTS)):
        mine = slot_of == slot
        scores, fitted = _crossed(seen[mine], truth=right[mine][:, None], growth=_SLOTS)
        chance[mine] = scores[:, 0]
        trees += fitted
    owner = np.array([kinds[at][rival.kind] for at, rival in found])
    bars = _bars(examples, kinds=kinds, truth=truth, fillers=(slot_of, chance, right, owner))
    return replace(weights, kind=tuple(models), slot=tuple(trees), bars=bars)


def _crossed(
    values: np.ndarray, *, truth: np.ndarray, growth: Growth
) -> tuple[np.ndarray, list[Trees]]:
    """Return the scores of models that had not seen the row, and the models of all rows."""
    scores = np.zeros(truth.shape)
    for column in range(truth.shape[1]):
        for rest, block in _blocks(len(values), number=_INNER):
            part = boosted(values[rest], truth=truth[rest, column], growth=growth)
            scores[block, column] = tree_scores(values[block], trees=part)
    columns = range(truth.shape[1])
    return scores, [boosted(values, truth=truth[:, one], growth=growth) for one in columns]


def _right(examples: list[Example], *, found: list[tuple[int, Rival]]) -> np.ndarray:
    """Tell which rivals name a filler that none before named for the same kind."""
    named: set[tuple[int, int, int, int, int]] = set()
    right = np.zeros(len(found), dtype=bool)
    for row, (at, rival) in enumerate(found):
        for number, (kinds, slots) in enumerate(examples[at].key):
            if KINDS[rival.kind] not in kinds or right[row]:
                continue
            for place, filler in enumerate(slots[SLOTS[rival.slot]]):
                one = (at, rival.kind, rival.slot, number, place)
                if rival.key in filler and one not in named:
                    named.add(one)
                    right[row] = True
                    break
    return right


def _bars(
    examples: list[Example],
    *,
    kinds: np.ndarray,
    truth: np.ndarray,
    fillers: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray],
) -> np.ndarray:
    """Return the bars at which the balance of what is right and what is said is best."""
    slot_of, chance, right, owner = fillers
    gold = sum(1 + sum(map(len, slots.values())) for one in examples for _, slots in one.key)
    told, real = kinds[:, :ANY], truth[:, :ANY]
    again, really = kinds[:, ANY + 1 :], truth[:, ANY + 1 :]
    grid = [odds(one) for one in np.arange(0.1, 0.6, 0.02)]
    bars = np.full(2 + len(SLOTS), odds(0.25))

    def balance() -> float:
        said = told > bars[0]
        second = (again > bars[-1]) & said[:, list(SECOND)]
        kept = (owner > bars[0]) & (chance > bars[1:][slot_of])
        hits = (said & real).sum() + (second & really).sum() + (kept & right).sum()
        return float(2 * hits / (said.sum() + second.sum() + kept.sum() + gold))

    for _ in range(3):
        for at in range(len(bars)):
            tried = []
            for bar in grid:
                bars[at] = bar
                tried.append(balance())
            bars[at] = grid[int(np.argmax(tried))]
    print(f"bars {(1 / (1 + np.exp(-bars))).round(2)}, balance {balance():.3f}", flush=True)
    return bars.astype(np.float32)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--block", type=int)
    parser.add_argument("--predicted", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
