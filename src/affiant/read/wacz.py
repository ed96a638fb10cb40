"""WACZ: a zip archive of web archives with a list of its files and their digests.

Source: Web Archive Collection Zipped 1.1.1, Webrecorder.
"""

import json
from dataclasses import replace
from typing import Any, Final

from affiant.model.file_name import escape_name
from affiant.read.archive import read_archive
from affiant.read.digests import agrees
from affiant.read.members import MOST_NOTES
from affiant.read.values import Member, Problem, Reading

_LIST: Final = "datapackage.json"
_LIST_DIGEST: Final = "datapackage-digest.json"
_MOST_LIST_BYTES: Final = 32 << 20
_UNFIT: Final = (ValueError, RecursionError)


def read_wacz(data: bytes) -> Reading:
    """Return the files of a WACZ as parts, and where they are not what its list says.

    A file that differs from its digest, one that is not there, and one that no list names
    are problems; the files stay parts all the same, and web archives among them are opened.
    That everything agrees proves only that the file agrees with itself.

    Raises:
        UnreadableError: As for any zip archive.
    """
    reading = read_archive(data)
    members = {member.path: member for member in reading.members}
    refused = {problem.item for problem in reading.problems}
    problems = [
        problem
        for problem in _problems(members)
        if not (problem.code == "part_missing" and problem.item in refused)
    ]
    return replace(reading, problems=(*reading.problems, *problems[:MOST_NOTES]))


def _problems(members: dict[str, Member]) -> list[Problem]:
    """Compare the files with the list, and the list with its own digest."""
    listed = _json(members.get(_LIST))
    resources = listed.get("resources") if listed else None
    if not isinstance(resources, list):
        return [Problem(code="part_broken" if _LIST in members else "part_missing", item=_LIST)]
    found = _digest_problems(members)
    named = {_LIST, _LIST_DIGEST}
    for resource in resources:
        fields: dict[str, Any] = resource if isinstance(resource, dict) else {}
        path = escape_name(str(fields.get("path", "")))[:4_000]
        named.add(path)
        code = _wrong(members.get(path), fields=fields)
        if code is not None:
            found.append(Problem(code=code, item=path))
    unlisted = [path for path in members if path not in named]
    return found + [Problem(code="part_unlisted", item=path) for path in unlisted]


def _wrong(member: Member | None, *, fields: dict[str, Any]) -> str | None:
    """Return what is wrong with one listed file, or None."""
    if member is None:
        return "part_missing"
    agreed = agrees(str(fields.get("hash", "")), contents=[member.data])
    if agreed is None:
        return "digest_unknown"
    size = fields.get("bytes", member.size)
    return None if agreed and size == member.size else "digest_mismatch"


def _digest_problems(members: dict[str, Member]) -> list[Problem]:
    """Compare the list with the digest beside it, where there is one."""
    if _LIST_DIGEST not in members:
        return []
    fields = _json(members[_LIST_DIGEST])
    if not fields:
        return [Problem(code="part_broken", item=_LIST_DIGEST)]
    agreed = agrees(str(fields.get("hash", "")), contents=[members[_LIST].data])
    if agreed:
        return []
    return [Problem(code="digest_unknown" if agreed is None else "digest_mismatch", item=_LIST)]


def _json(member: Member | None) -> dict[str, Any]:
    """Return the object in a file; an empty one where there is none."""
    if member is None or member.size > _MOST_LIST_BYTES:
        return {}
    try:
        found = json.loads(member.data)
    except _UNFIT:
        return {}
    return found if isinstance(found, dict) else {}
