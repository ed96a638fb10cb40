"""Appeals, days of remembrance and guarantees: what no act of violence may be told from."""

from affiant.claims.arabic_script.clauses import clause_start, subject
from affiant.claims.arabic_script.drafts import Draft, Layers
from affiant.claims.arabic_script.hits import find_hits
from affiant.claims.arabic_script.patterns import cues, formed, verb_cues, words
from affiant.model.involvement import Involvement
from affiant.model.vocabulary import Act


def civic_drafts(layers: Layers) -> list[Draft]:
    """Return the appeal, the remembrance and the guarantee that a sentence tells."""
    told = (_remembrance(layers), _guarantee(layers), _appeal(layers))
    return [draft for draft in told if draft is not None]


def _remembrance(layers: Layers) -> Draft | None:
    for first, last, _ in layers.line.find(
        cues("speech", "remembrance", "words", language=layers.language)
    ):
        if _only_dates(layers, first=first):
            continue
        draft = Draft(layers, anchor=last, act="commemoration")
        draft.quote("act", first=first, last=last)
        draft.features.add("remembrance_words")
        draft.why.append(f"“{layers.line.exact(first, last=last)}” (remembrance)")
        return draft
    return None


def _only_dates(layers: Layers, *, first: int) -> bool:
    """Tell whether a day only dates the act that the sentence ends with, or is a private one."""
    private = words("speech", "remembrance", "private", language=layers.language)
    if set(layers.line.keys(first + 1, last=first + 1)) & private:
        return True
    keys = layers.line.keys(first - 1, last=first - 1) if first else []
    if not set(keys) & words("words", "prepositions", language=layers.language):
        return False
    told = [hit for hit in find_hits(layers) if hit.form.voice in ("active", "passive", "happens")]
    last = max((at for _, at in layers.verbs), default=-1)
    return any(hit.first > first and hit.last >= last for hit in told)


def _guarantee(layers: Layers) -> Draft | None:
    found = layers.line.find(verb_cues("speech", "guarantee", "verbs", language=layers.language))
    for first, last, _ in found:
        draft = Draft(layers, anchor=last, act="guarantee_of_protection")
        start = clause_start(layers, at=first)
        draft.quote("act", first=first, last=len(layers.line.tokens) - 1)
        draft.features.add("guarantee_words")
        draft.why.append(f"“{layers.line.exact(first, last=last)}” (guarantee)")
        giver = subject(layers, start=start, end=first - 1)
        if giver:
            name = draft.quote("actor", first=giver[0], last=giver[1])
            draft.involvements.append(Involvement(name=name, role="guarantor", side="other"))
        return draft
    return None


def _appeal(layers: Layers) -> Draft | None:
    """Return what is called for: an investigation, a trial, or something else."""
    for name in ("cues", "people", "must"):
        for first, last, _ in layers.line.find(
            cues("speech", "appeal", name, language=layers.language)
        ):
            end = len(layers.line.tokens) - 1
            inside = set(layers.line.keys(first, last=last))
            if inside & words("speech", "appeal", "never", language=layers.language):
                continue
            if name == "people" and inside & words("words", "that", language=layers.language):
                continue
            draft = Draft(layers, anchor=last, act=_called_for(layers))
            draft.quote("act", first=first, last=max(last, end - (end > last)))
            if name != "must":
                draft.speaker = _caller(layers, first=first, last=last)
            draft.modality = "called_for"
            draft.features.update({"appeal_words", "called_for_cue"})
            draft.why.append(f"“{layers.line.exact(first, last=last)}” (appeal)")
            return draft
    return None


def _caller(layers: Layers, *, first: int, last: int) -> tuple[int, int] | None:
    """Return who calls for something; "we" and "I" are whoever speaks."""
    if any(key.endswith(("یم", "م")) for key in layers.line.keys(last, last=last)):
        return None
    start = clause_start(layers, at=first)
    found = subject(layers, start=start, end=first - 1)
    small = words("words", "prepositions", language=layers.language)
    mine = words("people", "first_person", language=layers.language)
    if found is None or set(layers.line.keys(found[0], last=found[1])) & mine:
        return None
    if set(layers.line.keys(max(found[0] - 1, 0), last=found[0] - 1)) & small:
        return None
    return found


def _called_for(layers: Layers) -> Act:
    for name in ("investigation", "accountability"):
        pattern = formed("speech", "appeal", name, language=layers.language)
        if next(layers.line.find(pattern), None):
            return (
                "appeal_for_investigation"
                if name == "investigation"
                else "appeal_for_accountability"
            )
    return "appeal"
