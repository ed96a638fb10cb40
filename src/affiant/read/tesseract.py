"""Tesseract, the program that recognises characters, in a box of its own."""

import re
import shutil
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from affiant.box import DOCUMENT, Limits, ProgramBox
from affiant.errors import AffiantError, WrongUseError
from affiant.read.raster import Raster
from affiant.read.recognition import PageText, page_text

TOOL: Final = "tesseract"
USUAL: Final = ("eng", "fas", "ara")
PSM: Final = 3

_DATA: Final = (
    Path("/usr/share/tesseract-ocr"),
    Path("/usr/share/tessdata"),
    Path("/usr/local/share/tessdata"),
    Path("/usr/local/share/tesseract-ocr"),
)
_LIMITS: Final = Limits(cpu_seconds=110, wall_seconds=120.0, output_bytes=16 << 20)
_VERSION: Final = re.compile(rb"tesseract v?([0-9][0-9A-Za-z.+-]{0,40})")
_LANGUAGE: Final = re.compile(r"[a-z]{3}(_[A-Za-z]{1,20})*")


class Tesseract:
    """Recognises the characters of one page at a time; several threads may share it."""

    def __init__(self, box: ProgramBox) -> None:
        self._box = box

    @property
    def isolation(self) -> str:
        """What is in force around it."""
        return self._box.isolation

    @cached_property
    def version(self) -> str:
        """Its version, as it says itself."""
        found = _VERSION.match(self._box.greeting)
        return found[1].decode("ascii") if found else "unknown"

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages that it has data for."""
        printed = self._box.run(["--list-langs"], document=None).data
        lines = printed.decode("utf-8", "replace").splitlines()
        return frozenset(line for line in lines if _LANGUAGE.fullmatch(line)) - {"osd"}

    def recognise(self, page: Raster, *, languages: Sequence[str]) -> PageText:
        """Return the text of one page.

        Raises:
            UnreadableError: It broke down, took too long, or answered in another form.
        """
        dpi = ["--dpi", str(page.dpi)] if page.dpi else []
        words = [DOCUMENT, "stdout", "-l", "+".join(languages), "--psm", str(PSM), *dpi]
        words += ["-c", "tessedit_create_tsv=1"]
        reply = self._box.run(words, document=page.picture())
        return page_text(reply.data, width=page.width, height=page.height)


def find_tesseract() -> Tesseract:
    """Return the tesseract of this system.

    Raises:
        AffiantError: There is none.
    """
    path = shutil.which("tesseract")
    if path is None:
        raise AffiantError(
            "tesseract is not installed: no characters are recognised on pictures and scans",
            remedy="Install it with the languages you need, on Debian: "
            "apt install tesseract-ocr tesseract-ocr-fas tesseract-ocr-ara.",
        )
    return Tesseract(ProgramBox(Path(path), folders=_DATA, limits=_LIMITS))


def choose_languages(wanted: Sequence[str], *, installed: frozenset[str]) -> tuple[str, ...]:
    """Return the languages to recognise: those wanted, or the usual ones that are there.

    Args:
        wanted: Empty for the usual ones.
        installed: Those with data.

    Raises:
        WrongUseError: One that is wanted has no data here, or none of the usual ones has.
    """
    missing = [language for language in wanted if language not in installed]
    found = tuple(wanted) or tuple(language for language in USUAL if language in installed)
    if missing or not found:
        names = missing or list(USUAL)
        packages = " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in names)
        raise WrongUseError(
            f"tesseract has no data here for: {', '.join(names)}",
            remedy=f"Install it, on Debian: apt install {packages}. "
            f"There is data for: {', '.join(sorted(installed)) or 'none'}.",
        )
    return found
