"""Verbs that tell of an act, alone or with a second part: "shot dead", "put … against a wall"."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from affiant.claims.english.forms import VerbForm, verb_forms
from affiant.claims.lexicon import table, word_set
from affiant.model.vocabulary import Act

_WIDEST = 3
_MARKS = frozenset({".", ";", ":", "!", "?", "“"})
_NEVER_SKIPPED = frozenset({*_MARKS, "by"})


class Part(NamedTuple):
    """What a verb has to have beside it to tell of an act.

    Attributes:
        words: Word by word which may stand: ``{"against"}, {"a", "the"}, {"wall"}``; an empty
            set stands for none to three words.
        act: The act that the verb tells with them.
        befalls: True where the act befalls the subject: "sustained injuries".
    """

    words: tuple[frozenset[str], ...]
    act: Act
    befalls: bool


class ActForm(NamedTuple):
    """What a verb form can stand for.

    Attributes:
        form: The verb and its form.
        plain: The act where the verb stands alone, or None.
        happens: True where the act befalls the subject: "twelve died".
        parts: Second parts with their acts, the longest first.
    """

    form: VerbForm
    plain: Act | None
    happens: bool
    parts: tuple[Part, ...]


@cache
def act_forms() -> dict[str, ActForm]:
    """Return the verb forms of the acts by how they are written."""
    acts = table("acts")
    found: dict[str, ActForm] = {}
    for kind, happens in (("transitive", False), ("intransitive", True)):
        for act, lemmas in acts[kind].items():
            forms = verb_forms(lemmas, irregular=acts["irregular"])
            found.update({low: ActForm(form, act, happens, ()) for low, form in forms.items()})
    for lemma, parts in _second_parts().items():
        for low, form in verb_forms(lemma, irregular=acts["irregular"]).items():
            plain, happens = found[low][1:3] if low in found else (None, False)
            found[low] = ActForm(form, plain, happens, parts)
    found.update({low: found[form] for low, form in acts["variants"].items()})
    return found


def part_end(lows: Sequence[str], *, at: int, words: tuple[frozenset[str], ...]) -> int | None:
    """Return the index after a second part that begins at ``at``, or None where none does."""
    if not words:
        return at
    if words[0]:
        found = at < len(lows) and lows[at] in words[0]
        return part_end(lows, at=at + 1, words=words[1:]) if found else None
    for skipped in range(_WIDEST + 1):
        end = part_end(lows, at=at + skipped, words=words[1:])
        if end is not None:
            return end
        if at + skipped >= len(lows) or lows[at + skipped] in _NEVER_SKIPPED:
            return None
    return None


@cache
def _second_parts() -> dict[str, tuple[Part, ...]]:
    """Return the second parts of every verb, the longest first."""
    found: dict[str, dict[tuple[frozenset[str], ...], Part]] = {}
    for kind, befalls in (("done", False), ("befalls", True)):
        for act, entries in table("frames")[kind].items():
            for verb, words in _frames(entries):
                found.setdefault(verb, {}).setdefault(words, Part(words, act, befalls))
    return {
        verb: tuple(sorted(parts.values(), key=lambda part: -len(part.words)))
        for verb, parts in found.items()
    }


def _frames(entries: list[str]) -> Iterator[tuple[str, tuple[frozenset[str], ...]]]:
    """Yield each verb with each second part of entries such as "drag haul: off, in|into a cell"."""
    for entry in entries:
        verbs, _, parts = entry.partition(":")
        for part in parts.split(","):
            for words in product(*(_choices(choice) for choice in part.split())):
                for verb in verbs.split():
                    yield verb, tuple(word for word in words if "-" not in word)


def _choices(written: str) -> tuple[frozenset[str], ...]:
    """Return the sets of words that may stand: one, or with "-" one and no word at all."""
    if written == "~":
        return (frozenset(),)
    words = set(written.split("|"))
    for name in [word for word in words if word.startswith("@")]:
        words.remove(name)
        words |= word_set("frames", "lists", name[1:])
    alone = [frozenset({"-"})] if "-" in words else []
    words.discard("-")
    return (*([frozenset(words)] if words else []), *alone)


@cache
def loose_verbs() -> frozenset[str]:
    """Return the verbs that tell of an act only with a second part or of people."""
    alone = {
        lemma for kind in ("transitive", "intransitive") for lemma in _lemmas(table("acts")[kind])
    }
    return (frozenset(_second_parts()) - alone) | word_set("acts", "loose", "verbs")


def _lemmas(lists: dict[str, str]) -> set[str]:
    return {lemma for words in lists.values() for lemma in words.split()}
