"""What the page of a published estimate shows."""

from dataclasses import dataclass

from affiant.publish.pages.views.proof import EntryProofView, LogProofView
from affiant.publish.pages.views.words import Words, check_id


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateView:
    """An estimate whose publication was decided, apart from every count of an incident.

    Attributes:
        estimate_id: Public id.
        recorded_id: Its id in the case, which no page shows.
        subject: Whose number it is, in English: "victims of killing, by place".
        sections: The strata as HTML: every count, line and sentence, escaped already.
        why: Why it was kept, in the words of whoever did.
        small_cells: Why cells of one or two people may be shown; None where not said.
        incidents: Public ids of the published incidents whose claims it counts.
        elsewhere: How many further incidents it counts, which the release does not show.
        people: How many linked persons it counts.
        named: How many of them stand in the register with their names.
        again: The command that makes it again, in a copy of the case.
        linkage: Entries in the log, and its root, when the links were as they were counted.
        entry: The entry that kept it, opened but for what names things inside the case.
        log: The tree that it is proved against.
    """

    estimate_id: str
    recorded_id: str
    subject: str
    sections: str
    why: Words
    small_cells: Words | None
    incidents: tuple[str, ...]
    elsewhere: int
    people: int
    named: int
    again: str
    linkage: tuple[int, str]
    entry: EntryProofView
    log: LogProofView

    def __post_init__(self) -> None:
        """Refuse an id that cannot name a page, and counts that cannot be."""
        check_id(self.estimate_id)
        if not 0 <= self.named <= self.people:
            raise ValueError(f"{self.estimate_id}: {self.named} of {self.people} people named")


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateLeftOut:
    """An estimate that was to be published and is not shown: whose number, and why not."""

    subject: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimates:
    """The estimates of a release: those that it shows, and those that it leaves out."""

    shown: tuple[EstimateView, ...] = ()
    left_out: tuple[EstimateLeftOut, ...] = ()
