"""A site of what decisions publish, recorded with each of its numbers and files."""

import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

from affiant.corroborate import numbers_of
from affiant.corroborate.grades import GRADING_RULE
from affiant.corroborate.grades import RULE_IN_WORDS as GRADING_WORDS
from affiant.corroborate.matrix import denied_questions
from affiant.corroborate.ranges import COUNTING_RULE
from affiant.corroborate.ranges import RULE_IN_WORDS as COUNTING_WORDS
from affiant.errors import PersonNeededError, WrongUseError
from affiant.language.folding import browser_table
from affiant.log.keys import SigningKey
from affiant.publish.check_page import checks_of
from affiant.publish.drafting import PUBLISH, Draft, begin_draft
from affiant.publish.incident import prepare
from affiant.publish.incident_page import incident_view
from affiant.publish.leaks import forbidden_names, leaks_in
from affiant.publish.pages import render_site
from affiant.publish.pages.views import (
    Estimates,
    KeeperView,
    OmissionView,
    ReasonTally,
    RulePurpose,
    RuleView,
    SealView,
    SiteView,
    TallyView,
    Words,
)
from affiant.publish.person_page import persons_of
from affiant.store.case import Case
from affiant.store.objects import storage_error

FOLDER = "out/site"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteForm:
    """What the publisher says of a release.

    Attributes:
        title: Name of the case file on the pages.
        contact: Whom to write to, with an address.
        keeper: Who keeps the case file, or None.
        bundle: File name of the bundle that goes with it, or "".
        notice: A line under the head of every page, or "".
    """

    title: str
    contact: str
    keeper: str | None = None
    bundle: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A site that was written and recorded."""

    release_id: str
    folder: Path
    pages: int
    numbers: int
    unread: int
    omitted: int
    estimates: int = 0
    estimates_left_out: tuple[str, ...] = ()


def publish_site(case: Case, *, form: SiteForm, key: SigningKey) -> Release:
    """Write the site into ``out/site`` and record the release.

    Only what a decision publishes is drawn. Before a byte is written, every page is searched
    for the names of persons without a decision to be published, in any spelling of letters.

    Raises:
        PersonNeededError: No incident is published, or a page would show such a name.
    """
    draft = begin_draft(case)
    incidents = [
        incident.incident_id
        for incident in draft.state.incidents
        if draft.verdict(f"incident:{incident.incident_id}") == PUBLISH
    ]
    if not incidents:
        raise PersonNeededError(
            "no incident has a decision to be published",
            remedy="Decide: affiant publish approve incident:ID --why '...'.",
        )
    view = _site_view(draft, form=form, incidents=incidents)
    files = render_site(view)
    _refuse_leaks(files, draft=draft)
    release_id = draft.public("release")
    numbers = [
        number.plain() for number in numbers_of(draft.state) if number.incident_id in incidents
    ]
    folder = case.folder / FOLDER
    if not case.surroundings.rehearsal:
        _write(folder, files=files)
    body = {"release_id": release_id, "incidents": sorted(incidents), "numbers": numbers}
    with case.writing(key) as pen:
        pen.record("release.made/1", body={**body, **_drawn(view, files=files)})
    return Release(
        release_id=release_id,
        folder=folder,
        pages=sum(name.endswith(".html") for name in files),
        numbers=len(numbers),
        unread=view.tally.documents_unread,
        omitted=sum(item.claims for item in view.omissions),
        estimates=len(view.estimates.shown),
        estimates_left_out=tuple(each.why for each in view.estimates.left_out),
    )


def _drawn(view: SiteView, *, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what is recorded of the pages themselves."""
    return {
        "folder": FOLDER,
        "files": {name: sha256(data).hexdigest() for name, data in files.items()},
        "estimates": sorted(each.recorded_id for each in view.estimates.shown),
    }


def _refuse_leaks(files: Mapping[str, bytes], *, draft: Draft) -> None:
    """Refuse a release that shows a name which no decision publishes."""
    found = leaks_in(files, names=forbidden_names(draft))
    if found:
        page, _ = found[0]
        raise PersonNeededError(
            f"{len(found)} names without a decision would be shown, first on {page}",
            remedy="Decide on the person (affiant publish approve person:ID), or withhold the "
            "document that shows the name.",
        )


def _write(folder: Path, *, files: Mapping[str, bytes]) -> None:
    """Write a site aside, then put it in the place of the last one."""
    aside = folder.with_name(f".{folder.name}.new")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        for name, data in files.items():
            path = aside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if folder.exists():
            shutil.rmtree(folder)
        aside.replace(folder)
    except OSError as problem:
        raise storage_error(problem, path=folder) from problem


def _site_view(draft: Draft, *, form: SiteForm, incidents: list[str]) -> SiteView:
    """Draw up the whole site."""
    prepared = [prepare(incident_id, draft=draft) for incident_id in incidents]
    pages = [incident_view(incident, draft=draft) for incident in prepared]
    checks = [check for incident in prepared for check in checks_of(incident, draft=draft)]
    left_out = [item for page in pages for item in page.omissions]
    return SiteView(
        title=Words(text=form.title),
        release=draft.public("release"),
        seal=_seal(draft),
        keeper=KeeperView(
            contact=form.contact, name=Words(text=form.keeper) if form.keeper else None
        ),
        tally=_tally(draft),
        tool=f"Affiant {version('affiant')}",
        incidents=tuple(pages),
        persons=tuple(persons_of(draft)),
        checks=tuple(checks),
        estimates=_estimates(draft),
        rules=_rules(draft),
        omissions=tuple([*left_out, *_unpublished(draft, incidents=incidents)]),
        folding=browser_table(),
        bundle=form.bundle,
        notice=form.notice,
    )


