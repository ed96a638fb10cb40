"""VERIFY.md: each of its commands is run as it stands, on a real bundle."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from affiant.corroborate import numbers_of_case
from affiant.publish.bundle import make_bundle
from authorities import stamped_case
from tamper import attacks
from tamper.small_case import OPENER
from tamper.verifiers import VERIFIER

GUIDE = VERIFIER.with_name("VERIFY.md")

pytestmark = pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory, authorities) -> Path:
    folder = tmp_path_factory.mktemp("guide")
    with stamped_case(folder / "case", authorities=authorities) as case:
        numbers = [number.plain() for number in numbers_of_case(case)]
        return make_bundle(case, target=folder / "BUNDLE.zip", numbers=numbers).path


def blocks() -> list[str]:
    """Return the guide's commands, block by block, without their indent."""
    text = GUIDE.read_text(encoding="utf-8")
    found = re.findall(r"(?:^(?: {4}|\n(?= {4})).*\n)+", text, re.MULTILINE)
    return ["".join(line.strip(" ") for line in each.splitlines(keepends=True)) for each in found]


def typed(folder: Path, bundle: Path) -> subprocess.CompletedProcess[str]:
    """Type every block of the guide into one shell, as a reader would; stop where one fails."""
    shutil.copy(bundle, folder / "BUNDLE.zip")
    with zipfile.ZipFile(bundle) as file:
        (folder / "verify.py").write_bytes(file.read("verify.py"))
    script = "set -e\n" + "".join(blocks()).replace("KEY", OPENER.public)
    return subprocess.run(
        ["sh", "-c", script], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_guide_has_the_commands_that_it_promises():
    script = "".join(blocks())
    for words in (
        *("verify.py BUNDLE.zip --pin KEY", "sha256sum --check", "openssl dgst -sha256"),
        *("openssl pkeyutl -verify", "-rawin", "openssl ts -verify", "-attime"),
    ):
        assert words in script


def test_every_command_of_the_guide_runs_as_it_stands(bundle, tmp_path, openssl):
    done = typed(tmp_path, bundle)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Signature Verified Successfully") == 2
    assert (done.stdout + done.stderr).count("Verification: OK") == 2
    assert done.stdout.count("not later than") == 2
    assert f"signed by {OPENER.public}" in done.stdout
    assert "All was checked" in done.stdout


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("data/numbers.json", "data/numbers.json: FAILED"),
        ("bundle.json", "bundle.json: FAILED"),
        ("data/checkpoint", "data/checkpoint: FAILED"),
    ],
)
def test_the_commands_fail_where_a_file_was_changed(name, words, bundle, tmp_path, openssl):
    members = attacks.members_in(bundle)
    members[name] = attacks.flipped(members[name], at=40)
    spoilt = attacks.put_together(members, target=tmp_path / "spoilt.zip")
    done = by_hand(tmp_path, spoilt)
    assert done.returncode != 0
    assert words in done.stdout


def test_the_signature_commands_fail_where_all_digests_were_redone(bundle, tmp_path, openssl):
    members, _ = attacks.forge_seal(attacks.members_in(bundle))
    spoilt = attacks.put_together(members, target=tmp_path / "spoilt.zip")
    done = by_hand(tmp_path, spoilt)
    assert done.returncode != 0
    assert "Signature Verification Failure" in done.stdout + done.stderr


def test_the_stamp_commands_fail_where_a_token_was_changed(bundle, tmp_path, openssl):
    change = attacks.in_stamp("reply.tsr", lambda data: attacks.flipped(data, at=len(data) - 9))
    members, _ = change(attacks.members_in(bundle))
    spoilt = attacks.put_together(members, target=tmp_path / "spoilt.zip")
    done = by_hand(tmp_path, spoilt)
    assert done.returncode != 0
    assert "Verification: FAILED" in done.stdout + done.stderr


def by_hand(folder: Path, bundle: Path) -> subprocess.CompletedProcess[str]:
    """Type the blocks that need none of our programs."""
    shutil.copy(bundle, folder / "BUNDLE.zip")
    script = "set -e\n" + "".join(each for each in blocks() if "verify.py" not in each)
    return subprocess.run(
        ["sh", "-c", script], cwd=folder, capture_output=True, text=True, check=False
    )
