"""Who an act is laid to by what stands around it: the attack that led to it, and "they"."""

import re
from dataclasses import replace

from affiant.claims.english.agents import can_act, is_pronoun
from affiant.claims.english.drafts import Draft
from affiant.claims.english.parties import strength_of
from affiant.claims.english.phrases import Phrase, core, head, object_after, words_of
from affiant.claims.english.tagging import Sentence
from affiant.claims.english.voices import Memory
from affiant.claims.lexicon import word_set
from affiant.model.involvement import Involvement
from affiant.model.vocabulary import FAMILY_OF

_BARE = frozenset({"verb_passive", "verb_happens", "state_act", "participle_bare", "idiom"})
_SUFFERED = frozenset({"killing", "wounding", "destruction", "taking", "displacement"})
_HARM = frozenset({"killing", "wounding"})
_REFUSED = frozenset({"denial_of_care", "displacement"})
_LEADING = frozenset({"when", "as", "after", "while", "because"})
_PASSIVE = (("being",), ("having", "been"), ("they", "were"), ("he", "was"), ("she", "was"))
_ATTACKS = frozenset({"killing", "wounding", "destruction", "attack_on_protected_object"})
_REACH = 24


def accused_of_event(draft: Draft, *, others: list[Draft]) -> None:
    """Lay an act to the party whose attack the same sentence says led to it."""
    if draft.denied or draft.modality != "actual" or _has_accused(draft):
        return
    family = FAMILY_OF[draft.act]
    if not (draft.features & _BARE) or family not in _SUFFERED | _REFUSED:
        return
    party = _of_clause(draft, family=family) or _in_which(draft, others=others)
    if party is not None:
        _add(draft, party=party, rule="did what led to it")


def _has_accused(draft: Draft) -> bool:
    return any(party.side == "accused" for party in draft.involvements)


def _add(draft: Draft, *, party: Involvement, rule: str) -> None:
    victims = {one.name.lower() for one in draft.involvements if one.side == "victim"}
    if party.name.lower() in victims:
        return
    draft.involvements.append(party)
    draft.features.add("actor_event")
    draft.why.append(f"alleged party: {rule}")


def _of_clause(draft: Draft, *, family: str) -> Involvement | None:
    """Return who attacks in "… died when the police opened fire", "after being held by X"."""
    sentence = draft.sentence
    for at in range(draft.anchor + 1, min(draft.anchor + _REACH, len(sentence.tokens))):
        low = sentence.low(at)
        if sentence.tag(at) in ("speech", "quote") or low in (";", ":"):
            return None
        if low not in _LEADING:
            continue
        taken = _taken_by(sentence, at=at + 1) if low == "after" else None
        found = taken or _attacker(sentence, at=at + 1, because=low == "because", family=family)
        if found is not None:
            return _party(draft, phrase=found)
    return None


def _attacker(sentence: Sentence, *, at: int, because: bool, family: str) -> Phrase | None:
    """Return the subject of a clause if its verb is one of attack."""
    phrase = object_after(sentence, index=at)
    if because != (family in _REFUSED) or phrase is None or not can_act(sentence, phrase=phrase):
        return None
    if is_pronoun(sentence, phrase=phrase):
        return None
    verbs = sentence.lows(phrase.last + 1, last=phrase.last + 4)
    return phrase if because or word_set("acts", "attacking", "verbs") & set(verbs) else None


def _taken_by(sentence: Sentence, *, at: int) -> Phrase | None:
    """Return X in "after being arrested by X"."""
    begin = next(
        (at + len(words) for words in _PASSIVE if sentence.follows(at, sequence=words)), None
    )
    if begin is None:
        return None
    for index in range(begin + 1, min(begin + 6, len(sentence.tokens))):
        if sentence.low(index) == "by":
            found = object_after(sentence, index=index + 1)
            return found if found is not None and can_act(sentence, phrase=found) else None
    return None


