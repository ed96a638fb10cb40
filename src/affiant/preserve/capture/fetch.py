"""The capture of one address: sent on, then what the page needs, everything into one archive."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from time import monotonic
from typing import Any, Final

from affiant.preserve.capture.codes import FetchFailedError
from affiant.preserve.capture.connect import Route
from affiant.preserve.capture.cookies import Cookies
from affiant.preserve.capture.exchange import (
    Ask,
    Clock,
    Conversation,
    Exchange,
    host_clock,
    written,
)
from affiant.preserve.capture.job import TOOL, VERSION, Job, Outcome
from affiant.preserve.capture.requisites import is_page, is_style, media_type_of, needed_by
from affiant.preserve.capture.warc import Archive
from affiant.preserve.capture.web_address import WebAddress, read_address, read_link

REDIRECTS: Final = (301, 302, 303, 307, 308)
_DEEPEST: Final = 3
_MOST_FAILURES: Final = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What a capture takes from outside, so that a run can be repeated.

    Attributes:
        route: How connections are made.
        clock: The host's time.
        sleep: Waits so many seconds.
    """

    route: Route
    clock: Clock = host_clock
    sleep: Callable[[float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Needed:
    """A file that is still to be fetched."""

    address: WebAddress | str
    asked_by: str
    depth: int


@dataclass(slots=True, kw_only=True)
class _Tally:
    """What is counted on the way."""

    requests: int = 0
    answers: int = 0
    size: int = 0
    hops: list[dict[str, Any]] = field(default_factory=list)
    failures: list[dict[str, Any]] = field(default_factory=list)


class Fetch:
    """The working state of one capture."""

    def __init__(self, job: Job, *, archive: Archive, outside: Outside) -> None:
        self._job = job
        self._archive = archive
        self._outside = outside
        self._cookies = Cookies()
        self._tally = _Tally()
        self._until = monotonic() + job.manner.caps.total_s
        self._number = 0
        self._done: set[str] = set()

    @property
    def left_s(self) -> float:
        """Seconds that this capture still has."""
        return self._until - monotonic()

    def run(self) -> Outcome:
        """Fetch the address, follow where it is sent, fetch what the page needs."""
        began = self._outside.clock()
        manner = self._job.manner
        name = Path(self._job.archive).name
        self._archive.begin(name, agent=manner.agent, software=f"{TOOL} {VERSION}")
        asked: WebAddress | str
        try:
            asked = read_address(self._job.address)
        except FetchFailedError as failure:
            self._refused(self._job.address, failure=failure, why={"role": "address"})
            return self._outcome(began, last=None, code=failure.code)
        last, code = self._follow(asked, why={"role": "address", "asked_by": None})
        if code is None and manner.requisites and last.head is not None and is_page(last.head):
            self._fetch_needed(last)
        if last.answer is not None:
            last.answer.remove()
        return self._outcome(began, last=last, code=code)

    def _outcome(self, began: datetime, *, last: Exchange | None, code: str | None) -> Outcome:
        """Sum up."""
        head = last.head if last is not None else None
        tally = self._tally
        return Outcome(
            code=code,
            final=last.url if last is not None and head is not None else None,
            status=head.status if head is not None else None,
            media_type=media_type_of(head)[:100] if head is not None else None,
            began=written(began),
            ended=written(self._outside.clock()),
            hops=tuple(tally.hops),
            requests=tally.requests,
            answers=tally.answers,
            size=tally.size,
            failures=tuple(tally.failures[:_MOST_FAILURES]),
            clock=_clocks(last),
        )

    def _follow(self, address: WebAddress, *, why: dict[str, Any]) -> tuple[Exchange, str | None]:
        """Ask, and ask again wherever it is sent; return the last exchange and its failure.

        Only the last answer is still on disk then.
        """
        caps, been = self._job.manner.caps, set()
        for hop in range(caps.redirects + 1):
            been.add((address.url, self._cookies.field(address)))
            exchange = self._once(address, why={**why, "redirects": hop})
            target = _sent_on(exchange)
            if exchange.code is not None or target is None:
                return exchange, exchange.code
            why = {**why, "asked_by": address.url}
            if hop == caps.redirects:
                return exchange, self._broken_off(exchange, code="too_many_redirects", why=why)
            try:
                address = read_link(target, page=address)
            except FetchFailedError as failure:
                self._refused(target, failure=failure, why=why)
                return exchange, failure.code
            if (address.url, self._cookies.field(address)) in been:
                return exchange, self._broken_off(exchange, code="redirect_loop", why=why)
            if exchange.answer is not None:
                exchange.answer.remove()
        raise ValueError("a capture takes at least one request")

    def _broken_off(self, exchange: Exchange, *, code: str, why: dict[str, Any]) -> str:
        """Record that we were sent on and did not go; return the code."""
        self._refused(exchange.url, failure=FetchFailedError(code), why=why)
        return code

    def _refused(self, address: str, *, failure: FetchFailedError, why: dict[str, Any]) -> None:
        """Record a request that was not made."""
        exchange = Exchange(
            url=address, began=self._outside.clock(), code=failure.code, facts=failure.facts
        )
        self._archive.add(exchange, why=why)
        self._tally.requests += 1
        self._fail(address, code=failure.code, role=why["role"])

    def _once(self, address: WebAddress, *, why: dict[str, Any]) -> Exchange:
        """Make one request and record it."""
        if self._number:
            self._outside.sleep(min(self._job.manner.gap_ms / 1000, max(self.left_s, 0)))
        self._number += 1
        caps, role = self._job.manner.caps, why["role"]
        most = caps.page_bytes if role == "address" else caps.file_bytes
        ask = Ask(
            address=address,
            agent=self._job.manner.agent,
            cookie=self._cookies.field(address),
            most=max(0, min(most, caps.total_bytes - self._tally.size)),
            until=self._until,
            spool=Path(self._job.folder) / f"answer-{self._number}",
        )
        exchange = Conversation(ask, route=self._outside.route, clock=self._outside.clock).hold()
        self._archive.add(exchange, why=why)
        self._count(exchange, role=role)
        if exchange.head is not None:
            self._cookies.take(exchange.head.all("set-cookie"), address=address)
        return exchange

    def _count(self, exchange: Exchange, *, role: str) -> None:
        """Count one exchange."""
        self._tally.requests += 1
        self._tally.size += exchange.answer.size if exchange.answer is not None else 0
        if role == "address":
            status = exchange.head.status if exchange.head is not None else None
            hop = {"address": exchange.url, "status": status, "code": exchange.code}
            self._tally.hops.append({**hop, "ip": exchange.ip})
        if exchange.code is None:
            self._tally.answers += 1
        else:
            self._fail(exchange.url, code=exchange.code, role=role)

    def _fail(self, address: str, *, code: str, role: str) -> None:
        shown = address.encode("ascii", errors="backslashreplace").decode("ascii")
        self._tally.failures.append({"address": shown[:500], "code": code, "role": role})

    def _fetch_needed(self, page: Exchange) -> None:
        """Fetch what a page needs, and what its style sheets need in turn."""
        waiting = deque(self._needed(page, depth=0))
        fetched = 0
        while waiting and self.left_s > 0:
            needed = waiting.popleft()
            why = {"role": "requisite", "asked_by": needed.asked_by}
            if fetched >= self._job.manner.caps.requisites:
                failure = FetchFailedError("too_many_requisites", facts={"left": len(waiting) + 1})
                self._refused(page.url, failure=failure, why=why)
                return
            fetched += 1
            for found in self._fetch_one(needed, why=why):
                waiting.append(found)

    def _fetch_one(self, needed: _Needed, *, why: dict[str, Any]) -> list[_Needed]:
        """Fetch one file; return what it needs itself."""
        if isinstance(needed.address, str):
            self._refused(needed.address, failure=_why_refused(needed), why=why)
            return []
        exchange, code = self._follow(needed.address, why=why)
        more: list[_Needed] = []
        if code is None and exchange.head is not None and is_style(exchange.head):
            more = self._needed(exchange, depth=needed.depth + 1)
        if exchange.answer is not None:
            exchange.answer.remove()
        return more

    def _needed(self, exchange: Exchange, *, depth: int) -> list[_Needed]:
        """Return what a page or style sheet needs and was not asked for yet."""
        if exchange.answer is None or exchange.head is None or depth > _DEEPEST:
            return []
        page, found = read_address(exchange.url), []
        self._done.add(exchange.url)
        try:
            for address in needed_by(exchange.answer, head=exchange.head, page=page):
                key = address if isinstance(address, str) else address.url
                if key not in self._done:
                    self._done.add(key)
                    found.append(_Needed(address=address, asked_by=exchange.url, depth=depth))
        except FetchFailedError as failure:
            self._refused(exchange.url, failure=failure, why={"role": "requisite"})
        return found


def _why_refused(needed: _Needed) -> FetchFailedError:
    """Return why a link was no address: reading it again says so."""
    try:
        read_link(str(needed.address), page=read_address(needed.asked_by))
    except FetchFailedError as failure:
        return failure
    return FetchFailedError("address_malformed")


def _sent_on(exchange: Exchange) -> str | None:
    """Return where an answer sends us, or None."""
    head = exchange.head
    if head is None or head.status not in REDIRECTS:
        return None
    return head.one("location")


def _clocks(last: Exchange | None) -> dict[str, Any] | None:
    """Return the host's clock beside the server's: each says only what it says.

    A difference of many seconds shows that one of them was wrong, not which.
    """
    given = last.head.one("date") if last is not None and last.head is not None else None
    host = last.facts.get("host_clock") if last is not None else None
    if given is None or not isinstance(host, str):
        return None
    clocks: dict[str, Any] = {"host": host, "server": given[:60], "host_ahead_s": None}
    try:
        server = parsedate_to_datetime(given)
    except (ValueError, TypeError, IndexError, OverflowError):
        return clocks
    if server.tzinfo is None:
        server = server.replace(tzinfo=UTC)
    ours = datetime.fromisoformat(host.replace("Z", "+00:00"))
    return {**clocks, "host_ahead_s": round((ours - server).total_seconds())}
