"""Which document a person means by an id, its beginning, or a file name."""

from affiant.errors import NotFoundError
from affiant.model.file_name import escape_name
from affiant.store import Case


def document_named(case: Case, *, key: str) -> str:
    """Return the id of the one document that ``key`` means; ``file!member`` names a part.

    Raises:
        NotFoundError: None, or more than one.
    """
    head, mark, member = key.partition("!")
    found = case.documents.matching(key) or case.documents.matching(escape_name(head))
    ids = [row.document_id for row in found]
    if mark:
        ids = [f"{document_id}!{member}" for document_id in ids if "!" not in document_id] + [
            document_id for document_id in ids if "!" in document_id
        ]
        ids = [
            document_id for document_id in dict.fromkeys(ids) if case.documents.find(document_id)
        ]
    if len(ids) != 1:
        raise NotFoundError(
            f"{key!r} means {len(ids)} documents of this case",
            remedy="Give its id, or enough of it; 'affiant status --documents' lists them.",
        )
    return ids[0]
