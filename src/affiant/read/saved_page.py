"""Saved web pages: which files belong to which page, by where they lay.

A browser saves a page as ``page.html`` with its style sheets, scripts, pictures and frames in
a folder beside it. They stay preserved and listed, each for itself; but what a page is dressed
in has no words, and does not wait among the documents to be read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from affiant.read.document import split_media_type
from affiant.read.marks import SAVED_PAGE
from affiant.store.case import Case
from affiant.store.derived import Companion
from affiant.store.documents import DocumentRow

# How browsers name the folder, by their language. Source: Microsoft, "Connected Files" (the
# list of Windows), and the strings of Firefox and Chromium.
_ENDINGS: Final = (
    *("_files", ".files", "-files", "_file", "_archivos", "_arquivos", "_ficheiros", "_fichiers"),
    *("-Dateien", "_Dateien", "-filer", "_filer", "_bestanden", "_tiedostot", "-tiedostot"),
    *("_pliki", "_soubory", "_elemei", "_fajlovi", "_datoteke", "_dosyalar", "_failid", "_fails"),
    *("_bylos", "_fitxers", "_fitxategiak", "_fajlok", "_fișiere", "_archivi", "_файлы", "_файли"),
    *("_ملفات", "_فایل‌ها", "_فایلها", "_קבצים"),
)
_PAGE_NAMES: Final = re.compile(r"\.(x?html?|mhtml?)$", re.IGNORECASE)
_SCRIPTS: Final = frozenset(
    {"text/javascript", "application/javascript", "application/x-javascript"}
)
_DOWNLOADED: Final = re.compile(r"\.download$")
_FONTS: Final = frozenset({".woff", ".woff2", ".ttf", ".otf", ".eot"})
_PIXEL: Final = 32
DRESS: Final = frozenset({"style", "script", "font"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A document and one place where it lay.

    Attributes:
        document_id: The document.
        container: The document that it is a part of; empty for an original.
        path: Its escaped path there, or as it was added.
        media_type: As recognised.
    """

    document_id: str
    container: str
    path: str
    media_type: str


def page_files(
    placed: Iterable[Placed], *, sizes: Mapping[str, tuple[int, int]] | None = None
) -> list[Companion]:
    """Return which documents belong to which pages, and what each is to its page.

    A document that also lay elsewhere belongs to no page: it may have been added for itself.

    Args:
        placed: Every document, at each place where it lay.
        sizes: Width and height of pictures, in points, by document.
    """
    everything = list(placed)
    pages = {(item.container, _stem(item.path)): item for item in everything if _is_page(item)}
    found: list[Companion] = []
    apart: set[str] = set()
    for item in everything:
        page = next(filter(None, map(pages.get, _stems_for(item))), None)
        if page is None:
            apart.add(item.document_id)
        elif page.document_id != item.document_id:
            size = (sizes or {}).get(item.document_id)
            found.append(_companion(item, of=page.document_id, size=size))
    return [item for item in found if item.document_id not in apart]


def dress_of(placed: Iterable[Placed], *, in_saved_page: bool = False) -> set[str]:
    """Return the style sheets, scripts and fonts of saved pages: nothing in them is read.

    Args:
        placed: Documents at the places where they lay.
        in_saved_page: Whether all of them are parts of a page saved as one file.
    """
    if in_saved_page:
        return {item.document_id for item in placed if _role(item, size=None) in DRESS}
    return {item.document_id for item in page_files(placed) if item.role in DRESS}


def originals_placed(case: Case) -> Iterator[Placed]:
    """Yield every original at each place where it lay when it was added."""
    kinds = {row.document_id: row.media_type for row in case.documents.all()}
    for digest, path in case.documents.paths():
        if digest in kinds:
            yield Placed(document_id=digest, container="", path=path, media_type=kinds[digest])


def note_page_files(case: Case) -> None:
    """Derive anew which documents belong to which saved page."""
    rows = case.documents.all()
    saved = {row.document_id for row in rows if split_media_type(row.media_type)[0] == SAVED_PAGE}
    placed = [*originals_placed(case), *_parts_placed(rows)]
    sizes = case.derived.picture_sizes()
    of_saved = [
        _companion(part, of=part.container, size=sizes.get(part.document_id))
        for part in placed
        if part.container in saved
    ]
    with case.deriving():
        case.derived.set_companions([*page_files(placed, sizes=sizes), *of_saved])


def _parts_placed(rows: Iterable[DocumentRow]) -> Iterator[Placed]:
    """Yield every part at its place in its container."""
    for row in rows:
        if row.container is not None and row.member is not None:
            yield Placed(
                document_id=row.document_id,
                container=row.container,
                path=row.member,
                media_type=row.media_type,
            )


def _companion(item: Placed, *, of: str, size: tuple[int, int] | None) -> Companion:
    return Companion(
        document_id=item.document_id,
        of_document_id=of,
        role=_role(item, size=size),
        name=item.path,
    )


def _is_page(item: Placed) -> bool:
    return _PAGE_NAMES.search(item.path) is not None


def _stem(path: str) -> str:
    """Return a page's path without its ending."""
    return _PAGE_NAMES.sub("", path)


def _stems_for(item: Placed) -> Iterator[tuple[str, str]]:
    """Yield the pages that a path may belong to, the nearest folder first."""
    for folder in list(PurePosixPath(item.path).parents)[:-1]:
        for ending in _ENDINGS:
            if folder.name.endswith(ending) and len(folder.name) > len(ending):
                yield item.container, str(folder).removesuffix(ending)


def _role(item: Placed, *, size: tuple[int, int] | None) -> str:
    """Return what a file is to its page."""
    kind, _ = split_media_type(item.media_type)
    suffix = PurePosixPath(_DOWNLOADED.sub("", item.path)).suffix.lower()
    if kind == "text/css" or (kind == "text/plain" and suffix == ".css"):
        return "style"
    if kind in _SCRIPTS or (kind == "text/plain" and suffix in (".js", ".mjs")):
        return "script"
    if suffix in _FONTS or kind.startswith("font/"):
        return "font"
    if kind.startswith("image/"):
        return "pixel" if size and max(size) <= _PIXEL else "picture"
    return "frame" if kind == "text/html" else "other"
