"""By construction: whatever is done to a bundle is found and named, by both verifiers alike."""

import shutil
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from affiant.corroborate import numbers_of_case
from affiant.publish.bundle import make_bundle
from affiant.store import open_case
from authorities import Authorities, stamp_by_hand, stamp_files, stamped_case, time_in
from tamper import attacks
from tamper.attacks import Members
from tamper.corpus import BUNDLE, ZIP, Row
from tamper.small_case import OPENER, SECOND, STRANGER, build_case, surroundings_in
from tamper.verifiers import both, last_line


@dataclass(frozen=True)
class Stamped:
    """A stamped case, closed, its bundle, and the authorities that stamped it."""

    path: Path
    case: Path
    authorities: Authorities

    @property
    def members(self) -> Members:
        return attacks.members_in(self.path)

    def reopened(self, folder: Path):
        """Copy the case and open the copy."""
        shutil.copytree(self.case, folder)
        return open_case(folder, surroundings=surroundings_in(folder.parent, seed=b"later"))

    def roots(self, folder: Path) -> Path:
        """Write the roots of the two authorities that are to be trusted."""
        path = folder / "trusted.pem"
        path.write_bytes(self.authorities.north.roots + self.authorities.south.roots)
        return path


def bundle_of(case, *, target: Path) -> Path:
    """Make the bundle of an open case."""
    numbers = [number.plain() for number in numbers_of_case(case)]
    return make_bundle(case, target=target, numbers=numbers).path


@pytest.fixture(scope="module")
def stamped(tmp_path_factory, authorities) -> Stamped:
    folder = tmp_path_factory.mktemp("stamped")
    with stamped_case(folder / "case", authorities=authorities) as case:
        path = bundle_of(case, target=folder / "whole.zip")
    return Stamped(path, folder / "case", authorities)


def names_it(found: set[tuple[str, str]], *, row: Row, item: str) -> bool:
    """Tell whether the problem is found that the row foretells, at the item that was attacked."""
    assert fnmatchcase(item, row.item), f"the attack on {item} is not the one that the row tells"
    return (item, row.kind) in found


@pytest.mark.parametrize("row", BUNDLE, ids=lambda row: row.name)
def test_an_attack_is_found_and_the_item_named(row, stamped, tmp_path):
    members, item = row.how(stamped.members)
    target = attacks.put_together(members, target=tmp_path / "b.zip")
    code, found = both(target, pin=OPENER.public)
    assert code == 5
    assert names_it(found, row=row, item=item), found


@pytest.mark.parametrize("name", ZIP)
def test_a_file_that_is_not_the_canonical_zip_is_refused(name, stamped, tmp_path):
    target = tmp_path / "b.zip"
    target.write_bytes(ZIP[name](stamped.path.read_bytes(), stamped.members))
    assert both(target) == (5, {("bundle", "zip")})


def test_the_corpus_has_no_two_rows_of_one_name():
    names = [row.name for row in BUNDLE] + list(ZIP)
    assert len(names) == len(set(names))


def test_the_untouched_bundle_is_whole_with_every_means(stamped, tmp_path):
    pins = (OPENER.public, str(stamped.case / "log" / "checkpoint"))
    for pin in pins:
        assert both(stamped.path, pin=pin, roots=stamped.roots(tmp_path)) == (0, set())
    assert both(stamped.path) == (0, set())
    assert last_line(stamped.path) == "consistent; signer not known to you"


# Consistent in itself: only a pin, a checkpoint seen before or one's own roots reveal it


def test_a_whole_case_rebuilt_by_a_stranger_is_revealed_by_the_pin(stamped, tmp_path):
    with build_case(tmp_path / "case") as case:
        path = bundle_of(case, target=tmp_path / "plain.zip")
    attacks.sign_again(tmp_path / "case", stranger=STRANGER)
    members = attacks.with_lines(attacks.members_in(path), attacks.lines_in(tmp_path / "case"))
    target = attacks.put_together(attacks.sealed(members, key=STRANGER), target=tmp_path / "b.zip")
    assert both(target, pin=OPENER.public) == (5, {("signer", "stranger")})
    assert both(target) == (0, set())
    assert last_line(target) == "consistent; signer not known to you"


def test_an_older_bundle_is_revealed_by_a_checkpoint_seen_since(stamped, tmp_path):
    with stamped.reopened(tmp_path / "case") as case:
        with case.writing(OPENER) as pen:
            pen.record("policy.set/1", body={"name": "isolation", "value": "strict"})
        bundle_of(case, target=tmp_path / "new.zip")
        newest = str(case.checkpoint_path)
    assert both(stamped.path, pin=newest) == (5, {("signer", "stranger")})
    assert both(stamped.path, pin=OPENER.public) == (0, set())
    assert both(tmp_path / "new.zip", pin=newest) == (0, set())


