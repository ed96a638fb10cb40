"""Web pages: all visible text, every code point kept."""

import re
from importlib.metadata import version
from typing import Final

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from affiant.read.codes import unreadable
from affiant.read.decoding import Decoded, decode
from affiant.read.page_hints import find_hints
from affiant.read.values import Extraction, Hints, Problem, Reading

TOOL: Final = "resiliparse"
VERSION: Final = version("resiliparse")
SETTINGS: Final = (
    "title first; full text; captions; hidden elements; noscript; "
    "no alternative texts, list marks, links or form fields"
)
MOST_BYTES_FOR_HINTS: Final = 4 << 20

_HEAD_BYTES: Final = 4096
_DECLARED: Final = re.compile(
    rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_BLANKS: Final = re.compile("[ \t\n\f\r]+")


def read_page(data: bytes, *, declared: str | None = None, with_hints: bool = True) -> Reading:
    """Return the visible text of a web page, its title first.

    Blanks are collapsed as a browser does (a no-break space is none); blocks become lines,
    cells stand between tabs, lists are indented. Nothing but such blanks is added. Left out:
    scripts, styles, comments, attributes (so alternative texts), buttons, labels and fields.
    Text that the page hides is kept.

    Args:
        data: The page.
        declared: Encoding that the server declared.
        with_hints: Whether to look for title, author and date.

    Raises:
        UnreadableError: ``empty``, ``not_text`` or ``html_broken``.
    """
    decoded = decode(data, declared=declared or _declared_in(data))
    source = decoded.text.removeprefix("\ufeff")
    tree, body = _visible_text(source)
    title = _BLANKS.sub(" ", tree.title or "").strip(" ")
    text = "\n\n".join(part for part in (title, body) if part)
    if not text.strip():
        raise unreadable("empty")
    wanted = with_hints and len(data) <= MOST_BYTES_FOR_HINTS
    hints = find_hints(tree, source=source, title=title) if wanted else Hints(title=title or None)
    problems = () if wanted else (Problem(code="hints_not_read", item="page"),)
    return Reading(extraction=_extraction(text, decoded=decoded, hints=hints), problems=problems)


def _visible_text(source: str) -> tuple[HTMLTree, str]:
    """Return the parsed page and the text of its body.

    Raises:
        UnreadableError: ``html_broken``.
    """
    try:
        tree = HTMLTree.parse(source)
        body = extract_plain_text(
            tree,
            preserve_formatting=True,
            main_content=False,
            list_bullets=False,
            alt_texts=True,  # without it captions are lost too
            skip_elements=["img", "area"],
            links=False,
            form_fields=False,
            noscript=True,
        )
    except (ValueError, RuntimeError, TypeError) as problem:
        raise unreadable("html_broken") from problem
    return tree, body


def _extraction(text: str, *, decoded: Decoded, hints: Hints) -> Extraction:
    return Extraction(
        text=text,
        tool=TOOL,
        version=VERSION,
        settings=f"encoding_by={decoded.found_by}; {SETTINGS}",
        encoding=decoded.encoding,
        replaced=decoded.replaced,
        surrogates=decoded.surrogates,
        hints=hints,
    )


def _declared_in(data: bytes) -> str | None:
    """Return the encoding that the page declares; two-byte ones cannot be true there."""
    match = _DECLARED.search(data[:_HEAD_BYTES])
    if match is None:
        return None
    label = (match[1] or match[2]).decode("ascii")
    return "utf-8" if label.lower().startswith("utf-16") else label
