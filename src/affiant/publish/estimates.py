"""Kept estimates on a site: those whose publication was decided, and why others are left out.

An estimate that is not current any more is left out, and the site says so. The release goes on
without it: a correction, or a name that has to go, must never wait for an estimate.
"""

from collections.abc import Mapping
from shlex import quote
from typing import Any, Final

from affiant.estimate.keeping import recount, small_cells, staleness
from affiant.estimate.kept import (
    Request,
    answer_from,
    is_readable,
    request_from,
    said_from,
    stratum_from,
)
from affiant.estimate.strata import Counted, links_in
from affiant.publish.check_page import log_of
from affiant.publish.drafting import PUBLISH, Draft
from affiant.publish.estimate_page import render_sections
from affiant.publish.pages.views import EstimateLeftOut, Estimates, EstimateView, Words
from affiant.publish.passages import entry_proof
from affiant.store.case import Case
from affiant.store.estimates import EstimateRow

OPENED: Final = ("linkage", "request", "rule", "small_cells", "strata", "tool", "version", "why")
"""Fields of the entry that the page opens; ids of the case stay closed."""


def estimates_of(draft: Draft) -> Estimates:
    """Draw every estimate whose publication was decided, or say why it is left out."""
    shown, left_out = [], []
    for row in draft.case.estimates.all():
        if draft.verdict(f"estimate:{row.estimate_id}") != PUBLISH:
            continue
        why = why_not(row, case=draft.case)
        if why is None:
            request = request_from(row.body["request"])
            shown.append(_view(row, request=request, draft=draft))
        else:
            left_out.append(EstimateLeftOut(subject=_subject_of(row), why=why))
    return Estimates(shown=tuple(shown), left_out=tuple(left_out))


def why_not(row: EstimateRow, *, case: Case) -> str | None:
    """Say why a kept estimate may not be shown; None where it may."""
    if case.logbook.at(row.position).salt is None:
        return "a part of its entry was erased, so that it cannot be proved any more"
    stale = staleness(case, row=row)
    if stale:
        return stale
    given = row.body.get("small_cells")
    since = case.policies.withheld_since(row.position)
    request = request_from(row.body["request"])
    if small_cells(case, request=request, only=since if given else None):
        return (
            "some of its counts are of one or two people who are not published, and nobody "
            "decided that this endangers none of them"
        )
    return None


def _view(row: EstimateRow, *, request: Request, draft: Draft) -> EstimateView:
    """Draw one estimate from its entry: what was decided on, not what would come out today."""
    strata = [stratum_from(each, linkage=row.linkage) for each in row.body["strata"]]
    answers = [
        (stratum, answer_from(each, table=stratum.table, seed=request.seed), said_from(each))
        for stratum, each in zip(strata, row.body["strata"], strict=True)
    ]
    counted = recount(links_in(draft.case.db), request=request, linkage=row.linkage)
    told = row.body["incidents"]
    published = [each for each in told if draft.verdict(f"incident:{each}") == PUBLISH]
    size, root, _ = row.linkage.split("/")
    given = row.body.get("small_cells")
    return EstimateView(
        estimate_id=draft.public(f"estimate:{row.estimate_id}"),
        recorded_id=row.estimate_id,
        subject=_subject(request),
        sections=render_sections(answers),
        why=Words(text=str(row.body["why"])),
        small_cells=Words(text=given) if given else None,
        incidents=tuple(draft.public(f"incident:{each}") for each in published),
        elsewhere=len(told) - len(published),
        people=sum(len(people) for people in counted.people),
        named=_named(counted, draft=draft),
        again=_again(request),
        linkage=(int(size), root),
        entry=entry_proof(row.position, opened=OPENED, draft=draft),
        log=log_of(draft),
    )


def _named(counted: Counted, *, draft: Draft) -> int:
    """Count the people who stand in the register."""
    everybody = [person_id for people in counted.people for person_id in people]
    return sum(draft.verdict(f"person:{each}") == PUBLISH for each in everybody)


def _subject_of(row: EstimateRow) -> str:
    """Say of whom an estimate speaks, as far as its entry can be read."""
    if is_readable(row.body, linkage=row.linkage):
        return _subject(request_from(row.body["request"]))
    return "an estimate"


def _subject(request: Request) -> str:
    cut = f", by {' and '.join(request.by)}" if request.by else ""
    return f"victims of {request.family.replace('_', ' ')}{cut}"


def _again(request: Request) -> str:
    """Return the command that asks the same of a copy of the case."""
    words = ["affiant", "estimate", "--of", request.family]
    named: Mapping[str, tuple[Any, ...]] = {
        "--by": request.by,
        "--list": request.lists,
        "--derived": request.derived,
        "--seed": (request.seed,),
        "--budget": (request.budget,),
    }
    for option, values in named.items():
        words += [word for value in values for word in (option, str(value))]
    words += ["--merge-derived"] if request.merge_derived else []
    return " ".join(map(quote, words))
