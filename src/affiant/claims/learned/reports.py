"""A report in lower case, cut into sentences of words, without regard to its first spelling."""

import re
import string
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"'s\b|[^\W_]+(?:[.,/'-](?!s\b)[^\W_]+)*|[^\w\s]")
_DATELINE: Final = re.compile(r"\s*[^\n]{0,160}?\s--\s+(?:\[[^\]]{0,200}\]\s*){0,8}")
_PARAGRAPH: Final = re.compile(r"\n\s*\n\s*")
_STOPS: Final = frozenset(".!?;:")
_TITLES: Final = frozenset(
    [
        "gen",
        "col",
        "lt",
        "mr",
        "dr",
        "maj",
        "capt",
        "gov",
        "sgt",
        "u.s",
        "mrs",
        "jr",
        "no",
        "st",
        "rev",
        "msgr",
    ]
)
_ARTICLES: Final = frozenset({"a", "an", "the"})
_WITHOUT_MARKS: Final = str.maketrans("", "", string.punctuation)

Place = tuple[int, int, int]
"""A run of words: number of its sentence, first word, last word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The words of a report.

    Attributes:
        text: In lower case, with round brackets only and four spaces between paragraphs.
        sentences: The words of each sentence.
        spans: Offsets of each of these words in ``text``, first and after the last.
    """

    text: str
    sentences: tuple[tuple[str, ...], ...]
    spans: tuple[tuple[tuple[int, int], ...], ...]

    def words_at(self, place: Place) -> str:
        """Return a run of words as it stands in the text."""
        number, first, last = place
        spans = self.spans[number]
        return self.text[spans[first][0] : spans[last][1]]


def read_report(text: str) -> Report:
    """Read a report, in capitals with square brackets or in lower case with round ones."""
    dateline = _DATELINE.match(text)
    if dateline is not None and dateline.group().upper() == dateline.group():
        text = text[dateline.end() :]
    even = _PARAGRAPH.sub("    ", text.strip()).replace("\n", " ")
    even = even.lower().replace("[", "(").replace("]", ")")
    sentences, spans = [], []
    for sentence in _sentences([(m.group(), m.start(), m.end()) for m in _WORD.finditer(even)]):
        sentences.append(tuple(word for word, _, _ in sentence))
        spans.append(tuple((start, end) for _, start, end in sentence))
    return Report(text=even, sentences=tuple(sentences), spans=tuple(spans))


def _sentences(words: list[tuple[str, int, int]]) -> list[list[tuple[str, int, int]]]:
    """Return the words sentence by sentence; a full stop after a title or initial ends none."""
    found, sentence = [], []
    for word in words:
        sentence.append(word)
        if word[0] not in _STOPS:
            continue
        before = sentence[-2][0] if len(sentence) > 1 else ""
        if word[0] == "." and (len(before) == 1 or before in _TITLES):
            continue
        found.append(sentence)
        sentence = []
    return [*found, sentence] if sentence else found


def plain(words: str) -> str:
    """Return words in lower case, without marks and articles: two spellings, one form."""
    kept = words.lower().translate(_WITHOUT_MARKS).split()
    return " ".join(word for word in kept if word not in _ARTICLES)
