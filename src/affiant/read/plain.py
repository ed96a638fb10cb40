"""Plain text and tables of values: the text is the decoded bytes, as they are."""

from typing import Final

from affiant.read.decoding import Decoded, decode
from affiant.read.values import Extraction, Reading

TOOL: Final = "affiant.read.plain"
VERSION: Final = "1"


def read_plain(data: bytes, *, declared: str | None = None) -> Reading:
    """Return the text of a plain text or CSV file, line endings and BOM kept.

    Raises:
        UnreadableError: ``empty`` or ``not_text``.
    """
    return plain_reading(decode(data, declared=declared))


def plain_reading(decoded: Decoded) -> Reading:
    """Return the reading of a text that is decoded."""
    return Reading(
        extraction=Extraction(
            text=decoded.text,
            tool=TOOL,
            version=VERSION,
            settings=f"encoding_by={decoded.found_by}",
            encoding=decoded.encoding,
            replaced=decoded.replaced,
            surrogates=decoded.surrogates,
        )
    )
