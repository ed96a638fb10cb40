"""Admitted keys, policies, and what may be published."""

from dataclasses import dataclass
from typing import Any, Final

import msgspec

from affiant.errors import IntegrityError
from affiant.log.canon import canonical
from affiant.store.database import Database
from affiant.store.recorded import Recorded, Table

DEFAULTS: Final = {
    "reviewers_needed": "1",
    "counting_rule": "range_of_unrepeated_counts/1",
    "grading_rule": "shown_knowers/1",
    "isolation": "any",
    "countries": "",
    "blind_share": "0",
    "seeded_errors": "0",
    "settled_by": "third",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow:
    """A site that was published: its numbers and the digest of each of its files."""

    release_id: str
    folder: str
    numbers: tuple[dict[str, Any], ...]
    files: dict[str, str]
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEnd:
    """How a key ended.

    Attributes:
        how: ``rotated`` or ``revoked``.
        successor: The key that took its place, or None.
        in_doubt_since: Entries by this key from this place on are to be looked at again.
        why: In words.
    """

    how: str
    successor: str | None
    in_doubt_since: int | None
    why: str | None


class PolicyStore(Table):
    """Reads keys, policies, decisions to publish and releases."""

    _KEYS = "select public, name, position from admitted_key order by position"

    def keys(self) -> dict[str, str]:
        """Return every public key ever admitted to its name; some may have ended since."""
        return {row[0]: row[1] for row in self._db.execute(self._KEYS)}

    _ENDED = "select public, position from key_end"

    def ended_keys(self) -> dict[str, int]:
        """Return each key that was rotated or revoked, to the entry that ended it."""
        return dict(self._db.execute(self._ENDED))

    def key_ends(self) -> dict[str, KeyEnd]:
        """Return each key that was rotated or revoked, to how."""
        return {
            row[0]: KeyEnd(how=row[1], successor=row[2], in_doubt_since=row[3], why=row[4])
            for row in self._db.execute(self._ENDS)
        }

    _ENDS = "select public, how, successor, in_doubt_since, why from key_end order by position"

    _IN_DOUBT = """
        select k.public, min(e.position), max(e.position), count(*)
        from key_end k
        join entry e on e.actor = k.public and e.position >= k.in_doubt_since
        group by k.public
        order by 2
    """

    def in_doubt(self) -> list[tuple[str, int, int, int]]:
        """Return (key, first, last, how many) of entries that a revocation puts in doubt."""
        return [(row[0], row[1], row[2], row[3]) for row in self._db.execute(self._IN_DOUBT)]

    def person_of(self, public: str) -> str:
        """Return the first key of whoever holds this one: rotated keys are one person's."""
        return first_key(self._db, public=public)

    _POLICIES = "select name, value from policy"

    def policies(self) -> dict[str, str]:
        """Return every policy in force; what was not set has its default."""
        return {**DEFAULTS, **dict(self._db.execute(self._POLICIES))}

    def share(self, name: str) -> int:
        """Return a policy that is a share, in whole per cent.

        Raises:
            IntegrityError: It does not say a number from 0 to 100.
        """
        value = self.policies()[name]
        if not value.isascii() or not value.isdecimal() or int(value) > 100:
            raise IntegrityError(
                f"the policy {name} says {value!r}",
                remedy=f"Set it anew: affiant policy set {name} 0.",
            )
        return int(value)

    _PUBLICATIONS = "select item, verdict, why from publication order by position"

    def publications(self) -> dict[str, tuple[str, str]]:
        """Return item (``incident:…``, ``person:…``, ``estimate:…`` …) to (verdict, why)."""
        return {row[0]: (row[1], row[2]) for row in self._db.execute(self._PUBLICATIONS)}

    _WITHHELD = "select item from publication where verdict = 'withhold' and position > :position"

    def withheld_since(self, position: int) -> set[str]:
        """Return the items that a decision after this entry withholds."""
        return {row[0] for row in self._db.execute(self._WITHHELD, {"position": position})}

    _RELEASES = "select release_id, folder, numbers, files, position from release order by position"

    def releases(self) -> list[ReleaseRow]:
        """Return every release, oldest first."""
        return [
            ReleaseRow(
                release_id=release_id,
                folder=folder,
                numbers=tuple(msgspec.json.decode(numbers)),
                files=msgspec.json.decode(files),
                position=position,
            )
            for release_id, folder, numbers, files, position in self._db.execute(self._RELEASES)
        ]


_ADMIT = """
    insert or ignore into admitted_key (public, name, position)
    values (:public, :name, :position)
"""
_SET_POLICY = """
    insert or replace into policy (name, value, position)
    values (:name, :value, :position)
"""
_SET_PUBLICATION = """
    insert or replace into publication (item, verdict, why, position)
    values (:item, :verdict, :why, :position)
"""
_ADD_RELEASE = """
    insert into release (release_id, folder, numbers, files, position)
    values (:release_id, :folder, :numbers, :files, :position)
"""


def apply_key(db: Database, entry: Recorded) -> None:
    """Project ``key.admitted/1``; the name may have been erased, the key stays."""
    fields = entry.fields or {}
    row = {"public": fields["key"], "name": fields["name"], "position": entry.position}
    db.execute(_ADMIT, row)


_FIRST_KEY = """
    with recursive earlier(public) as (
        select :public
        union
        select e.public
        from key_end e
        join earlier on e.successor = earlier.public
    )
    select public
    from earlier
    where public not in (select successor from key_end where successor is not null)
"""


def first_key(db: Database, *, public: str) -> str:
    """Return the first of the keys that were rotated one into the other up to this one."""
    for (found,) in db.execute(_FIRST_KEY, {"public": public}):
        return str(found)
    return public


_END_KEY = """
    insert or ignore into key_end (public, how, successor, in_doubt_since, why, position)
    values (:public, :how, :successor, :in_doubt_since, :why, :position)
"""


def apply_key_end(db: Database, entry: Recorded) -> None:
    """Project ``key.rotated/1`` and ``key.revoked/1``; a key ends once, for good."""
    fields = entry.fields or {}
    rotated = entry.kind == "key.rotated/1"
    end = {
        "public": fields["old"] if rotated else fields["key"],
        "how": "rotated" if rotated else "revoked",
        "successor": fields["new"] if rotated else None,
        "in_doubt_since": fields.get("in_doubt_since") if not rotated else None,
        "why": fields["why"],
        "position": entry.position,
    }
    db.execute(_END_KEY, end)
    if rotated:
        row = {"public": fields["new"], "name": fields["name"], "position": entry.position}
        db.execute(_ADMIT, row)


_ADD_STAMP = """
    insert into stamp
        (position, size, root, authority, address, time, folder, files, verified_by)
    values
        (:position, :size, :root, :authority, :address, :time, :folder, :files, :verified_by)
"""


def apply_stamp(db: Database, entry: Recorded) -> None:
    """Project ``stamp.obtained/1``."""
    fields = entry.fields or {}
    row = {name: fields[name] for name in ("size", "root", "authority", "address", "time")}
    row["folder"] = fields["folder"]
    row["files"] = canonical(fields["files"]).decode("utf-8")
    row["verified_by"] = canonical(fields["verified_by"]).decode("utf-8")
    db.execute(_ADD_STAMP, {**row, "position": entry.position})


def apply_policy(db: Database, entry: Recorded) -> None:
    """Project ``policy.set/1``."""
    fields = entry.fields or {}
    row = {"name": fields["name"], "value": fields["value"], "position": entry.position}
    db.execute(_SET_POLICY, row)


def apply_publication(db: Database, entry: Recorded) -> None:
    """Project ``publication.decided/1``."""
    fields = entry.fields or {}
    row = {name: fields[name] for name in ("item", "verdict", "why")}
    db.execute(_SET_PUBLICATION, {**row, "position": entry.position})


def apply_release(db: Database, entry: Recorded) -> None:
    """Project ``release.made/1``."""
    fields = entry.fields or {}
    row = {
        "release_id": fields["release_id"],
        "folder": fields["folder"],
        "numbers": canonical(fields["numbers"]).decode("utf-8"),
        "files": canonical(fields["files"]).decode("utf-8"),
        "position": entry.position,
    }
    db.execute(_ADD_RELEASE, row)
