"""Clocks held against tokens: what is proven of which entries, and what contradicts it.

A host's time is a claim. The order of the log does not rest on it, so a contradiction is
shown and is no fault of the log: a clock may be wrong.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

import msgspec

from affiant.audit.report import Report
from affiant.log.tokens import instant
from affiant.log.tree import Frontier, leaf_hash
from affiant.store.stamps import StampRow

TOLERANCE: Final = timedelta(minutes=5)
MOST_NOTES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """A stamp that holds.

    Attributes:
        authority: Who made it.
        size: It covers the entries before this place.
        position: Of the entry that records it.
        time: The token's.
        said: The same, as written.
        expires: When its certificates end, or None.
        weak: Hashes in its chain that are no longer taken for safe.
    """

    authority: str
    size: int
    position: int
    time: datetime
    said: str
    expires: str | None
    weak: tuple[str, ...]

    @staticmethod
    def of(row: StampRow, *, expires: str | None, weak: tuple[str, ...]) -> "Proven":
        """Return what a checked stamp proves."""
        return Proven(
            authority=row.authority,
            size=row.size,
            position=row.position,
            time=instant(row.time),
            said=row.time,
            expires=expires,
            weak=weak,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """What the entries' headers say of time.

    Attributes:
        at: Each signer's clock, by place; None where it cannot be read.
        actors: Each signer's key.
        after: How many entries each signer had seen, where this log had them just so; else 0.
        roots: Root of the tree at each size that was asked for.
    """

    at: Sequence[datetime | None]
    actors: Sequence[str]
    after: Sequence[int]
    roots: Mapping[int, bytes]


class _After(msgspec.Struct):
    size: int
    root: str


class _Header(msgspec.Struct):
    at: str
    actor: str
    after: _After


def read_times(headers: Iterable[tuple[bytes, bytes]], *, sizes: Collection[int]) -> Clocks:
    """Go through the log once: clocks, signers, what each had seen, roots at some sizes.

    Args:
        headers: Header and signature of each entry, in order.
        sizes: At which the root is wanted; where there is none, nothing is read.
    """
    at: list[datetime | None] = []
    actors: list[str] = []
    after: list[int] = []
    roots: dict[int, bytes] = {}
    frontier = Frontier()
    seen = _After(size=0, root=frontier.root().hex())
    for header, signature in headers if sizes else ():
        found = _read_header(header)
        at.append(_clock(found.at))
        actors.append(found.actor)
        if found.after.size == frontier.size != seen.size:
            seen = _After(size=frontier.size, root=frontier.root().hex())
        after.append(found.after.size if found.after == seen else 0)
        frontier = frontier.append(leaf_hash(header + signature))
        if frontier.size in sizes:
            roots[frontier.size] = frontier.root()
    return Clocks(at=at, actors=actors, after=after, roots=roots)


def _read_header(header: bytes) -> _Header:
    """Read what is needed of a header; one that is none was a problem before."""
    try:
        return msgspec.json.decode(header, type=_Header)
    except msgspec.DecodeError:
        return _Header(at="", actor="", after=_After(size=0, root=""))


def _clock(at: str) -> datetime | None:
    try:
        return datetime.fromisoformat(at) if at.endswith("Z") else None
    except ValueError:
        return None


def note_times(report: Report, *, log: Clocks, proven: Sequence[Proven], now: str) -> None:
    """Say what the stamps prove, range by range, and what contradicts them.

    Args:
        report: The notes go in there.
        log: What the headers say.
        proven: The stamps that hold, in the order of the log.
        now: This computer's clock.
    """
    notes = [*proven_ranges(proven, size=len(log.at))]
    contradictions = [
        *_later_than_stamped(log, proven=proven),
        *_earlier_than_seen(log, proven=proven),
        *_backwards(log),
        *_between_authorities(proven),
        *_ahead_of_now(proven, now=now),
    ]
    notes += [f"contradiction: {words}" for words in contradictions]
    notes += _expiries(proven, now=now)
    report.notes.extend(notes[:MOST_NOTES])
    if len(notes) > MOST_NOTES:
        report.notes.append(f"{len(notes) - MOST_NOTES} more notes on time are not shown")


def proven_ranges(proven: Sequence[Proven], *, size: int) -> Iterator[str]:
    """Yield in words how old each range of entries is at least.

    An entry existed not later than the earliest token over any checkpoint that covers it.
    """
    start = 0
    for end in sorted({stamp.size for stamp in proven}):
        over = [stamp for stamp in proven if stamp.size >= end]
        first = min(over, key=_time)
        others = sorted({stamp.authority for stamp in over} - {first.authority})
        more = f"; covered by {', '.join(others)} too" if others else "; no other authority says so"
        yield (
            f"{_entries(start, last=end - 1)} existed not later than {first.said} "
            f"({first.authority}{more})"
        )
        start = end
    if proven and start < size:
        yield f"{_entries(start, last=size - 1)} came after the newest stamp: no token covers them"


def _entries(first: int, *, last: int) -> str:
    """Name a range of entries."""
    return f"entry {first}" if first == last else f"entries {first} to {last}"


def _runs(found: Iterable[tuple[int, Proven]]) -> Iterator[tuple[str, Proven]]:
    """Join neighbouring entries that contradict the same stamp."""
    numbered = ((place - at, place, stamp) for at, (place, stamp) in enumerate(found))
    for _, run in groupby(numbered, key=lambda item: (item[0], item[2].position)):
        members = list(run)
        yield _entries(members[0][1], last=members[-1][1]), members[0][2]


def _time(stamp: Proven) -> datetime:
    return stamp.time


def _running(stamps: Iterable[Proven], *, newest: bool) -> list[Proven]:
    """Return, for each stamp, the newest or the oldest one up to it."""
    kept: list[Proven] = []
    for stamp in stamps:
        last = kept[-1] if kept else stamp
        beats = stamp.time > last.time if newest else stamp.time < last.time
        kept.append(stamp if beats else last)
    return kept


def _later_than_stamped(log: Clocks, *, proven: Sequence[Proven]) -> Iterator[str]:
    """Yield entries whose signer's clock says later than a token that covers them."""
    by_size = sorted(proven, key=lambda stamp: stamp.size, reverse=True)
    earliest = _running(by_size, newest=False)
    below = [-stamp.size for stamp in by_size]

    def found() -> Iterator[tuple[int, Proven]]:
        for place, at in enumerate(log.at):
            covering = bisect_left(below, -place)
            if at is not None and covering and at > earliest[covering - 1].time + TOLERANCE:
                yield place, earliest[covering - 1]

    for entries, stamp in _runs(found()):
        yield (
            f"by their signers' clocks {entries} were made later than {stamp.said}, when "
            f"{stamp.authority} had stamped them already: a clock is ahead"
        )


