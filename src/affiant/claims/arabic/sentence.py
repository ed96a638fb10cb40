"""An Arabic sentence with its layers, and the words in it that tell acts."""

from dataclasses import replace
from typing import Final

from affiant.claims.arabic.hits import Hit
from affiant.claims.arabic.numbers import find_numbers, find_people, noun_hits
from affiant.claims.arabic.patterns import LANGUAGE, forms_in, noun_of_act, verbs
from affiant.claims.arabic.standing import is_predicate, told_once
from affiant.claims.arabic_script.dates import DateSpan, find_clock, find_dates, find_same
from affiant.claims.arabic_script.drafts import Layers
from affiant.claims.arabic_script.patterns import cues, words
from affiant.claims.arabic_script.shadow import Shadow
from affiant.model.when import When

KINDS: Final = (
    *("persons", "kin", "actors", "actors_only", "things", "medical", "objects", "families"),
    *("goods", "remains", "body", "clinics"),
)
_LONGEST_PHRASE: Final = 6
_DATELINE: Final = 6
_OPENING: Final = 14
_NEAR: Final = 4
_ENDS: Final = frozenset({".", ";", "!", "?", "ثم"})
_DAMMA: Final = "ُ"


class Sentence(Layers):
    """An Arabic sentence with what lies over its words.

    Attributes:
        hits: Words that tell acts, in order.
        saying: First and last word of verbs of saying and denying.
        that: Words for "that".
        dated: Words of dates and of the time of day.
        prepositions: Small words before a noun phrase.
        ends: Words and marks that end a clause.
        counted: First words of numbers of people.
        lasting: Last word of a stretch of days ("ستة أيام"), or None.
        heads: Nouns that a number or a dual counts.
    """

    def __init__(self, line: Shadow, *, published: str | None, before: When | None = None) -> None:
        self.line, self.language, self.published = line, LANGUAGE, published
        self.kinds = {kind: noun_hits(line, name=kind) for kind in KINDS}
        self.verbs = []
        found = find_dates(line, language=LANGUAGE, published=published)
        self.dates = [one for one in found if self._is_told(one)]
        same = find_same(line, language=LANGUAGE, before=before) if before else None
        if same and all(one.last < same.first or same.last < one.first for one in self.dates):
            self.dates = sorted([*self.dates, same], key=lambda one: one.first)
        if next(
            iter(line.find(cues("speech", "remembrance", "anniversary", language=LANGUAGE))), None
        ):
            self.dates = []
        self.clock = find_clock(line, language=LANGUAGE)
        dated = {at for one in self.dates for at in range(one.first, one.last + 1)}
        if self.clock:
            dated.update(range(self.clock[0], self.clock[1] + 1))
        self.dated = dated
        self.people = find_people(line, kinds=self.kinds, dated=dated)
        self.counted = {one.number.first for one in self.people if one.kind in ("person", "bare")}
        uncounted = ("single", "group", "nobody")
        self.heads = {one.head for one in self.people if one.number.rule not in uncounted}
        self.that = self._of("speech", "that")
        self.prepositions = self._of("words", "prepositions")
        said = [pair[:2] for name in ("says", "denies") for pair in line.find(verbs(name))]
        self.saying: list[tuple[int, int]] = said
        numbers = {one.number.first for one in self.people if one.number.first != one.head}
        self.stops = (
            self._marks() | numbers | dated | self.prepositions | self._of("words", "stops")
        )
        self.hits = find_hits(self)
        self.lasting = self._lasting()
        self._close()

    def _marks(self) -> set[int]:
        return {at for at, token in enumerate(self.line.tokens) if not token.is_word}

    def _close(self) -> None:
        """Let verbs end noun phrases, and verbs and marks end clauses."""
        said = {at for pair in self.saying for at in pair}
        acts = {at for hit in self.hits for at in range(hit.first, hit.last + 1)}
        self.stops |= {hit.first for hit in self.hits} | {first for first, _ in self.saying}
        marks = {at for at, token in enumerate(self.line.tokens) if token.key in _ENDS}
        self.ends = acts | said | self.that | marks

    def _of(self, name: str, *keys: str) -> set[int]:
        found = words(name, *keys, language=LANGUAGE)
        return {at for at, token in enumerate(self.line.tokens) if token.key in found}

    def _lasting(self) -> int | None:
        pattern = cues("dates", "words", "lasting", language=LANGUAGE)
        found = [last for _, last, _ in self.line.find(pattern)]
        units = self._of("dates", "words", "lasting_units")
        found += [one.last + 1 for one in find_numbers(self.line) if one.last + 1 in units]
        return max(found, default=None)

    def _is_told(self, one: DateSpan) -> bool:
        """Tell whether a date is one that is told of: no dateline before a dash."""
        after = self.line.keys(one.last + 1, last=one.last + _DATELINE)
        labels = words("dates", "words", "document_date", language=LANGUAGE)
        if one.first and labels & set(self.line.keys(max(0, one.first - 3), last=one.first - 1)):
            return False
        opens = one.first < _OPENING and one.when.edtf == self.published
        if opens and one.rule != "relative" and {"-", "–", "—"} & set(after):
            return False
        return self._is_day(one.first, last=one.last)

    def _is_day(self, first: int, *, last: int) -> bool:
        """Tell whether a date is none of "ذلك اليوم", "اليوم نفسه"."""
        after = words("dates", "not_today", "words", language=LANGUAGE)
        before = words("dates", "not_today", "before", language=LANGUAGE)
        keys = self.line.keys(last + 1, last=last + 1)
        ahead = self.line.keys(first - 1, last=first - 1) if first else []
        return not (after & set(keys) or before & set(ahead))

    def written(self, at: int) -> str:
        """Return a word as it is written, with its vowel signs."""
        return self.line.exact(at, last=at)

    def phrase(self, first: int) -> int:
        """Return the last word of the noun phrase that begins at ``first``."""
        last, end = first, len(self.line.tokens) - 1
        while last < end and last - first < _LONGEST_PHRASE and last + 1 not in self.stops:
            last += 1
        return last

    def clause(self, hit: Hit) -> tuple[int, int]:
        """Return the first and last word of the clause around an act."""
        start, end = 0, len(self.line.tokens) - 1
        for index in range(hit.first - 1, -1, -1):
            if index in self.ends:
                start = index + 1
                break
        for index in range(hit.last + 1, end + 1):
            if index in self.ends:
                end = index - 1
                break
        return start, end


