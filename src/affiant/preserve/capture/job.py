"""What the fetch worker is asked for, what it may spend on it, and what it answers."""

from dataclasses import dataclass, field
from typing import Any, Final

AGENT: Final = "Mozilla/5.0 (compatible; Affiant; preserving evidence)"
TOOL: Final = "affiant.capture"
VERSION: Final = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """What a capture may take at most.

    Attributes:
        connect_s: Seconds to connect to one network address, and to look a name up.
        silence_s: Seconds in which a server may send nothing.
        total_s: Seconds for everything that belongs to one address.
        page_bytes: Of the answer to the address itself.
        file_bytes: Of the answer for each file that the page needs.
        total_bytes: Of all answers to one capture.
        head_bytes: Of the head of an answer.
        redirects: How often one request may be sent on.
        requisites: How many files that the page needs are fetched.
    """

    connect_s: int = 15
    silence_s: int = 30
    total_s: int = 600
    page_bytes: int = 1 << 30
    file_bytes: int = 256 << 20
    total_bytes: int = 2 << 30
    head_bytes: int = 256 << 10
    redirects: int = 10
    requisites: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How addresses are captured; recorded with each capture.

    Attributes:
        allow: Network addresses beyond the public ones, as the user named them.
        ports: Ports beyond the ordinary ones.
        proxy: A SOCKS5 proxy that looks names up too, ``HOST:PORT``, or None.
        insecure: Go on where a certificate cannot be trusted; it is recorded either way.
        requisites: Fetch the files that the page needs to be shown.
        browser: Path of a Chromium, or None.
        agent: What the requests say they come from.
        gap_ms: Milliseconds between the requests of one capture.
        caps: What it may take at most.
    """

    allow: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    proxy: str | None = None
    insecure: bool = False
    requisites: bool = True
    browser: str | None = None
    agent: str = AGENT
    gap_ms: int = 100
    caps: Caps = field(default_factory=Caps)

    def plain(self) -> dict[str, Any]:
        """Return what is recorded of it; where the browser stands is this machine's affair."""
        caps = {name: getattr(self.caps, name) for name in Caps.__slots__}
        return {
            "allow": list(self.allow),
            "ports": list(self.ports),
            "proxy": self.proxy,
            "insecure": self.insecure,
            "requisites": self.requisites,
            "browser": self.browser is not None,
            "agent": self.agent,
            "gap_ms": self.gap_ms,
            "robots": "not obeyed",
            "caps": caps,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One address for the worker.

    Attributes:
        address: As the user gave it.
        archive: The WARC file to write.
        folder: An empty folder for what is written on the way.
        manner: How.
    """

    address: str
    archive: str
    folder: str
    manner: Manner


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one address.

    Attributes:
        code: Why nothing was had of the address itself, or None.
        final: Where it was answered from in the end, or None.
        status: Of the last answer, or None.
        media_type: As the server named it, or None.
        began: The host's clock, UTC.
        ended: The host's clock, UTC.
        hops: Each request for the address itself: ``address``, ``status``, ``code``.
        requests: How many were made or refused.
        answers: How many came whole.
        size: Bytes of all answers as they came.
        failures: Each failed request: ``address`` and ``code``.
        clock: The host's clock beside the server's ``Date``, or None.
        browser: What the browser did: ``version``, ``kept``, ``code``; or None.
    """

    code: str | None
    final: str | None = None
    status: int | None = None
    media_type: str | None = None
    began: str
    ended: str
    hops: tuple[dict[str, Any], ...] = ()
    requests: int = 0
    answers: int = 0
    size: int = 0
    failures: tuple[dict[str, Any], ...] = ()
    clock: dict[str, Any] | None = None
    browser: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A message from the worker to who started it.

    Attributes:
        written: The archive is whole up to this byte.
        group: A process group that was started, to be ended with the worker.
        folder: A folder that was made, to be removed with the worker.
        outcome: Set in the last message of a job.
    """

    written: int = 0
    group: int | None = None
    folder: str | None = None
    outcome: Outcome | None = None
