"""Denials that name no act: "نفى أن تكون له صلة به", "تنفيه الشرطة جملة وتفصيلا"."""

from affiant.claims.arabic.patterns import LANGUAGE
from affiant.claims.arabic.sentence import Sentence
from affiant.claims.arabic_script.drafts import Draft
from affiant.claims.arabic_script.patterns import cues
from affiant.claims.arabic_script.speakers import Attribution
from affiant.model.vocabulary import FAMILY_OF

_VIOLENCE = frozenset(
    {
        *("killing", "taking", "ill_treatment", "sexual_violence", "wounding", "destruction"),
        *("attack_on_protected_object", "displacement", "denial_of_care"),
    }
)


def denied_again(
    sentence: Sentence, *, said: list[Attribution], drafts: list[Draft], before: Draft | None
) -> Draft | None:
    """Return the act told before as one that a voice denies in words that point back to it.

    Args:
        sentence: The sentence.
        said: Who says what in it.
        drafts: What it tells itself.
        before: The act told last.
    """
    if before is None or FAMILY_OF[before.act] not in _VIOLENCE:
        return None
    for one in said:
        if one.voice.stance != "denies" or any(one.holds(draft.anchor) for draft in drafts):
            continue
        for name in ("this_claim", "having_part"):
            for first, last, _ in sentence.line.find(cues("speech", name, language=LANGUAGE)):
                if one.holds(first) or one.cue[0] <= first <= one.cue[1]:
                    return _draft(sentence, first=first, last=last, act=before)
    return None


def _draft(sentence: Sentence, *, first: int, last: int, act: Draft) -> Draft:
    end = min(sentence.phrase(last), last + 3)
    draft = Draft(sentence, anchor=first, act=act.act)
    draft.quote("act", first=first, last=end)
    draft.features.add("denial_words")
    draft.why.append(f"“{sentence.line.exact(first, last=end)}” (denial)")
    return draft
