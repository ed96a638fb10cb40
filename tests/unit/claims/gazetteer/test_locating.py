"""A place is resolved where only one can be meant, and its words stay as written."""

import gzip
import re
from collections import Counter
from importlib import resources

import pytest

from affiant.claims.gazetteer import Atlas, Place, located, own_places, places_of_countries
from affiant.language.folding import fold
from affiant.model.where import Where


def place(name: str, latitude: str, longitude: str) -> Place:
    return Place(name=name, country="XA", latitude=latitude, longitude=longitude, precision_m=1500)


SEDRA = place("Sedra", "11.20", "22.10")
QARSAN = place("Qarsan", "12.00", "23.00")
FIRST_OLM = place("Olmarin", "1.00", "2.00")
SECOND_OLM = place("Olmarin", "5.00", "6.00")
ATLAS = Atlas(
    [
        ("sedra", SEDRA),
        (fold("قارسان"), QARSAN),
        ("qarsan", QARSAN),
        ("olmarin", FIRST_OLM),
        ("olmarin", SECOND_OLM),
    ]
)


def resolved(words: str, *, atlases=(ATLAS,)) -> tuple[str | None, str | None]:
    found, _ = located(Where(words=words), atlases=atlases)
    assert found.words == words
    return found.name, found.latitude


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Sedra", "Sedra"),
        ("SEDRA", "Sedra"),
        ("the village of Sedra, Qarsan province", "Sedra"),
        ("قارسان", "Qarsan"),
        ("در شهر قارسان", "Qarsan"),
        ("Qarsaan", "Qarsan"),
        ("Qrasan", "Qarsan"),
        ("Qarsen", "Qarsan"),
        ("Sedr", None),
        ("Serda", "Sedra"),
        ("Karsaan", None),
        ("a field near the river", None),
        ("the mill, Qarsan", None),
        ("the mill near Qarsan", None),
        ("a road north of Qarsan", None),
        ("30 km from Qarsaan", None),
        ("نزدیک قارسان", None),
        ("روستای سدرا", None),
        ("في مدينة قارسان", "Qarsan"),
        ("Olmarin", None),
        ("Olmaryn", None),
        ("", None),
    ],
)
def test_a_place_is_resolved_only_where_one_can_be_meant(words, name):
    assert resolved(words)[0] == name


def test_the_case_s_own_places_go_before_all_others():
    decided = Where(words="Sedra", name="Sedra mill, Ost", latitude="40.10", longitude="50.20")
    own = Atlas(own_places([decided]))
    assert resolved("Sedra", atlases=(own, ATLAS)) == ("Sedra mill, Ost", "40.10")
    assert resolved("Sedra mill", atlases=(own, ATLAS)) == ("Sedra mill, Ost", "40.10")


def test_a_misspelling_of_an_own_place_does_not_win_over_a_name_that_is_right():
    own = Atlas(own_places([Where(words="Qarsam", name="Qarsam")]))
    assert resolved("Qarsan", atlases=(own, ATLAS))[0] == "Qarsan"


def test_a_place_that_was_resolved_stays():
    before = Where(words="Sedra", name="x", latitude="1", longitude="2", precision_m=9)
    assert located(before, atlases=(ATLAS,)) == (before, "")


def test_the_reason_names_the_words_and_says_that_they_are_spelt_otherwise():
    _, reason = located(Where(words="Qarsaan"), atlases=(ATLAS,))
    assert reason == "place “Qarsaan” taken for Qarsan, spelt otherwise"


def test_the_gazetteer_gives_places_of_the_countries_asked_for_and_no_others():
    packed = resources.files("affiant.claims.gazetteer").joinpath("places.tsv.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    counted = Counter(line.split("\t")[2] for line in lines)
    assert len(counted) > 200
    smallest = min((code for code in counted if counted[code] > 20), key=counted.__getitem__)
    found = list(places_of_countries([smallest]))
    assert len(found) == counted[smallest]
    for key, one in found:
        assert one.country == smallest
        assert key == fold(key)
        assert key
        assert re.fullmatch(r"-?[0-9]{1,2}\.[0-9]{2}", one.latitude)
        assert re.fullmatch(r"-?[0-9]{1,3}\.[0-9]{2}", one.longitude)
    assert list(places_of_countries([])) == []
