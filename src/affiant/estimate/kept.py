"""An estimate as it stands in the log: plain fields, and the answer read back from them.

Numbers that are not whole are decimal texts there. A number that was refused is not there at
all: it is no finding, and whoever opens the entry shall not be able to quote it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from affiant.errors import AffiantError
from affiant.estimate.estimate import Estimation
from affiant.estimate.line import Line
from affiant.estimate.reading import Stratum
from affiant.estimate.refusals import Reason, Refusal
from affiant.estimate.sensitivity import Variant
from affiant.estimate.sentences import documented, headline, sentences
from affiant.estimate.table import CaptureTable

RULE: Final = "capture_table/1"
"""How the tables are counted from a case: docs/reference/file-format.md, section 10."""

TABLE_FIELDS: Final = ("label", "lists", "counts", "derived", "left_out")
"""What of a stratum is counted, and not estimated."""

OF_PEOPLE: Final = frozenset({"mean", "bic_average", "to_30", "modes", "traces", "standard_error"})
"""Diagnostics that are numbers of people: not kept where the line is refused."""

_WORDS: Final = frozenset({"chosen", "heaviest"})
_DECIMAL: Final = re.compile(r"-?(\d+\.\d+|\d+(\.\d+)?e[+-]\d+|inf)|nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked for, so that the same can be asked again.

    Attributes:
        family: Whose victims are counted.
        by: What the tables are cut by.
        lists: Sources that were taken as lists; all that list persons, if none.
        derived: Pairs ``LIST=LIST`` that were declared by hand to be made from one another.
        merge_derived: Whether lists made from one another were made one.
        seed: For what is drawn at random.
        budget: Most draws per chain of the latent-class sampler.
    """

    family: str = "killing"
    by: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    merge_derived: bool = False
    seed: int = 1
    budget: int = 1500

    def as_fields(self) -> dict[str, Any]:
        """Return the request as plain values."""
        return {
            "family": self.family,
            "by": list(self.by),
            "lists": list(self.lists),
            "derived": list(self.derived),
            "merge_derived": self.merge_derived,
            "seed": self.seed,
            "budget": self.budget,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said of one stratum, word for word.

    Attributes:
        documented: How many are documented, and by which lists.
        headline: The joined interval, or that nothing is said.
        sentences: Every sentence that has to stand beside the numbers.
    """

    documented: str
    headline: str
    sentences: tuple[str, ...]


def said_of(answer: Estimation) -> Said:
    """Say what has to stand beside an answer."""
    return Said(
        documented=documented(answer), headline=headline(answer), sentences=sentences(answer)
    )


def request_from(fields: Mapping[str, Any]) -> Request:
    """Read a request back."""
    return Request(
        family=str(fields["family"]),
        by=_texts(fields["by"]),
        lists=_texts(fields["lists"]),
        derived=_texts(fields["derived"]),
        merge_derived=bool(fields["merge_derived"]),
        seed=int(fields["seed"]),
        budget=int(fields["budget"]),
    )


def table_fields(stratum: Stratum, *, table: CaptureTable) -> dict[str, Any]:
    """Return a stratum's table as plain values: a count per pattern, one digit a list."""
    width = len(table.lists)
    return {
        "label": [list(pair) for pair in stratum.label],
        "lists": list(table.lists),
        "counts": {
            "".join(str(cell >> at & 1) for at in range(width)): count
            for cell, count in enumerate(table.counts)
            if count
        },
        "derived": [list(pair) for pair in table.derived],
        "left_out": list(stratum.left_out),
    }


def answer_fields(answer: Estimation) -> dict[str, Any]:
    """Return what is said with a table as plain values."""
    said = said_of(answer)
    return {
        "documented": said.documented,
        "headline": said.headline,
        "sentences": list(said.sentences),
        "interval95": _plain(answer.interval95),
        "reasons": [reason.as_json() for reason in answer.reasons],
        "warnings": list(answer.warnings),
        "lines": [line_fields(line) for line in answer.lines],
        "odds": _plain(answer.odds),
        "variants": [variant_fields(one) for one in answer.variants],
    }


def line_fields(line: Line) -> dict[str, Any]:
    """Return a line as plain values; a refused one without its number."""
    fields = line.as_json()
    if line.refused:
        kept = {name: v for name, v in fields["diagnostics"].items() if name not in OF_PEOPLE}
        fields |= {"estimate": None, "interval95": None, "diagnostics": kept}
    return {name: _plain(value) for name, value in fields.items()}


def variant_fields(one: Variant) -> object:
    """Return a variant as plain values."""
    return _plain(one.as_json())


def decimal_in(value: object) -> float | None:
    """Return the number that a decimal text says, or None."""
    return float(value) if isinstance(value, str) and _DECIMAL.fullmatch(value) else None


def stratum_from(fields: Mapping[str, Any], *, linkage: str) -> Stratum:
    """Read a stratum with its table back."""
    lists = _texts(fields["lists"])
    counts = [0] * 2 ** len(lists)
    for pattern, count in fields["counts"].items():
        counts[sum(1 << at for at, digit in enumerate(pattern) if digit == "1")] += count
    table = CaptureTable(
        lists=lists,
        counts=tuple(counts),
        derived=tuple((one, other) for one, other in fields["derived"]),
        linkage=linkage,
    )
    label = tuple((column, value) for column, value in fields["label"])
    return Stratum(label=label, table=table, left_out=_texts(fields["left_out"]))


def answer_from(fields: Mapping[str, Any], *, table: CaptureTable, seed: int) -> Estimation:
    """Read the answer to a table back."""
    return Estimation(
        table=table,
        lines=tuple(_line(each) for each in fields["lines"]),
        interval95=_limits(fields["interval95"]),
        reasons=_reasons(fields["reasons"]),
        warnings=_texts(fields["warnings"]),
        odds={
            method: tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in curve)
            for method, curve in fields["odds"].items()
        },
        variants=tuple(_variant(each) for each in fields["variants"]),
        seed=seed,
    )


