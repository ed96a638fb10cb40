"""Names of files, written so that they can be shown, stored and compared safely."""

import unicodedata
from typing import Final

# Joiners belong to the spelling of Persian, Arabic and Indic words; the rest of their
# category is invisible or turns the reading direction.
_JOINERS: Final = "\u200c\u200d"
_RESERVED: Final = "%!#\\"
_HIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_FIRST_BYTE_ESCAPE, _LAST_BYTE_ESCAPE = 0xDC80, 0xDCFF


def escape_name(name: str | bytes) -> str:
    r"""Return a name with everything that could hide or deceive written as ``%`` and hex.

    Escaped are control characters, invisible ones (bidi controls, BOM, soft hyphen; not the
    joiners U+200C and U+200D), odd spaces, unassigned ones, and the reserved ``% ! # \``;
    each as its UTF-8 bytes. Bytes that are not UTF-8, also where Python carries them as lone
    surrogates, stand as what they are. ``/`` stays. Two different names never give one.

    >>> escape_name("\u202egpj.exe")
    '%E2%80%AEgpj.exe'
    """
    text = name.decode("utf-8", "surrogateescape") if isinstance(name, bytes) else name
    if text.isascii() and text.isprintable() and not any(sign in text for sign in _RESERVED):
        return text
    return "".join(map(_escape, text))


def is_escaped(name: str) -> bool:
    """Tell whether a name is one that ``escape_name`` can have returned."""
    plain = name.replace("%", "")
    percents = name.split("%")[1:]
    return escape_name(plain) == plain and all(_is_hex(part[:2]) for part in percents)


def _escape(character: str) -> str:
    """Return one character, or the bytes that it stands for."""
    category = unicodedata.category(character)
    odd_space = category == "Zs" and character != " "
    hidden = category in _HIDDEN_CATEGORIES and character not in _JOINERS
    if not (hidden or odd_space or character in _RESERVED):
        return character
    code = ord(character)
    if _FIRST_BYTE_ESCAPE <= code <= _LAST_BYTE_ESCAPE:
        return f"%{code - 0xDC00:02X}"
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))


def _is_hex(pair: str) -> bool:
    return len(pair) == 2 and all(digit in "0123456789ABCDEF" for digit in pair)
