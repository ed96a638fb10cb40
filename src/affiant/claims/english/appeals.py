"""Appeals: who calls upon whom to do what."""

import re
from functools import cache

from affiant.claims.english.attributed import Attribution, group_start, speaker_span
from affiant.claims.english.drafts import Draft
from affiant.claims.english.parties import strength_of
from affiant.claims.english.phrases import Phrase, object_after, parts_of, words_of
from affiant.claims.english.subjects import subject_before
from affiant.claims.english.tagging import NOUN, Sentence
from affiant.claims.english.verbal import clause_subject
from affiant.claims.lexicon import phrases, table, word_set
from affiant.model.involvement import Involvement
from affiant.model.vocabulary import Act

_LOOKING = frozenset(
    {"look into", "find out", "shed light", "looks into", "examine how", "clarify who"}
)


def appeals(sentence: Sentence) -> tuple[list[Draft], list[Attribution]]:
    """Return the appeals of a sentence, and what they say as words of those who appeal."""
    for index in range(len(sentence.tokens)):
        words = next(
            (
                entry
                for entry in _appeal_verbs().get(sentence.low(index), ())
                if sentence.follows(index, sequence=entry)
            ),
            None,
        )
        noun = sentence.tag(index) == NOUN and sentence.tag(index - 1) in ("det", "adj", "prep")
        if words is None or noun or (sentence.tag(index) == NOUN and index == 0):
            continue
        appeal = _appeal(sentence, index=index, words=words)
        if appeal is not None:
            return appeal
    return [], []


def _appeal(
    sentence: Sentence, *, index: int, words: tuple[str, ...]
) -> tuple[list[Draft], list[Attribution]] | None:
    """Return the appeal of one verb, or None where what is asked for is not of a kind we know."""
    group = group_start(sentence, index=index)
    subject = subject_before(sentence, index=group)
    if subject is None and (sentence.tag(index) == "ing" or sentence.tag(group - 1) == "conj"):
        subject = clause_subject(sentence, index=group, coordinated=True)
    after = index + len(words)
    body = subject is not None and strength_of(sentence, phrase=subject) in ("unit", "named")
    loose = words[0].startswith(("ask", "demand", "request", "petition")) and not body
    asked = _asked(sentence, after=after, loose=loose)
    if subject is None or not asked:
        return None
    short = Phrase(*speaker_span(sentence, subject=subject))
    asks = words[-1] != "for" and not words[0].startswith(("demand", "request"))
    addressees = _addressees(sentence, after=after) if asks else []
    drafts = [
        _appeal_draft(sentence, index=index, act=act, at=at, addressees=addressees)
        for act, at in asked
    ]
    content = ((index, len(sentence.tokens) - 1),)
    pronoun = short.first == short.last and sentence.tag(short.first) == "pron"
    return drafts, [
        Attribution((short.first, short.last), index, "asserts", content, pronoun=pronoun)
    ]


def _appeal_draft(
    sentence: Sentence,
    *,
    index: int,
    act: Act,
    at: tuple[int, int],
    addressees: list[Phrase],
) -> Draft:
    """Return one thing that is asked for, with those who are asked."""
    draft = Draft(sentence, anchor=index, act=act, modality="called_for", score=0.75)
    draft.quote("act", first=at[0], last=at[1])
    for addressee in addressees:
        draft.involvements.append(
            Involvement(
                name=words_of(sentence, phrase=addressee),
                role="addressee",
                side="other",
                strength=strength_of(sentence, phrase=addressee),
            )
        )
        draft.quote_phrase("actor", phrase=addressee)
    draft.features.add("appeal_words")
    draft.why.append(
        f"appeal “{sentence.low(index)}” for “{' '.join(sentence.lows(at[0], last=at[1]))[:60]}”"
    )
    return draft


