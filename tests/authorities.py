"""Time-stamp authorities on this machine: real ones, made with ``openssl ts``, and bad ones.

An :class:`Authority` is a root, a signer's certificate under it and ``openssl ts -reply``; behind
:class:`Answering` it answers over HTTP on the loopback. :func:`stamp_by_hand` stamps a case
without the product's own code, so that a verifier can be tried on what it did not make itself.
"""

import re
import subprocess
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import sleep

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from affiant.log.keys import SigningKey
from affiant.store import Case
from programs import path_of, sentence
from tamper.small_case import OPENER, build_case

POLICY = "1.3.6.1.4.1.55555.7"
YEAR = timedelta(days=365)
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(kw_only=True)
class Authority:
    """One time-stamp authority.

    Attributes:
        name: What a case calls it.
        folder: Its keys, certificates and configuration.
        address: Where it answers; empty while no server is up.
        asked: Every request that was answered, so that they can be counted.
    """

    name: str
    folder: Path
    address: str = ""
    asked: list[bytes] = field(default_factory=list)
    turn: threading.Lock = field(default_factory=threading.Lock)

    @property
    def roots_path(self) -> Path:
        """The certificate that a user is asked to trust, PEM."""
        return self.folder / "root.pem"

    @property
    def roots(self) -> bytes:
        """The bytes of that file."""
        return self.roots_path.read_bytes()

    @property
    def certificates(self) -> list[x509.Certificate]:
        """Signer, then whatever stands between it and the root, then the root."""
        return x509.load_pem_x509_certificates((self.folder / "path.pem").read_bytes())

    def reply(self, request: bytes) -> bytes:
        """Answer a request as the authority does: the DER bytes of the whole response."""
        with self.turn:
            self.asked.append(request)
            (self.folder / "request.tsq").write_bytes(request)
            subprocess.run(
                [openssl_path(), "ts", "-reply", "-config", "ts.cnf", "-section", "authority",
                 "-queryfile", "request.tsq", "-out", "reply.tsr"],
                cwd=self.folder, capture_output=True, check=True,
            )  # fmt: skip
            return (self.folder / "reply.tsr").read_bytes()


@cache
def openssl_path() -> str:
    """Return where openssl stands; skip the test where it is not installed."""
    found = path_of("openssl")
    if found is None:
        pytest.skip(sentence("openssl"))
    return found


# Certificates


def new_private_key(kind: str) -> Key:
    """Make a key: ``rsa`` (2048 bits) or ``ec`` (P-256)."""
    if kind == "rsa":
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ec.generate_private_key(ec.SECP256R1())


def make_authority(
    folder: Path,
    *,
    name: str,
    kind: str = "ec",
    root_kind: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    purpose: Sequence[x509.ObjectIdentifier] | None = (ExtendedKeyUsageOID.TIME_STAMPING,),
    critical: bool = True,
    between: bool = True,
    sends: str = "sorted",
) -> Authority:
    """Make an authority's root, intermediate and signer, and its configuration for openssl.

    Args:
        folder: New; everything lies there.
        name: What a case calls it.
        kind: Of the signer's key: ``rsa`` or ``ec``.
        root_kind: Of the other keys; as the signer's where not given.
        since: From when all its certificates are valid; since yesterday where not given.
        until: When the signer's certificate ends; in a year where not given.
        purpose: Extended key usages of the signer; None for no such extension.
        critical: Whether they are marked critical, as RFC 3161 demands.
        between: Whether an intermediate stands between root and signer.
        sends: ``sorted`` or ``unsorted``: how the set of certificates goes out.
    """
    folder.mkdir(parents=True)
    now = datetime.now(UTC).replace(microsecond=0)
    begin = since or now - timedelta(days=1)
    root_key, middle_key = (new_private_key(root_kind or kind) for _ in range(2))
    signer_key = new_private_key(kind)
    root = _certificate(f"{name} root", root_key, None, root_key, (begin, now + 10 * YEAR), _CA)
    path = [root]
    issuer_key: Key = root_key
    if between:
        span = (begin, now + 5 * YEAR)
        path.insert(0, _certificate(f"{name} middle", middle_key, root, root_key, span, _CA))
        issuer_key = middle_key
    usage = _Usage(purpose=purpose, critical=critical)
    span = (begin, until or now + YEAR)
    signer = _certificate(f"{name} signer", signer_key, path[0], issuer_key, span, usage)
    path.insert(0, signer)
    _write(folder, path=path, key=signer_key, sends=sends)
    return Authority(name=name, folder=folder)


