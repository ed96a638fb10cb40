"""A model's reply taken apart into proposals, whole or not at all."""

import json
from typing import Final

import msgspec

from affiant.claims.asking.proposal import Proposal, Reply

_WHOLE: Final = msgspec.json.Decoder(Reply)
_JSON: Final = json.JSONDecoder(strict=False)
_MOST_TRIES: Final = 5000


def proposals_in(reply: str) -> tuple[list[Proposal], int]:
    """Return the proposals of a reply that have the form asked for, and the rest as a number.

    A reply that was cut off, or that stands in other words, is gone through object by object:
    what is complete is taken as it is. Nothing is closed, quoted or put in order. The number
    is that of proposals in another form, and at least 1 where the reply is not the JSON that
    was asked for.
    """
    try:
        return list(_WHOLE.decode(reply.encode("utf-8")).claims), 0
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError):
        found = _one_by_one(reply)
    return found, max(1, _listed(reply) - len(found))


def _one_by_one(reply: str) -> list[Proposal]:
    """Return the complete objects that are proposals, wherever they stand in a reply."""
    found: list[Proposal] = []
    at, effort = reply.find("{"), 40 * len(reply) + 100_000
    for _ in range(_MOST_TRIES):
        if at < 0 or effort <= 0:
            break
        value, end, read = _object_at(reply, start=at)
        effort -= read
        proposal = _proposal(value)
        if proposal is not None:
            found.append(proposal)
        at = reply.find("{", end if proposal is not None else at + 1)
    return found


def _object_at(reply: str, *, start: int) -> tuple[object, int, int]:
    """Return the value that begins at an offset, where it ends, and how much was read."""
    try:
        value, end = _JSON.raw_decode(reply, start)
    except json.JSONDecodeError as problem:
        return None, start, problem.pos - start + 1
    except (RecursionError, ValueError):  # ValueError: a number of thousands of digits
        return None, start, len(reply) - start
    return value, end, end - start


def _proposal(value: object) -> Proposal | None:
    """Return a decoded object as a proposal, if it is one."""
    if not isinstance(value, dict) or "passages" not in value:
        return None
    try:
        return msgspec.convert(value, Proposal)
    except msgspec.ValidationError:
        return None


def _listed(reply: str) -> int:
    """Return how many proposals a reply that can be decoded lists, whatever their form."""
    try:
        claims = json.loads(reply)["claims"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return 0
    return len(claims) if isinstance(claims, list) else 0
