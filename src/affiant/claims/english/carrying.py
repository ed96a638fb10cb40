"""What one sentence hands on to the next in its paragraph: people, dates, numbers."""

import re
from dataclasses import replace

from affiant.claims.english.agents import is_pronoun
from affiant.claims.english.attributed import Attribution
from affiant.claims.english.clauses import other_occasions
from affiant.claims.english.counting import count_of, is_single
from affiant.claims.english.drafts import Draft
from affiant.claims.english.later_parts import FAMILIES, parts_told
from affiant.claims.english.numbers import quantity_at
from affiant.claims.english.parties import victims
from affiant.claims.english.phrases import Phrase, core, leading_quantity, object_after
from affiant.claims.english.subjects import subject_before
from affiant.claims.english.tagging import Sentence, number_words, read_sentence
from affiant.claims.english.voices import (
    Memory,
    Voice,
)
from affiant.claims.lexicon import word_set
from affiant.model.count import Count
from affiant.model.involvement import Involvement
from affiant.model.vocabulary import COUNT_OF_FAMILY, FAMILY_OF

_BACK = re.compile(
    r"\b(?:earlier|previously|before that|years? ago|in the past|another|separate(?:ly)?)\b",
    re.IGNORECASE,
)
_COUNTED = frozenset({"killing", "taking", "ill_treatment", "wounding", "displacement"})
_PRONOUNS = frozenset(
    {
        "they",
        "he",
        "she",
        "them",
        "him",
        "it",
        "their",
        "his",
        "her",
        "we",
        "i",
    }
)


def without_parts(sentence: Sentence, *, acts: list[Draft], memory: Memory) -> list[Draft]:
    """Return the acts that are more than a part of a number told before; add such parts to it."""
    whole = memory.counted[""].counts[0].min if memory.counted else None
    told = parts_told(sentence, whole=whole)
    if told is None or not memory.counted:
        return acts
    parts, (first, last) = told
    family = next((FAMILIES[low] for low in sentence.lows(0, last=8) if low in FAMILIES), "")
    before = memory.counted.get(family, memory.counted[""])
    before.counts[0] = replace(
        before.counts[0], breakdown=(*before.counts[0].breakdown, *parts), relation="includes"
    )
    before.quote_in(sentence, slot="count", first=first, last=last)
    before.features.add("count_parts")
    return [draft for draft in acts if draft.anchor > last]


def _person(name: str) -> bool:
    """Tell whether a name is a person's: with a title, or two words in capitals."""
    words = name.split()
    titled = words[0].rstrip(".") in ("Mr", "Mrs", "Ms", "Dr", "Col", "Gen", "Prof", "Judge")
    return titled or (
        len(words) == 2 and all(word[0].isupper() for word in words) and words[0] != "The"
    )


def speaker_as_victim(draft: Draft, *, chain: tuple[Voice, ...], said: list[Attribution]) -> None:
    """Take "he" in "the driver said that he was beaten" for the one who speaks."""
    one = next((one for one in said if one.speaker is not None and one.holds(draft.anchor)), None)
    if (
        one is None
        or one.speaker is None
        or chain[-1].name is None
        or one.speaker[0] > draft.anchor
    ):
        return
    pronoun = draft.sentence.tokens[one.content[0][0]]
    spans = [span for span in draft.spans if span[0] == "victim" and span[1] == pronoun.start]
    if pronoun.low not in ("he", "she", "they") or not spans or draft.modality != "actual":
        return
    draft.own_part = (pronoun.start, pronoun.end)
    name = chain[-1].name
    single = is_single(draft.sentence, phrase=Phrase(*one.speaker))
    draft.involvements[:] = [
        replace(party, name=name, inferred=True) if party.side == "victim" else party
        for party in draft.involvements
    ]
    if not single and not draft.counts and pronoun.low == "they":
        _take_number(draft, name=name)
    if single and not draft.counts and pronoun.low != "they":
        of = COUNT_OF_FAMILY.get(FAMILY_OF[draft.act], "other")
        draft.counts.append(Count(of=of, min=1, max=1, words=name))


