"""Who did it and who had a part in it, as the sentence tells; everyone accused is alleged."""

import re
from dataclasses import dataclass
from functools import cache

from affiant.claims.english.agents import (
    agents,
    can_act,
    means,
    past_insert,
    past_marks,
    told_apart,
    units,
    without_number,
)
from affiant.claims.english.attributed import group_start
from affiant.claims.english.clauses import Clause
from affiant.claims.english.cues import Trigger
from affiant.claims.english.forms import verb_forms
from affiant.claims.english.phrases import Phrase, core, head, object_after, words_of
from affiant.claims.english.subjects import subject_before
from affiant.claims.english.tagging import NOUN, Sentence
from affiant.claims.lexicon import phrases, table, word_set
from affiant.model.involvement import Involvement
from affiant.model.vocabulary import Act, Role, Strength

_CHARGES = frozenset(
    {
        "accused",
        "charged",
        "convicted",
        "sentenced",
        "blamed",
        "indicted",
        "suspected",
        "accuses",
    }
)


@dataclass(frozen=True, slots=True)
class Party:
    """A party with its role and where it stands."""

    phrase: Phrase
    role: Role
    rule: str


def accused_parties(sentence: Sentence, *, trigger: Trigger, clause: Clause) -> list[Party]:
    """Return those whom the sentence gives a part in the act."""
    found: list[Party] = []
    direct = _direct(sentence, trigger=trigger, clause=clause)
    if direct is not None:
        found.append(direct)
    found.extend(_behind(sentence, clause=clause))
    doing = _doing(sentence, trigger=trigger)
    if doing is not None:
        found.append(doing)
    unique: dict[tuple[int, str], Party] = {}
    for party in found:
        unique.setdefault((party.phrase.first, party.role), party)
    return list(unique.values())


def means_of(sentence: Sentence, *, trigger: Trigger, clause: Clause) -> tuple[int, int] | None:
    """Return a means in the place of an agent, as tokens: "A bomb killed …", "by gunfire"."""
    if trigger.agent is not None and head(sentence, phrase=trigger.agent) in means():
        short = core(sentence, phrase=trigger.agent)
        return short.first, short.last
    by = _by_phrase(sentence, clause=clause)
    if by is not None and head(sentence, phrase=by) in means():
        short = core(sentence, phrase=by)
        return short.first, short.last
    return None


def involvement(sentence: Sentence, *, party: Party) -> Involvement:
    """Return an accused party as an involvement."""
    short = told_apart(sentence, phrase=core(sentence, phrase=party.phrase))
    return Involvement(
        name=words_of(sentence, phrase=short),
        role=party.role,
        side="accused",
        strength=strength_of(sentence, phrase=short),
    )


def victims(sentence: Sentence, *, patient: Phrase) -> Involvement:
    """Return those to whom it was done, with a status claimed for them."""
    short = _named_insert(sentence, patient=patient) or core(sentence, phrase=patient)
    status = [
        token.text
        for token in sentence.tokens[short.first : short.last + 1]
        if token.low in _statuses()
    ]
    name = words_of(sentence, phrase=short)
    return Involvement(
        name=name[:-2] if name.lower().endswith(("'s", "’s")) else name,
        role="victim",
        side="victim",
        strength=strength_of(sentence, phrase=short),
        claimed_status=" ".join(status) or None,
    )


def _named_insert(sentence: Sentence, *, patient: Phrase) -> Phrase | None:
    """Return the name in "its director, Dr. Nastaran Nakhlava, was …"."""
    if sentence.capitals or len(patient.inserts) != 1 or sentence.named(patient.last):
        return None
    first, last = patient.inserts[0]
    named = all(sentence.named(at) and sentence.tag(at) == NOUN for at in range(first, last + 1))
    plural = head(sentence, phrase=patient).endswith(("s", "men", "people", "children"))
    return Phrase(first, last) if named and first < last and not plural else None


