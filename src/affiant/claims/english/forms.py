"""Forms of English verbs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_SHORT = re.compile(r"(?:[^aeiou]|qu)*[aeiou][bdgmnprt]")
"""Verbs of one syllable that end so double their last letter: "drag", "stab"."""
_DOUBLING = frozenset({"kidnap", "expel", "admit", "refer", "transfer", "compel", "gas", "deter"})
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One form of a verb.

    Attributes:
        lemma: The verb as it stands in the word list.
        base: True for "kill".
        third: True for "kills".
        past: True for "killed" as in "they killed".
        participle: True for "killed" as in "were killed".
        ing: True for "killing".
    """

    lemma: str
    base: bool = False
    third: bool = False
    past: bool = False
    participle: bool = False
    ing: bool = False


def inflect(lemma: str, *, irregular: Mapping[str, str]) -> dict[str, VerbForm]:
    """Return every form of a verb; ``irregular`` gives "past participle" by lemma."""
    stem, dash, rest = lemma.partition("-")
    if (dash and rest in irregular) or (dash and stem in ("gang", "ill")):
        return {
            f"{stem}-{form}": VerbForm(
                lemma, found.base, found.third, found.past, found.participle, found.ing
            )
            for form, found in inflect(rest, irregular=irregular).items()
        }
    past, participle = _past(lemma, irregular=irregular)
    forms = {
        lemma: {"base"},
        _third(lemma): {"third"},
        _ing(lemma): {"ing"},
    }
    forms.setdefault(past, set()).add("past")
    forms.setdefault(participle, set()).add("participle")
    return {form: VerbForm(lemma, **dict.fromkeys(kinds, True)) for form, kinds in forms.items()}


def verb_forms(lemmas: str, *, irregular: Mapping[str, str]) -> dict[str, VerbForm]:
    """Return all forms of the verbs of one list by how they are written."""
    found: dict[str, VerbForm] = {}
    for lemma in lemmas.split():
        found.update(inflect(lemma, irregular=irregular))
    return found


def _past(lemma: str, *, irregular: Mapping[str, str]) -> tuple[str, str]:
    if lemma in irregular:
        past, participle = irregular[lemma].split()
        return past, participle
    if lemma.endswith("e"):
        regular = lemma + "d"
    elif lemma.endswith("y") and lemma[-2] not in _VOWELS:
        regular = lemma[:-1] + "ied"
    else:
        regular = _doubled(lemma) + "ed"
    return regular, regular


def _third(lemma: str) -> str:
    if lemma.endswith(("s", "sh", "ch", "x", "z")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def _ing(lemma: str) -> str:
    if lemma == "die":
        return "dying"
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return lemma[:-1] + "ing"
    return _doubled(lemma) + "ing"


def _doubled(lemma: str) -> str:
    """Return the stem with its last letter doubled where English does so."""
    doubles = lemma in _DOUBLING or _SHORT.fullmatch(lemma) is not None
    return lemma + lemma[-1] if doubles else lemma
