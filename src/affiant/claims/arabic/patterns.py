"""Patterns of Arabic verbs and nouns, made from word lists that a linguist writes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from affiant.claims.arabic_script.patterns import bounded, listed, numbers, words
from affiant.claims.arabic_script.shadow import key_of
from affiant.model.vocabulary import Act

LANGUAGE: Final = "ar"
_PRONOUNS: Final = "هما|هم|هن|ها|ه|نی|نا|کم|ک|ن|و"
_BEFORE_PRESENT: Final = "[سحبهدکغ]?"
_ROOT: Final = 3
_A_FEW: Final = r"(?:[^ ]+ ){0,6}?"
_PAST_ENDS: Final = "تما|تم|تن|تا|ت|وا|و|نا|ن|ا"
_PRESENT_ENDS: Final = "ون|وا|ان|ین|ن|و|ا|ی"


@dataclass(frozen=True, slots=True)
class ActForm:
    """One way to tell an act.

    Attributes:
        act: The act.
        voice: ``active``, ``passive``, ``being``, ``nouns``, ``state`` or ``nobody``.
        made: What it looks like, as the text of a pattern.
        needs: Kind of thing that has to be told of, or empty.
        entry: As it stands in the word list.
        needles: Pieces of its first word, of which one has to stand in the sentence.
        fixed: Pieces of its other words, of which one of each has to stand there.
        kinds: Lists of nouns, of each of which one has to stand there.
    """

    act: Act
    voice: str
    made: str
    needs: str
    entry: str
    needles: tuple[str, ...]
    fixed: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """What it looks like."""
        return _compiled(self.made)

    @property
    def is_word(self) -> bool:
        """Whether it is a single word."""
        return " " not in self.entry


@cache
def _compiled(made: str) -> re.Pattern[str]:
    return bounded(made)


def verb(entry: str) -> str:
    """Return the pattern of an entry "past|present words": any form of the verb, then words.

    Groups: ``s1`` and ``o1`` are the subject ending and the attached object of a past form,
    ``p``, ``s2`` and ``o2`` prefix, ending and object of a present form; ``n`` is the "ان" by
    which speech makes a passive of a verb of three letters ("انقتل").
    """
    head, _, rest = entry.partition(" ")
    if "|" not in head:
        return wording(entry)
    past, _, present = head.partition("|")
    made = rf"(?:{_stem(past)}(?P<s1>{_PAST_ENDS})?(?P<o1>{_PRONOUNS})?"
    if present:
        made += (
            rf"|{_BEFORE_PRESENT}(?P<p>[یتنا]){_stem(present)}"
            rf"(?P<s2>{_PRESENT_ENDS})?(?P<o2>{_PRONOUNS})?"
        )
    if (
        present
        and len(past) == _ROOT
        and key_of(past) not in words("acts", "no_n", language=LANGUAGE)
    ):
        made += rf"|(?:{_BEFORE_PRESENT}[یتن])?(?P<n>ا?ن){_stem(past)}(?P<s3>{_PAST_ENDS})?"
    return made + ")" + (" " + wording(rest, led=True) if rest else "")


def wording(entry: str, *, led: bool = False) -> str:
    """Return the pattern of words: ``~`` a few others, ``*`` any end, ``/`` between choices.

    ``@persons`` stands for any form of the nouns of a list. The article may stand or not, and
    after the first word, or where ``led`` is true, a letter that leads a word, too ("بالسجن").
    """
    parts = []
    for word in entry.split():
        if word == "~":
            parts.append(_A_FEW)
        else:
            letter = "[بلکع]?" if parts or led else ""
            parts.append(f"{letter}(?:{'|'.join(map(_choice, word.split('/')))}) ")
    return "".join(parts).removesuffix(" ")


def _choice(word: str) -> str:
    if word.startswith("@"):
        return _plain(nouns(word[1:]).pattern)
    made = re.escape(key_of(word)).replace(r"\*", "[^ ]*")
    if word.startswith("لل") and len(word) > _ROOT:
        return f"لل{made[2:]}|ل ال{made[2:]}"
    if word[0] in "بل" and len(word) > _ROOT:
        return f"{made[0]} ?{made[1:]}"
    return made if word.startswith("ال") else f"(?:ال)?{made}"


def _stem(word: str) -> str:
    every = (re.escape(key_of(one)).replace(r"\*", "[^ ]*") for one in word.split("/"))
    return f"(?:{'|'.join(every)})"


def _pieces(word: str) -> tuple[str, ...]:
    """Return what of a word stays the same in each of its choices."""
    bare = (one.partition("*")[0] for one in word.split("/"))
    return tuple(key_of(one.lstrip("بل") if len(one) > _ROOT else one) for one in bare)


def _plain(pattern: str) -> str:
    """Return a pattern without the names of its groups, so that many fit in one."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


