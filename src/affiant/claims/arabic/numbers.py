"""Numbers with their bounds, and the people that they count, duals and single ones among them."""

from affiant.claims.arabic.patterns import LANGUAGE, nouns
from affiant.claims.arabic_script.numbers import Number, People
from affiant.claims.arabic_script.patterns import cues, numbers, words
from affiant.claims.arabic_script.shadow import Shadow

_FIGURES = 9
_BACK = 5
_NEAR = 12
_DUAL = 2


def find_numbers(line: Shadow) -> list[Number]:
    """Return the numbers of a sentence in order, with the bounds told beside them."""
    found: list[Number] = []
    at = 0
    while at < len(line.tokens):
        number = _number(line, at=at)
        if number is None:
            at += 1
            continue
        number = _bounded(line, number=_ranged(line, number=number))
        found.append(number)
        at = number.last + 1
    return found


def _number(line: Shadow, *, at: int) -> Number | None:
    """Return the number that begins at a word."""
    key = line.tokens[at].key
    vague = numbers("numbers", "vague", language=LANGUAGE)
    if key in vague:
        low, high = vague[key]
        return Number(at, at, low or None, high or None, "vague")
    if key[0].isdigit():
        return _figures(line, at=at)
    if key in words("numbers", "units", "one_among", language=LANGUAGE):
        tens = numbers("numbers", "tens", language=LANGUAGE)
        after = line.keys(at + 1, last=at + 2)
        teens = numbers("numbers", "teens", language=LANGUAGE)
        paired = " ".join([key, *after[:1]]) in teens
        if not paired and (after[:1] != ["و"] or after[-1] not in tens):
            return None
    return _in_words(line, at=at)


def _figures(line: Shadow, *, at: int) -> Number | None:
    """Return a number in figures, 12-15 and 3,400 among them; no date and no clock."""
    key = line.tokens[at].key
    if key.count("-") == 1 and all(part.isdigit() for part in key.split("-")):
        low, high = sorted(map(int, key.split("-")))
        return Number(at, at, low, high, "range") if high < 10**_FIGURES else None
    bare = key.replace("٬", "").replace(",", "")
    grouped = len(bare) != len(key) and len(key.replace("٬", ",").split(",")[-1]) != 3
    if not bare.isdigit() or len(bare) > _FIGURES or grouped:
        return None
    return _times(line, number=Number(at, at, int(bare), int(bare), "figures"))


def _times(line: Shadow, *, number: Number) -> Number:
    """Return a number with the "ألف" after it."""
    many = numbers("numbers", "thousands", language=LANGUAGE)
    after = number.last + 1
    if after < len(line.tokens) and line.tokens[after].key in many:
        value = (number.low or 1) * many[line.tokens[after].key]
        return Number(number.first, after, value, value, number.rule)
    return number


def _atom(line: Shadow, *, at: int) -> tuple[int, int, int] | None:
    """Return value, last word and size of a simple number: 1, 10, 100 or 1000 and above."""
    keys = [_bare(key) for key in line.keys(at, last=at + 1)]
    pair = numbers("numbers", "teens", language=LANGUAGE)
    for many in (2, 1):
        if " ".join(keys[:many]) in pair and len(keys) >= many:
            return pair[" ".join(keys[:many])], at + many - 1, 2
    for size, name in ((1, "ones"), (10, "tens"), (100, "hundreds"), (1000, "thousands")):
        found = numbers("numbers", name, language=LANGUAGE)
        if keys and keys[0] in found:
            return found[keys[0]], at, size
    return None


def _bare(key: str) -> str:
    """Return a number without its article: "الثلاثين", but not Monday, which is spelled so too."""
    known = numbers("numbers", "ones", language=LANGUAGE).keys()
    tens = numbers("numbers", "tens", language=LANGUAGE).keys()
    bare = key.removeprefix("ال")
    never = words("numbers", "units", "no_article", language=LANGUAGE)
    return bare if bare in known | tens and key not in never else key


