"""Mail boxes (mbox): each message a part, as it stands in the file.

Source: RFC 4155; the forms in use differ in how they quote lines that begin with ``From``.
"""

from collections.abc import Iterator
from typing import Final

from affiant.read.codes import unreadable
from affiant.read.marks import MAILBOX_LINE
from affiant.read.members import MOST_MEMBER_BYTES, Collector
from affiant.read.values import Reading

MESSAGE: Final = "message/rfc822"


def read_mailbox(data: bytes) -> Reading:
    """Return the messages of a mail box as parts, in their order.

    The bytes between two separating lines are a message, unchanged: quoted ``>From`` lines
    stay quoted, as nobody can tell whether the box or the sender put the sign there. The
    separating line is the box's own and belongs to no message.

    Raises:
        UnreadableError: ``mail_broken``, or ``archive_limits`` where there are too many
            messages or too many bytes.
    """
    parts = Collector()
    for number, message in enumerate(_messages(data), start=1):
        name = f"message-{number:05}.eml"
        if len(message) > MOST_MEMBER_BYTES:
            parts.refuse(name, code="member_limits")
        else:
            parts.add_escaped(name, data=message, media_type=MESSAGE)
    if not parts.members and not parts.problems:
        raise unreadable("mail_broken")
    return Reading(extraction=None, members=parts.members, problems=parts.problems)


def _messages(data: bytes) -> Iterator[bytes]:
    """Yield the bytes of each message."""
    begin: int | None = None
    for found in MAILBOX_LINE.finditer(data):
        if begin is not None:
            yield data[begin : found.start()]
        begin = found.end()
    if begin is not None:
        yield data[begin:]
