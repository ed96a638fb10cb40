"""The closed list of reasons why a document, or a part of one, was not read.

Whatever a parser says may have been written by whoever made the document, so nothing of it
is passed on: only these codes leave, with our own words.
"""

from typing import Final

from affiant.errors import UnreadableError

UNREADABLE: Final = {
    "archive_broken": "the archive is damaged",
    "archive_limits": "the archive holds more than is unpacked, or is nested too deeply",
    "bad_reply": "the confined reader answered in a form that is not believed",
    "crashed": "the program that reads this format broke down over it",
    "docx_broken": "the Word file is damaged, or forbidden constructs stand in it",
    "empty": "there is no text in it",
    "html_broken": "the page cannot be parsed",
    "mail_broken": "the message cannot be taken apart",
    "memory": "reading it needs more memory than one document may take",
    "no_text": "its pages hold pictures only; it needs character recognition or a transcription",
    "not_recognised": "character recognition broke down over every page of it",
    "not_text": "it is said to be text, but it is not",
    "nothing_recognised": "character recognition found no words on its pages",
    "output_too_large": "more came out of it than one document may hold",
    "pdf_broken": "the PDF is damaged",
    "pdf_encrypted": "the PDF needs a password",
    "sound_or_film": "sound or film: it needs a transcription",
    "timeout": "reading it needs more time than one document may take",
    "too_large": "it is longer than what is read as one text",
    "unknown_format": "this format is not read yet",
}

PARTIAL: Final = {
    "facts_not_read": "what a recording says of itself was not read: ffprobe is missing or failed",
    "hints_not_read": "title, author and date were not looked for",
    "member_broken": "a part is damaged",
    "member_encrypted": "a part needs a password",
    "member_limits": "a part unpacks to more than is allowed",
    "member_link": "a part is a link and was not followed",
    "member_unsafe_name": "a part's name points outside its container",
    "member_unsupported": "a part is packed in a way that is not read",
    "page_broken": "a page cannot be read",
    "page_not_recognised": "the characters on a page were not recognised",
    "page_without_text": "a page holds no text; it may be a picture",
    "part_broken": "a part of the file is damaged",
}


def unreadable(code: str) -> UnreadableError:
    """Return the error for a document that is not read, in our own words.

    Raises:
        KeyError: The code is not on the list.
    """
    return UnreadableError(
        f"a document was not read: {UNREADABLE[code]} [{code}]",
        remedy="Its original is kept. Add a readable copy or a transcription beside it.",
        code=code,
    )
