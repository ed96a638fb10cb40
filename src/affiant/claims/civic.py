"""Status and guarantees, appeals, remembrance, care withheld, denials of everything."""

import re
from functools import cache

from affiant.claims.attribution import Attribution, group_start
from affiant.claims.drafts import Draft
from affiant.claims.lexicon import phrases, table, word_set
from affiant.claims.parties import strength_of
from affiant.claims.phrases import (
    Phrase,
    core,
    head,
    leading_quantity,
    object_after,
    parts_of,
    subject_before,
    words_of,
)
from affiant.claims.places import places_between
from affiant.claims.tagging import NOUN, Sentence
from affiant.claims.triggers import clause_subject
from affiant.model.count import Count
from affiant.model.involvement import Involvement
from affiant.model.vocabulary import Act


def civic_drafts(sentence: Sentence) -> list[Draft]:
    """Return the drafts of a sentence that tell of no harm."""
    found: list[Draft] = []
    status = _status(sentence)
    if status is not None:
        found.append(status)
    for maker in (_guarantee, _commemoration, _care):
        draft = maker(sentence, found)
        if draft is not None:
            found.append(draft)
    return found


def appeals(sentence: Sentence) -> tuple[list[Draft], list[Attribution]]:
    """Return the appeals of a sentence, and what they say as words of those who appeal."""
    for index in range(len(sentence.tokens)):
        words = next((entry for entry in _appeal_verbs().get(sentence.low(index), ()) if sentence.follows(index, entry)), None)
        if words is None or sentence.tag(index) == NOUN:
            continue
        appeal = _appeal(sentence, index, words=words)
        if appeal is not None:
            return appeal
    return [], []


def _appeal(
    sentence: Sentence, index: int, *, words: tuple[str, ...]
) -> tuple[list[Draft], list[Attribution]] | None:
    """Return the appeal of one verb, or None where what is asked for is not of a kind we know."""
    group = group_start(sentence, index)
    subject = subject_before(sentence, group)
    if subject is None and sentence.tag(index) == "ing":
        subject = clause_subject(sentence, group)
    after = index + len(words)
    asked = _asked(sentence, after, loose=words[-1] not in ("on", "upon"))
    if subject is None or not asked:
        return None
    short = core(sentence, subject)
    addressees = _addressees(sentence, after) if words[-1] != "for" else []
    drafts = [
        _appeal_draft(sentence, index, act=act, at=at, addressees=addressees, words=words)
        for act, at in asked
    ]
    content = ((index, len(sentence.tokens) - 1),)
    pronoun = short.first == short.last and sentence.tag(short.first) == "pron"
    return drafts, [Attribution((short.first, short.last), index, "asserts", content, pronoun=pronoun)]


def _appeal_draft(
    sentence: Sentence, index: int, *, act: Act, at: tuple[int, int], addressees: list[Phrase], words: tuple[str, ...]
) -> Draft:
    """Return one thing that is asked for, with those who are asked."""
    draft = Draft(sentence, index, act, modality="called_for", score=0.75)
    draft.quote("act", first=at[0], last=at[1])
    for addressee in addressees:
        draft.involvements.append(Involvement(name=words_of(sentence, addressee), role="addressee", side="other", strength=strength_of(sentence, addressee)))
        draft.quote_phrase("actor", addressee)
    draft.why.append(f"appeal “{' '.join(words)}” for “{' '.join(sentence.lows(*at))[:60]}”")
    return draft


def _asked(sentence: Sentence, after: int, *, loose: bool) -> list[tuple[Act, tuple[int, int]]]:
    """Return what is asked for after the verb of appeal, with its words."""
    last = len(sentence.tokens) - 1
    while last > after and sentence.tag(last) in ("punct", "quote"):
        last -= 1
    found: list[tuple[Act, tuple[int, int]]] = []
    accountable = _first_phrase(sentence, after, last)
    investigating = next((at for at in range(after, last + 1) if sentence.low(at) in word_set("civic", "appeal", "investigation")), None)
    begin = _begin_of(sentence, after)
    if investigating is not None:
        stop = last
        if accountable is not None and accountable > investigating:
            stop = _to_before(sentence, accountable, floor=investigating) - 1
            while sentence.tag(stop) in ("conj", "punct") and stop > investigating:
                stop -= 1
        found.append(("appeal_for_investigation", (begin, max(stop, begin))))
    if accountable is not None:
        floor = investigating if investigating is not None and investigating < accountable else begin - 1
        found.append(("appeal_for_accountability", (max(_to_before(sentence, accountable, floor=floor), 0), last)))
    if not found:
        other = any(sentence.low(at) in word_set("civic", "appeal", "other") for at in range(after, min(last, after + 22) + 1))
        if other or not loose and sentence.low(begin) == "to":
            found.append(("appeal", (begin, max(begin, last))))
    return found


