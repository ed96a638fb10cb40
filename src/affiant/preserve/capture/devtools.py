"""A small client of Chromium's DevTools protocol, over a pipe: no port is opened for it.

Source: https://chromedevtools.github.io/devtools-protocol/; ``--remote-debugging-pipe`` reads
messages from descriptor 3 and writes them to 4, each ended by a zero byte.
"""

import json
import os
import select
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

from affiant.preserve.capture.codes import FetchFailedError

if sys.platform != "win32":
    import fcntl

_BLOCK: Final = 1 << 20
_LARGEST: Final = 384 << 20

FLAGS: Final = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--no-service-autorun",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-client-side-phishing-detection",
    "--disable-component-extensions-with-background-pages",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disk-cache-size=67108864",
    "--disable-features=AsyncDns,AutofillServerCommunication,CertificateTransparencyComponentUpdater,"
    "DialMediaRouteProvider,DnsOverHttps,InterestFeedContentSuggestions,MediaRouter,"
    "NetworkTimeServiceQuerying,OptimizationHints,Translate",
    "--deny-permission-prompts",
    "--dns-prefetch-disable",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--hide-scrollbars",
    "--lang=en",
    "--metrics-recording-only",
    "--mute-audio",
    "--password-store=basic",
    "--use-mock-keychain",
    "--window-size=1280,1024",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened in the browser.

    Attributes:
        method: What.
        fields: As the protocol has them.
        session: In which tab, frame or worker; None for the browser itself.
    """

    method: str
    fields: Mapping[str, Any]
    session: str | None


class Browser:
    """A Chromium of our own with a fresh profile, which leaves by our gate only.

    Args:
        program: Its path.
        folder: An empty folder for its profile.
        gate: Port of the gate on loopback.
        until: ``monotonic()`` seconds after which it is given up.
    """

    def __init__(self, program: str, *, folder: Path, gate: int, until: float) -> None:
        self.heard: Callable[[Event], None] = _ignored
        self._until = until
        self._number = 0
        self._buffer = bytearray()
        self._results: dict[int, Mapping[str, Any]] = {}
        self._wanted: set[int] = set()
        self._session: str | None = None
        first, self._out = os.pipe()
        self._in, second = os.pipe()
        # Above those numbers that the browser expects, so that neither takes the other's place.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (first, second)]
        try:
            self.group = _start(program, folder=folder, gate=gate, ends=(ends[0], ends[1]))
        finally:
            for end in (first, second, *ends):
                os.close(end)

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def attach(self) -> None:
        """Open an empty tab and speak to it from now on."""
        tab = self.ask("Target.createTarget", url="about:blank")["targetId"]
        found = self.ask("Target.attachToTarget", targetId=tab, flatten=True)
        self._session = str(found["sessionId"])

    def ask(self, method: str, /, **parameters: object) -> Mapping[str, Any]:
        """Have one thing done and return the answer.

        Raises:
            FetchFailedError: It refused, ended, or took too long.
        """
        number = self.tell(method, session=self._session, wanted=True, **parameters)
        while number not in self._results:
            self._hear(self._until)
        answer = self._results.pop(number)
        if "error" in answer:
            raise FetchFailedError("browser_failed", facts={"asked": method})
        result: Mapping[str, Any] = answer.get("result", {})
        return result

    def tell(
        self, method: str, *, session: str | None, wanted: bool = False, **parameters: object
    ) -> int:
        """Have one thing done without waiting for it; return its number.

        Args:
            method: What.
            session: Of which tab, frame or worker.
            wanted: Keep the answer.
            parameters: As the method takes them.
        """
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        if wanted:
            self._wanted.add(self._number)
        self._send(json.dumps(message).encode("utf-8") + b"\0")
        return self._number

    def listen(self, *, seconds: float, enough: Callable[[], bool]) -> bool:
        """Hear events until there were enough or the time is over; True where enough."""
        end = min(monotonic() + seconds, self._until)
        while not enough() and monotonic() < end:
            with suppress(TimeoutError):
                self._hear(min(end, monotonic() + 0.1), patient=True)
        return enough()

    def _send(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            _, ready, _ = select.select([], [self._out], [], max(0, self._until - monotonic()))
            if not ready:
                raise FetchFailedError("browser_timed_out")
            try:
                view = view[os.write(self._out, view[: 1 << 12]) :]
            except OSError as problem:
                raise FetchFailedError("browser_failed") from problem

    def _hear(self, until: float, *, patient: bool = False) -> None:
        """Wait for bytes and handle the messages that are whole."""
        ready, _, _ = select.select([self._in], [], [], max(0, until - monotonic()))
        if not ready:
            if patient:
                raise TimeoutError
            raise FetchFailedError("browser_timed_out")
        data = os.read(self._in, _BLOCK)
        if not data or len(self._buffer) > _LARGEST:
            raise FetchFailedError("browser_failed")
        start = len(self._buffer)
        self._buffer += data
        while (end := self._buffer.find(b"\0", start)) >= 0:
            self._handle(bytes(self._buffer[:end]))
            del self._buffer[: end + 1]
            start = 0

    def _handle(self, message: bytes) -> None:
        """Take an answer, or tell of an event."""
        try:
            found = json.loads(message)
        except ValueError as problem:
            raise FetchFailedError("browser_failed") from problem
        if "id" in found:
            if found["id"] in self._wanted:
                self._wanted.discard(found["id"])
                self._results[found["id"]] = found
        elif "method" in found:
            fields, session = found.get("params", {}), found.get("sessionId")
            self.heard(Event(method=found["method"], fields=fields, session=session))

    def end(self) -> None:
        """End the browser and every process of its group."""
        for end in (self._in, self._out):
            with suppress(OSError):
                os.close(end)
        with suppress(ProcessLookupError):
            os.killpg(self.group, signal.SIGKILL)
        for _ in range(200):
            with suppress(ChildProcessError):
                if os.waitpid(self.group, os.WNOHANG)[0] == 0:
                    sleep(0.01)
                    continue
            return


def _start(program: str, *, folder: Path, gate: int, ends: tuple[int, int]) -> int:
    """Start the browser in a process group of its own; return the group."""
    for name in ("profile", "home"):
        (folder / name).mkdir()
    arguments = [program, *FLAGS, f"--user-data-dir={folder / 'profile'}"]
    arguments += [f"--proxy-server=http://127.0.0.1:{gate}", "--proxy-bypass-list=<-loopback>"]
    arguments += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments += ["--no-sandbox"]  # Chromium's own does not start for root
    home = str(folder / "home")
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": home, "TMPDIR": home}
    environment |= {"LANG": "C.UTF-8", "TZ": "UTC", "XDG_RUNTIME_DIR": home}
    null = os.devnull
    actions: list[Any] = [
        (os.POSIX_SPAWN_OPEN, 0, null, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, null, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, null, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_DUP2, ends[0], 3),
        (os.POSIX_SPAWN_DUP2, ends[1], 4),
    ]
    try:
        return os.posix_spawn(
            program, [*arguments, "about:blank"], environment, file_actions=actions, setpgroup=0
        )
    except OSError as problem:
        raise FetchFailedError("browser_failed") from problem


def _ignored(_event: Event) -> None:
    """Hear an event and do nothing."""
