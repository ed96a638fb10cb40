"""A text read block by block, quotation in quotation, into drafts with their voices."""

import re
from dataclasses import replace

from affiant.claims.blocks import WITHOUT_CLAIMS, Block, blocks
from affiant.claims.english.acts import act_drafts
from affiant.claims.english.appeals import appeals
from affiant.claims.english.attributed import Attribution
from affiant.claims.english.attribution import attributions
from affiant.claims.english.care import care_withheld
from affiant.claims.english.clauses import other_occasions
from affiant.claims.english.counting import is_single
from affiant.claims.english.denials import denial_of_everything
from affiant.claims.english.drafts import Draft
from affiant.claims.english.entries import after_dateline, after_number, entry_of, own_date
from affiant.claims.english.evidence import place_in_page
from affiant.claims.english.idioms import idiom_drafts
from affiant.claims.english.knowing import basis_of_words
from affiant.claims.english.later_parts import FAMILIES, parts_told
from affiant.claims.english.legal import guarantee, status
from affiant.claims.english.occasions import occasion
from affiant.claims.english.parties import is_pronoun, victims
from affiant.claims.english.phrases import Phrase, core
from affiant.claims.english.remembrance import commemoration
from affiant.claims.english.responsibility import responsibility
from affiant.claims.english.subjects import subject_before
from affiant.claims.english.tagging import Sentence, number_words, read_sentence
from affiant.claims.english.voices import (
    DOCUMENT,
    Memory,
    Voice,
    basis_of_name,
    remember_speakers,
    voices_at,
    with_stance,
)
from affiant.claims.quotations import Quotation, find_quotations
from affiant.language import sentences
from affiant.model.count import Count
from affiant.model.vocabulary import FAMILY_OF

Spoken = tuple[Draft, tuple[Voice, ...]]

_DEEPEST = 3
_PRONOUNS = frozenset(
    {
        "they",
        "he",
        "she",
        "them",
        "him",
        "it",
        "their",
        "his",
        "her",
        "we",
        "i",
    }
)
_BACK = re.compile(
    r"\b(?:earlier|previously|before that|years? ago|in the past|another|separate(?:ly)?)\b",
    re.IGNORECASE,
)


def read_claims(text: str, *, published: str | None) -> list[Spoken]:
    """Return every draft of a text with the voices that say it, in reading order."""
    memory = Memory()
    found: list[Spoken] = []
    every = blocks(text)
    published = published or own_date(text)
    for at, block in enumerate(every):
        if block.kind in WITHOUT_CLAIMS:
            continue
        told = _read_block(text, block=block, memory=memory, published=published)
        beside = every[max(at - 1, 0) : at + 2]
        near_menu = any(other.kind in WITHOUT_CLAIMS for other in beside)
        for draft, _ in told:
            draft.features |= place_in_page(block, near_menu=near_menu)
        found.extend(told)
    return found


def _read_block(text: str, *, block: Block, memory: Memory, published: str | None) -> list[Spoken]:
    """Return the drafts of one block."""
    memory.new_paragraph()
    opened, memory.open_chain = memory.open_chain, None
    start = block.start
    outer: tuple[Voice, ...] = (DOCUMENT,)
    if block.writer is not None:
        outer = _written_by(text, span=block.writer)
    elif opened is not None:
        if text[start] in '“"„':
            memory.chain = opened
        else:
            outer = opened
    else:
        start = _lead_in(text, block=block, memory=memory, published=published)
    found = _read_stretch(
        text, span=(start, block.end), outer=outer, memory=memory, published=block.day or published
    )
    for draft, chain in found:
        draft.known = memory.known.get(chain[-1].name, draft.known)
    return found


def _lead_in(text: str, *, block: Block, memory: Memory, published: str | None) -> int:
    """Return where the words of a block begin; keep the date and place that stand before."""
    start = after_number(text, start=block.start, end=block.end)
    if block.kind in ("paragraph", "quotation"):
        start = after_dateline(text, start=start, end=block.end)
    entry = entry_of(text, start=start, end=block.end, published=published)
    if entry is None:
        return start
    memory.when, memory.entry = entry.date.when, entry
    return entry.start


