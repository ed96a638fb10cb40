"""The work of ``affiant estimate``: where the tables come from, and how answers are printed."""

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from affiant.cli.output import print_lines, print_table, say
from affiant.cli.progress import progress
from affiant.cli.settings import Settings
from affiant.errors import (
    BadInputError,
    CaseFormatError,
    IncompleteCheckError,
    PersonNeededError,
    WrongUseError,
)
from affiant.estimate import STEPS, Estimation, Line, Reason, Refusal, estimate, refuse
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

Answer = tuple[Stratum, Estimation]


def run(settings: Settings, *, asked: Mapping[str, Any]) -> None:
    """Estimate every stratum, print, and refuse where nothing may be said.

    Raises:
        PersonNeededError: Every stratum is refused.
        IncompleteCheckError: Some of several strata are.
    """
    strata = declare_derived(_strata(settings, asked=asked), pairs=asked["derived"])
    if asked["keep_table"] is not None:
        _keep(strata, path=asked["keep_table"])
    answers = list(_answers(settings, strata=strata, asked=asked))
    if asked["page"] is not None:
        write_durably(asked["page"], data=render_estimates(answers))
        say(settings, message=f"Written: {asked['page']}")
    _print(settings, answers=answers, as_csv=asked["as_csv"])
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
