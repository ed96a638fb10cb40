"""What a sentence tells of an act: whom, how many, by whom, when, where and how."""

from dataclasses import replace
from itertools import pairwise

from affiant.claims.arabic_script.acting import by_whom, is_preposition
from affiant.claims.arabic_script.clauses import (
    clause_start,
    object_phrase,
    phrase_back,
    phrase_on,
    subject,
)
from affiant.claims.arabic_script.counting import counted, is_of_goods, part_numbers
from affiant.claims.arabic_script.drafts import Draft, Hit, Layers
from affiant.claims.arabic_script.hits import find_hits
from affiant.claims.arabic_script.merging import told_once
from affiant.claims.arabic_script.patterns import cues, verb_cues, words
from affiant.claims.arabic_script.places import find_place, thing_as_place
from affiant.model.involvement import Involvement
from affiant.model.vocabulary import FAMILY_OF

_FEATURES = {
    "active": "verb_active",
    "passive": "verb_passive",
    "happens": "verb_happens",
    "bare": "state_act",
    "nouns": "noun_act",
}
_LONGEST_THREAT = 24
_FIRST_CELL = 2
_DONE_TO_PEOPLE = frozenset({"killing", "taking", "ill_treatment", "wounding"})
_PROPERTY = frozenset({"destruction", "attack_on_protected_object", "denial_of_care"})


def act_drafts(layers: Layers, *, denying: bool) -> list[Draft]:
    """Return what a sentence tells of acts; a bare noun tells one only where it is denied."""
    found = []
    hits = find_hits(layers)
    for hit in hits:
        draft = Draft(layers, anchor=_anchor(layers, hit=hit), act=hit.form.act)
        draft.features.add(_FEATURES[hit.form.voice])
        draft.why.append(f"“{layers.line.exact(hit.first, last=hit.last)}” ({hit.form.entry})")
        _whom(draft, hit=hit)
        whom = draft.counts or draft.involvements or _committed(layers, hit=hit)
        if hit.form.voice == "nouns" and not (whom or denying or _happened(layers, hit=hit)):
            continue
        if _is_of_the_dead(draft, hit=hit):
            continue
        by_whom(draft, hit=hit)
        told = denying or _happened(layers, hit=hit)
        if hit.form.weak and hit.form.voice == "nouns" and not told:
            continue
        _when_where(draft, hit=hit, denying=denying)
        _mood(draft, hit=hit)
        last = _threatened(layers, hit=hit)
        draft.quote("act", first=hit.first, last=last)
        draft.weak, draft.beside = hit.form.weak, hit.form.needs
        found.append(draft)
    _share(found)
    return told_once(found)


def _happened(layers: Layers, *, hit: Hit) -> bool:
    """Tell whether a noun is said to have happened: "بمباران ... انجام شد", "به قتل دست زد"."""
    found = layers.line.find(cues("words", "happened", language=layers.language))
    return any(first > hit.last for first, _, _ in found)


def _is_of_the_dead(draft: Draft, *, hit: Hit) -> bool:
    """Tell whether bodies are spoken of that nobody counts or names: "جنازه‌ها را دیده بود"."""
    remains = tuple(words("people", "remains", language=draft.layers.language))
    if not hit.form.entry.startswith(remains) or hit.form.voice == "bare":
        return False
    return not draft.counts or draft.layers.line.tokens[hit.last].key.endswith(("م", "یم"))


def _threatened(layers: Layers, *, hit: Hit) -> int:
    """Return the last word of an act: what is threatened belongs to a threat."""
    end = len(layers.line.tokens) - 1
    if hit.form.act != "threat" or hit.form.voice != "active" or end - hit.last > _LONGEST_THREAT:
        return hit.last
    while end > hit.last and not layers.line.tokens[end].is_word:
        end -= 1
    return end


def _anchor(layers: Layers, *, hit: Hit) -> int:
    """Return the word that is said: no verb of saying, as in "شمار کشته‌ها را ۶۵ اعلام کرد"."""
    says = layers.line.find(verb_cues("speech", "says", language=layers.language))
    return hit.first if any(last == hit.last for _, last, _ in says) else hit.last


