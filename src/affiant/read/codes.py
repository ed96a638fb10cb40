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
    "format_not_read": "what kind of file it is is known, and that kind is not read",
    "html_broken": "the page cannot be parsed",
    "mail_broken": "the message cannot be taken apart",
    "memory": "reading it needs more memory than one document may take",
    "no_text": "its pages hold pictures only; it needs character recognition or a transcription",
    "not_text": "it is said to be text, but it is not",
    "odf_broken": "the OpenDocument file is damaged, or forbidden constructs stand in it",
    "office_encrypted": "the office file needs a password",
    "output_too_large": "more came out of it than one document may hold",
    "parts_refused": "none of its parts could be taken out",
    "pdf_broken": "the PDF is damaged",
    "pdf_encrypted": "the PDF needs a password",
    "picture_broken": "the picture is damaged",
    "picture_too_large": "the picture has more than 100 million points",
    "pptx_broken": "the PowerPoint file is damaged, or forbidden constructs stand in it",
    "timeout": "reading it needs more time than one document may take",
    "too_large": "it is longer than what is read as one text",
    "unknown_format": "nothing tells what kind of file it is",
    "xlsx_broken": "the Excel file is damaged, or forbidden constructs stand in it",
}

PARTIAL: Final = {
    "archive_cut": "the archive is damaged or cut off after this part",
    "hints_not_read": "title, author and date were not looked for",
    "member_broken": "a part is damaged",
    "member_encrypted": "a part needs a password",
    "member_limits": "a part unpacks to more than is allowed",
    "member_link": "a part is a link and was not followed",
    "member_special": "a part is a device or a pipe, and no file",
    "member_unsafe_name": "a part's name points outside its container",
    "member_unsupported": "a part is packed in a way that is not read",
    "page_broken": "a page cannot be read",
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
