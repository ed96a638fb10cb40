"""The closed lists are part of the file format."""

from typing import get_args

import pytest

from affiant.model import vocabulary

TABLES = [
    (vocabulary.FAMILIES, vocabulary.Family),
    (vocabulary.ACTS, vocabulary.Act),
    (vocabulary.ROLES, vocabulary.Role),
    (vocabulary.SIDES, vocabulary.Side),
    (vocabulary.STRENGTHS, vocabulary.Strength),
    (vocabulary.STANCES, vocabulary.Stance),
    (vocabulary.MODALITIES, vocabulary.Modality),
    (vocabulary.BASES, vocabulary.Basis),
    (vocabulary.SLOTS, vocabulary.SlotName),
    (vocabulary.COUNTS, vocabulary.CountOf),
    (vocabulary.EDGES, vocabulary.EdgeKind),
    (vocabulary.QUESTIONS, vocabulary.Question),
]

# As the file format spells them: a group of acts for each family, in order.
ACTS_BY_FAMILY = {
    "killing": "killing extrajudicial_execution mass_killing killing_of_restrained_person "
    "killing_of_wounded killing_of_medical_personnel death_in_custody",
    "taking": "abduction enforced_disappearance hostage_taking detention",
    "ill_treatment": "torture ill_treatment threat",
    "sexual_violence": "sexual_violence rape",
    "wounding": "wounding",
    "attack_on_protected_object": "attack_on_medical_facility attack_on_civilian_object",
    "destruction": "destruction_of_property confiscation",
    "displacement": "forced_displacement forced_return",
    "denial_of_care": "denial_of_medical_care denial_of_relief",
    "responsibility": "instigation planning ordering commanding failure_to_protect perpetration",
    "legal_status": "protected_status claimed_status guarantee_of_protection",
    "appeal": "appeal_for_investigation appeal_for_accountability appeal",
    "commemoration": "commemoration",
    "statement": "publication speech investigation denial",
}


@pytest.mark.parametrize(("table", "closed_list"), TABLES)
def test_every_word_has_its_definition_and_no_definition_lacks_its_word(table, closed_list):
    assert tuple(table) == get_args(closed_list)


@pytest.mark.parametrize(("table", "closed_list"), TABLES)
def test_a_definition_is_one_sentence_on_one_line(table, closed_list):
    for term, definition in table.items():
        assert definition == definition.strip(), term
        assert definition.endswith("."), term
        assert "\n" not in definition, term


def test_acts_and_families_are_spelt_as_the_file_format_says():
    families: dict[str, list[str]] = {}
    for act, family in vocabulary.FAMILY_OF.items():
        families.setdefault(family, []).append(act)
    assert {family: " ".join(acts) for family, acts in families.items()} == ACTS_BY_FAMILY
    assert tuple(ACTS_BY_FAMILY) == get_args(vocabulary.Family)


def test_every_act_has_a_family():
    assert tuple(vocabulary.FAMILY_OF) == get_args(vocabulary.Act)


def test_what_a_family_counts_is_something_that_is_counted():
    assert set(vocabulary.COUNT_OF_FAMILY) <= set(get_args(vocabulary.Family))
    assert set(vocabulary.COUNT_OF_FAMILY.values()) <= set(get_args(vocabulary.CountOf))


@pytest.mark.parametrize(
    "role",
    [
        *("direct_perpetrator", "ordered", "planned", "instigated", "aided", "commanded"),
        *("failed_to_protect", "responsible"),
    ],
)
def test_everyone_accused_is_alleged(role):
    assert "alleged" in vocabulary.ROLES[role]


def test_a_cell_of_the_matrix_has_one_of_seven_states():
    states = ("agrees", "fits", "differs", "denies", "repeats", "silent", "not_reviewed")
    assert get_args(vocabulary.CellState) == states
