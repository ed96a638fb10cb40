"""Who says it: which words of a sentence are said by whom."""

from dataclasses import dataclass
from functools import cache

from affiant.claims.lexicon import VerbForm, table, word_set
from affiant.claims.phrases import Phrase, object_after
from affiant.claims.subjects import subject_before
from affiant.claims.tagging import NOUN, Sentence, speech_forms
from affiant.model.vocabulary import Stance

_MOST = 12
"""More voices than this no honest sentence holds."""

_GROUP = frozenset({"be", "have", "modal", "adv", "neg", "to"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words of a sentence and the voice that says them.

    Attributes:
        speaker: Indices of the speaker's first and last token, or None where nobody is
            named ("it was reported that").
        cue: Index of the word of saying.
        stance: What the speaker does with the words.
        content: First and last token of what is said; one or two stretches.
        pronoun: True where the speaker is "he", "she" or "they".
        passing_on: True where the document only says that it is said.
    """

    speaker: tuple[int, int] | None
    cue: int
    stance: Stance
    content: tuple[tuple[int, int], ...]
    pronoun: bool = False
    passing_on: bool = False

    def holds(self, index: int) -> bool:
        """Tell whether a token is among what is said."""
        return any(first <= index <= last for first, last in self.content)

    @property
    def size(self) -> int:
        """Number of tokens that are said."""
        return sum(last - first + 1 for first, last in self.content)


def attributions(sentence: Sentence) -> list[Attribution]:
    """Return who says which part of the sentence, the widest first."""
    found: list[Attribution] = []
    for index, token in enumerate(sentence.tokens):
        if token.tag == "speech":
            said = _by_verb(sentence, index=index)
        elif token.low in _openers():
            said = _by_phrase(sentence, index=index)
        else:
            said = None
        if said is not None and len(found) < _MOST:
            found.append(said)
    colon = _by_colon(sentence)
    if colon is not None:
        found.append(colon)
    return sorted(found, key=lambda said: (-said.size, said.cue))


def group_start(sentence: Sentence, *, index: int) -> int:
    """Return where the verb group that ends at ``index`` begins: "has repeatedly said"."""
    first = index
    while sentence.tag(first - 1) in _GROUP and first > 0:
        first -= 1
    while sentence.tag(first) == "adv" and first < index:
        first += 1
    return first


def _by_verb(sentence: Sentence, *, index: int) -> Attribution | None:
    """Return what a verb of saying at ``index`` attributes, or None."""
    form, stance = speech_forms()[sentence.low(index)]
    first = group_start(sentence, index=index)
    group = sentence.lows(first, last=index - 1)
    tags = {sentence.tag(at) for at in range(first, index)}
    if "neg" in tags or ("modal" in tags and "have" not in tags):
        return None
    if "to" in tags or (
        form.ing and sentence.tag(index - 1) != "be" and sentence.low(index - 1) != ","
    ):
        return None
    if "be" in tags and form.participle and not form.ing:
        return _impersonal(sentence, index=index, first=first, group=group)
    inverted = _inverted(sentence, index=index, form=form, stance=stance)
    if inverted is not None:
        return inverted
    return _personal(sentence, index=index, first=first, stance=stance)


def _personal(sentence: Sentence, *, index: int, first: int, stance: Stance) -> Attribution | None:
    """Return "X said that …" or "…, X said"."""
    subject = subject_before(sentence, index=first)
    if subject is None:
        return None
    subject = _apposed(sentence, subject=subject)
    lemma = speech_forms()[sentence.low(index)][0].lemma
    after = _content_after(sentence, index=index, lemma=lemma)
    if after is not None and subject.antecedent:
        after = _within_relative(sentence, span=after)
    before_end = subject.first - 1
    while sentence.low(before_end) in (",", "-", "—", "–") or sentence.tag(before_end) == "adv":
        before_end -= 1
    trailing = _trails(sentence, subject=subject, before_end=before_end, after=after)
    content: tuple[tuple[int, int], ...] = ()
    if trailing:
        content = ((0, before_end),)
        if after and sentence.tag(after[0]) == "quote":
            content = (*content, after)
    elif after is not None:
        content = (after,)
    if not content:
        return None
    return _attribution(sentence, subject=subject, cue=index, stance=stance, content=content)


def _trails(
    sentence: Sentence, *, subject: Phrase, before_end: int, after: tuple[int, int] | None
) -> bool:
    """Tell whether the words of saying follow what is said: "…, police said on Monday"."""
    if before_end < 0 or subject.antecedent:
        return False
    separated = (
        sentence.low(subject.first - 1) in (",", "-", "—", "–")
        or sentence.tag(subject.first - 1) == "quote"
    )
    if not separated:
        return False
    if sentence.tag(before_end) == "quote":
        return True
    told = any(sentence.tag(at) in ("act", "be", "verb", "have") for at in range(before_end + 1))
    return told and (after is None or not _is_clause(sentence, span=after))


def _is_clause(sentence: Sentence, *, span: tuple[int, int]) -> bool:
    """Tell whether a verb or a quotation stands in the span."""
    return any(
        sentence.tag(at) in ("be", "have", "verb", "act", "modal", "quote", "speech")
        for at in range(span[0], span[1] + 1)
    )


def _content_after(sentence: Sentence, *, index: int, lemma: str) -> tuple[int, int] | None:
    """Return what is said after the verb, or None where nothing is."""
    last = len(sentence.tokens) - 1
    at = index + 1
    while sentence.tag(at) in ("adv", "date") or sentence.low(at) in (",", ":"):
        at += 1
    if lemma in ("tell", "inform"):
        whom = object_after(sentence, index=at)
        at = at if whom is None else whom.last + 1
    that = _that_clause(sentence, at=at)
    if that is not None:
        return (that, last) if that <= last else None
    if lemma in word_set("speech", "kinds", "with_about"):
        return (at + 1, last) if sentence.low(at) in ("on", "about") and at < last else None
    if at > last or sentence.low(at) in (".", "!", "?", ";"):
        return None
    span = (at, last)
    if lemma == "claim" and sentence.follows(at, sequence=("responsibility", "for")):
        return span
    if lemma in _loose() and sentence.tag(at) != "quote":
        return None
    if lemma in _noun_content() or sentence.tag(at) == "quote":
        return span
    return span if _is_clause(sentence, span=span) else None


def _within_relative(sentence: Sentence, *, span: tuple[int, int]) -> tuple[int, int]:
    """Return what "which has denied … , is accused" says: up to the comma that closes it."""
    for at in range(span[0] + 1, span[1]):
        if sentence.low(at) == "," and sentence.tag(at + 1) in (
            "be",
            "have",
            "modal",
            "verb",
            "act",
            "speech",
        ):
            return span[0], at - 1
    return span


def _that_clause(sentence: Sentence, *, at: int) -> int | None:
    """Return where the clause after "that" begins, if "that" comes soon."""
    for index in range(at, min(at + 9, len(sentence.tokens))):
        if sentence.low(index) in ("that", "how"):
            return index + 1
        if sentence.tag(index) in ("quote", "act", "verb", "be", "have", "modal"):
            return None
    return None


def _inverted(
    sentence: Sentence, *, index: int, form: VerbForm, stance: Stance
) -> Attribution | None:
    """Return "…, said X" and "“…” said X"."""
    if not (form.past or form.third):
        return None
    before = index - 1
    if sentence.tag(before) != "quote" and sentence.low(before) != ",":
        return None
    if (
        sentence.tag(before) != "quote"
        and subject_before(sentence, index=index) is not None
        and not _ends_soon(sentence, index=index)
    ):
        return None
    subject = object_after(sentence, index=index + 1)
    if subject is None or sentence.tag(subject.last + 1) in ("be", "have", "act", "modal", "verb"):
        return None
    last = before if sentence.tag(before) == "quote" else before - 1
    if last < 0:
        return None
    content: tuple[tuple[int, int], ...] = ((0, last),)
    following = next(
        (at for at in range(subject.last, len(sentence.tokens)) if sentence.tag(at) == "quote"),
        None,
    )
    if following is not None:
        content = (*content, (following, len(sentence.tokens) - 1))
    return _attribution(sentence, subject=subject, cue=index, stance=stance, content=content)


def _ends_soon(sentence: Sentence, *, index: int) -> bool:
    """Tell whether only a name stands between the verb and the end."""
    subject = object_after(sentence, index=index + 1)
    return subject is not None and sentence.low(subject.last + 1) in (".", "", ",")


def _impersonal(
    sentence: Sentence, *, index: int, first: int, group: list[str]
) -> Attribution | None:
    """Return "it was reported that …" and "is said to have …": said, by nobody named."""
    last = len(sentence.tokens) - 1
    if sentence.low(first - 1) == "it" or sentence.low(index + 1) in ("that", "to"):
        if index >= last:
            return None
        begin = 0 if sentence.low(index + 1) == "to" else index + 1
        how: Stance = "denies" if speech_forms()[sentence.low(index)][1] == "denies" else "reports"
        return Attribution(None, index, how, ((begin, last),), passing_on=True)
    if sentence.low(index) == "reported" and sentence.tag(index + 1) in ("act", "adj"):
        return Attribution(None, index, "reports", ((0, last),), passing_on=True)
    return None


def _by_phrase(sentence: Sentence, *, index: int) -> Attribution | None:
    """Return "according to X, …" and "…, according to X"."""
    words = next(
        (phrase for phrase in _phrases() if sentence.follows(index, sequence=phrase)), None
    )
    if words is None:
        return None
    begin = index + len(words)
    end = begin
    while (
        end < len(sentence.tokens)
        and sentence.low(end) not in (",", ".", ";", ":")
        and sentence.tag(end) != "quote"
    ):
        end += 1
        if end - begin > 20:
            break
    if sentence.tag(end - 1) == "date":
        end -= 1
    while end > begin and sentence.tag(end - 1) in ("prep", "date"):
        end -= 1
    if end == begin:
        return None
    fronted = index == 0 or sentence.tag(index - 1) in ("conj", "sub")
    last = len(sentence.tokens) - 1
    content = ((end, last),) if fronted else ((0, index - 1), (end, last))
    if fronted and end > last:
        return None
    speaker = (begin, end - 1)
    pronoun = begin == end - 1 and sentence.tag(begin) == "pron"
    return Attribution(speaker, index, "asserts", content, pronoun=pronoun)


def _by_colon(sentence: Sentence) -> Attribution | None:
    """Return "X: “…”"."""
    for at in range(1, min(14, len(sentence.tokens) - 1)):
        if sentence.low(at) == ":" and sentence.tag(at + 1) == "quote":
            if any(
                sentence.tag(before) in ("speech", "verb", "be", "act", "ing")
                for before in range(at)
            ):
                return None
            return Attribution((0, at - 1), at, "asserts", ((at + 1, len(sentence.tokens) - 1),))
    return None


def _attribution(
    sentence: Sentence,
    *,
    subject: Phrase,
    cue: int,
    stance: Stance,
    content: tuple[tuple[int, int], ...],
) -> Attribution | None:
    """Return the attribution to a subject that can speak."""
    first, last = _speaker_span(sentence, subject=subject)
    first = _after_of(sentence, first=first, last=last) if subject.antecedent else first
    if sentence.low(first) in ("which", "there", "this"):
        return None
    nobody = first == last and sentence.low(first) == "it"
    pronoun = first == last and sentence.tag(first) == "pron"
    return Attribution((first, last), cue, stance, content, pronoun=pronoun or nobody)


def _speaker_span(sentence: Sentence, *, subject: Phrase) -> tuple[int, int]:
    """Return the speaker's name without what hangs on it after a comma or date."""
    for at in range(subject.first + 1, subject.last + 1):
        if sentence.low(at) in (",", "[", ";") or sentence.tag(at) == "date":
            dated = sentence.tag(at) == "date" and sentence.tag(at - 1) == "prep"
            return subject.first, max(at - 1 - dated, subject.first)
        if sentence.low(at) in ("during", "after", "before"):
            return subject.first, at - 1
    return subject.first, subject.last


def _after_of(sentence: Sentence, *, first: int, last: int) -> int:
    """Return where the name in "the words of Massoud Rajavi, who" begins."""
    for at in range(last, first, -1):
        if (
            sentence.low(at) == "of"
            and sentence.tag(at + 1) == NOUN
            and sentence.named(at + 1)
            and not sentence.named(first)
        ):
            return at + 1
    return first


def _apposed(sentence: Sentence, *, subject: Phrase) -> Phrase:
    """Return the name before "a former commander" where the closing comma is missing."""
    if (
        sentence.low(subject.first) not in ("a", "an", "the")
        or sentence.low(subject.first - 1) != ","
    ):
        return subject
    before = subject_before(sentence, index=subject.first - 1)
    if before is None or before.inserts or sentence.capitals:
        return subject
    names = sum(1 for at in range(before.first, before.last + 1) if sentence.named(at))
    if names >= 2 and sentence.named(before.last):
        return before
    return subject


@cache
def _phrases() -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(phrase.split()) for phrase in table("speech")["phrases"]["before"].split("|")
    )


@cache
def _openers() -> frozenset[str]:
    return frozenset(phrase[0] for phrase in _phrases())


@cache
def _loose() -> frozenset[str]:
    return word_set("speech", "kinds", "only_quotations")


@cache
def _noun_content() -> frozenset[str]:
    return word_set("speech", "kinds", "with_nouns")
