"""Estimate how many people there are whom no list names, or refuse."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from affiant.estimate.families import (
    MOST_LISTS,
    chao_lines,
    graph_lines,
    latent_lines,
    loglinear_lines,
)
from affiant.estimate.latent import BUDGET
from affiant.estimate.line import Line
from affiant.estimate.refusals import Reason, Refusal
from affiant.estimate.sensitivity import Variant, odds_curve, variants_of
from affiant.estimate.table import CaptureTable, doubts

METHODS = {
    "loglinear": "log-linear",
    "loglinear-pairwise": "log-linear",
    "graphs": "graph averaging",
    "latent": "latent class",
    "chao": "lower bound",
}
"""Family of each method."""

STEPS = ("log-linear", "graph averaging", "latent class", "lower bound", "sensitivity")
"""The parts of the work, in their order."""

ALWAYS = (
    "the documented people are among those estimated; the two are never added up",
    "people whom no list could reach are not counted",
)
"""What stands beside every number, whatever the table."""

LEANS = 1.645
"""A table leans this many standard errors by chance once in twenty times."""

FAR_APART = 1.5
"""Families whose estimates differ by more than this ratio give one interval together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimation:
    """All lines about one table, and what may be said with them.

    Attributes:
        table: The table.
        lines: One or more per method.
        interval95: The interval to print; the union where families differ by more than
            ``FAR_APART``; None where no family may be used.
        reasons: Why nothing may be said; empty if something may.
        warnings: What makes the interval of this very table doubtful; what is true of every
            estimate stands in ``ALWAYS``.
        odds: Sensitivity to the untestable assumption, per method.
        variants: The estimate without each list, with each two lists made one, with links lost.
        seed: The seed.
    """

    table: CaptureTable
    lines: tuple[Line, ...]
    interval95: tuple[float, float] | None
    reasons: tuple[Reason, ...]
    warnings: tuple[str, ...]
    odds: dict[str, tuple[tuple[float, float, float, float], ...]]
    variants: tuple[Variant, ...]
    seed: int

    @property
    def refused(self) -> bool:
        """Tell whether no interval may be given at all."""
        return self.interval95 is None

    @property
    def off_by_two(self) -> tuple[float, float] | None:
        """Where the interval runs if the untestable assumption is off by a factor of two."""
        if self.interval95 is None:
            return None
        low, high = (limit - self.table.observed for limit in self.interval95)
        return self.table.observed + low / 2, self.table.observed + 2 * high

    def as_lines(self) -> list[dict[str, Any]]:
        """Return one object per line, each with what it must never be shown without."""
        beside = {
            "documented": self.table.observed,
            "lists": list(self.table.lists),
            "together": {
                "interval95": _listed(self.interval95),
                "if_off_by_two": _listed(self.off_by_two),
                "refused": self.refused,
            },
            "always": list(ALWAYS),
            "warnings": list(self.warnings),
            "linkage": self.table.linkage,
            "seed": self.seed,
        }
        return [{**self._with_sensitivity(line), **beside} for line in self.lines]

    def _with_sensitivity(self, line: Line) -> dict[str, Any]:
        """Return a line with what its number rests on among its diagnostics."""
        fields = line.as_json()
        if not line.refused and line.method in self.odds:
            fields["diagnostics"]["odds"] = [list(row) for row in self.odds[line.method]]
        variants = [one.as_json() for one in self.variants if one.method == line.method]
        if variants:
            fields["diagnostics"]["variants"] = variants
        return fields

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {
            "documented": self.table.observed,
            "lists": list(self.table.lists),
            "linkage": self.table.linkage,
            "seed": self.seed,
            "lines": [line.as_json() for line in self.lines],
            "interval95": _listed(self.interval95),
            "if_off_by_two": _listed(self.off_by_two),
            "refused": self.refused,
            "reasons": [reason.as_json() for reason in self.reasons],
            "always": list(ALWAYS),
            "warnings": list(self.warnings),
            "odds": {method: [list(row) for row in curve] for method, curve in self.odds.items()},
            "variants": [one.as_json() for one in self.variants],
        }

    def as_bytes(self) -> bytes:
        """Return everything as JSON; the same table and seed give the same bytes."""
        return json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True, indent=1).encode()


def _listed(limits: tuple[float, float] | None) -> list[float] | None:
    return None if limits is None else list(limits)


def _nobody(method: str) -> None:
    """Tell nobody that a method is done."""


