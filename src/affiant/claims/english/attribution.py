"""Who says it: which words of a sentence are said by whom."""

from dataclasses import replace

from affiant.claims.english.according import (
    HEARING,
    by_colon,
    by_hearing,
    by_phrase,
    is_recording,
    openers,
)
from affiant.claims.english.attributed import (
    Attribution,
    begins_later,
    group_start,
    speaker_span,
    with_apposition,
)
from affiant.claims.english.content import TO_SOMEBODY, content_after, is_clause, within_relative
from affiant.claims.english.falsity import told_false
from affiant.claims.english.forms import VerbForm
from affiant.claims.english.labelled import labelled
from affiant.claims.english.phrases import Phrase, object_after
from affiant.claims.english.subjects import subject_before
from affiant.claims.english.tagging import NOUN, Sentence, speech_forms
from affiant.model.vocabulary import Stance

_FINITE = frozenset({"act", "be", "verb", "have", "modal"})
_MOST = 12
"""More voices than this no honest sentence holds."""


def attributions(sentence: Sentence) -> list[Attribution]:
    """Return who says which part of the sentence, the widest first."""
    found: list[Attribution] = []
    for index, token in enumerate(sentence.tokens):
        if token.tag == "speech":
            said = _by_verb(sentence, index=index)
        elif token.low in openers():
            said = by_phrase(sentence, index=index)
        elif token.low in HEARING:
            said = by_hearing(sentence, index=index)
        else:
            said = None
        if said is not None and len(found) < _MOST:
            found.append(said)
    found.extend(_within(one, others=found) for one in told_false(sentence))
    labels = labelled(sentence)
    colon = None if labels else by_colon(sentence)
    found.extend([*labels, *([] if colon is None else [colon])])
    return sorted(found, key=lambda said: (-said.size, said.cue))


def _within(one: Attribution, *, others: list[Attribution]) -> Attribution:
    """Return words that are called untrue without those of the one who calls them so."""
    (first, last), *rest = one.content
    ends = [end for other in others for begin, end in other.content if begin <= first <= end < last]
    return replace(one, content=((first, min(ends)), *rest)) if ends else one


def _by_verb(sentence: Sentence, *, index: int) -> Attribution | None:
    """Return what a verb of saying at ``index`` attributes, or None."""
    form, stance = speech_forms()[sentence.low(index)]
    first = group_start(sentence, index=index)
    group = sentence.lows(first, last=index - 1)
    tags = {sentence.tag(at) for at in range(first, index)}
    if form.base and sentence.tag(index - 1) == "be":
        return None
    if "neg" in tags and form.lemma in ("show", "prove") and index + 2 < len(sentence.tokens):
        rest = ((index + 1, len(sentence.tokens) - 1),)
        return Attribution(None, index, "denies", rest, passing_on=True)
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
    subject = _subject_of(sentence, index=index, first=first)
    if subject is None:
        return None
    content = _told_so(sentence, subject=subject, index=index) or _content(
        sentence, subject=subject, index=index, stance=stance
    )
    if not content:
        return None
    found = _attribution(sentence, subject=subject, cue=index, stance=stance, content=content)
    return None if found is None else replace(found, listener=_listener(sentence, index=index))


def _subject_of(sentence: Sentence, *, index: int, first: int) -> Phrase | None:
    """Return who speaks: the subject, or that of the verb that "and" joins it to."""
    subject = subject_before(sentence, index=first)
    if subject is None and sentence.low(first - 1) in ("and", "but"):
        subject = _speaker_before(sentence, index=first - 1)
    if sentence.low(index).endswith("ing") and sentence.low(index - 1) == ",":
        subject = _main_subject(sentence, index=index - 1)
    return None if subject is None else _apposed(sentence, subject=subject)


def _content(
    sentence: Sentence, *, subject: Phrase, index: int, stance: Stance
) -> tuple[tuple[int, int], ...]:
    """Return what is said: after the verb, before it, or on both sides of it."""
    after = _content_of(sentence, subject=subject, index=index, stance=stance)
    before_end = subject.first - 1
    while sentence.low(before_end) in (",", "-", "—", "–") or sentence.tag(before_end) == "adv":
        before_end -= 1
    if sentence.low(before_end) == "as" and before_end > 2:
        begin = max((at + 1 for at in range(before_end) if sentence.low(at) == ";"), default=0)
        return ((begin, before_end - 1),)
    if _trails(sentence, subject=subject, before_end=before_end, after=after):
        quoted = after is not None and sentence.tag(after[0]) == "quote"
        return ((0, before_end), after) if after is not None and quoted else ((0, before_end),)
    return () if after is None else (after,)


def _content_of(
    sentence: Sentence, *, subject: Phrase, index: int, stance: Stance
) -> tuple[int, int] | None:
    """Return what is said after the verb; what is denied ends at a semicolon."""
    lemma = speech_forms()[sentence.low(index)][0].lemma
    after = content_after(sentence, index=index, lemma=lemma)
    if after is not None and stance in ("denies", "disputes"):
        ends = [at for at in range(after[0] + 1, after[1]) if sentence.low(at) == ";"]
        after = (after[0], ends[0] - 1) if ends else after
    if after is not None and subject.antecedent:
        after = within_relative(sentence, span=after)
    return after


