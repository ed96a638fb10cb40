"""Where pages stand in a text that has them one after another."""

from collections.abc import Sequence
from typing import Final

from affiant.read.values import PageSpan

PAGE_END: Final = "\f\n"


def page_spans(pages: Sequence[str]) -> tuple[PageSpan, ...]:
    """Return the place of each page, with ``PAGE_END`` between them.

    >>> page_spans(["ab", "c"])[1]
    PageSpan(page=2, start=4, end=5)
    """
    spans, start = [], 0
    for number, text in enumerate(pages, start=1):
        spans.append(PageSpan(page=number, start=start, end=start + len(text)))
        start += len(text) + len(PAGE_END)
    return tuple(spans)
