"""Headers of mail messages, also those that break the rules."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import Compat32
from email.utils import parsedate_to_datetime
from typing import Final

from affiant.errors import UnreadableError
from affiant.read.decoding import decode, repair

# What the library is known to raise over headers that break the rules.
BAD_HEADER: Final = (
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    AssertionError,
    MessageError,
)
_LINE_BREAKS: Final = re.compile(r"[\r\n]+[ \t]*")


class AsWritten(Compat32):
    """Has the library hand out headers as they are written, raw bytes as surrogates."""

    def header_fetch_parse(self, *header: str) -> str:
        """Return the header's value itself; it comes after its name."""
        return header[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The text of one header, on one line.

    Attributes:
        text: Encoded words decoded; all else as written.
        surrogates: How many lone surrogates in it became U+FFFD.
    """

    text: str
    surrogates: int = 0


def header(message: Message, *, name: str) -> Header:
    """Return the first header of that name; an empty one where there is none."""
    return decode_words(str(message.get(name, "")))


def said(ask: Callable[[], str | None]) -> str | None:
    """Return what a header says, or None where it is too damaged to say anything."""
    try:
        return ask()
    except BAD_HEADER:
        return None


def decode_words(written: str) -> Header:
    """Return a header's value with its encoded words and raw bytes decoded.

    >>> decode_words("=?utf-8?b?2LnZhNuM?= <ali@example.org>").text
    'علی <ali@example.org>'
    """
    line = _LINE_BREAKS.sub(" ", written).strip()
    if not line.isascii():
        line = _from_bytes(line)
    elif "=?" in line:
        line = _from_words(line)
    text, surrogates = repair(line)
    return Header(text=_LINE_BREAKS.sub(" ", text).strip(), surrogates=surrogates)


def sent_on(date: str) -> str | None:
    """Return the day of a ``Date`` header in the sender's own zone, as EDTF."""
    try:
        return parsedate_to_datetime(date).date().isoformat()
    except (*BAD_HEADER, OverflowError):
        return None


def _from_words(line: str) -> str:
    """Return encoded words decoded (RFC 2047), or the line where they are damaged."""
    try:
        return str(make_header(decode_header(line)))
    except BAD_HEADER:
        return line


def _from_bytes(line: str) -> str:
    """Return what raw bytes in a header say; the library carries them as surrogates."""
    try:
        return decode(line.encode("utf-8", "surrogateescape")).text
    except (UnicodeEncodeError, UnreadableError):
        return line
