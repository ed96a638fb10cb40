"""Capture tables from a case: sources are the lists, linked clusters the persons.

The tables are derived: they may be deleted and made again, and name the state of the log and
of the links that they were made from. One that was made from other links is stale.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from affiant.errors import BadInputError, NotFoundError, PersonNeededError
from affiant.estimate.reading import Stratum
from affiant.estimate.table import MOST_LISTS, CaptureTable
from affiant.language.folding import fold
from affiant.log.canon import canonical
from affiant.model.when import span_of
from affiant.store.case import Case
from affiant.store.claims import ClaimRow, ClaimStore
from affiant.store.database import Database
from affiant.store.incidents import IncidentStore
from affiant.store.objects import digest_of
from affiant.store.sources import SourceStore

COLUMNS: Final = ("place", "period", "act")
"""What a case can be cut by; it keeps no sex of persons, a table of one row a person may."""

TOLD: Final = frozenset({"actual", "presupposed"})
NOT_ASSERTING: Final = frozenset({"denies", "declines", "retracts"})
REPEATING: Final = frozenset({"repeats", "translates", "strengthens", "weakens"})
NOT_KNOWN: Final = "not known"
DIFFER: Final = "the lists differ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What tables are asked for.

    Attributes:
        family: Whose victims are counted.
        by: Columns by whose values they are cut: some of ``COLUMNS``.
        lists: Names of the sources that are taken as lists; all that list persons, if none.
    """

    family: str = "killing"
    by: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listing:
    """One claim in which a source lists a person."""

    person_id: str
    source_id: str
    row: ClaimRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Who was linked to whom: the standing claims, their sources, persons and incidents."""

    claims: ClaimStore
    sources: SourceStore
    incidents: IncidentStore

    def digest(self) -> str:
        """Digest what is linked, hex: two states with the same digest give the same tables."""
        claims = sorted((row.claim_id, row.document_id, row.status) for row in self.claims.all())
        attributions = self.sources.attributions().values()
        whose = sorted((one.document_id, one.source_id) for one in attributions)
        edges = self.sources.edges()
        linked = {
            "persons": [
                [one.person_id, list(map(list, one.claims))] for one in self.incidents.persons()
            ],
            "claims": list(map(list, claims)),
            "attributions": list(map(list, whose)),
            "edges": [[one.document_id, one.of_document_id, one.kind] for one in edges],
            "knowers": sorted(map(list, self.sources.knower_of().items())),
            "dependences": list(map(list, self.sources.dependences())),
        }
        return digest_of(canonical(linked)).removeprefix("sha256:")


def links_in(db: Database) -> Links:
    """Return the links of a case's tables, or of tables replayed up to some entry."""
    return Links(claims=ClaimStore(db), sources=SourceStore(db), incidents=IncidentStore(db))


def linkage_of(case: Case) -> str:
    """Name the links as they stand: entries in the log, its root, digest of what is linked."""
    _, frontier, _ = case.logbook.state()
    return f"{frontier.size}/{frontier.root().hex()}/{links_in(case.db).digest()}"


