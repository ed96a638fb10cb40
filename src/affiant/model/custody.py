"""What can be noted of an original's way: a closed list of events.

Source: after the events of PREMIS 3.0 and the steps of the Berkeley Protocol on digital open
source investigations.
"""

from dataclasses import dataclass
from typing import Final

from affiant.errors import BadInputError
from affiant.model.when import span_of

CUSTODY_EVENTS: Final = {
    "received": "it came into somebody's hands",
    "handed_over": "it was given to somebody else",
    "moved": "it was brought to another place",
    "copied": "a copy was made",
    "examined": "somebody looked at it or had it examined",
    "returned": "it was given back",
    "lost": "it cannot be found any more",
    "destroyed": "it does not exist any more outside this case",
}
"""What people note by hand; ``added`` and ``captured`` are noted by the program alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """One thing that happened to an original outside the case, as somebody notes it.

    Attributes:
        event: One of ``CUSTODY_EVENTS``.
        when: EDTF, as precise as it is known, or None. Not the time of the note.
        by: Who did it, in words, or None.
        source: From whom, or None.
        how: On which way, or None.
        conditions: On which conditions, or None.
        held_at: Where the original is after it, or None.
        note: What else there is to say, or None.
    """

    event: str
    when: str | None = None
    by: str | None = None
    source: str | None = None
    how: str | None = None
    conditions: str | None = None
    held_at: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        """Refuse an event that is not on the list, and a date that is none."""
        if self.event not in CUSTODY_EVENTS:
            raise BadInputError(
                f"{self.event!r} is no custody event",
                remedy=f"Use one of: {', '.join(CUSTODY_EVENTS)}.",
            )
        if self.when is not None:
            span_of(self.when)
