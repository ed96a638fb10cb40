"""The work of ``affiant estimate``: where the tables come from, and how answers are printed."""

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from affiant.audit.estimates import work_out_again
from affiant.cli.output import print_line, print_lines, print_table, say
from affiant.cli.progress import progress
from affiant.cli.settings import Settings
from affiant.errors import (
    BadInputError,
    CaseFormatError,
    IncompleteCheckError,
    IntegrityError,
    NotFoundError,
    PersonNeededError,
    WrongUseError,
)
from affiant.estimate import STEPS, Estimation, Line, Reason, Refusal, estimate, refuse
from affiant.estimate.keeping import Reasons, keep_estimate, staleness
from affiant.estimate.kept import Request, is_readable
from affiant.estimate.reading import Stratum, declare_derived, keep_table, read_tables
from affiant.estimate.sensitivity import Variant
from affiant.estimate.sentences import METHODS_IN_WORDS, documented, headline, sentences, span
from affiant.estimate.strata import Asked, is_stale, linkage_of, tables_of
from affiant.publish.estimate_page import render_estimates
from affiant.store.objects import write_durably

CSV_HEADING = (
    "stratum", "documented", "family", "method", "estimate", "low95", "high95",
    "interval_kind", "refused", "reasons", "seed",
)  # fmt: skip

SMALL_WARNING = (
    "{cells} cells hold one or two people of whom somebody is not published: whoever knows a list "
    "can learn of them. It is left out of the site until it is kept again with --small-cells WHY."
)

Answer = tuple[Stratum, Estimation]


def run(settings: Settings, *, asked: Mapping[str, Any]) -> None:
    """Estimate every stratum, print, and refuse where nothing may be said.

    Raises:
        PersonNeededError: Every stratum is refused.
        IncompleteCheckError: Some of several strata are.
        WrongUseError: A table that is not the case's own is to be kept.
    """
    if asked["kept"]:
        list_kept(settings)
        return
    if asked["again"] is not None:
        compare_again(settings, name=asked["again"])
        return
    _refuse_to_keep(asked)
    strata = declare_derived(_strata(settings, asked=asked), pairs=asked["derived"])
    if asked["keep_table"] is not None and not settings.surroundings.rehearsal:
        _keep(strata, path=asked["keep_table"])
    answers = list(_answers(settings, strata=strata, asked=asked))
    if asked["page"] is not None and not settings.surroundings.rehearsal:
        write_durably(asked["page"], data=render_estimates(answers))
        say(settings, message=f"Written: {asked['page']}")
    _print(settings, answers=answers, as_csv=asked["as_csv"])
    if asked["keep"] is not None:
        _record(settings, answers=answers, asked=asked)
    refused = [answer for _, answer in answers if answer.refused]
    if not refused:
        return
    found = "; ".join(dict.fromkeys(one.found for answer in refused for one in answer.reasons))
    helps = " ".join(dict.fromkeys(one.help for answer in refused for one in answer.reasons))
    if len(refused) == len(answers):
        raise PersonNeededError(f"no estimate is given: {found}", remedy=helps)
    raise IncompleteCheckError(
        f"{len(refused)} of {len(answers)} strata have no estimate: {found}", remedy=helps
    )


def _refuse_to_keep(asked: Mapping[str, Any]) -> None:
    """Refuse to keep what cannot be walked back to the words of the case."""
    if asked["keep"] is None and asked["small_cells"] is not None:
        raise WrongUseError("nothing is kept", remedy="Give --small-cells with --keep WHY.")
    if asked["keep"] is not None and (asked["patterns"] or asked["persons"]):
        raise WrongUseError(
            "a table from a file cannot be walked back to the words that it rests on",
            remedy="Keep an estimate of the case's own links: leave --patterns and --persons out.",
        )
    if "" in (asked["keep"], asked["small_cells"]):
        raise WrongUseError("the reason is empty", remedy="Say in words why.")


