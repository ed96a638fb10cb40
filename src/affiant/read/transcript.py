"""A transcription as a person hands it in: plain text, SubRip or WebVTT, kept to the code point."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final, Literal

import msgspec

from affiant.errors import BadInputError
from affiant.model.region import Region
from affiant.read.document import MOST_TEXT
from affiant.read.values import PageSpan

Form = Literal["text", "srt", "vtt"]
FORMS: Final[dict[str, Form]] = {".srt": "srt", ".vtt": "vtt"}

_TIME: Final = r"(?:(\d{1,4}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
_SPAN: Final = re.compile(rf"\s*{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t].*)?")
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_NOT_SPOKEN: Final = re.compile(r"(NOTE|STYLE|REGION)(\s|$)")
_VOICE: Final = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_TAG: Final = re.compile(r"</?(?:c|i|b|u|v|ruby|rt|lang)(?:[.\s][^>]*)?>|<[\d:.]+>")
_PAGE_END: Final = re.compile(r"\f\n?")
_MARK: Final = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What was written down, and where each stretch of it stands.

    Attributes:
        text: The words alone; numbers and times of subtitles are in the regions.
        form: As what it was handed in.
        regions: In the order of the text.
        pages: Where form feeds part the text into pages; else empty.
    """

    text: str
    form: Form
    regions: tuple[Region, ...] = ()
    pages: tuple[PageSpan, ...] = ()


def read_transcript(data: bytes, *, form: Form, regions: bytes | None = None) -> Transcript:
    """Return a transcription from the bytes of a file that a person made.

    Plain text is kept as it is to the code point, byte order mark and line ends too. Of
    subtitles the words of each cue are kept, its lines and the cues parted by U+000A; of WebVTT
    marks of type are left out, a voice ``<v Name>`` becomes ``Name: ``, and escaped characters
    are what they stand for.

    Args:
        data: The file, UTF-8.
        form: What it is.
        regions: For plain text, a JSON list of ``{start, end, page, box}`` or
            ``{start, end, from_ms, to_ms}``, offsets in code points.

    Raises:
        BadInputError: It is not UTF-8, empty, too long, or not of this form; or a region does
            not fit the text.
    """
    try:
        content = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise _bad(f"byte {problem.start} is not UTF-8", remedy="Save it as UTF-8.") from problem
    if form == "text":
        found = Transcript(
            text=content,
            form=form,
            regions=_given(regions, text=content) if regions is not None else (),
            pages=_pages(content),
        )
    elif regions is not None:
        raise _bad("subtitles have their own times", remedy="Leave the regions out.")
    else:
        found = _joined(_cues(content.removeprefix(_MARK), form=form), form=form)
    if not found.text.strip() or len(found.text) > MOST_TEXT:
        raise _bad(
            "it holds no words, or more than one text may", remedy="Look at the file, then repeat."
        )
    return found


def _given(regions: bytes, *, text: str) -> tuple[Region, ...]:
    """Return the regions of a JSON list.

    Raises:
        BadInputError: It is none, or one of them does not fit the text.
    """
    try:
        found = msgspec.json.decode(regions, type=tuple[Region, ...])
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as problem:
        raise _bad(
            f"the regions are not what they must be: {problem}",
            remedy='Give a JSON list such as [{"start": 0, "end": 12, "page": 1}].',
        ) from problem
    for region in found:
        if region.end > len(text):
            raise _bad(
                f"a region ends at {region.end}, the text at {len(text)}",
                remedy="Count in code points, from 0, the end not included.",
            )
    return tuple(sorted(found, key=lambda region: (region.start, region.end)))


def _pages(text: str) -> tuple[PageSpan, ...]:
    """Return the pages that form feeds part a text into; none where there is no form feed."""
    ends = list(_PAGE_END.finditer(text))
    if not ends:
        return ()
    starts = [0, *(end.end() for end in ends)]
    stops = [*(end.start() for end in ends), len(text)]
    return tuple(
        PageSpan(page=number, start=start, end=stop)
        for number, (start, stop) in enumerate(zip(starts, stops, strict=True), start=1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cue:
    """Words with their span of time, in milliseconds."""

    words: str
    from_ms: int
    to_ms: int


def _joined(cues: Iterator[_Cue], *, form: Form) -> Transcript:
    """Put cues together, each with its time; cues without words are left out."""
    words: list[str] = []
    regions: list[Region] = []
    at = 0
    for cue in cues:
        if not cue.words:
            continue
        end = at + len(cue.words)
        regions.append(Region(start=at, end=end, from_ms=cue.from_ms, to_ms=cue.to_ms))
        words.append(cue.words)
        at = end + 1
    return Transcript(text="\n".join(words), form=form, regions=tuple(regions))


def _cues(content: str, *, form: Form) -> Iterator[_Cue]:
    """Yield the cues of subtitles.

    Raises:
        BadInputError: A block is none; nothing is passed over.
    """
    lines = _LINE_END.split(content)
    if form == "vtt" and not re.fullmatch(r"WEBVTT([ \t].*)?", lines[0]):
        raise _bad("WebVTT begins with WEBVTT", remedy="Name its form: --form.")
    for first, block in _blocks(lines):
        if form == "vtt" and (first == 1 or _NOT_SPOKEN.match(block[0])):
            continue
        timed = next((at for at, line in enumerate(block[:2]) if _SPAN.fullmatch(line)), None)
        if timed is None:
            raise _bad(
                f"line {first}: no time stands over these words",
                remedy="Write 00:01:02,500 --> 00:01:04,000 above each cue.",
            )
        yield _cue(block, timed=timed, first=first, form=form)


def _cue(block: Sequence[str], *, timed: int, first: int, form: Form) -> _Cue:
    """Return one cue; its number, or name, and its time are no part of its words.

    Raises:
        BadInputError: It ends before it begins.
    """
    match = _SPAN.fullmatch(block[timed])
    groups = match.groups() if match else ()
    begin, end = _milliseconds(groups[:4]), _milliseconds(groups[4:])
    if begin >= end:
        raise _bad(
            f"line {first}: the cue ends before it begins", remedy="Correct its times, then repeat."
        )
    words = "\n".join(block[timed + 1 :])
    if form == "vtt":
        words = unescape(_TAG.sub("", _VOICE.sub(r"\1: ", words)))
    return _Cue(words=words, from_ms=begin, to_ms=end)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the blocks that empty lines part, each with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _milliseconds(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, milliseconds = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds


def _bad(problem: str, *, remedy: str) -> BadInputError:
    return BadInputError(f"the transcription cannot be taken in: {problem}", remedy=remedy)
