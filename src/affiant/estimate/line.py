"""One line of an estimate: one method, its number and interval, or why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from affiant.estimate.refusals import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one method says.

    Attributes:
        family: ``log-linear``, ``graph averaging``, ``latent class`` or ``lower bound``.
        method: ``loglinear``, ``loglinear-pairwise``, ``graphs``, ``latent`` or ``chao``.
        estimate: All people, seen or not; None where none was reached. A refused line of a
            method that is worked out, not drawn, carries the number that was refused, so that
            others can check it: it is no finding, and no page or table shows it.
        interval95: The interval, under the same rule.
        interval_kind: What kind of interval it is.
        reasons: Why it is refused; empty if it is not.
        diagnostics: Figures by which the line can be judged.
    """

    family: str
    method: str
    estimate: float | None = None
    interval95: tuple[float, float] | None = None
    interval_kind: str = ""
    reasons: tuple[Reason, ...] = ()
    diagnostics: Mapping[str, Any] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Tell whether the number may not be used."""
        return bool(self.reasons)

    def as_json(self) -> dict[str, Any]:
        """Return the line as plain values."""
        return {
            "family": self.family,
            "method": self.method,
            "estimate": self.estimate,
            "interval95": None if self.interval95 is None else list(self.interval95),
            "interval_kind": self.interval_kind,
            "refused": self.refused,
            "reasons": [reason.as_json() for reason in self.reasons],
            "diagnostics": dict(self.diagnostics),
        }
