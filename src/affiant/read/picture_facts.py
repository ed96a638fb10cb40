"""What a picture says of itself: camera data (EXIF), place, XMP, comments.

Anybody can write these. They are hints, never evidence.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from PIL import ExifTags, Image

from affiant.read.decoding import repair

MOST_FACTS: Final = 400
MOST_LETTERS: Final = 1_000

_MOST_XMP_BYTES: Final = 1 << 20
_PRINTABLE: Final = re.compile("[\x00-\x1f\x7f]+")
_NOT_SHOWN: Final = frozenset({"MakerNote", "PrintImageMatching", "XMLPacket", "IPTCNAA"})
_OFFSETS: Final = frozenset({"ExifOffset", "GPSInfo", "ExifInteroperabilityOffset"})
_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PREFIXES: Final = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
    "http://ns.adobe.com/camera-raw-settings/1.0/": "crs",
}
_COMMENTS: Final = ("comment", "Comment", "Description", "Title", "Author", "Software", "Copyright")


def picture_facts(picture: Image.Image) -> list[tuple[str, str]]:
    """Return the facts, in a fixed order; too many or too long ones are left out.

    Raises:
        ValueError: Or another error of the library: that part of the file is damaged.
    """
    facts = [*_exif(picture), *_xmp(picture), *_comments(picture)]
    return list(islice(((name, value) for name, value in facts if value), MOST_FACTS))


def _exif(picture: Image.Image) -> Iterator[tuple[str, str]]:
    """Yield ``exif.`` fields, and the place as ``gps.latitude`` and so on."""
    exif = picture.getexif()
    camera = exif.get_ifd(ExifTags.IFD.Exif)
    for tags in (exif, camera):
        for number, value in tags.items():
            name = ExifTags.TAGS.get(number)
            if name is not None and name not in _OFFSETS | _NOT_SHOWN:
                yield f"exif.{name}", as_words(value)
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    fields = {ExifTags.GPSTAGS.get(number, ""): value for number, value in place.items()}
    yield from _place(fields)


def _place(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield where a picture says that it was taken, in degrees, north and east positive."""
    for name, tag, negative in (
        ("latitude", "GPSLatitude", "S"),
        ("longitude", "GPSLongitude", "W"),
    ):
        degrees = _degrees(fields.get(tag))
        if degrees is not None:
            sign = -1 if as_words(fields.get(f"{tag}Ref", "")).upper() == negative else 1
            yield f"gps.{name}", f"{sign * degrees:.6f}"
    for tag, value in fields.items():
        if tag in ("GPSTimeStamp",) and isinstance(value, tuple) and len(value) == 3:
            yield "gps.time", ":".join(f"{int(part):02}" for part in value)
        elif tag not in ("", "GPSLatitude", "GPSLongitude", "GPSTimeStamp", "GPSVersionID"):
            yield f"gps.{tag.removeprefix('GPS')}", as_words(value)


def _degrees(value: object) -> float | None:
    """Return degrees, minutes and seconds as degrees; None where they are none."""
    if not isinstance(value, tuple) or len(value) != 3:
        return None
    try:
        degrees, minutes, seconds = map(float, value)
    except (ValueError, TypeError, ZeroDivisionError):
        return None
    if not (0 <= minutes <= 60 and 0 <= seconds <= 60):
        return None
    found = degrees + minutes / 60 + seconds / 3600
    return found if 0 <= found <= 180 else None


def as_words(value: object) -> str:
    r"""Return a value as text on one line; empty where it is no text or too long.

    >>> as_words(b"Canon\0"), as_words((1, 2)), as_words(b"\xff\xfe\x00")
    ('Canon', '1 2', '')
    """
    if isinstance(value, bytes):
        try:
            value = value.removeprefix(b"ASCII\0\0\0").rstrip(b"\0").decode("utf-8")
        except UnicodeDecodeError:
            return ""
        value = "" if "\0" in value else value
    if isinstance(value, tuple | list):
        value = " ".join(map(as_words, value)) if len(value) <= MOST_LETTERS else ""
    text, _ = repair(_PRINTABLE.sub(" ", str(value)).strip())
    return text if len(text) <= MOST_LETTERS else ""


def _xmp(picture: Image.Image) -> Iterator[tuple[str, str]]:
    """Yield ``xmp.`` fields; of lists the items, of alternatives the first.

    Source: ISO 16684-1 (XMP), section 7.
    """
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    if isinstance(packet, str):
        packet = packet.encode("utf-8", "surrogatepass")
    if not packet or len(packet) > _MOST_XMP_BYTES:
        return
    try:
        root = fromstring(packet.strip(b"\0 \r\n\t"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return
    for description in root.iter(f"{_RDF}Description"):
        for tag, value in description.attrib.items():
            if not tag.startswith(_RDF):
                yield _xmp_name(tag), as_words(value)
        for field in description:
            yield _xmp_name(field.tag), as_words(_xmp_value(field))


def _xmp_name(tag: str) -> str:
    space, _, name = tag.removeprefix("{").rpartition("}")
    prefix = _PREFIXES.get(space)
    return f"xmp.{prefix}:{name}" if prefix else f"xmp.{name}"


def _xmp_value(field: Element) -> str:
    """Return what a field says: its text, or its items on one line."""
    items = [item.text or "" for item in field.iter(f"{_RDF}li")]
    return "; ".join(items) if items else (field.text or "")


def _comments(picture: Image.Image) -> Iterator[tuple[str, str]]:
    """Yield comments as the format has them."""
    texts: Mapping[str, Any] = getattr(picture, "text", {})
    for name in _COMMENTS:
        value = picture.info.get(name, texts.get(name))
        if value is not None:
            yield f"picture.{name.lower()}", as_words(value)
