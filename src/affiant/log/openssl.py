"""The second opinion on a time stamp: ``openssl ts -verify``, where openssl is installed.

Everything else here works without this program.
"""

import asyncio
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from affiant.log.stamps import (
    CHAIN,
    CHECKPOINT,
    REPLY,
    ROOTS,
    STAMP_FILES,
    Flaw,
    StampFinding,
    check_stamp,
)
from affiant.log.tokens import instant

OPENSSL: Final = "openssl"
_OLDEST: Final = (1, 1, 1)
_PATIENCE_S: Final = 30.0


@cache
def openssl_program() -> str | None:
    """Return where an openssl stands that can check a token at its own time, or None."""
    found = shutil.which(OPENSSL)
    if found is None:
        return None
    done = _run([found, "version"], folder=None)
    words = re.match(r"OpenSSL (\d+)\.(\d+)\.(\d+)", done or "")
    return found if words and tuple(map(int, words.groups())) >= _OLDEST else None


def check_stamp_twice(
    files: Mapping[str, bytes], *, roots: bytes | None = None, nonce: int | None = None
) -> StampFinding:
    """Check a stamp as :func:`check_stamp` does, then ask OpenSSL as well.

    Returns:
        The finding; ``verified_by`` names whoever confirmed it, ``not_asked`` says why OpenSSL
        was not asked.
    """
    finding = check_stamp(files, roots=roots, nonce=nonce)
    if finding.flaws:
        return finding
    program = openssl_program()
    if program is None or finding.time is None:
        return replace(finding, not_asked="OpenSSL 1.1.1 or later is not installed")
    try:
        confirmed = _confirms(program, files=files, roots=roots, time=finding.time)
    except OSError as problem:
        return replace(finding, not_asked=f"OpenSSL could not be run: {problem.strerror}")
    if not confirmed:
        flaw = Flaw(kind="stamp", detail="openssl ts -verify refuses it")
        return replace(finding, flaws=(flaw,), verified_by=())
    return replace(finding, verified_by=(*finding.verified_by, OPENSSL))


def _confirms(program: str, *, files: Mapping[str, bytes], roots: bytes | None, time: str) -> bool:
    """Run ``openssl ts -verify`` over the stamp's files, at the token's own time."""
    with TemporaryDirectory(prefix="affiant-stamp-") as name:
        folder = Path(name)
        for each in STAMP_FILES:
            (folder / each).write_bytes(files[each])
        if roots is not None:
            (folder / ROOTS).write_bytes(roots)
        return _run([program, *verify_words(time)], folder=folder) is not None


def verify_words(time: str) -> list[str]:
    """Return what stands behind ``openssl`` to check a stamp in its own folder."""
    return [
        *("ts", "-verify", "-in", REPLY, "-data", CHECKPOINT),
        *("-CAfile", ROOTS, "-untrusted", CHAIN),
        *("-attime", str(int(instant(time).timestamp()))),
    ]


def _run(words: list[str], *, folder: Path | None) -> str | None:
    """Run a program without our environment; return what it printed, None where it failed."""
    return asyncio.run(_run_within(words, folder=folder))


async def _run_within(words: list[str], *, folder: Path | None) -> str | None:
    """Run a program for no longer than our patience; no shell comes between."""
    process = await asyncio.create_subprocess_exec(
        *words,
        cwd=folder,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        printed, _ = await asyncio.wait_for(process.communicate(), timeout=_PATIENCE_S)
    except TimeoutError:
        process.kill()
        await process.wait()
        return None
    return printed.decode("utf-8", "replace") if process.returncode == 0 else None