@dataclass(frozen=True)
class _Usage:
    purpose: Sequence[x509.ObjectIdentifier] | None
    critical: bool
    authority: bool = False


_CA = _Usage(purpose=None, critical=False, authority=True)


def _certificate(
    subject: str,
    key: Key,
    issuer: x509.Certificate | None,
    issuer_key: Key,
    span: tuple[datetime, datetime],
    usage: _Usage,
) -> x509.Certificate:
    """Issue one certificate."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(span[0])
        .not_valid_after(span[1])
        .add_extension(x509.BasicConstraints(ca=usage.authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .add_extension(_key_usage(authority=usage.authority), critical=True)
    )
    if usage.purpose is not None:
        made = made.add_extension(x509.ExtendedKeyUsage(usage.purpose), critical=usage.critical)
    return made.sign(issuer_key, SHA256())


def _key_usage(*, authority: bool) -> x509.KeyUsage:
    others = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
         "encipher_only", "decipher_only"), False,
    )  # fmt: skip
    return x509.KeyUsage(
        digital_signature=not authority, key_cert_sign=authority, crl_sign=authority, **others
    )


def pem(certificates: Sequence[x509.Certificate]) -> bytes:
    """Return certificates as PEM."""
    return b"".join(each.public_bytes(Encoding.PEM) for each in certificates)


def _write(folder: Path, *, path: Sequence[x509.Certificate], key: Key, sends: str) -> None:
    """Write keys, certificates and configuration for ``openssl ts -reply``.

    openssl sends the signer, then the others as they stand in the file, so a set that must go
    out unsorted has a longer certificate before a shorter one.
    """
    others = sorted(path[1:], key=_encoded, reverse=sends == "unsorted")
    sent = [path[0], *others]
    signs_first = [_encoded(each) for each in sent] == sorted(map(_encoded, sent))
    if sends == "sorted" and not signs_first:
        others = []  # the signer is the longest: it goes alone, and the rest stands in the roots
    if sends == "unsorted":
        assert not signs_first, "this order happens to be the sorted one"
    (folder / "root.pem").write_bytes(pem(path[-1:] if others else path[1:]))
    (folder / "path.pem").write_bytes(pem(path))
    (folder / "signer.pem").write_bytes(pem(path[:1]))
    (folder / "others.pem").write_bytes(pem(others))
    (folder / "signer.key").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    (folder / "serial").write_text("01\n")
    certs = "certs = others.pem\n" if others else ""
    (folder / "ts.cnf").write_text(
        "[authority]\nserial = serial\nsigner_cert = signer.pem\nsigner_key = signer.key\n"
        f"{certs}signer_digest = sha256\ndefault_policy = {POLICY}\n"
        "digests = sha256, sha384, sha512\naccuracy = secs:1\nordering = no\ntsa_name = no\n"
        "ess_cert_id_alg = sha256\n"
    )


def _encoded(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


# Over HTTP


class Answering:
    """A server on the loopback that answers as an authority does, or as it should not."""

    def __init__(self, answer: Callable[[bytes], bytes | Callable[[BaseHTTPRequestHandler], None]]):
        answering = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                answering.heads.append(dict(self.headers.items()))
                request = self.rfile.read(int(self.headers["Content-Length"]))
                answered = answer(request)
                if callable(answered):
                    answered(self)
                    return
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(answered)))
                self.end_headers()
                self.wfile.write(answered)

            def log_message(self, *_: object) -> None:
                """Print nothing."""

        self.heads: list[dict[str, str]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server.server_address[1]}/stamp"

    def __enter__(self) -> "Answering":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@contextmanager
def answering(*authorities: Authority) -> Iterator[None]:
    """Have authorities answer over HTTP for a while; each then has its ``address``."""
    servers = [Answering(authority.reply) for authority in authorities]
    for authority, server in zip(authorities, servers, strict=True):
        server.__enter__()
        authority.address = server.address
    try:
        yield
    finally:
        for server in servers:
            server.__exit__()


@dataclass(frozen=True)
class Authorities:
    """Those that most tests need.

    Attributes:
        north: RSA, sends only its signer's certificate.
        south: EC, sends its whole path in sorted order.
        ridge: EC, sends its path unsorted, as some real ones do.
        rogue: Made itself up; its names are those of ``north``.
    """

    north: Authority
    south: Authority
    ridge: Authority
    rogue: Authority


@pytest.fixture(scope="session")
def authorities(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authorities]:
    """Four authorities, up on the loopback for the whole session."""
    made = make_authorities(tmp_path_factory.mktemp("authorities"))
    with answering(made.north, made.south, made.ridge, made.rogue):
        yield made


def make_authorities(folder: Path) -> Authorities:
    """Make the four authorities in a folder."""
    openssl_path()
    return Authorities(
        north=make_authority(folder / "north", name="north", kind="rsa"),
        south=make_authority(folder / "south", name="south", kind="ec", root_kind="rsa"),
        ridge=make_authority(folder / "ridge", name="ridge", kind="ec", sends="unsorted"),
        rogue=make_authority(folder / "rogue", name="north", kind="rsa"),
    )


# Stamps without the product's own code


def request_over(data: bytes, *, algorithm: HashAlgorithm = HashAlgorithm.SHA512) -> bytes:
    """Return a request for a stamp over bytes."""
    made = TimestampRequestBuilder().data(data).hash_algorithm(algorithm).build()
    return made.as_bytes()


def stamp_files(note: bytes, *, authority: Authority) -> dict[str, bytes]:
    """Return the four files of a stamp over a checkpoint's note."""
    reply = authority.reply(request_over(note))
    return {
        "checkpoint": note,
        "reply.tsr": reply,
        "chain.pem": pem(sent_in(authority)),
        "roots.pem": authority.roots,
    }