def is_readable(body: Mapping[str, Any], *, linkage: str) -> bool:
    """Tell whether an entry has the form that this version writes, all through.

    Whoever may sign can sign anything: what cannot be read is left out, and stops nothing.
    """
    try:
        size, _, _ = linkage.split("/")
        seed = int(size) and request_from(body["request"]).seed
        for fields in body["strata"]:
            table = stratum_from(fields, linkage=linkage).table
            answer_from(fields, table=table, seed=seed)
            said_from(fields)
        _texts([body["why"], *body["incidents"]])
    except (AffiantError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return False
    return True


def said_from(fields: Mapping[str, Any]) -> Said:
    """Read the sentences back."""
    return Said(
        documented=str(fields["documented"]),
        headline=str(fields["headline"]),
        sentences=_texts(fields["sentences"]),
    )


def _line(fields: Mapping[str, Any]) -> Line:
    return Line(
        family=fields["family"],
        method=fields["method"],
        estimate=None if fields["estimate"] is None else float(fields["estimate"]),
        interval95=_limits(fields["interval95"]),
        interval_kind=fields["interval_kind"],
        reasons=_reasons(fields["reasons"]),
        diagnostics={
            name: value if name in _WORDS else _numbers(value)
            for name, value in fields["diagnostics"].items()
        },
    )


def _variant(fields: Mapping[str, Any]) -> Variant:
    return Variant(
        change=fields["change"],
        method=fields["method"],
        observed=fields["observed"],
        estimate=None if fields["estimate"] is None else float(fields["estimate"]),
        interval95=_limits(fields["interval95"]),
    )


def _plain(value: object) -> object:
    """Return a value without numbers that are not whole: these as decimal texts."""
    if isinstance(value, float):
        return repr(float(value))
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value


def _numbers(value: object) -> object:
    """Return a value with its decimal texts as numbers again."""
    if isinstance(value, str):
        return float(value) if _DECIMAL.fullmatch(value) else value
    if isinstance(value, Mapping):
        return {name: _numbers(inner) for name, inner in value.items()}
    return [_numbers(inner) for inner in value] if isinstance(value, list) else value


def _limits(value: Sequence[str] | None) -> tuple[float, float] | None:
    return None if value is None else (float(value[0]), float(value[1]))


def _reasons(fields: Sequence[Mapping[str, str]]) -> tuple[Reason, ...]:
    return tuple(Reason(code=Refusal(each["code"]), found=each["found"]) for each in fields)


def _texts(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(str, values))
