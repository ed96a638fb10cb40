"""Why an estimate is refused: a closed list, each reason with what would help."""

from dataclasses import dataclass
from enum import StrEnum


class Refusal(StrEnum):
    """A reason for which no number may be given."""

    TOO_FEW_LISTS = "too-few-lists"
    TOO_MANY_LISTS = "too-many-lists"
    EMPTY_LIST = "empty-list"
    UNCONNECTED = "unconnected-lists"
    DERIVED = "derived-lists"
    DEPENDENT = "undeclared-dependence"
    FULL_OVERLAP = "full-overlap"
    NOT_FINITE = "no-finite-estimate"
    CHAINS_DISAGREE = "chains-disagree"
    TOO_FEW_SAMPLES = "too-few-effective-samples"
    MASS_AT_CAP = "mass-at-the-cap"
    SECOND_MODE = "second-mode"
    NO_GRAPH_FITS = "no-graph-fits"
    GRAPH_SAYS_NOTHING = "graph-says-nothing"
    STALE = "stale-table"


HELPS = {
    Refusal.TOO_FEW_LISTS: "Find a third list that was made without the other two.",
    Refusal.TOO_MANY_LISTS: "Merge lists that were made by the same people or from each other.",
    Refusal.EMPTY_LIST: "Leave out lists that name nobody in this stratum.",
    Refusal.UNCONNECTED: "Link persons across the lists, or find a list that overlaps with both.",
    Refusal.DERIVED: "Merge lists that were made from one another, or leave one of them out.",
    Refusal.DEPENDENT: "Ask how the lists were made; merge those where one had the other.",
    Refusal.FULL_OVERLAP: "Find a list made elsewhere: these lists hold the same people.",
    Refusal.NOT_FINITE: "Merge sparse lists or join strata until the lists overlap more.",
    Refusal.CHAINS_DISAGREE: "Run longer, or find lists that overlap more; do not pick one chain.",
    Refusal.TOO_FEW_SAMPLES: "Run longer: raise the budget of the sampler.",
    Refusal.MASS_AT_CAP: "Find lists that overlap more: the data set no upper limit.",
    Refusal.SECOND_MODE: "Find out which lists depend on each other: two answers fit the data.",
    Refusal.NO_GRAPH_FITS: "Go by the other families: these lists depend on each other all round.",
    Refusal.GRAPH_SAYS_NOTHING: "Find a list that was made without the others.",
    Refusal.STALE: "Make the table again from the links as they stand now.",
}
"""What would help, for each reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason against giving a number.

    Attributes:
        code: Which of the closed list.
        found: What was found, with the figures it rests on.
    """

    code: Refusal
    found: str

    @property
    def help(self) -> str:
        """Say what would help."""
        return HELPS[self.code]

    def as_json(self) -> dict[str, str]:
        """Return the reason as named strings."""
        return {"code": self.code.value, "found": self.found, "help": self.help}
