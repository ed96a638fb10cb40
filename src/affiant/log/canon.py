"""Canonical JSON: the one byte string that stands for a value.

Source: RFC 8785 (JSON Canonicalization Scheme), narrowed: no floats, whole numbers
between -(2^53 - 1) and 2^53 - 1, no lone surrogates.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
import rfc8785

from affiant.errors import BadInputError, IntegrityError

_LARGEST = 2**53 - 1


def canonical(value: object) -> bytes:
    """Return the canonical bytes of a JSON value.

    Raises:
        BadInputError: The value holds a float, a number too large, a lone surrogate, or
            something that JSON does not have.
    """
    _refuse_floats(value)
    try:
        return rfc8785.dumps(value)  # type: ignore[arg-type]  # checked by the library itself
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as problem:
        raise BadInputError(
            f"this cannot be written as canonical JSON: {problem}",
            remedy="Use text, whole numbers, true, false, null, lists and objects only.",
        ) from problem


def parse_canonical(data: bytes) -> dict[str, Any]:
    """Return the object that ``data`` is the canonical form of.

    Raises:
        IntegrityError: Not JSON, not an object, or another spelling of it than the
            canonical one.
    """
    try:
        value = msgspec.json.decode(data)
        intact = isinstance(value, dict) and canonical(value) == data
    except (msgspec.DecodeError, UnicodeDecodeError, BadInputError, RecursionError) as problem:
        raise _not_canonical() from problem
    if not intact:
        raise _not_canonical()
    found: dict[str, Any] = value
    return found


def _not_canonical() -> IntegrityError:
    return IntegrityError(
        "the stored bytes are not canonical JSON",
        remedy="Stop work, copy the folder as it is, compare it with your last bundle.",
    )


def _refuse_floats(value: object) -> None:
    """Raise where a value holds a float or a number that JSON readers disagree about."""
    if isinstance(value, float) or (
        isinstance(value, int) and not isinstance(value, bool) and abs(value) > _LARGEST
    ):
        raise BadInputError(
            f"{value!r} has no exact JSON form",
            remedy="Write it as text, for example as a decimal string.",
        )
    if isinstance(value, Mapping):
        for inner in value.values():
            _refuse_floats(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _refuse_floats(inner)
