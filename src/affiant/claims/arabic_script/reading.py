"""A text read block by block, quotation in quotation, into drafts with their voices."""

import re
from dataclasses import replace

from affiant.claims.arabic_script.acts import act_drafts, find_place
from affiant.claims.arabic_script.civic import civic_drafts
from affiant.claims.arabic_script.clauses import phrase_on
from affiant.claims.arabic_script.drafts import Draft, Layers
from affiant.claims.arabic_script.patterns import cues, glue, phrase, words
from affiant.claims.arabic_script.shadow import shadow
from affiant.claims.arabic_script.voices import (
    DOCUMENT,
    Attribution,
    Memory,
    Voice,
    attributions,
    chain_of,
    known_by,
)
from affiant.claims.blocks import WITHOUT_CLAIMS, Block, blocks
from affiant.claims.quotations import Quotation, find_quotations
from affiant.language import sentences
from affiant.model.involvement import Involvement
from affiant.model.vocabulary import FAMILY_OF

Spoken = tuple[Draft, tuple[Voice, ...]]

_DEEPEST = 3
_SHORTEST_SPEECH = 6
_FIRST_PERSON_WORDS = 3
_FEWEST_TURNS = 4
_TURN = re.compile(r"^[ \t]*([^\W\d_][^\n:.]{0,24}):(?=[ \t])", re.MULTILINE)


