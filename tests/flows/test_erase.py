"""What is erased is gone from every byte of the case, and everything else still proves."""

import json
from pathlib import Path

import pytest

from affiant.language.folding import fold
from flows.desk import FIRST, SECOND, Desk, bytes_of, new_desk, write
from flows.mill import ids_of, killed
from flows.shared import copy_of

CANARY = "Zerbinetta Quarn told us that eleven were wounded at Xyl Ford on 4 May 2031."
PERSIAN = "زربینتا کوارن يازده نفر را در گُدار ديد که كشته شدند"
NAMES = ("Zerbinetta Quarn", "Xyl Ford", "زربینتا", "كشته شدند", "canary-letter")


def with_canary(folder: Path) -> Desk:
    """A case in which one document is to be forgotten, and two that stay."""
    desk = new_desk(folder)
    letters = {
        "canary-letter.txt": f"{CANARY}\n{PERSIAN}\n",
        "canary-page.html": f"<title>{NAMES[0]}</title><p>{CANARY}</p><p>{PERSIAN}</p>",
    }
    desk.run("add", write(folder / "in", letters), "--from", NAMES[0], "--how", "by Xyl Ford")
    desk.run("add", write(folder / "rest", {"stays.txt": "Four people were killed at the mill.\n"}))
    desk.run("read")
    desk.run("suggest")
    desk.run("find", "wounded")
    return desk


def forms_of(words: str) -> dict[str, bytes]:
    """Return the forms in which words may lie in a file."""
    folded = fold(words)
    escaped = json.dumps(words).strip('"')
    texts = {words, words.lower(), words.upper(), folded, folded.split()[0], escaped}
    return {
        f"{encoding} of {text}": text.encode(encoding)
        for text in texts
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    }


def left_of(folder: Path, *words: str) -> list[str]:
    """Return where any form of any of the words still lies, file names too."""
    forms = {name: form for word in words for name, form in forms_of(word).items()}
    found = []
    for path in sorted(folder.rglob("*")):
        data = path.name.encode() + (path.read_bytes() if path.is_file() else b"")
        found += [
            f"{path.relative_to(folder)}: {name}" for name, form in forms.items() if form in data
        ]
    return found


def test_the_search_for_canaries_finds_them_before_the_erasure(tmp_path):
    desk = with_canary(tmp_path)
    found = left_of(desk.folder, *NAMES)
    assert any(name.startswith("case.db") for name in found)
    assert any(name.startswith("originals") for name in found)
    assert any(name.startswith("texts") for name in found)


def test_an_erased_document_leaves_no_byte_of_itself(tmp_path):
    desk = with_canary(tmp_path)
    made = desk.add_claim(
        "canary-letter.txt",
        **killed(
            "eleven were wounded", 11, 11, method="Xyl Ford", characterisations=["Zerbinetta Quarn"]
        ),
    )
    desk.run("claim", "unsure", made, "--why", "Zerbinetta Quarn was not asked again")
    desk.run("claim", "read-through", "canary-letter.txt", "--questions", "killed")
    desk.run("publish", "approve", "document:canary-letter.txt", "--why", "read")
    before = desk.document("canary-letter.txt")
    for name in ("canary-letter.txt", "canary-page.html"):
        desk.run("protect", "erase", name, "--why", "consent was withdrawn")
    # Both the letter and the page are gone; so must be what named them.
    assert left_of(desk.folder, *NAMES, "canary-page") == []
    assert left_of(desk.folder, before.removeprefix("sha256:")) == []
    desk.clean()
    assert desk.run("find", "eleven", "--json").lines == []
    assert [row["name"] for row in desk.json("status", "--documents")] == ["stays.txt"]


def test_the_log_still_proves_every_entry_after_an_erasure(tmp_path):
    desk = with_canary(tmp_path)
    with desk.open() as case:
        before = case.logbook.leaves()
    desk.run("protect", "erase", "canary-letter.txt", "--why", "consent was withdrawn")
    with desk.open() as case:
        assert case.logbook.leaves()[: len(before)] == before
    report = desk.verify().line
    assert report["problems"] == []
    assert any("erased" in note for note in report["notes"])


def test_suggesting_again_does_not_bring_an_erased_document_back(tmp_path):
    desk = with_canary(tmp_path)
    for name in ("canary-letter.txt", "canary-page.html"):
        desk.run("protect", "erase", name, "--why", "consent was withdrawn")
    desk.run("read")
    desk.run("suggest", "--again")
    desk.run("find", "wounded", code=None)
    desk.run("check", "--repair")
    assert left_of(desk.folder, *NAMES) == []
    desk.clean()


def test_two_documents_with_one_text_are_erased_one_by_one(tmp_path):
    desk = new_desk(tmp_path)
    page = "Zerbinetta Quarn saw it.\n"
    files = {"a.txt": page, "b.html": "<p>Zerbinetta Quarn saw it.</p>", "c.txt": page + "\n"}
    desk.run("add", write(tmp_path / "in", files))
    desk.run("read")
    desk.run("protect", "erase", "a.txt", "--why", "asked for")
    desk.clean()
    desk.run("protect", "erase", "b.html", "--why", "asked for")
    desk.clean()
    desk.run("protect", "erase", "c.txt", "--why", "asked for")
    desk.clean()
    assert left_of(desk.folder, "Zerbinetta Quarn") == []


