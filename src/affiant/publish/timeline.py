"""What has a date: the event as each voice dates it, denials, documents; never mixed."""

from collections.abc import Iterator
from datetime import date

from affiant.errors import BadInputError
from affiant.model.when import date_in_words, span_of, when_in_words
from affiant.publish.drafting import PUBLISH, Draft
from affiant.publish.incident import Incident
from affiant.publish.pages.views import TimelineItem, Words


def timeline_of(incident: Incident, *, draft: Draft) -> list[TimelineItem]:
    """Return everything dated about an incident, in order of time."""
    items = [*_events(incident, draft=draft), *_documents(incident, draft=draft)]
    items.sort(key=lambda item: (item.first is None, item.first or date.max, item.kind))
    return items


def _events(incident: Incident, *, draft: Draft) -> Iterator[TimelineItem]:
    """Yield the event once for each date that a voice gives it."""
    row = next((row for row in incident.comparison.rows if row.question == "when"), None)
    if row is None:
        return
    dates: dict[str, list[str]] = {}
    for voice, cell in zip(incident.comparison.voices, row.cells, strict=True):
        if cell.state not in ("agrees", "fits", "differs") or voice not in incident.letters:
            continue
        for claim_id in cell.claim_ids:
            when = incident.claims[claim_id].claim.when
            if when and when.edtf:
                marks = dates.setdefault(when.edtf, [])
                if incident.letters[voice] not in marks:
                    marks.append(incident.letters[voice])
    clocks = {
        when.edtf: when_in_words(when)
        for row_ in incident.claims.values()
        if (when := row_.claim.when) and when.edtf and when.clock
    }
    for edtf, marks in dates.items():
        first, last = _days(edtf)
        yield TimelineItem(
            kind="event",
            when=clocks.get(edtf) or date_in_words(edtf),
            first=first,
            last=last,
            text=Words(text=incident.comparison.label),
            voices=tuple(marks),
        )


def _documents(incident: Incident, *, draft: Draft) -> Iterator[TimelineItem]:
    """Yield when each published document was made, denials apart."""
    denying = {
        claim_id
        for row in incident.comparison.rows
        for cell in row.cells
        if cell.state == "denies"
        for claim_id in cell.claim_ids
    }
    seen: set[str] = set()
    for claim in incident.claims.values():
        attribution = draft.state.attributions.get(claim.document_id)
        mark = incident.letters.get(attribution.source_id) if attribution else None
        if attribution is None or mark is None or claim.document_id in seen:
            continue
        if draft.verdict(f"document:{claim.document_id}") != PUBLISH or not attribution.published:
            continue
        seen.add(claim.document_id)
        voices = {
            draft.state.voice_of(row)
            for row in incident.claims.values()
            if row.claim_id in denying and row.document_id == claim.document_id
        }
        others = sorted(incident.letters[voice] for voice in voices - {attribution.source_id})
        first, last = _days(attribution.published)
        yield TimelineItem(
            kind="denial" if attribution.source_id in voices else "document",
            when=date_in_words(attribution.published),
            first=first,
            last=last,
            text=draft.title(claim.document_id),
            voices=(mark,),
            note=f"passes on a denial by {' and '.join(others)}" if others else "",
        )


def _days(edtf: str) -> tuple[date | None, date | None]:
    """Return the first and the last day, or nothing where the date cannot be read."""
    try:
        span = span_of(edtf)
    except BadInputError:
        return None, None
    return span.first, span.last
