"""A claim in the making, and the sentence that tells it with the layers over it."""

from dataclasses import dataclass, replace

from affiant.claims.arabic_script.dates import DateSpan, find_clock, find_dates, find_same
from affiant.claims.arabic_script.forms import ActForm
from affiant.claims.arabic_script.numbers import find_people, line_hits
from affiant.claims.arabic_script.patterns import cues, finite, words
from affiant.claims.arabic_script.shadow import Shadow
from affiant.model.count import Count
from affiant.model.involvement import Involvement
from affiant.model.vocabulary import Act, Modality, Role, SlotName
from affiant.model.when import When

KINDS = (
    "persons",
    "kin",
    "actors",
    "things",
    "medical",
    "objects",
    "families",
    "body",
    "goods",
    "animals",
)
NOUNS = ("persons", "kin", "things", "medical", "objects")


class Layers:
    """A sentence with what lies over its words; ``before`` is the date told last.

    Attributes:
        line: The shadow.
        language: Its language.
        kinds: Words that are forms of the listed nouns, by list.
        dates: Dates.
        people: Numbers that count people.
        verbs: Last word of every verb that ends a clause.
        stops: Words that end a noun phrase.
        parts: First words of numbers that are a part of another, once they are known.
    """

    def __init__(
        self,
        line: Shadow,
        *,
        language: str,
        published: str | None,
        before: When | None = None,
    ) -> None:
        self.line = line
        self.language = language
        self.published = published
        self.kinds: dict[str, set[int]] = {}
        self.stops: set[int] = set()
        self.parts: set[int] | None = None
        for kind in KINDS:
            self.kinds[kind] = line_hits(self.line, name=kind, language=self.language)
        self.dates: list[DateSpan] = find_dates(
            self.line, language=self.language, published=self.published
        )
        same = find_same(self.line, language=self.language, before=before) if before else None
        if same and all(one.last < same.first or same.last < one.first for one in self.dates):
            self.dates = sorted([*self.dates, same], key=lambda one: one.first)
        self.clock = find_clock(self.line, language=self.language)
        dated = {at for one in self.dates for at in range(one.first, one.last + 1)}
        if self.clock:
            dated.update(range(self.clock[0], self.clock[1] + 1))
        self.people = [
            one
            for one in find_people(self.line, language=self.language)
            if one.number.first not in dated and one.number.last not in dated
        ]
        found = self.line.find(finite(self.language))
        self.verbs = [(a, b) for a, b, _ in found if self._ends_clause(b)]
        self.stops = self._stops(dated)

    def _ends_clause(self, at: int) -> bool:
        """Tell whether a verb form ends a clause: no participle or infinitive with words after."""
        key = self.line.tokens[at].key
        if key in words("verbs", "dies", language=self.language):
            return self.dies(at)
        if self._is_counted(at, key=key):
            return False
        if key == "داشتن" or self._is_noun(at, key=key):
            return False
        if not key.endswith(("ه", "دن", "تن")) or at + 1 >= len(self.line.tokens):
            return True
        after = self.line.tokens[at + 1]
        small = words("words", "stops", language=self.language)
        near = words("words", "prepositions", language=self.language)
        if key[-1] == "ن" and at and self.line.tokens[at - 1].key in near:
            return False
        return not after.is_word or after.key in small | (near if key[-1] == "ن" else set())

    def _is_counted(self, at: int, *, key: str) -> bool:
        """Tell whether a participle only tells whom a number counts: "۵۷ کشته و ۹۴ مجروح"."""
        after = self.line.keys(at + 1, last=at + 1)
        if not key.endswith("ه") or after[:1] not in (["و"], [","], ["را"], ["رو"]):
            return False
        return any(one.number.last < at <= one.number.last + 2 for one in self.people)

    def _is_noun(self, at: int, *, key: str) -> bool:
        """Tell whether what looks like a verb is a noun after a preposition: "از پرداخت"."""
        small = words("words", "prepositions", language=self.language)
        nouns = words("verbs", "nouns", language=self.language)
        return at > 0 and key in nouns and self.line.tokens[at - 1].key in small

    def dies(self, at: int) -> bool:
        """Tell whether the word for "died" and "man" is the verb that ends a clause."""
        before = self.line.keys(at - 1, last=at - 1) if at else [""]
        after = self.line.keys(at + 1, last=at + 1)
        near = words("verbs", "before_man", language=self.language)
        known = words("numbers", "words", language=self.language)
        ends = not after or after[0] in (*".;:!?", ",", "و", "که", '"')
        return ends and before[0] not in near | known and not before[0][:1].isdigit()

    def line_at(self, offset: int) -> int:
        """Return the word that stands at an offset of the original."""
        return next(at for at, token in enumerate(self.line.tokens) if token.end > offset)

    def nouns(self) -> set[int]:
        """Return the words that are listed nouns of people and things, actors left out."""
        return set().union(*(self.kinds[kind] for kind in NOUNS)) - self.kinds["actors"]

    def pronouns(self) -> set[int]:
        """Return the words that are pronouns."""
        found = words("people", "pronouns", language=self.language)
        return {at for at, token in enumerate(self.line.tokens) if token.key in found}

    def _stops(self, dated: set[int]) -> set[int]:
        ends = words("words", "stops", language=self.language) | words(
            "words", "prepositions", language=self.language
        )
        ends |= words("words", "object", language=self.language)
        found = {
            at
            for at, token in enumerate(self.line.tokens)
            if token.key in ends or not token.is_word
        }
        numbers = {at for one in self.people for at in range(one.number.first, one.number.last + 1)}
        inside = {at for first, last in self.verbs for at in range(first, last + 1)}
        return found | numbers | inside | dated

    def has(self, name: str, *keys: str, first: int, last: int) -> bool:
        """Tell whether one of a list of phrases stands between two words."""
        pattern = cues(name, *keys, language=self.language)
        return any(first <= a and b <= last for a, b, _ in self.line.find(pattern))


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that tell an act.

    Attributes:
        first: First word.
        last: Last word.
        form: The form that was found.
        negated: True where the verb says that it did not happen.
        tense: ``past``, ``present``, ``subjunctive`` or ``future``.
        start: First word of its clause.
    """

    first: int
    last: int
    form: ActForm
    negated: bool = False
    tense: str = "past"
    start: int = 0


class Draft:
    """A claim before it is known who says it.

    Attributes:
        layers: The sentence.
        anchor: The word that tells the act; who says that word says the claim.
        act: The act.
        spans: Slot, first and last offset of each passage that it rests on.
        features: Names of what was seen.
        only_raised: True where the act is told as possible, which its voice only raises.
        beside: What had to stand beside the act words.
    """

    def __init__(self, layers: Layers, *, anchor: int, act: Act) -> None:
        self.layers = layers
        self.anchor = anchor
        self.act: Act = act
        self.modality: Modality = "actual"
        self.spans: list[tuple[SlotName, int, int]] = []
        self.method: str | None = None
        self.involvements: list[Involvement] = []
        self.counts: list[Count] = []
        self.when: When | None = None
        self.clock: str | None = None
        self.where: str | None = None
        self.denied: bool = False
        self.denies: str | None = None
        self.own_part: bool = False
        self.weak: bool = False
        self.own_kin: bool = False
        self.only_raised: bool = False
        self.beside: str = ""
        self.speaker: tuple[int, int] | None = None
        self.why: list[str] = []
        self.features: set[str] = set()
        self.score: float = 0.55

    def accuse(
        self, *, first: int, last: int, feature: str, role: Role = "direct_perpetrator"
    ) -> None:
        """Add whoever stands between two words as accused."""
        name = self.quote("actor", first=first, last=last)
        self.involvements.append(Involvement(name=name, role=role, side="accused"))
        self.features.add(feature)

    def add_time(self, one: DateSpan | None, *, clock: tuple[int, int, str] | None) -> None:
        """Add the date of its clause, and the time of day of its sentence."""
        if one is not None:
            self.quote("when", first=one.first, last=one.last)
            self.when = one.when
            self.features.add("date_relative" if one.rule == "relative" else "date_in_clause")
        if clock:
            self.clock = clock[2]
            if self.when is not None:
                self.when = replace(self.when, clock=self.clock)
            self.features.add("clock_in_clause")

    def quote(self, slot: SlotName, *, first: int, last: int) -> str:
        """Rest a slot on words; return them as written."""
        tokens = self.layers.line.tokens
        self.spans.append((slot, tokens[first].start, tokens[last].end))
        return self.layers.line.exact(first, last=last)
