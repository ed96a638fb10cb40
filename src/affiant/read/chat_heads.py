"""The heads of the messages in a WhatsApp export: date and time as each phone writes them."""

import re
from dataclasses import dataclass
from typing import Final

# Bidi marks that phones put around dates, names and their own words.
MARKS: Final = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"

_LINE: Final = re.compile(
    rf"^[{MARKS}\ufeff]*(?:\[(?P<within>[^\]\n]{{8,60}})\] ?"
    rf"|(?P<before>\d[^\n\[\]]{{7,60}}?) [-\u2013] )",
    re.MULTILINE,
)
_NO_MARKS: Final = re.compile(f"[{MARKS}]")
_ODD_SPACES: Final = str.maketrans("\u00a0\u202f\u2009", "   ")
_HALF: Final = r"[^\W\d_][^\d:,\u060c\[\]]{0,14}"
_STAMP: Final = re.compile(
    r"(?P<a>\d{1,4})(?P<sep>\. ?|[/-])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{1,4})\.?"
    rf"(?P<glue>[,\u060c]? ) ?(?:(?P<early>{_HALF}) )?"
    rf"(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?(?: ?(?P<late>{_HALF}))?"
)
_MORNING: Final = "am ص قظ قبلازظهر 오전 上午 午前 öö πμ"
_AFTERNOON: Final = "pm م بظ بعدازظهر 오후 下午 午後 ös μμ"
_HALVES: Final = {
    **dict.fromkeys(_MORNING.split(), 0),
    **dict.fromkeys(_AFTERNOON.split(), 12),
}
_BETWEEN: Final = re.compile(r"[.\s\u200c]+")
_PERSIAN: Final = frozenset("۰۱۲۳۴۵۶۷۸۹")
_NOON: Final = 12
_DAY_HOURS, _HOUR_MINUTES = 24, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where one message begins, and the date and time that stand there.

    Attributes:
        start: Offset of the head's first character.
        end: Offset after the head: there the sender or the phone's own words begin.
        numbers: The three numbers of the date, in their order.
        years: Which of the three is a year because it has four digits, or None.
        persian: Whether the digits are those of Persian.
        slashed: Whether slashes or bare dots stand between the numbers.
        clock: ``21:05`` or ``21:05:09``.
        shape: What the heads of one export have in common.
        comma: Whether a comma stands between date and time.
    """

    start: int
    end: int
    numbers: tuple[int, int, int]
    years: int | None
    persian: bool
    slashed: bool
    clock: str
    shape: tuple[object, ...]
    comma: bool


def find_heads(text: str) -> list[Head]:
    """Return every line that begins as a message does, in any form that is known.

    >>> find_heads("[31/12/2031, 21:05:09] Sama: good night")[0].clock
    '21:05:09'
    """
    return [head for match in _LINE.finditer(text) if (head := _head(match)) is not None]


def _head(match: re.Match[str]) -> Head | None:
    """Return a head where a line's beginning is one."""
    within = match["within"]
    stamp = _NO_MARKS.sub("", within or match["before"]).translate(_ODD_SPACES).strip()
    found = _STAMP.fullmatch(stamp)
    clock = _clock(found) if found else None
    if found is None or clock is None:
        return None
    lengths = tuple(len(found[name]) for name in "abc")
    long = [at for at, length in enumerate(lengths) if length > 2]
    if 1 in long or len(long) > 1 or (long and lengths[long[0]] != 4):
        return None
    halved = bool(found["early"] or found["late"])
    return Head(
        start=match.start(),
        end=match.end(),
        numbers=(int(found["a"]), int(found["b"]), int(found["c"])),
        years=long[0] if long else None,
        persian=found["a"][0] in _PERSIAN,
        slashed=found["sep"] in ("/", "."),
        clock=clock,
        shape=(within is None, found["sep"], tuple(long), bool(found["second"]), halved),
        comma="," in found["glue"] or "\u060c" in found["glue"],
    )


def _clock(found: re.Match[str]) -> str | None:
    """Return the time of day on the 24-hour clock, or None where it is none."""
    hour, minute = int(found["hour"]), int(found["minute"])
    second = int(found["second"]) if found["second"] else None
    half = found["early"] or found["late"]
    if half is not None:
        more = _HALVES.get(_BETWEEN.sub("", half).lower())
        if more is None or not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + more
    if hour >= _DAY_HOURS or minute >= _HOUR_MINUTES or (second or 0) >= _HOUR_MINUTES:
        return None
    return f"{hour:02}:{minute:02}" + ("" if second is None else f":{second:02}")
