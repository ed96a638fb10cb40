"""Claims proposed by rules from a text in a language of Arabic script."""

from affiant.claims.arabic_script.drafts import Draft
from affiant.claims.arabic_script.knowing import Spoken
from affiant.claims.arabic_script.reading import Reader
from affiant.claims.arabic_script.repeats import joined
from affiant.claims.arabic_script.speakers import Voice
from affiant.claims.features import ordered
from affiant.model.claim import Claim, ClaimOrigin
from affiant.model.quote import Quote
from affiant.model.speaker import Speaker
from affiant.model.suggestion import Suggestion
from affiant.model.vocabulary import SlotName
from affiant.model.where import Where

_CORE = frozenset({"act", "victim", "count"})
_VERSION = {"ar": "3", "fa": "3"}


def propose(
    text: str, *, text_digest: str, published: str | None, language: str = "fa"
) -> list[Suggestion]:
    """Propose the claims of a text, in reading order.

    Nothing is filled in from another sentence except date and place of the paragraph, whose
    basis is "context", and a party, which is marked as inferred.
    """
    told = Reader(text, language=language, published=published).read()
    return suggestions(told, text_digest=text_digest)


def suggestions(told: list[Spoken], *, text_digest: str) -> list[Suggestion]:
    """Return drafts with their voices as suggestions, each claim once."""
    return joined(
        [_suggestion(draft, chain=chain, text_digest=text_digest) for draft, chain in told]
    )


def _suggestion(draft: Draft, *, chain: tuple[Voice, ...], text_digest: str) -> Suggestion:
    """Return a draft as a suggestion."""
    language = draft.layers.language
    claim = Claim(
        quotes=_quotes(draft, chain=chain, text_digest=text_digest),
        speakers=tuple(Speaker(name=v.name, stance=v.stance, basis=v.basis) for v in chain),
        modality=draft.modality,
        act=draft.act,
        method=draft.method,
        involvements=tuple(draft.involvements),
        counts=tuple(draft.counts),
        when=draft.when,
        where=None if draft.where is None else Where(words=draft.where),
        denies=draft.denies,
        language=language,
        origin=ClaimOrigin(tool=f"rules-{language}", version=_VERSION[language]),
    )
    features = draft.features | _chain_features(chain)
    why = "; ".join(dict.fromkeys(draft.why))
    return Suggestion(claim=claim, why=why, score=draft.score, features=ordered(features))


def _chain_features(chain: tuple[Voice, ...]) -> set[str]:
    found = {"speaker_cue" if len(chain) > 1 else "own_voice"}
    if sum(voice.name is not None for voice in chain) > 1:
        found.add("speaker_nested")
    if any(voice.cue for voice in chain):
        found.add("basis_cue")
    return found


def _quotes(draft: Draft, *, chain: tuple[Voice, ...], text_digest: str) -> tuple[Quote, ...]:
    """Return the passages, the words that tell the act first and each slot once."""
    text = draft.layers.line.text
    near = [span for span in draft.spans if span[0] in _CORE]
    start, end = min(span[1] for span in near), max(span[2] for span in near)
    spans = [span for span in draft.spans if span[0] != "act"]
    voices: list[tuple[SlotName, int, int]] = [("speaker", *v.span) for v in chain if v.span]
    known: list[tuple[SlotName, int, int]] = [("basis", *v.cue) for v in chain if v.cue]
    acts: list[tuple[SlotName, int, int]] = [("act", start, end)]
    return tuple(
        Quote(slot=slot, exact=text[first:last], start=first, end=last, text_digest=text_digest)
        for slot, first, last in dict.fromkeys([*acts, *spans, *voices, *known])
    )
