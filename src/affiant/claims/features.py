"""What a rule saw when it proposed a claim: the closed list, for every language.

A suggestion carries the names of those that fired. A linear score weighs them, and the
reviewer may read them. A name is never given a second meaning; a new one is added at the end
of its group.
"""

from typing import Final

FEATURES: Final[dict[str, str]] = {
    # How the act is told.
    "verb_active": "a verb with the one who did it before it or left out",
    "verb_passive": "a verb in the passive, with those it befell as its subject",
    "verb_happens": "a verb of what befell its subject: died, disappeared",
    "verb_two_parts": "a verb with its second part: shot dead, took hostage",
    "participle_bare": "a participle without its verb: residents murdered in May",
    "noun_act": "a noun: the killing of, the arrest of",
    "state_act": "a state: 12 dead, 14 are missing",
    "remains_found": "bodies or remains of people",
    "toll": "a toll with its number",
    "lives_lost": "lives that were lost, taken or claimed",
    "act_on_thing": "an act against a building or other property",
    "care_withheld": "care or relief withheld",
    "appeal_words": "words that call upon somebody",
    "remembrance_words": "words of public remembrance",
    "responsibility_words": "words that give a part in an act: ordered, planned",
    "status_words": "words of a legal status",
    "guarantee_words": "words of a guarantee",
    "denial_words": "words that deny without naming an act",
    "dated_speech": "words of saying with a date of their own",
    "loose_verb": "a verb that is said of things as often as of people",
    "idiom": "a turn of phrase: or we come back, would not let through",
    # To whom.
    "victim_named": "those it befell are named",
    "victim_known_word": "those it befell are called by a listed word for people",
    "victim_other_word": "those it befell are called by a word that is in no list",
    "victim_pronoun": "those it befell stand only as a pronoun",
    "victim_inferred": "those it befell were taken over from another sentence",
    "victim_missing": "nobody is named whom it befell",
    # How many.
    "count_in_clause": "a number in the same clause",
    "count_bound": "a number with one bound only: at least, up to, dozens",
    "count_range": "a number with two bounds that differ",
    "count_about": "a number with a word such as about",
    "count_unbounded": "words for a number that give none: several, all",
    "count_single": "one person: a name, or a word in the singular",
    "count_zero": "nobody",
    "count_listed": "a number summed from a list of names or groups",
    "count_parts": "a number with a part of it: including six women",
    "count_aggregate": "a total over several events",
    # By whom.
    "actor_subject": "the one accused is the subject of the verb",
    "actor_by": "the one accused is named after by",
    "actor_accusing": "words of accusation lead to the one accused",
    "actor_behind": "words such as on the orders of lead to one behind the act",
    "actor_inferred": "the one accused was taken over from another sentence",
    "actor_event": "the one accused is the one whose attack led to it",
    # When and where.
    "date_in_clause": "a date in the same clause",
    "date_fronted": "a date at the front of the sentence",
    "date_shared": "a date shared with an act that is joined by and",
    "date_carried": "a date carried over from earlier in the paragraph",
    "date_relative": "a date counted from that of the document",
    "date_ambiguous": "a date that can be read in more than one way",
    "clock_in_clause": "a time of day",
    "place_in_clause": "a place in the same clause",
    "place_fronted": "a place at the front of the sentence",
    "place_shared": "a place shared with an act that is joined by and",
    "place_carried": "a place carried over from earlier in the paragraph",
    "place_known": "a place that the case or the gazetteer knows",
    "method_words": "words for the manner or the means",
    # Whether it is told as done.
    "negated": "a negation",
    "hearsay_cue": "a word such as reportedly",
    "possible_cue": "a word of possibility",
    "intended_cue": "a word of intention or threat",
    "conditional_cue": "a word of condition",
    "called_for_cue": "a word of demand",
    "presupposed": "an act only mentioned as known",
    "question": "the sentence asks",
    # Who says it.
    "own_voice": "nobody but the document says it",
    "chat_writer": "whoever wrote the message says it",
    "first_person": "the document speaks as I or we",
    "speaker_cue": "a word of saying leads to the speaker",
    "speaker_by_phrase": "a phrase such as according to leads to the speaker",
    "speaker_quoted": "the words stand in a quotation",
    "speaker_pronoun": "the speaker stands only as a pronoun",
    "speaker_carried": "the speaker was taken over from another sentence",
    "speaker_nested": "a voice inside the voice of another",
    "passed_on": "it is said that somebody says so, who is not named",
    "basis_cue": "words that tell how the speaker knows",
    "stance_denies": "the speaker denies it",
    "stance_other": "the speaker doubts, corrects, takes back or only passes it on",
    # Where in the page.
    "block_title": "in a title",
    "block_caption": "in a caption or a heading between paragraphs",
    "block_paragraph": "in a paragraph",
    "block_quotation": "in a paragraph that is one quotation",
    "block_table": "in a table or list",
    "block_chat": "in a message of a chat",
    "menu_near": "right beside navigation or a list of links",
    "capitals": "in capitals throughout",
    "sentence_long": "a sentence of more than 45 words",
    "several_acts": "the sentence tells of more than one act",
    "repeated": "the same claim is told again in the document",
}
"""Name of each feature and what it stands for, in one line."""


def ordered(names: set[str]) -> tuple[str, ...]:
    """Return the names in the order of the list; a name that is not in it is refused.

    Raises:
        KeyError: A name stands in no list.
    """
    unknown = sorted(names - FEATURES.keys())
    if unknown:
        raise KeyError(unknown[0])
    return tuple(name for name in FEATURES if name in names)
