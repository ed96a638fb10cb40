"""An Arabic text read block by block, with the grammar of Arabic."""

from dataclasses import replace

from affiant.claims.arabic.acts import act_drafts
from affiant.claims.arabic.civic import civic_draft
from affiant.claims.arabic.patterns import LANGUAGE
from affiant.claims.arabic.places import find_place
from affiant.claims.arabic.sentence import Sentence
from affiant.claims.arabic.tokens import arabic_shadow
from affiant.claims.arabic.voices import attributions, chain_of
from affiant.claims.arabic_script.drafts import Draft, Layers
from affiant.claims.arabic_script.patterns import cues
from affiant.claims.arabic_script.reading import Reader, Spoken, is_told, stanced
from affiant.claims.arabic_script.voices import Attribution, Voice, known_by
from affiant.claims.blocks import Block
from affiant.claims.quotations import Quotation


class ArabicReader(Reader):
    """Reads one Arabic text; blocks and quotations are read as in every language."""

    def _layers(
        self, begin: int, *, end: int, quotes: list[Quotation], block: Block
    ) -> Layers:
        spans, at = [], begin
        for quote in quotes:
            spans.append((at, quote.inner_start))
            at = quote.inner_end
        spans.append((at, end))
        line = arabic_shadow(self.text, spans=spans)
        return Sentence(line, self.language, block.day or self.published)

    def _attributed(self, layers: Layers) -> list[Attribution]:
        return attributions(layers, memory=self.memory)  # type: ignore[arg-type]

    def _chain(
        self, layers: Layers, *, at: int, outer: tuple[Voice, ...], said: list[Attribution]
    ) -> tuple[Voice, ...]:
        return chain_of(layers, at=at, outer=outer, said=said, memory=self.memory)  # type: ignore[arg-type]

    def _sentence(
        self, layers: Layers, *, said: list[Attribution], outer: tuple[Voice, ...]
    ) -> list[Spoken]:
        """Return the drafts of one sentence with their voices."""
        sentence: Sentence = layers  # type: ignore[assignment]
        told = known_by(layers)
        if told is not None:
            self.memory.known = told
        denying = any(one.voice.stance == "denies" for one in said) or _untrue(sentence)
        civic = civic_draft(sentence)
        found: list[Spoken] = []
        for draft in act_drafts(sentence, denying=denying):
            if civic is not None and draft.anchor >= civic[0].anchor - 1 or _is_remembered(civic):
                continue
            chain = self._chain(layers, at=draft.anchor, outer=outer, said=said)
            chain = self._known(draft, chain=chain, said=said, told=told is not None)
            self._carry(draft)
            draft.denied = draft.denied or (_untrue(sentence) and len(chain) > 1)
            found.append((draft, stanced(draft, chain=_only_if_denied(draft, chain=chain))))
        if civic is not None:
            found.append((civic[0], self._civic_chain(civic, layers=layers, outer=outer, said=said)))
        self._remember(layers)
        return [(draft, chain) for draft, chain in found if is_told(draft, chain=chain)]

    def _civic_chain(
        self,
        civic: tuple[Draft, Voice | None],
        *,
        layers: Layers,
        outer: tuple[Voice, ...],
        said: list[Attribution],
    ) -> tuple[Voice, ...]:
        draft, voice = civic
        chain = self._chain(layers, at=draft.anchor, outer=outer, said=said)
        if voice is None or len(chain) > 1:
            return chain
        return (replace(chain[-1], stance="reports"), voice)

    def _remember(self, layers: Layers) -> None:
        """Keep the date, the place and the one who acts for the sentences that follow."""
        sentence: Sentence = layers  # type: ignore[assignment]
        tokens, memory = sentence.line.tokens, self.memory
        if sentence.dates:
            one = sentence.dates[-1]
            memory.date = one.when, (tokens[one.first].start, tokens[one.last].end)
        place = find_place(sentence, near=0)
        if place:
            memory.place = tokens[place[0]].start, tokens[place[1]].end
        for at in sorted(sentence.kinds["actors"]):
            if at - 1 not in sentence.prepositions and at - 1 in sentence.stops:
                memory.actor = tokens[at].start, tokens[sentence.phrase(at)].end
                break


def _is_remembered(civic: tuple[Draft, Voice | None] | None) -> bool:
    return civic is not None and civic[0].act == "commemoration"


def _untrue(sentence: Sentence) -> bool:
    """Tell whether a sentence says that something told is not so: "غير صحيح"."""
    pattern = cues("speech", "untrue", language=LANGUAGE)
    return next(iter(sentence.line.find(pattern)), None) is not None


def _only_if_denied(draft: Draft, *, chain: tuple[Voice, ...]) -> tuple[Voice, ...]:
    """Return the chain; who denies that it was not so asserts it."""
    if draft.denied and chain[-1].stance == "denies":
        draft.denied = False
    return chain