def test_a_log_that_forked_and_grew_on_both_sides_is_revealed_by_a_checkpoint_of_either(
    stamped, tmp_path
):
    ends, pins = {}, {}
    for side in ("ours", "theirs"):
        with stamped.reopened(tmp_path / side / "case") as case:
            for number in range(3):
                with case.writing(OPENER) as pen:
                    value = {"name": side, "value": str(number)}
                    pen.record("policy.set/1", body=value)
            ends[side] = bundle_of(case, target=tmp_path / side / "b.zip")
            pins[side] = str(case.checkpoint_path)
    for side, other in (("ours", "theirs"), ("theirs", "ours")):
        assert both(ends[side], pin=pins[side]) == (0, set())
        assert both(ends[side], pin=OPENER.public) == (0, set())
        assert both(ends[side], pin=pins[other]) == (5, {("signer", "stranger")})


def test_another_case_of_the_same_people_is_revealed_by_a_checkpoint_seen_before(stamped, tmp_path):
    with build_case(tmp_path / "case", seed=b"another") as case:
        other = bundle_of(case, target=tmp_path / "b.zip")
    pin = str(stamped.case / "log" / "checkpoint")
    assert both(other, pin=pin) == (5, {("signer", "stranger")})
    assert both(other, pin=OPENER.public) == (0, set())


def test_a_stamp_of_an_authority_that_made_itself_up_is_revealed_by_ones_own_roots(
    stamped, tmp_path
):
    with stamped.reopened(tmp_path / "case") as case:
        folder = stamp_by_hand(case, authority=stamped.authorities.rogue, key=SECOND)
        target = bundle_of(case, target=tmp_path / "b.zip")
    assert both(target, pin=OPENER.public) == (0, set())
    trusted = stamped.roots(tmp_path)
    assert both(target, pin=OPENER.public, roots=trusted) == (
        5,
        {(f"data/stamps/{folder}", "stamp")},
    )


# By a member: what somebody records who may


def claimed(stamped: Stamped, files: dict[str, bytes], *, note) -> Members:
    """Record files as a stamp over a checkpoint."""
    fields = {"size": note.size, "root": note.root.hex(), "time": time_in(files["reply.tsr"])}
    return attacks.claim_files(files, key=SECOND, **fields)(stamped.members)[0]


def test_a_token_over_another_checkpoint_is_found(stamped, tmp_path):
    members = stamped.members
    [older, newer] = [
        members[name] for name in attacks.stamp_files(members) if name.endswith("/checkpoint")
    ]
    files = {**stamp_files(older, authority=stamped.authorities.north), "checkpoint": newer}
    changed = claimed(stamped, files, note=attacks.head_of(newer))
    target = attacks.put_together(changed, target=tmp_path / "b.zip")
    assert both(target) == (5, {("data/stamps/000000000002-" + "cd" * 8, "stamp")})


def test_a_stamp_over_a_checkpoint_that_this_log_never_had_is_found(stamped, tmp_path):
    with build_case(tmp_path / "case", seed=b"another") as case:
        foreign = case.logbook.checkpoint().note.encode()
    files = stamp_files(foreign, authority=stamped.authorities.north)
    changed = claimed(stamped, files, note=attacks.head_of(foreign))
    target = attacks.put_together(changed, target=tmp_path / "b.zip")
    assert both(target) == (5, {("data/stamps/000000000002-" + "cd" * 8, "stamp")})


def test_a_reply_with_a_bit_flipped_before_it_was_recorded_is_found(stamped, tmp_path):
    note = attacks.stamped_note(stamped.members)
    files = stamp_files(note, authority=stamped.authorities.north)
    time = time_in(files["reply.tsr"])
    files["reply.tsr"] = attacks.flipped(files["reply.tsr"], at=len(files["reply.tsr"]) - 9)
    head = attacks.head_of(note)
    fields = {"size": head.size, "root": head.root.hex(), "time": time}
    members, item = attacks.claim_files(files, key=SECOND, **fields)(stamped.members)
    target = attacks.put_together(members, target=tmp_path / "b.zip")
    assert both(target) == (5, {(item, "stamp")})


def test_an_erased_body_that_comes_back_is_found(stamped, tmp_path):
    with build_case(tmp_path / "case", erased=False) as case:
        before = attacks.lines_in(case.folder)
    lines = attacks.lines_of(stamped.members)
    gone = next(
        at
        for at, line in enumerate(lines)
        if "body" not in line and line["header"] == before[at]["header"]
    )
    lines[gone] = before[gone]
    members = attacks.with_lines(stamped.members, lines)
    target = attacks.put_together(members, target=tmp_path / "b.zip")
    code, found = both(target, pin=OPENER.public)
    assert code == 5
    assert (f"entry {gone}", "erased") in found


def test_an_erased_field_that_comes_back_is_found(stamped, tmp_path):
    with build_case(tmp_path / "case", erased=False) as case:
        before = attacks.lines_in(case.folder)
    lines = attacks.lines_of(stamped.members)
    partly = next(at for at, line in enumerate(lines) if "opening" in line)
    assert lines[partly]["header"] == before[partly]["header"]
    lines[partly] = before[partly]
    target = attacks.put_together(
        attacks.with_lines(stamped.members, lines), target=tmp_path / "b.zip"
    )
    assert both(target, pin=OPENER.public) == (5, {(f"entry {partly}", "erased")})
