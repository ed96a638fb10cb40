"""A person keeps an estimate: what was asked, counted and said goes into the log, signed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any, Final

from affiant.errors import BadInputError, NotFoundError, PersonNeededError
from affiant.estimate.estimate import Estimation
from affiant.estimate.kept import (
    RULE,
    TABLE_FIELDS,
    Request,
    answer_fields,
    is_readable,
    request_from,
    table_fields,
)
from affiant.estimate.reading import Stratum, declare_derived
from affiant.estimate.strata import Asked, Counted, Links, count_people, linkage_of, links_in
from affiant.estimate.table import CaptureTable
from affiant.log.keys import SigningKey
from affiant.store.case import Case
from affiant.store.estimates import EstimateRow

SMALL: Final = 3
"""A cell of fewer people than this says something of each of them."""

PUBLISHED: Final = "publish"

Answers = Sequence[tuple[Stratum, Estimation]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """What a person says who keeps an estimate.

    Attributes:
        why: Why it is kept; stands on the page.
        small_cells: Why cells of one or two people endanger nobody; None if not said.
    """

    why: str
    small_cells: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of keeping.

    Attributes:
        estimate_id: 32 hex digits.
        small: Cells of one or two people of whom somebody is not published.
    """

    estimate_id: str
    small: int


def recount(links: Links, *, request: Request, linkage: str) -> Counted:
    """Count the tables of a request, as they are estimated: declared, and merged if asked."""
    counted = _declared(links, request=request, linkage=linkage)
    strata = tuple(
        replace(stratum, table=_merged(stratum.table, request=request))
        for stratum in counted.strata
    )
    return replace(counted, strata=strata)


def _declared(links: Links, *, request: Request, linkage: str) -> Counted:
    """Count the tables of a request, before lists are merged."""
    asked = Asked(family=request.family, by=request.by, lists=request.lists)
    counted = count_people(links, asked=asked, linkage=linkage)
    return replace(counted, strata=declare_derived(counted.strata, pairs=request.derived))


def _merged(table: CaptureTable, *, request: Request) -> CaptureTable:
    return table.merge_derived() if request.merge_derived else table


def keep_estimate(
    case: Case, *, request: Request, answers: Answers, reasons: Reasons, key: SigningKey
) -> Kept:
    """Record an estimate of a case's own tables.

    Raises:
        PersonNeededError: The links, or a source's name, were changed meanwhile.
    """
    with case.writing(key) as pen:
        linkage = linkage_of(case)
        counted = recount(links_in(case.db), request=request, linkage=linkage)
        tables = [table_fields(stratum, table=stratum.table) for stratum in counted.strata]
        shown = [table_fields(stratum, table=answer.table) for stratum, answer in answers]
        if tables != shown or _is_moved(answers, linkage=linkage):
            raise PersonNeededError(
                "the links were changed while the estimate was made",
                remedy="Make it again, with the links as they stand now.",
            )
        estimate_id = pen.new_id()
        small = small_cells(case, request=request)
        body = {
            "estimate_id": estimate_id,
            "rule": RULE,
            "request": request.as_fields(),
            "linkage": linkage,
            "strata": [
                {**table, **answer_fields(answer)}
                for table, (_, answer) in zip(tables, answers, strict=True)
            ],
            "incidents": list(counted.incidents),
            "small_cells": reasons.small_cells,
            "tool": "affiant",
            "version": version("affiant"),
            "why": reasons.why,
        }
        pen.record("estimate.kept/1", body=body)
    return Kept(estimate_id=estimate_id, small=small)


def _is_moved(answers: Answers, *, linkage: str) -> bool:
    """Tell whether an answer's table came from other links."""
    digest = linkage.rpartition("/")[2]
    return any(answer.table.linkage.rpartition("/")[2] != digest for _, answer in answers)


def staleness(case: Case, *, row: EstimateRow) -> str | None:
    """Say why a kept estimate is not current any more; None where it is."""
    if not is_readable(row.body, linkage=row.linkage):
        return "its entry is not in the form that this version reads"
    links, size = links_in(case.db), row.linkage.partition("/")[0]
    if row.linkage.rpartition("/")[2] != links.digest():
        return f"the links were changed since it was made, when the log had {size} entries"
    try:
        counted = recount(links, request=request_from(row.body["request"]), linkage=row.linkage)
    except (BadInputError, NotFoundError, PersonNeededError):
        counted = None
    if counted is None or not _same_tables(counted, fields=row.body["strata"]):
        return f"the sources were changed since it was made, when the log had {size} entries"
    return None


def _same_tables(counted: Counted, *, fields: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether the tables are those that were kept."""
    tables = [table_fields(stratum, table=stratum.table) for stratum in counted.strata]
    kept = [{name: each.get(name) for name in TABLE_FIELDS} for each in fields]
    return tables == kept


def small_cells(case: Case, *, request: Request, only: Collection[str] | None = None) -> int:
    """Count the cells of one or two people of whom somebody is not published.

    Who knows a list knows then of somebody on it whether the other lists name them too.

    Args:
        case: Open.
        request: What is counted.
        only: Look for these persons alone, as ``person:ID``; for everybody, if None.
    """
    counted = _declared(links_in(case.db), request=request, linkage=linkage_of(case))
    decided = case.policies.publications()
    found = 0
    for stratum, people in zip(counted.strata, counted.people, strict=True):
        cells: dict[int, list[str]] = {}
        for person_id, on in people.items():
            cells.setdefault(_cell(stratum.table, on=on, request=request), []).append(person_id)
        for persons in cells.values():
            items = {f"person:{each}" for each in persons}
            hidden = {item for item in items if decided.get(item, ("",))[0] != PUBLISHED}
            looked_for = hidden if only is None else hidden.intersection(only)
            found += len(persons) < SMALL and bool(looked_for)
    return found


def _cell(table: CaptureTable, *, on: frozenset[str], request: Request) -> int:
    """Return the cell that a person on these lists is counted in, once lists are merged."""
    own = sum(1 << at for at, name in enumerate(table.lists) if name in on)
    alone = tuple(int(cell == own) for cell in range(len(table.counts)))
    return _merged(replace(table, counts=alone), request=request).counts.index(1)
