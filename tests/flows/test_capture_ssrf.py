"""A capture reaches public addresses and what was allowed by name: never anything else."""

import socket
from html import escape
from urllib.parse import quote

import pytest

from affiant.preserve.capture.codes import FetchFailedError
from flows.capturing import run_capture
from flows.website import answer, running_site, trap

# PORT stands for the trap's. Every name resolves to 127.0.0.1 here: the worst case.
SPELLINGS = {
    "http://127.0.0.1:PORT/": "address_refused",
    "http://localhost:PORT/": "address_refused",
    "http://LOCALHOST:PORT/": "address_refused",
    "http://Localhost.Localdomain:PORT/": "address_refused",
    "http://anything.example:PORT/": "address_refused",
    "http://127.0.0.1.nip.example:PORT/": "address_refused",
    "http://2130706433.example:PORT/": "address_refused",
    "http://127.0.0.2:PORT/": "address_refused",
    "http://127.255.255.254:PORT/": "address_refused",
    "http://0.0.0.0:PORT/": "address_refused",
    "http://0.0.0.1:PORT/": "address_refused",
    "http://2130706433:PORT/": "address_odd",
    "http://0:PORT/": "address_odd",
    "http://127.1:PORT/": "address_odd",
    "http://127.0.1:PORT/": "address_odd",
    "http://0x7f000001:PORT/": "address_odd",
    "http://0x7f.0.0.1:PORT/": "address_odd",
    "http://0x7f.1:PORT/": "address_odd",
    "http://127.0.0.0x1:PORT/": "address_odd",
    "http://0177.0.0.1:PORT/": "address_odd",
    "http://017700000001:PORT/": "address_odd",
    "http://0177.1:PORT/": "address_odd",
    "http://127.0.0.01:PORT/": "address_odd",
    "http://0127.0.0.1:PORT/": "address_odd",
    "http://127.0.0.256:PORT/": "address_odd",
    "http://127.000.000.001:PORT/": "address_odd",
    "http://127.0.0.1.:PORT/": "address_odd",
    "http://localhost.:PORT/": "address_odd",
    "http://localhost..:PORT/": "address_odd",
    "http://.localhost:PORT/": "address_odd",
    "http://127。0。0。1:PORT/": "address_odd",
    "http://127．0．0．1:PORT/": "address_odd",
    "http://１２７.0.0.1:PORT/": "address_odd",
    "http://①②⑦.⓪.⓪.①:PORT/": "address_odd",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/": "address_odd",
    "http://ｌｏｃａｌｈｏｓｔ:PORT/": "address_odd",
    "http://local\u00adhost:PORT/": "address_odd",
    "http://local\u200bhost:PORT/": "address_odd",
    "http://١٢٧.٠.٠.١:PORT/": "address_odd",
    "http://%31%32%37.0.0.1:PORT/": "address_odd",
    "http://127.0.0.1%00.example:PORT/": "address_odd",
    "http://127.0.0.1%2f@example.org:PORT/": "address_userinfo",
    "http://example.org@127.0.0.1:PORT/": "address_userinfo",
    "http://user:word@127.0.0.1:PORT/": "address_userinfo",
    "http://127.0.0.1:PORT@example.org/": "address_userinfo",
    "http://[::1]:PORT/": "address_refused",
    "http://[0:0:0:0:0:0:0:1]:PORT/": "address_refused",
    "http://[::]:PORT/": "address_refused",
    "http://[::ffff:127.0.0.1]:PORT/": "address_refused",
    "http://[::ffff:7f00:1]:PORT/": "address_refused",
    "http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/": "address_refused",
    "http://[::127.0.0.1]:PORT/": "address_refused",
    "http://[64:ff9b::127.0.0.1]:PORT/": "address_refused",
    "http://[64:ff9b:1::7f00:1]:PORT/": "address_refused",
    "http://[2002:7f00:1::]:PORT/": "address_refused",
    "http://[2001:0:7f00:1::]:PORT/": "address_refused",
    "http://[2001:470::5efe:7f00:1]:PORT/": "address_refused",
    "http://[fe80::1]:PORT/": "address_refused",
    "http://[fec0::1]:PORT/": "address_refused",
    "http://[fd00::1]:PORT/": "address_refused",
    "http://[ff02::1]:PORT/": "address_refused",
    "http://[2001:db8::1]:PORT/": "address_refused",
    "http://[100::1]:PORT/": "address_refused",
    "http://[::1%25lo]:PORT/": "address_odd",
    "http://[::1%lo]:PORT/": "address_odd",
    "http://[127.0.0.1]:PORT/": "address_odd",
    "http://[localhost]:PORT/": "address_odd",
    "http://::1:PORT/": "address_odd",
    "http://10.0.0.1:PORT/": "address_refused",
    "http://172.16.0.1:PORT/": "address_refused",
    "http://172.31.255.255:PORT/": "address_refused",
    "http://192.168.1.1:PORT/": "address_refused",
    "http://169.254.169.254:PORT/": "address_refused",
    "http://100.64.0.1:PORT/": "address_refused",
    "http://100.100.100.200:PORT/": "address_refused",
    "http://192.0.0.192:PORT/": "address_refused",
    "http://168.63.129.16:PORT/": "address_refused",
    "http://198.18.0.1:PORT/": "address_refused",
    "http://192.0.2.1:PORT/": "address_refused",
    "http://224.0.0.1:PORT/": "address_refused",
    "http://255.255.255.255:PORT/": "address_refused",
    "http://240.0.0.1:PORT/": "address_refused",
    "http:/127.0.0.1:PORT/": "address_malformed",
    "http:127.0.0.1:PORT/": "address_malformed",
    "http:\\\\127.0.0.1:PORT\\": "address_malformed",
    "http:///127.0.0.1:PORT/": "address_malformed",
    "http://example.org\\@127.0.0.1:PORT/": "address_malformed",
    "http://127.0.0.1\t:PORT/": "address_malformed",
    "http://127.0.0.1\n:PORT/": "address_malformed",
    "http://127.0.0.1 :PORT/": "address_malformed",
    "http://127.0.0.1:PORT:80/": "address_odd",
    "http://127.0.0.1:0PORT/": "address_odd",
    "//127.0.0.1:PORT/": "address_malformed",
    "ftp://127.0.0.1:PORT/": "scheme_refused",
    "file:///etc/passwd": "scheme_refused",
    "gopher://127.0.0.1:PORT/_x": "scheme_refused",
    "dict://127.0.0.1:PORT/": "scheme_refused",
    "javascript:fetch('http://127.0.0.1:PORT/')": "scheme_refused",
    "view-source:http://127.0.0.1:PORT/": "scheme_refused",
    "https://127.0.0.1:PORT/": "address_refused",
}


