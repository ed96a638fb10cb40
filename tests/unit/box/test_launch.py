import os
import sys
from pathlib import Path

import pytest

from affiant.box import Limits, is_strong
from affiant.box.launch import bare_command, confined_command, find_places
from affiant.box.limits import decode_limits, limit_fields


def test_neither_the_current_folder_nor_a_home_is_shown(monkeypatch):
    monkeypatch.setattr(sys, "path", ["", str(Path.cwd()), str(Path.home()), *sys.path])
    places = find_places([])
    for place in ("", "/", str(Path.cwd()), str(Path.home()), "/etc", "/tmp", "/home", "/proc"):
        assert place not in places.readable
        assert place not in places.import_path


def test_our_own_sources_and_the_standard_library_are_shown():
    places = find_places([])
    assert str(Path(os.__file__).parent) in places.import_path
    assert any(place.endswith("affiant") for place in places.readable)


def test_everything_is_unshared_and_read_only():
    command = confined_command("bwrap", places=find_places([]))
    for word in ("--unshare-all", "--die-with-parent", "--new-session", "--remount-ro"):
        assert word in command
    assert command[command.index("--cap-drop") + 1] == "ALL"
    for word in ("--bind", "--dev-bind", "--share-net", "--proc", "--dev", "--setenv"):
        assert word not in command


def test_python_starts_without_site_environment_or_cache():
    command = bare_command(find_places([]))
    assert {"-I", "-S", "-B"} <= set(command)


@pytest.mark.parametrize(
    ("isolation", "strong"),
    [
        ("bubblewrap+seccomp+rlimits", True),
        ("bubblewrap+rlimits", False),
        ("bubblewrap+seccomp", False),
        ("landlock+seccomp+rlimits", False),
        ("in-process", False),
        ("process", False),
        ("", False),
    ],
)
def test_only_all_three_together_are_the_strongest(isolation, strong):
    assert is_strong(isolation) is strong


def test_limits_survive_the_way_into_the_box():
    limits = Limits(memory_bytes=5, cpu_seconds=6, wall_seconds=7.5, output_bytes=8)
    assert decode_limits(limit_fields(limits)) == limits


@pytest.mark.parametrize("wrong", [{"memory_bytes": 0}, {"wall_seconds": -1.0}])
def test_a_limit_that_allows_nothing_is_refused(wrong):
    with pytest.raises(ValueError, match="above nought"):
        Limits(**wrong)
