"""Numbers with their bounds, as spans of words."""

from dataclasses import dataclass

from affiant.claims.arabic_script.patterns import cues, formed, listed, numbers, words
from affiant.claims.arabic_script.shadow import Shadow, key_of


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its bounds.

    Attributes:
        first: Its first word, bounds included.
        last: Its last word.
        low: At least so many, or None.
        high: At most so many, or None.
        rule: Which rule found it.
    """

    first: int
    last: int
    low: int | None
    high: int | None
    rule: str


def find_numbers(line: Shadow, *, language: str) -> list[Number]:
    """Return the numbers of a sentence in order, with the bounds told before them."""
    found: list[Number] = []
    at = 0
    neither = is_neither(line, language=language)
    while at < len(line.tokens):
        if neither and line.tokens[at].key == neither:
            at += 1
            continue
        number = _number(line, at=at, language=language)
        if number is None:
            at += 1
            continue
        number = _and_more(line, number=number, language=language) or _ranged(
            line, number=number, language=language
        )
        number = _bounded(line, number=number, language=language)
        found.append(_exceeding(line, number=number, language=language))
        at = number.last + 1
    return found


def is_neither(line: Shadow, *, language: str) -> str:
    """Return the word that says "neither" where it stands twice and counts nobody, or ""."""
    word = key_of(listed("numbers", "units", "neither", language=language))
    between = words("numbers", "units", "after", language=language)
    at = [index for index, token in enumerate(line.tokens) if token.key == word]
    counts = any(
        line.keys(one + 1, last=one + 1)[0] in between
        for one in at[:2]
        if one + 1 < len(line.tokens)
    )
    return word if len(at) > 1 and not counts else ""


def _number(line: Shadow, *, at: int, language: str) -> Number | None:
    """Return the number that begins at a word."""
    key = line.tokens[at].key
    vague = numbers("numbers", "vague", language=language)
    if key in vague:
        low, high = vague[key]
        return Number(at, at, low or None, high or None, "vague")
    if key[0].isdigit():
        return _digits(line, at=at, language=language)
    value, last = _in_words(line, at=at, language=language)
    if value is None:
        return None
    return Number(at, last, value, value, "words")


def _digits(line: Shadow, *, at: int, language: str) -> Number | None:
    """Return a number in figures, a span such as 12-15 among them; no date and no clock."""
    key = line.tokens[at].key
    if key.count("-") == 1 and all(part.isdigit() for part in key.split("-")):
        low, high = sorted(map(int, key.split("-")))
        return Number(at, at, low, high, "range") if high < 10**9 else None
    bare = "".join(character for character in key if character not in "٬,٫.")
    grouped = len(key) != len(bare) and len(key.replace("٫", ",").split(",")[-1]) != 3
    if not bare.isdigit() or len(bare) > 9 or (grouped and "٬" not in key):
        return None
    value, last = int(bare), at
    many = numbers("numbers", "multipliers", language=language)
    if at + 1 < len(line.tokens) and line.tokens[at + 1].key in many:
        value, last = value * many[line.tokens[at + 1].key], at + 1
    return Number(at, last, value, value, "figures")


def _in_words(line: Shadow, *, at: int, language: str) -> tuple[int | None, int]:
    """Return the value of a number in words and its last word."""
    plain = numbers("numbers", "words", language=language)
    many = numbers("numbers", "multipliers", language=language)
    joint = listed("numbers", "units", "and", language=language)
    hundred = key_of(listed("numbers", "units", "hundred", language=language))
    total, part, last, step = 0, None, at, 10**9
    index = at
    while index < len(line.tokens):
        key = line.tokens[index].key
        if key == hundred and part is not None and 2 < part < 10 and step == 1:
            part, step = part * 100, 100
        elif key in plain and plain[key] < step:
            part = (part or 0) + plain[key]
            step = 1 if plain[key] < 20 else 10 if plain[key] < 100 else 100
        elif key in many and (part is not None or index == at):
            total, part, step = total + (part or 1) * many[key], 0, 1000
        else:
            break
        last, index = index, index + 1
        follows = index + 1 < len(line.tokens) and line.tokens[index].key == joint
        if (
            follows
            and line.tokens[index + 1].key in plain
            and plain[line.tokens[index + 1].key] < step
        ):
            index += 1
        elif index < len(line.tokens) and line.tokens[index].key not in (*many, hundred):
            break
    return (None if part is None else total + part), last


def _and_more(line: Shadow, *, number: Number, language: str) -> Number | None:
    """Return "بیست و خرده‌ای" as 21 to 29, or None where no such words follow."""
    for first, last, _ in line.find(cues("numbers", "more", "ends", language=language)):
        value = number.low
        if first == number.last + 1 and value and value == number.high and value % 10 == 0:
            step = 9 if value < 100 else 99
            return Number(number.first, last, value + 1, value + step, "range")
    return None


def _ranged(line: Shadow, *, number: Number, language: str) -> Number:
    """Return a number with the second bound after it: "7 تا 10", "پنج شش"."""
    after = number.last + 1
    if after >= len(line.tokens) or number.low is None:
        return number
    joints = words("numbers", "bounds", "to", language=language)
    step = line.tokens[after].key in joints
    index = after + step
    if index >= len(line.tokens):
        return number
    second = _number(line, at=index, language=language)
    if second is None or second.high is None or second.high <= number.low:
        return number
    if not step and (second.high - number.low > 2 or number.low > 99 or number.rule != "words"):
        return number
    first = number.first
    opens = words("numbers", "bounds", "between", language=language)
    if step and first and line.tokens[first - 1].key in opens:
        first -= 1
    return Number(first, second.last, number.low, second.high, "range")


def _bounded(line: Shadow, *, number: Number, language: str) -> Number:
    """Return a number with the word before it that bounds it."""
    if number.low is None or number.low != number.high:
        return number
    for name in ("at_least", "at_most", "less_than", "more_than", "about"):
        pattern = cues("numbers", "bounds", name, language=language)
        start = max(number.first - 3, 0)
        for first, last, _ in line.find(pattern):
            if first >= start and last == number.first - 1:
                return _with(number, first=first, bound=name)
    return number


def _exceeding(line: Shadow, *, number: Number, language: str) -> Number:
    """Return a number with the verb after it that bounds it: "از هفتاد گذشت"."""
    led = number.first and line.tokens[number.first - 1].key == "از"
    if not led or number.low is None or number.low != number.high:
        return number
    for name, bound in (("exceeds_not", "at_most"), ("exceeds", "more_than")):
        pattern = cues("numbers", "bounds", name, language=language)
        if any(0 < first - number.last <= 2 for first, _, _ in line.find(pattern)):
            return _with(number, first=number.first, bound=bound)
    return number


def _with(number: Number, *, first: int, bound: str) -> Number:
    low, high = number.low, number.high
    if bound in ("at_least", "more_than"):
        low, high = (low or 0) + (bound == "more_than"), None
    elif bound in ("at_most", "less_than"):
        low, high = None, (high or 0) - (bound == "less_than")
    return Number(first, number.last, low, high, bound)


@dataclass(frozen=True, slots=True)
class People:
    """A number with those it counts.

    Attributes:
        number: The number.
        last: Last word of its noun phrase.
        head: The word after the number and its counting word.
        kind: ``person``, ``family`` (families and homes), ``goods`` or ``bare``, where no noun
            that is known follows.
    """

    number: Number
    last: int
    head: int
    kind: str


def find_people(line: Shadow, *, language: str) -> list[People]:
    """Return the numbers that count people, in order; ages, days and distances are none."""
    never = words("numbers", "units", "not_people", language=language)
    between = words("numbers", "units", "after", language=language)
    people, families, goods = _counted_nouns(line, language=language)
    groups = words("people", "groups", language=language)
    signs = words("numbers", "units", "number_sign", language=language)
    every = words("people", "hers", language=language)
    found = []
    for number in find_numbers(line, language=language):
        at, counted = (
            number.last + 1,
            line.tokens[number.first - 1].key in every and number.first > 0,
        )
        while at < len(line.tokens) and line.tokens[at].key in between:
            counted, at = counted or line.tokens[at].key != "تا", at + 1
        key = line.tokens[at].key if at < len(line.tokens) else ""
        if (
            _is_village(line, number=number, language=language)
            and at not in people | families | goods
        ):
            continue
        before = line.tokens[number.first - 1].key if number.first else ""
        if before == listed("dates", "words", "hour", language=language):
            continue
        if key in never or (number.first and line.tokens[number.first - 1].key in signs):
            continue
        led = number.first > 0 and line.tokens[number.first - 1].key in groups
        if at in families and led:
            continue
        if at in families:
            found.append(People(number, at, at, "family"))
        elif at in goods and not counted:
            found.append(People(number, at, at, "goods"))
        elif at in people:
            found.append(People(number, at, at, "person"))
        else:
            found.append(People(number, at - 1, at, "person" if counted else "bare"))
    return found


def _counted_nouns(line: Shadow, *, language: str) -> tuple[set[int], set[int], set[int]]:
    """Return the words for people, for families and homes, and for goods."""
    people: set[int] = set()
    for name in ("persons", "kin", "actors"):
        people |= line_hits(line, name=name, language=language)
    known = words("people", "persons", language=language)
    known -= words("people", "families", language=language)
    homes = line_hits(line, name="families", language=language)
    families = {at for at in homes if line.tokens[at].key not in known}
    return people, families, line_hits(line, name="goods", language=language) - families - people


def _is_village(line: Shadow, *, number: Number, language: str) -> bool:
    """Tell whether "ده" stands for a village: after a word of place, before no noun."""
    if line.tokens[number.first].key != "ده" or number.first != number.last or not number.first:
        return False
    before = frozenset(listed("words", "places", "before", language=language))
    return line.tokens[number.first - 1].key in before


def line_hits(line: Shadow, *, name: str, language: str) -> set[int]:
    """Return the words that are forms of the nouns of a list."""
    return {first for first, _, _ in line.find(formed("people", name, language=language))}