def _written_by(text: str, *, span: tuple[int, int]) -> tuple[Voice, ...]:
    """Return the voices of a message: the page passes on what its writer says."""
    name = text[slice(*span)]
    writer = Voice(name, span=span, basis=basis_of_name(name), how="chat_writer")
    return replace(DOCUMENT, stance="reports"), writer


def _read_stretch(
    text: str,
    *,
    span: tuple[int, int],
    outer: tuple[Voice, ...],
    memory: Memory,
    published: str | None,
) -> list[Spoken]:
    """Return the drafts between two offsets that one voice says, and of its quotations."""
    quotes = find_quotations(text, start=span[0], end=span[1])
    masks = [(quote.start, quote.end) for quote in quotes]
    found: list[Spoken] = []
    for sentence_span in _outer_sentences(text, span=span, quotes=quotes):
        inside = [mask for mask in masks if sentence_span[0] <= mask[0] < sentence_span[1]]
        sentence = read_sentence(text, span=sentence_span, quotes=inside, published=published)
        _remember_seeing(text, span=sentence_span, voice=outer[-1], memory=memory)
        asked, asking = appeals(sentence)
        said = sorted([*attributions(sentence), *asking], key=lambda one: -one.size)
        told = _read_sentence(sentence, asked=asked, said=said, outer=outer, memory=memory)
        if len(outer) > 1 and outer[-1].how != "chat_writer":
            for draft, _ in told:
                draft.bounds = span
        found.extend(told)
        for quote in quotes:
            if sentence_span[0] <= quote.start < sentence_span[1]:
                chain = _chain_of(sentence, quote=quote, outer=outer, said=said, memory=memory)
                if not quote.closed:
                    memory.open_chain = chain
                if len(outer) < _DEEPEST + 1 and quote.inner_end - quote.inner_start > 8:
                    found.extend(
                        _read_stretch(
                            text,
                            span=(quote.inner_start, quote.inner_end),
                            outer=chain,
                            memory=memory,
                            published=published,
                        )
                    )
        remember_speakers(sentence, said=said, memory=memory)
    return found


def _remember_seeing(text: str, *, span: tuple[int, int], voice: Voice, memory: Memory) -> None:
    """Keep that a voice says in this paragraph to have seen what it tells."""
    known = basis_of_words(text, bounds=span, own=True)
    if known[0] == "saw":
        memory.known.setdefault(voice.name, known)


def _outer_sentences(
    text: str, *, span: tuple[int, int], quotes: list[Quotation]
) -> list[tuple[int, int]]:
    """Return the sentences of a stretch in which full stops inside quotations end nothing."""
    pieces, at = [], span[0]
    for quote in quotes:
        keep = max(quote.start + 1, quote.end - 2)
        pieces.append(text[at : quote.start + 1] + "x" * (keep - quote.start - 1))
        at = keep
    pieces.append(text[at : span[1]])
    shadow = "".join(pieces)
    return [(start + span[0], end + span[0]) for start, end in sentences(shadow)]


def _chain_of(
    sentence: Sentence,
    *,
    quote: Quotation,
    outer: tuple[Voice, ...],
    said: list[Attribution],
    memory: Memory,
) -> tuple[Voice, ...]:
    """Return the voices of a quotation; one without a cue goes on with the voice before."""
    index = next((at for at, token in enumerate(sentence.tokens) if token.start == quote.start), 0)
    chain = voices_at(sentence, index=index, outer=outer, said=said, memory=memory)
    if len(chain) == len(outer) and memory.chain:
        chain = (*memory.chain[:-1], replace(memory.chain[-1], how="speaker_carried"))
    elif len(chain) == len(outer):
        chain = with_stance(outer, stance="reports")
    memory.chain = chain
    return chain


