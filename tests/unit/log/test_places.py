"""Which case lay where is remembered without naming a place."""

import pytest

from affiant.errors import IntegrityError
from affiant.log.places import Places

ONE, OTHER = "0" * 32, "f" * 32


def test_the_last_case_in_a_folder_is_known_and_no_other_folder(tmp_path):
    places, folder = Places(tmp_path / "c"), tmp_path / "qarsan"
    assert places.known(folder) is None
    places.remember(folder, case=ONE)
    places.remember(folder, case=ONE)
    assert places.known(folder) == ONE
    assert places.known(tmp_path / "elsewhere") is None
    places.remember(folder, case=OTHER)
    assert Places(tmp_path / "c").known(folder) == OTHER
    assert places.path.read_text().count("\n") == 3


def test_the_list_names_no_place(tmp_path):
    places = Places(tmp_path / "c")
    places.remember(tmp_path / "qarsan", case=ONE)
    assert "qarsan" not in places.path.read_text()
    assert places.path.stat().st_mode & 0o077 == 0


def test_a_line_cut_by_a_crash_says_nothing_and_another_line_is_a_finding(tmp_path):
    places = Places(tmp_path / "c")
    places.remember(tmp_path / "a", case=ONE)
    whole = places.path.read_text()
    places.path.write_text(whole[:-3])
    assert places.known(tmp_path / "a") is None
    places.path.write_text(whole + "nonsense\n")
    with pytest.raises(IntegrityError, match="a line that is not one"):
        places.known(tmp_path / "a")
