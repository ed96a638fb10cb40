"""Signs that a reader would not see, made visible, so that no text can disguise itself."""

import re
from typing import Final

from markupsafe import Markup

_NAMED: Final[dict[int, str]] = {
    0x061C: "ALM",
    0x200E: "LRM",
    0x200F: "RLM",
    0x2028: "LS",
    0x2029: "PS",
    0x202A: "LRE",
    0x202B: "RLE",
    0x202C: "PDF",
    0x202D: "LRO",
    0x202E: "RLO",
    0x2066: "LRI",
    0x2067: "RLI",
    0x2068: "FSI",
    0x2069: "PDI",
    0xFEFF: "BOM",
    0x000D: "CR",
}
_CONTROLS: Final = [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)]
_ODD: Final = [*range(0xFFF9, 0xFFFC), 0xFFFE, 0xFFFF, *range(0xE0000, 0xE0080)]

MARKS: Final[dict[str, str]] = {
    chr(code): f"⟦{_NAMED.get(code, f'U+{code:04X}')}⟧" for code in [*_NAMED, *_CONTROLS, *_ODD]
}
"""Character to the mark that stands for it on a page."""

_HIDDEN: Final = re.compile("[" + "".join(re.escape(each) for each in MARKS) + "]")
_LINE_END: Final = re.compile("\r(?=\n)")


def visible(text: str) -> str:
    """Return ``text`` with direction marks and control characters shown as words.

    Joiners (U+200C, U+200D) stay, because letters need them; of CR LF only the LF stays.
    """
    return _HIDDEN.sub(lambda found: MARKS[found[0]], _LINE_END.sub("", text))


def shown(value: object) -> object:
    """Make hidden characters visible in whatever a template prints.

    Raises:
        ValueError: A template prints None, which is no word.
    """
    if value is None:
        raise ValueError("a template prints a value that is not there")
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return value
