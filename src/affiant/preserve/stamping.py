"""Have the log stamped: one request an authority, however much the log holds.

A stamp is over the newest checkpoint, and so over every entry before it. What an authority
does not give now is noted as owed; a later stamp of the same authority covers it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from affiant.errors import BadInputError, NoReplyError
from affiant.log.checkpoint import Checkpoint
from affiant.log.keys import SigningKey
from affiant.log.openssl import check_stamp_twice
from affiant.log.stamps import (
    CHAIN,
    CHECKPOINT,
    REPLY,
    ROOTS,
    StampFinding,
    chain_of,
    stamp_folder,
    stamp_query,
)
from affiant.log.tokens import read_reply
from affiant.preserve.query import send_query
from affiant.store.authorities import Authority
from affiant.store.case import Case
from affiant.store.objects import digest_of
from affiant.store.stamps import Owed

AUTHORITIES_WANTED: Final = 2


class Ask(Protocol):
    """Sends a query to an address and returns the reply."""

    def __call__(self, address: str, *, query: bytes) -> bytes:
        """Return whatever comes back.

        Raises:
            NoReplyError: Nothing does.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """What became of asking one authority.

    Attributes:
        authority: Its name.
        address: Where it is asked.
        status: ``stamped``; ``owed`` where it gave none; ``current`` where its last stamp
            covers everything but stamps, so that it was not asked.
        size: How many entries the stamp covers, or should.
        time: Not later than this the entries existed; None where it is owed.
        folder: Below ``log/stamps/``.
        expires: When the first certificate of its chain ends.
        verified_by: Programs that confirmed it.
        problem: Why there is none.
    """

    authority: str
    address: str
    status: str
    size: int
    time: str | None = None
    folder: str | None = None
    expires: str | None = None
    verified_by: tuple[str, ...] = ()
    problem: str | None = None


def stamp_case(
    case: Case,
    *,
    authorities: Sequence[Authority],
    key: SigningKey,
    ask: Ask = send_query,
    again: bool = False,
) -> Iterator[Stamped]:
    """Ask each authority for a stamp over the newest checkpoint, and record what comes.

    Each stamp is on the disk and recorded before the next authority is asked; one that fails
    does not keep the others from being asked.

    Args:
        case: Open for writing.
        authorities: Whom to ask.
        key: Of whoever records the stamps.
        ask: Sends a query to an address and returns the reply.
        again: Ask also where only stamps were added since the authority's last one.

    Raises:
        PersonNeededError: The key may not sign here.
        IntegrityError: The case is older than one seen before, or its checkpoint is none.
    """
    with case.writing(key):  # refuses a stranger or a rolled-back case before anybody is asked
        checkpoint = case.logbook.checkpoint()
    for authority in authorities:
        last = last_size(case, authority=authority.name)
        if not again and last is not None and case.stamps.news_since(last) == 0:
            name, address = authority.name, authority.address
            yield Stamped(authority=name, address=address, status="current", size=last)
        else:
            yield _stamp(case, checkpoint=checkpoint, authority=authority, key=key, ask=ask)


def last_size(case: Case, *, authority: str) -> int | None:
    """Return how many entries the authority's newest stamp covers, or None."""
    sizes = [row.size for row in case.stamps.all() if row.authority == authority]
    return max(sizes, default=None)


def _stamp(
    case: Case, *, checkpoint: Checkpoint, authority: Authority, key: SigningKey, ask: Ask
) -> Stamped:
    """Ask one authority; record its stamp, or that it owes one."""
    asked = Stamped(
        authority=authority.name,
        address=authority.address,
        status="owed",
        size=checkpoint.head.size,
    )
    try:
        files, finding = _obtain(checkpoint, authority=authority, ask=ask)
    except (NoReplyError, BadInputError) as problem:
        owed = replace(asked, problem=problem.problem)
        _note_owed(case, owed=owed, note=checkpoint.note)
        return owed
    folder = stamp_folder(size=checkpoint.head.size, reply=files[REPLY])
    stamped = replace(
        asked,
        status="stamped",
        time=finding.time,
        folder=folder,
        expires=finding.expires,
        verified_by=finding.verified_by,
    )
    case.stamps.keep(folder, files=files)
    with case.writing(key) as pen:
        pen.record("stamp.obtained/1", body=_body(stamped, files=files, checkpoint=checkpoint))
        case.stamps.fulfil(authority.name, size=checkpoint.head.size)
    return stamped


