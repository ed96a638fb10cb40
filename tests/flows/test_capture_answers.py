"""Whatever a server answers: the bytes that came are kept as they came, and failures are kept."""

import gzip
import socket
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.capturing import QUICK, check_archive, run_capture
from flows.website import REQUISITES, Site, answer, certificate, running_site, serving, trap

# path: (code or None, WARC-Truncated or None)
ANSWERS = {
    "/plain": (None, None),
    "/gzip": (None, None),
    "/chunked": (None, None),
    "/until-close": (None, None),
    "/early": (None, None),
    "/surplus": (None, None),
    "/odd-head": (None, None),
    "/gone": (None, None),
    "/absent": (None, None),
    "/short": ("body_short", "disconnect"),
    "/cut-chunk": ("body_short", "disconnect"),
    "/cut-head": ("body_short", "disconnect"),
    "/half": ("connection_reset", "disconnect"),
    "/broken-chunk": ("chunk_broken", "unspecified"),
    "/two-lengths": ("head_broken", "unspecified"),
    "/not-http": ("head_broken", "unspecified"),
    "/no-status": ("head_broken", "unspecified"),
    "/huge-head": ("head_too_large", "length"),
    "/nothing": ("no_answer", None),
    "/reset": ("connection_reset", None),
    "/silent": ("silent", None),
}


@pytest.fixture
def site():
    with running_site() as running:
        yield running


def capture(site: Site, path: str, folder, **more):
    return run_capture(site.url(path), folder, allow=[site.authority], **more)


@pytest.mark.parametrize("path", ANSWERS)
def test_the_bytes_that_were_sent_are_the_bytes_that_are_kept(path, site, tmp_path):
    code, truncated = ANSWERS[path]
    run = capture(site, path, tmp_path)
    check_archive(run.path)
    assert run.outcome.code == code
    answers = run.of("response")
    sent = site.sent[path]
    if path == "/early":
        sent = sent.partition(b"\r\n\r\n")[2]
        assert run.of("metadata")[0].note["interim"] == [
            "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
        ]
    if path in ("/nothing", "/reset", "/silent"):
        assert answers == []
    else:
        [kept] = answers
        if path in ("/surplus", "/huge-head", "/not-http", "/no-status"):
            assert kept.block and sent.startswith(kept.block), "as far as it was taken"
        else:
            assert kept.block == sent
        assert kept.headers.get("WARC-Truncated") == truncated
        assert kept.headers["WARC-IP-Address"] == "127.0.0.1"
    [request] = run.of("request")
    assert request.block.startswith(f"GET {path} HTTP/1.1\r\nHost: {site.authority}\r\n".encode())
    [note] = run.of("metadata")
    assert (note.note["code"], note.note["address"]) == (code, site.url(path))


def test_what_comes_too_slowly_is_cut_off_and_what_came_is_kept(site, tmp_path):
    run = capture(site, "/drip", tmp_path, caps=replace(QUICK, total_s=1))
    assert run.outcome.code == "too_slow"
    [kept] = run.of("response")
    assert kept.headers["WARC-Truncated"] == "time"
    assert kept.block.endswith(b"...") and site.sent["/drip"].startswith(kept.block)
    check_archive(run.path)


def test_what_is_too_large_is_cut_at_the_limit(site, tmp_path):
    run = capture(site, "/big?size=1000000", tmp_path, caps=replace(QUICK, page_bytes=100_000))
    assert run.outcome.code == "too_large"
    [kept] = run.of("response")
    assert len(kept.block) == 100_000
    assert kept.headers["WARC-Truncated"] == "length"
    assert site.sent["/big?size=1000000"].startswith(kept.block)


def test_a_page_and_what_it_needs_are_fetched_once_and_nothing_else(site, tmp_path):
    run = capture(site, "/", tmp_path)
    check_archive(run.path)
    assert run.outcome.code is None
    assert sorted(site.asked) == sorted(["/", *REQUISITES])
    for path in ["/", *REQUISITES]:
        [kept] = run.of("response", ends=site.authority + path)
        assert kept.block == site.sent[path]
    notes = {each.note["address"]: each.note for each in run.of("metadata")}
    assert notes[site.url("/more.css")]["asked_by"] == site.url("/style.css")
    assert notes[site.url("/one.png")]["role"] == "requisite"
    assert {note["role"] for note in notes.values()} == {"address", "requisite"}


def test_a_compressed_page_is_looked_through_too(site, tmp_path):
    capture(site, "/gzip-page", tmp_path)
    assert site.asked == ["/gzip-page", "/one.png"]


