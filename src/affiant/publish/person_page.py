"""The register: persons whose publication was decided, and those withheld by decision."""

from affiant.model.when import date_in_words
from affiant.publish.drafting import PUBLISH, WITHHOLD, Draft
from affiant.publish.pages.views import PersonClaimView, PersonView, SpellingView, Words
from affiant.publish.passages import passages_of
from affiant.publish.sentences import says
from affiant.store.claims import ClaimRow
from affiant.store.incidents import PersonRow


def persons_of(draft: Draft) -> list[PersonView]:
    """Return the register's entries: the published by name, then the withheld."""
    shown, withheld = [], []
    for person in draft.case.incidents.persons():
        verdict = draft.verdict(f"person:{person.person_id}")
        if verdict == PUBLISH:
            shown.append(_person(person, draft=draft))
        elif verdict == WITHHOLD:
            withheld.append(_withheld(person, draft=draft))
    return [*sorted(shown, key=lambda item: item.name.text), *withheld]


def _person(person: PersonRow, *, draft: Draft) -> PersonView:
    """Draw one person's entry."""
    rows = [
        draft.state.claims[claim_id]
        for claim_id, _ in person.claims
        if claim_id in draft.state.claims
        and draft.state.claims[claim_id].status == "accepted"
        and draft.shows(draft.state.claims[claim_id])
    ]
    latin = [name["name"] for name in person.names if name["script"] == "Latn"]
    own_is_latin = any(
        name["name"] == person.name and name["script"] == "Latn" for name in person.names
    )
    also = [name for name in person.names if name["name"] != person.name]
    published = {
        incident.incident_id
        for incident in draft.state.incidents
        if draft.verdict(f"incident:{incident.incident_id}") == PUBLISH
    }
    incidents = {
        draft.state.incident_of[row.claim_id]
        for row in rows
        if draft.state.incident_of.get(row.claim_id) in published
    }
    return PersonView(
        person_id=draft.public(f"person:{person.person_id}"),
        name=Words(text=person.name),
        line=person.fate or "",
        sources=len({draft.state.voice_of(row) for row in rows}),
        latin="" if own_is_latin or not latin else latin[0],
        named=bool(person.names),
        also_written=tuple(SpellingView(name=Words(text=name["name"])) for name in also),
        claims=tuple(_claims(person, rows=rows, draft=draft)),
        last_changed=_day(draft.changed.get(person.person_id, "")),
        incidents=tuple(sorted(draft.public(f"incident:{item}") for item in incidents)),
    )


def _day(at: str) -> str:
    """Return the day of a recorded time in words."""
    return f"recorded {date_in_words(at[:10])}, by the clock of that computer" if at else ""


def _claims(person: PersonRow, *, rows: list[ClaimRow], draft: Draft) -> list[PersonClaimView]:
    """Return what is said of a person: the keeper's sentences first, each with its claim."""
    by_id = {row.claim_id: row for row in rows}
    told = {note["claim_id"] for note in person.notes}
    sentences = [
        (note["words"], by_id[note["claim_id"]])
        for note in person.notes
        if note["claim_id"] in by_id
    ]
    sentences += [(says(row.claim), row) for row in rows if row.claim_id not in told]
    return [
        PersonClaimView(
            text=Words(text=words),
            source=draft.voice_name(draft.state.voice_of(row)),
            passages=tuple(passages_of(row, draft=draft, letter=""))
            if _first(row, at=at, sentences=sentences)
            else (),
            alleged=any(
                party.side == "accused" and party.name == name
                for party in row.claim.involvements
                for claim_id, name in person.claims
                if claim_id == row.claim_id
            ),
        )
        for at, (words, row) in enumerate(sentences)
    ]


def _first(row: ClaimRow, *, at: int, sentences: list[tuple[str, ClaimRow]]) -> bool:
    """Tell whether no earlier sentence rests on the same claim."""
    return all(other.claim_id != row.claim_id for _, other in sentences[:at])


def _withheld(person: PersonRow, *, draft: Draft) -> PersonView:
    """Draw an entry that says only that a name is withheld, and why."""
    item = f"person:{person.person_id}"
    return PersonView(
        person_id=draft.public(item),
        name=Words(text="Name withheld", language="en", direction="ltr"),
        line="",
        sources=0,
        named=False,
        withheld=(draft.decided[item][1],),
    )