def _begin_of(sentence: Sentence, after: int) -> int:
    """Return where what is asked for begins: at "to", else right after the verb."""
    for at in range(after, min(after + 35, len(sentence.tokens))):
        if sentence.tag(at) == "to":
            return at
    return min(after, len(sentence.tokens) - 1)


def _to_before(sentence: Sentence, index: int, *, floor: int) -> int:
    """Return the "to" that leads up to a token, or the place after "and"."""
    start = sentence.tokens[index]
    for at in range(index - (start.tag == "to"), floor, -1):
        if sentence.tag(at) == "to" and at < index:
            return at
    for at in range(index, floor, -1):
        if sentence.tag(at) == "conj":
            return at + 1
    return index


def _first_phrase(sentence: Sentence, first: int, last: int) -> int | None:
    """Return the token where words such as "to account" begin, or None."""
    if first > last:
        return None
    match = _accountability().search(sentence.text, sentence.tokens[first].start, sentence.tokens[last].end)
    if match is None:
        return None
    return next((at for at in range(first, last + 1) if sentence.tokens[at].start >= match.start()), None)


def _addressees(sentence: Sentence, after: int) -> list[Phrase]:
    """Return those who are called upon."""
    whom = object_after(sentence, after)
    if whom is None:
        return []
    last = whom.last
    while sentence.low(last + 1) == "for" and sentence.tag(last + 2) == NOUN:
        more = object_after(sentence, last + 2)
        last = last + 1 if more is None else more.last
    return [part for part in parts_of(sentence, Phrase(whom.first, last)) if sentence.tag(part.first) != "pron"]


def _status(sentence: Sentence) -> Draft | None:
    """Return "were granted ‘protected persons’ status under the Fourth Geneva Convention"."""
    low = sentence.text[sentence.start : sentence.end].lower()
    if not ("status" in low or "protected person" in low or "prisoner" in low and "war" in low or "refugee" in low):
        return None
    match = _status_words().search(sentence.text, sentence.start, sentence.end)
    holder = next((at for at, token in enumerate(sentence.tokens) if token.low == "status"), None)
    law = _law().search(sentence.text, sentence.start, sentence.end)
    if match is None and (holder is None or law is None):
        return None
    first = holder if match is None else _token_at(sentence, match.start())
    if first is None:
        return None
    while match is None and sentence.tag(first - 1) in (NOUN, "adj") and first > 0:
        first -= 1
    granting = _granting(sentence, first)
    if granting is None:
        return None
    while first > 0 and sentence.low(first - 1) in ("‘", "“", '"', "'"):
        first -= 1
    last = max(first, holder or first)
    if law is not None:
        last = max(last, _token_at(sentence, law.end() - 1) or last)
    while match is not None and sentence.tokens[last].end < match.end() and last + 1 < len(sentence.tokens):
        last += 1
    return _status_draft(sentence, first, last=last, granting=granting)


def _status_draft(sentence: Sentence, first: int, *, last: int, granting: int) -> Draft:
    """Return the draft of a status and those who have it."""
    words = words_of(sentence, Phrase(first, last))
    claimed = any(word in words.lower() for word in table("civic")["status"]["claimed"])
    draft = Draft(sentence, granting, "claimed_status" if claimed else "protected_status", score=0.75)
    draft.quote("act", first=granting, last=last)
    draft.quote("status", first=first, last=last)
    draft.labels.append(words)
    subject = subject_before(sentence, group_start(sentence, granting))
    if subject is not None:
        short = core(sentence, subject)
        draft.involvements.append(Involvement(name=words_of(sentence, short), role="victim", side="victim", strength=strength_of(sentence, short), claimed_status=words))
        draft.quote_phrase("victim", short)
    draft.why.append(f"status “{words[:60]}” with “{sentence.low(granting)}”")
    return draft


def _granting(sentence: Sentence, first: int) -> int | None:
    """Return the verb that gives or holds the status, to its left."""
    for at in range(first - 1, max(first - 14, -1), -1):
        if sentence.low(at) in word_set("civic", "status", "granted") and sentence.tag(at) != "prep":
            return at
        if sentence.tag(at) in ("sub", "quote"):
            return None
    return None