def _obtain(
    checkpoint: Checkpoint, *, authority: Authority, ask: Ask
) -> tuple[dict[str, bytes], StampFinding]:
    """Ask for a stamp and check it as it will be checked ever after.

    Raises:
        NoReplyError: Nobody answers.
        BadInputError: What came is no stamp over this checkpoint by a trusted authority.
    """
    note = checkpoint.note.encode("utf-8")
    query = stamp_query(note)
    reply = ask(authority.address, query=query.data)
    files = {
        CHECKPOINT: note,
        REPLY: reply,
        CHAIN: chain_of(read_reply(reply)),
        ROOTS: authority.roots,
    }
    finding = check_stamp_twice(files, nonce=query.nonce)
    if finding.holds:
        return files, finding
    why = "; ".join(flaw.detail for flaw in finding.flaws)
    raise BadInputError(
        f"its reply is refused: {why}"
        if why
        else f"its reply can be checked by OpenSSL alone: {finding.not_asked}",
        remedy="See that the roots are this authority's; or ask another one.",
    )


def _body(
    stamped: Stamped, *, files: dict[str, bytes], checkpoint: Checkpoint
) -> dict[str, object]:
    """Return the body of the entry that records a stamp."""
    return {
        "size": checkpoint.head.size,
        "root": checkpoint.head.root.hex(),
        "authority": stamped.authority,
        "address": stamped.address,
        "time": stamped.time,
        "folder": stamped.folder,
        "files": {name: digest_of(data) for name, data in files.items()},
        "verified_by": list(stamped.verified_by),
    }


def _note_owed(case: Case, *, owed: Stamped, note: str) -> None:
    """Note what an authority owes, so that it is not forgotten."""
    with case.deriving():
        case.stamps.wait(
            Owed(
                authority=owed.authority,
                size=owed.size,
                note=note,
                since=case.surroundings.clock(),
                problem=owed.problem,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A recorded stamp as it stands today.

    Attributes:
        authority: Who stamped.
        time: Not later than this the entries existed.
        covers: How many entries, from the first on.
        expires: When the first certificate of its chain ends; None where it cannot be read.
        expired: True where that moment has passed, by this computer's clock.
        renewed_by: Place in the log of a stamp that covers this one and was made before it
            expired, or None.
        verified_by: Programs that confirm it now.
        problem: Why it does not hold, or None.
        folder: Below ``log/stamps/``.
    """

    authority: str
    time: str
    covers: int
    expires: str | None
    expired: bool
    renewed_by: int | None
    verified_by: tuple[str, ...]
    problem: str | None
    folder: str


def held_stamps(case: Case) -> list[Held]:
    """Return every recorded stamp, checked now, oldest first."""
    rows = case.stamps.all()
    now = case.surroundings.clock()
    found = []
    for row in rows:
        finding = check_stamp_twice(case.stamps.read(row.folder))
        later = [
            each.position
            for each in rows
            if each.size > row.position and finding.expires and each.time <= finding.expires
        ]
        held = Held(
            authority=row.authority,
            time=row.time,
            covers=row.size,
            expires=finding.expires,
            expired=finding.expires is not None and finding.expires < now,
            renewed_by=max(later, default=None),
            verified_by=finding.verified_by,
            problem=finding.flaws[0].detail if finding.flaws else finding.not_asked,
            folder=row.folder,
        )
        found.append(held)
    return found


def state_of_stamps(case: Case) -> dict[str, object]:
    """Return what ``status`` tells of stamps: the newest, what is new since, what is owed."""
    rows = case.stamps.all()
    newest = max(rows, key=lambda row: (row.size, row.time), default=None)
    return {
        "stamps": len(rows),
        "stamped_until": newest.size if newest else 0,
        "stamped_at": newest.time if newest else None,
        "not_stamped": case.stamps.news_since(newest.size if newest else 0),
        "stamps_owed": [
            {"authority": owed.authority, "since": owed.since, "problem": owed.problem}
            for owed in case.stamps.owed()
        ],
    }
