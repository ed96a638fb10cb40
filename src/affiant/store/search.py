"""Full-text search in any script: folded words in, quotes at their places out."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from affiant.errors import BadInputError
from affiant.language.folding import fold, fold_with_map
from affiant.log.paragraphs import split_paragraphs
from affiant.store.case import Case

_WORD: Final = re.compile(r"\w+\*?")
_CONTEXT: Final = 60
_MOST: Final = 100_000
"""More passages than this nobody reviews one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that was found.

    Attributes:
        document: Document id.
        name: Its name.
        text_digest: The text.
        start: Offset of the found words, in code points.
        end: Offset after them.
        exact: The found words, verbatim.
        passage: The words around them, verbatim.
    """

    document: str
    name: str
    text_digest: str
    start: int
    end: int
    exact: str
    passage: str


def index_texts(case: Case) -> int:
    """Index every text that is not indexed yet; return how many were."""
    texts = {row.text_digest for row in case.documents.texts()}
    missing = sorted(texts - case.derived.indexed())
    for at in range(0, len(missing), 64):
        with case.deriving():
            for text_digest in missing[at : at + 64]:
                passages = list(_passages(case.text(text_digest)))
                case.derived.index(text_digest, passages=passages)
    return len(missing)


def _passages(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, folded) of every paragraph that has words."""
    start = 0
    for paragraph in split_paragraphs(text):
        folded = fold(paragraph)
        if folded:
            yield start, start + len(paragraph), folded
        start += len(paragraph)


def find(case: Case, *, words: str, limit: int) -> list[Hit]:
    """Return passages that hold all the words, in any script and spelling of letters.

    A word with ``*`` behind it finds what begins with it.

    Raises:
        BadInputError: There is no word to look for.
    """
    query = _query(words)
    wanted = _WORD.findall(fold(words))
    found: list[Hit] = []
    for text_digest, start, end in case.derived.search(query, limit=limit):
        paragraph = case.text(text_digest)[start:end]
        place = _place(paragraph, wanted=wanted)
        for text in {row.document_id: row for row in case.documents.texts_with(text_digest)}:
            row = case.documents.find(text)
            found.append(
                Hit(
                    document=text,
                    name=row.name if row else "",
                    text_digest=text_digest,
                    start=start + place[0],
                    end=start + place[1],
                    exact=paragraph[place[0] : place[1]],
                    passage=paragraph[max(0, place[0] - _CONTEXT) : place[1] + _CONTEXT].strip(),
                )
            )
    return found


def _query(words: str) -> str:
    """Return the query for passages that hold all the words.

    Raises:
        BadInputError: There is no word to look for.
    """
    wanted = _WORD.findall(fold(words))
    if not wanted:
        raise BadInputError("there is no word to look for", remedy="Give at least one word.")
    return " ".join(
        f'"{word.rstrip("*")}"' + ("*" if word.endswith("*") else "") for word in wanted
    )


def _place(paragraph: str, *, wanted: list[str]) -> tuple[int, int]:
    """Return where the first of the words stands in a paragraph."""
    folded, offsets = fold_with_map(paragraph)
    places = []
    for word in wanted:
        bare = re.escape(word.rstrip("*"))
        pattern = rf"(?<!\w){bare}" + ("" if word.endswith("*") else r"(?!\w)")
        match = re.search(pattern, folded)
        if match:
            end = offsets[match.end() - 1] + 1
            while end < len(paragraph) and unicodedata.category(paragraph[end]) == "Mn":
                end += 1  # a mark on the last letter belongs to the word
            places.append((offsets[match.start()], end))
    return min(places, default=(0, min(len(paragraph), 1)))


def spans_of_words(case: Case, *, words: str) -> dict[str, list[tuple[int, int]]]:
    """Return each document to the passages of its texts that hold all the words.

    Raises:
        BadInputError: There is no word to look for.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for text_digest, start, end in case.derived.search(_query(words), limit=_MOST):
        for row in {
            row.document_id: row for row in case.documents.texts_with(text_digest)
        }.values():
            found.setdefault(row.document_id, []).append((start, end))
    return found
