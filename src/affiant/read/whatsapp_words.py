"""What WhatsApp itself writes into an export, in the languages that we know."""

import re
from typing import Final

from affiant.read.chat_heads import MARKS

_AROUND: Final = rf"[{MARKS}\s]*"
_FILE: Final = r"[^\n\r<>:/\\|?*\x00]{1,200}\.[A-Za-z0-9]{1,8}"

# "<attached: 00000012-PHOTO-2031-03-14-21-05-09.jpg>", in any language; Apple's telephones.
_ATTACHED_APPLE: Final = re.compile(
    rf"<[^<>:\n]{{1,40}}:[\s{MARKS}]*(?P<file>{_FILE})[\s{MARKS}]*>"
)
# "IMG-20310314-WA0001.jpg (file attached)": the service's own names before any words in
# brackets, other names before these words.
_OWN_NAME: Final = r"(?:IMG|VID|AUD|PTT|DOC|STK)-\d{8}-WA\d{4,}\.[A-Za-z0-9]{1,8}"
_WORDS_ATTACHED: Final = "|".join(
    (
        *("file attached", "archivo adjunto", "fichier joint", "Datei angehängt", "file allegato"),
        *("arquivo anexado", "dosya ekli", "файл добавлен", "файл додано"),
        *("فایل پیوست شد", "فایل پیوست شده", "فایل پیوست شده است", "پرونده پیوست شد"),
        *("پیوست شده", "پیوست", "الملف مرفق", "ملف مرفق", "تم إرفاق الملف", "مرفق"),
    )
)
_ATTACHED: Final = re.compile(
    rf"^{_AROUND}(?P<file>{_OWN_NAME}(?= \([^()\n]{{1,40}}\))"
    rf"|{_FILE}(?= \((?:{_WORDS_ATTACHED})\)))"
)
_OMITTED: Final = re.compile(
    rf"{_AROUND}(?:<(?:Media omitted|Medien ausgeschlossen|Multimedia omitido|Médias omis"
    r"|Mídia oculta|Medya dahil edilmedi|Без медиафайлов|رسانه حذف شد|رسانه حذف شده"
    r"|رسانه حذف شده است|رسانه نادیده گرفته شد|تم استبعاد الوسائط|الوسائط محذوفة|حذف الوسائط)>"
    r"|(?:image|video|audio|sticker|GIF|document|Contact card|video note) omitted"
    rf"|(?:تصویر|ویدیو|صدا|استیکر|سند) حذف شد|تم استبعاد (?:الصورة|الفيديو|الملصق)){_AROUND}"
)
_DELETED: Final = re.compile(
    rf"{_AROUND}(?:This message was deleted|You deleted this message"
    r"|This message was deleted by admin [^\n]{1,100}|Diese Nachricht wurde gelöscht"
    r"|Se eliminó este mensaje|Ce message a été supprimé"
    r"|این پیام حذف شد|این پیام حذف شده است|شما این پیام را حذف کردید"
    rf"|تم حذف هذه الرسالة|حُذفت هذه الرسالة|لقد حذفت هذه الرسالة|حذفت هذه الرسالة)\.?{_AROUND}"
)
_EDITED: Final = re.compile(
    rf"<(?:This message was edited|Diese Nachricht wurde bearbeitet|Se editó este mensaje"
    r"|این پیام ویرایش شد|این پیام ویرایش شده است|تم تعديل هذه الرسالة|تم تحرير هذه الرسالة)>"
    rf"{_AROUND}$"
)
_FORWARDED: Final = re.compile(
    r"^\u200e(?:Forwarded(?: many times)?|بازارسال شده|هدایت‌شده|فوروارد شده|محوّلة|مُعاد توجيهها"
    r"|تمت إعادة التوجيه)\r?$",
    re.MULTILINE,
)
# Notices that stand beside the chat's own name, as if it had written them.
_NOTICE: Final = re.compile(
    "end-to-end encrypted|Ende-zu-Ende-verschlüsselt|cifrados? de extremo a extremo"
    "|رمزگذاری سرتاسر|رمزنگاری سرتاسر|مشفرة تمامًا|مشفّرة تمامًا|مشفرة تماما"
)
_OWN: Final = "\u200e"


def attached_files(text: str) -> tuple[str, ...]:
    r"""Return the names of the files that a message carries.

    >>> attached_files("IMG-20310314-WA0001.jpg (file attached)\nthe mill")
    ('IMG-20310314-WA0001.jpg',)
    """
    named = [match["file"] for match in _ATTACHED_APPLE.finditer(text)]
    first = _ATTACHED.match(text)
    return tuple(dict.fromkeys(named or ([first["file"]] if first else [])))


def is_edited(text: str) -> bool:
    """Tell whether the export says that a message was edited."""
    return _EDITED.search(text) is not None


def is_notice(text: str) -> bool:
    """Tell whether these are the service's words about the chat, whoever's name is before."""
    return text.lstrip(" ").startswith(_OWN) and _NOTICE.search(text) is not None


def kind_of(text: str) -> str | None:
    """Return what a message is where it is not plainly its sender's own words."""
    if _DELETED.fullmatch(text):
        return "deleted"
    if _OMITTED.fullmatch(text):
        return "media_omitted"
    if _FORWARDED.match(text):
        return "forwarded"
    own = text.lstrip(" ").startswith(_OWN)
    return "service" if own and not attached_files(text) and not is_edited(text) else None