def _record(settings: Settings, *, answers: Sequence[Answer], asked: Mapping[str, Any]) -> None:
    """Keep the answers in the log, and say what that does and does not do."""
    request = Request(
        family=asked["family"],
        by=tuple(asked["by"]),
        lists=tuple(asked["lists"]),
        derived=tuple(asked["derived"]),
        merge_derived=asked["merge_derived"],
        seed=asked["seed"],
        budget=asked["budget"],
    )
    reasons = Reasons(why=asked["keep"], small_cells=asked["small_cells"])
    with settings.open() as case:
        kept = keep_estimate(
            case, request=request, answers=answers, reasons=reasons, key=settings.key()
        )
    if settings.as_json:
        print_line({"kept": kept.estimate_id, "small_cells": kept.small})
    lists = dict.fromkeys(name for _, answer in answers for name in answer.table.lists)
    say(settings, message=f"Kept: estimate {kept.estimate_id}. Nothing is published by that.")
    say(settings, message=f"A page of it will name these lists: {', '.join(lists)}.")
    if kept.small and not reasons.small_cells:
        say(settings, message=SMALL_WARNING.format(cells=kept.small))


def list_kept(settings: Settings) -> None:
    """List what was kept: whether it is current, and what was decided about publishing it."""
    with settings.open() as case, case.reading():
        decided = case.policies.publications()
        rows = [
            {
                "estimate": row.estimate_id,
                "request": row.body["request"],
                "linkage": row.linkage,
                "stale": staleness(case, row=row),
                "verdict": decided.get(f"estimate:{row.estimate_id}", (None,))[0],
                "why": row.body.get("why", ""),
            }
            for row in case.estimates.all()
        ]
    if settings.as_json:
        print_lines(rows)
        return
    heading = ["Estimate", "Of", "Cut by", "State", "Published", "Why"]
    print_table(heading, rows=[_kept_row(row) for row in rows])


def compare_again(settings: Settings, *, name: str) -> None:
    """Work a kept estimate out again and compare it with what was kept.

    Raises:
        NotFoundError: No kept estimate, or several, are called so.
        IntegrityError: Something else comes out.
    """
    with settings.open() as case:
        rows = [row for row in case.estimates.all() if name and row.estimate_id.startswith(name)]
    if len(rows) != 1:
        raise NotFoundError(
            f"{name!r} means {len(rows)} kept estimates", remedy="See affiant estimate --kept."
        )
    [row] = rows
    if not is_readable(row.body, linkage=row.linkage):
        raise IntegrityError(
            f"estimate {row.estimate_id[:8]} is not in the form that this version reads",
            remedy="See what 'affiant verify' says of it, and who signed it.",
        )
    total = len(STEPS) * len(row.body["strata"])
    with progress(settings, title="Estimating", total=total) as step:
        found = list(work_out_again(row, told=step))
    if found:
        raise IntegrityError(
            f"estimate {row.estimate_id[:8]} comes out otherwise, first: {found[0][:300]}",
            remedy=f"It was made by version {row.body['version']} of Affiant: ask that one, on the "
            "same kind of machine, before you doubt the estimate.",
        )
    if settings.as_json:
        print_line({"estimate": row.estimate_id, "same": True})
    say(settings, message=f"Estimate {row.estimate_id}: all of it comes out the same.")


def _kept_row(row: Mapping[str, Any]) -> list[str]:
    """Return a kept estimate's cells; what a member signed in another form is shown as it is."""
    by = row["request"].get("by")
    return [
        row["estimate"],
        str(row["request"].get("family", "")),
        (", ".join(map(str, by)) if isinstance(by, list) else str(by)) or "nothing",
        row["stale"] or "current",
        row["verdict"] or "not decided",
        row["why"],
    ]


def _strata(settings: Settings, *, asked: Mapping[str, Any]) -> tuple[Stratum, ...]:
    """Take the tables from the file that was named, or from the case."""
    patterns, persons, by = asked["patterns"], asked["persons"], asked["by"]
    if patterns is not None and persons is not None:
        raise WrongUseError("two tables are named", remedy="Give --patterns or --persons.")
    path = patterns or persons
    if path is None:
        with settings.open() as case, case.reading():
            wanted = Asked(family=asked["family"], by=tuple(by), lists=tuple(asked["lists"]))
            return tables_of(case, asked=wanted)
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise BadInputError(
            f"{path} cannot be read: {problem.strerror}", remedy="Name the file with the table."
        ) from problem
    return read_tables(data, persons=persons is not None, by=by)


def _keep(strata: Sequence[Stratum], *, path: Path) -> None:
    """Write the one table that there is."""
    if len(strata) != 1:
        raise WrongUseError(
            f"{len(strata)} tables cannot be kept in one file", remedy="Leave --by out."
        )
    write_durably(path, data=keep_table(strata[0]))


