"""Numbers that follow those whom they count: "every man in the village, twenty-six of us"."""

from affiant.claims.english.numbers import Quantity, quantity_at
from affiant.claims.english.phrases import Phrase, head
from affiant.claims.english.tagging import Sentence

_OF_THEM = frozenset({"us", "them", "whom"})


def all_of_them(sentence: Sentence, *, span: tuple[int, int]) -> Quantity | None:
    """Return the number in "the Maddox family was burned alive, all five"."""
    for at in range(span[0], min(span[1] + 4, len(sentence.tokens))):
        if sentence.low(at) == "," and sentence.low(at + 1) in ("all", "both"):
            quantity = quantity_at(sentence, index=at + 1)
            ends = quantity is not None and sentence.tag(quantity.last + 1) in ("punct", "end")
            if quantity is not None and quantity.low is not None and ends:
                return quantity
    return None


def counted_after(sentence: Sentence, *, phrase: Phrase) -> Quantity | None:
    """Return the number in "arrested every man in the village, twenty-six of us"."""
    every = sentence.low(phrase.first) in ("every", "each", "all")
    if not every and not is_plural(head(sentence, phrase=phrase)):
        return None
    for at in range(phrase.last + 1, min(phrase.last + 14, len(sentence.tokens) - 1)):
        if sentence.low(at) == "," and at + 1 not in sentence.date_at:
            quantity = quantity_at(sentence, index=at + 1)
            if quantity is None or quantity.low is None:
                continue
            after = quantity.last + 1
            after += 2 * (sentence.low(after) == "of" and sentence.low(after + 1) in _OF_THEM)
            after += sentence.low(after) in ("persons", "people", "souls")
            if sentence.tag(after) in ("punct", "end"):
                return quantity
    return None


def is_plural(low: str) -> bool:
    """Tell whether a noun is in the plural by its ending."""
    ending = low.endswith(("men", "people", "children", "troops", "mice"))
    return ending or (low.endswith("s") and not low.endswith("ss"))