def to_loopback(_host: str) -> list[str]:
    return ["127.0.0.1"]


@pytest.fixture
def forbidden():
    with trap() as caught, trap(host="::1") as sixth:
        yield caught
        assert sixth.connections == []


def test_there_are_enough_spellings():
    assert len(SPELLINGS) >= 60


def test_no_spelling_of_a_forbidden_address_is_connected_to(forbidden, tmp_path):
    for spelling, code in SPELLINGS.items():
        address = spelling.replace("PORT", str(forbidden.port))
        run = run_capture(address, tmp_path, resolve=to_loopback, ports=(forbidden.port,))
        assert (run.outcome.code, run.dialled) == (code, []), spelling
        assert run.codes == [code], "the refusal is kept as evidence"
    assert forbidden.connections == []


def test_the_trap_is_reached_where_its_address_is_allowed(forbidden, tmp_path):
    address = f"http://anything.example:{forbidden.port}/"
    allow = [f"127.0.0.1:{forbidden.port}"]
    run = run_capture(address, tmp_path, resolve=to_loopback, allow=allow)
    assert run.outcome.code in ("no_answer", "connection_reset")
    assert len(forbidden.connections) == 1


def test_no_redirect_leads_to_a_forbidden_address(forbidden, tmp_path):
    with running_site() as site:
        for spelling in SPELLINGS:
            if any(letter in spelling for letter in "\t\n"):
                continue  # a header cannot hold it
            target = spelling.replace("PORT", str(forbidden.port))
            address = site.url(f"/to?url={quote(target)}")
            resolve = to_loopback
            ports = (forbidden.port,)
            run = run_capture(
                address, tmp_path, allow=[site.authority], resolve=resolve, ports=ports
            )
            assert set(run.dialled) == {("127.0.0.1", site.port)}, spelling
            assert run.outcome.code is not None or run.outcome.status == 404, spelling
    assert forbidden.connections == []


def test_no_file_of_a_page_is_fetched_from_a_forbidden_address(forbidden, tmp_path):
    links = [text.replace("PORT", str(forbidden.port)) for text in SPELLINGS]
    page = "".join(f'<img src="{escape(link)}">' for link in links)
    style = "".join(f"p {{ background: url({link}) }}" for link in links if "'" not in link)
    with running_site() as site:
        site.page("/page", answer((page + f"<style>{style}</style>").encode()))
        run = run_capture(
            site.url("/page"),
            tmp_path,
            allow=[site.authority],
            resolve=to_loopback,
            ports=(forbidden.port,),
        )
    assert set(run.dialled) == {("127.0.0.1", site.port)}
    assert run.outcome.code is None
    assert len(run.outcome.failures) > 80
    assert forbidden.connections == []


