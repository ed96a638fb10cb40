"""Quoted paragraphs, and the proof that they stand in the sealed text."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from affiant.log.canon import canonical
from affiant.log.commitment import field_digests, field_salt
from affiant.log.paragraphs import paragraph_path, paragraph_salt, split_paragraphs
from affiant.model.region import Place
from affiant.publish.drafting import Draft
from affiant.publish.pages.views import (
    EntryProofView,
    MemberProofView,
    OpenedFieldView,
    ParagraphProofView,
    PassageView,
    QuotedSpan,
    QuoteProofView,
    words_in,
)
from affiant.store.claims import ClaimRow
from affiant.store.documents import TextRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The part of a quote that stands in one paragraph.

    Attributes:
        slot: Of the quote.
        exact: The characters of this part.
        index: Number of the paragraph.
        count: Paragraphs of the text.
        paragraph: The paragraph, verbatim.
        start: Offset of the part in the paragraph, in code points.
        region: Where the quote stands on pages or in a recording.
    """

    slot: str
    exact: str
    index: int
    count: int
    paragraph: str
    start: int
    region: tuple[Place, ...] = ()


def cuts_of(row: ClaimRow, *, draft: Draft) -> Iterator[Cut]:
    """Yield every quote of a claim, one part for each paragraph that it touches."""
    paragraphs = split_paragraphs(draft.text(row.claim.text_digest))
    for quote in row.claim.quotes:
        begin = 0
        for index, paragraph in enumerate(paragraphs):
            end = begin + len(paragraph)
            first, last = max(begin, quote.start), min(end, quote.end)
            if first < last:
                yield Cut(
                    slot=quote.slot,
                    exact=paragraph[first - begin : last - begin],
                    index=index,
                    count=len(paragraphs),
                    paragraph=paragraph,
                    start=first - begin,
                    region=quote.region,
                )
            begin = end


def passages_of(
    row: ClaimRow, *, draft: Draft, letter: str, number_ids: tuple[str, ...] = ()
) -> list[PassageView]:
    """Return the quoted paragraphs of a claim, one passage for each paragraph.

    Claims of one voice that quote the same paragraph get the same passage id.
    """
    voice = draft.state.voice_of(row)
    place = f"passage {voice} {row.document_id} {row.claim.text_digest}"
    by_paragraph: dict[int, list[Cut]] = {}
    for cut in cuts_of(row, draft=draft):
        by_paragraph.setdefault(cut.index, []).append(cut)
    passages = []
    for index, cuts in sorted(by_paragraph.items()):
        words = words_in(row.claim.language, text=cuts[0].paragraph)
        spans = [
            QuotedSpan(slot=cut.slot, start=cut.start, end=cut.start + len(cut.exact))  # type: ignore[arg-type]
            for cut in cuts
        ]
        passages.append(
            PassageView(
                passage_id=f"p{draft.public(f'{place} {index}')}",
                text=cuts[0].paragraph,
                spans=tuple(spans),
                source=draft.voice_name(voice),
                document=draft.title(row.document_id),
                claim_ids=(draft.public(row.claim_id),),
                paragraph=index,
                paragraphs=cuts[0].count,
                language=words.language,
                direction=words.direction,
                voice=letter,
                number_ids=number_ids,
                place=place_in_words([each for cut in cuts for each in cut.region]),
            )
        )
    return passages


def place_in_words(places: Sequence[Place]) -> str:
    """Return where words stand in the original: ``page 3``, ``pages 3–4``, ``at 00:01:12``."""
    pages = sorted({place.page for place in places if place.page is not None})
    times = [place.from_ms for place in places if place.from_ms is not None]
    if pages:
        return f"page {pages[0]}" if len(pages) == 1 else f"pages {pages[0]}–{pages[-1]}"
    if not times:
        return ""
    minutes, seconds = divmod(min(times) // 1000, 60)
    return f"at {minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


def entry_proof(position: int, *, opened: Collection[str], draft: Draft) -> EntryProofView:
    """Return an entry with some of its fields opened and its path in the log's tree."""
    entry = draft.case.logbook.at(position)
    body = entry.fields() or {}
    salt = entry.salt or b""
    return EntryProofView(
        header=entry.header.decode("utf-8"),
        signature=entry.signature.hex(),
        position=position,
        fields=field_digests(body, salt=salt),
        opened={
            name: OpenedFieldView(
                salt=field_salt(salt, field=name).hex(), value=canonical(body[name]).decode("utf-8")
            )
            for name in opened
        },
        path=tuple(node.hex() for node in draft.levels.path(position)),
    )


def provable(row: ClaimRow, *, draft: Draft) -> bool:
    """Tell whether the entries behind a claim are whole, so that fields can be opened."""
    text = _text_row(row, draft=draft)
    entries = [draft.case.logbook.at(row.position)]
    entries += [draft.case.logbook.at(text.position)] if text else []
    return len(entries) == 2 and all(entry.salt is not None for entry in entries)


def member_proof(row: ClaimRow, *, draft: Draft) -> MemberProofView:
    """Return what a browser needs to walk from a claim's number to its words."""
    text = _text_row(row, draft=draft)
    if text is None:
        raise ValueError(f"{row.claim_id} has no recorded text")
    secret = bytes.fromhex(text.secret)
    text_entry = entry_proof(text.position, opened=("paragraphs",), draft=draft)
    content = draft.text(text.text_digest)
    quotes = [
        QuoteProofView(
            slot=cut.slot,  # type: ignore[arg-type]
            exact=cut.exact,
            paragraph=ParagraphProofView(
                index=cut.index,
                count=cut.count,
                text=cut.paragraph,
                start=cut.start,
                salt=paragraph_salt(secret, index=cut.index).hex(),
                path=tuple(
                    node.hex() for node in paragraph_path(content, secret=secret, index=cut.index)
                ),
                text_entry=text_entry,
            ),
        )
        for cut in cuts_of(row, draft=draft)
    ]
    return MemberProofView(
        claim=draft.public(row.claim_id),
        entry=entry_proof(row.position, opened=("counts", "exact_words"), draft=draft),
        quotes=tuple(quotes),
    )


def _text_row(row: ClaimRow, *, draft: Draft) -> TextRow | None:
    """Return the recording of the text that a claim quotes."""
    found = draft.case.documents.texts_with(row.claim.text_digest)
    own = [text for text in found if text.document_id == row.document_id]
    return own[0] if own else None
