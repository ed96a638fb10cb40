"""What an Arabic sentence tells of an act: whom, how many, by whom, when, where and how."""

from dataclasses import replace
from itertools import pairwise

from affiant.claims.arabic.counting import count_of
from affiant.claims.arabic.hits import Hit
from affiant.claims.arabic.parties import acting, befallen, named, own, part_numbers
from affiant.claims.arabic.patterns import LANGUAGE
from affiant.claims.arabic.places import find_place
from affiant.claims.arabic.sentence import Sentence, has, sentence_of
from affiant.claims.arabic.standing import is_reported
from affiant.claims.arabic_script.drafts import Draft
from affiant.claims.arabic_script.numbers import People
from affiant.claims.arabic_script.patterns import cues, words
from affiant.model.involvement import Involvement
from affiant.model.vocabulary import FAMILY_OF, Role

_FEATURES = {
    "active": "verb_active",
    "passive": "verb_passive",
    "nouns": "noun_act",
    "state": "state_act",
    "nobody": "state_act",
}
_PERSONAL = frozenset(
    {"killing", "taking", "ill_treatment", "sexual_violence", "wounding", "displacement"}
)
_AHEAD = 12


def act_drafts(sentence: Sentence, *, denying: bool) -> list[Draft]:
    """Return what a sentence tells of acts; a bare noun tells one only where it is denied."""
    parts = part_numbers(sentence)
    found: list[Draft] = []
    killed = any(
        FAMILY_OF[hit.form.act] == "killing" and not hit.form.needs for hit in sentence.hits
    )
    for hit in sentence.hits:
        if hit.form.needs == "shooting" and killed:
            continue
        draft = Draft(sentence, anchor=hit.first, act=hit.form.act)
        draft.features.add(_FEATURES["passive" if hit.passive else hit.form.voice])
        draft.why.append(f"“{sentence.line.exact(hit.first, last=hit.last)}” ({hit.form.entry})")
        draft.own_part = own(sentence, hit=hit)
        draft.denied = hit.negated
        alone = draft.own_part or hit.pronoun in ("ه", "هما", "ها")
        one = None if alone else befallen(sentence, hit=hit, parts=parts)
        draft.quote("act", first=hit.first, last=hit.last)
        _whom(draft, hit=hit, one=one)
        count_of(draft, hit=hit, one=one, parts=parts, denying=denying)
        if not (draft.counts or denying) and not _tells_alone(sentence, hit=hit):
            continue
        _by_whom(draft, hit=hit)
        _when_where(draft, hit=hit)
        _mood(draft, hit=hit)
        found.append(draft)
    _share(found)
    return found


def _tells_alone(sentence: Sentence, *, hit: Hit) -> bool:
    """Tell whether words tell an act though nobody is told of with a number beside them."""
    if hit.form.voice == "state":
        return False
    if hit.form.voice != "nouns":
        return True
    return not hit.form.is_word or is_reported(sentence, at=hit.first)


def _whom(draft: Draft, *, hit: Hit, one: People | None) -> None:
    """Add those it befell."""
    sentence = sentence_of(draft.layers)
    if draft.own_part:
        draft.features.add("victim_pronoun")
        return
    if one is None or one.kind == "goods" or FAMILY_OF[draft.act] not in _PERSONAL:
        draft.features.add("victim_missing")
        return
    first, last = named(sentence, one=one)
    name = draft.quote("victim", first=first, last=last)
    draft.features.add("victim_known_word")
    draft.involvements.append(Involvement(name=name, role="victim", side="victim"))


def _by_whom(draft: Draft, *, hit: Hit) -> None:
    """Add the one accused: the subject, whoever stands after "على يد", and who is behind it."""
    sentence = sentence_of(draft.layers)
    roles: tuple[Role, ...] = ("ordered", "instigated", "commanded")
    for role in roles:
        pattern = cues("words", "behind", role, language=LANGUAGE)
        for first, last, _ in sentence.line.find(pattern):
            if 0 < last + 1 < len(sentence.line.tokens) and abs(first - hit.first) < _AHEAD:
                end = sentence.phrase(last + 1)
                draft.accuse(first=last + 1, last=end, feature="actor_behind", role=role)
                break
    for first, last, _ in sentence.line.find(cues("words", "by", language=LANGUAGE)):
        at = last + 1
        if not 0 < first - hit.first < _AHEAD or at >= len(sentence.line.tokens):
            continue
        if at in sentence.kinds["actors"] or sentence.line.tokens[first].key == "علی":
            draft.accuse(first=at, last=sentence.phrase(at), feature="actor_by")
            return
    subject = acting(sentence, hit=hit)
    if subject is not None:
        draft.accuse(first=subject[0], last=subject[1], feature="actor_subject")


def _when_where(draft: Draft, *, hit: Hit) -> None:
    """Add date, time of day, place and manner, from the clause or else the sentence."""
    sentence = sentence_of(draft.layers)
    one = None
    if sentence.dates and hit.first not in sentence.kinds["remains"] and hit.form.entry != "تضم":
        one = min(sentence.dates, key=lambda each: abs(hit.first - each.first))
    draft.add_time(one, clock=sentence.clock)
    place = _struck(sentence, hit=hit) or find_place(sentence, near=hit.first)
    if place:
        draft.where = draft.quote("where", first=place[0], last=place[1])
        draft.features.add("place_in_clause")
    start, end = sentence.clause(hit)
    for first, last, _ in sentence.line.find(cues("words", "method", "words", language=LANGUAGE)):
        if start <= first <= end or hit.first <= first <= hit.last:
            draft.method = draft.quote("method", first=first, last=last)
            draft.features.add("method_words")
            break


def _struck(sentence: Sentence, *, hit: Hit) -> tuple[int, int] | None:
    """Return the building or quarter that an attack struck: where it happened, too."""
    if FAMILY_OF[hit.form.act] != "attack_on_protected_object":
        return None
    nouns = words("words", "places", "nouns", language=LANGUAGE)
    _, end = sentence.clause(hit)
    for at in range(hit.first + 1, min(end, hit.first + _AHEAD) + 1):
        if sentence.line.tokens[at].key.removeprefix("ال") in nouns:
            return at, min(sentence.phrase(at), at + 3)
    return None


def _mood(draft: Draft, *, hit: Hit) -> None:
    """Mark what is only possible, conditional or meant, and what is said not to be so."""
    sentence = sentence_of(draft.layers)
    start, _ = sentence.clause(hit)
    key = sentence.line.tokens[hit.first].key
    if has(sentence, "modality", "possible", first=max(0, start - 3), last=hit.first):
        draft.modality = "possible"
        draft.features.add("possible_cue")
    future = key.startswith("س") and bool(hit.present)
    if future or has(sentence, "modality", "intended", first=max(0, start - 3), last=hit.last):
        draft.modality = "intended"
        draft.features.add("intended_cue")
        if hit.present in ("ن", "ا") and not draft.own_part:
            draft.act, draft.involvements = "threat", []
            if "victim_pronoun" in draft.features:
                draft.counts = []
    if draft.denied:
        draft.features.add("negated")


def _share(found: list[Draft]) -> None:
    """Give an act the date and the one accused of the act before it."""
    for before, after in pairwise(found):
        if after.when is None and before.when is not None:
            after.when = before.when
        accused = [party for party in before.involvements if party.role == "direct_perpetrator"]
        has = any(party.side == "accused" for party in after.involvements)
        if accused and not has and "verb_active" in after.features:
            after.involvements.append(replace(accused[0], inferred=True))
