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
_ENCODE = msgspec.json.Encoder(order="deterministic").encode


def canonical(value: object) -> bytes:
    """Return the canonical bytes of a JSON value.

    Raises:
        BadInputError: The value holds a float, a number too large, a lone surrogate, or
            something that JSON does not have.
    """
    if _is_plain(value):
        try:
            return _ENCODE(value)
        except UnicodeEncodeError as problem:
            raise _no_form(problem) from problem
    _refuse_floats(value)
    try:
        return rfc8785.dumps(value)  # type: ignore[arg-type]  # checked by the library itself
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as problem:
        raise _no_form(problem) from problem


def _is_plain(value: object) -> bool:
    """Tell whether the quick encoder writes exactly what RFC 8785 says.

    It does for the plain types; of names only ASCII ones, which it sorts alike: by code
    points, where the standard sorts by UTF-16 code units.
    """
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if isinstance(value, int) and kind is int:
        return -_LARGEST <= value <= _LARGEST
    if isinstance(value, dict) and kind is dict:
        for name, inner in value.items():
            if type(name) is not str or not name.isascii():
                return False
            if type(inner) is not str and not _is_plain(inner):
                return False
        return True
    if isinstance(value, (list, tuple)) and kind in (list, tuple):
        return all(map(_is_plain, value))
    return False


def _no_form(problem: Exception) -> BadInputError:
    return BadInputError(
        f"this cannot be written as canonical JSON: {problem}",
        remedy="Use text, whole numbers, true, false, null, lists and objects only.",
    )


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
