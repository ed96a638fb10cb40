"""Words that call something untrue: “it is not true that …”, “the figure … is an invention”."""

from functools import cache

from affiant.claims.english.attributed import Attribution
from affiant.claims.english.tagging import Sentence
from affiant.claims.english.turns import telling_words
from affiant.claims.lexicon import table, word_set
from affiant.model.vocabulary import Stance

_NUMBERS = frozenset({"figure", "figures", "number", "numbers", "toll"})
_DEAD = frozenset({"dead", "missing"})


def told_false(sentence: Sentence) -> list[Attribution]:
    """Return "it is untrue that …" and "the figure of nine dead … is an invention"."""
    last = len(sentence.tokens) - 1
    for index, token in enumerate(sentence.tokens):
        if token.tag != "be":
            continue
        after = _past_stress(sentence, at=index + 1)
        for words in _false_words().get(sentence.low(after), ()):
            if not sentence.follows(after, sequence=words):
                continue
            end = after + len(words)
            if sentence.low(end) == "that" and end < last:
                return [Attribution(None, after, "denies", ((end + 1, last),), passing_on=True)]
            first = _alleged(sentence, before=index)
            if first is not None:
                told = telling_words() | _DEAD
                if not any(act.tag == "act" or act.low in told for act in sentence.tokens):
                    return []
                stance: Stance = "disputes" if sentence.low(first) in _NUMBERS else "denies"
                return [Attribution(None, after, stance, ((first, index - 1),), passing_on=True)]
    return []


def _past_stress(sentence: Sentence, *, at: int) -> int:
    """Return the place after "simply", "a pure", "an outright"."""
    while sentence.tag(at) == "adv":
        at += 1
    begin = at + (sentence.low(at) in ("a", "an", "the"))
    end = begin
    while sentence.low(end) in word_set("civic", "denial", "stress"):
        end += 1
    return end if end > begin or begin == at else at


def _alleged(sentence: Sentence, *, before: int) -> int | None:
    """Return where "the figure of …" or "the reports that …" begins, or None."""
    alleging = table("civic")["denial"]["alleging"]
    for at in range(before - 1, max(before - 30, -1), -1):
        if sentence.tag(at) in ("quote",) or sentence.low(at) == ";":
            return None
        if sentence.low(at) in alleging and at + 1 < before:
            return at
    return None


@cache
def _false_words() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for entry in sorted(table("civic")["denial"]["untrue"], key=len, reverse=True):
        words = tuple(entry.split())
        found[words[0]] = (*found.get(words[0], ()), words)
    return found