def _guarantee(sentence: Sentence, before: list[Draft]) -> Draft | None:
    """Return "the United States had guaranteed their protection"."""
    verbs, objects = word_set("civic", "guarantee", "verbs"), word_set("civic", "guarantee", "objects")
    for index, token in enumerate(sentence.tokens):
        if token.low not in verbs:
            continue
        group = group_start(sentence, index)
        passive = any(sentence.tag(at) == "be" for at in range(group, index))
        thing = next((at for at in range(index + 1, index + 9) if sentence.low(at) in objects), None)
        subject = subject_before(sentence, group)
        if passive and subject is not None and head(sentence, subject) in objects and sentence.low(index + 1) == "by":
            guarantor, thing = object_after(sentence, index + 2), subject.last
        elif thing is not None and not passive:
            guarantor = subject
        else:
            continue
        if guarantor is not None:
            return _guarantee_draft(sentence, index, thing=thing, guarantor=core(sentence, guarantor), before=before)
    return None


def _guarantee_draft(
    sentence: Sentence, index: int, *, thing: int, guarantor: Phrase, before: list[Draft]
) -> Draft:
    """Return the draft of a guarantee, its guarantor and those it was given to."""
    draft = Draft(sentence, index, "guarantee_of_protection", score=0.75)
    draft.quote("act", first=min(index, thing), last=max(index, thing))
    draft.involvements.append(Involvement(name=words_of(sentence, guarantor), role="guarantor", side="other", strength=strength_of(sentence, guarantor)))
    draft.quote_phrase("actor", guarantor)
    holders = [party for other in before for party in other.involvements if party.side == "victim"]
    if holders and sentence.low(thing - 1) in ("their", "his", "her", "its"):
        draft.involvements.append(Involvement(name=holders[0].name, role="victim", side="victim", strength=holders[0].strength))
    draft.why.append(f"guarantee “{sentence.low(index)} … {sentence.low(thing)}”")
    return draft


def _commemoration(sentence: Sentence, before: list[Draft]) -> Draft | None:
    """Return who remembers an event or its dead in public."""
    words = table("civic")["commemoration"]
    verbs, objects = frozenset(words["verbs"].split()), frozenset(words["objects"].split())
    for index, token in enumerate(sentence.tokens):
        memory = token.low == "memory" and sentence.low(index - 1) == "in" and sentence.low(index + 1) == "of"
        noun = sentence.tag(index) == NOUN and sentence.tag(index - 1) != "to" and index > 0
        if not memory and (token.low not in verbs or noun and not sentence.capitals):
            continue
        near = [at for at in range(index + 1, min(index + 12, len(sentence.tokens))) if sentence.low(at) in objects]
        if not memory and not near:
            continue
        if not memory and sentence.tag(index - 1) in ("det", "adj", "modal"):
            continue
        last = near[0] if near else index
        return _commemoration_draft(sentence, index, last=last)
    return None


def _commemoration_draft(sentence: Sentence, index: int, *, last: int) -> Draft:
    draft = Draft(sentence, index, "commemoration", score=0.5)
    draft.quote("act", first=index, last=last)
    dated = [at for at in sentence.date_at if at < index]
    if dated:
        mention = sentence.date_at[dated[-1]]
        draft.when = mention.when
        draft.spans.append(("when", mention.start, mention.end))
    event = any(sentence.low(at) in ("massacre", "killing", "attack", "murder") for at in range(index, len(sentence.tokens)))
    found = places_between(sentence, last, len(sentence.tokens) - 1) if not event else []
    found = found or places_between(sentence, 0, index)
    if found:
        draft.where = words_of(sentence, Phrase(*found[0]))
        draft.quote("where", first=found[0][0], last=found[0][1])
    dead = object_after(sentence, last - 1) or object_after(sentence, last)
    quantity = leading_quantity(sentence, Phrase(index + 2, len(sentence.tokens) - 1)) if index + 2 < len(sentence.tokens) else None
    for at in range(index + 1, last + 1):
        quantity = quantity or leading_quantity(sentence, Phrase(at, len(sentence.tokens) - 1))
    if quantity is not None and quantity.low is not None and dead is not None and sentence.tag(quantity.last + 1) != "punct":
        draft.counts.append(Count(of="other", min=quantity.low, max=quantity.high, words=words_of(sentence, Phrase(quantity.first, quantity.last))))
        draft.quote("count", first=quantity.first, last=quantity.last)
    labels = word_set("people", "labels")
    draft.labels.extend(dict.fromkeys(token.text for token in sentence.tokens[index : last + 3] if token.low in labels))
    draft.why.append(f"remembrance “{sentence.low(index)} … {sentence.low(last)}”")
    return draft


