"""A text read block by block, quotation in quotation, into drafts with their voices."""

import re
from dataclasses import replace

from affiant.claims.blocks import WITHOUT_CLAIMS, Block, BlockKind, blocks
from affiant.claims.english.acts import act_drafts
from affiant.claims.english.afterwards import take_up
from affiant.claims.english.appeals import appeals
from affiant.claims.english.attributed import Attribution
from affiant.claims.english.attribution import attributions
from affiant.claims.english.bodily import bodily_drafts
from affiant.claims.english.care import care_withheld
from affiant.claims.english.carrying import (
    about_nobody,
    remember_date,
    speaker_as_victim,
    without_parts,
)
from affiant.claims.english.denials import denial_of_everything
from affiant.claims.english.drafts import Draft
from affiant.claims.english.entries import after_dateline, after_number, entry_of, own_date
from affiant.claims.english.evidence import place_in_page
from affiant.claims.english.fallback import likely_act
from affiant.claims.english.idioms import idiom_drafts
from affiant.claims.english.knowing import basis_of_words
from affiant.claims.english.legal import guarantee, status
from affiant.claims.english.occasions import occasion
from affiant.claims.english.remembrance import commemoration
from affiant.claims.english.responsibility import responsibility
from affiant.claims.english.retold import inside, one_wound
from affiant.claims.english.retorts import answer, corrected, taken_back
from affiant.claims.english.rows import Row, begin_row, complete, rows_of
from affiant.claims.english.settling import remember_told, settle
from affiant.claims.english.survival import deaths_by_survival
from affiant.claims.english.tagging import Sentence, read_sentence
from affiant.claims.english.voices import (
    DOCUMENT,
    Memory,
    Voice,
    apart,
    basis_of_name,
    remember_speakers,
    voices_at,
    with_stance,
)
from affiant.claims.quotations import Quotation, find_quotations
from affiant.language import sentences
from affiant.model.count import Count
from affiant.model.when import When

Spoken = tuple[Draft, tuple[Voice, ...]]

_DEEPEST = 3
_SHORTEST_QUOTE = 8
_I = re.compile(r"\b(?:I|me|my)\b")
_QUOTED = re.compile(r"[“\"«][^”\"»]{0,600}[”\"»]")
_NEW_DAY = re.compile(
    r"(?:On|In|By|At|During|Since|Some|A few|Between|Two|Three|"
    r"The (?:next|following)|Later|About)\b"
)
_OFTEN = 8
_US = frozenset({"i", "we", "my", "our", "me", "us"})
_AS_IT_HAPPENS = re.compile(r"\b(?:just|right)\s+now\b|\bat this moment\b", re.IGNORECASE)


def read_claims(text: str, *, published: str | None) -> list[Spoken]:
    """Return every draft of a text with the voices that say it, in reading order."""
    memory = Memory()
    found: list[Spoken] = []
    every = blocks(text)
    memory.testimony = _is_testimony(text, kinds={block.kind for block in every})
    published = published or own_date(text)
    rows = rows_of(text, blocks=every)
    for at, block in enumerate(every):
        row = rows.get(block.start)
        if row is not None:
            told = _read_row(text, row=row, memory=memory, published=published)
        elif block.kind in WITHOUT_CLAIMS:
            continue
        else:
            told = _read_block(text, block=block, memory=memory, published=published)
        beside = every[max(at - 1, 0) : at + 2]
        near_menu = any(other.kind in WITHOUT_CLAIMS for other in beside)
        for draft, _ in told:
            draft.features |= place_in_page(block, near_menu=near_menu)
        found.extend(told)
    return found


def _read_row(text: str, *, row: Row, memory: Memory, published: str | None) -> list[Spoken]:
    """Return the drafts of one row of a list, told by whom its last column names."""
    memory.new_paragraph()
    begin_row(text, row=row, memory=memory)
    subject, how_many = memory.subject, memory.how_many
    told = _read_stretch(text, span=row.what, outer=(DOCUMENT,), memory=memory, published=published)
    memory.subject, memory.how_many = subject, how_many
    return [
        (draft, complete(text, draft=draft, chain=chain, row=row, memory=memory))
        for draft, chain in told
    ]


def _is_testimony(text: str, *, kinds: set[BlockKind]) -> bool:
    """Tell whether the document itself says "I", outside quotation marks, again and again."""
    if "chat" in kinds:
        return False
    own = _QUOTED.sub("", text)
    return len(_I.findall(own)) >= _OFTEN


def _read_block(text: str, *, block: Block, memory: Memory, published: str | None) -> list[Spoken]:
    """Return the drafts of one block."""
    known = memory.known if block.kind == "chat" else {}
    goes_on = _goes_on(text, block=block, memory=memory)
    memory.new_paragraph(keeping=goes_on, same_place=goes_on and block.kind == "paragraph")
    memory.known.update(known)
    opened, memory.open_chain = memory.open_chain, None
    start = block.start
    outer: tuple[Voice, ...] = (DOCUMENT,)
    if block.writer is not None:
        name = text[slice(*block.writer)]
        memory.speaker = memory.speaker if memory.writer == name else None
        memory.writer = name
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
    found = taken_back(found, text=text, start=start)
    for draft, chain in found:
        draft.known = memory.known.get(chain[-1].name, draft.known)
        _date_by_message(draft, block=block, text=text, chain=chain)
    return found


