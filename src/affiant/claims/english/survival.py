"""Deaths told by who did not live: "none of the nine survived", "there were no survivors"."""

import re
from dataclasses import replace

from affiant.claims.english.drafts import Draft
from affiant.claims.english.numbers import Quantity, quantity_at
from affiant.claims.english.phrases import Phrase, words_of
from affiant.claims.english.tagging import Sentence
from affiant.model.count import Count
from affiant.model.involvement import Involvement

_NOBODY = (
    r"(?:none|nobody|no[- ]one|not\s+(?:one|a\s+(?:single\s+)?(?:one|soul|man|person))|neither)"
)
_LIVED = (
    r"(?:survived|lived\b(?!\s+(?:in|there|at|on))|(?:was|were|is|are)\s+(?:left\s+|found\s+|still\s+)?alive|"
    r"(?:got|came|made\s+it|were\s+brought|was\s+brought)\s+(?:out|back|home)\s+alive|"
    r"made\s+it\s+(?:out|through)|pulled\s+through|lived\s+(?:to|through))"
)
_TOLD = re.compile(
    rf"\b(?:{_NOBODY}(?:\s+of\s+[^,;.:]{{1,40}}?)?\s+{_LIVED}|(?:there\s+were|leaving|left|with)\s+"
    r"no\s+(?:known\s+)?survivors?\b|no\s+survivors?\b)",
    re.IGNORECASE,
)


def deaths_by_survival(sentence: Sentence, *, taken: list[Draft]) -> list[Draft]:
    """Return the deaths that a sentence tells by saying that nobody lived.

    Args:
        sentence: The sentence.
        taken: What it tells otherwise; a number told there before is that of the dead.
    """
    match = _TOLD.search(sentence.text, sentence.start, sentence.end)
    if match is None or any(draft.act.endswith("killing") for draft in taken):
        return []
    inside = [
        at for at, one in enumerate(sentence.tokens) if match.start() <= one.start < match.end()
    ]
    if not inside or any(sentence.tag(at) == "quote" for at in inside):
        return []
    draft = Draft(sentence, anchor=inside[-1], act="killing", score=0.55)
    draft.features.add("idiom")
    draft.quote("act", first=inside[0], last=inside[-1])
    draft.why.append(f"“{' '.join(match[0].lower().split())}”")
    number = _number_of(sentence, inside=inside)
    if number is not None:
        words = words_of(sentence, phrase=Phrase(number.first, number.last))
        draft.counts.append(Count(of="killed", min=number.low, max=number.high, words=words))
        draft.quote("count", first=number.first, last=number.last)
        draft.involvements.append(Involvement(name=words, role="victim", side="victim"))
    else:
        _take_number(draft, taken=taken)
    return [draft]


def _number_of(sentence: Sentence, *, inside: list[int]) -> Quantity | None:
    """Return how many those were of whom none lived: "not one of the sixteen"."""
    for at in inside[1:]:
        number = quantity_at(sentence, index=at) if sentence.low(at - 1) in ("of", "the") else None
        if number is not None and number.low is not None and number.last <= inside[-1]:
            return number
    return None


def _take_number(draft: Draft, *, taken: list[Draft]) -> None:
    """Take those told before in the sentence: "herded nine elders into a barn …; none survived"."""
    before = [one for one in taken if one.anchor < draft.anchor and one.counts and not one.denied]
    for one in before[-1:]:
        draft.counts.append(replace(one.counts[0], of="killed"))
        draft.spans.extend(span for span in one.spans if span[0] in ("count", "victim"))
        draft.involvements.extend(
            replace(party, inferred=True) for party in one.involvements if party.side == "victim"
        )
        draft.why.append("number of those told before in the sentence")
