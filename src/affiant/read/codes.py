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
    "export_unknown": "it is said to be an exported chat, but no message is found in it",
    "html_broken": "the page cannot be parsed",
    "mail_broken": "the message cannot be taken apart",
    "memory": "reading it needs more memory than one document may take",
    "no_words": "it has no words of its own: a message with a picture only, how a page was fetched",
    "no_text": "its pages hold pictures only; it needs character recognition or a transcription",
    "not_recognised": "character recognition broke down over every page of it",
    "not_text": "it is said to be text, but it is not",
    "odf_broken": "the OpenDocument file is damaged, or forbidden constructs stand in it",
    "office_encrypted": "the office file needs a password",
    "nothing_recognised": "character recognition found no words on its pages",
    "output_too_large": "more came out of it than one document may hold",
    "parts_refused": "none of its parts could be taken out",
    "pdf_broken": "the PDF is damaged",
    "pdf_encrypted": "the PDF needs a password",
    "picture_broken": "the picture is damaged",
    "picture_too_large": "the picture has more than 100 million points",
    "pptx_broken": "the PowerPoint file is damaged, or forbidden constructs stand in it",
    "sound_or_film": "sound or film: it needs a transcription",
    "timeout": "reading it needs more time than one document may take",
    "too_large": "it is longer than what is read as one text",
    "unknown_format": "nothing tells what kind of file it is",
    "xlsx_broken": "the Excel file is damaged, or forbidden constructs stand in it",
}

PARTIAL: Final = {
    "archive_cut": "the archive is damaged or cut off after this part",
    "dates_ambiguous": "so many messages have a date that can be read in several ways",
    "dates_contradict": "a message gives two dates that cannot both be right",
    "digest_mismatch": "a part is not what the digest beside it says",
    "digest_unknown": "a digest stands beside a part in a form that is not checked",
    "export_broken": "the export is damaged from there on; what stands before it was read",
    "heads_differ": "so many lines within messages look like the heads of further messages",
    "facts_not_read": "what a recording says of itself was not read: ffprobe is missing or failed",
    "hints_not_read": "title, author and date were not looked for",
    "length_differs": "a part is longer or shorter than the server announced",
    "member_broken": "a part is damaged",
    "member_encrypted": "a part needs a password",
    "member_limits": "a part unpacks to more than is allowed",
    "member_link": "a part is a link and was not followed",
    "member_special": "a part is a device or a pipe, and no file",
    "member_unsafe_name": "a part's name points outside its container",
    "member_unsupported": "a part is packed in a way that is not read",
    "more_problems": "so many problems more than are listed",
    "page_broken": "a page cannot be read",
    "page_not_recognised": "the characters on a page were not recognised",
    "page_without_text": "a page holds no text; it may be a picture",
    "part_broken": "a part of the file is damaged",
    "part_encoded": "a part stays packed as the server sent it; the packing is not known or broken",
    "part_missing": "a part that is listed is not there",
    "part_truncated": "a part was cut off when it was captured",
    "part_unlisted": "a part is there that the list of parts does not name",
    "parts_left_out": "there are more parts than are read; the rest was left out",
    "record_broken": "a record is damaged",
    "record_cut": "the file ends within a record",
    "record_length": "a record is longer or shorter than it says",
    "characters_replaced": "a message holds characters that stand for nothing; they were replaced",
    "unplaced_words": "words stand before the first message",
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
