"""Kept estimates: counted again from the entries before them, and what follows from that.

The table is counted again whatever made it: its rule is named and stays. Where this version made
it, what is quickly worked out is worked out again: the joined interval, every sentence, the
sensitivity, graph averaging and the lower bound. Models that take long, and what is drawn at
random, are left as they were signed, and that is noted; ``work_out_again`` does it all.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib.metadata import version
from math import isclose
from typing import Any, Final

from affiant.audit.report import Problem, Report
from affiant.audit.unreadable import UNREADABLE
from affiant.estimate.estimate import conclude, estimate, odds_of
from affiant.estimate.families import chao_lines, graph_lines
from affiant.estimate.keeping import recount
from affiant.estimate.kept import (
    RULE,
    TABLE_FIELDS,
    answer_fields,
    answer_from,
    decimal_in,
    line_fields,
    request_from,
    said_from,
    said_of,
    stratum_from,
    table_fields,
)
from affiant.estimate.strata import links_in
from affiant.estimate.table import doubts
from affiant.log.tree import root_of
from affiant.store.database import Database, open_scratch
from affiant.store.estimates import EstimateRow, EstimateStore
from affiant.store.logbook import Logbook
from affiant.store.projection import project
from affiant.store.recorded import Recorded

NEAR: Final = 1e-6
"""Numbers that are worked out differ by less from machine to machine."""

CONCLUDED: Final = ("interval95", "warnings", "odds")
"""What follows from the lines alone."""

MALFORMED: Final = (*UNREADABLE, ArithmeticError)


def check_estimates(logbook: Logbook, *, last_erasure: int, report: Report) -> None:
    """Count every kept estimate again from the entries before it.

    One that an erasure came after may not be countable any more; that is noted, no problem.

    Args:
        logbook: With every entry; where some are withheld nothing can be counted again.
        last_erasure: Position of the newest erasure, or -1.
        report: Takes what was found.
    """
    for entry in logbook.of_kind("estimate.kept/1"):
        if entry.fields is None or entry.undone:
            continue
        name = f"estimate {str(entry.fields['estimate_id'])[:8]}"
        found = list(_problems_of(entry, logbook=logbook, report=report))
        report.count("estimates")
        if found and last_erasure > entry.position:
            report.notes.append(f"{name} was recalled by a later erasure")
            continue
        since = f"entry {entry.position}"
        report.add(
            Problem(item=name, kind="estimate", detail=each[:300], since=since) for each in found
        )


def _problems_of(entry: Recorded, *, logbook: Logbook, report: Report) -> Iterator[str]:
    """Yield what of one estimate does not follow from the entries before it."""
    scratch = open_scratch()
    try:
        for before in logbook.recorded(end=entry.position):
            project(scratch, entry=before)
        project(scratch, entry=entry)
        row = EstimateStore(scratch).all()[-1]
        yield from _links(row, db=scratch, logbook=logbook)
        yield from _tables(row, db=scratch)
        if row.body["version"] == version("affiant"):
            for fields in row.body["strata"]:
                yield from _conclusions(fields, row=row)
            report.notes.append(
                f"estimate {row.estimate_id[:8]}: its table was counted again; to fit and draw "
                f"again all that it says: affiant estimate --again {row.estimate_id[:8]}"
            )
        else:
            report.notes.append(
                f"estimate {row.estimate_id[:8]} was made by version {row.body['version']}: its "
                "table was counted again, what follows from it was not worked out again"
            )
    except MALFORMED as problem:
        yield f"it cannot be counted again: {problem}"
    finally:
        scratch.close()


def _links(row: EstimateRow, *, db: Database, logbook: Logbook) -> Iterator[str]:
    """Yield where the links are not those that it names."""
    size, root, digest = row.linkage.split("/")
    leaves = logbook.leaves()[: int(size)]
    if not 0 <= int(size) <= row.position or root_of(leaves).hex() != root:
        yield f"the log never had the root {root} at {size} entries"
    if links_in(db).digest() != digest:
        yield "the links were others when it was kept"


def _tables(row: EstimateRow, *, db: Database) -> Iterator[str]:
    """Yield what was counted otherwise than the links give it."""
    request = request_from(row.body["request"])
    if row.body["rule"] != RULE:
        yield f"the rule {row.body['rule']} is not known to this version"
        return
    counted = recount(links_in(db), request=request, linkage=row.linkage)
    found = [table_fields(stratum, table=stratum.table) for stratum in counted.strata]
    kept = [{name: each[name] for name in TABLE_FIELDS} for each in row.body["strata"]]
    if len(found) != len(kept):
        yield f"it has {len(kept)} strata, the links give {len(found)}"
    for want, have in zip(found, kept, strict=False):
        for name in TABLE_FIELDS:
            if want[name] != have[name]:
                yield f"{name} are {have[name]}, the links give {want[name]}"
    if list(counted.incidents) != row.body["incidents"]:
        yield "it names other incidents than those that its claims are joined to"


def _conclusions(fields: Mapping[str, Any], *, row: EstimateRow) -> Iterator[str]:
    """Yield what does not follow from a table, or from the lines that stand there."""
    request = request_from(row.body["request"])
    table = stratum_from(fields, linkage=row.linkage).table
    answer = answer_from(fields, table=table, seed=request.seed)
    said, kept = said_of(answer), said_from(fields)
    if said != kept:
        pairs = zip(
            (said.documented, said.headline, *said.sentences),
            (kept.documented, kept.headline, *kept.sentences),
            strict=False,
        )
        other = next((pair for pair in pairs if pair[0] != pair[1]), ("another number of them", ""))
        yield f"a sentence says {other[1]!r}, its numbers give {other[0]!r}"
    if doubts(table):
        again = answer_fields(estimate(table, seed=request.seed, budget=0))
        yield from _differing(again, kept=fields)
        return
    interval, warnings = conclude(answer.lines)
    odds = odds_of(answer.lines, observed=table.observed)
    concluded = replace(answer, interval95=interval, warnings=warnings, odds=odds)
    shown = answer_fields(concluded)
    yield from _differing({name: shown[name] for name in CONCLUDED}, kept=fields)
    own = table.in_own_order()
    for line in (*graph_lines(own), *chao_lines(own)):
        want = line_fields(line)
        have = next((each for each in fields["lines"] if each["method"] == line.method), None)
        if not _alike(want, other=have):
            yield f"the line of {line.method} says {have}, the table gives {want}"


def work_out_again(row: EstimateRow, *, told: Callable[[str], None]) -> Iterator[str]:
    """Ask the same of the same tables, and yield what comes out otherwise than was kept.

    Args:
        row: The kept estimate.
        told: Called with each step that is done.
    """
    request = request_from(row.body["request"])
    for fields in row.body["strata"]:
        table = stratum_from(fields, linkage=row.linkage).table
        answer = estimate(table, seed=request.seed, budget=request.budget, told=told)
        yield from _differing(answer_fields(answer), kept=fields)


def _differing(found: Mapping[str, Any], *, kept: Mapping[str, Any]) -> Iterator[str]:
    for name, want in found.items():
        if not _alike(want, other=kept[name]):
            yield f"{name} are {kept[name]}, the lines and the table give {want}"


def _alike(one: object, *, other: object) -> bool:
    """Tell whether two values are the same, decimals to one part in a million."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            _alike(one[name], other=other[name]) for name in one
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(
            _alike(left, other=right) for left, right in zip(one, other, strict=True)
        )
    if one == other:
        return True
    numbers = [decimal_in(value) for value in (one, other)]
    return None not in numbers and isclose(numbers[0] or 0, numbers[1] or 0, rel_tol=NEAR)
