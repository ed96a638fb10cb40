"""Care and relief withheld."""

from affiant.claims.english.attributed import group_start
from affiant.claims.english.drafts import Draft
from affiant.claims.english.parties import strength_of
from affiant.claims.english.phrases import core, words_of
from affiant.claims.english.subjects import subject_before
from affiant.claims.english.tagging import Sentence
from affiant.claims.lexicon import table, word_set
from affiant.model.involvement import Involvement
from affiant.model.vocabulary import Act


def care_withheld(sentence: Sentence) -> Draft | None:
    """Return "refused medical treatment to the wounded", "were denied food"."""
    for index, token in enumerate(sentence.tokens):
        if token.low not in word_set("civic", "care", "verbs"):
            continue
        act = _kind_withheld(sentence, index=index)
        if act is None:
            continue
        draft = Draft(sentence, anchor=index, act=act[0], score=0.6)
        draft.quote("act", first=index, last=act[1])
        group = group_start(sentence, index=index)
        passive = any(sentence.tag(at) == "be" for at in range(group, index))
        subject = subject_before(sentence, index=group)
        if subject is not None:
            short = core(sentence, phrase=subject)
            draft.involvements.append(
                Involvement(
                    name=words_of(sentence, phrase=short),
                    role="victim" if passive else "direct_perpetrator",
                    side="victim" if passive else "accused",
                    strength=strength_of(sentence, phrase=short),
                )
            )
            draft.quote_phrase("victim" if passive else "actor", phrase=short)
        draft.features.add("care_withheld")
        draft.why.append(f"care withheld: “{token.low}”")
        return draft
    return None


def _kind_withheld(sentence: Sentence, *, index: int) -> tuple[Act, int] | None:
    """Return which care the verb withholds and the last token of its name."""
    care = table("civic")["care"]
    kinds: tuple[tuple[Act, str], ...] = (
        ("denial_of_medical_care", "medical"),
        ("denial_of_relief", "relief"),
    )
    for act, key in kinds:
        for entry in care[key]:
            words = tuple(entry.split())
            for at in range(index + 1, index + 7):
                if sentence.follows(at, sequence=words) and not any(
                    sentence.tag(between) in ("sub", "punct") for between in range(index + 1, at)
                ):
                    return act, at + len(words) - 1
    return None
