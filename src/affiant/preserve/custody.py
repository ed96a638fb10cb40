"""Note what happened to an original outside the case."""

from affiant.errors import NotFoundError
from affiant.log.keys import SigningKey
from affiant.model.custody import Handling
from affiant.preserve.intake import TOOL, VERSION
from affiant.store.case import Case


def note_handling(case: Case, *, document: str, handling: Handling, key: SigningKey) -> str:
    """Record a custody event of an original; a part's is noted of its outermost container.

    Args:
        case: Open for writing.
        document: A document's id.
        handling: What happened.
        key: Of whoever notes it.

    Returns:
        The original's digest.

    Raises:
        NotFoundError: The case has no such document, or it was erased.
    """
    digest = document.partition("!")[0]
    row = case.documents.find(digest)
    if row is None:
        raise NotFoundError(
            f"the case has no document {document}",
            remedy="See 'affiant status --documents' for what there is.",
        )
    obtained = {
        "from": handling.source,
        "how": handling.how,
        "conditions": handling.conditions,
        "held_at": handling.held_at,
        "received": handling.when,
    }
    body = {
        "digest": digest,
        "event": handling.event,
        "name": row.name,
        "path": "",
        "obtained": obtained,
        "detail": {"by": handling.by, "note": handling.note},
        "tool": TOOL,
        "version": VERSION,
    }
    with case.writing(key) as pen:
        pen.record("original.handled/1", body=body)
    return digest
