"""How many, with bounds and parts, for one act of an Arabic sentence."""

from dataclasses import replace

from affiant.claims.arabic.hits import Hit
from affiant.claims.arabic.parties import named
from affiant.claims.arabic.patterns import LANGUAGE
from affiant.claims.arabic.sentence import Sentence, sentence_of
from affiant.claims.arabic_script.drafts import Draft
from affiant.claims.arabic_script.numbers import People
from affiant.claims.arabic_script.patterns import cues, words
from affiant.model.count import Count, Part
from affiant.model.vocabulary import COUNT_OF_FAMILY, FAMILY_OF, CountOf

_AHEAD = 4
_LEAST = 2
_NO_NAME = ("ا", "ین", "ون", "ات", "اء", "هم", "ها", "نا")
_OF_ONE = frozenset({"ill_treatment", "killing", "taking", "sexual_violence"})
_PERSONAL = frozenset({"killing", "taking", "ill_treatment", "wounding", "sexual_violence"})


def count_of(draft: Draft, *, hit: Hit, one: People | None, parts: set[int], denying: bool) -> None:
    """Add the number that an act is told with, one person, or nobody."""
    sentence = sentence_of(draft.layers)
    if draft.own_part or draft.act == "threat":
        _count_us(draft, hit=hit)
        return
    of = _of(draft, one=one)
    nobody = _nobody(sentence, hit=hit) if draft.denied or denying else None
    if nobody is not None and COUNT_OF_FAMILY.get(FAMILY_OF[draft.act]):
        exact = draft.quote("count", first=nobody[0], last=nobody[1])
        of = COUNT_OF_FAMILY[FAMILY_OF[draft.act]]
        draft.counts.append(Count(of=of, min=0, max=0, words=exact))
        draft.features.add("count_zero")
        return
    if one is not None and one.number.rule == "group" and hit.passive and hit.ending == "ا":
        one = replace(one, number=replace(one.number, low=2, high=2, rule="dual"))
    if one is None or of is None:
        _by_pronoun(draft, hit=hit, denying=denying)
        return
    number = one.number
    if number.rule == "group" or (number.rule == "single" and (draft.denied or denying)):
        return
    if number.rule == "nobody" and not (draft.denied or denying):
        return
    first, last, low, high = _summed(sentence, one=one)
    inside = _parts(sentence, one=one, parts=parts)
    pattern = cues("numbers", "units", "totals", language=LANGUAGE)
    total = next(iter(sentence.line.find(pattern)), None) is not None
    exact = draft.quote("count", first=first, last=last)
    draft.counts.append(
        Count(
            of=of,
            min=low,
            max=high,
            words=exact,
            breakdown=inside,
            relation="includes" if inside else "unstated",
            scope="aggregate" if total and low != 1 else "event",
        )
    )
    _mark(draft, one=one, inside=inside)


def _count_us(draft: Draft, *, hit: Hit) -> None:
    """Count those among whom the speaker was: "كنا سبعة"."""
    sentence = sentence_of(draft.layers)
    of = COUNT_OF_FAMILY.get(FAMILY_OF[draft.act])
    if of is None or hit.pronoun != "نا":
        return
    for one in sentence.people:
        if one.number.first and sentence.line.tokens[one.number.first - 1].key == "کنا":
            if one.number.rule in ("figures", "words"):
                exact = draft.quote("count", first=one.number.first, last=one.number.last)
                draft.counts.append(
                    Count(of=of, min=one.number.low, max=one.number.high, words=exact)
                )
            return


def _mark(draft: Draft, *, one: People, inside: tuple[Part, ...]) -> None:
    number = one.number
    names = {"single": "count_single", "nobody": "count_zero", "range": "count_range"}
    draft.features.add(names.get(number.rule, "count_in_clause"))
    if inside:
        draft.features.add("count_parts")
    if (number.low is None) != (number.high is None):
        draft.features.add("count_bound")


def _of(draft: Draft, *, one: People | None) -> CountOf | None:
    """Return what is counted; beasts, houses and families are counted as such."""
    family = FAMILY_OF[draft.act]
    if family == "destruction":
        return "other" if one is not None and one.kind in ("goods", "family") else None
    if one is not None and one.kind == "goods":
        return None
    if one is not None and one.kind == "family":
        return "other"
    if draft.act == "enforced_disappearance":
        return "missing"
    return COUNT_OF_FAMILY.get(family)


def _by_pronoun(draft: Draft, *, hit: Hit, denying: bool) -> None:
    """Count by an attached pronoun ("قتلوهما" two, "ضربوه" one), and nobody by "أحد"."""
    of = COUNT_OF_FAMILY.get(FAMILY_OF[draft.act])
    if of is None or FAMILY_OF[draft.act] not in _PERSONAL:
        return
    if not (draft.denied or denying) and _by_name(draft, hit=hit, of=of):
        return
    if hit.form.voice == "passive" and FAMILY_OF[draft.act] == "killing":
        _one_woman(draft, hit=hit, denying=denying)
        return
    if hit.form.voice == "being":
        _by_body(draft, hit=hit, of=of)
        return
    many = {"هما": 2, "ه": 1, "ها": 1}.get(hit.pronoun, 0)
    if hit.pronoun == "ها" and (hit.form.needs or FAMILY_OF[draft.act] not in _OF_ONE):
        return
    if not many or draft.denied or denying or hit.form.voice == "nouns":
        return
    exact = draft.quote("count", first=hit.first, last=hit.first)
    draft.counts.append(Count(of=of, min=many, max=many, words=exact))
    draft.features.add("victim_pronoun")