def sent_in(authority: Authority) -> list[x509.Certificate]:
    """Return the certificates that an authority sends, signer first."""
    others = (authority.folder / "others.pem").read_bytes()
    sent = x509.load_pem_x509_certificates(others) if others else []
    return [each for each in authority.certificates if each in [authority.certificates[0], *sent]]


def stamp_by_hand(case: Case, *, authority: Authority, key: SigningKey) -> str:
    """Stamp an open case's newest checkpoint and record it; return the folder's name."""
    note = case.logbook.checkpoint().note.encode("utf-8")
    return record_by_hand(case, files=stamp_files(note, authority=authority), key=key,
                          authority=authority)  # fmt: skip


def record_by_hand(
    case: Case,
    *,
    files: dict[str, bytes],
    key: SigningKey,
    authority: Authority,
    changes: Mapping[str, object] | None = None,
) -> str:
    """Keep and record a stamp's files, whatever they are; ``changes`` go into the entry."""
    size, root = files["checkpoint"].decode("utf-8").split("\n")[1:3]
    folder = f"{int(size):012}-{sha256(files['reply.tsr']).hexdigest()[:16]}"
    target = case.folder / "log" / "stamps" / folder
    target.mkdir(parents=True)
    for name, data in files.items():
        (target / name).write_bytes(data)
    body = {
        "size": int(size),
        "root": b64decode(root).hex(),
        "authority": authority.name,
        "address": authority.address,
        "time": time_in(files["reply.tsr"]),
        "folder": folder,
        "files": {name: f"sha256:{sha256(data).hexdigest()}" for name, data in files.items()},
        "verified_by": ["rfc3161-client", "openssl"],
    }
    with case.writing(key) as pen:
        pen.record("stamp.obtained/1", body={**body, **(changes or {})})
    return folder


def stamped_case(folder: Path, *, authorities: Authorities, more: int = 1) -> Case:
    """Build the small case, stamped by ``north`` and ``south``, open."""
    case = build_case(folder, more=more)
    for authority in (authorities.north, authorities.south):
        stamp_by_hand(case, authority=authority, key=OPENER)
    return case


def time_in(reply: bytes) -> str:
    """Return the time in a reply as openssl reads it, UTC."""
    done = subprocess.run(
        [openssl_path(), "ts", "-reply", "-in", "/dev/stdin", "-text"],
        input=reply, capture_output=True, check=True,
    )  # fmt: skip
    [(words, part, year)] = re.findall(
        rb"^Time stamp: (.*:\d\d)(\.\d+)? (\d{4}) GMT$", done.stdout, re.MULTILINE
    )
    found = datetime.strptime(f"{words.decode()} {year.decode()}", "%b %d %H:%M:%S %Y")
    return f"{found:%Y-%m-%dT%H:%M:%S}{part.decode()}Z"


def wait_until(moment: datetime) -> None:
    """Sleep until a moment has passed."""
    while (left := (moment - datetime.now(UTC)).total_seconds()) >= 0:
        sleep(left + 0.05)