class Reader:
    """Reads one text.

    Attributes:
        text: The text.
        language: Its language.
        published: The document's own date.
        memory: What was told earlier.
    """

    def __init__(self, text: str, *, language: str, published: str | None) -> None:
        self.text = text
        self.language = language
        self.published = published
        self.saw: tuple[int, int] | None = None
        self.writer: tuple[int, int] | None = None
        self.turns = len(_TURN.findall(text)) >= _FEWEST_TURNS
        self.memory = Memory(testimony=_is_testimony(text, language=language))

    def read(self) -> list[Spoken]:
        """Return every draft with the voices that say it, in reading order."""
        found: list[Spoken] = []
        for block in blocks(self.text):
            if block.kind in WITHOUT_CLAIMS:
                continue
            if block.kind != "chat":
                self.memory.new_paragraph()
            outer, start = self._outer(block)
            self.saw = self._seen(block)
            self.writer = outer[-1].span if len(outer) > 1 else None
            if outer:
                found.extend(self._stretch((start, block.end), outer=outer, block=block))
        return found

    def _seen(self, block: Block) -> tuple[int, int] | None:
        """Return the words by which the voice of a block says that it saw for itself."""
        line = shadow(self.text, spans=[(block.start, block.end)], glue=glue(self.language))
        pattern = cues("speech", "knowing", "saw_it", language=self.language)
        for first, last, _ in line.find(pattern):
            return line.tokens[first].start, line.tokens[last].end
        return None

    def _outer(self, block: Block) -> tuple[tuple[Voice, ...], int]:
        """Return the voices of a block and where their words begin.

        They are the document's, and whoever wrote the message; a question has none.
        """
        writer, start = block.writer, block.start
        if writer is None and self.turns:
            turn = _TURN.match(self.text, block.start, block.end)
            if turn is not None:
                writer, start = turn.span(1), turn.end()
        if writer is None:
            return (DOCUMENT,), start
        name = self.text[slice(*writer)]
        role = phrase(name)
        if role in words("people", "asking", language=self.language):
            return (), start
        if role in words("people", "narrators", language=self.language):
            return (DOCUMENT,), start
        return (replace(DOCUMENT, stance="reports"), Voice(name, writer)), start

    def _stretch(
        self, span: tuple[int, int], *, outer: tuple[Voice, ...], block: Block
    ) -> list[Spoken]:
        """Return the drafts between two offsets, and those of the quotations between them."""
        quotes = find_quotations(self.text, start=span[0], end=span[1])
        found: list[Spoken] = []
        for begin, end in _outer_sentences(self.text, span=span, quotes=quotes):
            inside = [quote for quote in quotes if begin <= quote.start < end]
            layers = self._layers(begin, end=end, quotes=inside, block=block)
            if not layers.line.tokens:
                continue
            said = self._attributed(layers)
            found.extend(self._sentence(layers, said=said, outer=outer))
            for quote in inside:
                chain = self._quoted(layers, quote=quote, outer=outer, said=said)
                if len(outer) <= _DEEPEST and quote.inner_end - quote.inner_start > 8:
                    inner = (quote.inner_start, quote.inner_end)
                    found.extend(self._stretch(inner, outer=chain, block=block))
            if said:
                self.memory.last = replace(said[-1].voice, stance="asserts")
        return found

    def _layers(self, begin: int, *, end: int, quotes: list[Quotation], block: Block) -> Layers:
        """Return a sentence without the words of its quotations, whose marks stay."""
        spans, at = [], begin
        for quote in quotes:
            spans.append((at, quote.inner_start))
            at = quote.inner_end
        spans.append((at, end))
        line = shadow(self.text, spans=spans, glue=glue(self.language))
        return Layers(line, language=self.language, published=block.day or self.published)

    def _attributed(self, layers: Layers) -> list[Attribution]:
        """Return who says what in a sentence."""
        return attributions(layers, memory=self.memory)

    def _chain(
        self, layers: Layers, *, at: int, outer: tuple[Voice, ...], said: list[Attribution]
    ) -> tuple[Voice, ...]:
        """Return the voices that say a word."""
        return chain_of(layers, at=at, outer=outer, said=said, memory=self.memory)

    def _quoted(
        self,
        layers: Layers,
        *,
        quote: Quotation,
        outer: tuple[Voice, ...],
        said: list[Attribution],
    ) -> tuple[Voice, ...]:
        """Return the voices of a quotation; one without a cue goes on with the voice before."""
        tokens = layers.line.tokens
        at = next((i for i, token in enumerate(tokens) if token.start >= quote.start), 0)
        near = sorted(said, key=lambda one: abs(one.cue[1] - at))
        chain = outer
        if near:
            one = replace(near[0], first=0, last=len(tokens))
            one = replace(one, cue=(-1, -1))
            chain = self._chain(layers, at=at, outer=outer, said=[one])
        elif self.memory.chain is not None and len(tokens) < 5:
            chain = self.memory.chain
        self.memory.chain = chain
        return chain

    def _sentence(
        self, layers: Layers, *, said: list[Attribution], outer: tuple[Voice, ...]
    ) -> list[Spoken]:
        """Return the drafts of one sentence with their voices."""
        civic = civic_drafts(layers)
        denying = any(one.voice.stance == "denies" for one in said) or layers.has(
            "speech", "false", first=0, last=len(layers.line.tokens)
        )
        drafts = [] if civic else act_drafts(layers, denying=denying)
        _threatened(drafts)
        found = []
        for draft in [*drafts, *civic]:
            chain = self._chain(layers, at=draft.anchor, outer=outer, said=said)
            if draft in civic and len(chain) == len(outer) and draft.speaker is not None:
                chain = _asked_by(draft, chain=chain)
            if draft not in civic:
                chain = self._known(draft, chain=chain, said=said)
                self._carry(draft)
            found.append((draft, stanced(draft, chain=chain)))
        self._remember(layers)
        return [(draft, chain) for draft, chain in found if is_told(draft, chain=chain)]

    def _known(
        self, draft: Draft, *, chain: tuple[Voice, ...], said: list[Attribution]
    ) -> tuple[Voice, ...]:
        """Return the chain with how the speaker of a testimony or message knows."""
        last = chain[-1]
        if last.basis != "none_given":
            return chain
        own = last.name is None and self.memory.testimony
        if draft.own_part:
            return (*chain[:-1], replace(last, basis="took_part"))
        told = known_by(draft.layers, at=draft.anchor)
        if told is not None:
            basis, cue = told
            if not (last.name and basis == "told_by" and said):
                return (*chain[:-1], replace(last, basis=basis, cue=cue))
        if self.saw is not None and (own or last.span == self.writer):
            return (*chain[:-1], replace(last, basis="saw", cue=self.saw))
        if len(chain) > 1 and draft.own_kin:
            return (*chain[:-1], replace(last, basis="saw"))
        if own and FAMILY_OF[draft.act] not in ("appeal", "commemoration", "legal_status"):
            return (*chain[:-1], replace(last, basis="saw"))
        return chain

    def _carry(self, draft: Draft) -> None:
        """Take over a date and the one accused from earlier in the paragraph, as marked."""
        memory = self.memory
        if draft.when is None and memory.date is not None:
            when, span = memory.date
            draft.when = when if when.basis == "ambiguous" else replace(when, basis="context")
            draft.spans.append(("when", *span))
            draft.features.add("date_carried")
        if draft.where is None and memory.place is not None:
            draft.where = self.text[slice(*memory.place)]
            draft.spans.append(("where", *memory.place))
            draft.features.add("place_carried")
        accused = any(party.side == "accused" for party in draft.involvements)
        if not accused and memory.actor and "verb_active" in draft.features:
            name = self.text[slice(*memory.actor)]
            draft.involvements.append(
                Involvement(name=name, role="direct_perpetrator", side="accused", inferred=True)
            )
            draft.spans.append(("actor", *memory.actor))
            draft.features.add("actor_inferred")

    def _remember(self, layers: Layers) -> None:
        """Keep the date, the place and the one who acts for the sentences that follow."""
        tokens, memory = layers.line.tokens, self.memory
        if layers.dates:
            one = layers.dates[-1]
            memory.date = one.when, (tokens[one.first].start, tokens[one.last].end)
        place = find_place(layers, start=0)
        if place:
            memory.place = tokens[place[0]].start, tokens[place[1]].end
        for at in sorted(layers.kinds["actors"]):
            if (
                at == 0
                or at - 1 not in layers.stops
                or tokens[at - 1].key not in ("به", "از", "با")
            ):
                end = phrase_on(layers, first=at, end=len(tokens) - 1)
                memory.actor = tokens[at].start, tokens[end].end
                break


