"""Sentences as tagged words: closed classes by list, the rest by their endings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from affiant.claims.english.clocks import ClockMention, find_clocks
from affiant.claims.english.dates import DateMention, find_dates
from affiant.claims.english.forms import VerbForm, verb_forms
from affiant.claims.english.frames import act_forms
from affiant.claims.english.names import NameList, name_lists, shape_of
from affiant.claims.lexicon import table, word_set
from affiant.language import Word, words
from affiant.model.vocabulary import Stance

NOUN = "noun"
"""Any word that stands in no list: a noun, a name or an unknown word."""

_ADJECTIVAL = ("ic", "al", "ous", "ive", "ful", "less")
_THOSE = frozenset({"wounded", "injured", "displaced"})
_TO_NOUN_AFTER = frozenset({"det", "adj", "num"})
_CLASSES = (
    ("be", "be"),
    ("have", "have"),
    ("modal", "modal"),
    ("neg", "negation"),
    ("sub", "subordinator"),
    ("conj", "conjunction"),
    ("det", "determiner"),
    ("pron", "pronoun"),
    ("prep", "preposition"),
    ("adv", "adverb"),
    ("adj", "adjective"),
    ("verb", "verb"),
)


class Token(NamedTuple):
    """One word or mark with its class.

    Attributes:
        text: As written.
        low: In lower case, with a straight apostrophe.
        start: Offset of the first character.
        end: Offset after the last.
        tag: det, pron, be, have, modal, neg, sub, conj, prep, adv, adj, num, verb, ing,
            speech, act, punct, date, quote or noun.
    """

    text: str
    low: str
    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as tagged words.

    Attributes:
        text: The whole text that it stands in.
        start: Offset of its first character.
        end: Offset after its last.
        tokens: Its words.
        dates: Its dates.
        capitals: True where it is written in capitals, so that they tell nothing.
        date_at: The dates by the tokens that they begin or go on at.
        lists: The lists of named people in it.
        clocks: The times of day in it.
        numbers: The number read at a token, once it was asked for.
    """

    text: str
    start: int
    end: int
    tokens: list[Token]
    dates: list[DateMention]
    capitals: bool
    date_at: dict[int, DateMention] = field(default_factory=dict)
    lists: tuple[NameList, ...] = ()
    clocks: tuple[ClockMention, ...] = ()
    numbers: dict[int, object] = field(default_factory=dict)

    def tag(self, index: int) -> str:
        """Return the class of a token, or "end" outside the sentence."""
        return self.tokens[index].tag if 0 <= index < len(self.tokens) else "end"

    def low(self, index: int) -> str:
        """Return a token in lower case, or the empty string outside the sentence."""
        return self.tokens[index].low if 0 <= index < len(self.tokens) else ""

    def lows(self, first: int, *, last: int) -> list[str]:
        """Return the tokens from ``first`` to ``last``, both inclusive, in lower case."""
        return [token.low for token in self.tokens[max(first, 0) : last + 1]]

    def named(self, index: int) -> bool:
        """Tell whether a token is written like a name; in capitals nothing is known."""
        token = self.tokens[index]
        return not self.capitals and token.text[0].isupper() and token.tag != "punct"

    def follows(self, index: int, *, sequence: Sequence[str]) -> bool:
        """Tell whether the words at ``index`` are these."""
        if index < 0 or index + len(sequence) > len(self.tokens):
            return False
        if self.tokens[index].low != sequence[0]:
            return False
        return all(self.tokens[index + at].low == word for at, word in enumerate(sequence))


@cache
def speech_forms() -> dict[str, tuple[VerbForm, Stance]]:
    """Return the verbs of saying by how they are written, with their stance."""
    speech = table("speech")
    found: dict[str, tuple[VerbForm, Stance]] = {}
    for stance, lemmas in speech["verbs"].items():
        for low, form in verb_forms(lemmas, irregular=speech["irregular"]).items():
            found[low] = (form, stance)
    return found


@cache
def number_words() -> frozenset[str]:
    """Return the words that numbers are made of."""
    numbers = table("numbers")
    single = {"several", "dozens", "scores", "hundreds", "thousands", "millions"}
    found = {*numbers["units"], *numbers["tens"], *numbers["scales"], *single}
    return frozenset(found - {"a", "score"})