def _committed(layers: Layers, *, hit: Hit) -> bool:
    """Tell whether a noun is what somebody committed: "مرتکب غارت اموال شدند"."""
    commits = words("words", "commits", language=layers.language)
    return bool(commits & set(layers.line.keys(hit.start, last=hit.first)))


def _whom(draft: Draft, *, hit: Hit) -> None:
    """Add those it befell and how many."""
    layers = draft.layers
    span = _victim_span(draft, hit=hit)
    counted(draft, hit=hit, victim=span)
    draft.own_part = _is_own(layers, hit=hit)
    if span is None or FAMILY_OF[draft.act] in _PROPERTY or draft.act == "confiscation":
        draft.features.add("victim_missing")
        return
    ends = tuple(words("people", "self_endings", language=layers.language))
    draft.own_kin = any(
        layers.line.tokens[at].key.endswith(ends) and layers.line.tokens[at].key != "مردم"
        for at in range(span[0], span[1] + 1)
    ) and bool(layers.kinds["kin"] & set(range(span[0], span[1] + 1)))
    name = draft.quote("victim", first=span[0], last=span[1])
    draft.features.add("victim_pronoun" if draft.own_part else "victim_known_word")
    draft.involvements.append(Involvement(name=name, role="victim", side="victim"))


def _is_own(layers: Layers, *, hit: Hit) -> bool:
    """Tell whether it befell the speaker: "مرا", "زانوم", "خانه ما", "تهدیدم"."""
    if hit.negated:
        return False
    mine = words("people", "first_person", language=layers.language)
    ends = tuple(words("people", "self_endings", language=layers.language))
    tokens = layers.line.tokens
    for at in range(hit.start, min(hit.last + 3, len(tokens))):
        key = tokens[at].key
        goods = at in layers.kinds["things"] or at in layers.kinds["body"]
        if goods and _is_mine(layers, key=key, ends=ends):
            return True
        object_marked = tokens[min(at + 1, len(tokens) - 1)].key in ("را", "رو")
        leads = not object_marked and (
            at == hit.start or (at - 1 in layers.stops and not is_preposition(layers, at=at - 1))
        )
        kin = at - 1 in layers.kinds["kin"] or at - 1 in layers.kinds["persons"]
        bound = kin or _is_elsewhere(layers, at=at, hit=hit)
        if key in mine and not (key in ("من", "ما") and leads) and not bound:
            return True
    if hit.form.voice in ("passive", "happens") and tokens[hit.last].key.endswith(("دم", "دیم")):
        return True
    spoken = hit.form.entry.split()[0]
    return tokens[hit.first].key in {spoken + end for end in ends}


def _is_elsewhere(layers: Layers, *, at: int, hit: Hit) -> bool:
    """Tell whether "we" only tells where or with whom: "تو کوچه ما", "همکاری با ما"."""
    before = layers.line.keys(at - 1, last=at - 1) if at else []
    place = at - 1 in layers.kinds["objects"] and FAMILY_OF[hit.form.act] in _DONE_TO_PEOPLE
    return place or before == ["با"]


def _is_mine(layers: Layers, *, key: str, ends: tuple[str, ...]) -> bool:
    """Tell whether a noun is somebody's own: "خانه‌مان", not "گندم"."""
    if not key.endswith(ends) or key == "مردم":
        return False
    known: frozenset[str] = frozenset().union(
        *(words("people", one, language=layers.language) for one in ("things", "body", "persons"))
    )
    bare = {key.removesuffix(end) for end in ends if key.endswith(end)}
    return key not in known or bool(bare & known)


def _victim_span(draft: Draft, *, hit: Hit) -> tuple[int, int] | None:
    """Return the noun phrase of those it befell."""
    layers = draft.layers
    if hit.form.voice == "nouns":
        end = len(layers.line.tokens) - 1
        return _after_noun(layers, hit=hit, end=end)
    nobody = words("people", "nobody", language=layers.language)
    for at in range(hit.start, hit.first):
        if layers.line.tokens[at].key in nobody:
            return at, at
    if hit.form.voice == "active":
        found = object_phrase(layers, start=hit.start, end=hit.first - 1)
        return (
            found
            or _before_relative(layers, hit=hit)
            or _after_preposition(layers, hit=hit)
            or _shared_object(layers, hit=hit)
            or _in_first_cell(layers, hit=hit)
        )
    parts = part_numbers(layers)
    whole = [
        one
        for one in layers.people
        if one.number.first not in parts and (one.kind != "goods" or is_of_goods(draft.act))
    ]
    counted_one = [one for one in whole if hit.start <= one.number.first <= hit.first]
    if counted_one:
        one = max(counted_one, key=lambda each: (each.kind != "bare", each.number.first))
        return one.number.first, max(one.last, one.number.last)
    found = object_phrase(layers, start=hit.start, end=hit.first - 1)
    return (
        found
        or _inside(layers, hit=hit)
        or _subject_of_passive(layers, hit=hit)
        or _told_before(layers, hit=hit)
    )