def test_an_erased_claim_leaves_only_what_the_document_itself_says(tmp_path):
    desk = with_canary(tmp_path)
    person = {"name": "Quillon Vex", "role": "victim", "side": "victim", "strength": "named"}
    made = desk.add_claim("stays.txt", **killed("Four people", 4, 4, involvements=[person]))
    desk.run("claim", "unsure", made, "--why", "Quillon Vex may be another")
    desk.run("claim", "accept", made, "--why", "Quillon Vex it is")
    desk.run("protect", "erase", made, "--why", "asked for")
    assert left_of(desk.folder, "Quillon Vex", made) == []
    desk.clean()
    assert desk.json("claim", "list", "--document", "stays.txt", "--status", "accepted") == []


def test_everything_else_goes_on_after_an_erasure(mill):
    """Compare, publish, bundle, link and list with a claim, a person's and a source's gone."""
    ids = ids_of(mill)
    for item in (ids["ansel"], ids["source deln"], ids["knower borin"], "echo.txt"):
        mill.run("protect", "erase", item, "--why", "asked for")
        mill.clean()
        compared = mill.json("compare")[0]
        assert compared["questions"][0]["question"] == "killed"
        mill.run("link", "propose")
        mill.run("link", "list")
        mill.run("source", "list")
        mill.run("claim", "list")
        mill.run("history")
        mill.run("publish", "site", "--title", "The mill")
        mill.run("bundle")
        mill.clean()
        assert mill.run("verify", mill.folder / "out" / "bundle.zip", "--json").code == 0


def test_what_was_published_goes_with_what_is_erased(mill):
    assert (mill.folder / "out" / "site" / "index.html").exists()
    [done] = mill.json("protect", "erase", "deln.txt", "--why", "asked for")
    assert done["published_copies_removed"]
    assert not any((mill.folder / "out").iterdir())
    assert left_of(mill.folder, "seven people were killed") == []


def test_the_name_of_a_member_is_erased_and_the_key_stays(mill):
    second = mill.settings(person=SECOND).key().public
    with mill.open() as case:
        first = case.policies.person_of(second)
        named = [
            entry.commitment
            for entry in case.logbook.recorded()
            if (entry.kind, (entry.fields or {}).get("key")) == ("key.admitted/1", first)
            or (entry.kind, (entry.fields or {}).get("new")) == ("key.rotated/1", second)
        ]
    assert len(named) == 2
    for commitment in named:
        mill.run("protect", "erase", commitment, "--field", "name", "--why", "her safety")
    assert left_of(mill.folder, SECOND) == []
    mill.clean()
    assert {row["name"] for row in mill.json("key", "list")} == {FIRST, "", "Ione Tarrant"}
    mill.run("claim", "accept", ids_of(mill)["deln"], person=SECOND)
    mill.clean()


def test_the_name_of_a_file_and_from_whom_it_came_are_erased_alone(tmp_path):
    desk = with_canary(tmp_path)
    [added] = desk.json("history", "list", "--about", "canary-letter.txt")
    fields = ("--field", "name", "--field", "path", "--field", "obtained")
    desk.run("protect", "erase", added["commitment"], *fields, "--why", "safety")
    assert left_of(desk.folder, "canary-letter") == []
    desk.clean()
    desk.run("check", "--repair")
    desk.clean()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("no-such-thing",), 2),
        (("alba.txt", "--field", "name"), 2),
        (("opening",), 2),
        (("admitted", "--field", "note"), 2),
        (("admitted", "--field", "key"), 2),
        (("admitted",), 2),
    ],
)
def test_what_cannot_be_erased_is_refused_and_nothing_changes(words, code, mill):
    rows = mill.json("history", "list")
    commitments = {"opening": rows[0]["commitment"], "admitted": rows[1]["commitment"]}
    words = [commitments.get(word, word) for word in words]
    before = bytes_of(mill.folder, without=("log/lock",))
    [error] = mill.json("protect", "erase", *words, "--why", "x", code=code)
    assert set(error) == {"problem", "remedy", "exit_code"}
    assert bytes_of(mill.folder, without=("log/lock",)) == before


def test_an_erasure_by_another_copy_does_not_come_back_with_a_packet(mill_once, tmp_path):
    """Whoever still has the decision may hand it in again; it stays erased here."""
    ours, theirs = copy_of(mill_once, tmp_path / "ours"), copy_of(mill_once, tmp_path / "theirs")
    claim = ids_of(ours)["deln"]
    packet = tmp_path / "packet"
    packet.write_text(theirs.run("exchange", "export").out)
    ours.run("protect", "erase", claim, "--why", "asked for")
    [done] = ours.json("exchange", "import", packet)
    assert done["appended"] == 0
    assert claim not in {row["claim_id"] for row in ours.json("claim", "list", "--everyone")}
    ours.clean()