def _in_words(line: Shadow, *, at: int) -> Number | None:
    """Return a number in words: "ستة وعشرين", "ألفا وخمسمئة", "ثلاثة آلاف"."""
    first = _atom(line, at=at)
    if first is None:
        return None
    total, (part, last, size) = 0, first
    tokens = line.tokens
    while True:
        after = _atom(line, at=last + 1) if last + 1 < len(tokens) else None
        if after and after[2] >= 100 and part < after[0] and size < after[2]:
            part, last, size = part * after[0], after[1], after[2]
            continue
        joined = last + 2 < len(tokens) and tokens[last + 1].key == "و"
        after = _atom(line, at=last + 2) if joined else None
        if after is None or not _follows(size, part=part, after=after):
            break
        if size >= 1000:
            total, part = total + part, 0
        part, last, size = part + after[0], after[1], max(after[2], 2)
    return Number(at, last, total + part, total + part, "words")


def _follows(size: int, *, part: int, after: tuple[int, int, int]) -> bool:
    """Tell whether a simple number after "و" belongs to the number before."""
    if size == 1:
        return part < 10 and after[2] == 10
    return size >= 100 and after[2] < size and after[0] < size


def _ranged(line: Shadow, *, number: Number) -> Number:
    """Return a number with its second bound: "بين سبعة وعشرة", "من 7 إلى 10"."""
    after = number.last + 1
    opens = words("numbers", "bounds", "between", language=LANGUAGE)
    joints = words("numbers", "bounds", "to", language=LANGUAGE)
    if number.low is None or after + 1 >= len(line.tokens) or line.tokens[after].key not in joints:
        return number
    opened = number.first > 0 and line.tokens[number.first - 1].key in opens
    if not opened and line.tokens[after].key == "و":
        return number
    second = _number(line, at=after + 1)
    if second is None or second.high is None or second.high <= number.low:
        return number
    return Number(number.first - opened, second.last, number.low, second.high, "range")


def _bounded(line: Shadow, *, number: Number) -> Number:
    """Return a number with the words before it, or after it, that bound it."""
    if number.low is None or (number.low != number.high and number.rule != "vague"):
        return number
    start = max(0, number.first - _BACK)
    before = line.keys(start, last=number.first - 1) if number.first else []
    after = line.keys(number.last + 1, last=number.last + _BACK)
    for name in ("at_least", "at_most", "more_than", "less_than", "about"):
        pattern = cues("numbers", "bounds", name, language=LANGUAGE)
        for match in pattern.finditer(" ".join(before)):
            if match.end() == len(match.string):
                first = start + match.string[: match.start()].count(" ")
                return _with(number, first=first, bound=name)
        if name in ("at_least", "at_most"):
            behind = pattern.search(" ".join(after))
            if behind and behind.start() < _NEAR and behind[0] != "حتی":
                return _with(number, first=number.first, bound=name)
    return number


def _with(number: Number, *, first: int, bound: str) -> Number:
    low, high = number.low, number.high
    if bound in ("at_least", "more_than"):
        low, high = (low or 0) + (bound == "more_than" and number.rule != "vague"), None
    elif bound in ("at_most", "less_than"):
        low, high = None, None if high is None else high - (bound == "less_than")
    return Number(first, number.last, low, high, bound)


def noun_hits(line: Shadow, *, name: str) -> set[int]:
    """Return the words that are forms of the nouns of a list."""
    return {first for first, _, _ in line.find(nouns(name))}


def find_people(line: Shadow, *, kinds: dict[str, set[int]], dated: set[int]) -> list[People]:
    """Return those who are told of with a number, a dual or as one, in order."""
    found, taken = [], set(dated)
    for number in find_numbers(line):
        if number.first in taken or number.last in taken or _is_label(line, number=number):
            continue
        one = _counted(line, number=number, kinds=kinds)
        if one is not None:
            found.append(one)
            taken.update(range(one.number.first, max(one.last, one.number.last) + 1))
    for at in sorted(kinds["persons"] | kinds["kin"] | kinds["families"] | kinds["goods"]):
        if at not in taken:
            one = _uncounted(line, at=at, kinds=kinds)
            if one is not None:
                found.append(one)
    found += _ones(line, taken=taken | kinds["persons"])
    return sorted(found, key=lambda one: one.number.first)


