"""An Arabic text read block by block, with the grammar of Arabic."""

import re
from dataclasses import replace

from affiant.claims.arabic.acts import act_drafts
from affiant.claims.arabic.civic import civic_drafts
from affiant.claims.arabic.denying import denied_again
from affiant.claims.arabic.knowing import tell_own, witness_of
from affiant.claims.arabic.patterns import LANGUAGE
from affiant.claims.arabic.places import find_place, is_lasting
from affiant.claims.arabic.sentence import Sentence, sentence_of
from affiant.claims.arabic.threats import mark_threats, spoken_threat
from affiant.claims.arabic.tokens import arabic_shadow
from affiant.claims.arabic.voices import attributions, chain_of
from affiant.claims.arabic_script.drafts import Draft, Layers
from affiant.claims.arabic_script.knowing import Spoken, Witness
from affiant.claims.arabic_script.patterns import cues, phrase, words
from affiant.claims.arabic_script.reading import Reader, is_told, stanced
from affiant.claims.arabic_script.speakers import Attribution, Voice
from affiant.claims.blocks import Block
from affiant.claims.quotations import Quotation
from affiant.model.count import Count
from affiant.model.involvement import Involvement
from affiant.model.vocabulary import COUNT_OF_FAMILY, FAMILY_OF, Basis, Stance

_HEAD, _LINES = 1200, 6
_PROPERTY = frozenset({"destruction", "attack_on_protected_object"})
_RELATIVE = frozenset({"الذی", "التی", "الذین", "اللی"})
_ENTRY = re.compile(
    r"\s*(?:\(?[^\W_]{1,2}\s*[).-]\s*)(?P<name>[^\W\d_][^،,:;.\n]{2,40})"
    r"(?:[،,]\s*\d{1,3}\s*(?:سنة|عاما|عام|سنوات))?(?:[،,][^:\n]{1,30})?\s*:"
)
_AGED = re.compile(
    r"\s*(?:[•*–-]|\(?[^\W_]{1,2}\s*[).-])?\s*(?P<name>[^\W\d_][^،,:;.()\n–-]{2,40}?)\s*"
    r"(?:\(\s*\d{1,3}[^)\n]{0,10}\)|[،,]\s*\d{1,3}\s*(?:سنة|عاما|عامًا|عاماً|عام|سنوات))"
    r"(?:[،,][^:\n–-]{1,30})?\s*[:–-]"
)


