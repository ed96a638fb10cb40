"""Capture tables: how many people stand on which lists together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from affiant.errors import BadInputError
from affiant.estimate.refusals import Reason, Refusal

MOST_LISTS = 16
"""More lists than this are no table that anybody has filled."""

MOST_PEOPLE = 10**9
"""A larger count is a slip of the pen, not people of one table."""

NESTED_SHARE = 0.95
"""From this share of one list standing on another, the two are taken as one."""

NESTED_LEAST = 20
"""A list shorter than this is not judged by its share: chance can do that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureTable:
    """Counts of people by capture history.

    Attributes:
        lists: Names of the lists, in order.
        counts: ``2 ** len(lists)`` counts; bit ``j`` of an index says that list ``j`` holds
            the person. Index 0, on no list, is 0: nobody counted them.
        derived: Pairs of lists where one was declared to be made from the other.
        linkage: Names the decisions about persons that the table came from; empty if none.
    """

    lists: tuple[str, ...]
    counts: tuple[int, ...]
    derived: tuple[tuple[str, str], ...] = ()
    linkage: str = ""

    def __post_init__(self) -> None:
        """Refuse what is no table."""
        if len(set(self.lists)) != len(self.lists):
            raise _bad(f"list names repeat: {', '.join(self.lists)}")
        if len(self.lists) > MOST_LISTS:
            raise _bad(f"{len(self.lists)} lists, at most {MOST_LISTS} can be held")
        if len(self.counts) != 2 ** len(self.lists):
            raise _bad(f"{len(self.counts)} counts for {len(self.lists)} lists")
        if self.counts[0] != 0:
            raise _bad(f"{self.counts[0]} people counted who stand on no list")
        if min(self.counts) < 0:
            raise _bad(f"a count is {min(self.counts)}")
        strange = {name for pair in self.derived for name in pair} - set(self.lists)
        if strange:
            raise _bad(f"declared as derived but no list: {', '.join(sorted(strange))}")

    @property
    def observed(self) -> int:
        """Count the people on at least one list: the documented count."""
        return sum(self.counts)

    def size(self, name: str) -> int:
        """Count the people on one list."""
        bit = 1 << self.lists.index(name)
        return sum(count for cell, count in enumerate(self.counts) if cell & bit)

    def shared(self, pair: tuple[str, str]) -> int:
        """Count the people on both of two lists."""
        bits = sum(1 << self.lists.index(name) for name in pair)
        return sum(count for cell, count in enumerate(self.counts) if cell & bits == bits)

    def in_own_order(self) -> "CaptureTable":
        """Put the lists in an order that their counts alone decide.

        What is worked out from it is then the same, whatever the lists are called and in
        whichever order they were given; random draws too.
        """
        orders = permutations(range(len(self.lists)))
        return min((self._ordered(order) for order in orders), key=lambda table: table.counts)

    def _ordered(self, order: tuple[int, ...]) -> "CaptureTable":
        """Put the lists in another order."""
        counts = [0] * len(self.counts)
        for cell, count in enumerate(self.counts):
            counts[sum((cell >> old & 1) << new for new, old in enumerate(order))] = count
        return CaptureTable(
            lists=tuple(self.lists[at] for at in order),
            counts=tuple(counts),
            derived=self.derived,
            linkage=self.linkage,
        )

    def without(self, name: str) -> "CaptureTable":
        """Leave one list out; people who stood on that one alone are gone."""
        at = self.lists.index(name)
        low = (1 << at) - 1
        kept = [0] * (len(self.counts) // 2)
        for cell, count in enumerate(self.counts):
            kept[cell & low | cell >> 1 & ~low] += count
        kept[0] = 0
        lists = self.lists[:at] + self.lists[at + 1 :]
        derived = tuple(pair for pair in self.derived if name not in pair)
        return CaptureTable(lists=lists, counts=tuple(kept), derived=derived, linkage=self.linkage)

    def merged(self, pair: tuple[str, str]) -> "CaptureTable":
        """Make one list of two; it holds whoever stood on either."""
        first, second = sorted(self.lists.index(name) for name in pair)
        joined = [0] * len(self.counts)
        for cell, count in enumerate(self.counts):
            joined[cell | (cell >> second & 1) << first] += count
        name = f"{self.lists[first]}+{self.lists[second]}"
        lists = (*self.lists[:first], name, *self.lists[first + 1 :])
        renamed = {self.lists[first]: name, self.lists[second]: name}
        pairs = ((renamed.get(one, one), renamed.get(other, other)) for one, other in self.derived)
        whole = CaptureTable(
            lists=lists,
            counts=tuple(joined),
            derived=tuple(
                (one, other)
                for one, other in pairs
                if one != other and self.lists[second] not in (one, other)
            ),
            linkage=self.linkage,
        )
        return whole.without(self.lists[second])

    def merge_derived(self) -> "CaptureTable":
        """Make one list of each group that was declared to be derived from one another."""
        table = self
        while table.derived:
            table = table.merged(table.derived[0])
        return table


def _bad(problem: str, *, remedy: str = "") -> BadInputError:
    return BadInputError(
        f"not a capture table: {problem}",
        remedy=remedy or "Give one 0/1 column per list and a last column 'count'.",
    )


def from_patterns(rows: Iterable[Sequence[str]]) -> CaptureTable:
    """Read a table with one row per capture pattern; patterns that recur are added up.

    Args:
        rows: A heading (list names, then ``count``), then rows of 0/1 and a whole number.
            The row of those on no list may be there with 0 or NA.

    Raises:
        BadInputError: A row is not of that form; it is named by its line.
    """
    table = iter(rows)
    heading = [cell.strip() for cell in next(table, [])]
    if len(heading) < 2 or heading[-1].lower() != "count":
        raise _bad(
            f"the first line is {_short(heading)}",
            remedy="Write the lists' names and then 'count' into the first line.",
        )
    counts = _no_counts(heading[:-1])
    for number, row in enumerate(table, start=2):
        if not any(cell.strip() for cell in row):
            continue
        _confirm_length(row, heading=heading, number=number)
        cell = _pattern(row[:-1], number=number)
        counts[cell] += _people(row[-1].strip(), nobody=cell == 0, number=number)
        if counts[0]:
            raise _bad(
                f"line {number} counts {counts[0]} people who stand on no list",
                remedy="Leave that line out: nobody can have counted them.",
            )
    return CaptureTable(lists=tuple(heading[:-1]), counts=tuple(counts))


def from_persons(rows: Iterable[Sequence[str]]) -> CaptureTable:
    """Read a table with one row per person and one 0/1 column per list.

    A first column called ``person``, ``id`` or ``name`` is not looked at.

    Raises:
        BadInputError: A row is not of that form, or a person stands on no list.
    """
    table = iter(rows)
    heading = [cell.strip() for cell in next(table, [])]
    first = 1 if heading and heading[0].lower() in ("person", "id", "name") else 0
    counts = _no_counts(heading[first:])
    for number, row in enumerate(table, start=2):
        if not any(cell.strip() for cell in row):
            continue
        _confirm_length(row, heading=heading, number=number)
        cell = _pattern(row[first:], number=number)
        if not cell:
            raise _bad(
                f"line {number} is a person on no list",
                remedy="Leave the line out, or put a 1 under the list that names them.",
            )
        counts[cell] += 1
    return CaptureTable(lists=tuple(heading[first:]), counts=tuple(counts))


def from_counts(counts: Mapping[str, int], *, lists: Sequence[str]) -> CaptureTable:
    """Read a table from patterns such as ``{"1011": 12}``, one digit per list in order.

    Raises:
        BadInputError: A pattern has another length or other signs than 0 and 1.
    """
    rows = ([*pattern, str(count)] for pattern, count in counts.items())
    return from_patterns([[*lists, "count"], *rows])


def _no_counts(lists: Sequence[str]) -> list[int]:
    """Return a count of 0 per cell; refuse names that are no lists' names."""
    if not 1 <= len(lists) <= MOST_LISTS:
        raise _bad(f"{len(lists)} lists, between 1 and {MOST_LISTS} can be held")
    if not all(lists) or len(set(lists)) != len(lists):
        raise _bad(
            f"the lists are called {_short(lists)}",
            remedy="Give every list one name of its own in the first line.",
        )
    return [0] * 2 ** len(lists)


def _confirm_length(row: Sequence[str], *, heading: Sequence[str], number: int) -> None:
    if len(row) != len(heading):
        raise _bad(
            f"line {number} has {len(row)} cells and the first line {len(heading)}",
            remedy="Give every line as many cells as the first; separate them by commas.",
        )


def _people(cell: str, *, nobody: bool, number: int) -> int:
    """Return the count of a line."""
    if nobody and cell.upper() == "NA":
        return 0
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 10) or int(cell) > MOST_PEOPLE:
        raise _bad(
            f"line {number} counts {_short([cell])} people",
            remedy="Write a whole number, 0 or more, without signs or separators.",
        )
    return int(cell)


