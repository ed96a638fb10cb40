"""Where an act is told: words of the lists, and whether what they need stands beside them."""

import re
from dataclasses import replace
from functools import cache

from affiant.claims.arabic_script.clauses import clause_start, object_phrase, person_object
from affiant.claims.arabic_script.drafts import Hit, Layers
from affiant.claims.arabic_script.forms import forms_for
from affiant.claims.arabic_script.numbers import People, is_neither
from affiant.claims.arabic_script.patterns import cues, verb_cues, words
from affiant.claims.arabic_script.shadow import key_of

_BESIDE = {
    "people": ("persons", "kin"),
    "somebody": ("persons", "kin"),
    "body": ("body",),
    "goods": ("things", "goods", "medical", "objects"),
    "animals": ("animals",),
}
_THINGS = frozenset({"body", "goods", "animals"})
_LEADS_ON = (" به", " روی", " تو", " توی")
_CLOSE = 3
_SHARED_REACH = 12
_OBJECT = "(?:م|ی|یم|ید|ین|ند|ن)?(?:ش|شان|شون|مان|مون|شو)|(?:ند|ن|ید)(?:م|ت)"


def find_hits(layers: Layers) -> list[Hit]:
    """Return the words that tell acts, in order; where two share words, the more telling."""
    kept: list[Hit] = []
    taken: set[int] = set()
    for form in forms_for(layers.line.line, language=layers.language):
        for first, last, match in layers.line.find(form.pattern):
            groups = match.groupdict()
            told = {name.partition("_")[0] for name, found in groups.items() if found is not None}
            no = any(name.startswith("no") and found for name, found in groups.items())
            tense = next((t for t in ("future", "present", "subjunctive") if t in told), "past")
            hit = Hit(first, last, form, no or form.negated, tense)
            if hit.form.voice == "shared":
                hit = _resumed(layers, hit=hit)
            if _is_near(layers, hit=hit):
                continue
            if taken.isdisjoint(range(first, last + 1)) and _stands(layers, hit=hit):
                kept.append(hit)
                taken.update(range(first, last + 1))
    kept.sort(key=lambda hit: hit.first)
    layers.stops |= taken
    placed = [replace(hit, start=clause_start(layers, at=hit.first)) for hit in kept]
    neither = is_neither(layers.line, language=layers.language)
    return [_neither(layers, hit=hit, word=neither) for hit in placed] if neither else placed


def _neither(layers: Layers, *, hit: Hit, word: str) -> Hit:
    """Return what "neither ... nor" says not to be so as negated."""
    inside = word in layers.line.keys(hit.start, last=hit.first)
    return replace(hit, negated=True) if inside else hit


def _is_near(layers: Layers, *, hit: Hit) -> bool:
    """Tell whether "نزد" is the preposition, which is spelt like "did not hit"."""
    keys = layers.line.keys(hit.last, last=hit.last + 1)
    near = words("words", "prepositions", language=layers.language)
    return hit.first == hit.last and keys[0] in near and len(keys) > 1 and keys[1][0].isalnum()


def _resumed(layers: Layers, *, hit: Hit) -> Hit:
    """Return a noun whose verb comes later as active or passive: "بازداشت و زندانی کردند"."""
    keys = layers.line.keys(hit.last + 1, last=hit.last + _SHARED_REACH)
    if not keys or keys[0] not in ("و", ","):
        return hit
    verbs = {
        "active": verb_cues("verbs", "shared", "made", language=layers.language),
        "passive": verb_cues("verbs", "shared", "became", language=layers.language),
    }
    later = [
        (first, voice, match.group())
        for voice, pattern in verbs.items()
        for first, _, match in layers.line.find(pattern)
        if hit.last + 1 < first <= hit.last + _SHARED_REACH
    ]
    if not later:
        return hit
    _, voice, verb = min(later)
    negated = verb.startswith("ن")
    return replace(hit, form=replace(hit.form, voice=voice), negated=negated)


def _stands(layers: Layers, *, hit: Hit) -> bool:
    """Tell whether what a form needs is told in its clause, and nothing that it must not have."""
    needs = hit.form.needs
    if hit.form.voice in ("shared", "bare"):
        return hit.form.voice == "bare" and _bare_stands(layers, hit=hit)
    if not _noun_stands(layers, hit=hit) or _is_other(layers, hit=hit):
        return False
    asked = ("ید", "یم") if needs == "person" else ("ید",)
    if hit.tense == "subjunctive" and layers.line.tokens[hit.last].key.endswith(asked):
        return False
    return not needs or (not _is_idiom(layers, hit=hit) and _has_needed(layers, hit=hit))