def _earlier_than_seen(log: Clocks, *, proven: Sequence[Proven]) -> Iterator[str]:
    """Yield entries that rest on a stamp and yet claim to be older than it."""
    latest = _running(proven, newest=True)
    places = [stamp.position for stamp in proven]

    def found() -> Iterator[tuple[int, Proven]]:
        recording = {stamp.position: stamp for stamp in proven}
        for place, at in enumerate(log.at):
            seen = bisect_left(places, log.after[place])
            stamp = recording.get(place) or (latest[seen - 1] if seen else None)
            if at is not None and stamp is not None and at < stamp.time - TOLERANCE:
                yield place, stamp

    for entries, stamp in _runs(found()):
        yield (
            f"by their signers' clocks {entries} were made before {stamp.said}, and yet they rest "
            f"on the stamp that {stamp.authority} made then: a clock is behind"
        )


def _backwards(log: Clocks) -> Iterator[str]:
    """Yield where a signer's clock ran backwards between an entry and one made after it.

    The later one's header names a state of the log that holds the earlier one.
    """
    places: dict[str, list[int]] = {}
    told: set[tuple[int, int]] = set()
    for place, at in enumerate(log.at):
        mine = places.setdefault(log.actors[place], [])
        before = bisect_right(mine, log.after[place] - 1)
        earlier = log.at[mine[before - 1]] if before else None
        if at is not None and earlier is not None and at < earlier - TOLERANCE:
            step = (mine[before - 1], log.after[place])
            if step not in told:
                told.add(step)
                yield (
                    f"the clock of {log.actors[place][:16]}… ran backwards from entry {step[0]} "
                    f"({earlier:%Y-%m-%dT%H:%M:%SZ}) to entry {place} ({at:%Y-%m-%dT%H:%M:%SZ})"
                )
        mine.append(place)


def _between_authorities(proven: Sequence[Proven]) -> Iterator[str]:
    """Yield where two authorities' tokens cannot both be right."""
    for number, stamp in enumerate(proven):
        for other in proven[:number]:
            apart = abs(stamp.time - other.time)
            together = stamp.size == other.size and stamp.authority != other.authority
            reversed_ = stamp.size > other.position and stamp.time < other.time
            if apart > TOLERANCE and (together or reversed_):
                yield (
                    f"{other.authority} says {other.said} (entry {other.position}) and "
                    f"{stamp.authority} says {stamp.said} (entry {stamp.position}), made "
                    f"{'over the same checkpoint' if together else 'after it'}"
                )
                break


def _ahead_of_now(proven: Sequence[Proven], *, now: str) -> Iterator[str]:
    """Yield where this computer's clock is behind the newest token."""
    newest = max(proven, key=_time, default=None)
    clock = _clock(now)
    if newest is not None and clock is not None and newest.time > clock + TOLERANCE:
        yield f"this computer's clock says {now}, before the token of {newest.said}"


def _expiries(proven: Sequence[Proven], *, now: str) -> Iterator[str]:
    """Yield stamps whose certificates have ended without a newer stamp over them, and weak ones."""
    for stamp in proven:
        ended = stamp.expires is not None and stamp.expires < now
        covered = any(
            other.size > stamp.position and stamp.expires and other.said <= stamp.expires
            for other in proven
        )
        if ended and not covered:
            yield (
                f"the certificates behind {stamp.authority}'s stamp of {stamp.said} ended "
                f"{stamp.expires}; no newer stamp made before covers it: affiant stamp --renew "
                "does it for those that have not ended"
            )
        if stamp.weak:
            yield f"{stamp.authority}'s stamp of {stamp.said} rests on {', '.join(stamp.weak)}"