def _in_which(draft: Draft, *, others: list[Draft]) -> Involvement | None:
    """Return who did the act before in "set fire to a bus, in which six were hurt"."""
    sentence = draft.sentence
    for other in others:
        if other.anchor >= draft.anchor:
            break
        joined = any(
            sentence.follows(at, sequence=("in", "which"))
            for at in range(other.anchor, draft.anchor)
        )
        party = next((one for one in other.involvements if one.side == "accused"), None)
        if joined and party is not None and FAMILY_OF[draft.act] in _HARM:
            return party
    return None


def _party(draft: Draft, *, phrase: Phrase) -> Involvement:
    sentence = draft.sentence
    short = core(sentence, phrase=phrase)
    draft.quote_phrase("actor", phrase=short)
    return Involvement(
        name=words_of(sentence, phrase=short),
        role="direct_perpetrator",
        side="accused",
        strength=strength_of(sentence, phrase=short),
    )


def accused_before(draft: Draft, *, others: list[Draft]) -> None:
    """Give an act the one accused earlier in its sentence: "they", and the verb after "and"."""
    if draft.denied:
        return
    known = [one for other in others for one in other.involvements if _direct(one)]
    known = [one for one in known if one.name.lower() not in word_set("words", "pronoun")]
    if not known:
        if not _has_accused(draft) and _goes_on(draft):
            take_subject(draft, first=0, last=draft.anchor)
        return
    for index, party in enumerate(draft.involvements):
        if _direct(party) and party.name.lower() in ("they", "them"):
            draft.why.append(f"“{party.name}” taken for “{known[-1].name}”")
            draft.involvements[index] = replace(known[-1], inferred=True)
            return
    hurt = draft.features & _BARE and FAMILY_OF[draft.act] == "wounding" and _of_pronoun(draft)
    if not _has_accused(draft) and (_goes_on(draft) or hurt):
        _add(draft, party=known[-1], rule="did the act before")


def _direct(party: Involvement) -> bool:
    return party.side == "accused" and party.role == "direct_perpetrator"


def _goes_on(draft: Draft) -> bool:
    """Tell whether a verb in the active goes on after "and", or with "-ing" after a comma."""
    sentence = draft.sentence
    if not draft.features & {"verb_active", "idiom"}:
        return False
    at = draft.anchor - 1
    while sentence.tag(at) in ("adv", "have"):
        at -= 1
    going = sentence.low(draft.anchor).endswith("ing") and sentence.low(at) == ","
    return going or sentence.low(at) in ("and", "then")


def _of_pronoun(draft: Draft) -> bool:
    victims = [party for party in draft.involvements if party.side == "victim"]
    return any(party.name.lower() in ("he", "she", "they") for party in victims)


def take_subject(draft: Draft, *, first: int, last: int) -> None:
    """Take the last subject between two tokens that can act, where nobody is accused yet."""
    sentence = draft.sentence
    phrases = [one for one in _subjects(sentence) if first <= one.first and one.last < last]
    if _has_accused(draft):
        return
    for phrase in reversed(phrases):
        if is_pronoun(sentence, phrase=phrase):
            return
        if can_act(sentence, phrase=phrase):
            _add(draft, party=_party(draft, phrase=phrase), rule="subject of the verb before")
            return


def carry_accused(draft: Draft, *, memory: Memory, voice: str | None) -> None:
    """Lay a death or a wound to those whose attack the sentence before told, as inferred.

    Only where the same voice tells both: nobody is made to accuse. Not where the sentence has
    a date or a means of its own, nor where those it befell bear arms themselves: they may
    have died by other hands.
    """
    if memory.attacker is None or _has_accused(draft) or draft.modality != "actual":
        return
    if voice != memory.accuser:
        return
    if FAMILY_OF[draft.act] not in _HARM or not draft.features & _BARE or draft.denied:
        return
    sentence = draft.sentence
    if sentence.dates or _by_means(draft):
        return
    for party in draft.involvements:
        words = set(party.name.lower().split())
        if party.side == "victim" and words & word_set("people", "agents"):
            return
    party = replace(memory.attacker, inferred=True)
    _add(draft, party=party, rule=f"“{party.name}” attacked in the sentence before")


