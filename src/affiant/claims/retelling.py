"""Mentions of one claim in one document become one suggestion with several quotes."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Final

from affiant.model.claim import Claim
from affiant.model.suggestion import Suggestion

MOST_QUOTES: Final = 60
_FULL: Final = "told again more often than is quoted here"


def joined(
    found: list[Suggestion],
    *,
    kind: Callable[[Claim], Hashable],
    same: Callable[[Suggestion, Suggestion], bool],
    one: Callable[[Suggestion, Suggestion], Suggestion],
) -> list[Suggestion]:
    """Return the suggestions with further mentions of one claim as further quotes of it.

    Args:
        found: In reading order; nothing is joined across documents.
        kind: What two mentions of one claim share in any case.
        same: Tells whether an earlier suggestion and a later one are one claim.
        one: Makes one suggestion of the two.
    """
    kept: list[Suggestion] = []
    alike: dict[Hashable, list[int]] = {}
    for suggestion in found:
        near = alike.setdefault(kind(suggestion.claim), [])
        at = next((at for at in near[-MOST_QUOTES:] if same(kept[at], suggestion)), None)
        if at is None:
            near.append(len(kept))
            kept.append(suggestion)
        elif len(kept[at].claim.quotes) < MOST_QUOTES:
            kept[at] = one(kept[at], suggestion)
        elif not kept[at].why.endswith(_FULL):
            kept[at] = replace(kept[at], why=f"{kept[at].why}; {_FULL}")
    return kept