@cache
def act_forms() -> tuple[ActForm, ...]:
    """Return every way to tell an act: those of more words first, else as listed."""
    found = []
    every = [*listed("acts", "act", language=LANGUAGE), *listed("idioms", "act", language=LANGUAGE)]
    for entry in every:
        for voice in ("active", "passive", "being", "state", "nobody", "nouns"):
            for form in entry.get(voice, ()):
                found.append(_form(entry["name"], voice=voice, form=form, needs=entry.get("needs")))
    return tuple(sorted(found, key=lambda one: -len(one.entry.split())))


def _form(act: Act, *, voice: str, form: str, needs: str | None) -> ActForm:
    made = verb(form) if voice in ("active", "passive") else nominal(form)
    head, _, rest = form.partition(" ")
    stems = [stem for part in head.split("|") for stem in _pieces(part) if stem]
    others = [word for word in rest.split() if word != "~"]
    fixed = [_pieces(word) for word in others if "@" not in word]
    kinds = [word[1:] for word in [head, *others] if word.startswith("@") and "/" not in word]
    return ActForm(act, voice, made, needs or "", form, tuple(stems), tuple(fixed), tuple(kinds))


@cache
def _by_needle() -> dict[str, tuple[int, ...]]:
    """Return which forms may stand where a piece of a word does, by their place in the order."""
    found: dict[str, list[int]] = {}
    for at, form in enumerate(act_forms()):
        for piece in form.needles if "@" not in form.entry.split()[0] else ("",):
            found.setdefault(piece, []).append(at)
    return {piece: tuple(every) for piece, every in found.items()}


def forms_in(line: str) -> list[ActForm]:
    """Return the forms whose pieces stand in a sentence, in order; faster than the patterns."""
    forms = act_forms()
    near = {at for piece, every in _by_needle().items() if piece in line for at in every}
    return [
        forms[at]
        for at in sorted(near)
        if all(any(piece in line for piece in pieces) for pieces in forms[at].fixed)
    ]


def nominal(form: str) -> str:
    """Return the pattern of a noun with the article or an attached pronoun."""
    ends = "(?:ها|هم|هن|ه|ی|نا|ا|ات|و|هما)?" if " " not in form else ""
    dual = f"|{re.escape(key_of(form)[:-1])}ت(?:ان|ین)" if form.endswith("ة") else ""
    return f"{wording(form)}{ends}{dual}"


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
    counted = [_number_words()]
    of_acts = [bounded(f.made).pattern for f in act_forms() if f.voice == "nouns" and f.is_word]
    return re.compile("|".join(f"(?:{_plain(part)})" for part in [*parts, *of_acts, *counted]))


def _number_words() -> str:
    """Return the pattern of the words of numbers; "ست" is left out: "لست" says "I am not"."""
    every = [
        word
        for name in ("ones", "tens", "hundreds", "teens")
        for word in numbers("numbers", name, language=LANGUAGE)
        if " " not in word and len(word) > _ROOT
    ]
    return "|".join(map(re.escape, _longest(every)))


@cache
def noun_of_act() -> re.Pattern[str]:
    """Return the pattern of the verbal nouns of acts; some are spelled as a verb is."""
    single = [form.made for form in act_forms() if form.voice == "nouns" and form.is_word]
    return re.compile("|".join(f"(?:{one})" for one in single))


@cache
def known_verbs() -> re.Pattern[str]:
    """Return the pattern of verbs before which "ف" stands as a word of its own."""
    single = [f for f in act_forms() if f.voice in ("active", "passive") and "|" in f.entry]
    heads = dict.fromkeys(form.entry.split()[0] for form in single)
    return re.compile("|".join(f"(?:{_plain(verb(head))})" for head in heads))