def resolve(draft: Draft, *, memory: Memory) -> None:
    """Fill a pronoun from the paragraph, marked as inferred; carry a date, marked as context."""
    for index, party in enumerate(draft.involvements):
        if party.name.lower().split()[0] not in _PRONOUNS or len(party.name.split()) > 2:
            continue
        lives = party.name.lower().endswith(("lives", "life"))
        victims_known = memory.killed if lives and memory.killed else memory.victims
        known = (victims_known or memory.subject) if party.side == "victim" else _accused(memory)
        if len(party.name.split()) == 2 and not lives:
            continue
        if known is not None and _agrees(party.name, name=known.name):
            draft.why.append(f"“{party.name}” taken for “{known.name}”")
            if party.side == "victim":
                _take_number(draft, name=_told_before(draft) or known.name)
            draft.involvements[index] = replace(
                party, name=known.name, strength=known.strength, inferred=True
            )
        else:
            draft.involvements[index] = replace(party, strength="unnamed")
    bare = not any(party.side == "victim" for party in draft.involvements)
    if bare and draft.elided and memory.subject is not None:
        draft.involvements.append(
            replace(memory.subject, role="victim", side="victim", inferred=True)
        )
        of = COUNT_OF_FAMILY.get(FAMILY_OF[draft.act], "other")
        draft.counts.extend(replace(count, of=of) for count in memory.how_many)
        draft.why.append(f"of “{memory.subject.name}”, named before")
    if memory.entry is not None and memory.entry.place is not None and draft.where is None:
        draft.where = draft.sentence.text[slice(*memory.entry.place)]
        draft.spans.append(("where", *memory.entry.place))
        draft.features.add("place_carried")
    told = draft.modality == "actual" and not draft.denied
    back = _BACK.search(draft.sentence.text, draft.sentence.start, draft.sentence.end)
    if draft.when is None and memory.when is not None and not memory.mixed and told and not back:
        draft.when = memory.when if memory.entry else replace(memory.when, basis="context")
        draft.why.append("date carried from the paragraph")
        draft.features.add("date_carried")


def _told_before(draft: Draft) -> str:
    """Return "the four" where a number is the subject of a verb earlier in the sentence."""
    sentence = draft.sentence
    for at in range(draft.anchor - 1, 0, -1):
        number = quantity_at(sentence, index=at)
        led = sentence.low(at - 1) in ("the", "these", "those", "that")
        if number is None or not led or number.low is None or number.low < 2:
            continue
        if sentence.tag(number.last + 1) in ("have", "be", "verb", "act"):
            return sentence.text[sentence.tokens[at].start : sentence.tokens[number.last].end]
    return ""


def _take_number(draft: Draft, *, name: str) -> None:
    """Give an act of "they" the number of those for whom "they" stands: "the four"."""
    if draft.counts or draft.denied or FAMILY_OF[draft.act] not in _COUNTED:
        return
    named = read_sentence(name, span=(0, len(name)))
    number = leading_quantity(named, phrase=Phrase(0, len(named.tokens) - 1))
    if number is None or number.low is number.high is None:
        return
    of = COUNT_OF_FAMILY.get(FAMILY_OF[draft.act], "other")
    draft.counts.append(Count(of=of, min=number.low, max=number.high, words=name))


def _accused(memory: Memory) -> Involvement | None:
    """Return for whom "they" stands: who acted last with arms, or else the last accused."""
    return memory.armed or memory.accused


def _agrees(pronoun: str, *, name: str) -> bool:
    """Tell whether "they" or "she" can stand for a name, by number."""
    words = name.lower().partition(" of ")[0].split()
    last = words[-1].rstrip(".")
    if last in word_set("people", "collective") or last in word_set("people", "units"):
        return pronoun.lower() != "it"
    single = words[0] in ("a", "an", "one")
    plural = not single and (
        last.endswith(("s", "men", "people", "children", "staff"))
        or " and " in name.lower()
        or words[0][0].isdigit()
        or words[0] in number_words()
    )
    return plural if pronoun.lower().split()[0] in ("they", "them", "their") else not plural


