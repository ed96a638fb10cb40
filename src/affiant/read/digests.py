"""Digests as archives write them: ``algorithm:value``, the value in hex or base32."""

import hashlib
from base64 import b32encode
from collections.abc import Iterable
from typing import Final

_ALGORITHMS: Final = {
    "md5": "md5",
    "sha1": "sha1",
    "sha-1": "sha1",
    "sha256": "sha256",
    "sha-256": "sha256",
    "sha384": "sha384",
    "sha-384": "sha384",
    "sha512": "sha512",
    "sha-512": "sha512",
}


def agrees(label: str, *, contents: Iterable[bytes]) -> bool | None:
    """Tell whether a digest is that of one of the contents; None where its form is not known.

    >>> agrees("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", contents=[b""])
    False
    """
    name, _, written = label.strip().partition(":")
    algorithm = _ALGORITHMS.get(name.lower())
    value = written.strip().rstrip("=").lower()
    if algorithm is None:
        return None
    length = hashlib.new(algorithm, usedforsecurity=False).digest_size
    if len(value) not in (2 * length, -(-8 * length // 5)):
        return None
    for content in contents:
        found = hashlib.new(algorithm, content, usedforsecurity=False)
        if value in (found.hexdigest(), b32encode(found.digest()).decode().rstrip("=").lower()):
            return True
    return False
