"""Which kind of sound or film a file is, by the marks at its beginning."""

import re
from typing import Final

_BEGINNINGS: Final = (
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR-WB\n", "audio/amr-wb"),
    (b"#!AMR\n", "audio/amr"),
    (b"FLV\x01", "video/x-flv"),
    (b"\x00\x00\x01\xba", "video/mpeg"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (b"caff\x00\x01", "audio/x-caf"),
)
# The brand of an ISO base media file; any other that is not a still picture's is a film's.
_BRANDS: Final = (
    (b"M4A", "audio/mp4"),
    (b"M4B", "audio/mp4"),
    (b"3g", "video/3gpp"),
    (b"qt  ", "video/quicktime"),
)
_STILL: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avi")
_OLD_QUICKTIME: Final = (b"moov", b"mdat", b"wide")
_RIFF: Final = {b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_EBML: Final = b"\x1aE\xdf\xa3"
# MPEG sound, layer III, with a bit rate and a sampling rate that exist; twice in a row is
# asked for, so that two bytes at the beginning of something else do not make it sound.
_MP3: Final = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xeb]")
_AAC: Final = re.compile(rb"\xff[\xf0\xf1\xf8\xf9][\x40-\xbf]")
_PACKET: Final = 188

# media type: the name under which ffprobe knows the container
CONTAINERS: Final = {
    "audio/aac": "aac",
    "audio/aiff": "aiff",
    "audio/amr": "amr",
    "audio/amr-wb": "amr",
    "audio/flac": "flac",
    "audio/mp4": "mov",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/x-caf": "caf",
    "video/3gpp": "mov",
    "video/mp2t": "mpegts",
    "video/mp4": "mov",
    "video/mpeg": "mpeg",
    "video/ogg": "ogg",
    "video/quicktime": "mov",
    "video/webm": "matroska",
    "video/x-flv": "flv",
    "video/x-matroska": "matroska",
    "video/x-ms-asf": "asf",
    "video/x-msvideo": "avi",
}


def recording_type(head: bytes) -> str | None:
    """Return the media type of sound or film, or None where the marks are of neither.

    Args:
        head: The first bytes of the file; 16 KiB are enough.
    """
    if head[4:8] == b"ftyp":
        return _by_brand(head[8:12])
    if head[4:8] in _OLD_QUICKTIME and head[:1] == b"\x00":
        return "video/quicktime"
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12])
    if head.startswith(b"FORM") and head[8:12] in (b"AIFF", b"AIFC"):
        return "audio/aiff"
    if head.startswith(_EBML):
        return "video/webm" if b"webm" in head[:64] else "video/x-matroska"
    if head.startswith(b"OggS"):
        return "video/ogg" if b"\x80theora" in head[:128] else "audio/ogg"
    found = next((kind for mark, kind in _BEGINNINGS if head.startswith(mark)), None)
    return found or _by_frames(head)


def _by_brand(brand: bytes) -> str | None:
    """Return the type of an ISO base media file; None for still pictures."""
    if brand.startswith(_STILL):
        return None
    return next((kind for mark, kind in _BRANDS if brand.startswith(mark)), "video/mp4")


def _by_frames(head: bytes) -> str | None:
    """Return the type of a stream that has frames and no header."""
    if (
        head[:1] == b"G"
        and b"\0" in head[:_PACKET]
        and head[_PACKET : _PACKET + 1] == head[2 * _PACKET :][:1] == b"G"
    ):
        return "video/mp2t"
    for pattern, kind in ((_MP3, "audio/mpeg"), (_AAC, "audio/aac")):
        first = pattern.match(head)
        if first and head.find(first[0][:2], 24) > 0:
            return kind
    return None
