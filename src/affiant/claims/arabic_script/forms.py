"""Ways to tell an act, from the word lists, and those of them that a line may hold."""

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from affiant.claims.arabic_script.deriving import SHARED, voiced
from affiant.claims.arabic_script.patterns import any_of, bounded, listed, verbal
from affiant.claims.arabic_script.shadow import key_of
from affiant.model.vocabulary import Act


@dataclass(frozen=True, slots=True)
class ActForm:
    """One way to tell an act.

    Attributes:
        act: The act.
        voice: ``active``, ``passive``, ``happens``, ``bare``, ``nouns``, or ``shared`` for a noun
            whose verb comes later.
        entry: As it stands in the word list.
        language: Its language.
        needs: Kind of thing that has to be told of, or empty.
        weak: True where the words alone do not tell whether anybody was hurt.
        negated: True where the words say that it did not happen: "سالم ماندند".
        unless: Words that make it another act where one stands in the clause.
    """

    act: Act
    voice: str
    entry: str
    language: str
    needs: str = ""
    weak: bool = False
    negated: bool = False
    unless: str = ""

    @property
    def pattern(self) -> re.Pattern[str]:
        """What it looks like; made when first asked for, since few of them are."""
        return _looks(self.entry, voice=self.voice, language=self.language)

    @property
    def pieces(self) -> tuple[tuple[str, ...], ...]:
        """For each of its words the spellings of which one has to stand there, longest first."""
        stems = listed("verbs", "stems", language=self.language)
        same = listed("verbs", "same", language=self.language)
        found = []
        for part in self.entry.replace("*", "").split():
            every = [
                one for stem in (part, *same.get(part, ())) for one in (stem, *stems.get(stem, ()))
            ]
            if part != "~":
                found.append(tuple(map(key_of, every if part in stems else part.split("|"))))
        return tuple(sorted(found, key=lambda piece: (len(piece) > 1, -len(piece[0]))))


@cache
def act_forms(language: str) -> tuple[ActForm, ...]:
    """Return every way to tell an act, those of more words first."""
    found = []
    stems = listed("verbs", "stems", language=language)
    for entry in listed("acts", "act", language=language):
        act = cast("Act", entry["name"])
        more = {
            name: entry[name] for name in ("needs", "weak", "negated", "unless") if name in entry
        }
        for voice, form in voiced(entry, stems=stems):
            found.append(ActForm(act, voice, form, language, **more))
    return tuple(
        sorted(
            found, key=lambda one: (-len(one.entry.split()), one.voice != "nouns", not one.needs)
        )
    )


@cache
def _by_piece(language: str) -> dict[str, tuple[int, ...]]:
    """Return the places of forms in the list of all, by the piece that tells them best."""
    found: dict[str, list[int]] = {}
    for at, form in enumerate(act_forms(language)):
        for spelling in form.pieces[0]:
            found.setdefault(spelling, []).append(at)
    return {spelling: tuple(places) for spelling, places in found.items()}


@cache
def _further(language: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the other pieces of each form."""
    return tuple(form.pieces[1:] for form in act_forms(language))


def forms_for(line: str, *, language: str) -> list[ActForm]:
    """Return the ways to tell an act whose pieces all stand in a line, in their order.

    Pieces are found much faster than patterns, and few patterns have to be made at all.
    """
    near: set[int] = set()
    for spelling, places in _by_piece(language).items():
        if spelling in line:
            near.update(places)
    every, further = act_forms(language), _further(language)
    return [
        every[at]
        for at in sorted(near)
        if all(any(one in line for one in piece) for piece in further[at])
    ]


@cache
def _looks(form: str, *, voice: str, language: str) -> re.Pattern[str]:
    """Return what one way to tell an act looks like."""
    if voice in ("bare", "nouns", SHARED):
        return any_of([form])
    return bounded(verbal(form, language=language))
