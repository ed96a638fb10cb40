"""What the pages of one release are drawn from: the state, what may be shown, fresh ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from affiant.corroborate import State, load_state
from affiant.log.tree import TreeLevels
from affiant.model.when import date_in_words
from affiant.publish.pages.views import Words, words_in
from affiant.store.case import Case
from affiant.store.claims import ClaimRow

PUBLISH = "publish"
WITHHOLD = "withhold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The case as one release may show it.

    Attributes:
        case: The case.
        state: Its standing claims and decisions.
        decided: Item to (verdict, why).
        levels: The log's tree, for inclusion paths.
        size: Entries in the log.
        ids: What is recorded to the id it has in this release alone.
        texts: Texts already read.
        titles: Document id to a title.
        changed: Person id to when the register's entry was last recorded, as the clock said.
    """

    case: Case
    state: State
    decided: Mapping[str, tuple[str, str]]
    levels: TreeLevels
    size: int
    ids: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    changed: Mapping[str, str] = field(default_factory=dict)

    def public(self, item: str) -> str:
        """Return the id of an item in this release: random, and the same within it."""
        if item not in self.ids:
            self.ids[item] = self.case.surroundings.randomness(6).hex()
        return self.ids[item]

    def verdict(self, item: str) -> str | None:
        """Return what was decided about publishing an item, or None."""
        return self.decided.get(item, (None, ""))[0]

    def text(self, text_digest: str) -> str:
        """Return a recorded text."""
        if text_digest not in self.texts:
            self.texts[text_digest] = self.case.text(text_digest)
        return self.texts[text_digest]

    def title(self, document_id: str) -> Words:
        """Return a document's own title, else its date; never its file name.

        A file name is the keeper's, and may say more than may be shown.
        """
        attribution = self.state.attributions.get(document_id)
        published = attribution.published if attribution else None
        plain = f"a document of {date_in_words(published)}" if published else "a document"
        return Words(text=self.titles.get(document_id) or plain)

    def voice_name(self, voice: str) -> Words:
        """Return a voice's name."""
        source = self.state.sources.get(voice)
        if source is not None:
            return Words(text=source.name)
        return self.title(voice.removeprefix("document:"))

    def shows(self, row: ClaimRow) -> bool:
        """Tell whether a claim's words may be shown.

        Its document must be published, and every victim it names must be a person who is.
        """
        if self.verdict(f"document:{row.document_id}") != PUBLISH:
            return False
        named = [
            party.name
            for party in row.claim.involvements
            if party.side == "victim" and party.strength == "named"
        ]
        return not named or row.claim_id in self.spoken_for()

    def spoken_for(self) -> set[str]:
        """Return the claims that speak of a person who is published."""
        return {
            claim_id
            for person in self.case.incidents.persons()
            if self.verdict(f"person:{person.person_id}") == PUBLISH
            for claim_id, _ in person.claims
        }


def begin_draft(case: Case) -> Draft:
    """Read the case for a release."""
    hints = case.derived.hints()
    titles = {document_id: hint.title for document_id, hint in hints.items() if hint.title}
    return Draft(
        case=case,
        state=load_state(case.db),
        decided=case.policies.publications(),
        levels=TreeLevels(case.logbook.leaves()),
        size=case.logbook.state()[1].size,
        titles=titles,
        changed={
            str((entry.fields or {})["person_id"]): entry.at
            for entry in case.logbook.recorded()
            if entry.kind.startswith("person.") and entry.fields is not None
        },
    )


def in_language(row: ClaimRow, *, text: str) -> Words:
    """Return words of a claim in its language."""
    return words_in(row.claim.language, text=text)