def stanced(draft: Draft, *, chain: tuple[Voice, ...]) -> tuple[Voice, ...]:
    """Return the chain with a denial where the act is said not to be so."""
    last = chain[-1]
    if last.stance == "denies" or draft.denied:
        first = min(span[1] for span in draft.spans)
        end = max(span[2] for span in draft.spans)
        draft.counts = [count for count in draft.counts if count.max == 0]
        draft.denies = draft.layers.line.text[first:end]
        draft.features.add("stance_denies")
        return (*chain[:-1], replace(last, stance="denies"))
    return chain


def is_told(draft: Draft, *, chain: tuple[Voice, ...]) -> bool:
    """Tell whether a denial is somebody's: "he did not hit me" alone is no claim."""
    return not draft.denied or len(chain) > 1 or any(count.max == 0 for count in draft.counts)


def _asked_by(draft: Draft, *, chain: tuple[Voice, ...]) -> tuple[Voice, ...]:
    """Return the chain with whoever calls for something."""
    if draft.speaker is None:
        return chain
    first, last = draft.speaker
    tokens = draft.layers.line.tokens
    span = tokens[first].start, tokens[last].end
    voice = Voice(draft.layers.line.exact(first, last=last), span)
    return (*chain[:-1], replace(chain[-1], stance="reports", basis="none_given"), voice)


def _threatened(drafts: list[Draft]) -> None:
    """Mark what follows a threat in its sentence as meant only."""
    threat = next((draft for draft in drafts if draft.act == "threat"), None)
    if threat is not None:
        for draft in drafts:
            if draft.anchor > threat.anchor and draft.modality == "actual":
                draft.modality = "intended"
                draft.features.add("intended_cue")


def _is_testimony(text: str, *, language: str) -> bool:
    """Tell whether a document speaks as "I" or "we"."""
    mine = words("people", "first_person", language=language)
    line = shadow(text[:20_000], spans=[(0, min(len(text), 20_000))], glue=glue(language))
    depth, seen = 0, 0
    for token in line.tokens:
        if token.key == '"':
            depth = 1 if text[token.start] in "«“" else 0
        seen += not depth and token.key in mine
    return seen >= _FIRST_PERSON_WORDS


def _outer_sentences(
    text: str, *, span: tuple[int, int], quotes: list[Quotation]
) -> list[tuple[int, int]]:
    """Return the sentences of a stretch in which full stops inside quotations end nothing."""
    pieces, at = [], span[0]
    for quote in quotes:
        named = quote.end - quote.start <= _SHORTEST_SPEECH
        keep = max(quote.start + 1, quote.end - (1 if named else 2))
        pieces.append(text[at : quote.start + 1] + "x" * (keep - quote.start - 1))
        at = keep
    pieces.append(text[at : span[1]])
    return [(start + span[0], end + span[0]) for start, end in sentences("".join(pieces))]
