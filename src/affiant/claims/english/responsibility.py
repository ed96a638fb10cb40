"""A part in an act that is itself not told here: "planned the massacre"."""

from affiant.claims.english.agents import can_act
from affiant.claims.english.attributed import group_start
from affiant.claims.english.drafts import Draft
from affiant.claims.english.nominal import noun_acts
from affiant.claims.english.parties import doing_verbs, strength_of
from affiant.claims.english.phrases import Phrase, core, object_after, words_of
from affiant.claims.english.places import places_between
from affiant.claims.english.subjects import subject_before
from affiant.claims.english.tagging import Sentence
from affiant.model.involvement import Involvement

_REACH = 7


def responsibility(sentence: Sentence, *, acts: list[Draft]) -> Draft | None:
    """Return who is said to have planned, ordered or prompted an act, or None.

    Args:
        sentence: The sentence.
        acts: What it tells otherwise; a part that one of these holds is not told again.
    """
    for index, token in enumerate(sentence.tokens):
        entry = doing_verbs().get(token.low)
        if entry is None or sentence.tag(index - 1) in ("det", "adj"):
            continue
        noun = _noun_after(sentence, index=index)
        if noun is None or any(index < draft.anchor <= noun for draft in acts):
            continue
        party = _party(sentence, index=index)
        if party is None or not can_act(sentence, phrase=party):
            continue
        role, act = entry
        draft = Draft(sentence, anchor=index, act=act, score=0.5)
        short = core(sentence, phrase=party)
        draft.quote("act", first=index, last=noun)
        draft.quote_phrase("actor", phrase=short)
        draft.involvements.append(
            Involvement(
                name=_bare(words_of(sentence, phrase=short)),
                role=role,
                side="accused",
                strength=strength_of(sentence, phrase=short),
            )
        )
        _add_place(draft, noun=noun)
        draft.features.add("responsibility_words")
        draft.why.append(f"“{token.low} … {sentence.low(noun)}”")
        return draft
    return None


def _noun_after(sentence: Sentence, *, index: int) -> int | None:
    """Return the noun of an act that the verb leads to, without a clause between."""
    for at in range(index + 1, min(index + _REACH, len(sentence.tokens))):
        if sentence.low(at) in noun_acts() or sentence.low(at) in ("attack", "raid", "assault"):
            return at
        if sentence.tag(at) in ("sub", "be", "modal", "quote"):
            return None
    return None


def _party(sentence: Sentence, *, index: int) -> Phrase | None:
    """Return whose doing it is: the subject, the name after "by", or "the regime’s"."""
    if sentence.low(index).endswith("ing"):
        for at in range(index - 1, max(index - 8, -1), -1):
            if sentence.low(at).endswith("'s"):
                first = at
                while sentence.tag(first - 1) in ("noun", "adj", "det") and first > 0:
                    first -= 1
                return Phrase(first, at)
        return None
    if sentence.low(index + 1) == "by":
        return object_after(sentence, index=index + 2)
    return subject_before(sentence, index=group_start(sentence, index=index))


def _bare(name: str) -> str:
    return name[:-2] if name.lower().endswith(("'s", "’s")) else name


def _add_place(draft: Draft, *, noun: int) -> None:
    """Add the place that stands right after the noun of the act."""
    found = places_between(
        draft.sentence, first=noun + 1, last=min(noun + 8, len(draft.sentence.tokens) - 1)
    )
    if found and found[0][0] <= noun + 3:
        draft.where = words_of(draft.sentence, phrase=Phrase(*found[0]))
        draft.quote("where", first=found[0][0], last=found[0][1])
