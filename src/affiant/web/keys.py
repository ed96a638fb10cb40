"""The one table of keys: the browser, the help and the manual's page are made from it."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key and what it does.

    Attributes:
        key: As the browser names it (``KeyboardEvent.key``).
        act: The name of the act in templates and scripts.
        does: In words, for the help.
    """

    key: str
    act: str
    does: str


KEYS: Final = (
    Key(key="s", act="attribution", does="confirm who says it, how surely, how they know"),
    Key(key="d", act="polarity", does="confirm whether it is told as done, as possible, or denied"),
    Key(key="a", act="accept", does="accept (after S and D), go to the next"),
    Key(key="x", act="reject", does="reject: then a digit for the reason, go to the next"),
    Key(key="u", act="unsure", does="not sure, go to the next"),
    Key(key="e", act="edit", does="change any part of the claim, then accept it so"),
    Key(key="n", act="new", does="new claim from the words that are selected"),
    Key(key="l", act="link", does="say which incident the claim tells"),
    Key(key="r", act="read_through", does="say that the document was read through"),
    Key(key="m", act="mark", does="mark the claim for rejecting several at once"),
    Key(key="X", act="reject_marked", does="reject all marked claims: then a digit"),
    Key(key="z", act="undo", does="take the last decision back"),
    Key(key="j", act="next", does="next claim"),
    Key(key="k", act="previous", does="previous claim"),
    Key(key="w", act="select", does="put the cursor into the text, to select words by keys"),
    Key(key="?", act="help", does="show or hide this table"),
)
DIGITS: Final = "123456789"
"""Choose a reason, or a question to have read for, in the order in which they stand."""

LEAVE: Final = "Escape"