def _read_sentence(
    sentence: Sentence,
    *,
    asked: list[Draft],
    said: list[Attribution],
    outer: tuple[Voice, ...],
    memory: Memory,
) -> list[Spoken]:
    """Return the drafts of one sentence, pronouns and carried dates resolved as marked."""
    spans = [span for draft in asked for span in draft.spans if span[0] == "act"]
    acts = [
        draft
        for draft in act_drafts(sentence, said=said)
        if not any(start <= sentence.tokens[draft.anchor].start < end for _, start, end in spans)
    ]
    acts = [*acts, *idiom_drafts(sentence, taken=[*acts, *asked])]
    acts = _without_parts(sentence, acts=acts, memory=memory)
    held = status(sentence)
    told = (
        held,
        guarantee(sentence, holder=held),
        commemoration(sentence),
        care_withheld(sentence),
        occasion(sentence, said=said),
        responsibility(sentence, acts=acts),
    )
    others = [draft for draft in told if draft is not None]
    denial = denial_of_everything(sentence, said=said, acts=acts)
    found: list[Spoken] = []
    for draft in [*acts, *asked, *others, *([denial] if denial else [])]:
        chain = voices_at(sentence, index=draft.anchor, outer=outer, said=said, memory=memory)
        found.append((draft, _told(draft, chain=chain, said=said)))
    _remember_date(sentence, acts=acts, memory=memory)
    for draft in acts:
        _resolve(draft, memory=memory)
    for draft in acts:
        _remember(draft, memory=memory)
    _remember_subject(sentence, memory=memory)
    return found


def _without_parts(sentence: Sentence, *, acts: list[Draft], memory: Memory) -> list[Draft]:
    """Return the acts that are more than a part of a number told before; add such parts to it."""
    told = parts_told(sentence)
    if told is None or not memory.counted:
        return acts
    parts, (first, last) = told
    family = next((FAMILIES[low] for low in sentence.lows(0, last=8) if low in FAMILIES), "")
    before = memory.counted.get(family, memory.counted[""])
    before.counts[0] = replace(
        before.counts[0], breakdown=(*before.counts[0].breakdown, *parts), relation="includes"
    )
    before.quote_in(sentence, slot="count", first=first, last=last)
    before.features.add("count_parts")
    return [draft for draft in acts if draft.anchor > last]


def _person(name: str) -> bool:
    """Tell whether a name is a person's: with a title, or two words in capitals."""
    words = name.split()
    titled = words[0].rstrip(".") in ("Mr", "Mrs", "Ms", "Dr", "Col", "Gen", "Prof", "Judge")
    return titled or (
        len(words) == 2 and all(word[0].isupper() for word in words) and words[0] != "The"
    )


def _told(draft: Draft, *, chain: tuple[Voice, ...], said: list[Attribution]) -> tuple[Voice, ...]:
    """Return the chain with what the last voice does to the act: denies, passes on."""
    stance = chain[-1].stance
    if stance in ("denies", "disputes") and draft.denies is None:
        one = next((one for one in said if one.stance == stance and one.holds(draft.anchor)), None)
        if one is not None:
            first, last = one.content[0]
            tokens = draft.sentence.tokens
            while last > first and tokens[last].tag in ("punct", "quote"):
                last -= 1
            draft.denies = (tokens[first].start, tokens[last].end)
            if stance == "denies":
                draft.counts[:] = _none_of_any(draft)
            draft.why.append(f"{stance} by “{tokens[one.cue].text}”")
    if draft.denied:
        return with_stance(chain, stance="denies")
    if draft.hearsay and chain[-1].stance == "asserts":
        return with_stance(chain, stance="reports")
    return chain


def _none_of_any(draft: Draft) -> list[Count]:
    """Return nought for a denial "that anyone was killed"; other numbers are not asserted."""
    if any(party.side == "accused" for party in draft.involvements):
        return []
    return [
        Count(of=count.of, min=0, max=0, words=count.words)
        for count in draft.counts
        if count.words.lower() in ("anyone", "anybody", "any person", "any people")
    ]