def _by_means(draft: Draft) -> bool:
    """Tell whether the act has a cause of its own: "by a mine", "by a gas explosion"."""
    return bool(word_set("people", "means") & set((draft.method or "").lower().split()))


def drop_pronouns(draft: Draft) -> None:
    """Leave out an accused party of which nothing is known but "they"."""
    draft.involvements[:] = [
        party
        for party in draft.involvements
        if party.side != "accused" or party.name.lower() not in word_set("words", "pronoun")
    ]


def full_name(draft: Draft, *, memory: Memory) -> None:
    """Take "the soldiers" for the "soldiers of the 14th Brigade" named before."""
    for index, party in enumerate(draft.involvements):
        if party.side != "accused" or party.inferred:
            continue
        words = party.name.lower().split()
        bare = words[-1] if len(words) == 1 or words[:-1] == ["the"] else ""
        longer = memory.parties.get(bare, ())
        if len(longer) == 1 and words[0] == "the":
            draft.why.append(f"“{party.name}” taken for “{longer[0].name}”")
            draft.involvements[index] = replace(longer[0], role=party.role, inferred=True)


def remember_armed(
    sentence: Sentence, *, acts: list[Draft], memory: Memory, voice: str | None
) -> None:
    """Keep who bears arms in a sentence, with the whole name, and whose attack it tells."""
    armed = word_set("people", "armed")
    some = not armed.isdisjoint(token.low for token in sentence.tokens)
    for phrase in _subjects(sentence) if some else ():
        short = core(sentence, phrase=phrase)
        word = head(sentence, phrase=short)
        if word not in armed:
            continue
        party = Involvement(
            name=words_of(sentence, phrase=short),
            role="direct_perpetrator",
            side="accused",
            strength=strength_of(sentence, phrase=short),
        )
        _keep_name(party, word=word, memory=memory)
        longer = memory.parties.get(word, ())
        bare = party.name.lower().removeprefix("the ") == word
        memory.armed = longer[0] if bare and len(longer) == 1 else party
    fired = any(_attacks(sentence, at=at) for at in range(1, len(sentence.tokens)))
    told = [
        party
        for draft in acts
        if FAMILY_OF[draft.act] in _ATTACKS and not draft.denied
        for party in draft.involvements
        if party.role == "direct_perpetrator"
    ]
    attacker = told[-1] if told else memory.armed if fired else None
    if attacker is not None:
        memory.attacker, memory.accuser = attacker, voice


def _attacks(sentence: Sentence, *, at: int) -> bool:
    """Tell whether a verb of attack stands here in the active: not "were attacked"."""
    if sentence.low(at) not in word_set("acts", "attacking", "verbs"):
        return False
    before = sentence.tag(at - 1) if sentence.tag(at - 1) != "adv" else sentence.tag(at - 2)
    return before not in ("be", "det", "adj") and sentence.low(at + 1) != "by"


def _keep_name(party: Involvement, *, word: str, memory: Memory) -> None:
    words = [one for one in party.name.lower().split() if one not in ("the", "a", "an")]
    known = memory.parties.get(word, ())
    if len(words) > 1 and all(one.name != party.name for one in known):
        memory.parties[word] = (*known, party)


def _subjects(sentence: Sentence) -> list[Phrase]:
    """Return the noun phrases of a sentence that stand before a verb, or after "it's"."""
    found = []
    at = 0
    while at < len(sentence.tokens):
        phrase = object_after(sentence, index=at)
        if phrase is None:
            at += 1
            continue
        after = sentence.tag(core(sentence, phrase=phrase).last + 1)
        shown = _is_shown(sentence, phrase=phrase)
        if after in ("be", "have", "verb", "act", "modal", "ing") or shown:
            found.append(phrase)
        at = phrase.last + 1
    return found


def _is_shown(sentence: Sentence, *, phrase: Phrase) -> bool:
    """Tell whether a phrase stands after "it's", "it was" or a careless "its the"."""
    before = "".join(sentence.lows(max(phrase.first - 2, 0), last=phrase.first))
    return bool(re.search(r"(?:^|\W)?it(?:'s|’s|s|is|was)(?:the|a)?$", before))
