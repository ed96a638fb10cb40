"""The parts of a capture that touch nothing: addresses, chunks, cookies, what a page needs."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affiant.errors import BadInputError
from affiant.preserve.capture.codes import FAILURES, TRUNCATED, FetchFailedError
from affiant.preserve.capture.cookies import Cookies
from affiant.preserve.capture.reach import is_forbidden, read_allowed
from affiant.preserve.capture.requisites import needed_by
from affiant.preserve.capture.socks import read_proxy
from affiant.preserve.capture.spool import Incoming, Spool
from affiant.preserve.capture.warc import target_uri
from affiant.preserve.capture.web_address import read_address, read_link
from affiant.preserve.capture.wire import Head, read_chunks

ORDINARY = {
    "http://example.org": "http://example.org/",
    "HTTPS://Example.ORG:443/A?b=1#c": "https://example.org/A?b=1",
    "http://example.org:8080/": "http://example.org:8080/",
    "http://example.org?q": "http://example.org/?q",
    "http://example.org/گزارش": "http://example.org/%DA%AF%D8%B2%D8%A7%D8%B1%D8%B4",
    "http://example.org/%41/../b": "http://example.org/%41/../b",
    "http://bücher.example/": "http://xn--bcher-kva.example/",
    "http://گزارش.example/": "http://xn--mgbx7b0d1b.example/",
    "http://93.184.216.34/": "http://93.184.216.34/",
    "http://[2606:4700:0:0::1111]/": "http://[2606:4700::1111]/",
}


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_address_is_read_and_spelt_in_one_way(text):
    found = read_address(text)
    if "گزارش.example" not in text:
        assert found.url == ORDINARY[text]
    assert found.url.isascii() and read_address(found.url) == found


@given(st.text(max_size=60))
def test_whatever_stands_behind_a_scheme_is_read_or_refused(text):
    try:
        found = read_address("http://" + text)
    except FetchFailedError as failure:
        assert failure.code in FAILURES
    else:
        assert found.url.isascii() and " " not in found.url
        assert read_address(found.url) == found


@given(st.ip_addresses(v=4))
def test_whatever_python_calls_private_is_forbidden(address):
    if not address.is_global or address.is_multicast:
        assert is_forbidden(address)


@given(st.ip_addresses(v=4))
def test_no_ipv6_address_that_carries_an_ipv4_address_is_reached(inner):
    number = int(inner)
    for carrier in (
        ipaddress.IPv6Address((0xFFFF << 32) | number),
        ipaddress.IPv6Address(number),
        ipaddress.IPv6Address((0x0064FF9B << 96) | number),
        ipaddress.IPv6Address((0x0064FF9B0001 << 80) | number),
        ipaddress.IPv6Address((0x2002 << 112) | (number << 80)),
        ipaddress.IPv6Address((0x20010000 << 96) | number),
        ipaddress.IPv6Address((0x20010470 << 96) | (0x00005EFE << 32) | number),
    ):
        assert is_forbidden(carrier), carrier


def test_links_are_read_as_leniently_as_browsers_read_them():
    page = read_address("https://example.org/a/b")
    assert read_link(" c d\n.png ", page=page).url == "https://example.org/a/c%20d.png"
    assert read_link("//other.example/x", page=page).url == "https://other.example/x"
    with pytest.raises(FetchFailedError):
        read_link("mailto:x@example.org", page=page)


@pytest.mark.parametrize("text", ["example.org", "10.0.0.1:0", "", "::1:x", "a"])
def test_what_is_no_network_address_cannot_be_allowed(text):
    with pytest.raises(BadInputError):
        read_allowed(text)


def test_a_proxy_is_named_by_its_address():
    assert read_proxy("socks5h://127.0.0.1:9050") == ("127.0.0.1", 9050)
    assert read_proxy("[::1]:9050") == ("::1", 9050)
    for text in (
        "tor:9050",
        "socks5://127.0.0.1:9050",
        "127.0.0.1",
        "127.0.0.1:0",
        "127.0.0.1:99999",
    ):
        with pytest.raises(BadInputError):
            read_proxy(text)


def incoming(data: bytes, sizes: list[int]) -> Incoming:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(data[at : at + size])
        at += size
    waiting = iter([piece for piece in (*pieces, data[at:]) if piece])
    return Incoming(lambda: next(waiting, b""))


@given(
    st.lists(st.binary(min_size=1, max_size=50), max_size=8),
    st.lists(st.integers(1, 40), max_size=20),
)
def test_chunks_are_read_alike_however_they_arrive(parts, sizes):
    wire = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    raw, data = bytearray(), bytearray()
    read_chunks(incoming(wire + b"more", sizes), raw=raw.extend, data=data.extend)
    assert (bytes(raw), bytes(data)) == (wire, b"".join(parts))


@given(st.binary(max_size=200), st.lists(st.integers(1, 40), max_size=20))
def test_no_body_in_chunks_is_kept_but_as_it_came(wire, sizes):
    raw = bytearray()
    try:
        read_chunks(incoming(wire, sizes), raw=raw.extend, data=lambda _: None)
    except FetchFailedError as failure:
        assert failure.code in ("chunk_broken", "body_short")
        assert bytes(raw) == wire
    assert wire.startswith(bytes(raw))


def sent_with(cookies: Cookies, url: str) -> str | None:
    return cookies.field(read_address(url))


def test_a_cookie_goes_back_to_its_host_path_and_scheme_only():
    cookies = Cookies()
    here = read_address("https://www.mill.example/a/b")
    lines = ["one=1", "two=2; Domain=mill.example; Path=/", "three=3; Secure", "four=4; Path=/a"]
    cookies.take([*lines, "five=5; Domain=example", "six=6; Domain=other.example"], address=here)
    assert sent_with(cookies, "https://www.mill.example/a") == "four=4; one=1; two=2; three=3"
    assert sent_with(cookies, "http://www.mill.example/ab") == "one=1; two=2"
    assert sent_with(cookies, "https://mill.example/") == "two=2"
    assert sent_with(cookies, "https://notmill.example/") is None
    assert sent_with(cookies, "https://other.example/") is None


@pytest.mark.parametrize(
    "page",
    [
        b"<img " * 200_000,
        b"<img src=" * 100_000,
        b"<style>" * 100_000,
        b'<img a="' * 100_000,
        b"url(" * 300_000,
        b"<p style='" + b"url(" * 200_000,
        b"\x00\xff" * 500_000,
    ],
    ids=lambda page: repr(page[:12]),
)
def test_no_page_holds_the_scanner_up(page, tmp_path):
    import time

    spool = Spool(tmp_path / "page")
    spool.write(page)
    spool.close()
    head = Head(status=200, fields=(("content-type", "text/html"),), raw=b"")
    began = time.process_time()
    list(needed_by(spool, head=head, page=read_address("http://mill.example/")))
    assert time.process_time() - began < 5


def test_every_truncated_code_is_a_failure_that_we_know():
    assert set(TRUNCATED) <= set(FAILURES)


@given(st.text())
def test_an_address_stands_on_one_line_of_a_record(text):
    assert target_uri(text).isascii() and not set(target_uri(text)) & set(" \r\n\t")
