"""How exports of chats are told from other texts and pages."""

import re
from typing import Final

from affiant.read.chat_heads import find_heads

WHATSAPP: Final = "text/x-whatsapp-export"
TELEGRAM: Final = "application/x-telegram-export+json"
TELEGRAM_PAGE: Final = "text/x-telegram-export+html"
CHATS: Final = frozenset({WHATSAPP, TELEGRAM, TELEGRAM_PAGE})

_NAMED: Final = re.compile(r"^_chat\.txt$|(whatsapp|واتساپ|واتس‌اپ|واتساب|واتس اب).*\.txt$", re.I)
_FIRST_BYTES: Final = re.compile(rb"(?:\xef\xbb\xbf|\xe2\x80[\x8e\x8f\xaa-\xae])*[\[0-9\xd9\xdb]")
_TELEGRAM_KINDS: Final = re.compile(
    rb'"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages|replies|verification_codes'
    rb'|(?:private|public)_(?:group|supergroup|channel))"'
)
_TELEGRAM_ACCOUNT: Final = re.compile(
    rb'^\s*\{\s*"about"\s*:\s*"Here is the data you requested|"personal_information"\s*:\s*\{'
)
_TELEGRAM_PAGE: Final = re.compile(rb'class="[^"]*\bchat_page\b')


def chat_type(head: bytes, *, name: str) -> str | None:
    """Return the media type where the first bytes tell an export of a chat.

    Of a text whose name does not say so, two heads of messages are asked, with the comma
    that tells them from the lines of a program's log.
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        found = _TELEGRAM_KINDS.search(head) or _TELEGRAM_ACCOUNT.search(head)
        return TELEGRAM if found and (b'"messages"' in head or b'"about"' in head) else None
    if start.startswith(b"<"):
        return TELEGRAM_PAGE if b"page_wrap" in head and _TELEGRAM_PAGE.search(head) else None
    if not _FIRST_BYTES.match(start):
        return None
    heads = find_heads(start.decode("utf-8", "ignore"))
    if _NAMED.search(name.rpartition("/")[2]):
        return WHATSAPP if heads else None
    alike = [one for one in heads if one.shape == heads[0].shape]
    told = len(alike) > 1 and heads[0].comma and heads[0].start == 0
    return WHATSAPP if told else None
