"""RFC 6962 and RFC 9162 as they are written there, sharing nothing with the product.

MTH, PATH, PROOF and SUBPROOF are section 2.1 of RFC 6962, word by word; the two verifiers are
the numbered steps of RFC 9162, sections 2.1.3.2 and 2.1.4.2.
"""

from hashlib import sha256


def _k(n: int) -> int:
    """The largest power of two smaller than n (k < n <= 2k)."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(d: list[bytes]) -> bytes:
    """MTH(D[n]) over leaf data."""
    n = len(d)
    if n == 0:
        return sha256(b"").digest()
    if n == 1:
        return sha256(b"\x00" + d[0]).digest()
    k = _k(n)
    return sha256(b"\x01" + mth(d[:k]) + mth(d[k:])).digest()


def path(m: int, d: list[bytes]) -> list[bytes]:
    """PATH(m, D[n])."""
    n = len(d)
    if n == 1:
        return []
    k = _k(n)
    if m < k:
        return [*path(m, d[:k]), mth(d[k:])]
    return [*path(m - k, d[k:]), mth(d[:k])]


def proof(m: int, d: list[bytes]) -> list[bytes]:
    """PROOF(m, D[n]), 0 < m < n (and the empty proof for m = n)."""
    return subproof(m, d, True)


def subproof(m: int, d: list[bytes], b: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b)."""
    n = len(d)
    if m == n:
        return [] if b else [mth(d)]
    k = _k(n)
    if m <= k:
        return [*subproof(m, d[:k], b), mth(d[k:])]
    return [*subproof(m - k, d[k:], False), mth(d[:k])]


def verifies_inclusion(leaf: bytes, m: int, n: int, steps: list[bytes], root: bytes) -> bool:
    """RFC 9162, 2.1.3.2."""
    if m >= n:
        return False
    fn, sn, r = m, n - 1, leaf
    for p in steps:
        if sn == 0:
            return False
        if fn % 2 == 1 or fn == sn:
            r = sha256(b"\x01" + p + r).digest()
            if fn % 2 == 0:
                while True:
                    fn, sn = fn >> 1, sn >> 1
                    if fn % 2 == 1 or fn == 0:
                        break
        else:
            r = sha256(b"\x01" + r + p).digest()
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def verifies_consistency(m: int, n: int, first: bytes, second: bytes, steps: list[bytes]) -> bool:
    """RFC 9162, 2.1.4.2, for 0 < m < n."""
    c = list(steps)
    if not c:
        return False
    if m & (m - 1) == 0:
        c.insert(0, first)
    fn, sn = m - 1, n - 1
    while fn % 2 == 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = c[0]
    for step in c[1:]:
        if sn == 0:
            return False
        if fn % 2 == 1 or fn == sn:
            fr = sha256(b"\x01" + step + fr).digest()
            sr = sha256(b"\x01" + step + sr).digest()
            if fn % 2 == 0:
                while True:
                    fn, sn = fn >> 1, sn >> 1
                    if fn % 2 == 1 or fn == 0:
                        break
        else:
            sr = sha256(b"\x01" + sr + step).digest()
        fn, sn = fn >> 1, sn >> 1
    return fr == first and sr == second and sn == 0
