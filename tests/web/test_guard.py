"""Nobody but the browser that was opened for it reaches any route."""

import hashlib
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from affiant import web
from affiant.web.app import ROUTES
from affiant.web.guard import HEADERS, POLICY, Guard, Secrets

PORT = 4711
HOST = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HOST}"
SECRETS = Secrets(token="t" * 64, cookie="c" * 64)
COOKIE = {"cookie": f"affiant-{PORT}={'c' * 64}"}
OWN = {**COOKIE, "origin": ORIGIN, "sec-fetch-site": "same-origin"}
HTMX = "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"


def client(*routes: Route) -> TestClient:
    """A client of a guarded application whose routes answer that they were reached."""
    app = Starlette(routes=list(routes) or [Route("/x", reached, methods=["GET", "POST"])])
    guarded = Guard(app, secrets=SECRETS, port=PORT)
    return TestClient(guarded, base_url=ORIGIN, follow_redirects=False)


async def reached(request):
    return PlainTextResponse("reached")


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", COOKIE, 200),
        ("GET", {**COOKIE, "host": f"localhost:{PORT}"}, 200),
        ("GET", {**COOKIE, "sec-fetch-site": "none"}, 200),
        ("POST", OWN, 200),
        ("GET", {}, 403),
        ("GET", {"cookie": f"affiant-{PORT}={'c' * 63}"}, 403),
        ("GET", {"cookie": f"affiant-{PORT}={'t' * 64}"}, 403),
        ("GET", {"cookie": f"affiant-1={'c' * 64}"}, 403),
        ("GET", {"cookie": f"affiant-{PORT}="}, 403),
        ("GET", {**COOKIE, "host": "evil.example"}, 421),
        ("GET", {**COOKIE, "host": f"evil.example:{PORT}"}, 421),
        ("GET", {**COOKIE, "host": "127.0.0.1"}, 421),
        ("GET", {**COOKIE, "host": "127.0.0.1:1"}, 421),
        ("GET", {**COOKIE, "host": f"127.0.0.1.evil.example:{PORT}"}, 421),
        ("GET", {**COOKIE, "sec-fetch-site": "cross-site"}, 403),
        ("GET", {**COOKIE, "sec-fetch-site": "same-site"}, 403),
        ("POST", {**OWN, "cookie": ""}, 403),
        ("POST", {**COOKIE}, 403),
        ("POST", {**OWN, "origin": "null"}, 403),
        ("POST", {**OWN, "origin": "http://evil.example"}, 403),
        ("POST", {**OWN, "origin": f"https://{HOST}"}, 403),
        ("POST", {**OWN, "origin": f"http://localhost:{PORT}"}, 403),
        ("POST", {**OWN, "sec-fetch-site": "none"}, 403),
        ("POST", {**OWN, "sec-fetch-site": "cross-site"}, 403),
        ("POST", {**OWN, "sec-fetch-site": "same-site"}, 403),
        ("PUT", OWN, 405),
        ("DELETE", OWN, 405),
        ("OPTIONS", {**OWN, "access-control-request-method": "POST"}, 405),
    ],
)
def test_only_the_opened_browser_passes(method, headers, status):
    answer = client().request(method, "/x", headers=headers)
    assert answer.status_code == status
    assert (answer.text == "reached") == (status == 200)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_change_needs_a_browser_that_says_from_where_it_comes():
    silent = {key: value for key, value in OWN.items() if key != "sec-fetch-site"}
    assert client().post("/x", headers=silent).status_code == 403


def test_the_opening_address_works_once_and_leaves_the_token_behind():
    asked = client()
    first = asked.get(f"/open?token={'t' * 64}")
    assert (first.status_code, first.headers["location"]) == (303, "/")
    cookie = first.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "t" * 64 not in cookie
    asked.cookies.clear()
    assert asked.get(f"/open?token={'t' * 64}").status_code == 403
    assert asked.get("/open", headers=COOKIE).status_code == 303


@pytest.mark.parametrize("query", ["", "?token=", "?token=" + "t" * 63, "?token=" + "c" * 64])
def test_a_wrong_token_opens_nothing(query):
    answer = client().get(f"/open{query}")
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_no_route_is_reached_without_the_cookie_and_no_get_changes_anything():
    walked = 0
    for route in ROUTES:
        if isinstance(route, Mount):
            path, methods = f"{route.path}/workbench.css", {"GET"}
        else:
            path, methods = route.path, route.methods
        for method in methods:
            asked = client(*ROUTES)
            bare = {"origin": ORIGIN, "sec-fetch-site": "same-origin"}
            assert asked.request(method, path, headers=bare).status_code == 403, path
            if method == "POST":
                away = {**OWN, "origin": "http://evil.example"}
                assert asked.request(method, path, headers=away).status_code == 403, path
            walked += 1
        assert not ({"POST"} & methods and {"GET"} & methods), "one address, one way"
    assert walked > 20


def test_the_policy_runs_nothing_that_stands_in_a_page():
    assert POLICY.startswith("default-src 'none'")
    assert "unsafe" not in POLICY
    folder = Path(web.__file__).parent / "templates"
    for template in folder.glob("*.html"):
        text = template.read_text(encoding="utf-8")
        for forbidden in ("hx-on", "js:", "javascript:", " style=", "onclick", "|safe", "http://"):
            assert forbidden not in text, f"{template.name} has {forbidden}"
        assert "<script>" not in text


def test_the_vendored_script_is_the_one_that_was_looked_at():
    vendor = Path(web.__file__).parent / "static" / "vendor"
    assert {file.name for file in vendor.iterdir()} == {"htmx-4.0.1.min.js", "htmx-LICENSE.txt"}
    assert hashlib.sha256((vendor / "htmx-4.0.1.min.js").read_bytes()).hexdigest() == HTMX