def _ones(line: Shadow, *, taken: set[int]) -> list[People]:
    """Return those told of as one among others: "إحداهم", "إحدى الموقوفات", "الثالث"."""
    ordinals = words("people", "ordinal_ones", language=LANGUAGE)
    ordinals |= words("numbers", "units", "one_of", language=LANGUAGE)
    among = words("numbers", "units", "one_among", language=LANGUAGE)
    found = []
    for at, token in enumerate(line.tokens):
        if at in taken:
            continue
        after = line.keys(at + 1, last=at + 1)
        if token.key in ordinals:
            found.append(People(Number(at, at, 1, 1, "single"), at, at, "person"))
        elif token.key in among and after and after[0].startswith("ال"):
            found.append(People(Number(at, at + 1, 1, 1, "single"), at + 1, at + 1, "person"))
    return found


def _is_label(line: Shadow, *, number: Number) -> bool:
    """Tell whether a number names a room, a rule or an entry of a list: "الزنزانة 6", "(1)"."""
    labels = words("numbers", "units", "labels", language=LANGUAGE)
    before = line.tokens[number.first - 1].key if number.first else ""
    after = line.keys(number.last + 1, last=number.last + 1)
    numbered = number.first <= 1 and after in ([")"], ["."], ["-"])
    bracketed = before == "(" and after == [")"]
    return number.rule == "figures" and (before in labels or numbered or bracketed)


def _counted(line: Shadow, *, number: Number, kinds: dict[str, set[int]]) -> People | None:
    """Return those a number counts; ages, days and distances are none."""
    at = number.last + 1
    tokens = line.tokens
    people = kinds["persons"] | kinds["kin"]
    if number.low == 2 and number.first - 1 in people | kinds["families"]:
        first = number.first - 1
        return People(Number(first, number.last, 2, 2, "dual"), number.last, first, "person")
    if number.low == 1 and number.first - 1 in people | kinds["goods"]:
        kind = "person" if number.first - 1 in people else "goods"
        first = number.first - 1
        return People(Number(first, number.last, 1, 1, "words"), number.last, first, kind)
    if at < len(tokens) and tokens[at].key == "من":
        at += 1
    key = tokens[at].key if at < len(tokens) else ""
    if key in words("numbers", "units", "not_people", language=LANGUAGE):
        return None
    if at in people:
        return People(number, at, at, "person")
    if at in kinds["families"]:
        return People(number, at, at, "family")
    if at in kinds["goods"]:
        return People(number, at, at, "goods")
    return People(number, number.last, at, "bare")


def _uncounted(line: Shadow, *, at: int, kinds: dict[str, set[int]]) -> People | None:
    """Return a dual as two, a single person as one, and a group without a number."""
    key = line.tokens[at].key
    if at not in kinds["persons"] | kinds["kin"]:
        return _pair_of_things(line, at=at, kinds=kinds)
    before = line.tokens[at - 1].key if at else ""
    nobody = words("people", "nobody", language=LANGUAGE)
    if before in nobody:
        return People(Number(at - 1, at, 0, 0, "nobody"), at, at, "person")
    low = _how_many(key.removeprefix("ال"), own=at in kinds["kin"])
    rule = {1: "single", 2: "dual"}.get(low, "group")
    if before in ("کل", "جمیع", "بعض"):
        low, rule = 0, "group"
    number = Number(at, at, low or None, low or None, rule)
    return People(_bounded(line, number=number) if low == _DUAL else number, at, at, "person")


def _pair_of_things(line: Shadow, *, at: int, kinds: dict[str, set[int]]) -> People | None:
    """Return two families or things told of in the dual: "عائلتين", "مدرستان"."""
    key = line.tokens[at].key
    if not key.endswith(("تان", "تین")) or key.startswith("ال"):
        return None
    kind = "family" if at in kinds["families"] else "goods"
    return People(Number(at, at, _DUAL, _DUAL, "dual"), at, at, kind)


def _how_many(key: str, *, own: bool) -> int:
    """Return 2 for a dual, 1 for a word in the singular, and 0 for a plural."""
    broken = words("people", "broken", language=LANGUAGE)
    if key in words("people", "plural", language=LANGUAGE):
        return 0
    if key.endswith(("تان", "تین")):
        return 2
    stem = key[:-2]
    if key.endswith("ان") and len(key) > 4 and key not in ("سکان", "فتیان", "شبان"):
        return 2
    if key.endswith("ین"):
        return 2 if stem in broken else 0
    if key.endswith(("ون", "ات")) and key not in words("people", "persons", language=LANGUAGE):
        return 0
    plural = words("people", "plural", language=LANGUAGE)
    return 0 if any(key.startswith(one) and len(key) - len(one) <= 2 for one in plural) else 1
