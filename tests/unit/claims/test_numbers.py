"""Numbers and their bounds: what the words say and nothing more."""

import pytest

from affiant.claims.english.numbers import quantity_at
from affiant.claims.english.tagging import read_sentence


def bounds(text):
    found = quantity_at(read_sentence(text, span=(0, len(text))), index=0)
    return None if found is None else (found.low, found.high)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 villagers", (12, 12)),
        ("12,000 people", (12000, 12000)),
        ("fifty-two lives", (52, 52)),
        ("one hundred and four men", (104, 104)),
        ("two thousand and six", (2006, 2006)),
        ("a dozen women", (12, 12)),
        ("half a dozen women", (6, 6)),
        ("two dozen men", (24, 24)),
        ("at least 40 people", (40, None)),
        ("no fewer than three boys", (3, None)),
        ("12 or more", (12, None)),
        ("more than 7 children", (8, None)),
        ("over 300 homes", (301, None)),
        ("up to thirty men", (None, 30)),
        ("as many as 200 detainees", (None, 200)),
        ("nearly 50 people", (None, 50)),
        ("fewer than 10 people", (None, 9)),
        ("about 50 peasants", (50, 50)),
        ("an estimated 20 people", (20, 20)),
        ("between 7 and 10 teachers", (7, 10)),
        ("14 to 16 workers", (14, 16)),
        ("14-16 workers", (14, 16)),
        ("two or three men", (2, 3)),
        ("dozens of residents", (24, None)),
        ("several hundred people", (200, None)),
        ("tens of thousands", (20000, None)),
        ("several, initially", (None, None)),
        ("all the medical staff", (None, None)),
        ("both men", (2, 2)),
        ("the two men", (2, 2)),
        ("another six people", (6, 6)),
    ],
)
def test_the_bounds_are_those_of_the_words(text, expected):
    assert bounds(text) == expected


@pytest.mark.parametrize(
    "text",
    ["over the past", "a villager", "the soldiers", "7 percent of", "12-year-old girls", "²³"],
)
def test_what_is_no_number_of_people_gives_none(text):
    assert bounds(text) is None


def test_a_year_is_no_number():
    assert bounds("2013 was quiet") is None


def test_a_number_too_long_to_be_one_gives_none():
    assert bounds("9" * 5000) is None