def find_hits(sentence: Sentence) -> list[Hit]:
    """Return the words that tell acts, in order; where two share words, the more telling."""
    kept: list[Hit] = []
    taken: set[int] = {at for first, last in sentence.saying for at in (first, last)}
    for form in forms_in(sentence.line.line):
        if not all(sentence.kinds[kind] for kind in form.kinds):
            continue
        for first, last, match in sentence.line.find(form.pattern):
            if not taken.isdisjoint((first, last)):
                continue
            groups = match.groupdict()
            ending = groups.get("s1") or groups.get("s2") or groups.get("s3") or ""
            pronoun = groups.get("o1") or groups.get("o2") or ""
            hit = Hit(first, last, form, ending, pronoun, groups.get("p") or "")
            hit = replace(hit, passive=bool(groups.get("n")))
            if stands(sentence, hit=hit):
                kept.append(_voiced(sentence, hit=hit))
                taken.update(range(first, last + 1))
    threats = {hit.last for hit in kept if hit.form.act == "threat"}
    kept = [hit for hit in kept if not _is_threatened(sentence, hit=hit, threats=threats)]
    return told_once(sentence, hits=kept)


def _is_threatened(sentence: Sentence, *, hit: Hit, threats: set[int]) -> bool:
    """Tell whether an act is what was threatened: "هددوا بقتل الرهائن"."""
    led = sentence.line.keys(hit.first - 1, last=hit.first - 1) == ["ب"]
    return led and not threats.isdisjoint(range(hit.first - _NEAR, hit.first))


def _voiced(sentence: Sentence, *, hit: Hit) -> Hit:
    """Return a hit with passive and negation."""
    raw = sentence.written(hit.first)
    signed = _DAMMA in raw[:-1] and not (raw.find(_DAMMA) > len(raw) - 3)
    before = sentence.line.keys(max(0, hit.first - 2), last=hit.first - 1) if hit.first else []
    no = words("words", "negation", language=LANGUAGE)
    negated = bool(before) and (before[-1] in no or (before[0] in no and before[-1] == "و"))
    if hit.form.entry.startswith("لم"):
        negated = False
    if "مقتل" in hit.form.entry:
        negated = False
    if hit.form.voice == "nobody":
        negated = True
    told = hit.passive or hit.form.voice in ("passive", "being")
    passive = told or (hit.form.voice == "active" and signed)
    return replace(hit, passive=passive, negated=negated)


