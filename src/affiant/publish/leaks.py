"""A search through finished pages for names that no decision publishes."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from affiant.language.folding import fold
from affiant.publish.drafting import PUBLISH, Draft

_SHORTEST: Final = 4
_ESCAPE: Final = re.compile(r"\\u([0-9a-f]{4})|&#(?:x([0-9a-fA-F]+)|([0-9]+));")
_TAG: Final = re.compile(r"<[^>]*>")


def forbidden_names(draft: Draft) -> dict[str, str]:
    """Return folded name to the item that it belongs to, for everyone not published.

    Persons of the case without a decision to be published, in every spelling; and victims
    whom an accepted claim names and who are no person of the case yet. A name that a
    published person bears too is not forbidden.
    """
    allowed: set[str] = set()
    found: dict[str, str] = {}
    for person in draft.case.incidents.persons():
        names = [person.name, *(name["name"] for name in person.names)]
        names += [name for _, name in person.claims]
        item = f"person:{person.person_id}"
        if draft.verdict(item) == PUBLISH:
            allowed |= {fold(name) for name in names}
        elif person.names:
            found.update({fold(name): item for name in names})
    spoken_for = draft.spoken_for()
    for row in draft.state.claims.values():
        if row.status != "accepted" or row.claim_id in spoken_for:
            continue
        for party in row.claim.involvements:
            if party.side == "victim" and party.strength == "named":
                found.setdefault(fold(party.name), f"claim:{row.claim_id}")
    return {
        name: item for name, item in found.items() if name not in allowed and len(name) >= _SHORTEST
    }


def leaks_in(files: Mapping[str, bytes], *, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return (page, item) wherever a folded name stands in a file as a word or words."""
    if not names:
        return []
    pattern = re.compile(
        r"(?<!\w)(?:" + "|".join(re.escape(name) for name in _longest_first(names)) + r")(?!\w)"
    )
    found = []
    for page, data in files.items():
        text = _unescaped(data.decode("utf-8", errors="replace"))
        for view in (text, _TAG.sub("", text)):
            for match in pattern.finditer(fold(view)):
                found.append((page, names[match[0]]))
    return list(dict.fromkeys(found))


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=len, reverse=True)


def _unescaped(text: str) -> str:
    """Return text with the escapes of scripts and pages undone."""

    def plain(match: re.Match[str]) -> str:
        code = int(match[1] or match[2] or "0", 16) if match[3] is None else int(match[3])
        return chr(code) if code < 0x110000 else ""

    return _ESCAPE.sub(plain, text)
