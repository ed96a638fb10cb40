"""Telegram's exports as JSON, of one chat or a whole account: one part a message."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from affiant.model.file_name import escape_name
from affiant.read.codes import unreadable
from affiant.read.decoding import decode, repair
from affiant.read.members import MOST_MESSAGES, Collector
from affiant.read.values import About, Reading

_MESSAGES: Final = re.compile(r'(?<!\\)"messages"\s*:\s*\[')
_SEPARATOR: Final = re.compile(r"\s*,?\s*")
_HEAD_CHARACTERS: Final = 4_000
_LOCAL: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_FARTHEST_ZONE: Final = timedelta(hours=14)
_LEAST_ZONE_STEP: Final = timedelta(minutes=15)
# Where the export left a file out it says so, in brackets, in place of the path.
_LEFT_OUT: Final = "("
_FILES: Final = ("photo", "file", "contact_vcard")
# What of a message is its own wording though it is no text: a question, a place, a contact.
_WORDED: Final = ("poll", "contact_information", "location_information", "place_name", "address")
# What every message has, or what stands elsewhere with it.
_COMMON: Final = frozenset(
    {
        *("id", "type", "date", "date_unixtime", "text", "text_entities", "edited"),
        *("edited_unixtime", "from", "from_id", "actor_id", *_FILES),
    }
)
_MOST_DEEP: Final = 8
_BRACES_OF_ACCOUNT: Final = 3  # of the last chat, of the list of chats, of the export
_UNFIT: Final = (ValueError, TypeError, RecursionError, OverflowError)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chat:
    """A chat's own fields, and the folder of its messages in the export."""

    name: str | None
    kind: str | None
    folder: str


class _CutError(Exception):
    """The export ends, or is damaged, within a list of messages."""


def read_telegram(data: bytes) -> Reading:
    """Return the messages of an export as parts; the file has no text of its own.

    A message's text is put together from the list of entities, code point by code point. A
    poll, a place, a contact and a message of the service have one line for each field that
    the export gives. The export is gone through message by message, so that one that is cut
    off gives what stands before.

    Raises:
        UnreadableError: ``export_unknown`` where no message is found, ``empty`` or ``not_text``.
    """
    text = decode(data).text
    parts = Collector(most=MOST_MESSAGES)
    facts: list[tuple[str, str]] = []
    try:
        for chat, message in _messages(text):
            if not _take(message, chat=chat, parts=parts):
                parts.note("parts_left_out", item=_path(message, chat=chat))
                break
            if not facts and chat.name and not chat.folder:
                facts = [("chat", chat.name), ("chat_type", chat.kind or "")]
    except _CutError as problem:
        parts.note("export_broken", item=str(problem))
    if not parts.members:
        raise unreadable("export_unknown")
    return Reading(
        extraction=None, members=parts.members, problems=parts.problems, facts=tuple(facts)
    )


def _messages(text: str) -> Iterator[tuple[_Chat, Mapping[str, Any]]]:
    """Yield every message of every chat, in order.

    Raises:
        _CutError: With the number of the first message that is not there as a whole.
    """
    decoder = json.JSONDecoder()
    found = _MESSAGES.search(text)
    whole = found is not None and '"chats"' in text[: found.start()]
    at, number = 0, 0
    while found is not None:
        chat = _chat(text[max(at, found.start() - _HEAD_CHARACTERS) : found.start()], whole=whole)
        at = found.end()
        while not text.startswith("]", at := _after_separator(text, at=at)):
            number += 1
            try:
                message, at = decoder.raw_decode(text, at)
            except _UNFIT as problem:
                raise _CutError(f"message {number}") from problem
            if isinstance(message, dict):
                yield chat, message
        found = _MESSAGES.search(text, at)
    open_braces = _BRACES_OF_ACCOUNT if whole else 1
    if number and text.count("}", at) - text.count("{", at) != open_braces:
        raise _CutError("end")


def _after_separator(text: str, *, at: int) -> int:
    match = _SEPARATOR.match(text, at)
    return match.end() if match else at


def _chat(before: str, *, whole: bool) -> _Chat:
    """Return a chat's own fields, which stand between its brace and its messages."""
    fields: Mapping[str, Any] = {}
    for at in range(len(before) - 1, -1, -1):
        if before[at] != "{":
            continue
        try:
            fields = json.loads(before[at:] + '"messages": []}')
        except _UNFIT:
            continue
        break
    chat_id = _word(fields.get("id")) or "unknown"
    return _Chat(
        name=_word(fields.get("name")),
        kind=_word(fields.get("type")),
        folder=f"chat/{escape_name(chat_id).replace('/', '%2F')}/" if whole else "",
    )


