"""A hundred cases that nobody touched: whatever honest thing happened to them, no alarm."""

import shutil
from pathlib import Path
from random import Random

import pytest

from affiant.log.keys import new_key
from authorities import answering, make_authority
from flows.desk import SECOND, Desk, new_desk, write
from flows.mill import DOCUMENTS, VOICES, ids_of, killed
from flows.shared import copy_of
from store.test_folder import make_old

NUMBERS = range(8)


def a_few(random: Random) -> dict[str, str]:
    """Return some short documents, no two alike."""
    return {
        f"note-{number}.txt": f"Note {number} of {random.random()}: {number} were killed.\nEnd.\n"
        for number in range(random.randint(1, 6))
    }


def fresh(mill_once: Desk, folder: Path, random: Random) -> Desk:
    desk = new_desk(folder)
    desk.run("add", write(folder / "in", a_few(random)))
    desk.run("read")
    return desk


def moved(mill_once: Desk, folder: Path, random: Random) -> Desk:
    desk = copy_of(mill_once, folder)
    target = folder / "another place" / "پرونده"
    target.parent.mkdir()
    shutil.move(desk.folder, target)
    return Desk(target, desk.configuration)


def copied_and_gone_on(mill_once: Desk, folder: Path, random: Random) -> Desk:
    desk = copy_of(mill_once, folder)
    for words in random.sample(["four", "mill", "soldiers", "shot", "Statement"], 3):
        desk.add_claim("alba.txt", **killed(words, None, None, counts=[]), person=SECOND)
    return desk


def copied_while_open(mill_once: Desk, folder: Path, random: Random) -> Desk:
    """A copy taken before the write-ahead log was written back."""
    desk = copy_of(mill_once, folder / "first")
    settings = desk.settings()
    with desk.open() as case:
        for number in range(random.randint(1, 4)):
            with case.writing(settings.key()) as pen:
                pen.record(
                    "policy.set/1", body={"name": "reviewers_needed", "value": f"{1 + number % 2}"}
                )
        return desk.copied(folder)


def after_a_crash(mill_once: Desk, folder: Path, random: Random) -> Desk:
    """Kept files that no entry names yet, and a checkpoint file that is behind."""
    desk = copy_of(mill_once, folder)
    behind = (desk.folder / "log" / "checkpoint").read_bytes()
    desk.run("policy", "set", "reviewers_needed", "2")
    (desk.folder / "log" / "checkpoint").write_bytes(behind)
    with desk.open() as case:
        case.originals.keep(random.randbytes(40))
        case.texts.keep(f"an orphan {random.random()}".encode())
    (desk.folder / "originals" / ".incoming.77.part").write_bytes(b"half")
    [seen] = (desk.configuration / "seen").glob("*.txt")
    seen.write_bytes(seen.read_bytes()[: -random.randint(1, 60)])
    return desk


def erased_in(mill_once: Desk, folder: Path, random: Random) -> Desk:
    desk = copy_of(mill_once, folder)
    ids = ids_of(desk)
    items = [f"{name}.txt" for name in VOICES] + [ids["deln"], ids["person"], "letter.eml"]
    for item in random.sample(items, 3):
        desk.run("protect", "erase", item, "--why", "consent withdrawn")
    admitted = desk.json("history", "list")[2]
    desk.run("protect", "erase", admitted["commitment"], "--field", "name", "--why", "safety")
    return desk


def repaired(mill_once: Desk, folder: Path, random: Random) -> Desk:
    desk = erased_in(mill_once, folder, random) if random.random() < 0.5 else moved(
        mill_once, folder, random
    )  # fmt: skip
    desk.run("check", "--repair")
    return desk


def with_packets(mill_once: Desk, folder: Path, random: Random) -> Desk:
    """Both copies went on, then each took in the other's decisions."""
    ours, theirs = copy_of(mill_once, folder / "ours"), copy_of(mill_once, folder / "theirs")
    for desk, person in ((ours, None), (theirs, SECOND)):
        name = random.choice(sorted(VOICES))
        words = DOCUMENTS[f"{name}.txt"].split("\n")[0]
        claim = desk.add_claim(f"{name}.txt", **killed(words, None, 4), person=person)
        desk.run("claim", "unsure", claim, "--why", "later", person=person)
        packet = folder / f"{person}.packet"
        packet.write_text(desk.run("exchange", "export", person=person).out, encoding="utf-8")
    ours.run("exchange", "import", folder / f"{SECOND}.packet")
    theirs.run("exchange", "import", folder / "None.packet", person=SECOND)
    theirs.clean()
    return ours


