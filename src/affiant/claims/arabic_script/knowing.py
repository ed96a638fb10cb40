"""How the last voice of a chain knows; always with the words that say so."""

from dataclasses import dataclass, replace

from affiant.claims.arabic_script.chains import known_by
from affiant.claims.arabic_script.drafts import Draft, Layers
from affiant.claims.arabic_script.patterns import cues, finite, formed, glue, phrase, words
from affiant.claims.arabic_script.shadow import shadow
from affiant.claims.arabic_script.speakers import Memory, Voice
from affiant.model.vocabulary import FAMILY_OF, Basis

Span = tuple[int, int]
Spoken = tuple[Draft, tuple[Voice, ...]]

_CIVIC = ("appeal", "commemoration", "legal_status", "statement")
_LATEST = 4


@dataclass(frozen=True, slots=True)
class Witness:
    """What a block says of the one who tells it.

    Attributes:
        saw: Words by which it says that it saw for itself, or None.
        told: Words by which it tells as "I" or "we" what was, or None.
        writer: First and last offset of the name of who wrote the message, or None.
    """

    saw: Span | None
    told: Span | None
    writer: Span | None


def witness_of(text: str, *, span: Span, writer: Span | None, language: str) -> Witness:
    """Return what a block says of the one who tells it."""
    line = shadow(text, spans=[span], glue=glue(language))
    saw = told = None
    for first, last, _ in line.find(cues("speech", "knowing", "saw_it", language=language)):
        saw = line.tokens[first].start, line.tokens[last].end
        break
    past = tuple(key for key in words("verbs", "stems", language=language) if len(key) > 1)
    beside = cues("speech", "knowing", "beside", language=language)
    for first, last, _ in line.find(beside):
        told = line.tokens[first].start, line.tokens[last].end
    for first, last, _ in line.find(finite(language)):
        key = line.tokens[first].key
        if told is None and first == last and _is_mine(key, past=past):
            told = line.tokens[first].start, line.tokens[last].end
    return Witness(saw, told, writer)


def _is_mine(key: str, *, past: tuple[str, ...]) -> bool:
    """Tell whether a verb says what I or we did or were: "بودیم"; no "ندیدم"."""
    bare = key.removeprefix("می")
    stem = bare.removesuffix("یم") if bare.endswith("یم") else bare.removesuffix("م")
    return stem != bare and stem in past


def known(
    draft: Draft, *, chain: tuple[Voice, ...], quoted: bool, witness: Witness, memory: Memory
) -> tuple[Voice, ...]:
    """Return the chain with how its last voice knows, where words say so.

    Args:
        draft: What is told.
        chain: Who tells it.
        quoted: True where the last voice is named in the sentence of the act.
        witness: What the block says of the one who tells it.
        memory: What was told earlier.
    """
    last = chain[-1]
    if last.basis != "none_given" or FAMILY_OF[draft.act] in _CIVIC:
        return chain
    own = last.name is None and memory.testimony
    wrote = last.name is not None and last.span == witness.writer
    if memory.statement and (last.name is None or quoted):
        draft.own_part = False
    found = _by_sentence(draft, last=last, quoted=quoted)
    if found is None and witness.saw is not None and (own or wrote):
        found = "saw", witness.saw
    if found is None and len(chain) > 1 and draft.own_kin and not quoted and not wrote:
        found = "saw", _mine_in(draft.layers, at=draft.anchor)
    if found is None and witness.told is not None and (own or (wrote and not draft.own_kin)):
        found = "saw", witness.told
    if found is None:
        return chain
    return (*chain[:-1], replace(last, basis=found[0], cue=found[1]))


def _by_sentence(draft: Draft, *, last: Voice, quoted: bool) -> tuple[Basis, Span] | None:
    """Return how the sentence of the act says that its voice knows."""
    layers = draft.layers
    if draft.own_part and not (last.name and _is_institution(last.name, layers=layers)):
        return "took_part", _mine_in(layers, at=draft.anchor)
    told = known_by(layers, at=draft.anchor)
    if told is not None and not (last.name and told[0] == "told_by" and quoted):
        return told
    if not (quoted and last.name):
        return None
    tokens = layers.line.tokens
    for first, end, _ in layers.line.find(
        cues("speech", "knowing", "saw_other", language=layers.language)
    ):
        if first > draft.anchor:
            return "saw", (tokens[first].start, tokens[end].end)
    return _befell(draft, last=last)


def _is_institution(name: str, *, layers: Layers) -> bool:
    """Tell whether a voice is a body or a medium, to which nothing is done."""
    pattern = formed("speech", "institutions", language=layers.language)
    return pattern.search(phrase(name)) is not None


def _befell(draft: Draft, *, last: Voice) -> tuple[Basis, Span] | None:
    """Return the pronoun by which a speaker tells what befell the speaker."""
    language = draft.layers.language
    name = phrase(last.name or "")
    institution = formed("speech", "institutions", language=language).search(name)
    others = formed("speech", "for_others", language=language).search(name)
    victim = next((span for span in draft.spans if span[0] == "victim"), None)
    if institution or others or victim is None:
        return None
    pronouns = words("people", "pronouns", language=language)
    if phrase(draft.layers.line.text[victim[1] : victim[2]]) not in pronouns:
        return None
    return "took_part", (victim[1], victim[2])


def _mine_in(layers: Layers, *, at: int) -> Span:
    """Return the first-person word nearest to a word, or that word itself."""
    mine = words("people", "first_person", language=layers.language)
    ends = tuple(words("people", "self_endings", language=layers.language))
    did = tuple(words("people", "self_verb_endings", language=layers.language))
    known_nouns = layers.kinds["kin"] | layers.kinds["body"] | layers.kinds["things"]
    near = [
        index
        for index, token in enumerate(layers.line.tokens)
        if token.key in mine
        or (index in known_nouns and token.key.endswith(ends))
        or (abs(index - at) < _LATEST and token.key.endswith(did))
    ]
    best = layers.line.tokens[min(near, key=lambda index: abs(index - at), default=at)]
    return best.start, best.end


def told_later(layers: Layers) -> tuple[Basis, Span] | None:
    """Return how whoever spoke before knows, where a sentence of its own tells it."""
    tokens = layers.line.tokens
    bases: tuple[tuple[str, Basis], ...] = (
        ("saw_later", "saw"),
        ("document_later", "document"),
        ("instrument_later", "instrument"),
    )
    for name, basis in bases:
        pattern = cues("speech", "knowing", name, language=layers.language)
        for first, last, _ in layers.line.find(pattern):
            return basis, (tokens[first].start, tokens[last].end)
    return None


def with_basis(found: list[Spoken], *, basis: Basis, cue: Span) -> None:
    """Give the named voice that spoke last its basis, in the claims told just before."""
    named = [at for at, (_, chain) in enumerate(found) if chain[-1].name is not None]
    if not named:
        return
    name = found[named[-1]][1][-1].name
    for at in named[-_LATEST:]:
        draft, chain = found[at]
        if chain[-1].name == name and chain[-1].basis == "none_given":
            found[at] = draft, (*chain[:-1], replace(chain[-1], basis=basis, cue=cue))
