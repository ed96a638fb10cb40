"""What an office file says of itself: who wrote it, who saved it last, with which program."""

from typing import Final

from affiant.read.dates import written_date
from affiant.read.package import Package
from affiant.read.values import Hints

# Source: ECMA-376 part 2, section 11 (core); part 1, section 22.2 (extended).
_CORE: Final = "docProps/core.xml"
_EXTENDED: Final = "docProps/app.xml"
_FACTS: Final = (
    "creator",
    "lastModifiedBy",
    "created",
    "modified",
    "lastPrinted",
    "revision",
    "Application",
    "AppVersion",
    "Company",
    "Manager",
    "Template",
    "TotalTime",
)


def office_says(package: Package) -> tuple[Hints, tuple[tuple[str, str], ...]]:
    """Return title, author, day and language as hints, and more as facts, ``office.`` first.

    Nothing where those parts are missing or damaged.
    """
    core = package.fields(_CORE)
    fields = {**package.fields(_EXTENDED), **core}
    hints = Hints(
        title=core.get("title") or None,
        author=core.get("creator") or None,
        published=written_date(core.get("created") or ""),
        language=core.get("language") or None,
    )
    return hints, tuple((f"office.{name}", fields[name]) for name in _FACTS if name in fields)
