"""Whom an act befell and who is accused of it: verb first, or subject first."""

from affiant.claims.arabic.hits import Hit
from affiant.claims.arabic.patterns import LANGUAGE
from affiant.claims.arabic.sentence import Sentence
from affiant.claims.arabic_script.numbers import People
from affiant.claims.arabic_script.patterns import cues, words

_LEADS = frozenset(
    {"من", "الی", "الى", "علی", "مع", "ب", "ل", "عن", "ضد", "ک", "قبل", "بعد", "لدی", "بین"}
)
_REACH = 25
_NAMES = 3
_PLURAL = ("وا", "و", "ن", "ون")
_TOLL = 4


def part_numbers(sentence: Sentence) -> set[int]:
    """Return the first words of numbers that are a part of another: "بينهم ثلاثة"."""
    opened: set[int] = set()
    found: set[int] = set()
    for _, last, _ in sentence.line.find(cues("numbers", "units", "part", language=LANGUAGE)):
        opened.add(last)
    ends: dict[int, int] = {}
    for one in sentence.people:
        first, last = one.number.first, max(one.last, one.number.last)
        after = bool({first - 1, first - 2} & opened)
        led = sentence.line.keys(first - 1, last=first - 1)
        if after and led[:1] in (["منها"], ["منه"], ["منهم"], ["منهن"]):
            after = any(each.number.first < first and _is_counted(each) for each in sentence.people)
        if sentence.line.keys(first - 1, last=first - 1) == ["الا"]:
            continue
        joined = sentence.line.keys(first - 1, last=first - 1) == ["و"] and first - 2 in ends
        after = after or _is_of_them(sentence, one=one)
        if first > 0 and (after or joined) and one.number.rule != "group":
            found.add(first)
            ends.update({last: first, sentence.phrase(last): first})
    return found


def _is_of_them(sentence: Sentence, *, one: People) -> bool:
    """Tell whether a number is part of one before it: "ستة منهم", "إحداهم شرطية"."""
    first, last = one.number.first, max(one.last, one.number.last)
    if not any(each.number.first < first and _is_counted(each) for each in sentence.people):
        return False
    if sentence.line.tokens[first].key in words("numbers", "units", "one_of", language=LANGUAGE):
        return True
    of = words("numbers", "units", "part_of", language=LANGUAGE)
    return bool(of & set(sentence.line.keys(last + 1, last=last + 1)))


def own(sentence: Sentence, *, hit: Hit) -> bool:
    """Tell whether it befell the speaker: "ضربوني", "اعتُقلتُ", "لم يُسمح لي"."""
    if hit.pronoun in ("نی", "نا"):
        return True
    if sentence.line.tokens[hit.first].key in ("اصبت", "اصبنا"):
        return True
    keys = sentence.line.keys(hit.first + 1, last=hit.last + 2)
    if {"لی", "لنا", "بی", "بنا", "نحنا", "نحن"} & set(keys[:3]):
        return True
    mine = words("people", "mine_body", language=LANGUAGE)
    if (
        mine & set(sentence.line.keys(hit.first + 1, last=hit.last + 2))
        and hit.form.voice == "active"
    ):
        return True
    raw = sentence.written(hit.first)
    if hit.ending == "ت" and raw.endswith("تُ") and hit.form.voice != "nouns":
        return "ُ" in raw[:-2]
    first = sentence.line.tokens[hit.first].key
    return hit.form.voice == "passive" and (
        first == "نحنا" or hit.ending == "نا" or first.endswith("ینا")
    )


