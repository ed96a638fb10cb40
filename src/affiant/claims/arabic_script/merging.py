"""Acts of one sentence that are one claim: "زدند و کشتند", "تیر خورد و مرد"."""

from dataclasses import replace
from typing import Final

from affiant.claims.arabic_script.drafts import Draft
from affiant.claims.arabic_script.patterns import phrase, words
from affiant.model.vocabulary import COUNT_OF_FAMILY, FAMILY_OF

_PROPERTY: Final = frozenset({"destruction", "attack_on_protected_object"})
_HARM: Final = frozenset({"wounding", "ill_treatment"})
_DEATHS: Final = frozenset({"verb_happens", "verb_passive"})


def told_once(found: list[Draft]) -> list[Draft]:
    """Return the drafts with one act told in several words as one, in several quotes."""
    kept: list[Draft] = []
    for draft in found:
        before = kept[-1] if kept else None
        if before is None:
            kept.append(draft)
        elif _ends_in_death(before, draft=draft):
            kept[-1] = _of_the_same(before, draft=draft)
        elif _is_harm_of(before, draft=draft) or _goes_on(before, draft=draft):
            before.spans.extend(span for span in draft.spans if span[0] == "act")
            before.why.extend(draft.why)
        else:
            if before.weak and FAMILY_OF[draft.act] == "killing":
                kept.pop()
            kept.append(draft)
    return kept


def _goes_on(before: Draft, *, draft: Draft) -> bool:
    """Tell whether a draft of the same family names neither people nor a number of its own."""
    if FAMILY_OF[before.act] != FAMILY_OF[draft.act] or before.denied != draft.denied:
        return False
    if FAMILY_OF[draft.act] == "denial_of_care":
        return not draft.counts
    return not _has_own(draft)


def _has_own(draft: Draft) -> bool:
    """Tell whether a draft names people or a number of its own; a pronoun names nobody."""
    victims = any(party.side == "victim" for party in draft.involvements)
    counted = bool(draft.counts) or FAMILY_OF[draft.act] in _PROPERTY
    return counted or (victims and not _only_points(draft))


def _only_points(draft: Draft) -> bool:
    """Tell whether those it befell are only pointed to: "آنان را به رودخانه انداختند"."""
    pronouns = words("people", "pronouns", language=draft.layers.language)
    names = {phrase(party.name) for party in draft.involvements if party.side == "victim"}
    return bool(names) and names <= pronouns


def _is_harm_of(before: Draft, *, draft: Draft) -> bool:
    """Tell whether a broken limb only tells what a beating did."""
    beaten = FAMILY_OF[before.act] == "ill_treatment" and before.act != "threat"
    return beaten and draft.beside == "body" and not before.denied


def _ends_in_death(before: Draft, *, draft: Draft) -> bool:
    """Tell whether somebody died of the wound or the blows told just before."""
    if FAMILY_OF[before.act] not in _HARM or before.act == "threat" or before.denied:
        return False
    if FAMILY_OF[draft.act] != "killing" or draft.denied or not draft.features & _DEATHS:
        return False
    one = all((count.min, count.max) == (1, 1) for count in (*before.counts, *draft.counts))
    return (
        one and "count_in_clause" not in draft.features and not _names_another(before, draft=draft)
    )


def _names_another(before: Draft, *, draft: Draft) -> bool:
    """Tell whether the dead are named apart from the wounded."""
    first, second = (
        {phrase(party.name) for party in each.involvements if party.side == "victim"}
        for each in (before, draft)
    )
    return bool(first and second) and first != second and not _only_points(draft)


def _of_the_same(before: Draft, *, draft: Draft) -> Draft:
    """Return the death with those and the one accused of the wound."""
    told = {party.side for party in draft.involvements}
    draft.involvements.extend(p for p in before.involvements if p.side not in told)
    draft.spans.extend(span for span in before.spans if span not in draft.spans)
    of = COUNT_OF_FAMILY.get(FAMILY_OF[draft.act])
    if not draft.counts and of is not None:
        draft.counts = [replace(count, of=of) for count in before.counts]
    draft.when, draft.where = draft.when or before.when, draft.where or before.where
    draft.own_part, draft.own_kin = before.own_part, draft.own_kin or before.own_kin
    draft.why.extend(before.why)
    return draft
