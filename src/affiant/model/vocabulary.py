"""The closed word lists, each term with its definition in one line.

The spellings are part of the file format. A microthesaurus code is given only where it
is known; none has been checked yet, so none stands here.
"""

from typing import Final, Literal

Family = Literal[
    "killing",
    "taking",
    "ill_treatment",
    "sexual_violence",
    "wounding",
    "attack_on_protected_object",
    "destruction",
    "displacement",
    "denial_of_care",
    "responsibility",
    "legal_status",
    "appeal",
    "commemoration",
    "statement",
]

Act = Literal[
    "killing",
    "extrajudicial_execution",
    "mass_killing",
    "killing_of_restrained_person",
    "killing_of_wounded",
    "killing_of_medical_personnel",
    "death_in_custody",
    "abduction",
    "enforced_disappearance",
    "hostage_taking",
    "detention",
    "torture",
    "ill_treatment",
    "threat",
    "sexual_violence",
    "rape",
    "wounding",
    "attack_on_medical_facility",
    "attack_on_civilian_object",
    "destruction_of_property",
    "confiscation",
    "forced_displacement",
    "forced_return",
    "denial_of_medical_care",
    "denial_of_relief",
    "instigation",
    "planning",
    "ordering",
    "commanding",
    "failure_to_protect",
    "perpetration",
    "protected_status",
    "claimed_status",
    "guarantee_of_protection",
    "appeal_for_investigation",
    "appeal_for_accountability",
    "appeal",
    "commemoration",
    "publication",
    "speech",
    "investigation",
    "denial",
]

Role = Literal[
    "victim",
    "direct_perpetrator",
    "ordered",
    "planned",
    "instigated",
    "aided",
    "commanded",
    "failed_to_protect",
    "responsible",
    "witness",
    "guarantor",
    "custodian",
    "addressee",
]

Side = Literal["victim", "accused", "other"]
Strength = Literal["named", "unit", "category", "unnamed", "implied"]
Stance = Literal[
    "asserts",
    "denies",
    "disputes",
    "reports",
    "raises_possibility",
    "retracts",
    "corrects",
    "declines",
]
Modality = Literal["actual", "possible", "intended", "conditional", "called_for", "presupposed"]
Basis = Literal["saw", "took_part", "told_by", "document", "instrument", "none_given"]
SlotName = Literal[
    "act", "actor", "victim", "count", "when", "where", "method", "status", "speaker", "basis"
]
CountOf = Literal["killed", "wounded", "taken", "missing", "displaced", "ill_treated", "other"]
Scope = Literal["event", "aggregate"]
Relation = Literal["includes", "overlaps", "unstated"]
DateBasis = Literal["explicit", "context", "ambiguous"]
Calendar = Literal["gregorian", "solar_hijri", "hijri"]
EdgeKind = Literal["repeats", "translates", "strengthens", "weakens", "corrects", "retracts"]
Dependence = Literal["dependent", "shown_independent", "not_known"]
JudgementVerdict = Literal["same", "different", "unsure"]
ClaimVerdict = Literal["accepted", "rejected", "unsure"]
Delicate = Literal["attribution", "polarity"]
RejectionReason = Literal[
    "not_said",
    "wrong_number",
    "wrong_act",
    "wrong_party",
    "wrong_voice",
    "wrong_polarity",
    "wrong_date_or_place",
    "not_an_event",
    "repeated_here",
]
SeedKind = Literal["number", "polarity", "swap"]
ClaimStatus = Literal["suggested", "accepted", "rejected", "unsure", "withdrawn", "superseded"]
CellState = Literal["agrees", "fits", "differs", "denies", "repeats", "silent", "not_reviewed"]
Question = Literal[
    "when",
    "where",
    "killed",
    "wounded",
    "taken",
    "missing",
    "displaced",
    "ill_treated",
    "by_whom",
    "method",
]
SourceKind = Literal["person", "outlet", "agency", "state_body", "court", "organisation", "device"]
Generation = Literal["original", "copy", "translation", "transcript"]

FAMILIES: Final[dict[str, str]] = {
    "killing": "Somebody is said to have been killed.",
    "taking": "Somebody is said to have been deprived of liberty, lawfully or not.",
    "ill_treatment": "Somebody is said to have been tortured, ill-treated or threatened.",
    "sexual_violence": "Sexual violence of any kind is alleged.",
    "wounding": "Somebody is said to have been injured.",
    "attack_on_protected_object": "A place that must be spared is said to have been attacked.",
    "destruction": "Property is said to have been destroyed or seized.",
    "displacement": "People are said to have been made to leave or to return.",
    "denial_of_care": "Care or relief is said to have been withheld.",
    "responsibility": "A part in an act is attributed to somebody.",
    "legal_status": "A status or guarantee is said to hold.",
    "appeal": "Somebody is called upon to act.",
    "commemoration": "An event is said to be remembered publicly.",
    "statement": "An act of speaking, publishing, investigating or denying.",
}

