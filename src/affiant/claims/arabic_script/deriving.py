"""Ways to tell an act that follow from a listed one: its passive and its infinitives."""

from collections.abc import Collection, Iterator
from typing import Any, Final

VOICES: Final = ("active", "passive", "happens", "bare", "nouns")
SHARED: Final = "shared"
_LONGEST_SHARED: Final = 2
_MADE: Final = "کرد"
_BECAME: Final = "شد"


def voiced(entry: dict[str, Any], *, stems: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield voice and words of each way to tell an act, listed or derived, each once."""
    told = {form for voice in VOICES for form in entry.get(voice, ())}
    for voice in VOICES:
        for form in entry.get(voice, ()):
            yield voice, form
    if entry.get("needs") == "person":
        return
    for form in entry.get("active", ()):
        for voice, other in _derived(form.split(), stems=stems):
            if other not in told or voice == SHARED:
                told.add(other)
                yield voice, other


def _derived(parts: list[str], *, stems: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield passive, infinitives and the bare noun of a compound: "دستگیر کرد"."""
    if len(parts) < 2 or parts[-1] not in stems:
        return
    if len(parts) == _LONGEST_SHARED and parts[-1] == _MADE:
        yield SHARED, parts[0]
    noun, verb = " ".join(parts[:-1]), parts[-1]
    infinitive = f"{verb}ن"
    if verb == _MADE:
        yield "passive", f"{noun} {_BECAME}"
        yield "nouns", f"{noun} {_BECAME}ن"
    else:
        yield "passive", f"{noun} {verb}ه {_BECAME}"
    if "~" not in parts:
        yield "nouns", f"{noun} {infinitive}"
