"""Time-stamp tokens: what an authority's reply says, before anything of it is believed.

Source: RFC 3161 (reply, TSTInfo), RFC 5652 (signed data).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from affiant.errors import BadInputError
from affiant.log.der import (
    BIT_STRING,
    CONTEXT_0,
    GENERALIZED_TIME,
    OCTETS,
    SEQUENCE,
    SET,
    Element,
    elements,
    expected,
    integer,
    not_der,
    object_id,
    only,
)

HASHES: Final = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_SIGNED_DATA: Final = "1.2.840.113549.1.7.2"
_TST_INFO: Final = "1.2.840.113549.1.9.16.1.4"
_TIME = re.compile(rb"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{0,5}[1-9])?Z")
_UNREADABLE: Final[tuple[type[Exception], ...]] = (
    *(ValueError, TypeError, UnsupportedAlgorithm),
    *(x509.InvalidVersion, x509.UnsupportedGeneralNameType),
    *(
        kind
        for kind in vars(x509.extensions).values()
        if isinstance(kind, type) and issubclass(kind, Exception)
    ),
)
_REFUSALS: Final = {
    0: "badAlg",
    2: "badRequest",
    5: "badDataFormat",
    14: "timeNotAvailable",
    15: "unacceptedPolicy",
    16: "unacceptedExtension",
    17: "addInfoNotAvailable",
    25: "systemFailure",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What a granted reply says of itself.

    Attributes:
        policy: The authority's policy, an object identifier.
        imprint: Name of the hash of what is stamped: ``sha256``, ``sha384``, ``sha512``.
        digest: That hash.
        serial: The token's number with its authority.
        time: UTC, RFC 3339 with ``Z``, as exact as the token gives it.
        nonce: The number of the request that it answers, or None.
        signed_with: Name of the hash that the signature is over, or its object identifier.
        certificates: Those inside, in the order in which they stand there.
        signer: The one of them that the token names as its signer's.
    """

    policy: str
    imprint: str
    digest: bytes
    serial: int
    time: str
    nonce: int | None
    signed_with: str
    certificates: tuple[x509.Certificate, ...]
    signer: x509.Certificate


def read_reply(reply: bytes) -> Token:
    """Read a reply; nothing is verified here, the certificates least of all.

    Raises:
        BadInputError: The authority refused, or the reply has another form.
    """
    [status] = first_of(only(reply, tag=SEQUENCE), count=1)
    _refuse_refusal(status)
    _, token = first_of(only(reply, tag=SEQUENCE), count=2)
    kind, wrapped = first_of(token, count=2)
    if object_id(kind) != _SIGNED_DATA:
        raise not_der()
    signed = only(expected(wrapped, tag=CONTEXT_0).content, tag=SEQUENCE)
    return _read_signed(list(elements(signed.content)))


def _refuse_refusal(status: Element) -> None:
    """Refuse a reply that grants nothing; the authority's own words are not repeated."""
    [number] = first_of(status, count=1)
    found = integer(number)
    if found == 0:
        return
    more = elements(status.content)
    bits = next((element.content for element in more if element.tag == BIT_STRING), b"\0")
    reasons = [
        name
        for bit, name in _REFUSALS.items()
        if len(bits) > 1 + bit // 8 and bits[1 + bit // 8] & (0x80 >> bit % 8)
    ]
    raise BadInputError(
        f"the authority refused: status {found}{''.join(f', {name}' for name in reasons)}",
        remedy="Ask again later, or ask the authority what it grants.",
    )


def _read_signed(parts: Sequence[Element]) -> Token:
    """Read the signed data: what is stamped, certificates, the one signer."""
    if len(parts) < 4:
        raise not_der()
    kind, content = first_of(parts[2], count=2)
    if object_id(kind) != _TST_INFO:
        raise not_der()
    inner = only(expected(content, tag=CONTEXT_0).content, tag=OCTETS)
    info = list(elements(only(inner.content, tag=SEQUENCE).content))
    certificates = tuple(_certificates(parts))
    signers = list(elements(expected(parts[-1], tag=SET).content))
    if len(signers) != 1:
        raise not_der()
    _, named, hashed = first_of(signers[0], count=3)
    hash_id = object_id(first_of(hashed, count=1)[0])
    if len(info) < 5:
        raise not_der()
    imprint, digest = _imprint(info[2])
    return Token(
        policy=object_id(info[1]),
        imprint=imprint,
        digest=digest,
        serial=integer(info[3]),
        time=_time(info[4]),
        nonce=next((integer(each) for each in info[5:] if each.tag == 0x02), None),
        signed_with=HASHES.get(hash_id, hash_id),
        certificates=certificates,
        signer=_signer(named, certificates=certificates),
    )


