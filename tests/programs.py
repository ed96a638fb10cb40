"""The system programs that some tests use, and what is not done where one is missing.

Read by ``conftest.py`` and by ``../dev``: keep to the standard library and to the syntax
of old Pythons.
"""

import os
import shutil
import sys
from pathlib import Path

# Programs for second opinions, in an environment of their own beside this one.
OPINIONS = Path(os.environ.get("AFFIANT_OPINIONS", Path(sys.prefix) / "opinions" / "bin"))
# name: (the commands it may have, Debian package, what is not done without it)
PROGRAMS = {
    "chromium": (
        ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
        "chromium",
        "pages are not looked at in a browser",
    ),
    "bubblewrap": (
        ("bwrap",),
        "bubblewrap",
        "hostile files are opened with less isolation, and its strongest form is not tried",
    ),
    "openssl": (
        ("openssl",),
        "openssl",
        "signatures and stamps are not checked by a second program",
    ),
    "tesseract": (
        ("tesseract",),
        "tesseract-ocr",
        "scanned pages are not read",
    ),
    "pdftoppm": (
        ("pdftoppm",),
        "poppler-utils",
        "pdf pages are not compared with a second reader's",
    ),
}

# Programs of Python packages that are no part of our environment: name, the same three things.
SECOND_OPINIONS = {
    "wacz": (
        ("wacz", str(OPINIONS / "wacz")),
        "wacz",
        "packages of captured pages are not checked by a second program",
    ),
}


def path_of(name):
    """Return where a program stands, or None where it is not installed."""
    commands = {**PROGRAMS, **SECOND_OPINIONS}[name][0]
    return next((path for path in map(shutil.which, commands) if path), None)


def missing():
    """Return a sentence for each program that is not installed."""
    return [sentence(name) for name in PROGRAMS if path_of(name) is None]


def sentence(name):
    """Say that a program is missing, what is then not done, and how to get it."""
    if name in SECOND_OPINIONS:
        _, package, not_done = SECOND_OPINIONS[name]
        return f"{name} is not installed: {not_done} (pip install {package}, in {OPINIONS})"
    _, package, not_done = PROGRAMS[name]
    return f"{name} is not installed: {not_done} (Debian: apt install {package})"
