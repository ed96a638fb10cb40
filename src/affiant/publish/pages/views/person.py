"""What the register and the page of one person show."""

from dataclasses import dataclass

from affiant.publish.pages.views.number import PassageView
from affiant.publish.pages.views.words import Words, check_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellingView:
    """Another way in which a name is written.

    Attributes:
        name: As written.
        where: Where it is written so, in English: "in C", "in a letter"; or "".
    """

    name: Words
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonClaimView:
    """What one voice says about the person.

    Attributes:
        text: The claim as a sentence, in English.
        source: Who says so.
        passages: The exact words in their paragraphs.
        alleged: True where the claim accuses the person; the page then says *alleged*.
    """

    text: Words
    source: Words
    passages: tuple[PassageView, ...] = ()
    alleged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """One entry of the register; the unnamed and the withheld have one too.

    Attributes:
        person_id: Public id, made for this release.
        name: In the person's own script. For the unnamed a description ("A man, name not
            known"); for the withheld the sentence that says so.
        latin: The name in Latin letters, or "" where it is written so already.
        named: True where ``name`` is a name.
        line: Life in a line: "34 years old · Qarsan · missing since 14 March 2031".
        sources: How many sources speak of the person.
        also_written: Other spellings, in any script.
        claims: What is said, in the order to be read.
        family: Kin, as far as it may be shown.
        not_known: What nobody has said.
        withheld: What is withheld and by whose wish.
        incidents: Public ids of incidents.
        last_changed: When and what was changed last, or "".
    """

    person_id: str
    name: Words
    line: str
    sources: int
    latin: str = ""
    named: bool = True
    also_written: tuple[SpellingView, ...] = ()
    claims: tuple[PersonClaimView, ...] = ()
    family: tuple[Words, ...] = ()
    not_known: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    last_changed: str = ""

    def __post_init__(self) -> None:
        """Refuse an id that cannot name a page."""
        check_id(self.person_id)

    @property
    def search_text(self) -> str:
        """Everything the register's search looks through, not folded."""
        spellings = [spelling.name.text for spelling in self.also_written]
        return " ".join([self.name.text, self.latin, *spellings, self.line])
