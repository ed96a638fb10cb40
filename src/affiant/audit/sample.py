"""Which files a quick verification looks into: some, chosen by nobody."""

from collections.abc import Callable, Collection
from hashlib import sha256
from typing import Final

LEAST: Final = 64
SHARE: Final = 20


def sample(digests: Collection[str], *, randomness: Callable[[int], bytes]) -> set[str]:
    """Return a twentieth of some digests, but at least 64 of them, drawn at random.

    Args:
        digests: Of the files there are.
        randomness: The system's: whoever damages a file must not know what is looked at.
    """
    seed = randomness(32)
    drawn = sorted(digests, key=lambda digest: sha256(seed + digest.encode("utf-8")).digest())
    return set(drawn[: max(LEAST, len(drawn) // SHARE)])
