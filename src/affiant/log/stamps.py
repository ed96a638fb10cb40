"""Time stamps: a request over a checkpoint's bytes, and the check of what came back.

A stamp is kept whole, as four files: the checkpoint's note, the authority's reply as it was
received, the certificates inside the reply, and the roots that the user trusts for it. It says:
these bytes existed not later than this time. Whoever made the token is believed only where its
certificates lead to a root that is given from outside the token.

Source: RFC 3161; RFC 5816.
"""

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import new, sha256
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from affiant.errors import BadInputError
from affiant.log.tokens import (
    Token,
    instant,
    is_root,
    load_certificate,
    path_from,
    read_reply,
    weak_hashes,
)

CHECKPOINT: Final = "checkpoint"
REPLY: Final = "reply.tsr"
CHAIN: Final = "chain.pem"
ROOTS: Final = "roots.pem"
STAMP_FILES: Final = (CHECKPOINT, REPLY, CHAIN, ROOTS)
LARGEST_FILE: Final = 1 << 18
MOST_ROOTS: Final = 20
CLIENT: Final = "rfc3161-client"
_PEM = re.compile(
    rb"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----", re.ASCII
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One reason why a stamp does not hold.

    Attributes:
        kind: ``stamp`` (it is not one over these bytes), ``stranger`` (it does not lead to a
            trusted root), ``missing`` (a file of it is not there).
        detail: In words.
    """

    kind: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StampFinding:
    """What the check of one stamp found.

    Attributes:
        flaws: Why it does not hold; empty where nothing speaks against it.
        verified_by: Programs that found its signature and chain good, in the order asked;
            where it is empty nobody confirmed them yet, and the stamp proves nothing.
        time: The token's, UTC, RFC 3339; None where it cannot be read.
        policy: The authority's policy, an object identifier.
        serial: The token's number, decimal.
        imprint: Name of the hash over the checkpoint.
        signed_with: Name of the hash that the signature is over.
        signer: Name in the signer's certificate.
        expires: When the first certificate on the way to the root ends, UTC.
        weak: Hashes in the chain that are no longer taken for safe.
        unsorted: True where its sets stand in an order that rfc3161-client refuses, so that
            OpenSSL alone can confirm it.
        not_asked: Why OpenSSL was not asked, or None.
    """

    flaws: tuple[Flaw, ...] = ()
    verified_by: tuple[str, ...] = ()
    time: str | None = None
    policy: str | None = None
    serial: str | None = None
    imprint: str | None = None
    signed_with: str | None = None
    signer: str | None = None
    expires: str | None = None
    weak: tuple[str, ...] = ()
    unsorted: bool = False
    not_asked: str | None = None

    @property
    def holds(self) -> bool:
        """True where nothing speaks against it and a program confirmed its signature."""
        return not self.flaws and bool(self.verified_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class StampQuery:
    """A request for a stamp.

    Attributes:
        data: The DER bytes to send.
        nonce: A random number that the reply must repeat.
    """

    data: bytes
    nonce: int


def stamp_query(note: bytes, *, algorithm: str = "sha512") -> StampQuery:
    """Make a request over a checkpoint's bytes; certificates are asked for.

    Args:
        note: The bytes that are stamped; only their hash is in the request.
        algorithm: ``sha512`` or ``sha256``.
    """
    chosen = {"sha256": HashAlgorithm.SHA256, "sha512": HashAlgorithm.SHA512}[algorithm]
    made = TimestampRequestBuilder().data(note).hash_algorithm(chosen).nonce(nonce=True).build()
    if made.nonce is None:
        raise ValueError("a request for a stamp has a nonce")
    return StampQuery(data=made.as_bytes(), nonce=made.nonce)


def read_roots(data: bytes) -> tuple[x509.Certificate, ...]:
    """Return the certificates of a file of trusted roots, PEM or one in DER.

    Raises:
        BadInputError: It holds no certificate that signs itself, or far too many.
    """
    try:
        blocks = [b64decode(b"".join(block.split()), validate=True) for block in _PEM.findall(data)]
        found = tuple(map(load_certificate, blocks or [data]))
    except (ValueError, BadInputError) as problem:
        raise _no_roots("it holds no certificate that can be read") from problem
    if not any(map(is_root, found)):
        raise _no_roots("none of its certificates is a root, which signs itself")
    if len(found) > MOST_ROOTS:
        raise _no_roots(f"it holds {len(found)} certificates; any of them could stamp")
    return found


def _no_roots(problem: str) -> BadInputError:
    return BadInputError(
        f"this is no file of trusted roots: {problem}",
        remedy="Take the root certificate that the authority publishes, as PEM; nothing else.",
    )


def pem_of(certificates: Sequence[x509.Certificate]) -> bytes:
    """Return certificates as PEM, and nothing else."""
    return b"".join(each.public_bytes(Encoding.PEM) for each in certificates)


def chain_of(token: Token) -> bytes:
    """Return the certificates of a token as PEM, from the signer's up, strays behind them."""
    path = path_from(token.signer, among=token.certificates)
    return pem_of([*path, *(each for each in token.certificates if each not in path)])


def stamp_folder(*, size: int, reply: bytes) -> str:
    """Return the name of the folder in which a stamp is kept."""
    return f"{size:012}-{sha256(reply).hexdigest()[:16]}"


def check_stamp(
    files: Mapping[str, bytes], *, roots: bytes | None = None, nonce: int | None = None
) -> StampFinding:
    """Check a stamp's files against each other and against trusted roots.

    The certificates are held to the token's own time: a stamp whose authority's certificates
    ended since is as good as it was. Nothing is asked of the network, so a certificate that
    was called back is not noticed.

    Args:
        files: The bytes under ``checkpoint``, ``reply.tsr``, ``chain.pem``, ``roots.pem``.
        roots: Certificates that the asking person trusts, PEM; ``roots.pem`` where not given.
        nonce: Of the request, where it is at hand.
    """
    absent = [name for name in STAMP_FILES if name not in files]
    if absent:
        detail = f"it lacks {', '.join(absent)}"
        return StampFinding(flaws=(Flaw(kind="missing", detail=detail),))
    try:
        token = read_reply(files[REPLY])
        trusted = read_roots(files[ROOTS] if roots is None else roots)
    except BadInputError as problem:
        return StampFinding(flaws=(Flaw(kind="stamp", detail=problem.problem),))
    flaws = [*_flaws_of(token, files=files, nonce=nonce), *_flaws_of_path(token, trusted=trusted)]
    response, unsorted = _decoded(files[REPLY])
    if response is None and not unsorted:
        flaws.append(Flaw(kind="stamp", detail=f"{CLIENT} cannot read it"))
    if response is not None and not any(flaw.kind == "stranger" for flaw in flaws):
        flaws += _flaws_by_client(response, token=token, note=files[CHECKPOINT], trusted=trusted)
    return _finding(
        token,
        flaws=tuple(flaws),
        trusted=trusted,
        verified_by=() if unsorted or flaws else (CLIENT,),
        unsorted=unsorted,
    )


def _finding(
    token: Token,
    *,
    flaws: tuple[Flaw, ...],
    trusted: Sequence[x509.Certificate],
    verified_by: tuple[str, ...],
    unsorted: bool,
) -> StampFinding:
    path = path_from(token.signer, among=[*token.certificates, *trusted])
    ends = min(each.not_valid_after_utc for each in path)
    return StampFinding(
        flaws=flaws,
        verified_by=verified_by,
        time=token.time,
        policy=token.policy,
        serial=str(token.serial),
        imprint=token.imprint,
        signed_with=token.signed_with,
        signer=token.signer.subject.rfc4514_string(),
        expires=ends.strftime("%Y-%m-%dT%H:%M:%SZ"),
        weak=weak_hashes(path),
        unsorted=unsorted,
    )


def _flaws_of(token: Token, *, files: Mapping[str, bytes], nonce: int | None) -> Iterator[Flaw]:
    """Yield where a token is not one over these bytes, or not a good one."""
    if new(token.imprint, files[CHECKPOINT]).digest() != token.digest:
        yield Flaw(kind="stamp", detail="it is over other bytes than this checkpoint's")
    if nonce is not None and token.nonce != nonce:
        yield Flaw(kind="stamp", detail="it does not answer this request: its nonce is another")
    if token.signed_with not in ("sha256", "sha384", "sha512"):
        yield Flaw(kind="stamp", detail=f"it is signed over the hash {token.signed_with}")
    if files[CHAIN] != chain_of(token):
        yield Flaw(
            kind="stamp", detail=f"{CHAIN} is not made of the reply's certificates, signer first"
        )


def _flaws_of_path(token: Token, *, trusted: Sequence[x509.Certificate]) -> Iterator[Flaw]:
    """Yield where the signer may not stamp, or does not lead to a trusted root.

    A certificate is never believed for standing inside the token: the way must end outside.
    """
    try:
        usage = token.signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        usage = None
    stamping = [ExtendedKeyUsageOID.TIME_STAMPING]
    if usage is None or not usage.critical or list(usage.value) != stamping:
        detail = "its signer's certificate is not one for time stamps alone, marked critical"
        yield Flaw(kind="stranger", detail=detail)
    path = path_from(token.signer, among=[*trusted, *token.certificates])
    if path[-1] not in trusted or not is_root(path[-1]):
        yield Flaw(
            kind="stranger",
            detail=f"{token.signer.subject.rfc4514_string()} does not lead to a trusted root",
        )
    at = instant(token.time)
    for each in path:
        if not each.not_valid_before_utc <= at <= each.not_valid_after_utc:
            name = each.subject.rfc4514_string()
            yield Flaw(kind="stamp", detail=f"{name} was not valid at the token's time")


def _decoded(reply: bytes) -> tuple[TimeStampResponse | None, bool]:
    """Return the reply as rfc3161-client reads it, and whether only the order keeps it off."""
    try:
        return decode_timestamp_response(reply), False
    except ValueError as problem:
        return None, "InvalidSetOrdering" in str(problem)


def _flaws_by_client(
    response: TimeStampResponse, *, token: Token, note: bytes, trusted: Sequence[x509.Certificate]
) -> Iterator[Flaw]:
    """Yield what rfc3161-client has against a token; its own words are not repeated."""
    try:
        info = response.tst_info
        theirs = (info.gen_time.replace(microsecond=0), info.serial_number)
        ours = (instant(token.time).replace(microsecond=0), token.serial)
        if theirs != ours or info.message_imprint.message != token.digest:
            yield Flaw(kind="stamp", detail=f"{CLIENT} reads another time, number or imprint in it")
        verifier = VerifierBuilder(roots=list(trusted)).build()
        if not verifier.verify_message(response, note):
            yield Flaw(kind="stamp", detail=f"{CLIENT} refuses its signature or chain")
    except (VerificationError, ValueError, TypeError):
        yield Flaw(kind="stamp", detail=f"{CLIENT} refuses its signature or chain")
