"""What a verification found: named item by item, and what it did not look at."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is not as it was recorded.

    Attributes:
        item: What: ``original sha256:…``, ``entry 12``, ``number …``.
        kind: ``altered``, ``missing``, ``unlisted``, ``signature``, ``commitment``,
            ``rolled_back``, ``forked``, ``stranger``, ``projection``, ``number``, …
        detail: What was expected and what was found.
        since: The entry or time since when it must have been so, where known.
        who: Name or key of whoever recorded the item, where known.
    """

    item: str
    kind: str
    detail: str
    since: str | None = None
    who: str | None = None

    def plain(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return {
            "item": self.item,
            "kind": self.kind,
            "since": self.since,
            "who": self.who,
            "detail": self.detail,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """A verification's result, built up step by step.

    Attributes:
        checked: What was looked at, to how many of it.
        problems: What is broken.
        not_checked: What could not be looked at, in words.
        notes: What is worth knowing and breaks nothing.
    """

    checked: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, what: str, *, by: int = 1) -> None:
        """Count something that was looked at."""
        self.checked[what] = self.checked.get(what, 0) + by

    def add(self, problems: Iterable[Problem]) -> None:
        """Add problems."""
        self.problems.extend(problems)

    @property
    def exit_code(self) -> int:
        """5 where something is broken, 3 where a part was not checked, else 0."""
        if self.problems:
            return 5
        return 3 if self.not_checked else 0

    def plain(self) -> dict[str, Any]:
        """Return it as plain JSON values: the shape of ``verify --json``."""
        return {
            "checked": self.checked,
            "problems": [problem.plain() for problem in self.problems],
            "not_checked": self.not_checked,
            "notes": self.notes,
        }
