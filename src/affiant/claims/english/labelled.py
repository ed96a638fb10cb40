"""Who says it where only a label tells: "governor: …", "… - police", "a text from my brother"."""

from functools import cache

from affiant.claims.english.attributed import Attribution, group_start
from affiant.claims.english.persons import is_person
from affiant.claims.english.phrases import Phrase, core, head, object_after
from affiant.claims.english.subjects import subject_before
from affiant.claims.english.tagging import Sentence
from affiant.claims.lexicon import table, word_set

_LONGEST = 9
_VERBS = frozenset({"speech", "verb", "be", "act", "modal", "have"})
_DASHES = frozenset({"—", "–", "-", "--"})


def labelled(sentence: Sentence) -> list[Attribution]:
    """Return what labels before a colon or at the end attribute, and what came as a message."""
    found = [
        _by_label(sentence),
        _at_the_end(sentence),
        _by_message(sentence),
        _by_figures(sentence),
        _by_owning(sentence),
        _as_it_emerged(sentence),
        _before_quotation(sentence),
    ]
    return [one for one in found if one is not None]


def _by_label(sentence: Sentence) -> Attribution | None:
    """Return "radio just now, governor: …": the last piece before the colon speaks."""
    last = len(sentence.tokens) - 1
    for at in range(1, min(_LONGEST + 4, last)):
        if sentence.low(at) != ":" or sentence.tag(at + 1) == "punct":
            continue
        first = _piece_start(sentence, end=at - 1)
        if first > at - 1 or any(sentence.tag(one) in _VERBS for one in range(first, at)):
            return None
        copied = not _COPIED.isdisjoint(sentence.lows(0, last=at - 1))
        quoted = sentence.tag(at + 1) == "quote"
        if not quoted and not _speaks(sentence, phrase=Phrase(first, at - 1)):
            return None
        if quoted and first == 0 and not copied:
            return None
        listener = "copy" if copied else ""
        return Attribution((first, at - 1), at, "asserts", ((at + 1, last),), listener=listener)
    return None


def _piece_start(sentence: Sentence, *, end: int) -> int:
    """Return where the last piece before a colon begins, words of passing on left out."""
    first = end
    while first > 0 and sentence.tag(first - 1) != "punct" and end - first < _LONGEST:
        first -= 1
    while first <= end and (sentence.low(first) in _PASSED or sentence.tag(first) == "date"):
        first += 1
    return first


def _at_the_end(sentence: Sentence) -> Attribution | None:
    """Return "12 dead in Ostrel - police": a headline that ends with who says so."""
    last = len(sentence.tokens) - 1
    if sentence.tag(last) == "punct" or last < 3:
        return None
    for at in range(last - 1, max(last - 7, 1), -1):
        if sentence.low(at) not in _DASHES and sentence.low(at) != ":":
            continue
        spaced = sentence.text[sentence.tokens[at].start - 1].isspace() or sentence.low(at) == ":"
        phrase = Phrase(at + 1, last)
        verbs = any(sentence.tag(one) in _VERBS - {"speech"} for one in range(at + 1, last + 1))
        if verbs or not spaced or not _speaks(sentence, phrase=phrase):
            return None
        end = last - 1 if sentence.tag(last) == "speech" else last
        return Attribution((at + 1, end), at, "asserts", ((0, at - 1),))
    return None


def _by_message(sentence: Sentence) -> Attribution | None:
    """Return "got a text from my brother … “they say …”": what is quoted are their words."""
    last = len(sentence.tokens) - 1
    for at in range(1, last - 1):
        if sentence.low(at) not in ("from", "off") or sentence.low(at - 1) not in _messages():
            continue
        source = object_after(sentence, index=at + 1)
        quoted = next((to for to in range(at + 1, last + 1) if sentence.tag(to) == "quote"), None)
        if source is None:
            return None
        short = core(sentence, phrase=source)
        begin = quoted if quoted is not None else _after_colon(sentence, at=short.last)
        if begin is None or not _speaks(sentence, phrase=short):
            return None
        content = ((begin, last),)
        return Attribution((short.first, short.last), at, "asserts", content, listener="me")
    return None


def _after_colon(sentence: Sentence, *, at: int) -> int | None:
    """Return where the words after "from X:" or "from X saying" begin."""
    for to in range(at + 1, min(at + 4, len(sentence.tokens) - 1)):
        if sentence.low(to) in (":", "saying", "that", "says"):
            return to + 1
    return None


