"""One bit flipped, three thousand times: whatever is recorded, it is found and named.

The quotas say how many flips each recorded column and each kind of file gets. A fifth of them
is done in an ordinary run; all with ``AFFIANT_FLIPS=all`` in the environment.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from affiant.audit import verify_case
from affiant.corroborate import numbers_of_case
from affiant.errors import AffiantError
from affiant.publish.bundle import make_bundle
from affiant.store import Surroundings, create_case, open_case
from authorities import Authorities, stamp_by_hand
from tamper import attacks
from tamper.small_case import (
    OPENER,
    SECOND,
    Builder,
    claim_in,
    counted,
    erase,
    surroundings_in,
)
from tamper.verifiers import both

SHARE = 1 if os.environ.get("AFFIANT_FLIPS") == "all" else 5

COLUMNS = {
    "entry.header": 400,
    "entry.signature": 300,
    "entry.body": 400,
    "entry.salt": 250,
    "entry.opening": 100,
    "entry.kind": 60,
    "entry.actor": 60,
    "entry.commitment": 60,
    "entry.position": 20,
    "log.case_id": 40,
    "log.size": 20,
    "log.root": 60,
    "log.peaks": 80,
    "log.note": 100,
}
CASE_FILES = {"originals": 150, "texts": 150, "log/checkpoint": 100, "log/stamps": 150}
RAW = 150
MEMBERS = {
    "data/entries.jsonl": 60,
    "data/checkpoint": 30,
    "data/numbers.json": 30,
    "data/originals/": 40,
    "data/texts/": 40,
    "data/stamps/": 60,
    "manifest-sha256.txt": 20,
    "tagmanifest-sha256.txt": 20,
    "bag-info.txt": 10,
    "bagit.txt": 10,
    "bundle.json": 10,
    "VERIFY.md": 10,
    "verify.py": 10,
}


def test_the_quotas_come_to_three_thousand():
    quotas = (*COLUMNS.values(), *CASE_FILES.values(), RAW, *MEMBERS.values())
    assert sum(quotas) == 3000
    assert {name.partition(".")[2] for name in COLUMNS if name.startswith("entry.")} == {
        *("position", "kind", "actor", "commitment", "header", "signature", "body", "salt"),
        "opening",
    }


@dataclass(frozen=True)
class Tiny:
    """A small closed case with every recorded column filled, and its bundle."""

    folder: Path
    bundle: Path
    around: Surroundings
    whole: bytes

    @property
    def database(self) -> Path:
        return self.folder / "case.db"

    def found(self) -> set[str]:
        """Verify the case; return the items that are named."""
        try:
            with open_case(self.folder, surroundings=self.around) as case:
                return {problem.item for problem in verify_case(case).problems}
        except AffiantError as problem:  # too damaged to open: what verify says then
            state = problem.problem.startswith("the log's state")
            return {"the log's state" if state else "case.db"}

    @contextmanager
    def mended(self) -> Iterator[None]:
        """Put the database back as it was, whatever was done to it meanwhile."""
        try:
            yield
        finally:
            for path in self.folder.glob("case.db*"):
                path.unlink()
            self.database.write_bytes(self.whole)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory, authorities) -> Tiny:
    folder = tmp_path_factory.mktemp("tiny")
    around = surroundings_in(folder)
    with create_case(
        folder / "case", name="Tarn", key=OPENER, person="Mira Sandor", surroundings=around
    ) as case:
        fill(Builder(case), authorities=authorities)
        numbers = [number.plain() for number in numbers_of_case(case)]
        bundle = make_bundle(case, target=folder / "b.zip", numbers=numbers).path
    made = Tiny(folder / "case", bundle, around, (folder / "case" / "case.db").read_bytes())
    assert made.found() == set()
    return made


def fill(builder: Builder, *, authorities: Authorities) -> None:
    """Record a little of everything, erase some of it, have it stamped twice."""
    case = builder.case
    with builder.as_person(OPENER):
        builder.record("key.admitted/1", key=SECOND.public, name="Teo Lindqvist", roles=[])
        text = "I counted 12 bodies at the clinic.\nThen it was dark.\n"
        source = builder.document(text, name="nurse.txt")
        builder.document("A witness whose words are erased.\n", name="secret.txt")
    with builder.as_person(SECOND):
        fields = claim_in(source, "I counted 12 bodies", counts=[counted("killed", 12, 12)])
        builder.decide("accepted", claim_id="ab" * 16, why="read it", **fields)
        incident = {"incident_id": "cd" * 16, "why": ""}
        builder.record("incident.opened/1", label="Tarn, 2031", **incident)
        builder.record("incident.joined/1", claim_ids=["ab" * 16], **incident)
    admitted, kept, read = (
        next(
            (entry.read_header().commitment, entry.fields())
            for position, _, entry in case.logbook.entries()
            if position == at
        )
        for at in (2, 5, 6)
    )
    erase(case, whole=[kept[0], read[0]], partial={admitted[0]: ("name",)})
    case.originals.path(kept[1]["digest"]).unlink()
    case.texts.path(read[1]["text"]).unlink()
    for authority in (authorities.north, authorities.south):
        stamp_by_hand(case, authority=authority, key=OPENER)


def bits(data: bytes, *, number: int, dice: Random) -> Iterator[tuple[int, bytes]]:
    """Yield places and the data with a bit flipped there."""
    for _ in range(number):
        at, bit = dice.randrange(len(data)), 1 << dice.randrange(8)
        yield at, data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_bit_of_a_recorded_value_is_found_and_named(column, tiny):
    table, _, name = column.partition(".")
    dice = Random(column)
    kept = values_of(tiny.database, table=table, name=name)
    for _ in range(COLUMNS[column] // SHARE):
        position, kind, value = dice.choice(kept)
        changed = flipped_value(value, dice=dice)
        with tiny.mended():
            set_value(tiny.database, table=table, name=name, at=position, kind=kind, value=changed)
            found = tiny.found()
        assert any(is_named(item, table=table, at=position) for item in found), (position, found)


def values_of(path: Path, *, table: str, name: str) -> list[tuple[int, str, bytes | int]]:
    """Return (position, type, value) of every value of a column that is there."""
    at = "position" if table == "entry" else "0"
    value = f"case typeof({name}) when 'integer' then {name} else cast({name} as blob) end"
    sql = f"select {at}, typeof({name}), {value} from {table} where length({name}) > 0"
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchall()


def flipped_value(value: bytes | int, *, dice: Random) -> bytes | int:
    """Return a value of which one bit is another; a place in the log stays free."""
    if isinstance(value, int):
        return value ^ (1 << dice.randrange(6, 40))
    [(_, changed)] = bits(value, number=1, dice=dice)
    return changed


def set_value(path: Path, *, table: str, name: str, at: int, kind: str, value: bytes | int) -> None:
    """Store a value of a column, of the type that it had."""
    where = "where position = :at" if table == "entry" else ""
    with closing(sqlite3.connect(path)) as db:
        db.execute("pragma synchronous = off")
        db.execute(
            f"update {table} set {name} = cast(:value as {kind}) {where}",
            {"value": value, "at": at},
        )
        db.commit()


def is_named(item: str, *, table: str, at: int) -> bool:
    """Tell whether an item is the row that was changed."""
    if table == "log":
        return item in ("the log's state", "checkpoint")
    return item == f"entry {at}" or item.startswith(f"entry {at} ")


@pytest.mark.parametrize("kind", CASE_FILES)
def test_a_bit_of_a_kept_file_is_found_and_named(kind, tiny):
    root = tiny.folder / kind
    files = [root] if root.is_file() else sorted(each for each in root.rglob("*") if each.is_file())
    assert files
    dice = Random(kind)
    for _ in range(CASE_FILES[kind] // SHARE):
        path = dice.choice(files)
        whole = path.read_bytes()
        [(at, changed)] = bits(whole, number=1, dice=dice)
        attacks.overwrite(path, data=changed)
        found = tiny.found()
        attacks.overwrite(path, data=whole)
        assert name_of(path, folder=tiny.folder) in found, (path, at, found)


def name_of(path: Path, *, folder: Path) -> str:
    """Return how a verification names a file."""
    name = path.relative_to(folder).as_posix()
    kind = {"originals": "original", "texts": "text"}.get(name.split("/")[0])
    return f"{kind} sha256:{path.parent.name}{path.name}" if kind else name


def test_a_raw_bit_of_the_database_is_found_or_changes_nothing_recorded(tiny, tmp_path):
    recorded = rows_in(tiny.whole, folder=tmp_path)
    passed = 0
    for at, changed in bits(tiny.whole, number=RAW // SHARE, dice=Random("raw")):
        with tiny.mended():
            tiny.database.write_bytes(changed)
            found = tiny.found()
        if not found:
            passed += 1
            assert rows_in(changed, folder=tmp_path) == recorded, f"byte {at} was missed"
    assert passed < RAW // SHARE


def rows_in(data: bytes, *, folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every recorded row of a database."""
    path = folder / "looked-at.db"
    path.write_bytes(data)
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as db:
        return {
            table: db.execute(f"select * from {table} order by 1").fetchall()
            for table in ("entry", "log")
        }


