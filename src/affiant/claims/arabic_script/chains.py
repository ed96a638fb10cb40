"""Voices inside voices: who says the word at a place of a sentence, outermost first."""

from dataclasses import replace

from affiant.claims.arabic_script.drafts import Layers
from affiant.claims.arabic_script.patterns import cues, formed, words
from affiant.claims.arabic_script.speakers import Attribution, Memory, Voice, name_keys
from affiant.claims.lexicon import table
from affiant.model.vocabulary import Basis


def chain_of(
    layers: Layers,
    *,
    at: int,
    outer: tuple[Voice, ...],
    said: list[Attribution],
    memory: Memory,
) -> tuple[Voice, ...]:
    """Return the voices that say the word at ``at``."""
    holding = [one for one in said if one.holds(at)]
    chain = [*outer]
    for one in _nested(layers, holding=holding):
        if one.voice.name is None:
            chain[-1] = one.voice if chain[-1].name is None else chain[-1]
            continue
        if one.voice.name == chain[-1].name:
            continue
        chain[-1] = _passing(layers, last=chain[-1], one=one, memory=memory)
        chain.append(one.voice)
    return tuple(chain)


def _nested(layers: Layers, *, holding: list[Attribution]) -> list[Attribution]:
    """Return the voices that hold a word, outermost first: one told inside another's words."""
    kept: list[Attribution] = []
    for one in holding:
        while kept and not _inside(layers, outer=kept[-1], inner=one):
            kept.pop()
        kept.append(one)
    return kept


def _inside(layers: Layers, *, outer: Attribution, inner: Attribution) -> bool:
    """Tell whether a voice is told in the words of another, and not merely after them."""
    if not outer.holds(inner.cue[0]):
        return False
    if (
        inner.first > outer.cue[1] >= 0
        and outer.cue[1] < inner.cue[0]
        and inner.cue[1] + 1 < inner.first
    ):
        return True
    keys = layers.line.keys(outer.cue[1] + 1, last=inner.cue[0] - 1)
    ends = {last for _, last in layers.verbs}
    apart = words("words", "apart", language=layers.language) & set(keys)
    return not apart and not ends & set(range(outer.cue[1] + 1, inner.cue[0]))


def _passing(layers: Layers, *, last: Voice, one: Attribution, memory: Memory) -> Voice:
    """Return a voice that passes on what another says, with how it came to hear it."""
    inner = one.voice
    told = last.name is not None or memory.testimony
    institution = bool(
        inner.name
        and formed("speech", "institutions", language=layers.language).search(
            " ".join(name_keys(inner.name))
        )
    )
    basis: Basis = "told_by" if told and not institution else "none_given"
    tokens, at = layers.line.tokens, one.cue[1]
    said = (tokens[at].start, tokens[at].end) if at >= 0 else inner.span
    return replace(last, stance="reports", basis=basis, cue=said if basis == "told_by" else None)


def known_by(layers: Layers, *, at: int) -> tuple[Basis, tuple[int, int]] | None:
    """Return how a sentence says that its own voice knows, by the cue nearest before ``at``."""
    bases: tuple[Basis, ...] = ("saw", "told_by", "document", "instrument")
    tokens = layers.line.tokens
    after = table("speech", language=layers.language)["knowing"].get("only_before", ())
    every = [
        (first > at, abs(at - last), basis, (tokens[first].start, tokens[last].end))
        for basis in bases
        for first, last, _ in layers.line.find(
            cues("speech", "knowing", basis, language=layers.language)
        )
        if not (first > at and first == last and basis in after)
    ]
    return min(every)[2:] if every else None