FAMILY_OF: Final[dict[Act, Family]] = {
    "killing": "killing",
    "extrajudicial_execution": "killing",
    "mass_killing": "killing",
    "killing_of_restrained_person": "killing",
    "killing_of_wounded": "killing",
    "killing_of_medical_personnel": "killing",
    "death_in_custody": "killing",
    "abduction": "taking",
    "enforced_disappearance": "taking",
    "hostage_taking": "taking",
    "detention": "taking",
    "torture": "ill_treatment",
    "ill_treatment": "ill_treatment",
    "threat": "ill_treatment",
    "sexual_violence": "sexual_violence",
    "rape": "sexual_violence",
    "wounding": "wounding",
    "attack_on_medical_facility": "attack_on_protected_object",
    "attack_on_civilian_object": "attack_on_protected_object",
    "destruction_of_property": "destruction",
    "confiscation": "destruction",
    "forced_displacement": "displacement",
    "forced_return": "displacement",
    "denial_of_medical_care": "denial_of_care",
    "denial_of_relief": "denial_of_care",
    "instigation": "responsibility",
    "planning": "responsibility",
    "ordering": "responsibility",
    "commanding": "responsibility",
    "failure_to_protect": "responsibility",
    "perpetration": "responsibility",
    "protected_status": "legal_status",
    "claimed_status": "legal_status",
    "guarantee_of_protection": "legal_status",
    "appeal_for_investigation": "appeal",
    "appeal_for_accountability": "appeal",
    "appeal": "appeal",
    "commemoration": "commemoration",
    "publication": "statement",
    "speech": "statement",
    "investigation": "statement",
    "denial": "statement",
}

ACTS: Final[dict[str, str]] = {
    "killing": "A death is attributed to the act of another.",
    "extrajudicial_execution": "A deliberate killing outside any judgement of a court.",
    "mass_killing": "Many people are killed in one event.",
    "killing_of_restrained_person": "A person who was bound or held is killed.",
    "killing_of_wounded": "A person already wounded is killed.",
    "killing_of_medical_personnel": "People who give medical care are killed.",
    "death_in_custody": "A person dies while held.",
    "abduction": "A person is carried off by people who may not do so.",
    "enforced_disappearance": "A person is held and their fate or place is concealed.",
    "hostage_taking": "A person is held to force somebody else to act.",
    "detention": "A person is held by an authority.",
    "torture": "Severe pain is inflicted deliberately.",
    "ill_treatment": "A person is treated cruelly or degradingly.",
    "threat": "Harm is announced to a person.",
    "sexual_violence": "An act of a sexual nature by force or coercion.",
    "rape": "Sexual penetration by force or coercion.",
    "wounding": "A person is injured.",
    "attack_on_medical_facility": "A hospital, clinic or ambulance is attacked.",
    "attack_on_civilian_object": "A home, school or other civilian object is attacked.",
    "destruction_of_property": "Property is damaged or destroyed.",
    "confiscation": "Property is taken away.",
    "forced_displacement": "People are made to leave where they live.",
    "forced_return": "People are returned to where they are in danger.",
    "denial_of_medical_care": "Medical care is withheld.",
    "denial_of_relief": "Food, water or relief is withheld.",
    "instigation": "Somebody is said to have prompted an act.",
    "planning": "Somebody is said to have planned an act.",
    "ordering": "Somebody is said to have ordered an act.",
    "commanding": "Somebody is said to have commanded those who acted.",
    "failure_to_protect": "Somebody bound to protect is said not to have done so.",
    "perpetration": "Somebody is said to have carried out an act.",
    "protected_status": "People are said to have been protected under law.",
    "claimed_status": "A legal or political status is claimed for somebody.",
    "guarantee_of_protection": "Somebody is said to have guaranteed protection.",
    "appeal_for_investigation": "An investigation is called for.",
    "appeal_for_accountability": "Those responsible are to be held to account.",
    "appeal": "Another call upon somebody to act.",
    "commemoration": "An event or its dead are remembered publicly.",
    "publication": "Something was published.",
    "speech": "Somebody spoke on an occasion.",
    "investigation": "Somebody investigates or investigated.",
    "denial": "An act or a part in it is denied.",
}

ROLES: Final[dict[str, str]] = {
    "victim": "Suffered the act.",
    "direct_perpetrator": "Is alleged to have carried out the act.",
    "ordered": "Is alleged to have ordered it.",
    "planned": "Is alleged to have planned it.",
    "instigated": "Is alleged to have prompted it.",
    "aided": "Is alleged to have helped.",
    "commanded": "Is alleged to have commanded those who acted.",
    "failed_to_protect": "Is alleged to have had to protect and not to have done so.",
    "responsible": "Is alleged to be responsible in a way not stated.",
    "witness": "Is said to have perceived it.",
    "guarantor": "Is said to have guaranteed protection.",
    "custodian": "Is said to have held or kept the person.",
    "addressee": "Is called upon or spoken to.",
}

