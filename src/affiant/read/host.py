"""The reader's side outside the box: what comes back is believed only after a check."""

import re
from dataclasses import replace
from typing import Final

import msgspec

from affiant.box import Box, Reply
from affiant.errors import UnreadableError
from affiant.model.file_name import is_escaped
from affiant.read.codes import PARTIAL, UNREADABLE, unreadable
from affiant.read.decoding import decode_plainly
from affiant.read.document import (
    MOST_PARAGRAPHS,
    MOST_TEXT,
    PLAIN,
    WORDLESS,
    read_document,
    split_media_type,
)
from affiant.read.inside import TASK
from affiant.read.members import MOST_MEMBERS, MOST_MESSAGES, MOST_TOTAL_BYTES
from affiant.read.values import About, Extraction, Hints, Member, Problem, Reading

IN_PROCESS: Final = "in-process"

_MOST_WORDS: Final = 2_000
_MOST_NAME: Final = 4_000
_MOST_ATTACHED: Final = 100
# A page that is read twice has the time of one document, not of two.
_FIRST_TRY, _SECOND_TRY = 0.4, 0.6
_BREAKDOWNS: Final = frozenset({"timeout", "memory", "crashed"})
_WITH_SEARCHED_HINTS: Final = frozenset({"text/html", "application/xhtml+xml"})
_MEDIA_TYPE: Final = re.compile(r"[a-z]+/[a-z0-9.+-]{1,80}(; charset=[\w.-]{1,40})?")
_FACT_NAME: Final = re.compile(r"[a-z_]+(\.[\w:.-]{1,100})?")
_LIKENESS: Final = re.compile("[0-9a-f]{16}")
_MOST_FACTS: Final = 500
_ENCODING: Final = re.compile(r"[\w.-]{1,40}")


def read_confined(box: Box, *, data: bytes, media_type: str, depth: int = 0) -> tuple[Reading, str]:
    """Read one document, in the box unless it is plain UTF-8 or marked text.

    Where a web page breaks its reader, it is read once more without the search for title,
    author and date, so that a page cannot hide its text behind its hints.

    Args:
        box: Where hostile formats are opened.
        data: The document.
        media_type: As ``sniff`` gives it; a ``charset`` in it counts as declared.
        depth: In how many containers it lies.

    Returns:
        The reading, checked, and the isolation that it was made under: ``in-process``, or
        what the box had in force.

    Raises:
        UnreadableError: With one of the codes in ``codes.UNREADABLE``.
    """
    kind, charset = split_media_type(media_type)
    if kind in WORDLESS:
        raise unreadable("no_words")
    if kind in PLAIN and charset is None and _is_safe_here(data):
        return read_document(data, media_type=media_type, depth=depth), IN_PROCESS
    arguments = {"media_type": media_type, "depth": str(depth), "hints": "yes"}
    if kind not in _WITH_SEARCHED_HINTS:
        return _read_in(box, data=data, arguments=arguments, share=1.0)
    try:
        return _read_in(box, data=data, arguments=arguments, share=_FIRST_TRY)
    except UnreadableError as problem:
        if problem.code not in _BREAKDOWNS:
            raise
    arguments["hints"] = "no"
    return _read_in(box, data=data, arguments=arguments, share=_SECOND_TRY)


def _is_safe_here(data: bytes) -> bool:
    """Tell whether bytes are plain text that this process can decode without harm or effort."""
    return not data or (len(data) <= MOST_TEXT and decode_plainly(data) is not None)


def _read_in(
    box: Box, *, data: bytes, arguments: dict[str, str], share: float
) -> tuple[Reading, str]:
    """Read in the box once; every error leaves in our own words."""
    try:
        reply = box.run(TASK, data=data, arguments=arguments, share=share)
    except UnreadableError as problem:
        raise unreadable(problem.code if problem.code in UNREADABLE else "crashed") from problem
    return _believed(reply), reply.isolation