def in_other_hands(mill_once: Desk, folder: Path, random: Random) -> Desk:
    desk = copy_of(mill_once, folder)
    return desk.elsewhere(folder / f"nobody {random.random()}")


def published_again(mill_once: Desk, folder: Path, random: Random) -> Desk:
    desk = copy_of(mill_once, folder)
    for number in range(random.randint(1, 3)):
        desk.run("publish", "site", "--title", f"Edition {number}")
    if random.random() < 0.5:
        shutil.rmtree(desk.folder / "out")
    return desk


def stamped_again(mill_once: Desk, folder: Path, random: Random) -> Desk:
    """Stamped by two authorities, worked on, and stamped once more."""
    desk = copy_of(mill_once, folder)
    made = [make_authority(folder / name, name=name) for name in ("west", "east")]
    with answering(*made):
        words = ["stamp"]
        for authority in made:
            words += ["--authority", f"{authority.name}={authority.address}"]
            words += ["--roots", authority.roots_path]
        for number in range(random.randint(1, 2)):
            desk.run("policy", "set", "reviewers_needed", str(number + 1))
            desk.run(*words[:3], *words[3:5])
            desk.run("stamp", *words[5:])
    return desk


def with_another_key(mill_once: Desk, folder: Path, random: Random) -> Desk:
    """The second reviewer took a new key, and work went on with it."""
    desk = copy_of(mill_once, folder)
    old, new = desk.settings(person=SECOND).key(), new_key()
    with desk.open() as case:
        with case.writing(old) as pen:
            body = {"old": old.public, "new": new.public, "name": SECOND, "why": "a new laptop"}
            pen.record("key.rotated/1", body=body)
            pen.hand_over(new)
        for number in range(random.randint(1, 3)):
            with case.writing(new) as pen:
                value = f"{1 + number % 2}"
                pen.record("policy.set/1", body={"name": "reviewers_needed", "value": value})
    return desk


def with_a_key_revoked(mill_once: Desk, folder: Path, random: Random) -> Desk:
    """The second reviewer's key was revoked, what it signed stands, some of it in doubt."""
    desk = copy_of(mill_once, folder)
    with desk.open() as case, case.writing(desk.settings().key()) as pen:
        key = desk.settings(person=SECOND).key().public
        since = random.choice([None, random.randrange(pen.frontier.size)])
        body = {"key": key, "in_doubt_since": since, "why": "the laptop was taken"}
        pen.record("key.revoked/1", body=body)
    return desk


def of_an_older_version(mill_once: Desk, folder: Path, random: Random) -> Desk:
    desk = copy_of(mill_once, folder)
    make_old(desk.folder / "case.db")
    return desk


def read_only(mill_once: Desk, folder: Path, random: Random) -> Desk:
    """Files and folders without the right to write, as on a medium that is sealed."""
    desk = copy_of(mill_once, folder)
    for path in [*desk.folder.rglob("*"), desk.folder]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    return desk


HISTORIES = (
    *(fresh, moved, copied_and_gone_on, copied_while_open, after_a_crash),
    *(erased_in, repaired, with_packets, in_other_hands, published_again),
    *(stamped_again, with_another_key, with_a_key_revoked, of_an_older_version, read_only),
)
"""What honestly happens to cases. Whatever a later command does to one belongs in here."""


@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history.__name__)
def test_cases_of_a_kind_raise_no_alarm(history, mill_once, tmp_path):
    for number in NUMBERS:
        desk = history(mill_once, tmp_path / str(number), Random(f"{history.__name__} {number}"))
        desk.clean()
        desk.clean()


def test_a_hundred_cases_were_looked_at():
    assert len(HISTORIES) * len(NUMBERS) >= 100
