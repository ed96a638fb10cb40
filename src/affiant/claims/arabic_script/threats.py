"""Threats told by their words: "گفت اگر گریه کنید پدرتان را می‌کشیم"."""

from affiant.claims.arabic_script.drafts import Draft, Layers
from affiant.claims.arabic_script.patterns import cues, words
from affiant.claims.arabic_script.speakers import Attribution
from affiant.claims.lexicon import table
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
    listed = "threats" in table("speech", language=layers.language)
    return _on_condition(layers, drafts=drafts) if listed else None


def _on_condition(layers: Layers, *, drafts: list[Draft]) -> Draft | None:
    """Return the threat that a condition and "we will" tell: "هر کس بیاید می‌زنیم"."""
    end = len(layers.line.tokens) - 1
    opening = next(
        layers.line.find(cues("speech", "threats", "opens", language=layers.language)), None
    )
    if opening is None:
        return None
    ends = layers.line.find(cues("speech", "threats", "ends", language=layers.language))
    last = max((at for _, at, _ in ends if at > opening[1]), default=None)
    if last is None or any(draft.anchor > opening[0] for draft in drafts):
        return None
    draft = Draft(layers, anchor=last, act="threat")
    draft.quote("act", first=opening[0], last=min(last, end))
    draft.features.update({"idiom", "conditional_cue"})
    draft.why.append(f"“{layers.line.exact(opening[0], last=last)}” (threat on a condition)")
    return draft
