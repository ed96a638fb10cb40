"""The connection to a case's SQLite file."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

import apsw

from affiant.errors import (
    AffiantError,
    CaseBusyError,
    CaseFormatError,
    IntegrityError,
    StorageError,
)
from affiant.log.durable import not_safe

OLDEST_SQLITE = 3_051_003
SCHEMA_VERSION = 7
OLDEST_SCHEMA = 3
_SET_VERSION = "pragma user_version = 7"
_UPGRADES = {
    4: "0004_evidence.sql",
    5: "0005_review.sql",
    6: "0006_models.sql",
    7: "0007_estimates.sql",
}
_DAMAGED = (apsw.CorruptError, apsw.NotADBError, apsw.FormatError)
_DISK = (
    apsw.FullError,
    apsw.IOError,
    apsw.ReadOnlyError,
    apsw.CantOpenError,
    apsw.PermissionsError,
)
_NOT_SAFE = (apsw.SQLITE_IOERR_FSYNC, apsw.SQLITE_IOERR_DIR_FSYNC)


class Database:
    """One connection: SQL in, rows out, SQLite's errors as ours."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    @property
    def schema(self) -> int:
        """The version of the tables; older than ours in a case that an older Affiant made."""
        [(found,)] = self._connection.execute("pragma user_version")
        return int(found)

    def upgrade(self) -> None:
        """Add the tables and columns that a newer version brings; call inside a transaction.

        The columns are of projections alone: replay them afterwards.
        """
        folder = files("affiant.store") / "schema"
        for version in range(self.schema + 1, SCHEMA_VERSION + 1):
            with translated():
                script = (folder / _UPGRADES[version]).read_text(encoding="utf-8")
                list(self._connection.execute(script))
        self.execute(_SET_VERSION)

    def execute(self, sql: str, values: Mapping[str, object] | None = None) -> list[Any]:
        """Run one statement with named values and return its rows."""
        with translated():
            return list(self._connection.execute(sql, values))

    def stream(self, sql: str, values: Mapping[str, object] | None = None) -> Iterator[Any]:
        """Run one statement and yield its rows one by one."""
        with translated():
            yield from self._connection.execute(sql, values)

    def many(self, sql: str, rows: list[dict[str, object]]) -> None:
        """Run one statement once for each row of values."""
        with translated():
            self._connection.executemany(sql, rows)

    def changes(self) -> int:
        """Return how many rows the last statement changed."""
        return int(self._connection.changes())

    def roll_back(self) -> None:
        """Give up the transaction, unless SQLite did so itself, as where the disk is full."""
        if self._connection.in_transaction:
            self.execute("rollback")

    def give_up(self) -> None:
        """Close without writing the log back, where the disk cannot be relied on any more."""
        with translated():
            self._connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            self._connection.close()

    def close(self) -> None:
        """Write the log back into the file and close.

        Closing does so by itself, but keeps silent where the disk refuses. Where somebody
        still reads, the log stays for the next one to write back.

        Raises:
            NotSafeError: The disk did not confirm what was written back.
            StorageError: The disk refused.
        """
        try:
            with translated(), suppress(apsw.BusyError, apsw.LockedError):
                if self._connection.filename and not self._connection.readonly("main"):
                    self._connection.wal_checkpoint()
        except StorageError:
            self.give_up()
            raise
        with translated():
            self._connection.close()