def _by_figures(sentence: Sentence) -> Attribution | None:
    """Return "the ministry puts the toll at nine" and "it gives its own losses as three dead"."""
    last = len(sentence.tokens) - 1
    for at in range(1, last - 2):
        if sentence.low(at) not in word_set("speech", "figures", "verbs"):
            continue
        if word_set("speech", "figures", "nouns").isdisjoint(sentence.lows(at + 1, last=at + 6)):
            continue
        subject = subject_before(sentence, index=group_start(sentence, index=at))
        if subject is None:
            return None
        pronoun = subject.first == subject.last and sentence.low(subject.first) in _IT
        if not pronoun and not _speaks(sentence, phrase=subject):
            return None
        span = (subject.first, core(sentence, phrase=subject).last)
        return Attribution(span, at, "asserts", ((at + 1, last),), pronoun=pronoun)
    return None


def _by_owning(sentence: Sentence) -> Attribution | None:
    """Return "the Front owned to having shot two": who confesses says it."""
    last = len(sentence.tokens) - 1
    for at in range(1, last):
        for words in _owning().get(sentence.low(at), ()):
            end = at + len(words)
            if not sentence.follows(at, sequence=words) or end > last:
                continue
            subject = subject_before(sentence, index=group_start(sentence, index=at))
            if subject is None:
                return None
            span = (subject.first, core(sentence, phrase=subject).last)
            pronoun = span[0] == span[1] and sentence.tag(span[0]) == "pron"
            return Attribution(span, at, "asserts", ((end, last),), pronoun=pronoun)
    return None


def _as_it_emerged(sentence: Sentence) -> Attribution | None:
    """Return "it emerged that …": passed on from nobody named."""
    last = len(sentence.tokens) - 1
    for at in range(last - 3):
        if sentence.low(at) != "it" or sentence.low(at + 2) != "that":
            continue
        if sentence.low(at + 1) in word_set("speech", "figures", "emerging"):
            content = ((at + 3, last),)
            return Attribution(None, at + 1, "reports", content, passing_on=True)
    return None


def _before_quotation(sentence: Sentence) -> Attribution | None:
    """Return "the mayor shook his head: “…”": the subject of the sentence speaks."""
    last = len(sentence.tokens) - 1
    at = next(
        (
            at
            for at in range(2, last)
            if sentence.low(at) == ":" and sentence.tag(at + 1) == "quote"
        ),
        None,
    )
    if at is None or any(sentence.tag(one) == "speech" for one in range(at)):
        return None
    for verb in range(1, at):
        if sentence.tag(verb) in ("be", "have", "verb", "act", "modal"):
            subject = subject_before(sentence, index=group_start(sentence, index=verb))
            if subject is None or subject.antecedent:
                return None
            span = (subject.first, core(sentence, phrase=subject).last)
            pronoun = span[0] == span[1] and sentence.low(span[0]) in _IT
            if not pronoun and not _speaks(sentence, phrase=subject):
                return None
            return Attribution(span, verb, "asserts", ((at + 1, last),), pronoun=pronoun)
    return None


def _opens_quote(sentence: Sentence, *, at: int) -> bool:
    return sentence.low(at) == ":" and sentence.tag(at + 1) == "quote"


def _speaks(sentence: Sentence, *, phrase: Phrase) -> bool:
    """Tell whether a phrase can be a voice: a person, a body, a paper, or somebody's name."""
    if phrase.last < phrase.first or sentence.tag(phrase.last) in ("date", "num", "punct"):
        return False
    low = head(sentence, phrase=phrase)
    low = low.removesuffix("'s")
    if low in word_set("speech", "figures", "labels") or low in word_set("places", "nouns"):
        return low in word_set("speech", "figures", "bodies")
    titled = sentence.low(phrase.first) in _TITLES and phrase.last > phrase.first
    return is_person(low) or low in word_set("speech", "figures", "bodies") or titled


_TITLES = frozenset({"mr", "mrs", "ms", "dr", "prof", "col", "gen", "capt", "mr.", "dr.", "sister"})
_IT = frozenset({"it", "they", "he", "she"})
_COPIED = frozenset(
    {"fwd", "fw", "forwarded", "forward", "via", "rt", "repost", "reposted", "copied"}
)
_PASSED = frozenset(
    {
        *("fwd", "fw", "forwarded", "forward", "from", "via", "rt", "repost", "reposted", "copied"),
        *("statement", "by", "breaking", "just", "now", "quote", "quoting", "message", "radio"),
    }
)


@cache
def _owning() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for entry in table("speech")["figures"]["owning"]:
        words = tuple(entry.split())
        found[words[0]] = (*found.get(words[0], ()), words)
    return found


@cache
def _messages() -> frozenset[str]:
    return word_set("speech", "figures", "messages")