def estimate(
    table: CaptureTable,
    *,
    seed: int,
    budget: int = BUDGET,
    merge_derived: bool = False,
    told: Callable[[str], None] = _nobody,
) -> Estimation:
    """Estimate by all three families and the lower bound, or say why not.

    The order and the names of the lists change nothing, not even what is drawn at random.

    Args:
        table: Counts of people by capture history.
        seed: For the bootstrap and the sampler; same seed, same bytes.
        budget: Most draws per chain of the latent-class sampler.
        merge_derived: Make one list of lists declared as made from one another; a table
            with such lists is refused otherwise.
        told: Called with each of ``STEPS`` once it is done.
    """
    if merge_derived:
        table = table.merge_derived()
    reasons = doubts(table)
    if len(table.lists) > MOST_LISTS:
        found = f"{len(table.lists)} lists, at most {MOST_LISTS} can be worked with"
        reasons = (*reasons, Reason(code=Refusal.TOO_MANY_LISTS, found=found))
    if reasons:
        return refuse(table, reasons=reasons, seed=seed)
    lines = _lines(table.in_own_order(), seed=seed, budget=budget, told=told)
    interval, warnings = conclude(lines)
    variants = variants_of(table)
    told("sensitivity")
    return Estimation(
        table=table,
        lines=lines,
        interval95=interval,
        reasons=() if interval else tuple(one for line in lines for one in line.reasons),
        warnings=warnings,
        odds=odds_of(lines, observed=table.observed),
        variants=variants,
        seed=seed,
    )


def _lines(
    table: CaptureTable, *, seed: int, budget: int, told: Callable[[str], None]
) -> tuple[Line, ...]:
    """Ask every family."""
    families: dict[str, Callable[[], tuple[Line, ...]]] = {
        "log-linear": lambda: loglinear_lines(table, seed=seed),
        "graph averaging": lambda: graph_lines(table),
        "latent class": lambda: latent_lines(table, seed=seed, budget=budget),
        "lower bound": lambda: chao_lines(table),
    }
    lines: list[Line] = []
    for family, ask in families.items():
        lines += ask()
        told(family)
    return tuple(lines)


def refuse(table: CaptureTable, *, reasons: tuple[Reason, ...], seed: int) -> Estimation:
    """Refuse every method for the same reasons."""
    return Estimation(
        table=table,
        lines=tuple(
            Line(family=family, method=method, reasons=reasons)
            for method, family in METHODS.items()
        ),
        interval95=None,
        reasons=reasons,
        warnings=(),
        odds={},
        variants=(),
        seed=seed,
    )


def conclude(
    lines: tuple[Line, ...],
) -> tuple[tuple[float, float] | None, tuple[str, ...]]:
    """Return the interval to print, and why it is to be doubted; nothing if it is not.

    The log-linear family speaks by its interval over the choice of model. Where one of the
    families is refused, the others still speak; a family that speaks alone is not enough.
    """
    speaking = [
        line
        for line in lines
        if line.family != "lower bound"
        and not line.refused
        and line.estimate is not None
        and line.interval95 is not None
        and not line.interval_kind.startswith("profile")
    ]
    limits = [line.interval95 for line in speaking if line.interval95]
    if not limits:
        return None, ()
    warnings = []
    families = {line.family for line in speaking}
    if len(families) == 1:
        warnings.append(f"{families.pop()} speaks alone: no other family gives a number")
    warnings += _leaning(lines)
    people = [line.estimate for line in speaking if line.estimate]
    if max(people) > FAR_APART * min(people):
        warnings.append(
            f"the families differ by more than {FAR_APART} times: {min(people):,.0f} to "
            f"{max(people):,.0f}; the interval holds them all"
        )
    return (min(low for low, _ in limits), max(high for _, high in limits)), tuple(warnings)


def _leaning(lines: tuple[Line, ...]) -> list[str]:
    """Return a warning where the table shows more people hard to list than the model does."""
    chosen = next((line for line in lines if line.method == "loglinear"), None)
    leaning = chosen.diagnostics.get("harder_to_list") if chosen else None
    if leaning is None or leaning <= LEANS:
        return []
    return [
        "some people seem harder to list than the chosen log-linear model allows for "
        f"({leaning:.1f} standard errors): there may be more than the interval holds"
    ]


def odds_of(
    lines: tuple[Line, ...], *, observed: int
) -> dict[str, tuple[tuple[float, float, float, float], ...]]:
    """Return the sensitivity of each method's first line with a number."""
    curves: dict[str, tuple[tuple[float, float, float, float], ...]] = {}
    for line in lines:
        given = line.estimate is not None and line.interval95 is not None and not line.refused
        if given and line.family != "lower bound" and line.method not in curves:
            curves[line.method] = odds_curve(
                observed, estimate=line.estimate or 0.0, interval95=line.interval95 or (0.0, 0.0)
            )
    return curves
