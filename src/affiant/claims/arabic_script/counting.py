"""How many, with bounds and parts, for one act of a sentence."""

from affiant.claims.arabic_script.clauses import phrase_on
from affiant.claims.arabic_script.drafts import Draft, Hit, Layers
from affiant.claims.arabic_script.numbers import Number, People
from affiant.claims.arabic_script.patterns import cues, words
from affiant.model.count import Count, Part
from affiant.model.vocabulary import COUNT_OF_FAMILY, FAMILY_OF, Act, CountOf

_REACH = 3
_LONGEST_NAME = 3
_PART_REACH = 5
_JOIN_REACH = 5
_GOODS = frozenset({"destruction", "attack_on_protected_object", "denial_of_care"})


def counted(draft: Draft, *, hit: Hit, victim: tuple[int, int] | None) -> None:
    """Add the number that an act is told with, or one person."""
    layers = draft.layers
    parts = part_numbers(layers)
    whole = _whole(layers, hit=hit, victim=victim, parts=parts)
    of = _of(draft, whole=whole)
    if whole is None:
        _single(draft, hit=hit, victim=victim)
        return
    if of is None:
        return
    number = joined_number(layers, whole=whole, parts=parts)
    last = max(whole.last, number.last)
    exact = draft.quote("count", first=number.first, last=last)
    total = layers.has("numbers", "units", "totals", first=0, last=len(layers.line.tokens) - 1)
    inside = tuple(
        Part(
            words=layers.line.exact(one.number.first, last=max(one.last, one.number.last)),
            min=one.number.low,
            max=one.number.high,
        )
        for one in layers.people
        if one.number.first in parts and one.number.first > number.first
    )
    inside = inside or _named_parts(layers, whole=whole)
    draft.counts.append(
        Count(
            of=of,
            min=number.low,
            max=number.high,
            words=exact,
            breakdown=inside,
            relation="includes" if inside else "unstated",
            scope="aggregate" if total else "event",
        )
    )
    draft.features.add("count_in_clause")
    if inside:
        draft.features.add("count_parts")
    if (number.low is None) != (number.high is None):
        draft.features.add("count_bound")


def joined_number(layers: Layers, *, whole: People, parts: set[int]) -> Number:
    """Return a number with the one that "و" joins to it: "یک زن و دو کودک" is three."""
    number = whole.number
    told = [one for one in layers.people if one.number.first not in parts and one.kind == "person"]
    at = next((index for index, one in enumerate(told) if one is whole), None)
    if at is None or not _joins_on(layers, one=whole):
        return number
    before = told[at - 1] if at else None
    if before is not None and _joined(layers, one=before, other=whole):
        low, high = before.number.low, before.number.high
        if low is not None and high is not None and number.low is not None and number.high:
            first = before.number.first
            return Number(first, number.last, low + number.low, high + number.high, "joined")
    return number


def _joins_on(layers: Layers, *, one: People) -> bool:
    """Tell whether a number counts people and not the dead or the wounded as such."""
    known = words("people", "states", language=layers.language)
    return one.head < len(layers.line.tokens) and layers.line.tokens[one.head].key not in known


def _joined(layers: Layers, *, one: People, other: People) -> bool:
    """Tell whether only a noun phrase and "و" stand between two numbers."""
    between = range(max(one.last, one.number.last) + 1, other.number.first)
    keys = [layers.line.tokens[at].key for at in between]
    loose = [at for at in between if at in layers.stops and layers.line.tokens[at].key != "و"]
    return (
        bool(keys)
        and keys[-1] == "و"
        and len(keys) < _JOIN_REACH
        and not loose
        and _joins_on(layers, one=one)
    )


def _of(draft: Draft, *, whole: People | None) -> CountOf | None:
    """Return what is counted; homes and families are counted as such."""
    if draft.act == "enforced_disappearance":
        return "missing"
    if whole is not None and whole.kind in ("family", "goods"):
        return "other"
    return COUNT_OF_FAMILY.get(FAMILY_OF[draft.act])


def is_of_goods(act: Act) -> bool:
    """Tell whether an act befalls goods, so that goods are what is counted."""
    return FAMILY_OF[act] in _GOODS or act == "confiscation"


def part_numbers(layers: Layers) -> set[int]:
    """Return the first words of numbers that are a part of another."""
    if layers.parts is not None:
        return layers.parts
    found = set()
    before = cues("numbers", "units", "part", language=layers.language)
    after = cues("numbers", "units", "part_of", language=layers.language)
    opened = [last for _, last, _ in layers.line.find(before)]
    closed = [first for first, _, _ in layers.line.find(after)]
    for one in layers.people:
        end = max(one.last, one.number.last)
        if any(0 < one.number.first - at <= 8 for at in opened) or (
            any(one.number.last < at <= end + 1 for at in closed) and layers.people[0] is not one
        ):
            found.add(one.number.first)
    layers.parts = found | _adding_up(layers)
    return layers.parts