def read_sentence(
    text: str,
    *,
    span: tuple[int, int],
    quotes: Iterable[tuple[int, int]] = (),
    published: str | None = None,
) -> Sentence:
    """Return one sentence as tagged words.

    Args:
        text: The whole text.
        span: First and last offset of the sentence.
        quotes: Quotations, which stand in it as one token each.
        published: The document's own date.
    """
    start, end = span
    masks = [quote for quote in quotes if start <= quote[0] < end]
    found = _words(text, start=start, end=end, masks=masks)
    dates = find_dates(text, start=start, end=end, published=published)
    dates = [mention for mention in dates if not _inside(mention.start, masks=masks)]
    letters = [
        character for character in text[start : min(end, start + 400)] if character.isalpha()
    ]
    upper = sum(1 for character in letters if character.isupper())
    capitals = len(letters) > 12 and upper > 0.7 * len(letters)
    clocks = tuple(find_clocks(text, start=start, end=end))
    tokens, date_at = _tagged(found, dates=dates, capitals=capitals, masks=masks)
    _settle_clocks(tokens, clocks=clocks)
    _settle(tokens)
    lists = () if capitals else name_lists(shape_of([(t.text, t.low, t.tag) for t in tokens]))
    return Sentence(text, start, end, tokens, dates, capitals, date_at, lists, clocks)


def _words(text: str, *, start: int, end: int, masks: list[tuple[int, int]]) -> list[Word]:
    """Return the words with each quotation as one."""
    found: list[Word] = []
    at = start
    for first, last in masks:
        found.extend(words(text, start=at, end=first))
        found.append(Word(text[first:last], "“", first, min(last, end)))
        at = last
    found.extend(words(text, start=at, end=end) if at < end else [])
    return _with_ages(text, found=found)


def _with_ages(text: str, *, found: list[Word]) -> list[Word]:
    """Return the words with "12-year-old" as one."""
    joined: list[Word] = []
    for word in found:
        age = (
            word.low.startswith(("year", "month", "week"))
            and len(joined) > 1
            and joined[-1].text in ("-", "‑", "–")
            and joined[-2].text.isdecimal()
            and joined[-2].end + 1 == word.start
        )
        if age:
            start = joined[-2].start
            del joined[-2:]
            whole = text[start : word.end]
            joined.append(Word(whole, whole.lower(), start, word.end))
        else:
            joined.append(word)
    return joined


def _settle_clocks(tokens: list[Token], *, clocks: tuple[ClockMention, ...]) -> None:
    """Give the words of a time of day the class of dates, its preposition left out."""
    for clock in clocks:
        for index, token in enumerate(tokens):
            inside = clock.start <= token.start < clock.end and token.tag not in ("quote", "prep")
            if inside or (clock.start < token.start < clock.end and token.low in ("p.m.", "a.m.")):
                tokens[index] = token._replace(tag="date")


def _settle(tokens: list[Token]) -> None:
    """Turn "attack", "murder", "forces" into nouns where no verb can stand."""
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else None
        after = tokens[index + 1].tag if index + 1 < len(tokens) else "end"
        maybe = token.tag in ("act", "verb") and token.low in _nounlike()
        noun = maybe and not _verb_between(before, low=token.low, after=after)
        if noun or (before is not None and _noun_after(before, token=token, after=after)):
            tokens[index] = token._replace(tag=NOUN)
        elif token.low == "since" and before is not None and before.tag == "have":
            tokens[index] = token._replace(tag="adv")
        elif token.low == "her" and after in ("prep", "punct", "end") and token.tag == "det":
            tokens[index] = token._replace(tag="pron")


def _noun_after(before: Token, *, token: Token, after: str) -> bool:
    """Tell whether a word belongs to a noun: "the wounded", "a dozen or so", "Tendai M.", "12+"."""
    match token.low:
        case "so":
            return before.low == "or"
        case "+":
            return before.tag == "num"
        case ".":
            return _is_initial(before) and after != "end"
        case "accused":
            return before.tag == "det"
    return token.low in _THOSE and after == "be" and before.low == "the"


def _is_initial(token: Token) -> bool:
    """Tell whether a word is a letter that stands for a name: "Tendai M."."""
    return len(token.text) == 1 and token.text.isupper() and token.text != "I"


def _verb_between(before: Token | None, *, low: str, after: str) -> bool:
    """Tell whether a word that is mostly a noun can be a verb between its neighbours."""
    if before is None:
        return False
    if before.tag in ("to", "modal", "pron", "neg"):
        return True
    plural = before.low.endswith(("s", "men", "people", "police")) and before.tag == NOUN
    agrees = low.endswith("s") or plural
    return agrees and before.tag == NOUN and after in ("det", "num", "adj", "pron")


@cache
def _nounlike() -> frozenset[str]:
    """Return the act words that are mostly nouns: base forms and forms in -s."""
    people = table("people")
    nouns = set(people["agents"].split()) | set(people["means"].split())
    nouns |= {word for entry in table("acts")["noun"].values() for word in entry.split()}
    found = {low for low, act in act_forms().items() if act.form.base or act.form.third}
    found |= word_set("words", "verb")
    return frozenset(found & nouns)