def test_a_compression_we_do_not_undo_is_said(site, tmp_path):
    site.page("/br", answer(b"\x0b\x02\x80", "Content-Encoding: br"))
    run = capture(site, "/br", tmp_path)
    assert run.outcome.code is None
    assert [failure["code"] for failure in run.outcome.failures] == ["not_scanned"]


def test_a_compressed_bomb_costs_no_more_than_what_is_scanned(site, tmp_path):
    bomb = gzip.compress(b" " * 60_000_000, 9)
    site.page("/bomb", answer(bomb, "Content-Encoding: gzip"))
    run = capture(site, "/bomb", tmp_path)
    assert run.outcome.code is None
    assert run.of("response")[0].block == site.sent["/bomb"]


def test_no_more_files_are_fetched_than_asked_for(site, tmp_path):
    page = "".join(f"<img src=/{number}.png>" for number in range(50))
    site.page("/many", answer(page.encode()))
    run = capture(site, "/many", tmp_path, caps=replace(QUICK, requisites=5))
    assert len(site.asked) == 6
    assert run.codes == ["too_many_requisites"]
    assert capture(site, "/many", tmp_path, requisites=False).outcome.requests == 1


def test_redirects_are_followed_and_each_is_kept(site, tmp_path):
    run = capture(site, "/redirect?left=3", tmp_path)
    assert [hop["status"] for hop in run.outcome.hops] == [302, 302, 302, 200]
    assert run.outcome.final == site.url("/redirect?left=0")
    assert [each.block for each in run.of("response")] == [
        site.sent[f"/redirect?left={left}"] for left in (3, 2, 1, 0)
    ]
    assert capture(site, "/fragment", tmp_path).outcome.final == site.url("/plain")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/redirect?left=30", "too_many_redirects"),
        ("/loop", "redirect_loop"),
        ("/bad-location", "address_malformed"),
        ("/to?url=ftp://example.org/", "scheme_refused"),
    ],
)
def test_redirects_that_lead_nowhere_end(path, code, site, tmp_path):
    run = capture(site, path, tmp_path)
    assert run.outcome.code == code
    assert len(site.asked) <= QUICK.redirects + 1
    assert run.codes == [code]


def test_cookies_last_for_one_capture_and_go_back_to_who_set_them(site, tmp_path):
    with running_site(host="::1") as other:
        page = f"<img src={other.url('/one.png')}><img src=/one.png>"
        site.page("/page", answer(page.encode(), "Set-Cookie: visit=1", "Set-Cookie: s=2; Secure"))
        allow = [site.authority, other.authority]
        run = run_capture(site.url("/page"), tmp_path, allow=allow)
        assert run.outcome.code is None
        assert [head.get("Cookie") for _, head in site.heads] == [None, "visit=1"]
        assert [head.get("Cookie") for _, head in other.heads] == [None]
    assert capture(site, "/cookie", tmp_path).outcome.status == 200
    assert site.asked[-2:] == ["/cookie", "/cookie"]
    site.heads.clear()
    capture(site, "/page", tmp_path)
    assert site.heads[0][1].get("Cookie") is None


