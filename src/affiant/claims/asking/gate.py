"""The gate between a model's reply and a suggestion: exact words, or nothing; never a repair."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from affiant.claims.asking.figures import bounds_in, date_in
from affiant.claims.asking.numbered import Numbered
from affiant.claims.asking.proposal import Passage, Proposal, ProposedCount
from affiant.claims.asking.reply import proposals_in
from affiant.model.claim import Claim, ClaimOrigin
from affiant.model.count import Count
from affiant.model.involvement import Involvement
from affiant.model.quote import Quote
from affiant.model.speaker import Speaker
from affiant.model.where import Where

Flaw = Literal[
    "reply_not_in_form",
    "no_such_sentence",
    "quote_not_exact",
    "quote_not_unique",
    "no_act_quote",
    "no_speaker",
    "name_not_in_quote",
    "number_not_in_quote",
    "words_not_in_quote",
    "basis_without_words",
]

FLAWS: Final[dict[Flaw, str]] = {
    "reply_not_in_form": "The reply is not the JSON that was asked for.",
    "no_such_sentence": "A passage names a sentence that was not asked about.",
    "quote_not_exact": "A passage does not stand in its sentence to the character.",
    "quote_not_unique": "A passage stands in its sentence more than once.",
    "no_act_quote": "No passage tells the act.",
    "no_speaker": "Nobody says it.",
    "name_not_in_quote": "A name does not stand in a passage of its slot.",
    "number_not_in_quote": "A number does not follow from the words that are to give it.",
    "words_not_in_quote": "Words of a date, place, method or denial stand in no passage.",
    "basis_without_words": "A basis of knowledge is named without the words that show it.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a reply is about.

    Attributes:
        text_digest: The text that the sentences are from.
        sentences: The sentences that were asked about, by number.
        language: Language of the text, ISO 639-1.
        published: The document's own date as EDTF, or None.
        origin: Tool and version that the claims name.
    """

    text_digest: str
    sentences: Mapping[int, Numbered]
    language: str
    published: str | None
    origin: ClaimOrigin


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """What came through the gate.

    Attributes:
        claims: Each with quotes that stand in the text to the character.
        dropped: Flaw to how many proposals had it first.
    """

    claims: tuple[Claim, ...]
    dropped: Mapping[Flaw, int]


def admit(reply: str, *, about: About) -> Admitted:
    """Let through the proposals of a reply whose every word stands where they say.

    A proposal with one flaw is dropped whole and counted; nothing is trimmed, corrected or
    looked for nearby. A proposal that is not in the form asked for takes no other with it.
    """
    proposals, broken = proposals_in(reply)
    dropped: Counter[Flaw] = Counter({"reply_not_in_form": broken} if broken else {})
    claims: dict[Claim, None] = {}
    for proposal in proposals:
        found = _claim(proposal, about=about)
        if isinstance(found, Claim):
            claims[found] = None
        else:
            dropped[found] += 1
    return Admitted(claims=tuple(claims), dropped=dict(dropped))


def _claim(proposal: Proposal, *, about: About) -> Claim | Flaw:
    """Return the claim that a proposal makes, or its first flaw."""
    quotes: list[Quote] = []
    for passage in proposal.passages:
        quote = _quote(passage, about=about)
        if not isinstance(quote, Quote):
            return quote
        quotes.append(quote)
    if not any(quote.slot == "act" for quote in quotes):
        return "no_act_quote"
    flaw = _flaw(proposal, quotes=quotes, language=about.language)
    if flaw is not None:
        return flaw
    return Claim(
        quotes=tuple(dict.fromkeys(sorted(quotes, key=_act_first))),
        speakers=tuple(
            Speaker(name=voice.name, stance=voice.stance, basis=voice.basis)
            for voice in proposal.speakers
        ),
        modality=proposal.modality,
        act=proposal.act,
        method=proposal.method,
        involvements=tuple(
            Involvement(name=party.name, role=party.role, side=party.side)
            for party in proposal.involvements
        ),
        counts=tuple(
            Count(of=count.of, min=count.min, max=count.max, words=count.words)
            for count in proposal.counts
        ),
        when=date_in(proposal.when, language=about.language, published=about.published)
        if proposal.when
        else None,
        where=Where(words=proposal.where) if proposal.where else None,
        denies=proposal.denies,
        language=about.language,
        origin=about.origin,
    )


def _act_first(quote: Quote) -> bool:
    return quote.slot != "act"


def _quote(passage: Passage, *, about: About) -> Quote | Flaw:
    """Return where a passage stands, if it stands in its sentence once, to the character."""
    sentence = about.sentences.get(passage.sentence)
    if sentence is None:
        return "no_such_sentence"
    at = sentence.exact.find(passage.exact) if passage.exact.strip() else -1
    if at < 0:
        return "quote_not_exact"
    if sentence.exact.find(passage.exact, at + 1) >= 0:
        return "quote_not_unique"
    start = sentence.start + at
    return Quote(
        slot=passage.slot,
        exact=passage.exact,
        start=start,
        end=start + len(passage.exact),
        text_digest=about.text_digest,
    )


def _flaw(proposal: Proposal, *, quotes: Sequence[Quote], language: str) -> Flaw | None:
    """Return the first thing in a proposal that its passages do not show, or None."""
    if not proposal.speakers:
        return "no_speaker"
    based = any(voice.basis != "none_given" for voice in proposal.speakers)
    if based and not any(quote.slot == "basis" for quote in quotes):
        return "basis_without_words"
    if not all(_stands(words, quotes=quotes, slots=slots) for words, slots in _names(proposal)):
        return "name_not_in_quote"
    if not all(_stands(words, quotes=quotes, slots=slots) for words, slots in _words(proposal)):
        return "words_not_in_quote"
    if not all(_follows(count, language=language) for count in proposal.counts):
        return "number_not_in_quote"
    return None


def _names(proposal: Proposal) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each name of a proposal with the slots in one of which it stands."""
    for voice in proposal.speakers:
        if voice.name is not None:
            yield voice.name, ("speaker",)
    for party in proposal.involvements:
        yield party.name, ("victim", "actor", "act")


def _words(proposal: Proposal) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the other words of a proposal with the slots in one of which they stand."""
    for count in proposal.counts:
        yield count.words, ("count", "act", "victim")
    for words, slots in (
        (proposal.method, ("method", "act")),
        (proposal.when, ("when",)),
        (proposal.where, ("where",)),
        (proposal.denies, ("act",)),
    ):
        if words is not None:
            yield words, slots


def _follows(count: ProposedCount, *, language: str) -> bool:
    """Tell whether a number follows from the words that are to give it."""
    given = (count.min, count.max)
    return given == (None, None) or [given] == bounds_in(count.words, language=language)


def _stands(words: str, *, quotes: Sequence[Quote], slots: Sequence[str]) -> bool:
    """Tell whether words stand in a passage of one of these slots."""
    return bool(words.strip()) and any(
        words in quote.exact for quote in quotes if quote.slot in slots
    )