def test_an_answer_that_changes_between_lookups_is_looked_up_once(forbidden, tmp_path):
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])
    asked = []

    def rebinding(host: str) -> list[str]:
        asked.append(host)
        return next(answers)

    with running_site() as site:
        site.page("/", answer(f'<img src="http://rebinding.example:{forbidden.port}/x">'.encode()))

        def dialler(place: tuple[str, int], *, seconds: float) -> socket.socket:
            assert place[0] == "93.184.216.34", "connected to exactly what was checked"
            return socket.create_connection(("127.0.0.1", site.port), seconds)

        run = run_capture(
            f"http://rebinding.example:{forbidden.port}/",
            tmp_path,
            resolve=rebinding,
            dialler=dialler,
            ports=(forbidden.port,),
        )
    assert run.outcome.code is None
    assert run.dialled == [("93.184.216.34", forbidden.port)]
    assert asked == ["rebinding.example", "rebinding.example"], "once for each request"
    assert [failure["code"] for failure in run.outcome.failures] == ["address_refused"]
    assert forbidden.connections == []


def test_a_name_that_moves_inside_after_a_redirect_is_refused(forbidden, tmp_path):
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    with running_site() as site:
        target = quote(f"http://rebinding.example:{forbidden.port}/again")
        run = run_capture(
            f"http://rebinding.example:{forbidden.port}/to?url={target}",
            tmp_path,
            resolve=lambda *_: next(answers),
            dialler=lambda *_, **__: socket.create_connection(("127.0.0.1", site.port), 2),
            ports=(forbidden.port,),
        )
    assert run.outcome.code == "address_refused"
    assert run.dialled == [("93.184.216.34", forbidden.port)]
    assert forbidden.connections == []


def test_of_several_addresses_only_those_that_may_be_reached_are_tried(forbidden, tmp_path):
    tried = []

    def dialler(place: tuple[str, int], **_: float) -> socket.socket:
        tried.append(place[0])
        raise ConnectionRefusedError

    found = ["127.0.0.1", "10.0.0.1", "93.184.216.34", "::1", "2606:4700::1111"]
    run = run_capture(
        "http://several.example/", tmp_path, resolve=lambda *_: found, dialler=dialler
    )
    assert tried == ["93.184.216.34", "2606:4700::1111"]
    assert run.outcome.code == "connection_refused"
    assert run.of("metadata")[0].note["found"] == found


def test_only_ordinary_ports_are_asked_unless_named(tmp_path):
    resolve = ["93.184.216.34"]
    for port in (22, 25, 6379, 11211, 65535):
        run = run_capture(f"http://public.example:{port}/", tmp_path, resolve=lambda *_: resolve)
        assert (run.outcome.code, run.dialled) == ("port_refused", [])
        literal = run_capture(f"http://93.184.216.34:{port}/", tmp_path)
        assert (literal.outcome.code, literal.dialled) == ("port_refused", [])


@pytest.mark.parametrize("allowed", ["127.0.0.1:1", "127.0.0.2", "127.0.0.128/25", "::1"])
def test_allowing_one_address_or_port_allows_no_other(allowed, forbidden, tmp_path):
    address = f"http://127.0.0.1:{forbidden.port}/"
    run = run_capture(address, tmp_path, allow=[allowed], ports=(forbidden.port,))
    assert (run.outcome.code, run.dialled) == ("address_refused", [])
    assert forbidden.connections == []


def test_a_hidden_service_is_never_looked_up_without_a_proxy(tmp_path):
    def resolve(*_: object) -> list[str]:
        raise FetchFailedError("name_not_resolved")

    run = run_capture("http://abcdefgh.onion/", tmp_path, resolve=resolve)
    assert run.outcome.code == "name_refused"


def test_local_names_and_addresses_are_not_asked_of_a_proxy(tmp_path):
    for host in (
        "localhost",
        "a.localhost",
        "printer.local",
        "x.internal",
        "127.0.0.1",
        "10.1.1.1",
    ):
        run = run_capture(f"http://{host}/", tmp_path, proxy="127.0.0.1:9")
        assert run.outcome.code in ("name_refused", "address_refused"), host
        assert run.dialled == []
