"""Threats told by their words: "گفت اگر گریه کنید پدرتان را می‌کشیم"."""

from affiant.claims.arabic_script.drafts import Draft, Layers
from affiant.claims.arabic_script.patterns import words
from affiant.claims.arabic_script.speakers import Attribution
from affiant.model.involvement import Involvement

_SOON = 3


def mark_meant(drafts: list[Draft]) -> None:
    """Mark what follows a threat in its sentence as meant only."""
    threat = next((draft for draft in drafts if draft.act == "threat"), None)
    if threat is not None:
        for draft in drafts:
            if draft.anchor > threat.anchor and draft.modality == "actual":
                draft.modality = "intended"
                draft.features.add("intended_cue")


def spoken_threat(layers: Layers, *, drafts: list[Draft], said: list[Attribution]) -> Draft | None:
    """Return the threat that "said: if ..., we will kill" tells; who said it is the accused."""
    meant = [draft for draft in drafts if draft.modality in ("intended", "conditional")]
    if any(draft.act == "threat" for draft in drafts):
        return None
    opening = words("speech", "if_words", language=layers.language)
    for one in said:
        keys = layers.line.keys(one.cue[1] + 1, last=one.cue[1] + _SOON)
        inside = [draft for draft in meant if one.holds(draft.anchor)]
        at = next((index for index, key in enumerate(keys) if key in opening), None)
        if at is None or not inside:
            continue
        draft = Draft(layers, anchor=one.cue[1], act="threat")
        draft.quote("act", first=one.cue[1] + 1 + at, last=inside[-1].anchor)
        draft.own_part = True
        draft.features.update({"idiom", "conditional_cue"})
        draft.why.append("said with a condition (threat)")
        if one.voice.name is not None and one.voice.span is not None:
            draft.spans.append(("actor", *one.voice.span))
            draft.involvements.append(
                Involvement(name=one.voice.name, role="direct_perpetrator", side="accused")
            )
        return draft
    return None