def _estimates(draft: Draft) -> Estimates:
    """Draw the estimates, where there are any; only then what computes them is needed."""
    kept = (f"estimate:{row.estimate_id}" for row in draft.case.estimates.all())
    if not any(draft.verdict(item) == PUBLISH for item in kept):
        return Estimates()
    estimates: Estimates = estimate_pages().estimates_of(draft)
    return estimates


def estimate_pages() -> ModuleType:
    """Return the module that draws estimates.

    Raises:
        WrongUseError: What it computes with is not installed.
    """
    try:
        return import_module("affiant.publish.estimates")
    except ModuleNotFoundError as problem:
        if (problem.name or "").partition(".")[0] not in ("scipy", "numpy"):
            raise
        raise WrongUseError(
            "an estimate is to be published, which needs the extra 'estimate'",
            remedy="Install it: pip install 'affiant[estimate]'.",
        ) from problem


def _seal(draft: Draft) -> SealView:
    """Describe the checkpoint that the release is built on."""
    checkpoint = draft.case.logbook.checkpoint()
    last = draft.case.logbook.at(draft.size - 1).read_header()
    return SealView(
        origin=checkpoint.note.partition("\n")[0],
        size=checkpoint.head.size,
        root=checkpoint.head.root.hex(),
        key=draft.case.logbook.at(0).read_header().actor,
        checkpoint=checkpoint.note,
        signed_at=last.at,
        stamped=_stamped(draft),
    )


def _stamped(draft: Draft) -> str | None:
    """Say how far the newest time stamp reaches."""
    stamps = draft.case.stamps.all()
    newest = max(stamps, key=lambda row: (row.size, row.time), default=None)
    if newest is None:
        return None
    return f"the first {newest.size} entries not later than {newest.time}, by {newest.authority}"


def _tally(draft: Draft) -> TallyView:
    """Count what was found, read and decided."""
    case = draft.case
    documents = case.documents.all()
    with_text = {text.document_id for text in case.documents.texts()}
    codes = {row[0]: row[2] for row in case.documents.unread()}
    waiting = {row.document_id for row in case.documents.waiting()}
    reasons: Counter[str] = Counter()
    for row in documents:
        if row.document_id in codes:
            reasons[f"could not be read ({codes[row.document_id]})"] += 1
        elif row.document_id in waiting:
            reasons["not tried yet"] += 1
        elif row.document_id not in with_text:
            reasons["a container without words of its own; its parts are counted"] += 1
    statuses = Counter(row.status for row in draft.state.claims.values())
    decided = {row.suggestion for row in draft.state.claims.values()}
    open_ones = sum(row.digest not in decided for row in case.derived.suggestions())
    needed = int(draft.state.policies["reviewers_needed"])
    through = {key: by for key, by in draft.state.read_through.items() if len(by) >= needed}
    questions = Counter(question for _, question in through)
    return TallyView(
        documents_found=len(documents),
        documents_read=len(documents) - sum(reasons.values()),
        unread=tuple(ReasonTally(reason=why, documents=n) for why, n in sorted(reasons.items())),
        documents_read_through=len({document for document, _ in through}),
        claims_accepted=statuses["accepted"],
        claims_rejected=statuses["rejected"],
        claims_unsure=statuses["unsure"],
        claims_waiting=statuses["suggested"] + open_ones,
        claims_withdrawn=statuses["withdrawn"] + statuses["superseded"],
        read_through_by_question=tuple(
            (question.replace("_", " "), number) for question, number in sorted(questions.items())
        ),
    )


def _rules(draft: Draft) -> tuple[RuleView, ...]:
    """Name every rule that the pages rest on."""
    shown = (
        "An incident, a person or a document is shown only by a recorded decision to publish "
        "that very thing. Of a document only the quoted paragraphs are shown."
    )
    return (
        _rule("counting", name=COUNTING_RULE, text=(COUNTING_WORDS,)),
        _rule("grading", name=GRADING_RULE, text=(GRADING_WORDS,)),
        _rule("review", name="named_reviewers/1", text=_review_words(draft)),
        _rule("publication", name="recorded_decisions/1", text=(shown,)),
    )


def _rule(purpose: RulePurpose, *, name: str, text: tuple[str, ...]) -> RuleView:
    """Describe a rule by its name with its version."""
    bare, _, number = name.partition("/")
    return RuleView(
        rule_id=purpose, purpose=purpose, name=bare.replace("_", " "), version=number, text=text
    )


def _review_words(draft: Draft) -> tuple[str, ...]:
    """Return how claims are reviewed in this case."""
    needed = draft.state.policies["reviewers_needed"]
    reviewers = "One named person decides on each claim."
    if needed != "1":
        reviewers = (
            f"{needed} named people decide on each claim, each without seeing the other's "
            "decision. A claim stands when they agree; where they differ it is shown as unsure."
        )
    return (reviewers, "A claim is what one voice says in one document, never a fact.")


def _unpublished(draft: Draft, *, incidents: list[str]) -> list[OmissionView]:
    """Count accepted denials that stand in no published incident."""
    outside = [
        row
        for row in draft.state.claims.values()
        if row.status == "accepted"
        and denied_questions(row)
        and draft.state.incident_of.get(row.claim_id) not in incidents
    ]
    if not outside:
        return []
    return [
        OmissionView(
            question=None,
            claims=len(outside),
            kind="denials",
            why="They are not joined to an incident of this release.",
        )
    ]
