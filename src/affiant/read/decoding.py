"""From bytes to text: which encoding, and what had no character in it."""

import codecs
import re
from dataclasses import dataclass
from typing import Final, Literal

from affiant.read.codes import unreadable

FoundBy = Literal["bom", "declared", "utf-8", "detected", "fallback"]

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What documents declare, and what their bytes follow in practice. Source: WHATWG Encoding.
_MEANT: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
}
_KNOWN: Final = re.compile(
    r"utf-8|utf-(16|32)-[lb]e|cp125\d|cp(437|850|852|855|856|857|862|864|866|874|932|949|720)"
    r"|iso8859-\d+|koi8-[rtu]|mac-\w+|gb18030|big5(hkscs)?|euc_(jp|kr)|euc_jis_2004|iso2022_\w+"
    r"|johab|hz|ptcp154"
)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_CONTROL: Final = re.compile("[\x00-\x07\x0e-\x19\x1c-\x1f]")
_SAMPLE: Final = 1 << 16
_STRAY_CONTROLS: Final = 3
_MOST_CONTROLS: Final = 0.02
_FEW_VALUES: Final = 12
_WIDE_BYTES: Final = {"16": 2, "32": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text and how its bytes were read.

    Attributes:
        text: The text; a BOM stays as U+FEFF.
        encoding: Name of the encoding.
        found_by: How the encoding was found.
        replaced: Bytes without a character; each stands as one U+FFFD.
        surrogates: Lone surrogates; each stands as one U+FFFD.
    """

    text: str
    encoding: str
    found_by: FoundBy
    replaced: int = 0
    surrogates: int = 0


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Return the text of ``data``: by its BOM, else as declared, else UTF-8, else detected.

    A declared encoding is believed where at most one byte in a hundred has no character in
    it. So is UTF-8 where most of what is not ASCII is well formed.

    Raises:
        UnreadableError: ``empty``, or ``not_text``.
    """
    if not data:
        raise unreadable("empty")
    found = decode_plainly(data) if _mark_of(data) or not declared else None
    decoded = found or _declared(data, label=declared) or _strict(data) or _guessed(data)
    sample = decoded.text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _STRAY_CONTROLS + _MOST_CONTROLS * len(sample):
        raise unreadable("not_text")
    return decoded


def decode_plainly(data: bytes) -> Decoded | None:
    """Return the text where a BOM or strict UTF-8 settles its encoding; None elsewhere.

    This is safe outside the box: it only decodes.
    """
    encoding = _mark_of(data)
    if encoding is not None:
        return _lenient(data, encoding=encoding, found_by="bom")
    return _strict(data)


def repair(text: str) -> tuple[str, int]:
    """Return the text with each lone surrogate as U+FFFD, and how many there were.

    Pairs of surrogates are joined to the characters that they stand for.
    """
    if _SURROGATE.search(text) is None:
        return text, 0
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return _SURROGATE.subn("\ufffd", joined)


def python_encoding(label: str | None) -> str | None:
    """Return Python's name for a declared encoding, or None where it is not one for text."""
    try:
        name = codecs.lookup((label or "").strip().strip("'\"")).name
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(name, name)
    return name if _KNOWN.fullmatch(name) else None


def _mark_of(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _strict(data: bytes) -> Decoded | None:
    """Return the text where it is UTF-8 without any error, and no other two-byte text."""
    if _wide_without_mark(data):
        return None
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8", found_by="utf-8")
    except UnicodeDecodeError:
        return None


def _declared(data: bytes, *, label: str | None) -> Decoded | None:
    encoding = python_encoding(label)
    if encoding is None:
        return None
    decoded = _lenient(data, encoding=encoding, found_by="declared")
    errors = decoded.replaced + decoded.surrogates
    return decoded if errors * 100 <= len(data) else None


def _guessed(data: bytes) -> Decoded:
    """Return the text as what it most probably is."""
    wide = _wide_without_mark(data)
    if wide is not None:
        return _lenient(data, encoding=wide, found_by="detected")
    almost = _lenient(data, encoding="utf-8", found_by="utf-8")
    beyond_ascii = len(almost.text) - len(almost.text.encode("ascii", "ignore"))
    if beyond_ascii > 5 * almost.replaced:
        return almost
    detected = python_encoding(_detect(data))
    if detected is None or detected == "utf-8":
        return _lenient(data, encoding="cp1252", found_by="fallback")
    return _lenient(data, encoding=detected, found_by="detected")


def _detect(data: bytes) -> str | None:
    """Ask the detector; it is loaded only here, as most texts never need it."""
    from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415

    label: str | None = detect_encoding(data, html5_compatible=False)
    return label


def _wide_without_mark(data: bytes) -> str | None:
    """Return UTF-16 where there are noughts, and one byte of each pair hardly varies."""
    head = data[:_SAMPLE]
    if b"\0" not in head or len(head) < 4:
        return None
    first, second = len(set(head[::2])), len(set(head[1::2]))
    if second <= _FEW_VALUES and 3 * second <= first:
        return "utf-16-le"
    return "utf-16-be" if first <= _FEW_VALUES and 3 * first <= second else None


def _lenient(data: bytes, *, encoding: str, found_by: FoundBy) -> Decoded:
    """Decode; what has no character becomes U+FFFD and is counted."""
    name = f"windows-{encoding[2:]}" if encoding.startswith("cp125") else encoding
    if encoding.startswith(("utf-16", "utf-32")):
        text, cut = _decode_wide(data, encoding=encoding)
        text, surrogates = repair(text)
        text += "\ufffd" if cut else ""
        return Decoded(
            text=text, encoding=name, found_by=found_by, replaced=cut, surrogates=surrogates
        )
    text = data.decode(encoding, "surrogateescape")
    text, replaced = _SURROGATE.subn("\ufffd", text)
    return Decoded(text=text, encoding=name, found_by=found_by, replaced=replaced)


def _decode_wide(data: bytes, *, encoding: str) -> tuple[str, int]:
    """Decode UTF-16 or UTF-32; return the text, and 1 where its last unit is cut off."""
    width = _WIDE_BYTES[encoding[4:6]]
    whole = len(data) - len(data) % width
    try:
        text = data[:whole].decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        text = data[:whole].decode(encoding, "replace")
    return text, int(whole != len(data))
