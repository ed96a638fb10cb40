"""The clause of an act, and its noun phrases.

The order is that of Persian: the verb ends its clause, the object stands before "را".
"""

from affiant.claims.arabic_script.drafts import Hit, Layers
from affiant.claims.arabic_script.patterns import cues, words

_LONGEST_PHRASE = 7
_LONGEST_HEAD = 16


def clause_start(layers: Layers, *, at: int) -> int:
    """Return the first word of the clause that ends with the verb at ``at``."""
    tokens, start = layers.line.tokens, 0
    that = words("words", "that", language=layers.language)
    ends = {last for _, last in layers.verbs}
    for index in range(at - 1, -1, -1):
        key = tokens[index].key
        if key == '"' and '"' in (tokens[index - 1].key, tokens[min(index + 1, at)].key):
            continue
        if key == ":" and tokens[0].key in ("-", "•", "*") and index < _LONGEST_HEAD:
            continue
        if key in that or key in ';:.!?()"|' or index in ends:
            start = index + 1
            break
    while start < at and tokens[start].key in (",", "و", "-"):
        start += 1
    return start


def object_phrase(layers: Layers, *, start: int, end: int) -> tuple[int, int] | None:
    """Return the words before the last object marker between two words, number included."""
    markers = words("words", "object", language=layers.language)
    for at in range(end, start, -1):
        if layers.line.tokens[at].key in markers:
            last = at - 1
            while last > start and not layers.line.tokens[last].is_word:
                last -= 1
            first = phrase_back(layers, last=last, start=start)
            first = _apposed(layers, first=first, start=start)
            return _of_whole(layers, first=first, start=start), last
    pronouns = words("people", "object_pronouns", language=layers.language)
    for at in range(end, start - 1, -1):
        key = layers.line.tokens[at].key
        if key in pronouns and at - 1 not in layers.kinds["kin"]:
            return at, at
        marked = key.endswith(("و", "رو")) and len(key) > 3
        known = any(at in layers.kinds[kind] for kind in ("persons", "kin", "things"))
        led = {at - 1, at - 2} & layers.kinds["kin"]
        if (marked and (known or led)) or key in pronouns:
            return phrase_back(layers, last=at, start=start), at
    return None


def _of_whole(layers: Layers, *, first: int, start: int) -> int:
    """Return where a number begins of which what stands before "را" is a part: "به شمول"."""
    parts = cues("numbers", "units", "part", language=layers.language)
    if not any(
        start < begin <= first + 1 and last >= first - 1
        for begin, last, _ in layers.line.find(parts)
    ):
        return first
    before = [one.number.first for one in layers.people if start <= one.number.first < first]
    return before[-1] if before else first


def person_object(
    layers: Layers, *, start: int, end: int, hit: Hit | None = None
) -> tuple[int, int] | None:
    """Return the object where it is a person: a noun, a name with a number, or a pronoun."""
    found = object_phrase(layers, start=start, end=end)
    if found is None:
        return None
    inside = set(range(found[0], found[1] + 1))
    people = layers.kinds["persons"] | layers.kinds["kin"] | layers.kinds["actors"]
    mine = words("people", "first_person", language=layers.language)
    theirs = words("people", "pronouns", language=layers.language)
    keys = set(layers.line.keys(found[0], last=found[1]))
    counted = any(one.number.first in inside and one.kind == "person" for one in layers.people)
    every = words("people", "all", language=layers.language)
    every |= words("people", "groups", language=layers.language)
    if inside & people or counted or keys & (mine | theirs | every):
        return found
    return None


def _apposed(layers: Layers, *, first: int, start: int) -> int:
    """Return where a phrase begins that "، ۲۳ ساله،" or a list of names only explains."""
    if first <= start or layers.line.tokens[first - 1].key not in (",", "و"):
        return first
    numbers = {one.number.first for one in layers.people}
    small = words("words", "prepositions", language=layers.language)
    for at in range(first - 1, max(start, first - 10) - 1, -1):
        if layers.line.tokens[at].key in small:
            break
        if at in numbers or (at in layers.kinds["kin"] and at - 1 not in numbers):
            return at
    return first