def _resolve(draft: Draft, *, memory: Memory) -> None:
    """Fill a pronoun from the paragraph, marked as inferred; carry a date, marked as context."""
    for index, party in enumerate(draft.involvements):
        if party.name.lower().split()[0] not in _PRONOUNS or len(party.name.split()) > 2:
            continue
        lives = party.name.lower().endswith(("lives", "life"))
        victims_known = memory.killed if lives and memory.killed else memory.victims
        known = (victims_known or memory.subject) if party.side == "victim" else memory.accused
        if len(party.name.split()) == 2 and not lives:
            continue
        if known is not None and _agrees(party.name, name=known.name):
            draft.why.append(f"“{party.name}” taken for “{known.name}”")
            draft.involvements[index] = replace(
                party, name=known.name, strength=known.strength, inferred=True
            )
        else:
            draft.involvements[index] = replace(party, strength="unnamed")
    if memory.entry is not None and memory.entry.place is not None and draft.where is None:
        draft.where = draft.sentence.text[slice(*memory.entry.place)]
        draft.spans.append(("where", *memory.entry.place))
        draft.features.add("place_carried")
    told = draft.modality == "actual" and not draft.denied
    back = _BACK.search(draft.sentence.text, draft.sentence.start, draft.sentence.end)
    if draft.when is None and memory.when is not None and not memory.mixed and told and not back:
        draft.when = memory.when if memory.entry else replace(memory.when, basis="context")
        draft.why.append("date carried from the paragraph")
        draft.features.add("date_carried")


def _agrees(pronoun: str, *, name: str) -> bool:
    """Tell whether "they" or "she" can stand for a name, by number."""
    words = name.lower().split()
    last = words[-1].rstrip(".")
    single = words[0] in ("a", "an", "one")
    plural = not single and (
        last.endswith(("s", "men", "people", "children", "staff"))
        or " and " in name.lower()
        or words[0][0].isdigit()
        or words[0] in number_words()
    )
    return plural if pronoun.lower().split()[0] in ("they", "them", "their") else not plural


def _remember_date(sentence: Sentence, *, acts: list[Draft], memory: Memory) -> None:
    """Keep the one date that a sentence of the paragraph gives, though to no act that we know.

    The date of a statement, an anniversary or a document is no such date, nor is a span.
    """
    dated = [mention.when for mention in sentence.dates if mention.when.edtf]
    if memory.when is not None or len(dated) != 1 or any(draft.when for draft in acts):
        return
    lows = {token.low for token in sentence.tokens}
    spoken = any(token.tag == "speech" for token in sentence.tokens)
    if lows & other_occasions() or spoken or "/" in (dated[0].edtf or ""):
        return
    if len(dated[0].edtf or "") == 10:
        memory.when = dated[0]


def _remember(draft: Draft, *, memory: Memory) -> None:
    """Keep the parties and the date of an act for the rest of the paragraph."""
    for party in draft.involvements:
        if party.inferred or (party.strength == "unnamed" and party.name.lower() in _PRONOUNS):
            continue
        if party.side == "victim":
            memory.victims = party
            memory.killed = party if FAMILY_OF[draft.act] == "killing" else memory.killed
        elif party.role == "direct_perpetrator":
            memory.accused = party
    if draft.counts and (draft.counts[0].min or 0) > 1:
        memory.counted[""] = memory.counted[FAMILY_OF[draft.act]] = draft
    if draft.when is not None and draft.when.basis == "explicit" and draft.when.edtf:
        if memory.when is not None and memory.when.edtf != draft.when.edtf:
            memory.mixed = True
        memory.when = draft.when


def _remember_subject(sentence: Sentence, *, memory: Memory) -> None:
    """Keep the subject of the sentence for a pronoun in the next."""
    for at in range(1, min(30, len(sentence.tokens))):
        if sentence.tag(at) in ("be", "have", "verb", "act", "modal", "speech"):
            subject = subject_before(sentence, index=at)
            if subject is not None and not is_pronoun(
                sentence, phrase=Phrase(subject.first, subject.last)
            ):
                memory.subject = victims(sentence, patient=subject)
                short = core(sentence, phrase=subject)
                span = (sentence.tokens[short.first].start, sentence.tokens[short.last].end)
                one = is_single(sentence, phrase=short) and memory.subject.strength != "unit"
                if one or (memory.subject.strength == "named" and _person(memory.subject.name)):
                    memory.speaker = Voice(memory.subject.name, span=span)
                elif memory.subject.strength in ("named", "unit"):
                    memory.body = Voice(memory.subject.name, span=span)
            return
