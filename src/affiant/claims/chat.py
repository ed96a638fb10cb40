"""Messages of an exported or copied chat: who wrote which words, and on which day.

The forms are those that common messengers export and people copy by hand; digits and names
may be in any script.
"""

import re
from dataclasses import dataclass
from datetime import date

from affiant.errors import BadInputError
from affiant.model.when import span_of

_FEWEST = 2
"""So many messages make a chat; a single line with a time and a colon may be anything."""

_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
_MONTH_DAY = r"\d{1,2}\s+[^\W\d_]{3,12}(?:\s+\d{4})?"
_TIME = r"\d{1,2}[:.٫]\d{2}(?:[:.]\d{2})?(?:\s?(?:[AaPp]\.?[Mm]\.?|[صم]\b))?"
_NAME = r"(?!https?\b)[^\W\d_][^\n:\[\]()|<>]{0,38}?(?:\s\([^\n:()\d]{1,24}\))?"


def _stamp(number: int) -> str:
    """Return the pattern of a time with or without a day, its groups numbered."""
    day = rf"(?:(?P<day{number}>{_DAY}|{_MONTH_DAY})[,،]?\s+(?:at\s+)?)?"
    return rf"{day}(?P<time{number}>{_TIME})"


_FORMS = (
    rf"\[{_stamp(1)}\]\s*[~\-–—]?\s*(?P<name1>{_NAME})\s*:",
    rf"{_stamp(2)}\s*[-–—]?\s*(?P<name2>{_NAME})\s*:",
    rf"(?P<name3>{_NAME})\s*[,،]?\s*[\[(]{_stamp(3)}[\])]\s*(?::|$)",
    rf"(?P<name4>{_NAME})\s*[,،]\s*{_stamp(4)}\s*(?::|$)",
    rf"<?{_stamp(5)}>?\s*<(?P<name5>{_NAME})>",
    rf"\[{_stamp(6)}\]\s*<(?P<name6>{_NAME})>",
    rf"<(?P<name7>{_NAME})>(?:\s*\(?{_stamp(7)}\)?)?(?=\s)",
    rf"@(?P<name8>{_NAME}?)\s*[·•|,–—-]?\s*\(?{_stamp(8)}\)?\s*(?::|$)",
    rf"{_stamp(9)}\s*\|\s*(?P<name9>{_NAME})\s*\|",
)
_HEAD = re.compile(
    r"^[\u200e\u200f\u202a-\u202e \t]{0,12}(?:" + "|".join(_FORMS) + r")[ \t]*", re.MULTILINE
)
_GAP = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Message:
    """One message.

    Attributes:
        head: Offset where its line begins.
        start: Offset of the first character of its words.
        end: Offset after the last.
        writer: First and last offset of the name of who wrote it.
        day: Its day as EDTF where the line gives one, or None.
        stamp: First and last offset of that day, or None.
    """

    head: int
    start: int
    end: int
    writer: tuple[int, int]
    day: str | None
    stamp: tuple[int, int] | None


def messages(text: str) -> list[Message]:
    """Return the messages of a text in order; none where it is no chat."""
    heads = list(_HEAD.finditer(text))
    if len(heads) < _FEWEST:
        return []
    found = []
    for at, match in enumerate(heads):
        stop = heads[at + 1].start() if at + 1 < len(heads) else len(text)
        start, end = _words(text, start=match.end(), stop=stop)
        number = next(n for n in range(1, len(_FORMS) + 1) if match[f"name{n}"])
        day = _edtf(match[f"day{number}"])
        stamp = None if day is None else match.span(f"day{number}")
        found.append(Message(match.start(), start, end, match.span(f"name{number}"), day, stamp))
    return found


def _words(text: str, *, start: int, stop: int) -> tuple[int, int]:
    """Return where the words of a message begin and end: at an empty line at the latest."""
    while start < stop and text[start].isspace():
        start += 1
    gap = _GAP.search(text, start, stop)
    end = gap.start() if gap else stop
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _edtf(written: str | None) -> str | None:
    """Return a day in figures as EDTF, the day before the month unless that cannot be."""
    if written is None:
        return None
    parts = [int(part) for part in re.findall(r"\d+", written)]
    if len(parts) != 3:
        return None
    first, second, third = parts
    if first > 31:
        year, month, day = first, second, third
    else:
        day, month, year = (first, second, third) if second <= 12 else (second, first, third)
    year += 2000 if year < 100 else 0
    try:
        edtf = date(year, month, day).isoformat()
        span_of(edtf)
    except (ValueError, BadInputError):
        return None
    return edtf
