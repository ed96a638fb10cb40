"""Strings that come from documents and people, with their language and direction."""

import re
from dataclasses import dataclass
from typing import Final, Literal

Direction = Literal["ltr", "rtl", "auto"]

RIGHT_TO_LEFT: Final = frozenset(
    {"ar", "arc", "azb", "ckb", "dv", "fa", "he", "ks", "lrc", "mzn", "ps", "sd", "ug", "ur", "yi"}
)

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A string that somebody else wrote.

    Plain ``str`` fields of the other views are English sentences of the product itself;
    whatever stands in a document, a name or a person's entry is ``Words``.

    Attributes:
        text: Verbatim.
        language: BCP 47 tag, "und" where not known.
        direction: Base direction; "auto" lets the first strong letter decide.
    """

    text: str
    language: str = "und"
    direction: Direction = "auto"

    def __post_init__(self) -> None:
        """Refuse a language tag that a browser could not read."""
        if not _LANGUAGE.fullmatch(self.language):
            raise ValueError(f"{self.language!r} is not a language tag")


def words_in(language: str, *, text: str) -> Words:
    """Return ``text`` as words of a language, with that language's usual direction."""
    if language == "und":
        return Words(text=text)
    rtl = language.partition("-")[0] in RIGHT_TO_LEFT
    return Words(text=text, language=language, direction="rtl" if rtl else "ltr")


def check_id(public_id: str) -> None:
    """Confirm that a public id may name a file.

    Raises:
        ValueError: Other signs than ASCII letters, digits, ``.``, ``_`` and ``-``.
    """
    if not _ID.fullmatch(public_id):
        raise ValueError(f"{public_id!r} cannot name a page")