def strength_of(sentence: Sentence, *, phrase: Phrase) -> Strength:
    """Return how strongly a noun phrase identifies a party."""
    lows = sentence.lows(phrase.first, last=phrase.last)
    if set(lows[:2]) & _unnamed():
        return "unnamed"
    word = head(sentence, phrase=phrase)
    if word in units():
        return "unit"
    if word in agents() or word in word_set("people", "people"):
        named = not sentence.capitals and sentence.named(phrase.last) and phrase.last > phrase.first
        return "named" if named else "category"
    if not sentence.capitals and any(
        sentence.named(at)
        for at in range(phrase.first, phrase.last + 1)
        if sentence.tag(at) == NOUN
    ):
        return "named"
    return "category"


def _direct(sentence: Sentence, *, trigger: Trigger, clause: Clause) -> Party | None:
    """Return who is told to have done it."""
    accused = _accused(sentence, trigger=trigger)
    if accused is not None:
        return accused
    if trigger.voice == "active":
        agent = None if trigger.agent is None else past_marks(sentence, phrase=trigger.agent)
        if agent is not None and can_act(sentence, phrase=agent):
            return Party(agent, "direct_perpetrator", "subject of the verb")
        return _of_means(sentence, trigger=trigger)
    by = _by_phrase(sentence, clause=clause)
    if by is None:
        return None
    if not can_act(sentence, phrase=by):
        inner = _after_of(sentence, phrase=by)
        if (
            inner is None
            or not can_act(sentence, phrase=inner)
            or head(sentence, phrase=by) in means()
        ):
            return None
        return Party(inner, "responsible", "named after “by the … of”")
    return Party(by, "direct_perpetrator", "named after “by”")


def _by_phrase(sentence: Sentence, *, clause: Clause) -> Phrase | None:
    """Return the noun phrase after "by" in the clause, or None."""
    for at in range(clause.tail, clause.end + 1):
        if sentence.low(at) == "by" and sentence.tag(at + 1) not in ("ing", "date"):
            found = object_after(sentence, index=at + 1)
            if (
                found is not None
                and found.first not in sentence.date_at
                and not _behind_at(sentence, at=at)
            ):
                return without_number(sentence, phrase=found)
    return None


def _of_means(sentence: Sentence, *, trigger: Trigger) -> Party | None:
    """Return who planted or fired what killed: "a bomb planted by the Front killed three"."""
    agent = trigger.agent
    if agent is None or head(sentence, phrase=agent) not in means() | word_set("people", "guns"):
        return None
    for at in range(agent.first + 1, trigger.group):
        if sentence.low(at) == "by" and sentence.low(at - 1) in word_set("acts", "using", "forms"):
            found = object_after(sentence, index=at + 1)
            if found is not None and can_act(sentence, phrase=found):
                return Party(found, "direct_perpetrator", "named after “by”")
    return None


def _behind_at(sentence: Sentence, *, at: int) -> bool:
    """Tell whether "by" belongs to "ordered by" and the like."""
    return f"{sentence.low(at - 1)} {sentence.low(at)}" in table("roles")["behind"]


def _after_of(sentence: Sentence, *, phrase: Phrase) -> Phrase | None:
    """Return what "of" leads to: "the brutality of a corrupt government"."""
    for at in range(phrase.first, phrase.last):
        if sentence.low(at) == "of":
            return Phrase(at + 1, phrase.last)
    return None


def _behind(sentence: Sentence, *, clause: Clause) -> list[Party]:
    """Return those behind the act: "at the behest of X", "on the orders of X"."""
    roles: dict[str, Role] = table("roles")["behind"]
    fronted = range(clause.floor, clause.begin)
    told = any(sentence.tag(at) in ("be", "verb", "act", "speech", "quote") for at in fronted)
    first = clause.begin if told else clause.floor
    last = past_insert(sentence, at=clause.end)
    start, end = sentence.tokens[first].start, sentence.tokens[last].end
    found = []
    for match in _behind_phrases().finditer(sentence.text, start, end):
        index = next(
            (at for at, token in enumerate(sentence.tokens) if token.start >= match.end()), None
        )
        phrase = None if index is None else object_after(sentence, index=index)
        words = " ".join(match.group().lower().split())
        if phrase is not None:
            found.append(Party(phrase, roles[words], f"named after “{words}”"))
    return found


