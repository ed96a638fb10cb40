"""Time-stamp tokens written byte by byte, for what ``openssl ts`` would never sign.

Another time than now, another imprint, another hash, no certificate, two signers: each signed
with an authority's own key, so that nothing but the one thing is wrong.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import new, sha1, sha256

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from affiant.log.der import elements
from authorities import POLICY, Authority, sent_in

OIDS = {
    "sha1": "1.3.14.3.2.26",
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha512": "2.16.840.1.101.3.4.2.3",
    "signed data": "1.2.840.113549.1.7.2",
    "tst info": "1.2.840.113549.1.9.16.1.4",
    "content type": "1.2.840.113549.1.9.3",
    "message digest": "1.2.840.113549.1.9.4",
    "signing certificate": "1.2.840.113549.1.9.16.2.47",
    "rsa": "1.2.840.113549.1.1.1",
    "ecdsa": "1.2.840.10045.4.3.2",
}


def tlv(tag: int, *parts: bytes) -> bytes:
    """Return one element of DER."""
    content = b"".join(parts)
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + content


def number(value: int) -> bytes:
    """Return an INTEGER."""
    return tlv(2, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def oid(name: str) -> bytes:
    """Return an OBJECT IDENTIFIER by its name here, or dotted."""
    arcs = [int(arc) for arc in OIDS.get(name, name).split(".")]
    content = b""
    for arc in (arcs[0] * 40 + arcs[1], *arcs[2:]):
        octets = [arc & 0x7F]
        while arc := arc >> 7:
            octets.insert(0, 0x80 | arc & 0x7F)
        content += bytes(octets)
    return tlv(6, content)


def sequence(*parts: bytes) -> bytes:
    """Return a SEQUENCE."""
    return tlv(0x30, *parts)


def set_of(*parts: bytes) -> bytes:
    """Return a SET OF, sorted as DER demands."""
    return tlv(0x31, *sorted(parts))


def nonce_in(request: bytes) -> bytes:
    """Return the nonce of a request, as it is encoded there."""
    [whole] = elements(request)
    return [part.encoded for part in elements(whole.content) if part.tag == 2][1]


def token_over(
    note: bytes,
    *,
    authority: Authority,
    at: datetime,
    request: bytes | None = None,
    hashed: str = "sha256",
    certificates: Sequence[x509.Certificate] | None = None,
    status: int = 0,
) -> bytes:
    """Return a whole reply over a note, signed by an authority at any time one likes."""
    digest = sha1(note).digest() if hashed == "sha1" else new(hashed, note).digest()
    fraction = f".{at.microsecond:06}".rstrip("0") if at.microsecond else ""
    info = sequence(
        number(1),
        oid(POLICY),
        sequence(sequence(oid(hashed), b"\x05\x00"), tlv(4, digest)),
        number(77),
        tlv(0x18, f"{at:%Y%m%d%H%M%S}{fraction}Z".encode("ascii")),
        *([nonce_in(request)] if request else []),
    )
    sent = sent_in(authority) if certificates is None else certificates
    held = [each.public_bytes(Encoding.DER) for each in sent]
    signed = sequence(
        number(3),
        set_of(sequence(oid("sha256"), b"\x05\x00")),
        sequence(oid("tst info"), tlv(0xA0, tlv(4, info))),
        *([tlv(0xA0, *sorted(held))] if held else []),
        set_of(_signer_info(info, authority=authority)),
    )
    content = sequence(oid("signed data"), tlv(0xA0, signed))
    return sequence(sequence(number(status)), content)


def _signer_info(info: bytes, *, authority: Authority) -> bytes:
    """Sign what is stamped."""
    signer = authority.certificates[0]
    certificate = sequence(sequence(sequence(tlv(4, sha256(_der(signer)).digest()))))
    attributes = sorted(
        [
            sequence(oid("content type"), set_of(oid("tst info"))),
            sequence(oid("message digest"), set_of(tlv(4, sha256(info).digest()))),
            sequence(oid("signing certificate"), set_of(certificate)),
        ]
    )
    key = load_pem_private_key((authority.folder / "signer.key").read_bytes(), password=None)
    message = tlv(0x31, *attributes)
    if isinstance(key, ec.EllipticCurvePrivateKey):
        algorithm, signature = sequence(oid("ecdsa")), key.sign(message, ec.ECDSA(SHA256()))
    else:
        algorithm = sequence(oid("rsa"), b"\x05\x00")
        signature = key.sign(message, padding.PKCS1v15(), SHA256())
    return sequence(
        number(1),
        sequence(signer.issuer.public_bytes(), number(signer.serial_number)),
        sequence(oid("sha256"), b"\x05\x00"),
        tlv(0xA0, *attributes),
        algorithm,
        tlv(4, signature),
    )


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)
