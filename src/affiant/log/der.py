"""DER: as much of ASN.1's one encoding as is needed to look into a time-stamp reply.

Source: ITU-T X.690, distinguished encoding rules. Lengths are definite and minimal, tags have
one byte. The order of a SET is not asked for: some authorities send theirs unsorted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from affiant.errors import BadInputError

INTEGER: Final = 0x02
BIT_STRING: Final = 0x03
OCTETS: Final = 0x04
OBJECT_ID: Final = 0x06
GENERALIZED_TIME: Final = 0x18
SEQUENCE: Final = 0x30
SET: Final = 0x31
CONTEXT_0: Final = 0xA0
_MOST_LENGTH_BYTES: Final = 4


@dataclass(frozen=True, slots=True)
class Element:
    """One tagged value.

    Attributes:
        tag: The identifier byte.
        content: What it holds.
        encoded: The whole of it: tag, length, content.
    """

    tag: int
    content: bytes
    encoded: bytes


def elements(data: bytes) -> Iterator[Element]:
    """Yield the elements that stand one behind another, to the last byte.

    Raises:
        BadInputError: It is not DER.
    """
    at = 0
    while at < len(data):
        start, tag = at, data[at]
        length, at = _length(data, at=at + 1)
        end = at + length
        if tag & 0x1F == 0x1F or end > len(data):
            raise not_der()
        yield Element(tag, data[at:end], data[start:end])
        at = end


def _length(data: bytes, *, at: int) -> tuple[int, int]:
    """Return a length and where its content begins."""
    if at >= len(data):
        raise not_der()
    first = data[at]
    if first < 0x80:
        return first, at + 1
    count = first & 0x7F
    octets = data[at + 1 : at + 1 + count]
    if not 1 <= count <= _MOST_LENGTH_BYTES or len(octets) != count:
        raise not_der()
    length = int.from_bytes(octets, "big")
    if length < 0x80 or octets[0] == 0:
        raise not_der()
    return length, at + 1 + count


def only(data: bytes, *, tag: int) -> Element:
    """Return the one element that ``data`` is, which has this tag.

    Raises:
        BadInputError: It is another one, or not alone.
    """
    found = list(elements(data))
    if len(found) != 1:
        raise not_der()
    return expected(found[0], tag=tag)


def expected(element: Element | None, *, tag: int) -> Element:
    """Return the element, which must be there and have this tag.

    Raises:
        BadInputError: It is not there, or another one.
    """
    if element is None or element.tag != tag:
        raise not_der()
    return element


def integer(element: Element) -> int:
    """Return a whole number in its shortest form.

    Raises:
        BadInputError: It is none.
    """
    content = expected(element, tag=INTEGER).content
    padded = len(content) > 1 and (content[0], content[1] & 0x80) in ((0, 0), (0xFF, 0x80))
    if not content or padded:
        raise not_der()
    return int.from_bytes(content, "big", signed=True)


def object_id(element: Element) -> str:
    """Return an object identifier, dotted.

    Raises:
        BadInputError: It is none.
    """
    content = expected(element, tag=OBJECT_ID).content
    if not content or content[-1] & 0x80:
        raise not_der()
    arcs, arc = [], 0
    for octet in content:
        arc = arc << 7 | octet & 0x7F
        if not octet & 0x80:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))


def not_der() -> BadInputError:
    """Return the error for bytes that are not what they should be."""
    return BadInputError(
        "it is not encoded as a time-stamp reply must be (RFC 3161, DER)",
        remedy="Ask another authority, or see that the address is that of its time stamps.",
    )