def _has_needed(layers: Layers, *, hit: Hit) -> bool:
    """Tell whether the kind of thing that a form needs stands in its clause."""
    start = clause_start(layers, at=hit.first)
    match hit.form.needs:
        case "person":
            return _person_stands(layers, hit=hit, start=start)
        case "thing":
            return _thing_stands(layers, hit=hit, start=start)
        case "relief" | "medicine":
            supplies = words("words", hit.form.needs, language=layers.language)
            return bool(supplies & set(layers.line.keys(start, last=hit.last + _CLOSE)))
        case "final":
            return layers.dies(hit.first)
        case "order":
            return _orders_act(layers, hit=hit)
        case "medical" | "place":
            return _object_stands(layers, hit=hit, start=start)
    return _beside(layers, hit=hit, start=start)


def _person_stands(layers: Layers, *, hit: Hit, start: int) -> bool:
    """Tell whether somebody is the object: before "را", counted just before, or attached."""
    told = person_object(layers, start=start, end=hit.first - 1) is not None
    near = any(
        one.kind == "person" and one.last == hit.first - 1 and start <= one.number.first
        for one in layers.people
    )
    return told or near or has_pronoun(layers.line.tokens[hit.last].key, entry=hit.form.entry)


def _object_stands(layers: Layers, *, hit: Hit, start: int) -> bool:
    """Tell whether a protected object is told of; a verb alone has to have it as its object."""
    kinds = layers.kinds["medical"] if hit.form.needs == "medical" else layers.kinds["objects"]
    if hit.form.voice == "nouns":
        return any(hit.last < at <= hit.last + 2 for at in kinds)
    if " " not in hit.form.entry and hit.form.voice == "passive":
        return hit.first - 1 in kinds
    if " " not in hit.form.entry:
        found = object_phrase(layers, start=start, end=hit.first - 1)
        known = kinds | layers.kinds["persons"] | layers.kinds["kin"]
        inside = [at for at in range(*found) if at in known] if found is not None else []
        return found is not None and (found[0] in kinds or inside[:1] in [[at] for at in kinds])
    if hit.form.entry.endswith(_LEADS_ON):
        return any(hit.last < at <= hit.last + _CLOSE for at in kinds)
    return any(start <= at < hit.first for at in kinds)


def _is_idiom(layers: Layers, *, hit: Hit) -> bool:
    """Tell whether a verb alone tells no act after its noun: "بر عهده گرفت", "زنگ زد"."""
    before = set(layers.line.keys(hit.first - 1, last=hit.first - 1)) if hit.first else set()
    light = words("words", "light_before", language=layers.language)
    return " " not in hit.form.entry and bool(before & light)


def _noun_stands(layers: Layers, *, hit: Hit) -> bool:
    """Tell whether an infinitive tells an act: people or a number stand after it."""
    if hit.form.voice == "nouns" and _is_day_of(layers, at=hit.first):
        return False
    if hit.form.voice != "nouns" or not layers.line.tokens[hit.last].key.endswith(("دن", "تن")):
        return True
    known = layers.kinds["persons"] | layers.kinds["kin"]
    return hit.last + 1 in known | {one.number.first for one in layers.people}


def _is_day_of(layers: Layers, *, at: int) -> bool:
    """Tell whether a noun only names a day: "سالگرد مرگ مادرم"."""
    days = cues("speech", "remembrance", "words", language=layers.language)
    return any(last == at - 1 for _, last, _ in layers.line.find(days))


def _thing_stands(layers: Layers, *, hit: Hit, start: int) -> bool:
    """Tell whether a verb such as "took" is said of goods."""
    front = words("words", "in_front", language=layers.language)
    if front & set(layers.line.keys(start, last=hit.first - 1)):
        return False
    thing = object_phrase(layers, start=start, end=hit.first - 1)
    if thing is not None and thing[0] in layers.kinds["things"]:
        return True
    if person_object(layers, start=start, end=hit.first - 1):
        return False
    if hit.first - 1 in layers.kinds["things"] and hit.first - 2 not in layers.stops:
        return True
    if thing is None:
        return False
    return bool(layers.kinds["things"] & set(range(thing[0], thing[1] + 1)))


