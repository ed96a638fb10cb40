"""What points back: "همه", "یازده تن از آنان", "این ادعا"."""

from dataclasses import replace

from affiant.claims.arabic_script.counting import part_numbers
from affiant.claims.arabic_script.drafts import Draft, Layers
from affiant.claims.arabic_script.patterns import cues, words
from affiant.claims.arabic_script.speakers import Attribution, Memory, Voice
from affiant.model.count import Count, Part
from affiant.model.vocabulary import COUNT_OF_FAMILY, FAMILY_OF

Spoken = tuple[Draft, tuple[Voice, ...]]


def count_again(draft: Draft, *, memory: Memory) -> None:
    """Give an act done to "all of them" the number of those counted just before."""
    layers, of = draft.layers, COUNT_OF_FAMILY.get(FAMILY_OF[draft.act])
    everyone = words("people", "all", language=layers.language)
    victim = next((span for span in draft.spans if span[0] == "victim"), None)
    if draft.counts or of is None or victim is None or draft.denied:
        return
    first = layers.line.tokens[layers.line_at(victim[1])].key
    if first not in everyone:
        return
    parts = part_numbers(layers)
    at = layers.line_at(victim[1])
    near = [
        one
        for one in layers.people
        if one.kind != "bare" and one.last < draft.anchor and one.number.first not in parts
    ]
    near = [one for one in near if one.last > at or _is_done(layers, after=one.last, before=at)]
    if not near and any(one.last < at for one in layers.people):
        return
    if near:
        number = near[-1].number
        exact = draft.quote("count", first=number.first, last=near[-1].last)
        of = "other" if near[-1].kind == "family" else of
        draft.counts.append(Count(of=of, min=number.low, max=number.high, words=exact))
    elif memory.number is not None and memory.number_at is not None:
        draft.spans.append(("count", *memory.number_at))
        draft.counts.append(replace(memory.number, of=of, breakdown=(), relation="unstated"))


def _is_done(layers: Layers, *, after: int, before: int) -> bool:
    """Tell whether a clause ends between two words: else those counted are the subject."""
    return any(after < last < before for _, last in layers.verbs)


def remember_number(layers: Layers, *, drafts: list[Draft], memory: Memory) -> None:
    """Keep the people counted last, for what points back to them."""
    parts = part_numbers(layers)
    told = [one for one in layers.people if one.kind != "bare" and one.number.first not in parts]
    if not told:
        return
    number, last = told[-1].number, max(told[-1].last, told[-1].number.last)
    tokens = layers.line.tokens
    memory.number_at = tokens[number.first].start, tokens[last].end
    exact = layers.line.exact(number.first, last=last)
    scope = drafts[-1].counts[0].scope if drafts and drafts[-1].counts else "event"
    memory.number = Count(of="other", min=number.low, max=number.high, words=exact, scope=scope)


def of_a_total(draft: Draft, *, memory: Memory) -> None:
    """Mark "twenty of them" as a total where those pointed to are a total."""
    layers = draft.layers
    pattern = cues("numbers", "units", "part_of", language=layers.language)
    points = next(layers.line.find(pattern), None)
    if points and memory.number is not None and memory.number.scope == "aggregate":
        draft.counts = [replace(count, scope="aggregate") for count in draft.counts]


def add_part(found: list[Spoken], *, layers: Layers) -> None:
    """Add "eleven of them were under ten", a sentence of its own, to the number before."""
    after = cues("numbers", "units", "part_of", language=layers.language)
    if not layers.people or not found or not found[-1][0].counts:
        return
    one, draft = layers.people[0], found[-1][0]
    end = max(one.last, one.number.last)
    if not any(0 < first - end <= 1 for first, _, _ in layers.line.find(after)):
        return
    count = draft.counts[0]
    part = Part(
        words=layers.line.exact(one.number.first, last=end),
        min=one.number.low,
        max=one.number.high,
    )
    if (count.min or count.max or 0) > (part.min or part.max or 0):
        draft.counts[0] = replace(count, breakdown=(*count.breakdown, part), relation="includes")
        draft.features.add("count_parts")


def denied_again(layers: Layers, *, said: list[Attribution], before: Draft | None) -> Draft | None:
    """Return the act told before as one that a voice denies: "وزارت این گزارش را رد کرد"."""
    if before is None:
        return None
    pattern = cues("speech", "this_claim", language=layers.language)
    for one in said:
        if one.voice.stance != "denies":
            continue
        for first, last, _ in layers.line.find(pattern):
            if one.holds(first) and last < one.cue[0]:
                draft = Draft(layers, anchor=last, act=before.act)
                draft.quote("act", first=first, last=one.cue[1])
                draft.why.append(f"“{layers.line.exact(first, last=one.cue[1])}” (denial)")
                draft.features.add("denial_words")
                return draft
    return None
