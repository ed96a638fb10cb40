"""Replies of every kind, good and made up: what counts as a stamp, by us and by OpenSSL."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID

from affiant.errors import BadInputError
from affiant.log.openssl import check_stamp_twice
from affiant.log.stamps import (
    STAMP_FILES,
    check_stamp,
    read_roots,
    stamp_query,
)
from affiant.log.tokens import read_reply
from authorities import Authority, make_authority, pem, sent_in, stamp_files, time_in
from tamper.attacks import flipped
from tokens import number, oid, sequence, tlv, token_over

NOTE = b"affiant/case/00\n3\nroot\n\nsignature\n"
NOW = datetime.now(UTC).replace(microsecond=0)


def files_with(reply: bytes, authority: Authority, *, roots: bytes | None = None):
    return {
        "checkpoint": NOTE,
        "reply.tsr": reply,
        "chain.pem": pem(sent_in(authority)),
        "roots.pem": authority.roots if roots is None else roots,
    }


@pytest.fixture(scope="module")
def odd(tmp_path_factory) -> SimpleNamespace:
    """Authorities that must not stamp, under roots that are trusted."""
    folder: Path = tmp_path_factory.mktemp("odd")
    server = [ExtendedKeyUsageOID.SERVER_AUTH]
    stamping = [ExtendedKeyUsageOID.TIME_STAMPING]
    return SimpleNamespace(
        web=make_authority(folder / "web", name="web", purpose=server),
        both=make_authority(folder / "both", name="both", purpose=[*server, *stamping]),
        lax=make_authority(folder / "lax", name="lax", critical=False),
        plain=make_authority(folder / "plain", name="plain", purpose=None),
    )


@pytest.mark.parametrize("name", ["north", "south", "ridge"])
@pytest.mark.parametrize("algorithm", ["sha256", "sha512"])
def test_a_real_reply_holds_and_both_programs_say_so(name, algorithm, authorities):
    authority = getattr(authorities, name)
    query = stamp_query(NOTE, algorithm=algorithm)
    files = files_with(authority.reply(query.data), authority)
    finding = check_stamp_twice(files, nonce=query.nonce)
    assert finding.holds
    assert (finding.imprint, finding.signed_with) == (algorithm, "sha256")
    assert finding.time == time_in(files["reply.tsr"])
    assert finding.signer == f"CN={name} signer"
    ends = min(each.not_valid_after_utc for each in authority.certificates)
    assert finding.expires == f"{ends:%Y-%m-%dT%H:%M:%SZ}"
    wanted = ("openssl",) if name == "ridge" else ("rfc3161-client", "openssl")
    assert (finding.verified_by, finding.unsorted) == (wanted, name == "ridge")


def test_our_reading_of_a_token_is_that_of_the_bytes_we_wrote(authorities):
    at = datetime(2031, 5, 3, 10, 11, 12, 250000, tzinfo=UTC)
    query = stamp_query(NOTE)
    reply = token_over(
        NOTE, authority=authorities.south, at=at, request=query.data, hashed="sha512"
    )
    token = read_reply(reply)
    assert (token.time, token.serial, token.nonce, token.imprint) == (
        "2031-05-03T10:11:12.25Z", 77, query.nonce, "sha512"
    )  # fmt: skip
    assert token.signer == authorities.south.certificates[0]


def test_a_token_of_any_moment_of_its_certificates_holds(authorities):
    for days in (0, 30, 364):
        at = NOW + timedelta(days=days, microseconds=5000)
        reply = token_over(NOTE, authority=authorities.north, at=at)
        finding = check_stamp_twice(files_with(reply, authorities.north))
        assert finding.verified_by == ("rfc3161-client", "openssl")


def flaws(files: dict[str, bytes], **more: object) -> list[tuple[str, str]]:
    """Return what is wrong, which must be something, whoever is asked."""
    once = check_stamp(files, **more)
    twice = check_stamp_twice(files, **more)
    assert not once.holds
    assert not twice.holds
    return [(flaw.kind, flaw.detail) for flaw in twice.flaws]


def test_a_certificate_is_never_trusted_for_standing_inside_the_token(authorities):
    inside = stamp_files(NOTE, authority=authorities.rogue)
    files = {**inside, "roots.pem": authorities.north.roots}
    assert ("stranger", "CN=north signer does not lead to a trusted root") in flaws(files)
    assert check_stamp_twice(inside).holds  # consistent in itself, and so it must be
    every = [*authorities.rogue.certificates, *authorities.north.certificates]
    reply = token_over(NOTE, authority=authorities.rogue, at=NOW, certificates=every)
    stuffed = {**files, "reply.tsr": reply, "chain.pem": pem(every)}
    assert ("stranger", "CN=north signer does not lead to a trusted root") in flaws(stuffed)


def test_given_roots_count_and_the_recorded_ones_do_not(authorities):
    files = stamp_files(NOTE, authority=authorities.south)
    assert check_stamp_twice(files, roots=authorities.south.roots).holds
    assert check_stamp_twice({**files, "roots.pem": b""}, roots=authorities.south.roots).holds
    assert flaws(files, roots=authorities.north.roots)[0][0] == "stranger"


@pytest.mark.parametrize("name", ["web", "both", "lax", "plain"])
def test_a_certificate_that_is_not_for_stamps_alone_stamps_nothing(name, odd):
    """``openssl ts -reply`` refuses to sign with them; whoever holds such a key does not."""
    authority = getattr(odd, name)
    reply = token_over(NOTE, authority=authority, at=NOW)
    detail = "its signer's certificate is not one for time stamps alone, marked critical"
    assert ("stranger", detail) in flaws(files_with(reply, authority))


def test_a_signer_under_a_leaf_certificate_stamps_nothing(authorities, tmp_path):
    """A certificate that may not issue others issues one."""
    above, below = authorities.south, make_authority(tmp_path / "below", name="below")
    key = load_pem_private_key((above.folder / "signer.key").read_bytes(), password=None)
    old = below.certificates[0]
    made = x509.CertificateBuilder(
        old.subject, above.certificates[0].subject, old.public_key(), old.serial_number,
        old.not_valid_before_utc, old.not_valid_after_utc, list(old.extensions),
    ).sign(key, SHA256())  # fmt: skip
    path = [made, *above.certificates]
    (below.folder / "path.pem").write_bytes(pem(path))
    reply = token_over(NOTE, authority=below, at=NOW, certificates=path)
    files = {**files_with(reply, above), "chain.pem": pem(path)}
    assert flaws(files)


def test_what_is_wrong_with_a_token_is_said(authorities):
    north, rsa = authorities.north, authorities.north.certificates
    good = token_over(NOTE, authority=north, at=NOW)
    assert check_stamp_twice(files_with(good, north)).holds

    def of(reply: bytes) -> str:
        return "; ".join(detail for _, detail in flaws(files_with(reply, north)))

    assert "other bytes" in of(token_over(b"another", authority=north, at=NOW))
    assert "not taken for safe" in of(token_over(NOTE, authority=north, at=NOW, hashed="sha1"))
    assert "status 1" in of(token_over(NOTE, authority=north, at=NOW, status=1))
    assert "status 2" in of(token_over(NOTE, authority=north, at=NOW, status=2))
    assert "signer's certificate" in of(token_over(NOTE, authority=north, at=NOW, certificates=[]))
    assert "not valid" in of(token_over(NOTE, authority=north, at=NOW - timedelta(days=99)))
    assert "not valid" in of(token_over(NOTE, authority=north, at=NOW + timedelta(days=999)))
    assert "chain.pem" in of(token_over(NOTE, authority=north, at=NOW, certificates=rsa))
    swapped = good.replace(b"\x02\x01\x4d", b"\x02\x01\x4e")  # the number 77 is 78
    assert "refuses its signature" in of(swapped)
    assert "encoded" in of(good + b"\0")
    assert "encoded" in of(good[:-1])
    assert "encoded" in of(b"")


def test_a_nonce_is_asked_for_where_the_request_is_at_hand(authorities):
    query = stamp_query(NOTE)
    reply = token_over(NOTE, authority=authorities.south, at=NOW, request=query.data)
    files = files_with(reply, authorities.south)
    assert check_stamp(files, nonce=query.nonce).holds
    assert "nonce" in flaws(files, nonce=query.nonce + 1)[0][1]
    without = token_over(NOTE, authority=authorities.south, at=NOW)
    assert "nonce" in flaws(files_with(without, authorities.south), nonce=query.nonce)[0][1]


@pytest.mark.parametrize("name", STAMP_FILES)
def test_a_stamp_that_lacks_a_file_is_none(name, authorities):
    files = stamp_files(NOTE, authority=authorities.south)
    del files[name]
    assert flaws(files) == [("missing", f"it lacks {name}")]


def test_the_time_is_believed_only_as_it_was_signed(authorities):
    """Each byte of the signed time changed: refused, by us and by OpenSSL."""
    for authority in (authorities.north, authorities.ridge):
        files = stamp_files(NOTE, authority=authority)
        moment = f"{time_in(files['reply.tsr'])}".translate({ord(each): None for each in "-:TZ"})
        at = files["reply.tsr"].index(moment.encode() + b"Z")
        for place in range(at + 2, at + len(moment)):
            changed = {**files, "reply.tsr": flipped(files["reply.tsr"], at=place)}
            assert flaws(changed)


def test_replies_with_any_bit_changed_are_refused_or_say_the_same(authorities):
    random = Random(5)
    for authority in (authorities.north, authorities.south, authorities.ridge):
        files = stamp_files(NOTE, authority=authority)
        whole = check_stamp(files)
        for _ in range(150):
            data = bytearray(files["reply.tsr"])
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
            finding = check_stamp({**files, "reply.tsr": bytes(data)})
            if finding.verified_by:
                assert (finding.time, finding.serial) == (whole.time, whole.serial)


def test_replies_of_chance_are_refused(authorities):
    random = Random(9)
    good = stamp_files(NOTE, authority=authorities.south)
    for length in range(0, 400, 7):
        reply = random.randbytes(length)
        assert check_stamp({**good, "reply.tsr": reply}).flaws
        assert check_stamp({**good, "reply.tsr": good["reply.tsr"][:length]}).flaws
    deep = b""
    for _ in range(500):
        deep = sequence(deep)
    for odd in (deep, sequence(), sequence(number(0)), tlv(0x30, b"\x30\x84\xff\xff\xff\xff"),
                sequence(sequence(number(0)), sequence(oid("signed data"), tlv(0xA0))),
                b"\x30\x80\x00\x00", b"\x1f" * 60):  # fmt: skip
        assert check_stamp({**good, "reply.tsr": odd}).flaws


def test_a_file_of_roots_holds_roots_and_few_of_them(authorities):
    root = authorities.south.roots
    assert len(read_roots(root)) == 1
    assert len(read_roots(b"words\r\n" + root.replace(b"\n", b"\r\n"))) == 1
    for bad in (b"", b"words", pem(authorities.south.certificates[:1]), root * 21,
                root.replace(b"MII", b"MIX", 1)):  # fmt: skip
        with pytest.raises(BadInputError):
            read_roots(bad)
