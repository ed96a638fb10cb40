"""Names of what the rules saw for a draft, for the score and for those who read why."""

from affiant.claims.blocks import Block
from affiant.claims.english.cues import Trigger
from affiant.claims.english.drafts import Draft
from affiant.claims.english.voices import Voice
from affiant.claims.lexicon import word_set
from affiant.model.claim import Claim
from affiant.model.count import Count
from affiant.model.speaker import Speaker

_FORMS = {
    "active": "verb_active",
    "passive": "verb_passive",
    "happens": "verb_happens",
    "noun": "noun_act",
    "state": "state_act",
    "remains": "remains_found",
    "toll": "toll",
    "fragment": "participle_bare",
}
_MOODS = {
    "possible": "possible_cue",
    "intended": "intended_cue",
    "conditional": "conditional_cue",
    "called_for": "called_for_cue",
    "presupposed": "presupposed",
}
_LONG = 45
_PRONOUNS = frozenset({"they", "them", "he", "him", "she", "her", "it", "we", "us", "i", "me"})
_ABOUT = ("about", "around", "some", "approximately", "roughly", "an estimated", "nearly", "almost")


def form_of(trigger: Trigger) -> set[str]:
    """Return the features of the words that tell the act."""
    found = {_FORMS[trigger.voice]}
    if trigger.last > trigger.first:
        found.add("verb_two_parts")
    if trigger.rule.startswith("participle"):
        found.add("participle_bare")
    if "lives" in trigger.rule:
        found.add("lives_lost")
    return found


def place_in_page(block: Block, *, near_menu: bool) -> set[str]:
    """Return the features of the block that a claim stands in."""
    names = {"title", "caption", "paragraph", "quotation", "table", "chat"}
    found = {f"block_{block.kind}"} if block.kind in names else set()
    return found | ({"menu_near"} if near_menu else set())


def features_of(draft: Draft, *, claim: Claim, chain: tuple[Voice, ...]) -> set[str]:
    """Return the features of a draft that the claim made of it shows."""
    found = set(draft.features)
    for count in claim.counts:
        found |= _of_count(count)
    found |= _of_parties(claim)
    found |= _of_circumstances(draft, claim=claim)
    found |= _of_voices(chain, speakers=claim.speakers)
    if claim.modality in _MOODS:
        found.add(_MOODS[claim.modality])
    if draft.denied:
        found.add("negated")
    if draft.hearsay:
        found.add("hearsay_cue")
    sentence = draft.sentence
    if len(sentence.tokens) > _LONG:
        found.add("sentence_long")
    if sentence.capitals:
        found.add("capitals")
    if sentence.tokens and sentence.tokens[-1].low == "?":
        found.add("question")
    return found


def _of_count(count: Count) -> set[str]:
    found = {"count_in_clause"}
    if count.min is None and count.max is None:
        found.add("count_unbounded")
    elif count.min is None or count.max is None:
        found.add("count_bound")
    elif count.max == 0:
        found.add("count_zero")
    elif count.min != count.max:
        found.add("count_range")
    elif count.min == 1:
        found.add("count_single")
    if count.words.lower().startswith(_ABOUT):
        found.add("count_about")
    if " and " in count.words or "," in count.words:
        found.add("count_listed")
    if count.breakdown:
        found.add("count_parts")
    if count.scope == "aggregate":
        found.add("count_aggregate")
    return found


def _of_parties(claim: Claim) -> set[str]:
    found = set()
    victims = [party for party in claim.involvements if party.side == "victim"]
    known = word_set("people", "people") | word_set("people", "agents")
    for party in victims:
        words = party.name.lower().split()
        if party.inferred:
            found.add("victim_inferred")
        elif words and words[0] in _PRONOUNS:
            found.add("victim_pronoun")
        elif party.strength == "named":
            found.add("victim_named")
        else:
            listed = bool(known & set(words))
            found.add("victim_known_word" if listed else "victim_other_word")
    if not victims:
        found.add("victim_missing")
    if any(party.side == "accused" and party.inferred for party in claim.involvements):
        found.add("actor_inferred")
    return found


def _of_circumstances(draft: Draft, *, claim: Claim) -> set[str]:
    found = set()
    if claim.when is not None:
        if claim.when.basis == "ambiguous":
            found.add("date_ambiguous")
        if claim.when.basis == "explicit" and claim.when.edtf and "date_shared" not in found:
            found.add("date_in_clause")
    if draft.clock is not None:
        found.add("clock_in_clause")
    if claim.where is not None and not {"place_shared", "place_carried"} & draft.features:
        found.add("place_in_clause")
    if claim.method is not None:
        found.add("method_words")
    return found


def _of_voices(chain: tuple[Voice, ...], *, speakers: tuple[Speaker, ...]) -> set[str]:
    found = {voice.how for voice in chain if voice.how}
    if len(chain) == 1:
        found.add("own_voice")
    if len(chain) > 2:
        found.add("speaker_nested")
    last = speakers[-1]
    if last.basis != "none_given":
        found.add("basis_cue")
    if last.name is None and last.basis in ("saw", "took_part", "told_by"):
        found.add("first_person")
    if last.stance == "denies":
        found.add("stance_denies")
    elif last.stance != "asserts":
        found.add("stance_other")
    return found