def _by_name(draft: Draft, *, hit: Hit, of: CountOf) -> bool:
    """Count one by a bare name right after a verb in the passive, or right before it."""
    sentence = sentence_of(draft.layers)
    if not hit.passive or hit.form.voice == "being" or hit.ending not in ("", "ت") or hit.pronoun:
        return False
    after, before = hit.last + 1, hit.first - 1
    if _is_name(sentence, at=after):
        first, last = after, min(sentence.phrase(after), after + 2)
    elif _is_name(sentence, at=before) and _is_name(sentence, at=before - 1):
        first, last = before - 1, before
    else:
        return False
    exact = draft.quote("count", first=first, last=last)
    draft.counts.append(Count(of=of, min=1, max=1, words=exact))
    draft.features.add("count_single")
    return True


def _is_name(sentence: Sentence, *, at: int) -> bool:
    """Tell whether a word may be the name of a person: known as nothing else, no adverb."""
    if not 0 <= at < len(sentence.line.tokens) or at in sentence.stops:
        return False
    key = sentence.line.tokens[at].key
    known = any(at in found for found in sentence.kinds.values())
    led = at > 0 and (at - 1 in sentence.prepositions or at - 1 in sentence.that)
    plain = key[0].isalpha() and not key.startswith(("ال", "ب", "ل")) and len(key) > _LEAST
    return plain and not known and not led and not key.endswith(_NO_NAME)


def _by_body(draft: Draft, *, hit: Hit, of: CountOf) -> None:
    """Count one or two by the part of the body that is told of: "ظهره مخطط", "ظهريهما"."""
    sentence = sentence_of(draft.layers)
    for at in range(max(0, hit.first - _AHEAD), hit.last + 1):
        key = sentence.line.tokens[at].key
        if not key.removeprefix("ب").startswith(_body()) or draft.denied:
            continue
        many = 2 if key.endswith("هما") else 1 if key.endswith(("ه", "ها", "و")) else 0
        if many:
            exact = draft.quote("count", first=at, last=at)
            draft.counts.append(Count(of=of, min=many, max=many, words=exact))
            draft.features.add("victim_pronoun")
        return


def _body() -> tuple[str, ...]:
    return tuple(words("people", "body", language=LANGUAGE))


def _one_woman(draft: Draft, *, hit: Hit, denying: bool) -> None:
    """Count one where a verb has a woman for its subject and no noun after it: "ماتت في"."""
    sentence = sentence_of(draft.layers)
    alone = hit.ending == "ت" and hit.last + 1 in sentence.prepositions
    if alone and not (draft.denied or denying):
        exact = draft.quote("count", first=hit.first, last=hit.first)
        draft.counts.append(Count(of="killed", min=1, max=1, words=exact))
        draft.features.add("victim_pronoun")


def _nobody(sentence: Sentence, *, hit: Hit) -> tuple[int, int] | None:
    """Return the words for nobody: "أحد", "أي عامل", "لا معتقلين"."""
    if hit.form.voice == "nobody":
        return hit.first, hit.last
    none = words("people", "nobody", language=LANGUAGE)
    start, _ = sentence.clause(hit)
    for at in range(start, hit.first):
        if hit.passive and sentence.line.tokens[at].key in ("احدا", "احد"):
            return at, at
    people = sentence.kinds["persons"] | sentence.kinds["kin"]
    for at in range(hit.first + 1, min(hit.last + 4, len(sentence.line.tokens))):
        if sentence.line.tokens[at].key in none and (at <= hit.last or at not in sentence.ends):
            return at, at + 1 if at + 1 in people else at
    return None


def _summed(sentence: Sentence, *, one: People) -> tuple[int, int, int | None, int | None]:
    """Return words and bounds of those told of, with others joined by "و": "امرأتان وطفل"."""
    first, last = one.number.first, max(one.last, one.number.last)
    low, high = one.number.low, one.number.high
    if one.number.rule not in ("single", "dual"):
        return first, last, low, high
    starts = {each.number.first: each for each in sentence.people}
    reach = sentence.phrase(last)
    for end in (last, reach):
        after = starts.get(end + 2)
        joined = sentence.line.keys(end + 1, last=end + 1) == ["و"]
        if joined and after is not None and after.number.rule in ("single", "dual"):
            more = after.number.low or 0
            return first, max(after.last, after.number.last), (low or 0) + more, (high or 0) + more
    if one.number.rule == "single":
        last = named(sentence, one=one)[1]
    return first, last, low, high


def _parts(sentence: Sentence, *, one: People, parts: set[int]) -> tuple[Part, ...]:
    """Return the parts told after a whole."""
    if one.number.rule in ("single", "nobody"):
        return ()
    return tuple(
        Part(
            words=sentence.line.exact(each.number.first, last=max(each.last, each.number.last)),
            min=each.number.low,
            max=each.number.high,
        )
        for each in sentence.people
        if each.number.first in parts
        and each.number.first > one.number.first
        and not _is_let_go(sentence, first=one.number.first, last=each.number.first)
    )


def _is_let_go(sentence: Sentence, *, first: int, last: int) -> bool:
    """Tell whether it is told between two numbers that the second were let go."""
    pattern = cues("acts", "release", language=LANGUAGE)
    return any(first < a < last for a, _, _ in sentence.line.find(pattern))
