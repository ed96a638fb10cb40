"""The page as a browser shows it: a picture, a print, its elements after scripts, and a log.

What the browser fetches is not kept byte for byte; its requests are listed. The bytes that are
kept are those of our own exchanges, made just before.
"""

import base64
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Final

from affiant.preserve.capture.codes import FetchFailedError
from affiant.preserve.capture.devtools import Browser, Event
from affiant.preserve.capture.gate import Gate

_LOAD_S: Final = 45.0
_QUIET_S: Final = 0.7
_SETTLE_S: Final = 8.0
_TALLEST: Final = 16_000
_WIDEST: Final = 4_000
_MOST_LOGGED: Final = 5_000
_LONGEST: Final = 4_000
_ATTACH: Final[Mapping[str, bool]] = {
    "autoAttach": True,
    "waitForDebuggerOnStart": True,
    "flatten": True,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit to make.

    Attributes:
        url: The address.
        program: The browser's path.
        folder: An empty folder for it.
        until: ``monotonic()`` seconds at which to give up.
        insecure: Go on where a certificate cannot be trusted.
    """

    url: str
    program: str
    folder: Path
    until: float
    insecure: bool


class Watch:
    """What is heard of a page: its requests, what failed, what scripts wrote to the console.

    Args:
        asks: Is told every address that the page asks for, just before it does.
    """

    def __init__(self, asks: Callable[[str], None]) -> None:
        self._asks = asks
        self.loaded = False
        self.requests: dict[str, dict[str, Any]] = {}
        self.console: list[dict[str, Any]] = []
        self.dropped = 0
        self.dialogs = 0
        self._open: set[str] = set()
        self._last = monotonic()

    @property
    def quiet(self) -> bool:
        """True when nothing has been under way for a while."""
        return not self._open and monotonic() - self._last > _QUIET_S

    def hear(self, event: Event) -> None:
        """Take one event."""
        method, fields = event.method, event.fields
        if method == "Page.loadEventFired":
            self.loaded = True
        elif method == "Page.javascriptDialogOpening":
            self.dialogs += 1
        elif method.startswith("Network."):
            self._hear_network(method, fields=fields)
        elif method in ("Runtime.consoleAPICalled", "Log.entryAdded", "Runtime.exceptionThrown"):
            self._hear_console(method, fields=fields)

    def _hear_network(self, method: str, *, fields: Mapping[str, Any]) -> None:
        """Take an event of a request."""
        key = str(fields.get("requestId", ""))
        self._last = monotonic()
        if method == "Network.requestWillBeSent":
            self._begin(key, fields=fields)
        elif method == "Network.webSocketCreated":
            self._begin(key, fields={**fields, "request": fields, "type": "WebSocket"})
            self._open.discard(key)  # it may stay open for ever
        elif method == "Network.responseReceived" and key in self.requests:
            answer = fields.get("response", {})
            self.requests[key]["status"] = answer.get("status")
            self.requests[key]["media_type"] = str(answer.get("mimeType", ""))[:100]
        elif method in ("Network.loadingFinished", "Network.loadingFailed"):
            self._open.discard(key)
            if key in self.requests and method == "Network.loadingFailed":
                self.requests[key]["failed"] = str(fields.get("errorText", ""))[:200]

    def _begin(self, key: str, *, fields: Mapping[str, Any]) -> None:
        """Note a request; one that is sent on keeps its number and gets another line."""
        request = fields.get("request", {})
        self._asks(str(request.get("url", "")))
        if len(self.requests) >= _MOST_LOGGED:
            self.dropped += 1
            return
        if key in self.requests:
            self.requests[f"{key}#{len(self.requests)}"] = self.requests.pop(key)
        self._open.add(key)
        self.requests[key] = {
            "address": str(request.get("url", ""))[:_LONGEST],
            "method": str(request.get("method", "GET"))[:20],
            "kind": str(fields.get("type", ""))[:40],
        }

    def _hear_console(self, method: str, *, fields: Mapping[str, Any]) -> None:
        """Take a line of the console."""
        if len(self.console) >= _MOST_LOGGED:
            self.dropped += 1
            return
        entry = fields.get("entry", {})
        words = [
            str(each.get("value", each.get("description", ""))) for each in fields.get("args", [])
        ]
        thrown = fields.get("exceptionDetails", {})
        text = str(entry.get("text") or thrown.get("text") or " ".join(words))
        level = str(entry.get("level") or fields.get("type") or "error")
        self.console.append({"level": level[:20], "text": text[:_LONGEST], "from": method})


class Seen:
    """What a visit gave; each thing is there or not, whatever came after it."""

    def __init__(self, watch: Watch) -> None:
        self.version: str | None = None
        self.code: str | None = None
        self.files: dict[str, bytes | Path] = {}
        self.watch = watch

    def log(self, *, refused: list[dict[str, Any]]) -> bytes:
        """Return the log as JSON."""
        fields = {
            "kind": "affiant_browser_log/1",
            "browser": self.version,
            "code": self.code,
            "loaded": self.watch.loaded,
            "dialogs": self.watch.dialogs,
            "requests": list(self.watch.requests.values()),
            "refused_by_gate": refused,
            "console": self.watch.console,
            "dropped": self.watch.dropped,
        }
        return json.dumps(fields, ensure_ascii=True, indent=1).encode("ascii")


def visit(plan: Visit, *, gate: Gate, started: Callable[[int], None]) -> Seen:
    """Look at a page with a browser; what fails is said by a code, what was had is kept.

    Args:
        plan: Where and how.
        gate: The browser's way out.
        started: Is told the process group of the browser.
    """
    seen = Seen(Watch(gate.announce))
    try:
        with Browser(plan.program, folder=plan.folder, gate=gate.port, until=plan.until) as browser:
            started(browser.group)
            browser.heard = _listener(browser, watch=seen.watch)
            seen.version = str(browser.ask("Browser.getVersion").get("product", ""))[:100]
            _open(browser, plan=plan, seen=seen)
            _take(browser, seen=seen, folder=plan.folder)
    except FetchFailedError as failure:
        seen.code = failure.code
    return seen


def _open(browser: Browser, *, plan: Visit, seen: Seen) -> None:
    """Go to the page and wait until it is there and quiet, but not for ever."""
    with suppress(FetchFailedError):
        browser.ask("Browser.setDownloadBehavior", behavior="deny")
    browser.attach()
    for domain in ("Page", "Network", "Runtime", "Log"):
        browser.ask(f"{domain}.enable")
    browser.ask("Target.setAutoAttach", **_ATTACH)
    browser.ask("Security.setIgnoreCertificateErrors", ignore=plan.insecure)
    gone = browser.ask("Page.navigate", url=plan.url)
    if gone.get("errorText"):
        raise FetchFailedError("browser_page_failed")
    browser.listen(seconds=_LOAD_S, enough=lambda: seen.watch.loaded)
    browser.listen(seconds=_SETTLE_S, enough=lambda: seen.watch.quiet)


def _listener(browser: Browser, *, watch: Watch) -> Callable[[Event], None]:
    """Return what hears the browser: frames and workers are watched, dialogs are closed.

    A frame or worker of another site is a thing of its own; it waits until it is watched.
    """

    def hear(event: Event) -> None:
        if event.method == "Target.attachedToTarget":
            inner = str(event.fields["sessionId"])
            browser.tell("Network.enable", session=inner)
            browser.tell("Target.setAutoAttach", session=inner, **_ATTACH)
            browser.tell("Runtime.runIfWaitingForDebugger", session=inner)
        elif event.method == "Page.javascriptDialogOpening":
            browser.tell("Page.handleJavaScriptDialog", session=event.session, accept=False)
        watch.hear(event)

    return hear


def _take(browser: Browser, *, seen: Seen, folder: Path) -> None:
    """Take elements, picture and print, in this order."""
    root = browser.ask("DOM.getDocument", depth=0)["root"]["nodeId"]
    dom = str(browser.ask("DOM.getOuterHTML", nodeId=root)["outerHTML"])
    seen.files["dom"] = dom.encode("utf-8", errors="surrogatepass")
    size = browser.ask("Page.getLayoutMetrics")["cssContentSize"]
    clip = {
        "x": 0,
        "y": 0,
        "width": max(1, min(size["width"], _WIDEST)),
        "height": max(1, min(size["height"], _TALLEST)),
        "scale": 1,
    }
    shot = browser.ask(
        "Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip
    )
    seen.files["screenshot"] = base64.b64decode(shot["data"])
    printed = browser.ask("Page.printToPDF", printBackground=True, transferMode="ReturnAsStream")
    seen.files["pdf"] = _streamed(browser, handle=printed["stream"], target=folder / "page.pdf")


def _streamed(browser: Browser, *, handle: str, target: Path) -> Path:
    """Write a stream of the browser to a file, piece by piece."""
    with target.open("wb") as file:
        while True:
            piece = browser.ask("IO.read", handle=handle, size=1 << 20)
            data = str(piece.get("data", ""))
            encoded = bool(piece.get("base64Encoded"))
            file.write(base64.b64decode(data) if encoded else data.encode("utf-8"))
            if piece.get("eof"):
                return target
