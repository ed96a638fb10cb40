"""A text read block by block, quotation in quotation, into drafts with their voices."""

import re
from dataclasses import replace

from affiant.claims.arabic_script.acting import leads_clause
from affiant.claims.arabic_script.acts import act_drafts
from affiant.claims.arabic_script.chains import chain_of
from affiant.claims.arabic_script.civic import civic_drafts
from affiant.claims.arabic_script.clauses import phrase_on
from affiant.claims.arabic_script.dates import DateSpan
from affiant.claims.arabic_script.drafts import Draft, Layers
from affiant.claims.arabic_script.issuing import is_statement, issuer_of
from affiant.claims.arabic_script.knowing import (
    Spoken,
    Witness,
    known,
    told_later,
    with_basis,
    witness_of,
)
from affiant.claims.arabic_script.patterns import glue, phrase, words
from affiant.claims.arabic_script.places import find_home, find_place, is_named
from affiant.claims.arabic_script.pointing import (
    add_part,
    count_again,
    denied_again,
    of_a_total,
    remember_number,
)
from affiant.claims.arabic_script.shadow import shadow
from affiant.claims.arabic_script.speakers import DOCUMENT, Attribution, Memory, Voice
from affiant.claims.arabic_script.threats import mark_meant, spoken_threat
from affiant.claims.arabic_script.turns import (
    TURN,
    is_testimony,
    last_cell,
    names_tellers,
    opens_comments,
    takes_turns,
)
from affiant.claims.arabic_script.voices import attributions
from affiant.claims.blocks import WITHOUT_CLAIMS, Block, blocks
from affiant.claims.quotations import Quotation, find_quotations
from affiant.language import sentences
from affiant.model.involvement import Involvement

_DEEPEST = 3
_SHORTEST_SPEECH = 6
_LISTED = re.compile(r"[ \t]*(?:[-•*]|\d{1,2}[.)])[ \t]")


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
        self.witness = Witness(None, None, None)
        self.turns = takes_turns(text)
        self.told_rows = False
        stated = is_statement(text, language=language)
        self.memory = Memory(
            testimony=is_testimony(text, language=language) and not stated,
            issuer=issuer_of(text, language=language),
        )
        self.memory.statement = stated

    def read(self) -> list[Spoken]:
        """Return every draft with the voices that say it, in reading order."""
        found: list[Spoken] = []
        for block in blocks(self.text):
            self.turns = self.turns or opens_comments(
                self.text, start=block.start, end=block.end, language=self.language
            )
            self.told_rows = self.told_rows or names_tellers(
                self.text, start=block.start, end=block.end, language=self.language
            )
            if block.kind in WITHOUT_CLAIMS:
                continue
            outer, start = self._outer(block)
            writer = outer[-1].name if outer else None
            if block.kind != "chat" and writer is None:
                if not _LISTED.match(self.text, block.start):
                    self.memory.new_paragraph()
            else:
                self.memory.new_message(writer or "")
            writer_at = outer[-1].span if len(outer) > 1 else None
            self.witness = self._witness((start, block.end), writer=writer_at)
            if outer:
                found.extend(self._stretch((start, block.end), outer=outer, block=block))
        return found

    def _outer(self, block: Block) -> tuple[tuple[Voice, ...], int]:
        """Return the voices of a block and where their words begin.

        They are the document's, and whoever wrote the message; a question has none.
        """
        writer, start = block.writer, block.start
        if writer is None and self.turns:
            turn = TURN.match(self.text, block.start, block.end)
            if turn is not None:
                writer, start = turn.span(1), turn.end()
        if writer is None and self.told_rows:
            writer = last_cell(self.text, start=start, end=block.end)
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
            told = self._sentence(layers, said=said, outer=outer)
            if not told:
                add_part(found, layers=layers)
            found.extend(told)
            self.memory.told = found[-1][0] if found else self.memory.told
            later = told_later(layers)
            if later is not None:
                with_basis(found, basis=later[0], cue=later[1])
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
        return Layers(
            line,
            language=self.language,
            published=block.day or self.published,
            before=self.memory.day,
        )

    def _witness(self, span: tuple[int, int], *, writer: tuple[int, int] | None) -> Witness:
        """Return what a block says of the one who tells it."""
        return witness_of(self.text, span=span, writer=writer, language=self.language)

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
        layers.dates = [
            date
            for date in layers.dates
            if not any(
                one.first > one.cue[1] and one.cue[0] <= date.first and date.last <= one.cue[1]
                for one in said
            )
        ]
        civic = civic_drafts(layers)
        denying = any(one.voice.stance == "denies" for one in said) or layers.has(
            "speech", "false", first=0, last=len(layers.line.tokens)
        )
        drafts = [] if civic else act_drafts(layers, denying=denying)
        mark_meant(drafts)
        for draft in drafts:
            count_again(draft, memory=self.memory)
            of_a_total(draft, memory=self.memory)
        drafts.extend(self._by_words(layers, drafts=drafts, said=said))
        found = []
        for draft in [*drafts, *civic]:
            chain = self._chain(layers, at=draft.anchor, outer=outer, said=said)
            if draft in civic and len(chain) == len(outer) and draft.speaker is not None:
                chain = _asked_by(draft, chain=chain, issuer=self.memory.issuer)
            _accuse_by_words(draft, said=said)
            if draft not in civic:
                chain = self._known(draft, chain=chain, outer=outer, said=said)
                self._carry(draft)
            found.append((draft, stanced(draft, chain=chain)))
        remember_number(layers, drafts=drafts, memory=self.memory)
        if any(draft.act == "commemoration" for draft in civic):
            layers.dates = []
        self._remember(layers, drafts=drafts)
        return [(draft, chain) for draft, chain in found if is_told(draft, chain=chain)]

    def _known(
        self,
        draft: Draft,
        *,
        chain: tuple[Voice, ...],
        outer: tuple[Voice, ...],
        said: list[Attribution],
    ) -> tuple[Voice, ...]:
        """Return the chain with how its last voice knows."""
        named = bool(said) and chain[-1].span != self.witness.writer
        quoted = len(chain) > len(outer) or named
        return known(draft, chain=chain, quoted=quoted, witness=self.witness, memory=self.memory)

    def _by_words(
        self, layers: Layers, *, drafts: list[Draft], said: list[Attribution]
    ) -> list[Draft]:
        """Return the denial of what was told before, and the threat that words tell."""
        before = drafts[-1] if drafts else self.memory.told
        again = denied_again(layers, said=said, before=before)
        threat = spoken_threat(layers, drafts=drafts, said=said)
        denied = any(
            "noun_act" in draft.features
            and one.voice.stance == "denies"
            and one.holds(draft.anchor)
            for draft in drafts
            for one in said
        )
        return [one for one in (None if denied else again, threat) if one is not None]

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
        if not accused and memory.actor and "verb_active" in draft.features and not draft.denied:
            name = self.text[slice(*memory.actor)]
            draft.involvements.append(
                Involvement(name=name, role="direct_perpetrator", side="accused", inferred=True)
            )
            draft.spans.append(("actor", *memory.actor))
            draft.features.add("actor_inferred")

    def _lasts(self, one: DateSpan, *, layers: Layers, told: bool) -> bool:
        """Tell whether later sentences may take a date over: not "until today", no dateline."""
        before = layers.line.keys(one.first - 1, last=one.first - 1) if one.first else []
        until = words("dates", "words", "until", language=self.language)
        return not until & set(before) and (
            told
            or (one.rule == "relative" and not _is_after(one, day=self.published))
            or (one.rule != "relative" and one.when.edtf != self.published)
        )

    def _remember(self, layers: Layers, *, drafts: list[Draft]) -> None:
        """Keep the date, the place and the one who acts for the sentences that follow."""
        tokens, memory = layers.line.tokens, self.memory
        told = [one for one in layers.dates if self._lasts(one, layers=layers, told=bool(drafts))]
        if told:
            one = told[-1]
            memory.date = one.when, (tokens[one.first].start, tokens[one.last].end)
            memory.day = one.when
        place = find_home(layers) or find_place(layers, start=0)
        if place is not None and (memory.writer or is_named(layers, place=place)):
            memory.place = tokens[place[0]].start, tokens[place[1]].end
        acted = [span for draft in drafts for span in draft.spans if span[0] == "actor"]
        if acted:
            memory.actor = acted[-1][1:]
            return
        for at in sorted(layers.kinds["actors"]):
            if leads_clause(layers, at=at):
                end = phrase_on(layers, first=at, end=len(tokens) - 1)
                memory.actor = tokens[at].start, tokens[end].end
                break


