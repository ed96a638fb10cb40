"""Where quotes say that they stand on pages and in recordings, checked against their texts."""

from collections.abc import Iterator

from affiant.audit.report import Problem
from affiant.errors import AnchorError
from affiant.store.case import Case
from affiant.store.claims import ClaimRow


def misplaced(case: Case, *, claim: ClaimRow) -> Iterator[Problem]:
    """Yield the quotes of a claim whose region is not one that their text's entries give."""
    for quote in claim.claim.quotes:
        if not quote.region:
            continue
        found = case.places.of(quote.text_digest, document_id=claim.document_id)
        try:
            quote.check_region((places.regions, places.pages) for places in found)
        except AnchorError as problem:
            yield Problem(
                item=f"claim {claim.claim_id}",
                kind="anchor",
                detail=problem.problem,
                since=f"entry {claim.position}",
            )
