"""Which words that look like an act tell one, and which of them are one telling."""

from collections.abc import Sequence
from dataclasses import replace

from affiant.claims.arabic.hits import Hit
from affiant.claims.arabic.patterns import LANGUAGE
from affiant.claims.arabic_script.drafts import Layers
from affiant.claims.arabic_script.patterns import cues, words
from affiant.model.vocabulary import FAMILY_OF

_NAMING = frozenset({"taking", "displacement", "wounding"})
_BEFALLING = frozenset(
    {*("killing", "taking", "ill_treatment", "sexual_violence", "wounding"), "denial_of_care"}
)
_MARKS = frozenset(
    {*("و", "ف", ",", ".", ":", ";", "!", "?", "-", "(", ")", '"'), *("ثم", "او", "ام", "بل")}
)
_NEAR = 6
_FAR = 8
_LED = frozenset({"ب", "عن", "الی", "فی"})
_ONE_TELLING = 3
_BEFORE = 2


def is_predicate(layers: Layers, *, hit: Hit, heads: set[int]) -> bool:
    """Tell whether a word for a state is said of somebody before it: "دركيان محتجزين", "وجدوه".

    Args:
        layers: The sentence.
        hit: The word.
        heads: Nouns of people that are counted.
    """
    tokens = layers.line.tokens
    if tokens[hit.first].key.startswith("ال"):
        return False
    near = range(max(0, hit.first - _BEFORE), hit.first)
    if heads & set(near):
        return True
    links = words("acts", "links", language=LANGUAGE)
    return any(tokens[at].key in links for at in near)


def is_reported(layers: Layers, *, at: int) -> bool:
    """Tell whether the noun of an act is said to have happened: "تم", "جرى", "حالات"."""
    pattern = cues("acts", "happened", language=LANGUAGE)
    if any(0 < at - last <= _BEFORE for _, last, _ in layers.line.find(pattern)):
        return True
    led = layers.line.keys(at - 1, last=at - 1) if at else []
    leading = layers.line.find(cues("acts", "leads_to", language=LANGUAGE))
    return bool(_LED & set(led)) and any(0 < at - last <= _FAR for _, last, _ in leading)


def told_once(layers: Layers, *, hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits without those that go on with the one before, or tell how it was done.

    "بقيت محتجزا" is one telling; eyes that were bound are none beside those who were shot.
    """
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: one.first):
        before = kept[-1] if kept else None
        if before is not None and _goes_on(layers, before=before, hit=hit):
            kept[-1] = replace(before, last=max(before.last, hit.last))
            continue
        kept.append(hit)
    kept = [hit for hit in kept if not _is_whom(layers, hit=hit, hits=kept)]
    verbs = [hit.first for hit in kept if hit.form.voice in ("active", "passive")]
    return [
        hit
        for hit in kept
        if hit.form.voice != "being" or not any(abs(at - hit.first) <= _NEAR for at in verbs)
    ]


def _is_whom(layers: Layers, *, hit: Hit, hits: Sequence[Hit]) -> bool:
    """Tell whether a state only names those that another act befell: "إعدام خمسة أسرى"."""
    if hit.form.voice != "state" or FAMILY_OF[hit.form.act] not in _NAMING:
        return False
    for one in hits:
        between = layers.line.keys(one.last + 1, last=hit.first - 1)
        near = 0 <= hit.first - one.last <= _NEAR and one is not hit
        if near and FAMILY_OF[one.form.act] in _BEFALLING and not _MARKS & set(between):
            return True
    return False


def _goes_on(layers: Layers, *, before: Hit, hit: Hit) -> bool:
    """Tell whether two hits of one family stand side by side with nothing new between."""
    if FAMILY_OF[before.form.act] != FAMILY_OF[hit.form.act]:
        return False
    between = layers.line.keys(before.last + 1, last=hit.first - 1)
    if len(between) > _ONE_TELLING or hit.form.voice in ("nobody", "state"):
        return False
    return not _MARKS & set(between) and all(not key[0].isdigit() for key in between)