SIDES: Final[dict[str, str]] = {
    "victim": "The side of those to whom it was done.",
    "accused": "The side of those who are alleged to have done it.",
    "other": "Neither.",
}

STRENGTHS: Final[dict[str, str]] = {
    "named": "A person or body is named.",
    "unit": "A unit or post is named.",
    "category": "Only a kind of people is named: soldiers, police.",
    "unnamed": "Somebody, not named.",
    "implied": "Not said in these words; follows from the context.",
}

STANCES: Final[dict[str, str]] = {
    "asserts": "Says that it is so.",
    "denies": "Says that it is not so.",
    "disputes": "Says that a part of it is not so.",
    "reports": "Passes on what another says without asserting it.",
    "raises_possibility": "Says that it may be so.",
    "retracts": "Takes back an earlier statement.",
    "corrects": "Replaces an earlier statement.",
    "declines": "Was asked and does not say.",
}

MODALITIES: Final[dict[str, str]] = {
    "actual": "The act is told as having happened.",
    "possible": "The act may have happened.",
    "intended": "The act was or is meant to happen.",
    "conditional": "The act happens if something else does.",
    "called_for": "The act is asked for.",
    "presupposed": "The act is taken as known and not itself told.",
}

BASES: Final[dict[str, str]] = {
    "saw": "The speaker perceived it.",
    "took_part": "The speaker took part.",
    "told_by": "Somebody told the speaker.",
    "document": "The speaker relies on a document.",
    "instrument": "The speaker relies on a measurement or recording.",
    "none_given": "How the speaker knows is not said.",
}

SLOTS: Final[dict[str, str]] = {
    "act": "What was done.",
    "actor": "Who is alleged to have done it or had a part.",
    "victim": "To whom.",
    "count": "How many.",
    "when": "When.",
    "where": "Where.",
    "method": "How.",
    "status": "A status that is claimed.",
    "speaker": "Who says so.",
    "basis": "How the speaker knows.",
}

COUNTS: Final[dict[str, str]] = {
    "killed": "People who died.",
    "wounded": "People who were injured.",
    "taken": "People abducted, detained or taken hostage.",
    "missing": "People whose fate is not known.",
    "displaced": "People who had to leave.",
    "ill_treated": "People tortured, ill-treated or threatened.",
    "other": "Anything else that is counted.",
}

EDGES: Final[dict[str, str]] = {
    "repeats": "Says what another said, without knowledge of its own.",
    "translates": "Says it in another language.",
    "strengthens": "Repeats it and says more, or says it more surely.",
    "weakens": "Repeats it and says less, or says it less surely.",
    "corrects": "Replaces what was said before.",
    "retracts": "Takes back what was said before.",
}

QUESTIONS: Final[dict[str, str]] = {
    "when": "When it happened.",
    "where": "Where it happened.",
    "killed": "How many were killed.",
    "wounded": "How many were wounded.",
    "taken": "How many were taken.",
    "missing": "How many are missing.",
    "displaced": "How many were displaced.",
    "ill_treated": "How many were ill-treated.",
    "by_whom": "Who is alleged to have done it.",
    "method": "How it was done.",
}

COUNT_OF_FAMILY: Final[dict[str, CountOf]] = {
    "killing": "killed",
    "taking": "taken",
    "wounding": "wounded",
    "displacement": "displaced",
    "ill_treatment": "ill_treated",
    "sexual_violence": "ill_treated",
}

DELICATE: Final[dict[Delicate, str]] = {
    "attribution": "Who says it, through whom, and who is said to have done it.",
    "polarity": "Whether it is asserted, denied, called for or only thought possible.",
}

REJECTION_REASONS: Final[dict[RejectionReason, str]] = {
    "not_said": "The passage does not say this.",
    "wrong_number": "The number, its bounds or who is counted is wrong.",
    "wrong_act": "It is another act.",
    "wrong_party": "The victim or the accused is another.",
    "wrong_voice": "Somebody else says so, or says to know it otherwise.",
    "wrong_polarity": "It is denied, called for or only thought possible, or the other way round.",
    "wrong_date_or_place": "Date or place belong to something else.",
    "not_an_event": "Nothing is told: a heading, a menu, a notice, a commemoration.",
    "repeated_here": "The same document says the same elsewhere, and that is a claim already.",
}
"""Why a suggestion is rejected, in the order of the digits 1 to 9."""

SEEDS: Final[dict[SeedKind, str]] = {
    "number": "A number of the suggestion was changed.",
    "polarity": "What the voice asserts was made a denial, or the other way round.",
    "swap": "Victim and accused were exchanged.",
}
