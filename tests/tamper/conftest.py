"""What the tests of tampering share."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

import pytest

from affiant.audit import bundle_stamps, stamps
from affiant.log.openssl import check_stamp_twice
from authorities import authorities
from flows.shared import mill, mill_once
from tamper.verifiers import alone

__all__ = ["authorities", "mill", "mill_once"]


@pytest.fixture(autouse=True, scope="package")
def each_token_once() -> Iterator[None]:
    """Ask OpenSSL once of each token, not again at every attack on the same case.

    Nothing but a stamp's files, the roots and the time decides; one byte changed asks anew.
    """
    twice = lru_cache(maxsize=None)(
        lambda files, roots, nonce: check_stamp_twice(dict(files), roots=roots, nonce=nonce)
    )
    check_token = alone.check_token
    token = lru_cache(maxsize=None)(lambda files, at: check_token(dict(files), at=at))

    def asked(files: Mapping[str, bytes], *, roots: bytes | None = None, nonce: int | None = None):
        return twice(frozenset(files.items()), roots, nonce)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stamps, "check_stamp_twice", asked)
        patch.setattr(bundle_stamps, "check_stamp_twice", asked)
        patch.setattr(
            alone, "check_token", lambda files, *, at: token(frozenset(files.items()), at)
        )
        yield
