"""Passages that are read before their suggestions are seen, so that a team knows its recall.

Which ones follows from the policy ``blind_share``, the case, the passage and the reviewer: each
reviewer reads others blind, and nobody chooses. The choice is no secret; a suggestion's words
and score lie in the case's database for whoever opens it with another program.
"""

import hmac
from collections.abc import Sequence
from functools import cached_property

from affiant.errors import BadInputError, NotFoundError
from affiant.log.keys import SigningKey
from affiant.log.paragraphs import split_paragraphs
from affiant.model.claim import Claim
from affiant.store.case import Case

_ALL = 10_000


def passages_of(text: str) -> list[tuple[int, int]]:
    """Return the paragraphs of a text that hold words, as (start, end) without the line feed."""
    found, start = [], 0
    for paragraph in split_paragraphs(text):
        if any(character.isalnum() for character in paragraph):
            found.append((start, start + len(paragraph.rstrip("\n"))))
        start += len(paragraph)
    return found


def is_chosen(words: str, *, reviewer: str, share: float) -> bool:
    """Tell whether a share of all things, in per cent, takes in this one for a reviewer.

    Args:
        words: What the thing is known by.
        reviewer: Their public key, hex; the key of the hash, so that each has other ones.
        share: From 0 to 100.
    """
    mark = hmac.digest(bytes.fromhex(reviewer), words.encode("utf-8"), "sha256")
    return int.from_bytes(mark[:4], "big") % _ALL < share * _ALL / 100


class BlindShare:
    """Which passages a reviewer still has to read blind."""

    def __init__(self, case: Case, *, reviewer: str | None) -> None:
        self._case = case
        self._reviewer = reviewer
        self._waiting: dict[tuple[str, str], list[tuple[int, int]]] = {}

    @cached_property
    def share(self) -> int:
        """The policy's share in per cent; 0 where nobody asks."""
        if self._reviewer is None:
            return 0
        return self._case.policies.share("blind_share")

    def waiting(self, document: str, *, text_digest: str) -> Sequence[tuple[int, int]]:
        """Return the passages of a text that this reviewer has to read blind, in order."""
        reviewer = self._reviewer
        if reviewer is None or not self.share:
            return ()
        if (document, text_digest) not in self._waiting:
            read = {
                (reading.text_digest, reading.start)
                for reading in self._case.reviews.blind_readings(document, reviewer=reviewer)
            }
            self._waiting[document, text_digest] = [
                (start, end)
                for start, end in passages_of(self._case.text(text_digest))
                if (text_digest, start) not in read
                and is_chosen(
                    f"{self._case.case_id} {text_digest} {start}",
                    reviewer=reviewer,
                    share=self.share,
                )
            ]
        return self._waiting[document, text_digest]

    def closes(self, start: int, *, document: str, text_digest: str) -> bool:
        """Tell whether what begins at an offset is not to be seen yet."""
        return any(
            first <= start < last for first, last in self.waiting(document, text_digest=text_digest)
        )

    def hides(self, claim: Claim, *, document: str) -> bool:
        """Tell whether a suggestion is not to be seen yet."""
        if not self.share:
            return False
        start = min(quote.start for quote in claim.quotes)
        return self.closes(start, document=document, text_digest=claim.text_digest)


def read_blind(
    case: Case, *, document: str, start: int, claim_ids: Sequence[str], key: SigningKey
) -> None:
    """Record that a person read a passage before seeing what is suggested for it.

    Args:
        case: Open for writing.
        document: Document id.
        start: Where the passage begins in the document's text.
        claim_ids: Of the claims that they made from it; empty where it tells of none.
        key: Theirs.

    Raises:
        NotFoundError: No passage that they have to read blind begins there.
        BadInputError: A claim is none of theirs, or does not stand in the passage.
    """
    text = case.documents.text_of(document)
    reviewer = case.policies.person_of(key.public)
    waiting = (
        BlindShare(case, reviewer=reviewer).waiting(document, text_digest=text.text_digest)
        if text
        else ()
    )
    ends = [end for first, end in waiting if first == start]
    if text is None or not ends:
        raise NotFoundError(
            f"no passage of {document} that you are to read first begins at {start}",
            remedy="See 'affiant claim queue': it lists the passages that wait.",
        )
    here = {
        item.item_id: item.start for item in case.reviews.own_claims(document, reviewer=reviewer)
    }
    strange = [each for each in claim_ids if not start <= here.get(each, -1) < ends[0]]
    if strange:
        raise BadInputError(
            f"no claim of yours in this passage: {', '.join(strange)}",
            remedy="Name claims that you made from its words.",
        )
    body = {
        "document": document,
        "text": text.text_digest,
        "start": start,
        "end": ends[0],
        "claim_ids": sorted(set(claim_ids)),
        "share": case.policies.policies()["blind_share"],
    }
    with case.writing(key) as pen:
        pen.record("passage.read_blind/1", body=body)