def _goes_on(text: str, *, block: Block, memory: Memory) -> bool:
    """Tell whether a block goes on with what the one before told: a chat, or one who testifies."""
    if block.kind == "chat":
        return True
    told = memory.testimony and block.kind == "paragraph"
    return told and _NEW_DAY.match(text, block.start, block.end) is None


def _date_by_message(draft: Draft, *, block: Block, text: str, chain: tuple[Voice, ...]) -> None:
    """Give the day of a message to what its writer sees as it is written."""
    if block.day is None or block.stamp is None or draft.modality != "actual" or draft.denied:
        return
    first = draft.sentence.lows(max(draft.anchor - 3, 0), last=draft.anchor)
    seen = draft.known[0] == "saw" and len(chain) == 2
    now = _AS_IT_HAPPENS.search(text, *draft.bounds) is not None
    going_on = first[-1].endswith("ing") and bool({"are", "is", "re", "'re"} & set(first))
    if going_on and len(chain) == 2 and draft.known[0] == "none_given":
        draft.known = ("saw", (draft.sentence.start, draft.sentence.end))
    if draft.when is None and (seen or now or going_on):
        words = text[slice(*block.stamp)]
        draft.when = When(edtf=block.day, basis="explicit", words=words)
        draft.spans.append(("when", *block.stamp))


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
        if not _US.isdisjoint(token.low for token in sentence.tokens):
            _remember_seeing(text, span=sentence_span, voice=outer[-1], memory=memory)
        asked, asking = appeals(sentence)
        said = sorted([*attributions(sentence), *asking], key=lambda one: -one.size)
        told = _read_sentence(sentence, asked=asked, said=said, outer=outer, memory=memory)
        if len(outer) > 1 and outer[-1].how != "chat_writer":
            for draft, _ in told:
                draft.bounds = span
        told.extend(answer(sentence, found=found, outer=outer, memory=memory))
        take_up(sentence, found=found, told=told, memory=memory)
        memory.told = found[-1] if found else memory.told
        for quote in quotes:
            if sentence_span[0] <= quote.start < sentence_span[1]:
                chain = _chain_of(sentence, quote=quote, outer=outer, said=said, memory=memory)
                inner = _read_quote(
                    text, quote=quote, chain=chain, memory=memory, published=published
                )
                found.extend(inner)
        remember_speakers(sentence, said=said, memory=memory)
    return found


def _read_quote(
    text: str,
    *,
    quote: Quotation,
    chain: tuple[Voice, ...],
    memory: Memory,
    published: str | None,
) -> list[Spoken]:
    """Return the drafts of a quotation; one that is not closed goes on in the next block."""
    if not quote.closed:
        memory.open_chain = chain
    span = (quote.inner_start, quote.inner_end)
    if len(chain) > _DEEPEST + 1 or span[1] - span[0] <= _SHORTEST_QUOTE:
        return []
    return _read_stretch(text, span=span, outer=chain, memory=memory, published=published)


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
    acts = _acts_of(sentence, asked=asked, said=said)
    acts = without_parts(sentence, acts=acts, memory=memory)
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
    if not acts and not asked and not others and denial is None:
        acts = likely_act(sentence)
    found: list[Spoken] = []
    for draft in [*acts, *asked, *others, *([denial] if denial else [])]:
        chain = voices_at(sentence, index=draft.anchor, outer=outer, said=said, memory=memory)
        speaker_as_victim(draft, chain=chain, said=said)
        told_by = _told(draft, chain=chain, said=said)
        told_by = corrected(draft, chain=told_by)
        found.extend((draft, each) for each in apart(told_by))
    remember_date(sentence, acts=acts, memory=memory)
    settle(acts, says={id(draft): chain[-1].name for draft, chain in found}, memory=memory)
    acts[:] = [draft for draft in acts if not about_nobody(draft)]
    found = [(draft, chain) for draft, chain in found if not about_nobody(draft)]
    voice = found[-1][1][-1].name if found else outer[-1].name
    remember_told(sentence, acts=acts, memory=memory, voice=voice)
    return found


def _acts_of(sentence: Sentence, *, asked: list[Draft], said: list[Attribution]) -> list[Draft]:
    """Return the acts that the sentence tells, without those that it only calls for."""
    spans = [span for draft in asked for span in draft.spans if span[0] == "act"]
    acts = [
        draft
        for draft in act_drafts(sentence, said=said)
        if not any(start <= sentence.tokens[draft.anchor].start < end for _, start, end in spans)
    ]
    bodily = bodily_drafts(sentence, taken=[*acts, *asked])
    lived = deaths_by_survival(sentence, taken=acts)
    turns = idiom_drafts(sentence, taken=[*acts, *asked, *bodily, *lived])
    acts = one_wound([*acts, *bodily, *lived])
    hurt = any(draft.act == "wounding" for draft in acts)
    turns = [one for one in turns if not (hurt and one.act == "wounding")]
    return [*[draft for draft in acts if not inside(draft, others=turns)], *turns]


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
    single = [count for count in draft.counts if count.min == count.max == 1]
    if any(party.side == "accused" for party in draft.involvements):
        return single
    return single or [
        Count(of=count.of, min=0, max=0, words=count.words)
        for count in draft.counts
        if count.words.lower() in ("anyone", "anybody", "any person", "any people")
    ]
