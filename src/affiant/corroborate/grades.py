"""Grades by a named, versioned rule; each with its reasons and what would change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from affiant.corroborate.cell import Cell
from affiant.corroborate.state import State
from affiant.corroborate.support import DIRECT, Support

GRADING_RULE: Final = "shown_knowers/1"
RULE_IN_WORDS: Final = (
    "Well supported: at least three knowers shown to be independent, one of whom saw, took part "
    "or measured. Supported: at least two. Single: one. Claimed: none is shown. Contested is "
    "added where a voice denies or differs. The grade says how an answer is supported, never "
    "that it is so; it is the same for every side."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """An assessment of the support for one answer.

    Attributes:
        grade: ``well supported``, ``supported``, ``single``, ``claimed`` or ``none``.
        contested: True where a voice denies or differs.
        rule: Name and version.
        reasons: What led to it.
        would_change: What would raise or lower it.
    """

    grade: str
    contested: bool
    rule: str
    reasons: tuple[str, ...]
    would_change: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """Return the grade as plain JSON values."""
        return {
            "grade": self.grade,
            "contested": self.contested,
            "rule": self.rule,
            "reasons": list(self.reasons),
            "would_change": list(self.would_change),
        }


def grade(cells: Sequence[Cell], *, support: Support, state: State) -> Grade:
    """Grade the answer to one question by ``shown_knowers/1``."""
    denying = [cell for cell in cells if cell.state == "denies"]
    differing = [cell for cell in cells if cell.state == "differs"]
    answering = [cell for cell in cells if cell.state in ("agrees", "fits", "differs")]
    direct = any(
        state.knowers[cell.knower].basis in DIRECT
        for cell in cells
        if cell.knower is not None and cell.knower in state.knowers
    )
    name = _name(support, direct=direct, answered=bool(answering))
    reasons = [f"{support.shown} shown independent, at most {support.at_most}"]
    reasons.append(
        "at least one knower saw, took part or measured"
        if direct
        else "no knower is shown who saw, took part or measured"
    )
    for cells_of, words in ((denying, "denies"), (differing, "differs")):
        if cells_of:
            reasons.append(f"{len(cells_of)} {_voices(len(cells_of))} {words}")
    would = [_next_step(name)]
    if support.at_most > support.shown:
        would.append(f"showing how the other {support.at_most - support.shown} know")
    if differing:
        would.append("a correction that settles the difference")
    return Grade(
        grade=name,
        contested=bool(denying or differing),
        rule=GRADING_RULE,
        reasons=tuple(reasons),
        would_change=tuple(step for step in would if step),
    )


def _voices(number: int) -> str:
    return "voice" if number == 1 else "voices"


def _name(support: Support, *, direct: bool, answered: bool) -> str:
    """Return the grade's name."""
    if not answered:
        return "none"
    if support.shown >= 3 and direct:
        return "well supported"
    if support.shown >= 2:
        return "supported"
    return "single" if support.shown == 1 else "claimed"


def _next_step(name: str) -> str:
    """Return what would raise a grade."""
    return {
        "well supported": "a knower shown to depend on another would lower it",
        "supported": "a third independent knower, one of whom saw it",
        "single": "a second knower shown to be independent",
        "claimed": "a knower with a stated basis of knowledge",
        "none": "a voice that answers the question",
    }[name]