def befallen(sentence: Sentence, *, hit: Hit, parts: set[int]) -> People | None:
    """Return those it befell: after the verb, or before it in a passive."""
    start, end = sentence.clause(hit)
    whole = [one for one in sentence.people if one.number.first not in parts]
    after = [one for one in whole if hit.first < one.number.first <= min(end, hit.first + _REACH)]
    before = [
        one for one in whole if max(start, hit.first - _REACH) <= one.number.first < hit.first
    ]
    if hit.form.voice == "nobody":
        return None
    if hit.form.voice == "state":
        return _toll(hit, whole=whole)
    if hit.form.voice == "nouns":
        return _after_noun(sentence, hit=hit, found=after)
    back = [one for one in before if not _is_led(sentence, one=one) and one.last < hit.first]
    if _stands_before(hit, back=back):
        return back[-1]
    free = [
        one
        for one in after
        if not _is_led(sentence, one=one) or _is_hit(sentence, hit=hit, one=one)
    ]
    free = _without_subject(sentence, hit=hit, found=free)
    if free:
        return free[0]
    if start == hit.first or _goes_on(sentence, at=hit.first):
        return _shared(sentence, hit=hit) if hit.passive and hit.ending in _PLURAL else None
    subject = [one for one in back if hit.passive or hit.pronoun or _is_counted(one)]
    return subject[-1] if subject else None


def _stands_before(hit: Hit, *, back: list[People]) -> bool:
    """Tell whether those it befell are told of before it: a verb in the plural, a state."""
    many = hit.passive and hit.ending in (*_PLURAL, "ا", "تا")
    return bool(back) and (hit.form.voice == "being" or many)


def _shared(sentence: Sentence, *, hit: Hit) -> People | None:
    """Return those told of before whom a verb in the plural goes on with: "... وعُلّقوا"."""
    found = [one for one in sentence.people if one.last < hit.first and _is_counted(one)]
    found = [one for one in found if one.kind != "goods" and one.number.rule != "nobody"]
    return found[0] if found and hit.first - found[0].last < _REACH else None


def _goes_on(sentence: Sentence, *, at: int) -> bool:
    """Tell whether a verb begins anew after "و", "ف" or "وقد"."""
    keys = sentence.line.keys(max(0, at - 2), last=at - 1)
    return bool(keys) and (keys[-1] in ("و", "ف") or keys == ["و", "قد"])


def _toll(hit: Hit, *, whole: list[People]) -> People | None:
    """Return the number of a toll: "ثلاثين قتيلا", "عدد القتلى إلى 57", "جثث سبعة"."""
    own = next((one for one in whole if one.head == hit.first), None)
    if own is not None and (own.number.low, own.number.high) != (None, None):
        return own
    near = (one for one in whole if 0 < one.number.first - hit.first <= _TOLL)
    after = next((one for one in whole if one.number.first == hit.last + 1), None)
    if own is None and after is not None and after.number.rule == "single":
        return after
    return next((one for one in near if _is_counted(one)), own)


def _after_noun(sentence: Sentence, *, hit: Hit, found: list[People]) -> People | None:
    """Return those told of right after a noun: "مقتل ثلاثة", "قتل قوات الأمن ثلاثة"."""
    for one in found:
        between = sentence.line.keys(hit.last + 1, last=one.number.first - 1)
        if one.number.first <= hit.last:
            return one
        if len(between) <= _NAMES and all(
            word.isalnum() and word not in _LEADS for word in between
        ):
            return one
        if [*between] in (['"'], ["ل"]):
            return one
    inside = [one for one in sentence.people if hit.first < one.number.first <= hit.last]
    return inside[0] if inside else None


def _is_led(sentence: Sentence, *, one: People) -> bool:
    """Tell whether a preposition stands before a noun phrase."""
    keys = (
        sentence.line.keys(one.number.first - 1, last=one.number.first - 1)
        if one.number.first
        else []
    )
    if not keys or keys[0] in ("نحو",):
        return False
    if keys[0] in words("words", "hands", language=LANGUAGE):
        return True
    return keys[0] in (*_LEADS, "الا") or one.number.first - 1 in sentence.prepositions


