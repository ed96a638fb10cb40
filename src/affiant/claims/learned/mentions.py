"""Runs of words that may name somebody or something: many, so that few are missed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from affiant.claims.learned.cues import (
    NEVER_LAST,
    NEVER_WITHIN,
    SMALL,
    sorts,
    violence,
    word_class,
)
from affiant.claims.learned.reports import Place, Report, plain

_LONGEST: Final = 9
_NEAR: Final = 6
_NEVER_LAST: Final = SMALL | NEVER_LAST
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
        if word in NEVER_WITHIN or (is_mark and word not in _MARKS_WITHIN and word != "'s"):
            return
        opened = opened or word == "("
        if word == ")":
            if not opened:
                return
            yield last
        elif not is_mark and word not in _NEVER_LAST:
            yield last


def edges(words: Sequence[str], *, first: int, last: int) -> list[str]:
    """Return what a run looks like at its edges: the first sieve goes by these alone."""
    begin, end, length = words[first], words[last], min(last - first, 6)
    second, before = ("<", "<", *words)[first : first + 2]
    after = words[last + 1] if last + 1 < len(words) else ">"
    left, right = word_class(before), word_class(after)
    found = [f"e{end}", f"s{begin}", f"p{before}", f"n{after}", f"l{length}", f"pn{left}|{right}"]
    found += [f"el{end}|{length}", f"es{end}|{begin}" if length else f"e1{end}"]
    found += [
        f"pp{second}|{before}",
        f"ne{right}|{end}",
        f"pe{left}|{end}",
        f"sx{end[-3:]}|{right}",
    ]
    found += [f"so{sorts(end)}|{right}|{left}", f"ss{sorts(begin)}|{left}|{length > 0}"]
    within = words[first : last + 1]
    found += [f"in{word}" for word in within if word in SMALL or not word[0].isalnum()]
    found += [f"k{violence(word)}" for word in words[max(0, first - _NEAR) : first]]
    found += [f"r{violence(word)}" for word in words[last + 1 : last + 1 + _NEAR]]
    return found
