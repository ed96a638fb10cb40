"""Which decided thing a person means by an id or its beginning."""

from collections.abc import Iterable

from affiant.errors import NotFoundError
from affiant.store import Case

_LEAST = 6


def claim_named(case: Case, *, key: str) -> str:
    """Return the id of the decided claim that begins so."""
    return _one(key, ids=[row.claim_id for row in case.claims.matching(key)], what="claim")


def incident_named(case: Case, *, key: str) -> str:
    """Return the id of the incident that begins so, or bears this label."""
    rows = case.incidents.all()
    ids = [row.incident_id for row in rows if row.label == key]
    ids += _beginning(key, ids=[row.incident_id for row in rows])
    return _one(key, ids=ids, what="incident")


def knower_named(case: Case, *, key: str) -> str:
    """Return the id of the knower that begins so, or bears this name."""
    rows = case.sources.knowers()
    ids = [knower_id for knower_id, row in rows.items() if row.name == key]
    return _one(key, ids=ids + _beginning(key, ids=rows), what="knower")


def _beginning(key: str, *, ids: Iterable[str]) -> list[str]:
    """Return the ids that begin so; fewer than six digits mean nothing."""
    return [found for found in ids if len(key) >= _LEAST and found.startswith(key)]


def _one(key: str, *, ids: list[str], what: str) -> str:
    """Return the only one.

    Raises:
        NotFoundError: None, or more than one.
    """
    found = list(dict.fromkeys(ids))
    if len(found) != 1:
        raise NotFoundError(
            f"{key!r} means {len(found)} {what}s of this case",
            remedy="Give its id or the first six digits of it, as the lists show them.",
        )
    return found[0]
