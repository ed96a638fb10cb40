"""Nobody but the browser that was opened for it reaches the workbench.

Another user of this machine lacks the token, another page lacks the cookie and has the wrong
origin, a name that was pointed at this machine is not in the list of hosts, and what a hostile
document says is never run.
"""

import hmac
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load and run: this workbench's own files, nothing that stands in a page."""

HEADERS: Final = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
}
OPENING: Final = "/open"
SAFE: Final = frozenset({"GET", "HEAD"})
METHODS: Final = SAFE | {"POST"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What one sitting is known by; both are random and end with it.

    Attributes:
        token: Stands in the opening address, which others on this machine may catch sight of:
            it opens the workbench once.
        cookie: What the browser has from then on.
    """

    token: str
    cookie: str


class Guard:
    """Stands before every route: what does not pass gets an answer without content."""

    def __init__(self, app: ASGIApp, *, secrets: Secrets, port: int) -> None:
        self._app = app
        self._secrets = secrets
        self._opened = False
        self._cookie = f"affiant-{port}"
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if scope["type"] != "http":
            raise ValueError(f"the workbench speaks HTTP alone, not {scope['type']}")
        answer = self._answer(scope) or self._app
        await answer(scope, receive, send_guarded)

    def _answer(self, scope: Scope) -> Response | None:
        """Return an answer where the request must not reach a route."""
        headers = Headers(scope=scope)
        host, method = headers.get("host", ""), scope["method"]
        if len(headers.getlist("host")) != 1 or host not in self._hosts:
            return PlainTextResponse("This name is not the workbench's.", status_code=421)
        if method not in METHODS:
            return PlainTextResponse("Not a method of the workbench.", status_code=405)
        if headers.get("sec-fetch-site", "none") not in _sites(method):
            return PlainTextResponse("Another page asked for this.", status_code=403)
        if method not in SAFE and headers.get("origin") != f"http://{host}":
            return PlainTextResponse("Another page sent this.", status_code=403)
        if scope["path"] == OPENING and method == "GET":
            return self._open(scope)
        if not self._is_known(headers.get("cookie", "")):
            return PlainTextResponse(
                "Open the workbench by the address that 'affiant review' printed.", status_code=403
            )
        return None

    def _open(self, scope: Scope) -> Response:
        """Exchange the token of the opening address for a cookie, once, and leave that address."""
        answer = RedirectResponse("/", status_code=303)
        if self._is_known(Headers(scope=scope).get("cookie", "")):
            return answer
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if self._opened or not _same(given, expected=self._secrets.token):
            return PlainTextResponse(
                "This address opens nothing, or was used before. Run 'affiant review' again.",
                status_code=403,
            )
        self._opened = True
        answer.set_cookie(
            self._cookie, self._secrets.cookie, httponly=True, samesite="strict", path="/"
        )
        return answer

    def _is_known(self, cookies: str) -> bool:
        """Tell whether the browser has the cookie of this opening."""
        try:
            found = SimpleCookie(cookies).get(self._cookie)
        except CookieError:
            return False
        return found is not None and _same(found.value, expected=self._secrets.cookie)


def _sites(method: str) -> frozenset[str]:
    """Return from where a request may come; a browser that is told an address sends none."""
    return frozenset({"same-origin", "none"}) if method in SAFE else frozenset({"same-origin"})


def _same(given: str, *, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())