def _believed(reply: Reply) -> Reading:
    """Return the reading where every part of it is of the form that we write.

    Raises:
        UnreadableError: ``bad_reply``.
    """
    try:
        reading = msgspec.msgpack.decode(reply.data, type=Reading)
    except (msgspec.DecodeError, ValueError) as problem:
        raise unreadable("bad_reply") from problem
    fits = (
        len(reading.members) <= MOST_MESSAGES
        and len(reading.problems) <= 2 * MOST_MEMBERS
        and sum(len(member.data) for member in reading.members) <= MOST_TOTAL_BYTES
        and len({member.path for member in reading.members}) == len(reading.members)
        and all(map(_member_fits, reading.members))
        and all(map(_problem_fits, reading.problems))
        and (reading.extraction is None or _extraction_fits(reading.extraction))
        and _facts_fit(reading)
    )
    if not fits:
        raise unreadable("bad_reply")
    if reading.extraction is None:
        return reading
    hints = _shortened(reading.extraction.hints)
    return replace(reading, extraction=replace(reading.extraction, hints=hints))


def _facts_fit(reading: Reading) -> bool:
    """Tell whether facts have names of our form and values that can be shown on one line."""
    names = [name for name, _ in reading.facts]
    return (
        len(names) <= _MOST_FACTS
        and len(set(names)) == len(names)
        and all(_FACT_NAME.fullmatch(name) for name in names)
        and all(len(value) <= _MOST_WORDS and _encodable(value) for _, value in reading.facts)
        and (reading.likeness is None or _LIKENESS.fullmatch(reading.likeness) is not None)
    )


def _extraction_fits(extraction: Extraction) -> bool:
    words = (extraction.tool, extraction.version, extraction.settings)
    return (
        len(extraction.text) <= MOST_TEXT
        and extraction.text.count("\n") < MOST_PARAGRAPHS
        and _encodable(extraction.text)
        and all(len(word) <= _MOST_WORDS and word.isprintable() for word in words)
        and (extraction.encoding is None or _ENCODING.fullmatch(extraction.encoding) is not None)
        and extraction.replaced >= 0
        and extraction.surrogates >= 0
        and _pages_fit(extraction)
    )


def _pages_fit(extraction: Extraction) -> bool:
    """Tell whether the pages are numbered from 1 and follow one another within the text."""
    end = 0
    for number, page in enumerate(extraction.pages, start=1):
        if page.page != number or not end <= page.start <= page.end:
            return False
        end = page.end
    return end <= len(extraction.text)


def _member_fits(member: Member) -> bool:
    return (
        0 < len(member.path) <= _MOST_NAME
        and is_escaped(member.path)
        and member.size == len(member.data)
        and _MEDIA_TYPE.fullmatch(member.media_type) is not None
        and (member.about is None or _about_fits(member.about))
    )


def _about_fits(about: About) -> bool:
    """Tell whether what a container says of a part is short, and characters throughout."""
    words = (about.sender, about.sender_id, about.sent, about.edited, about.forwarded_from)
    more = (about.refers_to, about.address, about.captured, about.status, *about.attached)
    return len(about.attached) <= _MOST_ATTACHED and all(
        len(word) <= _MOST_NAME and _encodable(word) for word in (*words, *more) if word is not None
    )


def _problem_fits(problem: Problem) -> bool:
    return problem.code in PARTIAL and len(problem.item) <= _MOST_NAME and is_escaped(problem.item)


def _shortened(hints: Hints) -> Hints:
    """Return the hints on one line each, without those that are too long to be true."""

    def fit(value: str | None) -> str | None:
        line = " ".join((value or "").split())
        return line if line and len(line) <= _MOST_WORDS and _encodable(line) else None

    return Hints(
        title=fit(hints.title),
        author=fit(hints.author),
        published=fit(hints.published),
        site=fit(hints.site),
        language=fit(hints.language),
    )


def _encodable(text: str) -> bool:
    """Tell whether a text has no lone surrogates."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