@contextmanager
def translated() -> Iterator[None]:
    """Turn SQLite's errors into ours.

    Raises:
        CaseBusyError: Another process holds the file.
        IntegrityError: The file is damaged.
        NotSafeError: The disk did not confirm what was written.
        StorageError: The disk is full, read-only or failing.
    """
    try:
        yield
    except (apsw.BusyError, apsw.LockedError) as problem:
        raise CaseBusyError(
            "another command is writing to this case",
            remedy="Wait until it has finished, then repeat.",
        ) from problem
    except (*_DAMAGED, UnicodeDecodeError) as problem:
        raise IntegrityError(
            f"the case's database is damaged: {type(problem).__name__}",
            remedy="Copy the folder as it is, then restore case.db from your last copy.",
        ) from problem
    except _DISK as problem:
        if getattr(problem, "extendedresult", 0) in _NOT_SAFE:
            raise not_safe() from problem
        raise StorageError(
            f"the case's database cannot be read or written: {type(problem).__name__}",
            remedy="Check space and rights of the disk that the case is on, then repeat.",
        ) from problem
    except (apsw.SQLError, apsw.ConstraintError, apsw.MismatchError) as problem:
        raise IntegrityError(
            f"the case's database has another shape than it must have: {problem}",
            remedy="Copy the folder as it is, then restore case.db from your last copy.",
        ) from problem


def open_database(path: Path, *, create: bool = False) -> Database:
    """Open a case's database for reading and writing, with full durability."""
    flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if create else 0)
    with translated():
        connection = apsw.Connection(str(path), flags=flags)
        connection.set_busy_timeout(10_000)
        for pragma in (
            "pragma journal_mode = wal",
            "pragma synchronous = full",
            "pragma secure_delete = on",
            "pragma foreign_keys = on",
            "pragma trusted_schema = off",
            "pragma cell_size_check = on",
        ):
            list(connection.execute(pragma))
    return Database(_checked(connection, fresh=create))


def open_for_reading(path: Path) -> Database:
    """Open a case's database on a medium that cannot be written.

    Raises:
        CaseFormatError: A write-ahead log lies beside it, which cannot be read back there.
    """
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        raise CaseFormatError(
            "the case was not closed before it was copied to this medium",
            remedy="Copy the folder to a disk that can be written and open it there.",
        )
    with translated():
        connection = apsw.Connection(
            f"{path.resolve().as_uri()}?immutable=1",
            flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI,
        )
    checked = _checked(connection, fresh=False)
    if Database(checked).schema == SCHEMA_VERSION:
        return Database(checked)
    with translated():
        copy = apsw.Connection(":memory:")
        with copy.backup("main", checked, "main") as work:
            work.step()
        checked.close()
    return Database(copy)


def open_scratch() -> Database:
    """Open an empty database in memory with a case's tables."""
    with translated():
        connection = apsw.Connection(":memory:")
    return Database(_checked(connection, fresh=True))


def _checked(connection: apsw.Connection, *, fresh: bool) -> apsw.Connection:
    """Refuse an SQLite that loses data and a schema that is not ours; make a fresh one."""
    try:
        if apsw.SQLITE_VERSION_NUMBER < OLDEST_SQLITE:
            raise CaseFormatError(
                f"this SQLite ({apsw.sqlite_lib_version()}) can corrupt a case",
                remedy="Install apsw-sqlite3mc 3.51.3 or later.",
            )
        with translated():
            if fresh:
                _lay_schema(connection)
            [(found,)] = connection.execute("pragma user_version")
        if not OLDEST_SCHEMA <= found <= SCHEMA_VERSION:
            raise CaseFormatError(
                f"case.db has schema {found}; this version reads up to {SCHEMA_VERSION}",
                remedy="Use the version of Affiant that made it, or a newer one.",
            )
    except AffiantError:
        connection.close()
        raise
    return connection


def schema_scripts() -> list[str]:
    """Return the numbered schema files, in order."""
    folder = files("affiant.store") / "schema"
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".sql"))
    return [(folder / name).read_text(encoding="utf-8") for name in names]


def _lay_schema(connection: apsw.Connection) -> None:
    """Create every table in one transaction."""
    with connection:
        for script in schema_scripts():
            list(connection.execute(script))
        list(
            connection.execute(
                "insert into passage_index(passage_index, rank) values('secure-delete', 1)"
            )
        )
        list(connection.execute(_SET_VERSION))