def stanced(draft: Draft, *, chain: tuple[Voice, ...]) -> tuple[Voice, ...]:
    """Return the chain with a denial where the act is said not to be so."""
    last = chain[-1]
    if draft.only_raised and last.stance == "asserts":
        return (*chain[:-1], replace(last, stance="raises_possibility"))
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
    named = len(chain) > 1 or "denial_words" in draft.features
    return not draft.denied or named or any(count.max == 0 for count in draft.counts)


def _asked_by(
    draft: Draft, *, chain: tuple[Voice, ...], issuer: frozenset[str]
) -> tuple[Voice, ...]:
    """Return the chain with whoever calls for something; the issuer is the document itself."""
    if draft.speaker is None:
        return chain
    first, last = draft.speaker
    tokens = draft.layers.line.tokens
    if set(draft.layers.line.keys(first, last=last)) <= issuer:
        return chain
    span = tokens[first].start, tokens[last].end
    voice = Voice(draft.layers.line.exact(first, last=last), span)
    return (*chain[:-1], replace(chain[-1], stance="reports", basis="none_given"), voice)


def _accuse_by_words(draft: Draft, *, said: list[Attribution]) -> None:
    """Add whoever a speaker accuses of an act, where nobody else is told of."""
    if any(party.side == "accused" for party in draft.involvements):
        return
    for one in said:
        if one.accused is not None and one.holds(draft.anchor):
            name = draft.quote("actor", first=one.accused[0], last=one.accused[1])
            draft.involvements.append(
                Involvement(name=name, role="direct_perpetrator", side="accused")
            )
            draft.features.add("actor_accusing")
            return


def _is_after(one: DateSpan, *, day: str | None) -> bool:
    """Tell whether a date is later than the document: "tomorrow" dates no act told before."""
    return day is not None and one.when.edtf is not None and one.when.edtf > day


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
