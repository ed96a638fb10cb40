"""Claims proposed by rules from a text in English."""

from dataclasses import replace

from affiant.claims.english.drafts import Draft
from affiant.claims.english.evidence import features_of
from affiant.claims.english.knowing import speakers_of
from affiant.claims.english.places import nested
from affiant.claims.english.reading import read_claims
from affiant.claims.english.repeats import joined
from affiant.claims.english.totals import scoped
from affiant.claims.english.voices import Voice
from affiant.claims.features import ordered
from affiant.model.claim import Claim, ClaimOrigin
from affiant.model.quote import Quote
from affiant.model.suggestion import Suggestion
from affiant.model.vocabulary import SlotName
from affiant.model.when import When
from affiant.model.where import Where

ORIGIN = ClaimOrigin(tool="rules-en", version="3")
"""Tool and version that every suggestion of these rules names."""

_CORE = frozenset({"act", "victim", "count"})


def propose(text: str, *, text_digest: str, published: str | None) -> list[Suggestion]:
    """Propose the claims of an English text, in reading order.

    Nothing is filled in from another sentence except a pronoun's referent, which is marked
    as inferred, a date given earlier in the same paragraph, whose basis is "context", a place
    given there, and the party whose attack the same voice told before a death or a wound,
    which is marked as inferred. What was carried over stands in the reason.
    """
    told = _without_repeats(
        [
            _suggestion(draft, chain=chain, text=text, text_digest=text_digest)
            for draft, chain in read_claims(text, published=published)
        ]
    )
    return joined(told)


def _suggestion(
    draft: Draft, *, chain: tuple[Voice, ...], text: str, text_digest: str
) -> Suggestion:
    """Return a draft as a suggestion."""
    speakers, cues = speakers_of(chain, draft=draft)
    claim = Claim(
        quotes=_quotes(draft, chain=chain, cues=cues, text_digest=text_digest),
        speakers=speakers,
        modality=draft.modality,
        act=draft.act,
        method=draft.method,
        involvements=tuple(draft.involvements),
        counts=tuple(draft.counts),
        when=_when(draft),
        where=None if draft.where is None else Where(words=draft.where, name=nested(draft.where)),
        characterisations=tuple(draft.labels),
        denies=None if draft.denies is None else text[slice(*draft.denies)],
        language="en",
        origin=ORIGIN,
    )
    claim, total = scoped(claim, text=text)
    why = "; ".join(dict.fromkeys([*draft.why, *([total] if total else [])]))
    return Suggestion(
        claim=claim,
        why=why,
        score=_score(draft, chain=chain),
        features=ordered(features_of(draft, claim=claim, chain=chain)),
    )


def _when(draft: Draft) -> When | None:
    """Return the date with the time of day; a time alone is a date that is not known."""
    if draft.clock is None:
        return draft.when
    if draft.when is None:
        words = draft.sentence.text[draft.clock.start : draft.clock.end]
        return When(edtf=None, basis="ambiguous", words=words, clock=draft.clock.clock)
    return replace(draft.when, clock=draft.clock.clock)


def _quotes(
    draft: Draft, *, chain: tuple[Voice, ...], cues: list[tuple[int, int]], text_digest: str
) -> tuple[Quote, ...]:
    """Return the passages, the words that tell the act first and each slot once."""
    text = draft.sentence.text
    spans: list[tuple[SlotName, int, int]] = [span for span in draft.spans if span[0] != "act"]
    near = [span for span in draft.spans if span[0] in _CORE]
    start, end = min(span[1] for span in near), max(span[2] for span in near)
    voices: list[tuple[SlotName, int, int]] = [
        ("speaker", *voice.span) for voice in chain if voice.span
    ]
    told: list[tuple[SlotName, int, int]] = [("basis", *cue) for cue in cues]
    unique = dict.fromkeys([("act", start, end), *spans, *draft.later, *voices, *told])
    return tuple(
        Quote(slot=slot, exact=text[first:last], start=first, end=last, text_digest=text_digest)
        for slot, first, last in unique
    )


def _score(draft: Draft, *, chain: tuple[Voice, ...]) -> float:
    """Return where the suggestion stands in the queue, from 0 to 1."""
    score = draft.score
    if draft.modality in ("possible", "conditional", "presupposed", "intended"):
        score -= 0.1
    if any(party.inferred for party in draft.involvements):
        score -= 0.1
    if len(chain) > 1:
        score += 0.05
    return round(min(max(score, 0.05), 0.95), 2)


def _without_repeats(found: list[Suggestion]) -> list[Suggestion]:
    """Return one suggestion for each act of a passage, the better one of two."""
    kept: list[Suggestion] = []
    for suggestion in sorted(found, key=_place):
        clash = next(
            (
                at
                for at in range(max(len(kept) - 12, 0), len(kept))
                if _same_passage(kept[at], other=suggestion)
            ),
            None,
        )
        if clash is None:
            kept.append(suggestion)
        elif suggestion.score > kept[clash].score:
            kept[clash] = replace(suggestion)
    return sorted(kept, key=_place)


def _same_passage(one: Suggestion, *, other: Suggestion) -> bool:
    """Tell whether two suggestions are of one act and share words."""
    if one.claim.act != other.claim.act:
        return False
    first, second = one.claim.quotes[0], other.claim.quotes[0]
    return first.start < second.end and second.start < first.end


def _place(suggestion: Suggestion) -> tuple[int, int, str]:
    quote = suggestion.claim.quotes[0]
    return quote.start, quote.end, suggestion.claim.act
