"""Patterns of Arabic verbs and nouns, made from word lists that a linguist writes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from affiant.claims.arabic_script.patterns import bounded, listed, words, written
from affiant.claims.arabic_script.shadow import key_of
from affiant.model.vocabulary import Act

LANGUAGE: Final = "ar"
_PRONOUNS: Final = "هما|هم|هن|ها|ه|نی|نا|کم|ک|ن|و"
_PAST_ENDS: Final = "تما|تم|تن|تا|ت|وا|و|نا|ن|ا"
_PRESENT_ENDS: Final = "ون|وا|ان|ین|ن|و|ا|ی"


@dataclass(frozen=True, slots=True)
class ActForm:
    """One way to tell an act.

    Attributes:
        act: The act.
        voice: ``active``, ``passive``, ``nouns``, ``state`` or ``nobody``.
        pattern: What it looks like.
        needs: Kind of thing that has to be told of, or empty.
        entry: As it stands in the word list.
    """

    act: Act
    voice: str
    pattern: re.Pattern[str]
    needs: str
    entry: str


def verb(entry: str) -> str:
    """Return the pattern of an entry "past|present words": any form of the verb, then words.

    Groups: ``s1`` and ``o1`` are the subject ending and the attached object of a past form,
    ``p``, ``s2`` and ``o2`` prefix, ending and object of a present form.
    """
    head, _, rest = entry.partition(" ")
    if "|" not in head:
        return written(entry)
    past, _, present = head.partition("|")
    made = rf"(?:{_stem(past)}(?P<s1>{_PAST_ENDS})?(?P<o1>{_PRONOUNS})?"
    if present:
        made += (
            rf"|(?:[سحب])?(?P<p>[یتنا]){_stem(present)}(?P<s2>{_PRESENT_ENDS})?(?P<o2>{_PRONOUNS})?"
        )
    return made + ")" + (" " + written(rest) if rest else "")


def _stem(word: str) -> str:
    return re.escape(key_of(word)).replace(r"\*", "[^ ]*")


def _plain(pattern: str) -> str:
    """Return a pattern without the names of its groups, so that many fit in one."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


@cache
def act_forms() -> tuple[ActForm, ...]:
    """Return every way to tell an act: those of more words first, else as listed."""
    found = []
    for entry in listed("acts", "act", language=LANGUAGE):
        for voice in ("active", "passive", "state", "nobody", "nouns"):
            for form in entry.get(voice, ()):
                made = verb(form) if voice in ("active", "passive") else nominal(form)
                needs = entry.get("needs", "")
                found.append(ActForm(entry["name"], voice, bounded(made), needs, form))
    return tuple(sorted(found, key=lambda one: -len(one.entry.split())))


def nominal(form: str) -> str:
    """Return the pattern of a noun with the article or an attached pronoun."""
    ends = "(?:ها|هم|هن|ه|ی|نا|ا|ات)?" if " " not in form else ""
    return f"(?:ال)?{written(form)}{ends}"


@cache
def verbs(*keys: str) -> re.Pattern[str]:
    """Return the pattern of a list of verbs in all their forms."""
    entries = sorted(listed("speech", *keys, language=LANGUAGE), key=len, reverse=True)
    return bounded("|".join(_plain(verb(entry)) for entry in entries))


@cache
def nouns(name: str) -> re.Pattern[str]:
    """Return the pattern of a list of nouns with article and endings."""
    stems = _longest(words("people", name, language=LANGUAGE))
    ends = _longest(words("people", "endings", language=LANGUAGE))
    cut = _longest(stem[:-1] + "ت" for stem in stems if stem.endswith("ه"))
    every = "|".join(map(re.escape, [*stems, *cut]))
    return bounded(f"(?:ال)?(?:{every})(?:{'|'.join(ends)})?")


def _longest(found: Iterable[str]) -> list[str]:
    return sorted(found, key=len, reverse=True)


@cache
def known_after_letter() -> re.Pattern[str]:
    """Return the pattern of words before which "ب" and "ل" stand as words of their own."""
    parts = [nouns(name).pattern for name in ("persons", "kin", "actors")]
    of_acts = [form.pattern.pattern for form in act_forms() if form.voice == "nouns"]
    return re.compile("|".join(f"(?:{_plain(part)})" for part in [*parts, *of_acts]))


@cache
def noun_of_act() -> re.Pattern[str]:
    """Return the pattern of the verbal nouns of acts; some are spelled as a verb is."""
    single = [form.pattern.pattern for form in act_forms() if form.voice == "nouns"]
    return re.compile("|".join(single))


@cache
def known_verbs() -> re.Pattern[str]:
    """Return the pattern of verbs before which "ف" stands as a word of its own."""
    single = [f for f in act_forms() if f.voice in ("active", "passive") and "|" in f.entry]
    heads = dict.fromkeys(form.entry.split()[0] for form in single)
    return re.compile("|".join(f"(?:{_plain(verb(head))})" for head in heads))