def _told_so(
    sentence: Sentence, *, subject: Phrase, index: int
) -> tuple[tuple[int, int], ...] | None:
    """Return what stands before "; her priest told us so", or None."""
    so = {"so", "this"} & set(sentence.lows(index + 1, last=index + 2))
    last = next((at for at in (index + 2, index + 3) if sentence.tag(at) in ("punct", "end")), None)
    apart = sentence.low(subject.first - 1) in (";", ",", "-", "–", "—")
    if not so or last is None or not apart or subject.first < 3:
        return None
    return ((0, subject.first - 2),)


def _listener(sentence: Sentence, *, index: int) -> str:
    """Return the first word for the one who was told, or nothing: "me" in "told me"."""
    at = index + 1
    lemma = speech_forms()[sentence.low(index)][0].lemma
    if lemma not in TO_SOMEBODY and sentence.low(at) != "to":
        return ""
    at += sentence.low(at) == "to"
    return sentence.low(at) if sentence.tag(at) in ("pron", "det", NOUN, "adj") else ""


def _speaker_before(sentence: Sentence, *, index: int) -> Phrase | None:
    """Return who speaks in "denied it and spoke of": the subject of the verb of saying before."""
    for at in range(index - 1, max(index - 20, 0), -1):
        if sentence.tag(at) == "speech":
            return subject_before(sentence, index=group_start(sentence, index=at))
        if sentence.tag(at) in ("quote", "sub") or sentence.low(at) == ";":
            return None
    return None


def _main_subject(sentence: Sentence, *, index: int) -> Phrase | None:
    """Return the subject of the sentence for "…, saying that …"."""
    for at in range(1, index):
        if (
            sentence.tag(at) in ("verb", "speech", "act", "be", "have")
            and sentence.tag(at) != "ing"
        ):
            return subject_before(sentence, index=group_start(sentence, index=at))
    return None


def _trails(
    sentence: Sentence, *, subject: Phrase, before_end: int, after: tuple[int, int] | None
) -> bool:
    """Tell whether the words of saying follow what is said: "…, police said on Monday"."""
    if before_end < 0 or subject.antecedent:
        return False
    mark = sentence.low(subject.first - 1)
    if mark not in (",", "-", "—", "–") and sentence.tag(subject.first - 1) != "quote":
        return False
    if sentence.tag(before_end) == "quote":
        return True
    told = any(sentence.tag(at) in _FINITE for at in range(before_end + 1))
    later = after is not None and begins_later(sentence, first=after[0])
    return told and (after is None or later or not is_clause(sentence, span=after))


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
    subject = with_apposition(sentence, subject=subject)
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
    if sentence.low(first - 1) in ("i", "we") and sentence.low(index) in ("told", "informed"):
        begin = index + 1 + (sentence.low(index + 1) == "that")
        heard = Attribution(None, index, "asserts", ((begin, last),), listener="me")
        return heard if begin <= last else None
    if sentence.low(first - 1) == "it" or sentence.low(index + 1) in ("that", "to"):
        if index >= last:
            return None
        begin = 0 if sentence.low(index + 1) == "to" else index + 1
        how: Stance = "denies" if speech_forms()[sentence.low(index)][1] == "denies" else "reports"
        return Attribution(None, index, how, ((begin, last),), passing_on=True)
    if sentence.low(index) == "reported" and sentence.tag(index + 1) in ("act", "adj"):
        return Attribution(None, index, "reports", ((0, last),), passing_on=True)
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
    named = _named_apposition(sentence, subject=subject)
    if named is not None:
        return Attribution(named, cue, stance, content)
    first, last = speaker_span(sentence, subject=subject)
    first = _after_of(sentence, first=first, last=last) if subject.antecedent else first
    if sentence.low(first) in ("which", "there", "this"):
        return None
    if is_recording(sentence, first=first, last=last, cue=cue):
        return None
    last = _with_mark(sentence, first=first, last=last)
    nobody = first == last and sentence.low(first) == "it"
    pronoun = first == last and sentence.tag(first) == "pron"
    return Attribution((first, last), cue, stance, content, pronoun=pronoun or nobody)


def _with_mark(sentence: Sentence, *, first: int, last: int) -> int:
    """Return the end of a name with the mark that closes a by-name in it: “ex-guard "Moss"”."""
    marks = sum(sentence.low(at) in ('"', "“", "”") for at in range(first, last + 1))
    return last + 1 if marks % 2 and sentence.low(last + 1) in ('"', "”") else last


def _named_apposition(sentence: Sentence, *, subject: Phrase) -> tuple[int, int] | None:
    """Return the name in "its spokesman, Colonel Rufus Eady, said"."""
    if sentence.capitals or not subject.inserts or sentence.named(subject.last):
        return None
    first, last = subject.inserts[-1]
    if last - first > 4 or sentence.tag(first - 1) != "punct":
        return None
    named = all(sentence.named(at) and sentence.tag(at) == NOUN for at in range(first, last + 1))
    return (first, last) if named and last > first else None


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
    if any(sentence.named(at) for at in range(subject.first + 1, subject.last + 1)):
        return subject
    before = subject_before(sentence, index=subject.first - 1)
    if before is None or before.inserts or sentence.capitals:
        return subject
    if (
        sentence.tag(before.first - 1) in ("prep", "act", "verb", "be")
        or sentence.low(before.first) == "the"
    ):
        return subject
    names = [sentence.named(at) for at in range(before.first, before.last + 1)]
    if len(names) >= 2 and all(names):
        return before
    return subject