def _adding_up(layers: Layers) -> set[int]:
    """Return the numbers after another that make it up: "چهار نفر، یک ناخدا با سه جاشو"."""
    for at, whole in enumerate(layers.people):
        total, value = 0, whole.number.low
        if value is None or value != whole.number.high:
            continue
        for step in range(at + 1, len(layers.people)):
            total += layers.people[step].number.low or 0
            if total == value and step > at + 1:
                return {one.number.first for one in layers.people[at + 1 : step + 1]}
            if total > value:
                break
    return set()


def _named_parts(layers: Layers, *, whole: People) -> tuple[Part, ...]:
    """Return the one person told of after "به شمول" or "از جمله", without a number."""
    people = layers.kinds["kin"] | layers.kinds["persons"]
    numbers = {one.number.first for one in layers.people}
    for _, last, _ in layers.line.find(cues("numbers", "units", "part", language=layers.language)):
        at = last + 1
        near = whole.number.first < last <= max(whole.last, whole.number.last) + _PART_REACH
        if near and at in people and at not in numbers:
            end = phrase_on(layers, first=at, end=len(layers.line.tokens) - 1)
            if _is_one(layers, span=(at, end)):
                return (Part(words=layers.line.exact(at, last=end), min=1, max=1),)
    return ()


def _whole(
    layers: Layers, *, hit: Hit, victim: tuple[int, int] | None, parts: set[int]
) -> People | None:
    """Return the number of those it befell, or None."""
    numbers = [
        one
        for one in layers.people
        if one.number.first not in parts and (one.kind != "goods" or is_of_goods(hit.form.act))
    ]
    if hit.form.voice == "nouns":
        return next((one for one in numbers if one.number.first == hit.last + 1), None)
    if victim is not None:
        inside = [one for one in numbers if victim[0] <= one.number.first <= victim[1]]
        if inside:
            return inside[0]
        told = [one for one in layers.people if victim[0] <= one.number.first <= victim[1]]
        before = [one for one in numbers if hit.start <= one.number.first < victim[0]]
        if told and before:
            return before[-1]
    within = [
        one
        for one in numbers
        if hit.start <= one.number.first < hit.first or hit.first < one.number.first < hit.last
    ]
    if hit.form.voice == "active":
        return None
    if within:
        return max(within, key=lambda one: (one.kind != "bare", one.number.first))
    after = [one for one in numbers if 0 < one.number.first - hit.last <= _REACH]
    return after[0] if after and hit.form.voice == "bare" else None


def _single(draft: Draft, *, hit: Hit, victim: tuple[int, int] | None) -> None:
    """Count one where a single person is told of, and nobody where nobody is."""
    layers = draft.layers
    of = _of(draft, whole=None)
    nobody = words("people", "nobody", language=layers.language)
    for at in range(hit.start, hit.first):
        if layers.line.tokens[at].key in nobody and hit.negated and of:
            exact = draft.quote("count", first=at, last=at)
            draft.counts.append(Count(of=of, min=0, max=0, words=exact))
            draft.features.add("count_zero")
            return
    listed = _names(layers, hit=hit)
    if listed is not None and of is not None and not hit.negated:
        exact = draft.quote("count", first=listed[0], last=listed[1])
        draft.counts.append(Count(of=of, min=listed[2], max=listed[2], words=exact))
        draft.features.add("count_listed")
        return
    if victim is None or of is None or hit.negated or not _is_one(layers, span=victim):
        return
    exact = draft.quote("count", first=victim[0], last=victim[1])
    draft.counts.append(Count(of=of, min=1, max=1, words=exact))
    draft.features.add("count_single")


def _names(layers: Layers, *, hit: Hit) -> tuple[int, int, int] | None:
    """Return the first and last word of a list of names before a plural verb, and how many."""
    tokens, small = layers.line.tokens, words("words", "prepositions", language=layers.language)
    if hit.form.voice not in ("passive", "happens") or not tokens[hit.last].key.endswith("ند"):
        return None
    known = layers.kinds["persons"] | layers.kinds["actors"] | layers.kinds["things"]
    known |= layers.kinds["objects"] | layers.kinds["medical"]
    parts, size, last = 1, 0, hit.start - 1
    for at in range(hit.start, hit.first):
        key = tokens[at].key
        if key in ("و", ",") and size:
            parts, size = parts + 1, 0
        elif at in layers.stops or key in small or at in known or size >= _LONGEST_NAME:
            break
        else:
            size, last = size + 1, at
    keys = layers.line.keys(hit.start, last=max(last, hit.start))
    parts -= not size
    return (hit.start, last, parts) if parts > 1 and "و" in keys and size else None


def _is_one(layers: Layers, *, span: tuple[int, int]) -> bool:
    """Tell whether a noun phrase without a number is of one person."""
    keys = layers.line.keys(span[0], last=span[1])
    several = words("people", "plural", language=layers.language)
    general = words("people", "all", language=layers.language)
    mine = words("people", "first_person", language=layers.language)
    if set(keys) & general or keys[0] in mine or "و" in keys:
        return False
    groups = words("people", "groups", language=layers.language)
    plural = tuple(words("people", "unsure_plural", language=layers.language))
    ended = tuple(several - set(plural))
    if set(keys) & groups or any(key.endswith(ended) for key in keys):
        return False
    known = layers.kinds["persons"] | layers.kinds["actors"]
    return not (span[0] in known and keys[0].endswith(plural) and len(keys[0]) > 4)