@pytest.mark.parametrize("kind", MEMBERS)
def test_a_bit_of_a_member_of_a_bundle_is_found_and_named_by_both(kind, tiny, tmp_path):
    members = attacks.members_in(tiny.bundle)
    dice, target = Random(kind), tmp_path / "b.zip"
    names = sorted(name for name in members if name == kind or name.startswith(kind))
    for _ in range(MEMBERS[kind] // SHARE):
        name = dice.choice(names)
        [(at, changed)] = bits(members[name], number=1, dice=dice)
        for spoil in (in_the_bytes, put_together_again):
            spoil(tiny.bundle, name=name, old=members[name], new=changed, target=target)
            code, found = both(target, pin=OPENER.public)
            assert code == 5, (name, at)
            assert is_member(name, {item for item, _ in found}), (name, at, found)


def in_the_bytes(bundle: Path, *, name: str, old: bytes, new: bytes, target: Path) -> None:
    """Change a member where it stands in the zip file; the checksum stays."""
    data = bundle.read_bytes()
    place = data.index(name.encode() + old, data.index(name.encode())) + len(name)
    target.write_bytes(data[:place] + new + data[place + len(new) :])


def put_together_again(bundle: Path, *, name: str, old: bytes, new: bytes, target: Path) -> None:
    """Change a member and write the zip file again with its checksum."""
    attacks.put_together({**attacks.members_in(bundle), name: new}, target=target)


def is_member(name: str, items: set[str]) -> bool:
    """Tell whether the member is named; a manifest may be found by what it lists."""
    return name in items or (name == "tagmanifest-sha256.txt" and bool(items))


def test_a_bit_of_the_zip_around_the_members_is_found(tiny, tmp_path):
    data, members = tiny.bundle.read_bytes(), attacks.members_in(tiny.bundle)
    inside: set[int] = set()
    place = 0
    for name in sorted(members):
        start = place + 30 + len(name)
        inside.update(range(start, start + len(members[name])))
        place = start + len(members[name])
    around = sorted(set(range(len(data))) - inside)
    dice, target = Random("zip"), tmp_path / "b.zip"
    for _ in range(200 // SHARE):
        at, bit = dice.choice(around), 1 << dice.randrange(8)
        target.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
        code, found = both(target, pin=OPENER.public)
        assert code == 5, f"byte {at}, bit {bit}"
        assert found