def _asked(sentence: Sentence, *, after: int, loose: bool) -> list[tuple[Act, tuple[int, int]]]:
    """Return what is asked for after the verb of appeal, with its words."""
    last = len(sentence.tokens) - 1
    while last > after and sentence.tag(last) in ("punct", "quote"):
        last -= 1
    begin = _begin_of(sentence, after=after)
    inquiry = _investigation(sentence, after=after, last=last)
    account = _first_phrase(sentence, first=after, last=last)
    found: list[tuple[Act, tuple[int, int]]] = []
    if inquiry is not None:
        stop = _stop_before(sentence, inquiry=inquiry, account=account, last=last)
        found.append(("appeal_for_investigation", (begin, max(stop, begin))))
    if account is not None:
        floor = inquiry if inquiry is not None and inquiry < account else begin - 1
        first = max(_to_before(sentence, index=account, floor=floor), 0)
        found.append(("appeal_for_accountability", (first, last)))
    if not found and _asks_otherwise(sentence, span=(after, last), begin=begin, loose=loose):
        found.append(("appeal", (begin, max(begin, last))))
    return found


def _investigation(sentence: Sentence, *, after: int, last: int) -> int | None:
    """Return the word for an investigation among what is asked for, or None."""
    kinds = word_set("civic", "appeal", "investigation")
    for at in range(after, last + 1):
        pair = f"{sentence.low(at)} {sentence.low(at + 1)}"
        if sentence.low(at) in kinds or pair in _LOOKING:
            return at
    return None


def _stop_before(sentence: Sentence, *, inquiry: int, account: int | None, last: int) -> int:
    """Return where the appeal for an investigation ends and the next thing begins."""
    if account is None or account < inquiry:
        return last
    stop = _to_before(sentence, index=account, floor=inquiry) - 1
    while sentence.tag(stop) in ("conj", "punct") and stop > inquiry:
        stop -= 1
    return stop


def _asks_otherwise(sentence: Sentence, *, span: tuple[int, int], begin: int, loose: bool) -> bool:
    """Tell whether something else is asked for: a release, a halt, or anything after "to"."""
    kinds = word_set("civic", "appeal", "other")
    near = range(span[0], min(span[1], span[0] + 22) + 1)
    named = any(sentence.low(at) in kinds for at in near)
    return named or (not loose and sentence.low(begin) == "to")


def _begin_of(sentence: Sentence, *, after: int) -> int:
    """Return where what is asked for begins: at "to", else right after the verb."""
    for at in range(after, min(after + 35, len(sentence.tokens))):
        if sentence.tag(at) == "to":
            return at
    return min(after, len(sentence.tokens) - 1)


def _to_before(sentence: Sentence, *, index: int, floor: int) -> int:
    """Return the "to" that leads up to a token, or the place after "and"."""
    start = sentence.tokens[index]
    for at in range(index - (start.tag == "to"), floor, -1):
        if sentence.tag(at) == "to" and at < index:
            return at
    for at in range(index, floor, -1):
        if sentence.tag(at) == "conj":
            return at + 1
    return index


def _first_phrase(sentence: Sentence, *, first: int, last: int) -> int | None:
    """Return the token where words such as "to account" begin, or None."""
    if first > last:
        return None
    match = _accountability().search(
        sentence.text, sentence.tokens[first].start, sentence.tokens[last].end
    )
    if match is None:
        return None
    return next(
        (at for at in range(first, last + 1) if sentence.tokens[at].start >= match.start()), None
    )


def _addressees(sentence: Sentence, *, after: int) -> list[Phrase]:
    """Return those who are called upon."""
    whom = object_after(sentence, index=after)
    if whom is None:
        return []
    last = whom.last
    while sentence.low(last + 1) == "for" and sentence.tag(last + 2) == NOUN:
        more = object_after(sentence, index=last + 2)
        last = last + 1 if more is None else more.last
    return [
        part
        for part in parts_of(sentence, phrase=Phrase(whom.first, last))
        if sentence.tag(part.first) != "pron"
    ]


@cache
def _appeal_verbs() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in sorted(table("civic")["appeal"]["verbs"], key=len, reverse=True):
        words = tuple(entry.split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(entries) for first, entries in found.items()}


@cache
def _accountability() -> re.Pattern[str]:
    return phrases(table("civic")["appeal"]["accountability"])
