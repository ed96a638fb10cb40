"""Other people's programs for a second opinion, in an environment of their own.

``bagit`` and ``wacz`` come as sources alone, in part, and bring some fifty packages; nothing of
them may stand beside Affiant. Run by ``../dev test``: keep to the standard library.
"""

import hashlib
import os
import shutil
import sys
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "lock" / "opinions.txt"
BUILDERS = ("packaging==", "setuptools==", "wheel==")
BIN = "Scripts" if os.name == "nt" else "bin"


def make(folder, *, run, say):
    """Make the environment in ``folder`` unless it stands there as the lock says.

    Args:
        folder: Where it is to be.
        run: Runs a list of words and returns the exit code.
        say: Tells a person something.

    Returns:
        True where it stands; False where it could not be made, which has been said.
    """
    stamp, wanted = folder / "affiant.stamp", hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return True
    shutil.rmtree(folder, ignore_errors=True)
    say("fetching two programs for a second opinion on bundles: once, about a minute")
    first = folder / "builders.txt"
    pip = [folder / BIN / "python", "-m", "pip", "install", "-qq", "--require-hashes", "--no-deps"]
    done = run([sys.executable, "-m", "venv", folder]) == 0
    if done:
        first.write_text(builders(LOCK.read_text(encoding="utf-8")), encoding="utf-8")
        done = run([*pip, "-r", first]) == 0
    if done and run([*pip, "--no-build-isolation", "-r", LOCK]) == 0:
        stamp.write_text(wanted, encoding="ascii")
        return True
    say("they could not be fetched: bundles are not checked by other people's programs")
    return False


def builders(lock):
    """Return the part of the lock that other packages are built with."""
    kept, keep = [], False
    for line in lock.splitlines():
        if not line.startswith((" ", "#")):
            keep = line.startswith(BUILDERS)
        if keep:
            kept.append(line)
    return "\n".join(kept) + "\n"
