"""Which documents of the case are the files that a message carries."""

from dataclasses import dataclass

from affiant.model.file_name import escape_name
from affiant.store.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that hangs on a message.

    Attributes:
        name: As the export names it.
        document: Its id, or None where the case does not have it.
    """

    name: str
    document: str | None


def attached_to(case: Case, *, document_id: str) -> list[Attached]:
    """Return the files that a message carries, looked up beside its export.

    Beside means: in the same archive, or in the same folder when the export was added. It is
    looked up whenever it is asked, so that files added later are found too.
    """
    message = case.documents.find(document_id)
    export = case.documents.find(message.container) if message and message.container else None
    if export is None:
        return []
    names = case.documents.about(document_id).get("attached", [])
    return [
        Attached(name=name, document=_beside(case, export_id=export.document_id, name=name))
        for name in names
    ]


def _beside(case: Case, *, export_id: str, name: str) -> str | None:
    """Return the document of that name beside an export."""
    export = case.documents.find(export_id)
    if export is None:
        return None
    if export.container is not None:
        folder = (export.member or "").rpartition("/")[0]
        part = f"{export.container}!{_within(folder, name=name)}"
        return part if case.documents.find(part) is not None else None
    for event in case.custody.events(export.digest):
        folder = event.path.rpartition("/")[0]
        for digest in case.documents.added_from(_within(folder, name=name)):
            return digest
    return None


def _within(folder: str, *, name: str) -> str:
    """Return a file's path in a folder, as paths are recorded."""
    path = escape_name(name)
    return f"{folder}/{path}" if folder else path
