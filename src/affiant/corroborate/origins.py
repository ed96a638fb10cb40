"""Who repeats whom: proposals from exact five-word runs, before anyone reads a reprint twice."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from affiant.language.folding import fold
from affiant.model.when import span_of
from affiant.store.case import Case

_RUN: Final = 5
_LEAST_RUNS: Final = 8
_LEAST_SHARE: Final = 0.2
_MOST_HOLDERS: Final = 50
TOOL: Final = "five-word-runs"
VERSION: Final = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginProposal:
    """Two documents that share exact runs of words.

    Attributes:
        document: The one that may repeat: the later, or the smaller where no date tells.
        of: The one that may be repeated.
        shared: Part of the first one's five-word runs that stand in the second, 0 to 1.
        runs: How many such runs.
        example: The first shared run, folded.
    """

    document: str
    of: str
    shared: float
    runs: int
    example: str


def propose_origins(case: Case) -> list[OriginProposal]:
    """Return the pairs of documents that share at least eight runs and a fifth.

    Within one language only; a translation shares no words and must be declared by hand.
    A part of a container and the container are not compared. A run of words that more than
    fifty documents share is counted only between the first of them and each other.
    """
    runs = _runs_by_document(case)
    published = {
        document: attribution.published
        for document, attribution in case.sources.attributions().items()
    }
    holders: dict[str, list[str]] = {}
    for document, own in runs.items():
        for run in own:
            holders.setdefault(run, []).append(document)
    shared: Counter[tuple[str, str]] = Counter()
    for documents in holders.values():
        # What very many share, as a chain message in chats, is compared with the first alone.
        firsts = documents if len(documents) <= _MOST_HOLDERS else documents[:1]
        for at, left in enumerate(firsts):
            shared.update((left, right) for right in documents[at + 1 :])
    found = []
    for (left, right), common in shared.items():
        if left.startswith(f"{right}!") or right.startswith(f"{left}!"):
            continue
        later, earlier = _order(left, right=right, published=published, runs=runs)
        part = common / max(1, len(runs[later]))
        if common >= _LEAST_RUNS and part >= _LEAST_SHARE:
            example = next(run for run in runs[later] if run in runs[earlier])
            found.append(
                OriginProposal(
                    document=later, of=earlier, shared=part, runs=common, example=example
                )
            )
    return sorted(found, key=lambda item: (-item.shared, item.document, item.of))


def _runs_by_document(case: Case) -> dict[str, dict[str, None]]:
    """Return each document's five-word runs, in order, each once, where they can be enough."""
    found = {}
    for text in case.documents.texts():
        words = fold(case.text(text.text_digest)).split()
        runs = {" ".join(words[at : at + _RUN]): None for at in range(len(words) - _RUN + 1)}
        if len(runs) >= _LEAST_RUNS:  # most messages of a chat are shorter
            found[text.document_id] = runs
    return found


def _order(
    left: str,
    *,
    right: str,
    published: Mapping[str, str | None],
    runs: Mapping[str, Mapping[str, None]],
) -> tuple[str, str]:
    """Return (later, earlier) by decided dates; by size where they do not tell."""
    dates = []
    for document in (left, right):
        edtf = published.get(document)
        first = span_of(edtf).first if edtf else None
        dates.append(first)
    if dates[0] and dates[1] and dates[0] != dates[1]:
        return (left, right) if dates[0] > dates[1] else (right, left)
    return (left, right) if len(runs[left]) <= len(runs[right]) else (right, left)
