"""Where an act is told: a noun of place or a name after a preposition."""

from affiant.claims.arabic_script.clauses import phrase_on
from affiant.claims.arabic_script.drafts import Layers
from affiant.claims.arabic_script.patterns import formed, listed, words

_LONGEST_NAME = 4
_LEAVING = frozenset({"displacement", "taking", "destruction"})
_REACHING = frozenset({"attack_on_protected_object"})
_MOST_OBJECT = 5


def find_place(
    layers: Layers, *, start: int, family: str = "", last: int = 10**6
) -> tuple[int, int] | None:
    """Return the place nearest before the verb, in its clause or else before it.

    After "in" any name may stand; after "from" and "to" only a noun of place, and only where
    the act leaves a place or reaches it. Words after "that" behind the verb tell no place.
    """
    before = frozenset(listed("words", "places", "before", language=layers.language))
    best: tuple[int, int] | None = None
    tokens = layers.line.tokens
    for at in range(len(tokens) - 1):
        key = tokens[at].key
        if at > last and key in words("words", "that", language=layers.language):
            break
        if key not in before or not _leads(layers, at=at, start=start, family=family):
            continue
        named = key in words("words", "places", "inside", language=layers.language)
        first = _past_event(layers, at=at + 1) if named else at + 1
        if not _is_place(layers, at=first, named=named):
            continue
        best = first, _place_end(layers, first=first)
        if at >= start:
            break
    return best


def _past_event(layers: Layers, *, at: int) -> int:
    """Return the place after what happened there: "در بمباران روستای سدرا"."""
    tokens = layers.line.tokens
    events = words("words", "places", "events", language=layers.language)
    if at + 1 >= len(tokens) or tokens[at].key not in events:
        return at
    then = at + 1 + (tokens[at + 1].key == "به")
    if then < len(tokens) and _of_kind(layers, key=tokens[then].key):
        return then
    return at


def _leads(layers: Layers, *, at: int, start: int, family: str) -> bool:
    """Tell whether a preposition leads to where it happened."""
    tokens = layers.line.tokens
    key, before = tokens[at].key, tokens[at - 1].key if at else ""
    leaving = words("words", "places", "leaving", language=layers.language)
    if before in leaving or before in words("words", "places", "doors", language=layers.language):
        return False
    if key in leaving:
        return family in _LEAVING and at >= start
    if key in words("words", "places", "reaching", language=layers.language):
        return family in _REACHING
    return True


def find_home(layers: Layers) -> tuple[int, int] | None:
    """Return where somebody lives, by "ساکن" and the like."""
    of = words("words", "places", "homes_of", language=layers.language)
    for at, token in enumerate(layers.line.tokens[:-1]):
        if token.key in of and at + 1 not in layers.stops:
            return at + 1, _place_end(layers, first=at + 1)
    return None


def _is_place(layers: Layers, *, at: int, named: bool) -> bool:
    """Tell whether a word is a noun of place, or may be a name: known as no other noun."""
    key = layers.line.tokens[at].key
    nouns = words("words", "places", "nouns", language=layers.language)
    never = words("words", "places", "never", language=layers.language)
    if at in layers.stops or key in never:
        return False
    if _of_kind(layers, key=key) or key in nouns:
        return True
    kinds = ("persons", "kin", "actors", "body", "things")
    known = set().union(*(layers.kinds[kind] for kind in kinds))
    ends = tuple(words("words", "places", "never_endings", language=layers.language))
    text = layers.line.exact(at, last=at)
    return named and at not in known and not text.endswith(ends) and not key[0].isdigit()


def _of_kind(layers: Layers, *, key: str) -> bool:
    never = words("words", "places", "never", language=layers.language)
    pattern = formed("words", "places", "nouns", language=layers.language)
    return key not in never and pattern.fullmatch(key) is not None


def _place_end(layers: Layers, *, first: int) -> int:
    """Return the last word of a place: no verb's noun, no object, no people after it."""
    tokens = layers.line.tokens
    end = phrase_on(layers, first=first, end=min(len(tokens) - 1, first + _LONGEST_NAME))
    never = words("words", "places", "never", language=layers.language)
    after = words("words", "places", "after", language=layers.language)
    people = layers.kinds["persons"] | layers.kinds["kin"] | layers.kinds["actors"]
    if tokens[first].key in words("words", "places", "held_by", language=layers.language):
        return end
    for at in range(first + 1, end + 1):
        key = tokens[at].key
        if key in after or key in never or at in people or key.endswith("یها"):
            return at - 1
    marker = words("words", "object", language=layers.language)
    follows = tokens[end + 1].key if end + 1 < len(tokens) else ""
    if follows in marker and end > first:
        return end - 1
    verbs = {begin for begin, _ in layers.verbs}
    if end > first and end + 1 in verbs and end - first > 1:
        return end - 1
    return end


def is_named(layers: Layers, *, place: tuple[int, int]) -> bool:
    """Tell whether a place is more than a bare noun: "روستای سدرا", "سدرا", not "محله ما"."""
    key = layers.line.tokens[place[0]].key
    mine = words("people", "first_person", language=layers.language)
    if mine & set(layers.line.keys(place[0], last=place[1] + 1)):
        return False
    return place[1] > place[0] or not _of_kind(layers, key=key)


def thing_as_place(layers: Layers, *, span: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the thing that an act befell where it stands at a place of its own: a village."""
    if span is None or span[1] - span[0] > _MOST_OBJECT:
        return None
    first = next((at for at in range(span[0], span[1] + 1) if _fixed(layers, at=at)), None)
    counted = words("numbers", "words", language=layers.language)
    several = span[1] > span[0] or set(layers.line.keys(span[0] - 1, last=span[0] - 1)) & counted
    return (first, span[1]) if first is not None and several else None


def _fixed(layers: Layers, *, at: int) -> bool:
    key = layers.line.tokens[at].key
    own = words("words", "places", "homes", language=layers.language)
    if at in layers.kinds["medical"]:
        return True
    return _of_kind(layers, key=key) and not any(key.startswith(home) for home in own)
