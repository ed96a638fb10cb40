"""Words of a sentence and the voice that says them."""

from dataclasses import dataclass

from affiant.claims.english.phrases import Phrase, object_after
from affiant.claims.english.tagging import NOUN, Sentence
from affiant.model.vocabulary import Stance

_GROUP = frozenset({"be", "have", "modal", "adv", "neg", "to"})
_STRETCHES = frozenset({"hours", "days", "minutes", "weeks", "shortly", "soon", "just"})
_ADDED = frozenset({"after", "before", "as", "while"})


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
        listener: To whom it was said, its first word in lower case: "me", or nothing.
    """

    speaker: tuple[int, int] | None
    cue: int
    stance: Stance
    content: tuple[tuple[int, int], ...]
    pronoun: bool = False
    passing_on: bool = False
    listener: str = ""

    def holds(self, index: int) -> bool:
        """Tell whether a token is among what is said."""
        return any(first <= index <= last for first, last in self.content)

    @property
    def size(self) -> int:
        """Number of tokens that are said."""
        return sum(last - first + 1 for first, last in self.content)


def group_start(sentence: Sentence, *, index: int) -> int:
    """Return where the verb group that ends at ``index`` begins: "has repeatedly said"."""
    first = index
    while sentence.tag(first - 1) in _GROUP and first > 0:
        first -= 1
    while sentence.tag(first) == "adv" and first < index:
        first += 1
    return first


def speaker_span(sentence: Sentence, *, subject: Phrase) -> tuple[int, int]:
    """Return the speaker's name without what hangs on it after a comma or date."""
    for at in range(subject.first + 1, subject.last + 1):
        if sentence.low(at) in (",", "[", ";") or sentence.tag(at) == "date":
            dated = sentence.tag(at) == "date" and sentence.tag(at - 1) == "prep"
            return subject.first, max(at - 1 - dated, subject.first)
        if sentence.low(at) in ("during", "after", "before"):
            return subject.first, at - 1
    return subject.first, subject.last


def with_apposition(sentence: Sentence, *, subject: Phrase) -> Phrase:
    """Return the name after "said the director,", with the comma that closes it as its end."""
    if sentence.low(subject.last + 1) != "," or sentence.capitals or sentence.named(subject.last):
        return subject
    one_of = sentence.follows(subject.first, sequence=("one", "of"))
    if one_of and sentence.low(subject.last + 2) in ("a", "an"):
        more = object_after(sentence, index=subject.last + 2)
        return subject if more is None else Phrase(subject.first, more.last)
    first = last = subject.last + 2
    while last < len(sentence.tokens) and sentence.named(last) and sentence.tag(last) == NOUN:
        last += 1
    closed = sentence.tag(last) in ("punct", "end", "quote")
    return Phrase(first, last - 1) if closed and last - first > 1 else subject


def begins_later(sentence: Sentence, *, first: int) -> bool:
    """Tell whether "hours after …", "as …" begins here: what its author adds to what was said."""
    at = first
    while sentence.tag(at) in ("date", "punct") or sentence.low(at) == "on":
        at += 1
    at += sentence.low(at) in _STRETCHES
    return sentence.low(at) in _ADDED