def _bare_stands(layers: Layers, *, hit: Hit) -> bool:
    """Tell whether a participle without a verb tells an act: with a number before it."""
    counted = any(
        one.number.last < hit.first <= one.number.last + 3 and one.last <= hit.first
        for one in layers.people
    )
    start = clause_start(layers, at=hit.first)
    after = layers.line.tokens[hit.last + 1].key if hit.last + 1 < len(layers.line.tokens) else ""
    shares = after in ("و", ",") and any(
        start <= one.number.first < hit.first and one.kind == "person" for one in layers.people
    )
    listing = layers.line.tokens[0].key in ("-", "•", "*")
    return (counted or shares or listing) and hit.first - 1 not in {
        last for _, last in layers.verbs
    }


def _is_other(layers: Layers, *, hit: Hit) -> bool:
    """Tell whether a word of the clause makes it another act: out of rubble, to a hospital."""
    led = layers.line.keys(hit.first - 1, last=hit.first - 1) if hit.first else []
    if led == ["به"] and hit.form.entry.startswith("سر "):
        return True
    if not hit.form.unless:
        return False
    start = clause_start(layers, at=hit.first)
    near = set(layers.line.keys(start, last=hit.last + 2))
    return bool(near & {key_of(word) for word in hit.form.unless.split()})


def _beside(layers: Layers, *, hit: Hit, start: int) -> bool:
    """Tell whether somebody, a part of the body or a thing is told of in the clause."""
    needs, inside = hit.form.needs, range(start, hit.last + 1)
    kinds = set().union(*(layers.kinds[kind] for kind in _BESIDE[needs]))
    if needs in _THINGS:
        kinds -= layers.kinds["persons"] | layers.kinds["kin"] | _numbered(layers)
    found = object_phrase(layers, start=start, end=hit.first - 1)
    if hit.form.voice == "active" and found is not None:
        inside = range(found[0], found[1] + 1)
    elif hit.form.voice == "active" and needs in _THINGS:
        return hit.first - 1 in kinds and hit.first - 2 not in layers.stops
    elif needs == "body":
        inside = range(max(start, hit.first - _CLOSE), hit.first)
    if not kinds.isdisjoint(inside):
        return True
    if needs in _THINGS:
        told = any(one.kind in ("goods", "family") for one in _counted(layers, inside=inside))
        return needs == "goods" and told
    return _somebody(layers, inside=inside, named=needs == "somebody")


def _somebody(layers: Layers, *, inside: range, named: bool) -> bool:
    """Tell whether people are counted between two words, or told of by a pronoun."""
    if any(one.kind == "person" for one in _counted(layers, inside=inside)) or named:
        return any(one.kind == "person" for one in _counted(layers, inside=inside))
    keys = set(layers.line.keys(inside[0], last=inside[-1])) if inside else set()
    lists = ("pronouns", "groups", "nobody", "all", "first_person", "object_pronouns")
    return any(keys & words("people", name, language=layers.language) for name in lists)


def _numbered(layers: Layers) -> set[int]:
    """Return the words of numbers: "ده" is ten as often as a village."""
    return {at for one in layers.people for at in range(one.number.first, one.number.last + 1)}


def _counted(layers: Layers, *, inside: range) -> list[People]:
    return [one for one in layers.people if one.number.first in inside]


def _orders_act(layers: Layers, *, hit: Hit) -> bool:
    """Tell whether an order is one to do violence: an act, or one of a few words, after it."""
    rest = words("words", "ordered_words", language=layers.language)
    end = len(layers.line.tokens) - 1
    quoted = layers.line.keys(hit.last + 1, last=hit.last + 2)
    if rest & set(layers.line.keys(hit.first, last=end)) or '"' in quoted:
        return True
    every = forms_for(layers.line.line, language=layers.language)
    forms = (form for form in every if form.voice == "active")
    return any(
        first > hit.last
        for form in forms
        if form.needs not in ("person", "thing", "order", "people", "goods", "final")
        for first, _, _ in layers.line.find(form.pattern)
    )


@cache
def _with_object(stem: str) -> re.Pattern[str]:
    """Return the pattern of a past verb with whom it befell: "بردنش", "گرفتندشان"."""
    return re.compile(f"(?:می|ن|نمی)?{re.escape(key_of(stem))}(?:{_OBJECT})")


def has_pronoun(key: str, *, entry: str) -> bool:
    """Tell whether a verb carries its object as an attached pronoun."""
    return _with_object(entry.rsplit(maxsplit=1)[-1]).fullmatch(key) is not None
