"""What the whole site shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from affiant.publish.pages.views.check import CheckView
from affiant.publish.pages.views.estimate import Estimates
from affiant.publish.pages.views.incident import IncidentView, OmissionView
from affiant.publish.pages.views.person import PersonView
from affiant.publish.pages.views.words import Words, check_id

RulePurpose = Literal["counting", "grading", "review", "publication"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """A named, versioned rule, as recorded in the case.

    Attributes:
        rule_id: Unique; names its place on the method page.
        purpose: What it rules.
        name: Its name.
        version: Its version.
        text: Its text, one string for each paragraph, in English.
    """

    rule_id: str
    purpose: RulePurpose
    name: str
    version: str
    text: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse an id that cannot name a part of a page."""
        check_id(self.rule_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonTally:
    """Documents that stay unread for one reason, in English."""

    reason: str
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyView:
    """How much there was, and how much of it was gone through.

    Attributes:
        documents_found: Documents in the case, parts of containers included.
        documents_read: Those whose text was taken.
        unread: Those whose text was not, by reason.
        documents_read_through: Those that a person read through, for any question.
        read_through_by_question: Question in English to documents.
        claims_accepted: Claims that stand.
        claims_rejected: Claims that were rejected.
        claims_unsure: Claims left undecided on purpose.
        claims_waiting: Suggestions that nobody has decided.
        claims_withdrawn: Claims that were accepted and taken back.
    """

    documents_found: int
    documents_read: int
    unread: tuple[ReasonTally, ...]
    documents_read_through: int
    claims_accepted: int
    claims_rejected: int
    claims_unsure: int
    claims_waiting: int
    claims_withdrawn: int = 0
    read_through_by_question: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        """Refuse tallies that do not add up."""
        if self.documents_read + self.documents_unread != self.documents_found:
            raise ValueError("read and unread documents are not those found")

    @property
    def documents_unread(self) -> int:
        """Documents whose text was not taken."""
        return sum(each.documents for each in self.unread)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealView:
    """The checkpoint that the release was built on.

    Attributes:
        origin: The log's name.
        size: Entries in the log.
        root: RFC 6962 root, hex.
        key: Public key that signed the checkpoint, hex: what ``--pin`` takes.
        checkpoint: The signed note, verbatim.
        signed_at: What the host's clock said, in words.
        stamped: How many entries which authority stamped when, in words; None where none did.
    """

    origin: str
    size: int
    root: str
    key: str
    checkpoint: str
    signed_at: str
    stamped: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeeperView:
    """Whom to write to.

    Attributes:
        name: Who keeps the case file, or None where nobody wished to be named.
        contact: A line with an address; an address with @ becomes a mail link.
    """

    contact: str
    name: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """Everything that a published site shows.

    Attributes:
        title: Name of the case file.
        release: Public name of this release.
        seal: The checkpoint it was built on.
        keeper: Whom to write to.
        tally: How much was gone through.
        incidents: The published incidents.
        persons: The register, in its order.
        checks: One page for each published number.
        estimates: Those whose publication was decided, each on a page of its own.
        rules: The rules that the pages name.
        omissions: Opposing claims that the release leaves out.
        folding: Character to replacement for the search; under "" the characters to drop.
        bundle: File name of the bundle for the check by hand, or "" where none was made.
        notice: A line under the head of every page ("Sample case: all invented"), or "".
        tool: Name and version of the program that drew the pages.
    """

    title: Words
    release: str
    seal: SealView
    keeper: KeeperView
    tally: TallyView
    tool: str
    incidents: tuple[IncidentView, ...] = ()
    persons: tuple[PersonView, ...] = ()
    checks: tuple[CheckView, ...] = ()
    estimates: Estimates = field(default_factory=Estimates)
    rules: tuple[RuleView, ...] = ()
    omissions: tuple[OmissionView, ...] = ()
    folding: Mapping[str, str]
    bundle: str = ""
    notice: str = ""
