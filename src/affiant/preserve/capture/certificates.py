"""The certificates that a server showed, and why they cannot be trusted."""

import ssl
from typing import Any, Final, Protocol

_MOST: Final = 16
# Numbers of OpenSSL's x509_vfy.h.
_WHY: Final = {
    9: "not_yet_valid",
    10: "expired",
    18: "signed_by_itself",
    19: "signed_by_itself",
    20: "issuer_unknown",
    21: "issuer_unknown",
    23: "revoked",
    62: "other_name",
    64: "other_name",
}


def why_not_trusted(problem: ssl.SSLCertVerificationError) -> str:
    """Return a word for why a certificate was refused, or its number."""
    return _WHY.get(problem.verify_code, f"verify_{problem.verify_code}")


def chain_of(made: ssl.SSLSocket) -> list[str]:
    """Return the certificates as PEM, the server's own first, just as they were shown.

    Before Python 3.13 the whole chain can only be had from the inner object; where that is
    not there either, the server's own certificate alone is returned.
    """
    inner: Any = getattr(made, "_sslobj", None)
    ask: Any = getattr(made, "get_unverified_chain", None) or getattr(
        inner, "get_unverified_chain", None
    )
    shown: list[Any] = list(ask() or []) if ask is not None else []
    own = made.getpeercert(binary_form=True)
    encoded = [_der(each) for each in shown[:_MOST]] or ([own] if own else [])
    return [ssl.DER_cert_to_PEM_cert(each) for each in encoded]


class _Shown(Protocol):
    """A certificate as Python before 3.13 hands it out."""

    def public_bytes(self) -> str | bytes:
        """Return it as PEM or DER."""
        ...


def _der(certificate: bytes | _Shown) -> bytes:
    """Return one certificate as DER."""
    if isinstance(certificate, bytes):
        return certificate
    found = certificate.public_bytes()
    return ssl.PEM_cert_to_DER_cert(found) if isinstance(found, str) else found