def _is_hit(sentence: Sentence, *, hit: Hit, one: People) -> bool:
    """Tell whether "ب" leads to what was struck: "لحقت أضرار بستين منزلا", "أودت بثلاثة"."""
    before = sentence.line.keys(one.number.first - 1, last=one.number.first - 1)
    by = words("acts", "strikes_by", language=LANGUAGE)
    if before == ["ب"] and sentence.line.tokens[hit.first].key in by:
        return True
    return one.kind in ("goods", "family") and before == ["ب"] and _is_counted(one)


def _is_counted(one: People) -> bool:
    return one.number.rule not in ("single", "group")


def _without_subject(sentence: Sentence, *, hit: Hit, found: list[People]) -> list[People]:
    """Return what follows a verb without the subject that acts."""
    subject = acting(sentence, hit=hit)
    if subject is None:
        return found
    return [one for one in found if not subject[0] <= one.number.first <= subject[1]]


def acting(sentence: Sentence, *, hit: Hit) -> tuple[int, int] | None:
    """Return the subject of an active verb, where it stands after or before it."""
    if hit.passive or hit.form.voice != "active":
        return None
    tokens = sentence.line.tokens
    start, end = sentence.clause(hit)
    at = hit.first + 1
    actors = {one for one in sentence.kinds["actors"] if not _is_object(sentence, at=one)}
    if at in actors or (
        at < len(tokens) and at - 1 == hit.first and at + 1 in actors and at not in sentence.stops
    ):
        last = sentence.phrase(at)
        return at, _until_object(sentence, first=at, last=last)
    numbers = [one for one in sentence.people if one.number.first == at and one.head in actors]
    if numbers and _has_object(sentence, after=numbers[0].last, end=end):
        return at, sentence.phrase(numbers[0].last)
    if (
        hit.ending in ("وا", "و", "ون")
        or hit.pronoun
        or _has_object(sentence, after=hit.last, end=end)
    ):
        for one in range(hit.first - 1, start - 1, -1):
            if (
                one in sentence.heads
                and not hit.pronoun
                and not _has_object(sentence, after=hit.last, end=end)
            ):
                return None
            if one in actors and one - 1 not in sentence.prepositions and one - 1 not in actors:
                return one, min(sentence.phrase(one), hit.first - 1)
    return None


def _is_object(sentence: Sentence, *, at: int) -> bool:
    """Tell whether a noun ends as an object does: "ضابطين", "شرطيا"."""
    key = sentence.line.tokens[at].key
    return (
        key.endswith(("ین", "یا")) and not key.startswith("ال") and key not in ("ملیشیا", "میلیشیا")
    )


def _until_object(sentence: Sentence, *, first: int, last: int) -> int:
    """Return where the subject ends and an object without a number begins."""
    objects = sentence.kinds["kin"] | sentence.kinds["medical"] | sentence.kinds["objects"]
    objects |= {one.head for one in sentence.people if one.kind in ("family", "goods")}
    people = sentence.kinds["persons"] - sentence.kinds["actors"]
    for at in range(first + 1, last + 1):
        if at in objects or (at in people and at - 1 not in sentence.kinds["actors_only"]):
            return at - 1
        if at in people and not sentence.line.tokens[at].key.startswith("ال"):
            return at - 1
    return last


def _has_object(sentence: Sentence, *, after: int, end: int) -> bool:
    """Tell whether people or things stand free after a word of the clause."""
    near = range(after + 1, min(end, after + _REACH) + 1)
    led = sentence.prepositions
    every = sentence.kinds["persons"] | sentence.kinds["kin"] | sentence.kinds["objects"]
    every |= sentence.kinds["things"] | sentence.counted
    return any(
        at in every and at - 1 not in led and sentence.line.tokens[at - 1].key not in _LEADS
        for at in near
    )


def named(sentence: Sentence, *, one: People) -> tuple[int, int]:
    """Return the words of those it befell: number, noun and a name after it."""
    first, head = one.number.first, max(one.last, one.number.last)
    last = sentence.phrase(head)
    return first, min(last, head + _NAMES)