def phrase_back(layers: Layers, *, last: int, start: int) -> int:
    """Return the first word of the noun phrase that ends at ``last``, its number included."""
    numbers = {one.head - 1: one.number.first for one in layers.people}
    pronouns, nouns = layers.pronouns(), layers.nouns()
    everyone = words("people", "all", language=layers.language)
    first = last
    if last in numbers:
        return max(numbers[last], start)
    while first > start and last - first < _LONGEST_PHRASE:
        before = first - 1
        if layers.line.tokens[first].key in everyone:
            break
        if first in pronouns or before in pronouns or (first in nouns and before in _led(layers)):
            break
        if before in numbers:
            return max(numbers[before], start)
        if before in layers.stops and not _joins(layers, at=before, start=start):
            break
        if before not in layers.stops and not _extends(layers, at=before):
            break
        first = before
    return _of_these(layers, first=first, numbers=numbers, start=start)


def _of_these(layers: Layers, *, first: int, numbers: dict[int, int], start: int) -> int:
    """Return where "چهل نفر از همین آواره‌ها" begins, seen from its last noun."""
    of = words("words", "of", language=layers.language)
    if layers.line.tokens[first].key in words("people", "all", language=layers.language):
        return first
    for at in (first - 1, first - 2):
        if at > start and layers.line.tokens[at].key in of and at - 1 in numbers:
            return numbers[at - 1]
    return first


def _led(layers: Layers) -> set[int]:
    """Return the words of noun phrases that begin with one who acts: "نیروهای مرزی"."""
    found: set[int] = set()
    for at in layers.kinds["actors"]:
        step = at
        while step < at + 3 and step not in layers.stops:
            if step in layers.nouns():
                break
            found.add(step)
            step += 1
    return found


def _joins(layers: Layers, *, at: int, start: int) -> bool:
    """Tell whether a mark or "و" between two names or nouns joins them to one phrase."""
    people = layers.kinds["persons"] | layers.kinds["kin"]
    return (
        layers.line.tokens[at].key in ("و", ",", '"')
        and at > start
        and (at - 1 in people or layers.line.tokens[at].key == '"')
    )


def _extends(layers: Layers, *, at: int) -> bool:
    """Tell whether the word after ``at`` can belong to it: after "سربازان" a noun is new."""
    key = layers.line.tokens[at].key
    if at not in layers.kinds["actors"]:
        return True
    nouns = set().union(*(layers.kinds[kind] for kind in layers.kinds))
    own = at + 1 in layers.kinds["actors"]
    return own or not (at + 1 in nouns and not key.endswith(("ی", "های")))


def phrase_on(layers: Layers, *, first: int, end: int) -> int:
    """Return the last word of the noun phrase that begins at ``first``."""
    last = first
    while last < end and last - first < _LONGEST_PHRASE:
        after = last + 1
        if _points_on(layers, at=last):
            last = after + 1
            continue
        if after in layers.stops or not _extends(layers, at=last) or after in layers.pronouns():
            break
        if first in layers.kinds["actors"] and after in layers.nouns():
            break
        last = after
    return last


def _points_on(layers: Layers, *, at: int) -> bool:
    """Tell whether "این" goes on with a phrase: "افراد این گروه"."""
    keys = layers.line.keys(at, last=at + 2)
    members = words("words", "members", language=layers.language)
    pointing = words("words", "pointing", language=layers.language)
    return len(keys) == 3 and keys[0] in members and keys[1] in pointing


def subject(layers: Layers, *, start: int, end: int) -> tuple[int, int] | None:
    """Return the first noun phrase between two words."""
    first = start
    while first <= end and first in layers.stops:
        first += 1
    return None if first > end else (first, phrase_on(layers, first=first, end=end))