def is_stale(table: CaptureTable, *, linkage: str) -> bool:
    """Tell whether a table was made from other links than those that stand now."""
    return table.linkage.rpartition("/")[2] != linkage.rpartition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Capture tables, and who was counted in them.

    Attributes:
        strata: One per combination of the values that they were cut by, sorted.
        people: Of each stratum, person id to the names of the lists that hold them.
        incidents: Those that the counted claims tell of, by id.
    """

    strata: tuple[Stratum, ...]
    people: tuple[Mapping[str, frozenset[str]], ...]
    incidents: tuple[str, ...]


def tables_of(case: Case, *, asked: Asked) -> tuple[Stratum, ...]:
    """Make the capture tables of a case, one per stratum; see ``count_people``."""
    return count_people(links_in(case.db), asked=asked, linkage=linkage_of(case)).strata


def count_people(links: Links, *, asked: Asked, linkage: str) -> Counted:
    """Count the linked persons by who lists them, stratum by stratum.

    A person is on a source's list if an accepted claim in a document of that source tells
    that an act of the family was done to them. A denial, or what is told as possible only,
    lists nobody.

    Raises:
        BadInputError: A column is asked for that a case does not have.
        NotFoundError: A source that was named lists nobody.
        PersonNeededError: Nobody is linked yet, or there are too many lists to choose from.
    """
    strange = [column for column in asked.by if column not in COLUMNS]
    if strange:
        raise BadInputError(
            f"a case cannot be cut by {strange[0]!r}",
            remedy=f"Cut it by {', '.join(COLUMNS)}; other columns need a table: --persons FILE.",
        )
    listings, left_out = _listings(links, family=asked.family)
    names = _names(links, listings=listings, wanted=asked.lists)
    listings = [one for one in listings if one.source_id in names]
    if not listings:
        raise PersonNeededError(
            f"no source lists linked persons as victims of {asked.family}",
            remedy="Decide who is one person: affiant link propose, then affiant link person.",
        )
    derived = _derived(links, listings=listings)
    strata: dict[tuple[str, ...], list[_Listing]] = {}
    for group in _by_person(listings).values():
        values = tuple(_value(group, column=column) for column in asked.by)
        strata.setdefault(values, []).extend(group)
    cut = sorted(strata.items())
    return Counted(
        strata=tuple(
            Stratum(
                label=tuple(zip(asked.by, values, strict=True)),
                table=_table(group, names=names, derived=derived, linkage=linkage),
                left_out=left_out,
            )
            for values, group in cut
        ),
        people=tuple(
            {
                person_id: frozenset(names[one.source_id] for one in mentions)
                for person_id, mentions in _by_person(group).items()
            }
            for _, group in cut
        ),
        incidents=_incidents(links, listings=listings),
    )


def _incidents(links: Links, *, listings: Sequence[_Listing]) -> tuple[str, ...]:
    """Return the incidents that the listing claims are joined to."""
    incident_of = links.incidents.incident_of()
    told = {incident_of.get(one.row.claim_id) for one in listings}
    return tuple(sorted(incident for incident in told if incident is not None))


def _listings(links: Links, *, family: str) -> tuple[list[_Listing], tuple[str, ...]]:
    """Return who lists whom, and what was left out, in words."""
    rows = {row.claim_id: row for row in links.claims.all()}
    whose = links.sources.attributions()
    found = []
    without: Counter[str] = Counter()
    for person in links.incidents.persons():
        for claim_id, name in person.claims:
            row = rows.get(claim_id)
            if row is None or not _lists(row, name=name, family=family):
                without["mentions that do not tell of them as victims of this"] += 1
            elif row.document_id not in whose:
                without["mentions in documents that are no declared source's"] += 1
            else:
                source = whose[row.document_id].source_id
                found.append(_Listing(person_id=person.person_id, source_id=source, row=row))
    return found, tuple(f"{count} {what}" for what, count in sorted(without.items()))


def _lists(row: ClaimRow, *, name: str, family: str) -> bool:
    """Tell whether a claim says that somebody of this name was a victim of such an act."""
    claim = row.claim
    said = claim.modality in TOLD and claim.speakers[-1].stance not in NOT_ASSERTING
    return (
        row.status == "accepted"
        and said
        and claim.family == family
        and any(
            party.side == "victim" and fold(party.name) == fold(name)
            for party in claim.involvements
        )
    )


def _names(links: Links, *, listings: Sequence[_Listing], wanted: Sequence[str]) -> dict[str, str]:
    """Return source id to name of every list, in the order of their declaration."""
    present = {one.source_id for one in listings}
    names = {row.source_id: row.name for row in links.sources.all() if row.source_id in present}
    repeated = {name for name, times in Counter(names.values()).items() if times > 1}
    names = {
        source: f"{name} {source[:6]}" if name in repeated else name
        for source, name in names.items()
    }
    missing = [name for name in wanted if name not in names.values()]
    if missing:
        raise NotFoundError(
            f"no source {missing[0]!r} lists linked persons",
            remedy=f"These do: {', '.join(names.values())[:300] or 'none'}.",
        )
    if wanted:
        names = {source: name for source, name in names.items() if name in wanted}
    if len(names) > MOST_LISTS:
        raise PersonNeededError(
            f"{len(names)} sources list persons, too many to be lists of one table",
            remedy="Name those that were made to list people: --list NAME, for each.",
        )
    return names


def _derived(links: Links, *, listings: Sequence[_Listing]) -> frozenset[tuple[str, str]]:
    """Return the pairs of sources of which one has what the other said.

    So declared: a document in which the one lists somebody repeats a document of the other;
    or what both list rests on one knower, or on knowers that are dependent.
    """
    whose = {document: one.source_id for document, one in links.sources.attributions().items()}
    listing = {one.row.document_id for one in listings}
    pairs = {
        (whose[edge.document_id], whose[edge.of_document_id])
        for edge in links.sources.edges()
        if edge.kind in REPEATING and edge.document_id in listing and edge.of_document_id in whose
    }
    knower_of = links.sources.knower_of()
    dependent = {
        frozenset((left, right))
        for left, right, verdict in links.sources.dependences()
        if verdict == "dependent"
    }
    knowers: dict[str, set[str]] = {}
    for one in listings:
        if one.row.claim_id in knower_of:
            knowers.setdefault(one.source_id, set()).add(knower_of[one.row.claim_id])
    for first, second in combinations(sorted(knowers), 2):
        crossed = {frozenset((a, b)) for a in knowers[first] for b in knowers[second]}
        if any(len(pair) == 1 or pair in dependent for pair in crossed):
            pairs.add((first, second))
    return frozenset((one, other) for one, other in pairs if one != other)


def _by_person(listings: Sequence[_Listing]) -> Mapping[str, list[_Listing]]:
    groups: dict[str, list[_Listing]] = {}
    for one in listings:
        groups.setdefault(one.person_id, []).append(one)
    return groups


def _value(group: Sequence[_Listing], *, column: str) -> str:
    """Return what the lists say of a person; where they differ, that they do."""
    values = {value for one in group for value in _values(one.row, column=column)}
    if not values:
        return NOT_KNOWN
    return values.pop() if len(values) == 1 else DIFFER


def _values(row: ClaimRow, *, column: str) -> Iterator[str]:
    """Yield a claim's place (its most general part), month or act, where it has one."""
    claim = row.claim
    if column == "act":
        yield claim.act
    elif column == "place" and claim.where is not None:
        yield (claim.where.name or claim.where.words).rpartition(",")[2].strip()
    elif column == "period" and claim.when is not None and claim.when.edtf is not None:
        span = span_of(claim.when.edtf)
        if span.first is not None and span.last is not None:
            months = {f"{day.year:04}-{day.month:02}" for day in (span.first, span.last)}
            yield months.pop() if len(months) == 1 else f"{span.first.year:04}"


def _table(
    group: Sequence[_Listing],
    *,
    names: Mapping[str, str],
    derived: frozenset[tuple[str, str]],
    linkage: str,
) -> CaptureTable:
    """Count the persons of one stratum by who lists them."""
    present = {one.source_id for one in group}
    sources = [source for source in names if source in present]
    counts = [0] * 2 ** len(sources)
    for mentions in _by_person(group).values():
        on = {one.source_id for one in mentions}
        counts[sum(1 << at for at, source in enumerate(sources) if source in on)] += 1
    return CaptureTable(
        lists=tuple(names[source] for source in sources),
        counts=tuple(counts),
        derived=tuple(
            (names[one], names[other])
            for one, other in sorted(derived)
            if one in present and other in present
        ),
        linkage=linkage,
    )
