"""What a web page says about itself."""

import re
from collections.abc import Sequence
from typing import Final

import trafilatura
from resiliparse.parse.html import HTMLTree

from affiant.read.dates import MONTHS, written_date
from affiant.read.values import Hints

_TITLE_NAMES: Final = ("og:title", "dc.title", "citation_title", "twitter:title")
_AUTHOR_NAMES: Final = ("author", "dc.creator", "citation_author", "article:author")
_SITE_NAMES: Final = ("og:site_name", "application-name", "dc.publisher")
_DATE_NAMES: Final = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "citation_publication_date",
    "citation_date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "time",
)
_LINKED_DATA_DATE: Final = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_LIMITS: Final = {
    "original_date": True,
    "extensive_search": False,
    "min_date": "1900-01-01",
    "max_date": "2199-12-31",
}


def find_hints(tree: HTMLTree, *, source: str, title: str) -> Hints:
    """Return title, author, date, site and language as the page gives them.

    The page's own fields come first, with their characters and their precision. Only what
    they leave open is searched for; a date that was searched is taken only if that very day
    stands in the page, as the search is known to make up days.

    Args:
        tree: The parsed page.
        source: The page as text.
        title: The page's title element.
    """
    fields = _own_fields(tree)
    author, published = _first(fields, names=_AUTHOR_NAMES), _declared_date(fields, source=source)
    if author is None or published is None:
        found = trafilatura.extract_metadata(source, date_config=_LIMITS)
        author = author or found.author
        published = published or _proven(found.date, source=source)
    return Hints(
        title=_first(fields, names=_TITLE_NAMES) or title or None,
        author=author,
        published=published,
        site=_first(fields, names=_SITE_NAMES),
        language=_language(tree),
    )


def _own_fields(tree: HTMLTree) -> list[tuple[str, str]]:
    """Return what the page says in its fields, in order: name in lower case, and value."""
    if tree.document is None:
        return []
    fields = []
    for element in tree.document.query_selector_all("meta[content]"):
        for attribute in ("property", "name", "itemprop"):
            name = (element.getattr(attribute) or "").strip().lower()
            if name:
                fields.append((name, (element.getattr("content") or "").strip()))
    for moment in tree.document.query_selector_all("time[pubdate], time[itemprop=datePublished]"):
        fields.append(("time", (moment.getattr("datetime") or "").strip()))
    return fields


def _first(fields: list[tuple[str, str]], *, names: Sequence[str]) -> str | None:
    """Return the first value that is no address, by the order of the names."""
    for wanted in names:
        for name, value in fields:
            if name == wanted and value and "://" not in value:
                return value
    return None


def _declared_date(fields: list[tuple[str, str]], *, source: str) -> str | None:
    """Return the first date among the page's own fields."""
    linked = _LINKED_DATA_DATE.findall(source)
    values = [_first(fields, names=[name]) for name in _DATE_NAMES] + linked[:1]
    dates = (written_date(value) for value in values if value)
    return next((date for date in dates if date), None)


def _proven(date: str | None, *, source: str) -> str | None:
    """Return a date only where its day is written in the page."""
    full = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", date or "")
    if full is None:
        return None
    year, month, day = full[1], int(full[2]), int(full[3])
    name = rf"(?:{MONTHS[month - 1]})\w*\.?"
    ways = (
        rf"{year}(?P<a>[-/.]?)0?{month}(?P=a)0?{day}(?!\d)",
        rf"(?<!\d)0?{day}(?P<b>[-/.])0?{month}(?P=b){year}",
        rf"(?<!\d)0?{month}/0?{day}/{year}",
        rf"(?<!\d)0?{day}(?:st|nd|rd|th)?\.? {name},? {year}",
        rf"{name} 0?{day}(?:st|nd|rd|th)?,? {year}",
    )
    return date if re.search("|".join(ways), source, re.IGNORECASE) else None


def _language(tree: HTMLTree) -> str | None:
    """Return the language tag of the page's root element."""
    if tree.document is None:
        return None
    root = tree.document.query_selector("html")
    tag = (root.getattr("lang") or "").strip() if root is not None else ""
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", tag) else None