def _pattern(row: Sequence[str], *, number: int) -> int:
    """Return the bits of a row of 0 and 1."""
    cells = [cell.strip() for cell in row]
    if not set(cells) <= {"0", "1"}:
        strange = next(cell for cell in cells if cell not in ("0", "1"))
        raise _bad(
            f"line {number} holds {_short([strange])} where 0 or 1 has to stand",
            remedy="Write 1 where the list names the person, 0 where it does not.",
        )
    return sum(1 << at for at, cell in enumerate(cells) if cell == "1")


def _short(cells: Sequence[str]) -> str:
    """Return cells as they may be printed: not all of a file that is no table."""
    words = ",".join(cells)
    return repr(words if len(words) <= 60 else f"{words[:60]}…")


def doubts(table: CaptureTable) -> tuple[Reason, ...]:
    """Say why no method could give a number for this table; nothing if one might."""
    if len(table.lists) < 3:
        found = f"{len(table.lists)} lists; three are needed to see any dependence"
        return (Reason(code=Refusal.TOO_FEW_LISTS, found=found),)
    if not table.observed:
        return (Reason(code=Refusal.EMPTY_LIST, found="the table counts nobody"),)
    reasons = [
        Reason(code=Refusal.EMPTY_LIST, found=f"{name} names nobody here")
        for name in table.lists
        if table.size(name) == 0
    ]
    reasons += [
        Reason(code=Refusal.DERIVED, found=f"{one} and {other} were made from one another")
        for one, other in table.derived
    ]
    if table.counts[-1] == table.observed > 0:
        found = f"all {table.observed} people stand on every list"
        return (*reasons, Reason(code=Refusal.FULL_OVERLAP, found=found))
    groups = _groups(table)
    if len(groups) > 1 and not reasons:
        found = "nobody links " + " with ".join(", ".join(group) for group in groups)
        reasons.append(Reason(code=Refusal.UNCONNECTED, found=found))
    return (*reasons, *_nested(table))


def _groups(table: CaptureTable) -> list[tuple[str, ...]]:
    """Group the lists that are connected by people whom they share."""
    groups = [{name} for name in table.lists]
    for pair in combinations(table.lists, 2):
        if table.shared(pair):
            touched = [group for group in groups if group & set(pair)]
            groups = [group for group in groups if group not in touched]
            groups.append(set().union(*touched))
    return sorted(tuple(name for name in table.lists if name in group) for group in groups)


def _nested(table: CaptureTable) -> list[Reason]:
    """Find lists that look like copies of others: chance does not nest them so."""
    reasons = []
    for pair in combinations(table.lists, 2):
        shared = table.shared(pair)
        for one, other in (pair, pair[::-1]):
            size = table.size(one)
            if size >= NESTED_LEAST and shared >= NESTED_SHARE * size:
                expected = table.size(other) / max(table.observed, 1)
                if expected < NESTED_SHARE - 0.15:
                    found = f"{shared} of the {size} people on {one} stand on {other} too"
                    reasons.append(Reason(code=Refusal.DEPENDENT, found=found))
    return reasons