def _doing(sentence: Sentence, *, trigger: Trigger) -> Party | None:
    """Return who "ordered the killing of …" or "planned the massacre"."""
    if trigger.voice != "noun":
        return None
    at = trigger.group - 1
    entry = doing_verbs().get(sentence.low(at))
    if entry is None:
        return None
    if sentence.low(at).endswith("ing"):
        subject = _charged(sentence, at=at)
    else:
        subject = subject_before(sentence, index=group_start(sentence, index=at))
    if subject is None or not can_act(sentence, phrase=subject):
        return None
    return Party(subject, entry[0], f"subject of “{sentence.low(at)}”")


def _charged(sentence: Sentence, *, at: int) -> Phrase | None:
    """Return who is "sentenced for ordering" or "accused of planning"."""
    if sentence.low(at - 1) not in ("for", "of", "with"):
        return None
    for begin in range(at - 2, max(at - 16, -1), -1):
        if sentence.low(begin) in _CHARGES:
            group = group_start(sentence, index=begin)
            if any(sentence.tag(index) == "be" for index in range(group, begin)):
                return subject_before(sentence, index=group)
            return object_after(sentence, index=begin + 1)
    return None


def _accused(sentence: Sentence, *, trigger: Trigger) -> Party | None:
    """Return who is accused of, blamed for or said to be responsible for the act."""
    for words, role in _accusing():
        begin = _cue_before(sentence, trigger=trigger, words=words)
        if begin is None:
            continue
        phrase = _between(sentence, begin=begin, words=words, trigger=trigger)
        if phrase is None:
            phrase = subject_before(sentence, index=group_start(sentence, index=begin))
        if phrase is not None and can_act(sentence, phrase=phrase):
            return Party(phrase, role, f"“{' '.join(words)}”")
    return None


def _cue_before(sentence: Sentence, *, trigger: Trigger, words: tuple[str, ...]) -> int | None:
    """Return where "accused … of" begins if it leads up to the act, or None."""
    right_before = trigger.group - len(words)
    if words[-1] == "to" and sentence.follows(right_before, sequence=words):
        return right_before
    link = trigger.group - 1
    while (link > 0 and sentence.tag(link) in ("adv", "to")) or sentence.low(link) in (
        "having",
        "trying",
    ):
        link -= 1
    if sentence.low(link) in ("that", "which"):
        link = _before_noun(sentence, at=link)
    if sentence.low(link) != words[-1]:
        return None
    if len(words) > 1 and words[0] in _CHARGES | {"jailed", "tried"}:
        for at in range(link - 1, max(link - 14, -1), -1):
            if sentence.low(at) in (words[0], words[0].rstrip("d") + "s"):
                return at
        return None
    begin = link - len(words) + 1
    return begin if sentence.follows(begin, sequence=words) else None


def _before_noun(sentence: Sentence, *, at: int) -> int:
    """Return "for" in "for the attack that": the word before what "that" stands for."""
    index = at - 1
    while index > at - 6 and sentence.tag(index) in (NOUN, "det", "adj", "ing"):
        index -= 1
    return index


def _between(
    sentence: Sentence, *, begin: int, words: tuple[str, ...], trigger: Trigger
) -> Phrase | None:
    """Return the object in "accused X of": it stands between the two words."""
    if sentence.low(begin + 1) == words[-1] or len(words) != 2:
        return None
    found = object_after(sentence, index=begin + 1)
    return found if found is not None and found.last < trigger.group else None


@cache
def doing_verbs() -> dict[str, tuple[Role, Act]]:
    """Return "ordered", "planned" and so on with the role and the act they stand for."""
    found: dict[str, tuple[Role, Act]] = {}
    for lemma, entry in table("roles")["doing"].items():
        role, act = entry.split()
        for form in verb_forms(lemma, irregular={}):
            found[form] = (role, act)
    return found


@cache
def _accusing() -> tuple[tuple[tuple[str, ...], Role], ...]:
    return tuple((tuple(words.split()), role) for words, role in table("roles")["accusing"].items())


@cache
def _behind_phrases() -> re.Pattern[str]:
    return phrases(table("roles")["behind"])


@cache
def _unnamed() -> frozenset[str]:
    return word_set("people", "unnamed")


@cache
def _statuses() -> frozenset[str]:
    return word_set("people", "status")