def first_of(sequence: Element, *, count: int) -> list[Element]:
    """Return the first elements of a sequence.

    Raises:
        BadInputError: There are fewer, or it is none.
    """
    found = list(elements(expected(sequence, tag=SEQUENCE).content))
    if len(found) < count:
        raise not_der()
    return found[:count]


def _imprint(element: Element) -> tuple[str, bytes]:
    """Return hash and digest of what is stamped."""
    algorithm, digest = first_of(element, count=2)
    found = object_id(first_of(algorithm, count=1)[0])
    if found not in HASHES:
        raise BadInputError(
            f"what is stamped is hashed with {found}, which is not taken for safe",
            remedy="Ask an authority that stamps SHA-256 or SHA-512.",
        )
    return HASHES[found], expected(digest, tag=OCTETS).content


def _time(element: Element) -> str:
    """Return a token's time."""
    match = _TIME.fullmatch(expected(element, tag=GENERALIZED_TIME).content)
    if match is None:
        raise not_der()
    year, month, day, hour, minute, second = (part.decode("ascii") for part in match.groups()[:6])
    fraction = (match[7] or b"").decode("ascii")
    time = f"{year}-{month}-{day}T{hour}:{minute}:{second}{fraction}Z"
    try:
        instant(time)
    except ValueError as problem:
        raise not_der() from problem
    return time


def instant(time: str) -> datetime:
    """Return a moment in UTC that is written as in tokens and entries; parts of a second count."""
    form = "%Y-%m-%dT%H:%M:%S.%fZ" if "." in time else "%Y-%m-%dT%H:%M:%SZ"
    return datetime.strptime(time, form).replace(tzinfo=UTC)


def _certificates(parts: Sequence[Element]) -> Iterator[x509.Certificate]:
    """Yield the certificates inside a token."""
    held = next((part for part in parts[3:-1] if part.tag == CONTEXT_0), None)
    for element in elements(held.content) if held else ():
        yield load_certificate(element.encoded)


def load_certificate(encoded: bytes) -> x509.Certificate:
    """Return a certificate of which every part that is asked for later can be read.

    Raises:
        BadInputError: A part of it cannot, or it is of a kind not known here.
    """
    try:
        found = x509.load_der_x509_certificate(encoded)
        _ = (found.subject, found.issuer, found.extensions, found.signature_hash_algorithm)
        _ = (found.not_valid_before_utc, found.not_valid_after_utc, found.public_key())
    except _UNREADABLE as problem:
        raise BadInputError(
            "one of its certificates cannot be read",
            remedy="Ask another authority: this one's certificates have a fault.",
        ) from problem
    return found


def _signer(named: Element, *, certificates: Sequence[x509.Certificate]) -> x509.Certificate:
    """Return the certificate that the token names as its signer's."""
    issuer, serial = first_of(named, count=2)
    number = integer(serial)
    for certificate in certificates:
        same = certificate.issuer.public_bytes() == issuer.encoded
        if same and certificate.serial_number == number:
            return certificate
    raise BadInputError(
        "it does not hold its signer's certificate, although it was asked for",
        remedy="Ask another authority, or ask this one to send its certificate.",
    )


def path_from(
    signer: x509.Certificate, *, among: Sequence[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    """Return the certificates from the signer's up, each issued by the next, as far as it goes."""
    path = [signer]
    while not is_root(path[-1]):
        above = next(
            (each for each in among if each not in path and issued(path[-1], by=each)), None
        )
        if above is None:
            break
        path.append(above)
    return tuple(path)


def issued(certificate: x509.Certificate, *, by: x509.Certificate) -> bool:
    """Tell whether a certificate is signed with another's key."""
    try:
        certificate.verify_directly_issued_by(by)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True


def is_root(certificate: x509.Certificate) -> bool:
    """Tell whether a certificate is signed with its own key."""
    return issued(certificate, by=certificate)


def weak_hashes(path: Sequence[x509.Certificate]) -> tuple[str, ...]:
    """Return the hashes below the root that are no longer taken for safe."""
    found = [lower.signature_hash_algorithm for lower, _ in pairwise(path)]
    return tuple(
        sorted({each.name for each in found if each is not None and each.digest_size < 28})
    )