def about_nobody(draft: Draft) -> bool:
    """Tell whether a participle at the front of an entry found nobody named before it."""
    bare = not any(party.side == "victim" for party in draft.involvements)
    return draft.elided and bare


def remember_date(sentence: Sentence, *, acts: list[Draft], memory: Memory) -> None:
    """Keep the one date that a sentence of the paragraph gives, though to no act that we know.

    The date of a statement, an anniversary or a document is no such date, nor is a span.
    """
    dated = [mention.when for mention in sentence.dates if mention.when.edtf]
    if memory.when is not None or len(dated) != 1 or any(draft.when for draft in acts):
        return
    lows = {token.low for token in sentence.tokens}
    spoken = any(token.tag == "speech" for token in sentence.tokens)
    if lows & other_occasions() or spoken or "/" in (dated[0].edtf or ""):
        return
    if len(dated[0].edtf or "") == 10:
        memory.when = dated[0]


def remember(draft: Draft, *, memory: Memory) -> None:
    """Keep the parties and the date of an act for the rest of the paragraph."""
    for party in draft.involvements:
        if party.inferred or (party.strength == "unnamed" and party.name.lower() in _PRONOUNS):
            continue
        if party.side == "victim":
            memory.victims = memory.subject = party
            memory.how_many = tuple(replace(count, breakdown=()) for count in draft.counts)
            memory.killed = party if FAMILY_OF[draft.act] == "killing" else memory.killed
        elif party.role == "direct_perpetrator":
            memory.accused = party
    if draft.counts and (draft.counts[0].min or 0) > 1:
        memory.counted[""] = memory.counted[FAMILY_OF[draft.act]] = draft
    if draft.when is not None and draft.when.basis == "explicit" and draft.when.edtf:
        if memory.when is not None and memory.when.edtf != draft.when.edtf:
            memory.mixed = True
        memory.when = draft.when


def remember_named(sentence: Sentence, *, memory: Memory) -> None:
    """Keep the people whom an entry without a verb names: "Dr Hanna Sethe, Kessarin, surgeon."."""
    what = object_after(sentence, index=0)
    if what is None or sentence.capitals or len(sentence.tokens) > 30:
        return
    if any(token.tag in ("be", "have", "verb", "modal", "speech") for token in sentence.tokens):
        return
    short = core(sentence, phrase=what)
    if not (short.names or sentence.named(short.last) or leading_quantity(sentence, phrase=short)):
        return
    count = count_of(sentence, patient=short, of="other", span=(short.first, short.last))
    memory.subject = victims(sentence, patient=short)
    memory.how_many = () if count is None or count.min is None else (count,)


def remember_subject(sentence: Sentence, *, memory: Memory) -> None:
    """Keep the subject of the sentence for a pronoun in the next."""
    for at in range(1, min(30, len(sentence.tokens))):
        if sentence.tag(at) in ("be", "have", "verb", "act", "modal", "speech"):
            subject = subject_before(sentence, index=at)
            if subject is not None and not is_pronoun(
                sentence, phrase=Phrase(subject.first, subject.last)
            ):
                memory.subject = victims(sentence, patient=subject)
                memory.how_many = ()
                short = core(sentence, phrase=subject)
                span = (sentence.tokens[short.first].start, sentence.tokens[short.last].end)
                one = is_single(sentence, phrase=short) and memory.subject.strength != "unit"
                if one or (memory.subject.strength == "named" and _person(memory.subject.name)):
                    memory.speaker = Voice(memory.subject.name, span=span)
                elif memory.subject.strength in ("named", "unit"):
                    memory.body = Voice(memory.subject.name, span=span)
            return