def test_requests_carry_nothing_of_this_machine(site, tmp_path, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login x password y")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    capture(site, "/plain", tmp_path, agent="Plain agent")
    [(_, fields)] = site.heads
    assert set(fields) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert fields["User-Agent"] == "Plain agent"


def test_both_clocks_are_recorded_and_neither_is_corrected(site, tmp_path):
    site.page("/", answer(b"x", "Date: Wed, 21 Oct 2015 07:28:00 GMT"))
    clocks = capture(site, "/", tmp_path).outcome.clock
    assert clocks["server"] == "Wed, 21 Oct 2015 07:28:00 GMT"
    passed = datetime.now(UTC) - datetime(2015, 10, 21, 7, 28, tzinfo=UTC)
    assert abs(clocks["host_ahead_s"] - passed / timedelta(seconds=1)) < 10
    site.page("/", answer(b"x", "Date: the day after"))
    assert capture(site, "/", tmp_path).outcome.clock["host_ahead_s"] is None
    site.page("/", answer(b"x"))
    assert capture(site, "/", tmp_path).outcome.clock is None


def test_nobody_there_and_no_such_name_are_kept_as_failures(tmp_path):
    with trap() as gone:
        address = f"{gone.host}:{gone.port}"
    run = run_capture(f"http://{address}/", tmp_path, allow=[address])
    assert run.outcome.code == "connection_refused"
    assert [each.kind for each in run.records] == ["warcinfo", "metadata"]
    check_archive(run.path)
    nowhere = run_capture("http://nowhere.example/", tmp_path, resolve=lambda *_: [])
    assert nowhere.outcome.code == "name_not_resolved"
    waiting = threading.Event()
    slow = run_capture(
        "http://slow.example/",
        tmp_path,
        resolve=lambda _: [waiting.wait(5)],
        caps=replace(QUICK, connect_s=1),
    )
    waiting.set()
    assert slow.outcome.code == "resolving_timed_out"


def test_ipv6_is_reached_where_allowed(tmp_path):
    with running_site(host="::1") as site:
        run = run_capture(site.url("/plain"), tmp_path, allow=[site.authority])
        assert run.outcome.code is None
        [kept] = run.of("response")
        assert kept.headers["WARC-IP-Address"] == "::1"
        assert kept.block == site.sent["/plain"]


def test_a_certificate_that_cannot_be_trusted_ends_it_and_is_kept(openssl, tmp_path):
    made, key = certificate(tmp_path, openssl)
    with running_site(context=serving(made, key)) as site:
        run = capture(site, "/plain", tmp_path)
        assert run.outcome.code == "certificate_not_trusted"
        assert site.asked == [], "nothing was asked of it"
        tls = run.of("metadata")[0].note["tls"]
        assert (tls["trusted"], tls["why_not"]) == (False, "signed_by_itself")
        assert tls["chain"] == [made.read_text()]
        on = capture(site, "/plain", tmp_path, insecure=True)
        assert on.outcome.code is None
        assert on.of("response")[0].block == site.sent["/plain"]
        tls = on.of("metadata")[0].note["tls"]
        assert (tls["trusted"], tls["chain"]) == (False, [made.read_text()])


def test_a_trusted_certificate_is_kept_and_holds_for_its_name_only(openssl, tmp_path, monkeypatch):
    made, key = certificate(tmp_path, openssl, name="mill.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    with running_site(context=serving(made, key)) as site:
        allow = [site.authority]
        resolve = lambda *_: ["127.0.0.1"]  # noqa: E731
        run = run_capture(
            f"https://mill.example:{site.port}/plain", tmp_path, allow=allow, resolve=resolve
        )
        assert run.outcome.code is None
        tls = run.of("metadata")[0].note["tls"]
        assert tls["trusted"] and tls["protocol"].startswith("TLSv1") and tls["cipher"]
        assert run.of("response")[0].block == site.sent["/plain"]
        other = run_capture(
            f"https://other.example:{site.port}/plain", tmp_path, allow=allow, resolve=resolve
        )
        assert other.of("metadata")[0].note["tls"]["why_not"] == "other_name"


def test_plain_http_where_encryption_was_asked_for_fails(site, tmp_path):
    run = run_capture(
        site.url("/plain").replace("http:", "https:"), tmp_path, allow=[site.authority]
    )
    assert run.outcome.code == "tls_failed"
    assert site.asked == []


class Socks:
    """A small SOCKS5 proxy that takes every name for one place."""

    def __init__(self, place, reply: int = 0) -> None:
        self.place, self.reply, self.asked = place, reply, []
        self.server = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server.getsockname()[1]}"

    def _serve(self) -> None:
        while True:
            client, _ = self.server.accept()
            threading.Thread(target=self._pass, args=(client,), daemon=True).start()

    def _pass(self, client: socket.socket) -> None:
        client.recv(3)
        client.sendall(b"\x05\x00")
        order = client.recv(300)
        self.asked.append(order)
        client.sendall(bytes((5, self.reply, 0, 1, 0, 0, 0, 0, 0, 0)))
        if self.reply:
            client.close()
            return
        server = socket.create_connection(self.place)
        for source, target in ((client, server), (server, client)):
            threading.Thread(target=self._copy, args=(source, target), daemon=True).start()

    @staticmethod
    def _copy(source: socket.socket, target: socket.socket) -> None:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


def test_through_a_proxy_the_name_is_looked_up_by_the_proxy(site, tmp_path):
    proxy = Socks((site.host, site.port))

    def never(*_: object) -> list[str]:
        raise AssertionError("a name was looked up here")

    run = run_capture("http://mill.onion/plain", tmp_path, proxy=proxy.address, resolve=never)
    assert run.outcome.code is None
    assert proxy.asked == [b"\x05\x01\x00\x03\x0amill.onion\x00\x50"]
    [kept] = run.of("response")
    assert kept.block == site.sent["/plain"]
    assert "WARC-IP-Address" not in kept.headers
    assert run.of("metadata")[0].note["proxied"] is True
    refusing = Socks((site.host, site.port), reply=5)
    run = run_capture("http://mill.onion/", tmp_path, proxy=refusing.address, resolve=never)
    assert run.outcome.code == "proxy_failed"