def _take(message: Mapping[str, Any], *, chat: _Chat, parts: Collector) -> bool:
    """Add one message; return whether there was room for it."""
    path = _path(message, chat=chat)
    is_service = message.get("type") == "service"
    text, replaced = repair(_plain(message) or _fields_as_lines(message, is_service=is_service))
    data = text.encode("utf-8")
    if not parts.has_room(len(data)):
        return False
    sent, fits = _moment(message, name="date")
    edited, _ = _moment(message, name="edited")
    if not fits:
        parts.note("dates_contradict", item=path)
    if replaced:
        parts.note("characters_replaced", item=path)
    about = About(
        sender=_word(message.get("actor" if is_service else "from")),
        sender_id=_word(message.get("actor_id" if is_service else "from_id")),
        sent=sent,
        edited=edited,
        forwarded_from=_forwarded(message),
        attached=_attached(message),
        refers_to=_answered(message, chat=chat),
        status=_status(message, is_service=is_service),
    )
    media_type = "text/plain" if text.strip() else "inode/x-empty"
    parts.add_escaped(path, data=data, media_type=media_type, about=about)
    return True


def _path(message: Mapping[str, Any], *, chat: _Chat) -> str:
    """Return the path of a message: its own id in the export."""
    own = escape_name(_word(message.get("id")) or "unknown").replace("/", "%2F")
    return f"{chat.folder}message/{own[:100]}"


def _plain(message: Mapping[str, Any]) -> str:
    """Return the text as it is, or put together from its entities."""
    for name in ("text", "text_entities"):
        written = message.get(name)
        pieces = written if isinstance(written, list) else [written]
        text = "".join(
            piece if isinstance(piece, str) else str(piece.get("text", ""))
            for piece in pieces
            if isinstance(piece, (str, dict))
        )
        if text:
            return text
    return ""


def _fields_as_lines(message: Mapping[str, Any], *, is_service: bool) -> str:
    """Return one line for each field of a message that has no text, as the export gives it."""
    chosen = {
        name: value
        for name, value in message.items()
        if (is_service and name not in _COMMON) or name in _WORDED
    }
    return "\n".join(_lines(chosen, depth=0))


def _lines(value: object, *, depth: int, name: str = "") -> Iterator[str]:
    """Yield ``name: value`` for every plain value in a field."""
    if isinstance(value, dict) and depth < _MOST_DEEP:
        for inner, found in value.items():
            yield from _lines(found, depth=depth + 1, name=str(inner))
    elif isinstance(value, list) and depth < _MOST_DEEP:
        for found in value:
            yield from _lines(found, depth=depth + 1, name=name)
    elif value not in (None, ""):
        yield f"{name}: {value}"


def _moment(message: Mapping[str, Any], *, name: str) -> tuple[str | None, bool]:
    """Return a time, and whether what the export says of it fits together.

    The seconds since 1970 give it in UTC. Beside them stands the local time of whoever
    exported: no more than 14 hours away, by quarters of an hour. Where it is not so, the
    time is not known. Old exports have the local time alone.
    """
    if name not in message and f"{name}_unixtime" not in message:
        return None, True
    written = _word(message.get(name)) or ""
    local = written if _LOCAL.fullmatch(written) else None
    seconds = _word(message.get(f"{name}_unixtime"))
    if seconds is None:
        return local, True
    try:
        moment = datetime.fromtimestamp(int(seconds), UTC)
        apart = datetime.fromisoformat(local).replace(tzinfo=UTC) - moment if local else timedelta()
    except (ValueError, OverflowError, OSError):
        return None, False
    if abs(apart) > _FARTHEST_ZONE or apart % _LEAST_ZONE_STEP:
        return None, False
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ"), True


def _forwarded(message: Mapping[str, Any]) -> str | None:
    """Return whom a message was forwarded from, or that it was where nobody is named."""
    for name in ("forwarded_from", "saved_from"):
        if name in message:
            return _word(message[name]) or _word(message.get(f"{name}_id")) or "unknown"
    return _word(message.get("forwarded_from_id"))


def _attached(message: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the paths of the files, as the export names them from its own folder on."""
    found = (_word(message.get(name)) for name in _FILES)
    return tuple(path for path in found if path and not path.startswith(_LEFT_OUT))


def _answered(message: Mapping[str, Any], *, chat: _Chat) -> str | None:
    """Return the message that this one answers; one in another chat by both ids."""
    own = _word(message.get("reply_to_message_id"))
    elsewhere = _word(message.get("reply_to_peer_id"))
    if own is None:
        return None
    return f"{elsewhere} {own}" if elsewhere else f"{chat.folder}message/{own}"


def _status(message: Mapping[str, Any], *, is_service: bool) -> str | None:
    """Return what a message is where it is not plainly its sender's own words."""
    if is_service:
        return "service"
    left_out = any((_word(message.get(name)) or "").startswith(_LEFT_OUT) for name in _FILES)
    return "media_omitted" if left_out else None


def _word(value: object) -> str | None:
    """Return a short value as text without lone surrogates; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    return repair(str(value))[0][:2_000] or None