def _shared_object(layers: Layers, *, hit: Hit) -> tuple[int, int] | None:
    """Return the object that a verb shares with the one before: "را بیرون کشیدند و کشتند"."""
    if FAMILY_OF[hit.form.act] not in _DONE_TO_PEOPLE or not hit.start or hit.negated:
        return None
    before = max((last for _, last in layers.verbs if last < hit.start), default=None)
    if before is None or layers.line.keys(before + 1, last=before + 1)[:1] not in (["و"], [","]):
        return None
    return object_phrase(layers, start=clause_start(layers, at=before), end=before)


def _in_first_cell(layers: Layers, *, hit: Hit) -> tuple[int, int] | None:
    """Return whom a row of a table is about, where its act names nobody."""
    if layers.line.keys(1, last=1) != ["|"] or hit.first <= _FIRST_CELL:
        return None
    return _FIRST_CELL, phrase_on(layers, first=_FIRST_CELL, end=hit.first - 1)


def _before_relative(layers: Layers, *, hit: Hit) -> tuple[int, int] | None:
    """Return the object with a relative after it: "۲۶ کودک را که گذشته بودند، بازداشت کردند"."""
    markers = words("words", "object", language=layers.language)
    that = words("words", "that", language=layers.language)
    for at in range(hit.start - 1, 0, -1):
        if layers.line.tokens[at].key in that:
            end = at - 1 - (layers.line.tokens[at - 1].key == ",")
            if end > 0 and layers.line.tokens[end].key in markers:
                return object_phrase(layers, start=0, end=end)
    return None


def object_span(layers: Layers, *, hit: Hit) -> tuple[int, int] | None:
    """Return the thing that an act befell: the object, or the subject of a passive."""
    found = object_phrase(layers, start=hit.start, end=hit.first - 1)
    if found is None and hit.form.voice != "active":
        found = subject(layers, start=hit.start, end=hit.first - 1)
    return found


def _told_before(layers: Layers, *, hit: Hit) -> tuple[int, int] | None:
    """Return those told of in an earlier clause: its object, or a relative as its subject."""
    row = _in_first_cell(layers, hit=hit)
    if row is not None:
        return row
    if layers.line.tokens[0].key in ("-", "•", "*") and hit.first > 1:
        return 1, phrase_on(layers, first=1, end=hit.first - 1)
    found = object_phrase(layers, start=0, end=hit.start - 1) if hit.start else None
    if found is None and 0 in layers.kinds["kin"]:
        found = 0, phrase_on(layers, first=0, end=hit.first - 1)
    earlier = [one for one in layers.people if one.last < hit.start and one.kind == "person"]
    if found is None and earlier:
        found = earlier[-1].number.first, earlier[-1].last
    return found


def _inside(layers: Layers, *, hit: Hit) -> tuple[int, int] | None:
    people = layers.kinds["persons"] | layers.kinds["kin"]
    found = [at for at in range(hit.first + 1, hit.last) if at in people]
    return (found[-1], found[-1]) if found else None


def _subject_of_passive(layers: Layers, *, hit: Hit) -> tuple[int, int] | None:
    """Return the subject, or the people after "به" ("به چهار دختر تجاوز شد")."""
    by = layers.line.find(cues("words", "by", language=layers.language))
    stop = min((first for first, _, _ in by if hit.start < first < hit.first), default=hit.first)
    found = subject(layers, start=hit.start, end=stop - 1)
    if found is None:
        return None
    dated = {one.first for one in layers.dates}
    if found[0] in dated or (found[0] > hit.start and is_preposition(layers, at=found[0] - 1)):
        people = layers.kinds["persons"] | layers.kinds["kin"]
        at = next((at for at in range(stop - 1, hit.start - 1, -1) if at in people), None)
        return None if at is None else (phrase_back(layers, last=at, start=hit.start), at)
    return found


