"""The system programs that some tests use, and what is not done where one is missing.

Read by ``conftest.py`` and by ``../dev``: keep to the standard library and to the syntax
of old Pythons.
"""

import os
import shutil
from pathlib import Path

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
    "bagit": (
        ("bagit.py", "bagit"),
        "bagit",
        "bundles are not checked by a second reader of BagIt bags",
    ),
}


def path_of(name):
    """Return where a program stands, or None where it is not installed.

    Second opinions from Python's own registry stand apart from the environment under test,
    in ``.venv/opinions``.
    """
    apart = Path(__file__).resolve().parents[1] / ".venv" / "opinions" / "bin"
    where = os.pathsep.join([os.environ.get("PATH", ""), str(apart)])
    found = (shutil.which(command, path=where) for command in PROGRAMS[name][0])
    return next((path for path in found if path), None)


def missing():
    """Return a sentence for each program that is not installed."""
    return [sentence(name) for name in PROGRAMS if path_of(name) is None]


def sentence(name):
    """Say that a program is missing, what is then not done, and how to get it."""
    _, package, not_done = PROGRAMS[name]
    return f"{name} is not installed: {not_done} (Debian: apt install {package})"