def _care(sentence: Sentence, before: list[Draft]) -> Draft | None:
    """Return "refused medical treatment to the wounded", "were denied food"."""
    for index, token in enumerate(sentence.tokens):
        if token.low not in word_set("civic", "care", "verbs"):
            continue
        act = _care_withheld(sentence, index)
        if act is None:
            continue
        draft = Draft(sentence, index, act[0], score=0.6)
        draft.quote("act", first=index, last=act[1])
        group = group_start(sentence, index)
        passive = any(sentence.tag(at) == "be" for at in range(group, index))
        subject = subject_before(sentence, group)
        if subject is not None:
            short = core(sentence, subject)
            draft.involvements.append(Involvement(name=words_of(sentence, short), role="victim" if passive else "direct_perpetrator", side="victim" if passive else "accused", strength=strength_of(sentence, short)))
            draft.quote_phrase("victim" if passive else "actor", short)
        draft.why.append(f"care withheld: “{token.low}”")
        return draft
    return None


def _care_withheld(sentence: Sentence, index: int) -> tuple[Act, int] | None:
    """Return which care the verb withholds and the last token of its name."""
    care = table("civic")["care"]
    kinds: tuple[tuple[Act, str], ...] = (("denial_of_medical_care", "medical"), ("denial_of_relief", "relief"))
    for act, key in kinds:
        for entry in care[key]:
            words = tuple(entry.split())
            for at in range(index + 1, index + 7):
                if sentence.follows(at, words) and not any(sentence.tag(between) in ("sub", "punct") for between in range(index + 1, at)):
                    return act, at + len(words) - 1
    return None


def denial_of_everything(sentence: Sentence, *, said: list[Attribution], acts: list[Draft]) -> Draft | None:
    """Return a denial that names no act that we know: "No incident took place"."""
    first = next((one.content[0][0] for one in said if one.stance != "denies"), 0)
    while sentence.tag(first) == "punct":
        first += 1
    last = len(sentence.tokens) - 1
    while last > first and sentence.tag(last) in ("punct", "quote"):
        last -= 1
    if any(draft.denied for draft in acts) or first >= len(sentence.tokens):
        return None
    denying = next((one for one in said if one.stance == "denies"), None)
    if denying is not None:
        if any(denying.holds(draft.anchor) for draft in acts) or not _about_acts(sentence, denying):
            return None
        return _denial(sentence, denying.content[0][0], last=min(denying.content[0][1], last), cue=sentence.low(denying.cue), denied=False)
    subject = next((entry for entry in _denied_subjects() if sentence.follows(first, entry)), None)
    verb = any(sentence.tag(at) in ("be", "verb", "have", "act") for at in range(first, last + 1))
    if subject is not None and verb:
        return _denial(sentence, first, last=last, cue=" ".join(subject), denied=True)
    false = _false().search(sentence.text, sentence.tokens[first].start, sentence.tokens[last].end)
    alleged = any(sentence.low(at) in table("civic")["denial"]["alleging"] for at in range(first, last + 1))
    if false is not None and alleged:
        return _denial(sentence, first, last=last, cue=" ".join(false.group().lower().split()), denied=True)
    return None


def _about_acts(sentence: Sentence, denying: Attribution) -> bool:
    """Tell whether what is denied is an allegation, a part in an act, or an act."""
    first, last = denying.content[0]
    lows = set(sentence.lows(first, last))
    known = set(table("civic")["denial"]["alleging"]) | set(table("civic")["denial"]["matters"])
    return bool(lows & known)


def _denial(sentence: Sentence, first: int, *, last: int, cue: str, denied: bool) -> Draft | None:
    while last > first and sentence.tag(last) in ("punct", "quote"):
        last -= 1
    if last < first:
        return None
    draft = Draft(sentence, first, "denial", score=0.7)
    draft.quote("act", first=first, last=last)
    draft.denied = denied
    draft.denies = (sentence.tokens[first].start, sentence.tokens[last].end)
    draft.why.append(f"denial “{cue}”")
    return draft


def _token_at(sentence: Sentence, offset: int) -> int | None:
    return next((at for at, token in enumerate(sentence.tokens) if token.end > offset), None)


@cache
def _appeal_verbs() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in sorted(table("civic")["appeal"]["verbs"], key=len, reverse=True):
        words = tuple(entry.split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(entries) for first, entries in found.items()}


@cache
def _denied_subjects() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(entry.split()) for entry in table("civic")["denial"]["subjects"])


@cache
def _accountability() -> re.Pattern[str]:
    return phrases(table("civic")["appeal"]["accountability"])


@cache
def _status_words() -> re.Pattern[str]:
    return phrases(table("civic")["status"]["words"] + table("civic")["status"]["claimed"])


@cache
def _law() -> re.Pattern[str]:
    return phrases(table("civic")["status"]["law"] + ["protocol ii", "protocol iii"])


@cache
def _false() -> re.Pattern[str]:
    return phrases(table("civic")["denial"]["false"])
