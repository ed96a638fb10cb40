"""The system programs that some tests use, and what is not done where one is missing.

Read by ``conftest.py`` and by ``../dev``: keep to the standard library and to the syntax
of old Pythons.
"""

import os
import shutil
from pathlib import Path

# Where ../dev test keeps other people's programs for a second opinion: see opinions.py.
OPINIONS = Path(__file__).resolve().parent.parent / ".venv" / "opinions"

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
    "ffprobe": (
        ("ffprobe",),
        "ffmpeg",
        "sound and film are not asked what they say of themselves",
    ),
    "pdftoppm": (
        ("pdftoppm",),
        "poppler-utils",
        "pdf pages are not compared with a second reader's",
    ),
    "bagit": (
        ("bagit.py", "bagit"),
        "",
        "bundles are not checked by the reference program of their format",
    ),
    "wacz": (
        ("wacz",),
        "",
        "web archives that we write are not checked by the reference program of their format",
    ),
}


def path_of(name):
    """Return where a program stands, or None where it is not installed."""
    commands = PROGRAMS[name][0]
    ours = str(OPINIONS / ("Scripts" if os.name == "nt" else "bin"))
    found = (shutil.which(command, path=ours) or shutil.which(command) for command in commands)
    return next((path for path in found if path), None)


def missing():
    """Return a sentence for each program that is not installed."""
    return [sentence(name) for name in PROGRAMS if path_of(name) is None]


def sentence(name):
    """Say that a program is missing, what is then not done, and how to get it."""
    _, package, not_done = PROGRAMS[name]
    way = f"Debian: apt install {package}" if package else "./dev test fetches it"
    return f"{name} is not installed: {not_done} ({way})"