class ArabicReader(Reader):
    """Reads one Arabic text; blocks and quotations are read as in every language.

    Attributes:
        statement: Who says all that follows ("قال الناطق ما يلي:"), or None.
        calling: True under a heading over recommendations.
        topic: First and last offset of the name that an entry of a list is about, or None.
    """

    def __init__(self, text: str, *, language: str, published: str | None) -> None:
        super().__init__(text, language=language, published=published)
        self.statement: Voice | None = None
        self.topic: tuple[int, int] | None = None
        self.calling = False
        if is_release(text):
            self.memory.statement = True
            self.memory.testimony = False

    def _layers(self, begin: int, *, end: int, quotes: list[Quotation], block: Block) -> Layers:
        spans, at = [], begin
        for quote in quotes:
            spans.append((at, quote.inner_start))
            at = quote.inner_end
        spans.append((at, end))
        line = arabic_shadow(self.text, spans=spans)
        return Sentence(line, published=block.day or self.published, before=self.memory.day)

    def _witness(self, span: tuple[int, int], *, writer: tuple[int, int] | None) -> Witness:
        return witness_of(self.text, span=span, writer=writer)

    def _attributed(self, layers: Layers) -> list[Attribution]:
        return attributions(sentence_of(layers), memory=self.memory)

    def _chain(
        self, layers: Layers, *, at: int, outer: tuple[Voice, ...], said: list[Attribution]
    ) -> tuple[Voice, ...]:
        sentence = sentence_of(layers)
        return chain_of(sentence, at=at, outer=outer, said=said, memory=self.memory)

    def _outer(self, block: Block) -> tuple[tuple[Voice, ...], int]:
        """Return the voices of a block: those of a statement hold until it ends."""
        outer, start = super()._outer(block)
        self._head(block)
        span = block.start, block.end
        entry = _ENTRY.match(self.text, *span) or _AGED.match(self.text, *span)
        self.topic = None if entry is None or block.kind == "chat" else entry.span("name")
        if self.topic is not None:
            self.memory.last = Voice(self.text[slice(*self.topic)], self.topic)
        if self.statement is not None and len(outer) == 1 and outer[0].name is None:
            return (replace(outer[0], stance="reports"), self.statement), start
        return outer, start

    def _head(self, block: Block) -> None:
        """Take up a heading over recommendations, which holds until the next heading."""
        if block.kind not in ("title", "caption"):
            return
        line = arabic_shadow(self.text, spans=[(block.start, block.end)])
        pattern = cues("speech", "appeal", "headings", language=LANGUAGE)
        self.calling = next(iter(line.find(pattern)), None) is not None

    def _issued(self, voice: Voice) -> bool:
        """Tell whether a voice is whoever issued the document: "يطالب المركز"."""
        keys = set(phrase(voice.name or "").split())
        bare = {key.removeprefix("ال") for key in keys}
        issuer = {key.removeprefix("ال") for key in self.memory.issuer}
        return bool(keys) and bare <= issuer

    def _sentence(
        self, layers: Layers, *, said: list[Attribution], outer: tuple[Voice, ...]
    ) -> list[Spoken]:
        """Return the drafts of one sentence with their voices."""
        sentence = sentence_of(layers)
        untrue = _untrue(sentence)
        denying = any(one.voice.stance == "denies" for one in said) or untrue
        civic = civic_drafts(sentence, calling=self.calling)
        found: list[Spoken] = []
        for draft in self._acts(sentence, said=said, civic=civic, denying=denying):
            chain = self._chain(layers, at=draft.anchor, outer=outer, said=said)
            draft.denied = (draft.denied or untrue) and chain[-1].stance != "denies"
            self._topical(draft)
            if self.topic and chain[-1].span == self.topic and "victim_pronoun" in draft.features:
                draft.own_part = True
            if len(chain) > len(outer):
                tell_own(draft, voice=chain[-1])
            chain = self._known(draft, chain=chain, outer=outer, said=said)
            self._carry(draft)
            chain = self._mooded(draft, chain=chain)
            if len(chain) == len(outer):
                chain = corrected(sentence, chain=chain)
            found.append((draft, stanced(draft, chain=chain)))
        for draft, voice in civic:
            chain = self._chain(layers, at=draft.anchor, outer=outer, said=said)
            if voice is not None and len(chain) == 1 and not self._issued(voice):
                chain = (replace(chain[-1], stance="reports"), voice)
            found.append((draft, chain))
        self._remember(layers, drafts=[draft for draft, _ in found])
        self._state(sentence, said=said)
        return [
            (draft, chain)
            for draft, chain in found
            if FAMILY_OF[draft.act] in _PROPERTY or is_told(draft, chain=chain)
        ]

    def _mooded(self, draft: Draft, *, chain: tuple[Voice, ...]) -> tuple[Voice, ...]:
        """Return the chain of a threat that was made to the writer, or of what may have been."""
        if draft.act == "threat" and chain[:-1] and chain[-2].basis == "told_by":
            mine = self.memory.testimony and chain[-2].name is None
            basis: Basis = "took_part" if mine else "told_by"
            chain = (*chain[:-2], replace(chain[-2], basis=basis), chain[-1])
        if draft.modality == "possible" and chain[-1].stance == "asserts":
            chain = (*chain[:-1], replace(chain[-1], stance="raises_possibility"))
        return chain

    def _acts(
        self,
        sentence: Sentence,
        *,
        said: list[Attribution],
        civic: list[tuple[Draft, Voice | None]],
        denying: bool,
    ) -> list[Draft]:
        """Return what a sentence tells of acts, without what it calls for or remembers."""
        drafts = act_drafts(sentence, denying=denying)
        mark_threats(sentence, drafts=drafts)
        threat = spoken_threat(sentence)
        if threat is not None and not civic:
            meant = [draft for draft in drafts if draft.anchor >= threat.anchor]
            threat.counts = [one for draft in meant[:1] for one in draft.counts if one.min != 1]
            drafts = [draft for draft in drafts if draft.anchor < threat.anchor]
            drafts.append(threat)
        remembered = any(draft.act == "commemoration" for draft, _ in civic)
        called = min((draft.anchor for draft, _ in civic), default=len(sentence.line.tokens) + 1)
        drafts = [draft for draft in drafts if draft.anchor < called - 1 and not remembered]
        again = denied_again(sentence, said=said, drafts=drafts, before=self.memory.told)
        for draft in drafts:
            if draft.denied and self.memory.statement:
                draft.features.add("denial_words")
        return [*drafts, *([again] if again else [])]

    def _carry(self, draft: Draft) -> None:
        """Take over what was told earlier; after "two nights" no date known before holds."""
        if sentence_of(draft.layers).lasting is not None:
            self.memory.date = None
        super()._carry(draft)

    def _topical(self, draft: Draft) -> None:
        """Take the person that an entry of a list is about for the one it befell."""
        of = COUNT_OF_FAMILY.get(FAMILY_OF[draft.act])
        passive = draft.features & {"verb_passive", "victim_pronoun"}
        if self.topic is None or of is None or not passive or draft.denied:
            return
        if any(party.side == "victim" for party in draft.involvements):
            return
        name = self.text[slice(*self.topic)]
        draft.spans.append(("victim", *self.topic))
        draft.involvements.append(
            Involvement(name=name, role="victim", side="victim", inferred=True)
        )
        draft.features.add("victim_inferred")
        if not draft.counts:
            draft.spans.append(("count", *self.topic))
            draft.counts.append(Count(of=of, min=1, max=1, words=name))

    def _state(self, sentence: Sentence, *, said: list[Attribution]) -> None:
        """Keep the speaker of "قال الناطق ما يلي:" for the paragraphs that follow."""
        pattern = cues("speech", "statement", "opens", language=LANGUAGE)
        if said and next(iter(sentence.line.find(pattern)), None) is not None:
            self.statement = replace(said[-1].voice, stance="asserts")

    def _remember(self, layers: Layers, *, drafts: list[Draft]) -> None:
        """Keep the date, the place and the one who acts for the sentences that follow."""
        sentence = sentence_of(layers)
        tokens, memory = sentence.line.tokens, self.memory
        clauses = [at for at, token in enumerate(tokens) if token.key in _RELATIVE]
        dates = [one for one in sentence.dates if not any(at < one.first for at in clauses)]
        if any(draft.act == "commemoration" for draft in drafts):
            dates = []
        dates = [one for one in dates if self._lasts(one, layers=sentence, told=bool(drafts))]
        if dates:
            one = dates[-1]
            memory.moved = one.rule == "same" and one.when.edtf != (memory.day and memory.day.edtf)
            memory.date = one.when, (tokens[one.first].start, tokens[one.last].end)
            memory.day = one.when
        if sentence.lasting is not None and not (dates and dates[-1].first > sentence.lasting):
            memory.date = None
        place = find_place(sentence, near=0)
        if place and is_lasting(sentence, place=place):
            memory.place = tokens[place[0]].start, tokens[place[1]].end
        for at in sorted(sentence.kinds["actors"]):
            if at - 1 not in sentence.prepositions and at - 1 in sentence.stops:
                memory.actor = tokens[at].start, tokens[sentence.phrase(at)].end
                break


def corrected(sentence: Sentence, *, chain: tuple[Voice, ...]) -> tuple[Voice, ...]:
    """Return the chain of who puts right or takes back what it said: "نسحب ما نشرناه"."""
    stances: tuple[Stance, ...] = ("retracts", "corrects")
    for stance in stances:
        pattern = cues("speech", stance, language=LANGUAGE)
        if next(iter(sentence.line.find(pattern)), None) is not None:
            return (*chain[:-1], replace(chain[-1], stance=stance))
    return chain


def is_release(text: str) -> bool:
    """Tell whether one of the first lines says that a body issued the text."""
    kinds = words("speech", "releases", language=LANGUAGE)
    lines = [line for line in text[:_HEAD].splitlines() if line.strip()][:_LINES]
    return any(phrase(line).split()[:1] and phrase(line).split()[0] in kinds for line in lines)


def _untrue(sentence: Sentence) -> bool:
    """Tell whether a sentence says that something told is not so: "غير صحيح"."""
    pattern = cues("speech", "untrue", language=LANGUAGE)
    return next(iter(sentence.line.find(pattern)), None) is not None
