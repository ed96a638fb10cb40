"""One folding for every script: what a reader would call the same letters become the same.

Used for searching and for comparing names, never for quotes. Each folded character is
mapped back to the character that it came from. The browser uses the same table.
"""

import unicodedata
from functools import lru_cache
from typing import Final

_LETTERS: Final = {
    "ي": "ی",
    "ى": "ی",
    "ئ": "ی",
    "ې": "ی",
    "ے": "ی",
    "ك": "ک",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ة": "ه",
    "ۀ": "ه",
    "ە": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ؤ": "و",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ı": "i",
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2018": "'",
    "\u2019": "'",
    "\u02bc": "'",
    "\u02bb": "'",
    "\u201c": '"',
    "\u201d": '"',
    "«": '"',
    "»": '"',
}
_REMOVED: Final = {"\u0640", "\u0621"}
_REMOVED_KINDS: Final = {"Mn", "Me", "Cf", "Cc"}
_BLOCKS: Final = (
    (0x00A0, 0x024F),
    (0x02B0, 0x036F),
    (0x0370, 0x04FF),
    (0x0600, 0x06FF),
    (0x0750, 0x077F),
    (0x200B, 0x206F),
    (0xFB50, 0xFDFF),
    (0xFE70, 0xFEFF),
)


@lru_cache(maxsize=65536)
def fold_character(character: str) -> str:
    """Return the folded form of one character: none, one or several characters."""
    if character in "\t\n\r":
        return " "
    found = []
    for piece in unicodedata.normalize("NFKD", _LETTERS.get(character, character)):
        if piece in _REMOVED or unicodedata.category(piece) in _REMOVED_KINDS:
            continue
        digit = unicodedata.digit(piece, None)
        lowered = str(digit) if digit is not None else piece.casefold()
        found.append("".join(_LETTERS.get(letter, letter) for letter in lowered))
    return "".join(found)


def fold(text: str) -> str:
    """Return the folded text, its white space squeezed."""
    return " ".join("".join(map(fold_character, text)).split())


def fold_with_map(text: str) -> tuple[str, list[int]]:
    """Return the folded text, unsqueezed, and for each folded character its source offset."""
    letters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for piece in fold_character(character):
            letters.append(piece)
            offsets.append(offset)
    return "".join(letters), offsets


def browser_table() -> dict[str, str]:
    """Return the table for pages: character to what replaces it, ``""`` to those removed.

    Covers the Latin, Greek, Cyrillic and Arabic blocks; a page lower-cases the rest.
    """
    table: dict[str, str] = {}
    removed: list[str] = []
    for first, last in _BLOCKS:
        for code in range(first, last + 1):
            character = chr(code)
            if unicodedata.category(character) in ("Cn", "Co", "Cs"):
                continue
            folded = fold_character(character)
            if not folded:
                removed.append(character)
            elif folded != character:
                table[character] = folded
    table[""] = "".join(removed)
    return table