def _after_noun(layers: Layers, *, hit: Hit, end: int) -> tuple[int, int] | None:
    """Return the people told of after a noun: "کشتار ۱۲ روستایی"."""
    at = hit.last + 1
    one = next((one for one in layers.people if at <= one.number.first <= at), None)
    if one is not None:
        return one.number.first, max(one.last, one.number.last)
    people = layers.kinds["persons"] | layers.kinds["kin"]
    if at <= end and at in people:
        return at, phrase_on(layers, first=at, end=end)
    return None


def _after_preposition(layers: Layers, *, hit: Hit) -> tuple[int, int] | None:
    """Return the people that a verb without object marker is said of: "سه معلم ربوده"."""
    near = [one for one in layers.people if hit.start <= one.number.first < hit.first]
    people = [one for one in near if one.kind != "bare"]
    if people:
        return people[-1].number.first, people[-1].last
    known = layers.kinds["kin"]
    at = next((at for at in range(hit.first - 1, hit.start, -1) if at in known), None)
    return None if at is None else (at, at)


def _when_where(draft: Draft, *, hit: Hit, denying: bool) -> None:
    """Add date, time of day, place and manner, from the clause or else the sentence."""
    layers = draft.layers
    noun = hit.form.voice == "nouns"
    dates = [
        one
        for one in layers.dates
        if not noun or one.first > hit.last or not (denying or _happened(layers, hit=hit))
    ]
    near = [one for one in dates if one.last < hit.last] or dates
    one = min(near, key=lambda each: abs(hit.first - each.last)) if near else None
    draft.add_time(one, clock=layers.clock)
    place = find_place(layers, start=hit.start, family=FAMILY_OF[draft.act], last=hit.last)
    if place is None and FAMILY_OF[draft.act] in _PROPERTY and not (draft.own_part or hit.negated):
        place = thing_as_place(layers, span=object_span(layers, hit=hit))
    if place:
        draft.where = draft.quote("where", first=place[0], last=place[1])
        draft.features.add("place_in_clause")
    for first, last, _ in layers.line.find(
        cues("words", "method", "words", language=layers.language)
    ):
        if hit.start <= first <= hit.last:
            draft.method = draft.quote("method", first=first, last=last)
            draft.features.add("method_words")
            break


def _mood(draft: Draft, *, hit: Hit) -> None:
    """Mark what is only possible, conditional or meant, and what is said not to be so."""
    layers = draft.layers
    end = len(layers.line.tokens) - 1
    if layers.has("words", "modality", "possible", first=0, last=hit.last):
        draft.modality = "possible"
        draft.only_raised = True
        draft.features.add("possible_cue")
    if hit.tense != "past" and layers.has("words", "modality", "conditional", first=0, last=end):
        draft.modality = "conditional"
        draft.features.update({"conditional_cue", "intended_cue"})
    elif hit.tense == "future" or layers.has(
        "words", "modality", "intended", first=hit.start, last=hit.last
    ):
        draft.modality = "intended"
        draft.features.add("intended_cue")
    if layers.has("speech", "false", first=hit.last, last=end):
        draft.features.add("denial_words")
    if hit.negated or "denial_words" in draft.features:
        draft.denied = True
        draft.features.add("negated")


def _share(found: list[Draft]) -> None:
    """Give an act the place, the date and the one accused of the act before it."""
    for before, after in pairwise(found):
        layers, end = after.layers, len(after.layers.line.tokens) - 1
        follows = layers.has("words", "result", first=0, last=end)
        if after.when is None and before.when is not None:
            after.when = before.when
            after.features.add("date_shared")
        if after.where is None and before.where is not None:
            after.where = before.where
            after.spans.extend(span for span in before.spans if span[0] == "where")
            after.features.add("place_shared")
        accused = [party for party in before.involvements if party.role == "direct_perpetrator"]
        has = any(party.side == "accused" for party in after.involvements)
        if accused and not has and (follows or "verb_active" in after.features):
            after.involvements.append(replace(accused[0], inferred=True))
