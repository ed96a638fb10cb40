"""By whom: the subject, those after "به دست", and those behind an act."""

from affiant.claims.arabic_script.clauses import (
    clause_start,
    object_phrase,
    phrase_back,
    phrase_on,
    subject,
)
from affiant.claims.arabic_script.drafts import Draft, Hit, Layers
from affiant.claims.arabic_script.patterns import cues, words
from affiant.model.vocabulary import Role

_REACH = 20


def by_whom(draft: Draft, *, hit: Hit) -> None:
    """Add the one accused: the subject, or whoever is told after "به دست"."""
    layers = draft.layers
    _behind(draft, hit=hit)
    if hit.form.voice == "nouns":
        _part_in(draft, hit=hit)
    for first, last, _ in layers.line.find(cues("words", "by", language=layers.language)):
        if (hit.start <= first <= hit.first or first > hit.last) and last + 1 < len(
            layers.line.tokens
        ):
            stop = len(layers.line.tokens) - 1
            at = _past_group(layers, at=last + 1)
            end = phrase_on(layers, first=at, end=stop)
            draft.accuse(first=at, last=end, feature="actor_by")
            return
    victim = object_phrase(layers, start=hit.start, end=hit.first - 1)
    joined = hit.form.voice == "bare" and victim is not None
    if hit.form.voice != "active" and not joined:
        return
    found = (
        _listed_before(layers, hit=hit, victim=victim or (-1, -1))
        or _acting(layers, hit=hit, victim=victim)
        or _acting_before(layers, hit=hit)
    )
    if found is not None:
        draft.accuse(first=found[0], last=found[1], feature="actor_subject")


def _listed_before(layers: Layers, *, hit: Hit, victim: tuple[int, int]) -> tuple[int, int] | None:
    """Return a listed word for those who act: in the clause, or leading an earlier one."""
    actors = layers.kinds["actors"]
    near = [at for at in actors if hit.start <= at < hit.first]
    small = words("words", "prepositions", language=layers.language)
    before = [
        at
        for at in sorted(near)
        if not victim[0] <= at <= victim[1]
        and not set(layers.line.keys(at - 2, last=at - 1) if at > 1 else []) & small
    ]
    if not before:
        before = [
            at
            for at in sorted(actors)
            if at < hit.start and at + _REACH > hit.start and leads_clause(layers, at=at)
        ]
    if not before:
        return None
    start = phrase_back(layers, last=before[0], start=0)
    return start, phrase_on(layers, first=before[0], end=hit.first - 1)


def leads_clause(layers: Layers, *, at: int) -> bool:
    """Tell whether one who acts is a subject: no complement, no object."""
    keys = [token.key for token in layers.line.tokens]
    start = phrase_back(layers, last=at, start=0)
    if start and keys[start - 1] in words("words", "prepositions", language=layers.language):
        return False
    if start < at and not layers.kinds["persons"] & set(range(start, at)):
        return False
    end = phrase_on(layers, first=at, end=len(keys) - 1)
    markers = words("words", "object", language=layers.language)
    return not (end + 1 < len(keys) and keys[end + 1] in markers)


def _acting_before(layers: Layers, *, hit: Hit) -> tuple[int, int] | None:
    """Return the subject of the clause before, where "و" goes on with it."""
    before = [verb for verb in layers.verbs if verb[1] < hit.start]
    if not before or "و" not in layers.line.keys(before[-1][1] + 1, last=hit.start):
        return None
    first = before[-1][0]
    start = clause_start(layers, at=first)
    found = subject(layers, start=start, end=first - 1)
    plural = layers.line.tokens[hit.last].key.endswith(("ند", "ن", "است", "د"))
    if found is None or not plural or not _may_act(layers, start=start, found=found):
        return None
    markers = words("words", "object", language=layers.language)
    after = layers.line.keys(found[1] + 1, last=found[1] + 1)
    return None if set(after) & markers else found


def _past_group(layers: Layers, *, at: int) -> int:
    """Return where those are named of whom some acted: "گروهی از زندانیان"."""
    some = words("speech", "some_of", language=layers.language)
    of = words("words", "of", language=layers.language)
    keys = layers.line.keys(at, last=at + 1)
    return at + 2 if len(keys) == 2 and keys[0] in some and keys[1] in of else at


def _acting(layers: Layers, *, hit: Hit, victim: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the subject of a verb that has an object: the noun phrase that opens its clause."""
    found = subject(layers, start=hit.start, end=hit.first - 1)
    if found is None or victim is None or found[1] >= victim[0]:
        return None
    mine = layers.line.tokens[hit.last].key.endswith(("م", "یم"))
    return found if not mine and _may_act(layers, start=hit.start, found=found) else None


def _may_act(layers: Layers, *, start: int, found: tuple[int, int]) -> bool:
    """Tell whether a phrase may be of those who act: no pronoun, no thing, no date, no kin."""
    first, last = found
    tokens = layers.line.tokens
    dated = {at for one in layers.dates for at in range(one.first, one.last + 1)}
    led = any(is_preposition(layers, at=at) for at in (*range(start, first), first - 1))
    if led or first in dated:
        return False
    mine = words("people", "first_person", language=layers.language)
    theirs = words("people", "pronouns", language=layers.language)
    nouns = ("kin", "things", "objects", "body", "medical")
    never = any(first in layers.kinds[kind] for kind in nouns)
    if tokens[first].key in mine | theirs or never or tokens[first].key[0].isdigit():
        return False
    several = tuple(words("people", "unsure_plural", language=layers.language))
    return last > first or tokens[first].key.endswith((*several, "ها", "های", "هایی"))


def _behind(draft: Draft, *, hit: Hit) -> None:
    layers = draft.layers
    roles: tuple[Role, ...] = ("ordered", "instigated", "commanded")
    for role in roles:
        pattern = cues("words", "behind", role, language=layers.language)
        for first, last, _ in layers.line.find(pattern):
            at = last + 1
            if at + 1 < hit.first and layers.line.tokens[at].key == '"':
                at += 1
            between = any(first < verb[0] and verb[1] < hit.first for verb in layers.verbs)
            if not between and at < len(layers.line.tokens) and first <= hit.last:
                end = phrase_on(layers, first=at, end=hit.first - 1)
                draft.accuse(
                    first=at,
                    last=max(end, at),
                    feature="actor_behind",
                    role=role,
                )


def _part_in(draft: Draft, *, hit: Hit) -> None:
    """Add whose part in an act is told: "دست داشتن نیروهای خود در حمله"."""
    layers = draft.layers
    for _, last, _ in layers.line.find(cues("words", "part_in", language=layers.language)):
        if last + 1 < hit.first and last + 1 not in layers.stops:
            end = phrase_on(layers, first=last + 1, end=hit.first - 1)
            draft.accuse(first=last + 1, last=end, feature="actor_accusing")
            return


def is_preposition(layers: Layers, *, at: int) -> bool:
    """Tell whether a word of the sentence is a preposition."""
    small = words("words", "prepositions", language=layers.language)
    return at >= 0 and layers.line.tokens[at].key in small
