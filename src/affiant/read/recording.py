"""Sound and film: what the container says of itself, through ffprobe where it is installed."""

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from affiant.box import DOCUMENT, Limits, ProgramBox
from affiant.errors import AffiantError, UnreadableError
from affiant.read.document import split_media_type
from affiant.read.recording_marks import CONTAINERS
from affiant.read.values import Problem, Reading

CODE: Final = "sound_or_film"
NOT_TRIED: Final = "none"

_LIMITS: Final = Limits(cpu_seconds=15, wall_seconds=20.0, output_bytes=1 << 20)
_MOST_STREAMS: Final = 40
_MOST_WORDS: Final = 300
_BLANKS: Final = re.compile(r"\s+")
_SECONDS: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
# fact: the names that containers have for it, the first that is there counts
_TAGS: Final = {
    "created": ("com.apple.quicktime.creationdate", "creation_time", "date", "icrd"),
    "place": ("com.apple.quicktime.location.iso6709", "location", "location-eng", "xyz"),
    "device_make": ("com.apple.quicktime.make", "make"),
    "device_model": ("com.apple.quicktime.model", "model", "com.android.model"),
    "software": ("com.apple.quicktime.software", "encoder", "software", "com.android.version"),
    "title": ("title",),
    "author": ("artist", "author", "com.apple.quicktime.author"),
    "comment": ("comment", "description"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """One stream of a container as ffprobe describes it."""

    codec_type: str = ""
    codec_name: str = ""
    width: int = 0
    height: int = 0
    sample_rate: str = ""
    channels: int = 0
    duration: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """The container itself."""

    format_name: str = ""
    duration: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What ffprobe says of a file."""

    format: Container
    streams: tuple[Stream, ...] = ()


def is_recording(media_type: str) -> bool:
    """Tell whether a document is sound or film."""
    return split_media_type(media_type)[0] in CONTAINERS


def read_recording(document: bytes | Path, *, media_type: str) -> tuple[Reading, str]:
    """Return what a recording says of itself, and the isolation under which it was asked.

    There is no text: a person must write it down. Where ffprobe is missing, or breaks down
    over the file, that is a problem of the reading and nothing more.

    Args:
        document: Its bytes, or the file that holds them.
        media_type: As ``sniff`` gives it.
    """
    unread = Reading(extraction=None, problems=(Problem(code="facts_not_read", item="recording"),))
    path = shutil.which("ffprobe")
    if path is None:
        return unread, NOT_TRIED
    box = _box_of(path)
    container = CONTAINERS[split_media_type(media_type)[0]]
    try:
        isolation = box.isolation
        reply = box.run([*_ARGUMENTS, "-f", container, "-i", DOCUMENT], document=document)
        probe = msgspec.json.decode(reply.data, type=Probe)
    except (UnreadableError, msgspec.DecodeError, UnicodeDecodeError):
        return unread, isolation
    except AffiantError:
        return unread, NOT_TRIED
    return Reading(extraction=None, facts=tuple(facts_of(probe))), isolation


_ARGUMENTS: Final = (
    *("-v", "quiet", "-print_format", "json", "-show_format", "-show_streams"),
    *("-protocol_whitelist", "file"),
)


@lru_cache(maxsize=4)
def _box_of(path: str) -> ProgramBox:
    """Return the box of this ffprobe; it is tried once."""
    return ProgramBox(Path(path), probe=("-version",), limits=_LIMITS)


def facts_of(probe: Probe) -> Iterator[tuple[str, str]]:
    """Yield what a container says of itself, name and value, each on one line.

    Names: ``container``, ``duration_ms``, ``stream_1`` and on, and where they are said
    ``created``, ``place`` (ISO 6709), ``device_make``, ``device_model``, ``software``,
    ``title``, ``author``, ``comment``. Nothing of it is checked: whoever made the file could
    write anything.
    """
    found: list[tuple[str, str]] = [("container", probe.format.format_name)]
    if _SECONDS.fullmatch(probe.format.duration):
        found.append(("duration_ms", str(round(float(probe.format.duration) * 1000))))
    for number, stream in enumerate(probe.streams[:_MOST_STREAMS], start=1):
        found.append((f"stream_{number}", _in_words(stream)))
    tags: dict[str, str] = {}
    for source in (*(each.tags for each in probe.streams[:_MOST_STREAMS]), probe.format.tags):
        tags |= {name.lower(): value for name, value in source.items()}
    for name, written in _TAGS.items():
        found.append((name, next((tags[each] for each in written if tags.get(each)), "")))
    for name, value in found:
        line = _BLANKS.sub(" ", value).strip()
        if line and line.isprintable() and len(line) <= _MOST_WORDS:
            yield name, line


def _in_words(stream: Stream) -> str:
    """Return a stream as a few words: ``video h264 1920x1080``."""
    words = [stream.codec_type, stream.codec_name]
    if stream.width and stream.height:
        words.append(f"{stream.width}x{stream.height}")
    if stream.sample_rate:
        words.append(f"{stream.sample_rate} Hz")
    if stream.channels:
        words.append(f"{stream.channels} channels" if stream.channels > 1 else "1 channel")
    return " ".join(filter(None, words))
