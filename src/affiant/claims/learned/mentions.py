"""Runs of words that may name somebody or something: many, so that few are missed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from affiant.claims.learned.cues import SMALL
from affiant.claims.learned.reports import Place, Report, plain

_LONGEST: Final = 9
_NEVER_LAST: Final = SMALL | frozenset(
    ["other", "several", "some", "many", "any", "all", "each", "both"]
)
_NEVER_WITHIN: Final = frozenset(
    [
        "who",
        "which",
        "that",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "said",
        "says",
        "stated",
        "reported",
        "added",
        "will",
        "would",
        "when",
        "where",
        "while",
        "after",
        "before",
        "because",
        "if",
        "he",
        "she",
        "they",
        "it",
        "but",
    ]
)
_MARKS_WITHIN: Final = frozenset("()\"'-,.")


def mentions(report: Report) -> dict[str, list[Place]]:
    """Return every run of words that may be a mention, by its plain form, in reading order."""
    found: dict[str, list[Place]] = defaultdict(list)
    for number, words in enumerate(report.sentences):
        for first, last in _runs(words):
            place = (number, first, last)
            found[plain(report.words_at(place))].append(place)
    found.pop("", None)
    return dict(found)


def _runs(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield first and last word of each run of a sentence."""
    for first, word in enumerate(words):
        if word not in SMALL and word[0].isalnum():
            for last in _ends(words, first=first):
                yield first, last


def _ends(words: Sequence[str], *, first: int) -> Iterator[int]:
    """Yield where a run that begins at ``first`` may end."""
    opened = False
    for last in range(first, min(len(words), first + _LONGEST)):
        word = words[last]
        is_mark = not word[0].isalnum()
        if word in _NEVER_WITHIN or (is_mark and word not in _MARKS_WITHIN and word != "'s"):
            return
        opened = opened or word == "("
        if word == ")":
            if not opened:
                return
            yield last
        elif not is_mark and word not in _NEVER_LAST:
            yield last


def edges(words: Sequence[str], *, first: int, last: int) -> tuple[str, ...]:
    """Return what a run looks like at its edges: the first sieve goes by these alone."""
    return (
        f"e{words[last]}",
        f"s{words[first]}",
        f"p{words[first - 1] if first else '<'}",
        f"n{words[last + 1] if last + 1 < len(words) else '>'}",
        f"l{min(last - first, 5)}",
    )