def stands(sentence: Sentence, *, hit: Hit) -> bool:
    """Tell whether what a form needs is told near it, and that it is no other word."""
    near = range(hit.first + 1, min(hit.first + 9, len(sentence.line.tokens)))
    kinds = sentence.kinds
    key = sentence.line.tokens[hit.first].key
    if _is_other(sentence, hit=hit):
        return False
    if hit.form.voice == "state":
        return _state_stands(sentence, hit=hit)
    if hit.form.voice == "nouns" and key in words("acts", "not_nouns", language=LANGUAGE):
        return False
    if hit.form.voice == "being" and hit.form.is_word:
        return is_predicate(sentence, hit=hit, heads=sentence.heads)
    if hit.form.voice in ("active", "passive"):
        if key in words("acts", "not_verbs", language=LANGUAGE):
            return False
        if noun_of_act().fullmatch(key) and not _is_verb(sentence, at=hit.first):
            return False
    if hit.form.needs == "person":
        return _tells_people(sentence, hit=hit, near=set(near))
    around = set(near) | ({hit.first - 1} if hit.form.voice != "nouns" else set())
    wanted = {
        "": True,
        "pronoun": bool(hit.pronoun) and hit.ending not in ("نا", "ت"),
        "thing": kinds["things"] & set(near),
        "medical": kinds["medical"] & set(near),
        "object": kinds["objects"] & around,
        "shooting": (kinds["persons"] & set(near)) | (kinds["kin"] & set(near)),
    }
    return bool(wanted[hit.form.needs])


def _is_other(sentence: Sentence, *, hit: Hit) -> bool:
    """Tell whether a phrase says something else: "صادر عن", "معتقلين سابقين"."""
    if hit.form.act == "killing" and hit.form.voice == "passive" and _is_natural(sentence, hit=hit):
        return True
    pattern = cues("acts", "not_acts", language=LANGUAGE)
    return any(first <= hit.first <= last for first, last, _ in sentence.line.find(pattern))


def _is_natural(sentence: Sentence, *, hit: Hit) -> bool:
    """Tell whether an illness is told right after a death."""
    pattern = cues("acts", "illness", language=LANGUAGE)
    return any(0 < first - hit.last <= _NEAR for first, _, _ in sentence.line.find(pattern))


def _tells_people(sentence: Sentence, *, hit: Hit, near: set[int]) -> bool:
    """Tell whether a person is told of near a verb, and nothing else right after it."""
    kinds = sentence.kinds
    after = hit.first + 1
    building = any(after in kinds[name] for name in ("objects", "medical", "things"))
    if building and after not in kinds["persons"]:
        return False
    people = (kinds["persons"] & near) | (kinds["kin"] & near)
    if hit.pronoun or people - kinds["actors"]:
        return True
    return bool(sentence.counted & near) and not kinds["things"] & near


def _is_verb(sentence: Sentence, *, at: int) -> bool:
    """Tell whether a word that may be a verbal noun is a verb: "قتل", "قصف"."""
    if _DAMMA in sentence.written(at)[:-1]:
        return True
    tokens = sentence.line.tokens
    before = tokens[at - 1].key if at else ""
    if before in ("ب", "ل", "في", "فی", "الی", "علی", "عن", "من", "منذ"):
        return before == "من" and at > 1 and tokens[at - 2].key in ("هم", "هو", "هی")
    if before in ("قد", "لقد", "کان", "من", "الذی", "التی", "ثم") or at - 1 in sentence.that:
        return True
    if at - 1 in sentence.kinds["actors"] or (at - 2 in sentence.kinds["actors"] and at):
        return True
    opens = not before or before in ("و", "ف", ":", ".", ",", '"')
    led = at + 1 in sentence.kinds["actors"] or at + 1 in sentence.counted
    return opens and led


def _state_stands(sentence: Sentence, *, hit: Hit) -> bool:
    """Tell whether people named by what befell them are counted."""
    people = sentence.kinds["persons"] | sentence.kinds["kin"]
    body = hit.first in sentence.kinds["remains"] and hit.first + 1 in people
    return body or hit.first in sentence.heads or hit.first + 1 in sentence.counted


def has(sentence: Sentence, *keys: str, first: int, last: int) -> bool:
    """Tell whether one of a list of phrases of ``words`` stands between two words."""
    pattern = cues("words", *keys, language=LANGUAGE)
    return any(first <= a and b <= last for a, b, _ in sentence.line.find(pattern))


def sentence_of(layers: Layers) -> Sentence:
    """Return the layers of an Arabic sentence as what they are.

    Raises:
        TypeError: They are those of another language.
    """
    if not isinstance(layers, Sentence):
        raise TypeError(type(layers))
    return layers
