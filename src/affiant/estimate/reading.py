"""Capture tables from files: CSV or JSON, of capture patterns or of one row a person."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from affiant.errors import BadInputError
from affiant.estimate.table import CaptureTable, from_patterns, from_persons

LARGEST: Final = 64 * 1024 * 1024
"""Larger files are no capture tables."""

FORM: Final = "capture table/1"
"""What a table that was kept in a file calls itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """The table of one stratum.

    Attributes:
        label: Column and value of each column that it was cut by; empty for everybody.
        table: Its table.
        left_out: What was left out of it, in words.
    """

    label: tuple[tuple[str, str], ...] = ()
    table: CaptureTable
    left_out: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The stratum in words."""
        return ", ".join(f"{column} {value}" for column, value in self.label) or "everybody"


def read_tables(data: bytes, *, persons: bool, by: Sequence[str] = ()) -> tuple[Stratum, ...]:
    """Read a file of capture patterns, or of one row a person.

    Args:
        data: CSV with a heading, or JSON: an array of objects, or a table that was kept.
        persons: Whether each row is a person; a row is a pattern with a count otherwise.
        by: Columns by whose values the table is cut into strata.

    Returns:
        One stratum, or one per combination of values, sorted.

    Raises:
        BadInputError: The file is no such table; the line and the way out are named.
    """
    text = _decoded(data)
    if text.lstrip()[:1] in ("[", "{"):
        found = _json(text)
        if isinstance(found, dict):
            return (_kept(found),)
        rows = list(_rows_of_objects(found if isinstance(found, list) else ()))
    else:
        rows = list(_rows_of_csv(text))
    read = from_persons if persons else from_patterns
    heading, cut = _cut(rows, by=by)
    found_strata = []
    for values, part in sorted(cut.items()):
        table = read([heading, *part])
        label = tuple(zip(by, values, strict=True))
        found_strata.append(_without_empty(Stratum(label=label, table=table), whole=not by))
    return tuple(found_strata)


def keep_table(stratum: Stratum) -> bytes:
    """Return a table as JSON that ``read_tables`` reads; it names its linkage."""
    table = stratum.table
    width = len(table.lists)
    counts = {
        "".join(str(cell >> at & 1) for at in range(width)): count
        for cell, count in enumerate(table.counts)
        if count
    }
    kept = {
        "form": FORM,
        "stratum": dict(stratum.label),
        "lists": list(table.lists),
        "counts": counts,
        "derived": [list(pair) for pair in table.derived],
        "linkage": table.linkage,
    }
    return json.dumps(kept, ensure_ascii=False, indent=1).encode() + b"\n"


def _without_empty(stratum: Stratum, *, whole: bool) -> Stratum:
    """Leave out lists that name nobody in a stratum, and say so."""
    table = stratum.table
    empty = [name for name in table.lists if not table.size(name)]
    if whole or not empty or len(empty) == len(table.lists):
        return stratum
    for name in empty:
        table = table.without(name)
    said = f"lists that name nobody here: {', '.join(empty)}"
    return replace(stratum, table=table, left_out=(*stratum.left_out, said))


def _decoded(data: bytes) -> str:
    if len(data) > LARGEST:
        raise _bad(f"it has {len(data)} bytes", remedy="Sum the people up into capture patterns.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        raise _bad(
            f"line {line} is not UTF-8 text", remedy="Save the table as CSV in UTF-8."
        ) from problem
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise _bad(f"line {line} holds a null character", remedy="Save the table as CSV in UTF-8.")
    if not text.strip():
        raise _bad("it is empty", remedy="Write a first line of list names, then a line per row.")
    return text


def _rows_of_csv(text: str) -> Iterator[list[str]]:
    """Yield the rows; a first line without commas but with other separators is refused."""
    first = text.split("\n", 1)[0]
    for separator, name in ((";", "semicolons"), ("\t", "tabs")):
        if separator in first and "," not in first:
            raise _bad(
                f"the cells of line 1 stand apart by {name}",
                remedy="Save it as CSV with commas between the cells.",
            )
    lines = csv.reader(io.StringIO(text), strict=True)
    try:
        yield from lines
    except csv.Error as problem:
        raise _bad(
            f"line {lines.line_num} is no line of CSV: {problem}",
            remedy="Open and close every quotation mark in the same line.",
        ) from problem


def _json(text: str) -> object:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError) as problem:
        line = getattr(problem, "lineno", 1)
        raise _bad(
            f"line {line} is no JSON: {getattr(problem, 'msg', 'too deep or too long')}",
            remedy="Give an array of objects with the same names, or save the table as CSV.",
        ) from problem
    return found


def _rows_of_objects(found: Iterable[object]) -> Iterator[list[str]]:
    """Yield the rows of an array of objects as a CSV file would have them."""
    heading: list[str] = []
    for number, one in enumerate(found, start=1):
        if not isinstance(one, dict) or (heading and set(one) != set(heading)):
            raise _bad(
                f"object {number} has not the names of the first one",
                remedy="Give every object the same names: the lists, and 'count' for patterns.",
            )
        if not heading:
            heading = [name for name in one if name != "count"]
            heading += ["count"] if "count" in one else []
            yield heading
        yield [_cell(one[name]) for name in heading]


def _cell(value: object) -> str:
    """Return a JSON value as a cell; true and false as 1 and 0."""
    if isinstance(value, bool):
        return str(int(value))
    return "NA" if value is None else str(value)


def _cut(
    rows: Sequence[Sequence[str]], *, by: Sequence[str]
) -> tuple[list[str], Mapping[tuple[str, ...], list[list[str]]]]:
    """Take the columns of the strata out; return the heading, and the rows per stratum."""
    heading = [cell.strip() for cell in rows[0]] if rows else []
    missing = [column for column in by if column not in heading]
    if missing:
        raise _bad(
            f"it has no column {missing[0]!r}",
            remedy=f"Its columns are {', '.join(heading)[:200]}.",
        )
    out = [heading.index(column) for column in by]
    cut: dict[tuple[str, ...], list[list[str]]] = {} if by else {(): []}
    for number, row in enumerate(rows[1:], start=2):
        if by and not any(cell.strip() for cell in row):
            continue
        if by and len(row) != len(heading):
            raise _bad(
                f"line {number} has {len(row)} cells and the first line {len(heading)}",
                remedy="Give every line as many cells as the first; separate them by commas.",
            )
        values = tuple(row[at].strip() or "not known" for at in out)
        rest = [cell for at, cell in enumerate(row) if at not in out]
        cut.setdefault(values, []).append(rest)
    return [name for name in heading if name not in by], cut


def _kept(found: Mapping[str, Any]) -> Stratum:
    """Read a table that was kept."""
    try:
        if found["form"] != FORM:
            raise ValueError(f"its form is {found['form']!r}")
        lists = [str(name) for name in found["lists"]]
        rows = ([*map(str, pattern), str(count)] for pattern, count in found["counts"].items())
        table = from_patterns([[*lists, "count"], *rows])
        derived = tuple((str(one), str(other)) for one, other in found["derived"])
        table = replace(table, derived=derived, linkage=str(found["linkage"]))
        label = tuple((str(name), str(value)) for name, value in found["stratum"].items())
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise _bad(
            f"as a table that was kept it lacks something: {problem}",
            remedy="Make it again: affiant estimate --keep-table FILE.",
        ) from problem
    return Stratum(label=label, table=table)


def declare_derived(strata: Iterable[Stratum], *, pairs: Sequence[str]) -> tuple[Stratum, ...]:
    """Declare lists as made from one another: each pair is ``LIST=LIST``.

    Raises:
        BadInputError: A pair is not of that form, or names no list.
    """
    declared = []
    for pair in pairs:
        one, mark, other = pair.partition("=")
        if not mark or not one or not other or one == other:
            raise BadInputError(f"{pair!r} names no two lists", remedy="Write it as LIST=LIST.")
        declared.append((one, other))
    found = []
    for stratum in strata:
        table = stratum.table
        known = [pair for pair in declared if set(pair) <= set(table.lists)]
        if declared and not known and not stratum.label:
            raise BadInputError(
                f"no lists are called {' and '.join(declared[0])}",
                remedy=f"The lists are {', '.join(table.lists)}.",
            )
        derived = (*table.derived, *known)
        found.append(replace(stratum, table=replace(table, derived=derived)))
    return tuple(found)


def _bad(problem: str, *, remedy: str) -> BadInputError:
    return BadInputError(f"not a capture table: {problem}", remedy=remedy)