def _answers(
    settings: Settings, *, strata: Sequence[Stratum], asked: Mapping[str, Any]
) -> Iterator[Answer]:
    """Estimate one stratum after the other."""
    total = len(STEPS) * len(strata)
    with progress(settings, title="Estimating", total=total) as step:
        for stratum in strata:
            stale = _staleness(settings, stratum=stratum)
            if stale:
                yield stratum, refuse(stratum.table, reasons=stale, seed=asked["seed"])
                continue
            yield (
                stratum,
                estimate(
                    stratum.table,
                    seed=asked["seed"],
                    budget=asked["budget"],
                    merge_derived=asked["merge_derived"],
                    told=step,
                ),
            )


def _staleness(settings: Settings, *, stratum: Stratum) -> tuple[Reason, ...]:
    """Say why a table made from a case's links may not be used; nothing if it may."""
    if not stratum.table.linkage:
        return ()
    try:
        with settings.open() as case:
            now = linkage_of(case)
    except CaseFormatError:
        found = "the table was made from the links of a case that is not here"
        return (Reason(code=Refusal.STALE, found=found),)
    if not is_stale(stratum.table, linkage=now):
        return ()
    was = stratum.table.linkage.partition("/")[0]
    found = f"the links were changed since the table was made, when the log had {was} entries"
    return (Reason(code=Refusal.STALE, found=found),)


def _print(settings: Settings, *, answers: Sequence[Answer], as_csv: bool) -> None:
    """Print every answer in the form that was asked for."""
    if settings.as_json:
        print_lines(
            {**line, "stratum": dict(stratum.label), "left_out": list(stratum.left_out)}
            for stratum, answer in answers
            for line in answer.as_lines()
        )
    elif as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(CSV_HEADING)
        for stratum, answer in answers:
            writer.writerows(
                _csv_row(line, stratum=stratum, answer=answer) for line in answer.lines
            )
    else:
        for stratum, answer in answers:
            _print_answer(settings, stratum=stratum, answer=answer)


def _csv_row(line: Line, *, stratum: Stratum, answer: Estimation) -> list[Any]:
    """Return a line as cells; a refused one has no numbers."""
    shown = line if not line.refused else replace(line, estimate=None, interval95=None)
    low, high = shown.interval95 or ("", "")
    return [
        _plain(stratum.words),
        answer.table.observed,
        line.family,
        line.method,
        "" if shown.estimate is None else shown.estimate,
        low,
        high,
        line.interval_kind,
        "yes" if line.refused else "no",
        _plain("; ".join(reason.found for reason in line.reasons)),
        answer.seed,
    ]


def _plain(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell


def _print_answer(settings: Settings, *, stratum: Stratum, answer: Estimation) -> None:
    """Print one stratum for a person to read."""
    if stratum.label:
        say(settings, message=f"\n{stratum.words}")
    say(settings, message=documented(answer))
    say(settings, message=headline(answer))
    if not answer.refused:
        print_table(
            ["Method", "95 % interval", "Middle", "Kind of interval"],
            rows=[_method_row(line) for line in answer.lines],
        )
        rows = [_variant_row(one) for one in answer.variants if one.method != "graphs"]
        print_table(["What if (log-linear, pairs alone)", "Documented", "95 % interval"], rows=rows)
    for sentence in (*sentences(answer), *map(_left_out, stratum.left_out)):
        say(settings, message=f"- {sentence}")
    if answer.table.linkage:
        size, root, _ = answer.table.linkage.split("/")
        say(settings, message=f"- Links as in the log of {size} entries, root {root[:16]}.")
    say(settings, message=f"- Seed {answer.seed}.")


def _left_out(words: str) -> str:
    return f"Left out: {words}."


def _method_row(line: Line) -> list[str]:
    """Return a method's cells: its interval first, never a number without one."""
    name = METHODS_IN_WORDS[line.method]
    if line.refused or line.interval95 is None:
        return [name, "refused", "", ", ".join(reason.code for reason in line.reasons)]
    return [name, span(line.interval95), f"{line.estimate:,.0f}", line.interval_kind]


def _variant_row(one: Variant) -> list[str]:
    given = span(one.interval95) if one.interval95 else "no finite interval"
    return [one.change, f"{one.observed:,}", given]