def _inside(offset: int, *, masks: list[tuple[int, int]]) -> bool:
    return any(first <= offset < last for first, last in masks)


def _tagged(
    found: list[Word], *, dates: list[DateMention], capitals: bool, masks: list[tuple[int, int]]
) -> tuple[list[Token], dict[int, DateMention]]:
    """Return the tokens with their classes, and which of them are dates."""
    tokens: list[Token] = []
    date_at: dict[int, DateMention] = {}
    spans = {first for first, _ in masks}
    waiting = list(reversed(dates))
    for word in found:
        while waiting and waiting[-1].end <= word.start:
            waiting.pop()
        if waiting and waiting[-1].start < word.end:
            date_at[len(tokens)] = waiting[-1]
            tokens.append(Token(*word, tag="date"))
        elif word.start in spans and word.low == "“":
            tokens.append(Token(*word, tag="quote"))
        else:
            low = word.low.replace("’", "'")
            tag = _class_of(low, text=word.text, before=tokens, capitals=capitals)
            tokens.append(Token(word.text, low, word.start, word.end, tag))
    return tokens, date_at


def _class_of(low: str, *, text: str, before: list[Token], capitals: bool) -> str:
    """Return the class of one word from the lists, its ending and what stands before."""
    known = _known().get(low)
    previous = before[-1] if before else None
    if known == "punct" or not text[0].isalnum():
        return "punct"
    if text[0].isdigit() or known == "num":
        return "num" if text.replace(",", "").isdecimal() or known else NOUN
    if known in ("verb", "speech", "act"):
        return NOUN if _noun_here(low, known=known, previous=previous, before=before) else known
    if known:
        return known
    return _by_ending(low, text=text, first=not before, capitals=capitals)


def _noun_here(low: str, *, known: str, previous: Token | None, before: list[Token]) -> bool:
    """Tell whether a word that can be a verb is a noun after what stands before it."""
    if previous is None:
        return False
    form = _form_of(low, known=known)
    if previous.tag in ("act", "verb") and previous.low not in word_set("words", "with_bare_verb"):
        return known == "act" and form is not None and form.base and not form.past
    finite_or_base = form is None or form.base or form.third
    if previous.low.endswith("'s") and finite_or_base:
        return True
    if previous.tag in _TO_NOUN_AFTER:
        return finite_or_base and not (previous.tag == "num" and len(before) == 1)
    return previous.tag == "prep" and previous.low != "to" and finite_or_base


def _form_of(low: str, *, known: str) -> VerbForm | None:
    if known == "act":
        return act_forms()[low].form
    if known == "speech":
        return speech_forms()[low][0]
    return None


def _by_ending(low: str, *, text: str, first: bool, capitals: bool) -> str:
    """Return the class that the ending of an unknown word suggests."""
    if low.endswith("n't"):
        return "neg"
    if text[0].isupper() and not capitals and not first:
        return NOUN
    if low in _not_verbs():
        return NOUN
    if low.endswith(_ADJECTIVAL) and len(low) > 5 and low not in _nouns():
        return "adj"
    if low.endswith("ly") and len(low) > 4 and low not in _nouns():
        return "adv"
    if low.endswith("ed") and len(low) > 4 and not low.endswith("eed"):
        return "verb"
    if low.endswith("ing") and len(low) > 5:
        return "ing"
    if "-" in low and low.rpartition("-")[0] in number_words():
        return "num"
    return NOUN


@cache
def _nouns() -> frozenset[str]:
    """Return the nouns that the lists know, whatever their ending."""
    people = ("people", "agents", "things", "means", "medical_places", "civilian_places")
    known = frozenset().union(*(word_set("people", key) for key in people))
    acts = {word for entry in table("acts")["noun"].values() for word in entry.split()}
    return known | word_set("places", "nouns") | acts


@cache
def _not_verbs() -> frozenset[str]:
    return word_set("words", "not_verbs")


@cache
def _known() -> dict[str, str]:
    """Return the class of every listed word; an earlier list wins over a later one."""
    found: dict[str, str] = dict.fromkeys(speech_forms(), "speech")
    found.update({low: "verb" for low in word_set("words", "verb") if low not in found})
    found.update(dict.fromkeys(act_forms(), "act"))
    for tag, key in reversed(_CLASSES[:-1]):
        found.update(dict.fromkeys(word_set("words", key), tag))
    found.update(dict.fromkeys(number_words(), "num"))
    found["to"] = "to"
    return found
