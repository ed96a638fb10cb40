"""The log is stamped by authorities of the user's choice: once for everything, or it is owed."""

import json
import socket
import subprocess
from functools import partial
from itertools import count
from time import sleep

import pytest

from affiant.log.openssl import openssl_program, verify_words
from affiant.preserve import query
from affiant.preserve.stamping import stamp_case
from affiant.store.authorities import named_authorities
from authorities import Answering, request_over
from flows.desk import Desk, bytes_of, new_desk, write
from flows.stamped import LETTER, folder_of, notes_of, trust
from tokens import number, sequence, tlv


@pytest.fixture
def desk(tmp_path) -> Desk:
    """A case with one letter and no stamp."""
    made = new_desk(tmp_path)
    made.run("add", write(tmp_path / "in", LETTER))
    return made


def ask(desk: Desk, *words: object, code: int = 0) -> list[dict]:
    return desk.json("stamp", *words, code=code)


def once_at(address: str, roots: object, *, name: str = "north") -> tuple[str, ...]:
    return "--authority", f"{name}={address}", "--roots", str(roots)


def size_of(desk: Desk) -> int:
    with desk.open() as case:
        return case.logbook.checkpoint().head.size


# What a stamp is


def test_two_authorities_stamp_one_checkpoint_and_it_is_verified_by_two_programs(desk, authorities):
    trust(desk, authorities.north, authorities.south)
    before = size_of(desk)
    rows = ask(desk)
    assert [(row["authority"], row["status"]) for row in rows] == [
        ("north", "stamped"),
        ("south", "stamped"),
    ]
    assert {row["size"] for row in rows} == {before}
    assert all(row["verified_by"] == ["rfc3161-client", "openssl"] for row in rows)
    assert size_of(desk) == before + 2
    done = desk.verify()
    assert (done.code, done.line["problems"], done.line["checked"]["time stamps"]) == (0, [], 2)


def test_a_stamp_is_kept_whole_and_recorded_with_every_digest(desk, authorities):
    trust(desk, authorities.north)
    note = (desk.folder / "log" / "checkpoint").read_bytes()
    [row] = ask(desk)
    folder = desk.folder / "log" / "stamps" / row["folder"]
    assert {path.name for path in folder.iterdir()} == {
        "checkpoint", "reply.tsr", "chain.pem", "roots.pem"
    }  # fmt: skip
    assert (folder / "checkpoint").read_bytes() == note
    assert (folder / "roots.pem").read_bytes() == authorities.north.roots
    with desk.open() as case:
        [stamp] = case.stamps.all()
    digests = {name: f"sha256:{digest}" for name, digest in bytes_of(folder).items()}
    assert stamp.files == digests
    assert (stamp.time, stamp.size, stamp.address) == (
        row["time"], row["size"], authorities.north.address
    )  # fmt: skip


def test_the_command_of_the_manual_confirms_a_stamp_without_us(stamped, openssl):
    for name in ("north", "south"):
        folder = folder_of(stamped, name)
        with stamped.open() as case:
            time = next(row.time for row in case.stamps.all() if row.authority == name)
        done = subprocess.run(
            [openssl, *verify_words(time)], cwd=folder, capture_output=True, check=False
        )
        assert b"Verification: OK" in done.stdout
        (folder / "checkpoint").write_bytes(b"another")
        done = subprocess.run([openssl, *verify_words(time)], cwd=folder, check=False)
        assert done.returncode != 0


def test_a_reply_with_unsorted_certificates_is_confirmed_by_openssl_and_that_is_said(
    desk, authorities
):
    trust(desk, authorities.ridge)
    [row] = ask(desk)
    assert (row["status"], row["verified_by"]) == ("stamped", ["openssl"])
    with desk.open() as case:
        assert case.stamps.all()[0].verified_by == ("openssl",)
    desk.clean()
    assert ask(desk, "--list")[0]["verified_by"] == ["openssl"]


def test_without_openssl_what_it_alone_can_read_is_not_taken_for_checked(
    desk, authorities, monkeypatch
):
    trust(desk, authorities.ridge, authorities.north)
    ask(desk)
    monkeypatch.setattr("affiant.log.openssl.shutil.which", lambda _: None)
    openssl_program.cache_clear()
    try:
        done = desk.verify()
        owed = ask(desk, "--again", code=3)
    finally:
        monkeypatch.undo()
        openssl_program.cache_clear()
    assert (done.code, done.line["problems"]) == (3, [])
    assert any("OpenSSL alone can read it" in text for text in done.line["not_checked"])
    assert any("by a second program" in text for text in done.line["not_checked"])
    assert [row["status"] for row in owed] == ["owed", "stamped"]
    assert owed[1]["verified_by"] == ["rfc3161-client"]


def test_documents_however_many_cost_one_request_an_authority(desk, authorities, tmp_path):
    trust(desk, authorities.north, authorities.south)
    many = {f"{number:04}.txt": f"Letter {number}.\n" for number in range(60)}
    desk.run("add", write(tmp_path / "many", many))
    before = [len(each.asked) for each in (authorities.north, authorities.south)]
    rows = ask(desk)
    after = [len(each.asked) for each in (authorities.north, authorities.south)]
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 1]
    assert {row["size"] for row in rows} == {size_of(desk) - 2}
    assert size_of(desk) > 60


def test_a_request_shows_a_fingerprint_and_nothing_else(desk, authorities):
    with Answering(authorities.north.reply) as server:
        ask(desk, *once_at(server.address, authorities.north.roots_path))
        [heads] = server.heads
    query_ = authorities.north.asked[-1]
    assert len(query_) < 120
    assert LETTER["letter.txt"].encode()[:8] not in query_
    assert {name.lower() for name in heads} == {
        "host", "accept-encoding", "content-length", "content-type", "accept"
    }  # fmt: skip
    assert heads["Content-Type"] == "application/timestamp-query"


# When nothing is to do, and when something is owed


def test_nothing_is_asked_where_only_stamps_were_added(stamped, authorities):
    before = len(authorities.north.asked), size_of(stamped)
    assert [row["status"] for row in ask(stamped)] == ["current", "current"]
    assert (len(authorities.north.asked), size_of(stamped)) == before
    assert [row["status"] for row in ask(stamped, "--again")] == ["stamped", "stamped"]
    stamped.run("policy", "set", "isolation", "strict")
    assert [row["status"] for row in ask(stamped)] == ["stamped", "stamped"]
    stamped.clean()


def test_a_dry_run_asks_nobody(desk, authorities):
    trust(desk, authorities.north)
    before = len(authorities.north.asked), bytes_of(desk.folder, without=("log/lock",))
    assert ask(desk, "--dry-run")[0]["status"] == "would_ask"
    assert (len(authorities.north.asked), bytes_of(desk.folder, without=("log/lock",))) == before


def unused_address() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/"


def test_one_that_is_not_there_owes_and_the_other_stamps(desk, authorities):
    trust(desk, authorities.south)
    away = unused_address()
    add = ("stamp", "authority", "add", "north", away, "--roots", authorities.north.roots_path)
    desk.run(*add)
    rows = ask(desk, code=3)
    assert [(row["authority"], row["status"]) for row in rows] == [
        ("south", "stamped"),
        ("north", "owed"),
    ]
    assert "the connection failed" in rows[1]["problem"]
    status = desk.json("status")[0]
    [owed] = status["stamps_owed"]
    assert (owed["authority"], owed["problem"]) == ("north", rows[1]["problem"])
    assert any("north owes a time stamp since" in text for text in status["warnings"])
    desk.clean()
    assert [row["status"] for row in ask(desk, code=3)] == ["current", "owed"]
    assert desk.json("status")[0]["stamps_owed"][0]["since"] == owed["since"]


def test_what_is_owed_is_fulfilled_by_a_newer_stamp_of_the_same_authority(desk, authorities):
    away = once_at(unused_address(), authorities.north.roots_path)
    assert ask(desk, *away, code=1)[0]["status"] == "owed"
    desk.run("policy", "set", "isolation", "strict")
    ask(desk, *away, code=1)
    with desk.open() as case:
        assert len(case.stamps.owed()) == 2
    trust(desk, authorities.south)
    ask(desk)
    assert len(desk.json("status")[0]["stamps_owed"]) == 2
    trust(desk, authorities.north)
    ask(desk)
    assert desk.json("status")[0]["stamps_owed"] == []


def test_an_authority_that_is_asked_no_more_owes_nothing(desk, authorities):
    ask(desk, *once_at(unused_address(), authorities.north.roots_path), code=1)
    desk.run("stamp", "authority", "remove", "north")
    assert desk.json("status")[0]["stamps_owed"] == []
    assert (
        "no authority" in desk.json("stamp", "authority", "remove", "north", code=2)[0]["problem"]
    )


def test_status_says_what_is_stamped_and_what_is_not(desk, authorities):
    assert any("no time stamp yet" in text for text in desk.json("status")[0]["warnings"])
    trust(desk, authorities.north)
    [row] = ask(desk)
    status = desk.json("status")[0]
    assert (status["stamps"], status["stamped_until"], status["stamped_at"]) == (
        1, row["size"], row["time"]
    )  # fmt: skip
    assert any("only north has stamped" in text for text in status["warnings"])
    trust(desk, authorities.south)
    ask(desk)
    desk.run("policy", "set", "isolation", "strict")
    status = desk.json("status")[0]
    assert status["not_stamped"] == 1
    assert [text for text in status["warnings"] if "stamp" in text] == [
        "1 entries were added since the newest time stamp: affiant stamp"
    ]


# Answers that are none


REJECTION = sequence(sequence(number(2), tlv(3, b"\x01\x00\x02")))  # timeNotAvailable


def send_status(status: int, **heads: str):
    def answer(handler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": "0", **heads}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()

    return lambda _: answer


def drip(handler) -> None:
    """Send a good head and then one byte a moment, for ever."""
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in count():
            handler.wfile.write(b"0")
            handler.wfile.flush()
            sleep(0.05)
    except OSError:
        return


def drip_head(handler) -> None:
    """Never finish the head."""
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for at in count():
            handler.wfile.write(f"x-{at}: y\r\n".encode())
            handler.wfile.flush()
            sleep(0.05)
    except OSError:
        return


BAD = {
    "a rejection": (lambda _: REJECTION, "the authority refused: status 2, timeNotAvailable"),
    "garbage": (lambda _: b"\x30\x82no reply at all", "not encoded as a time-stamp reply"),
    "a page": (lambda _: b"<html>log in first</html>", "not encoded as a time-stamp reply"),
    "nothing": (lambda _: b"", "the answer is empty"),
    "too much": (lambda _: bytes(query.LARGEST_REPLY + 1), "the answer is larger than"),
    "an error": (send_status(503), "HTTP status 503"),
    "a redirect": (
        send_status(302, Location="http://127.0.0.1:9/"), "HTTP status 302 (it names another"),
    "no end": (lambda _: drip, "no whole answer within"),
    "no end of the head": (lambda _: drip_head, "no whole answer within"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_an_answer_that_is_none_is_owed_with_the_reason(name, desk, authorities, monkeypatch):
    answer, problem = BAD[name]
    hasty = partial(stamp_case, ask=partial(query.send_query, patience_s=0.4))
    monkeypatch.setattr("affiant.cli.stamp.stamp_case", hasty)
    with Answering(answer) as server:
        [row] = ask(desk, *once_at(server.address, authorities.north.roots_path), code=1)
    assert row["status"] == "owed"
    assert problem in row["problem"]
    assert list((desk.folder / "log" / "stamps").iterdir()) == []
    desk.clean()


def test_a_reply_to_another_request_is_refused(desk, authorities):
    old = authorities.north.reply(request_over(b"an old request"))
    note = (desk.folder / "log" / "checkpoint").read_bytes()
    replayed = authorities.north.reply(request_over(note))
    for reply, problem in ((old, "other bytes"), (replayed, "its nonce is another")):
        with Answering(lambda _, reply=reply: reply) as server:
            [row] = ask(desk, *once_at(server.address, authorities.north.roots_path), code=1)
        assert problem in row["problem"]
    assert size_of(desk) == 3


def test_a_rogue_that_bears_the_right_names_is_refused(desk, authorities):
    words = once_at(authorities.rogue.address, authorities.north.roots_path)
    [row] = ask(desk, *words, code=1)
    assert "does not lead to a trusted root" in row["problem"]
    assert size_of(desk) == 3


# Whom to ask


def test_a_root_must_be_named_for_each_authority(desk, authorities, tmp_path):
    [error] = ask(desk, "--authority", f"north={authorities.north.address}", code=2)
    assert "trust a root" in error["remedy"]
    [error] = ask(desk, code=2)
    assert "authority add" in error["remedy"]
    leaf = authorities.north.folder / "signer.pem"
    many = tmp_path / "many.pem"
    many.write_bytes(authorities.south.roots * 21)
    for path, problem in (
        (leaf, "signs itself"),
        (many, "any of them could stamp"),
        (authorities.north.folder / "ts.cnf", "no certificate"),
        (tmp_path / "none.pem", "cannot be read"),
    ):
        [error] = ask(desk, *once_at(authorities.north.address, path), code=2)
        assert problem in error["problem"]


@pytest.mark.parametrize(
    "address", ["ftp://127.0.0.1/", "north", "http://", "http://me:secret@127.0.0.1/", "file:///x",
                "http://127.0.0.1:0/", "http://127.0.0.1:99999/", "http://a b/", "http://[x/",
                "http://127.0.0.1/#part"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_before_anything_is_sent(address, desk, authorities):
    [error] = ask(desk, *once_at(address, authorities.north.roots_path), code=2)
    assert "address" in error["problem"]
    assert "secret" not in json.dumps(error)


def test_authorities_are_added_listed_and_removed_and_other_preferences_stay(desk, authorities):
    preferences = desk.folder / "affiant.toml"
    preferences.write_text("# mine\ncolour = 'plain'  # by day\n[other]\nname = \"north\"\n")
    trust(desk, authorities.north, authorities.south)
    rows = desk.json("stamp", "authority", "list")
    assert [row["authority"] for row in rows] == ["north", "south"]
    [error] = desk.json("stamp", "authority", "add", "north", "http://x/", "--roots",
                        authorities.north.roots_path, code=2)  # fmt: skip
    assert "already" in error["problem"]
    desk.run("stamp", "authority", "remove", "north")
    text = preferences.read_text()
    assert text.startswith("# mine\ncolour = 'plain'  # by day\n[other]\nname = \"north\"\n")
    assert [name for name, _, _ in named_authorities(desk.folder)] == ["south"]
    preferences.write_text('authority = [{name = "a", address = "http://x/", roots = "r"}]\n')
    desk.run("stamp", "authority", "remove", "a", code=2)
    preferences.write_text("not = toml = at all")
    assert "TOML" in ask(desk, code=2)[0]["problem"]
    desk.clean()


def test_nothing_but_certificates_is_taken_from_a_file_of_roots(desk, authorities, tmp_path):
    mixed = tmp_path / "mixed.pem"
    key = (authorities.north.folder / "signer.key").read_bytes()
    mixed.write_bytes(key + b"notes of mine\n" + authorities.north.roots)
    ask(desk, *once_at(authorities.north.address, mixed))
    kept = (folder_of(desk, "north") / "roots.pem").read_bytes()
    assert kept == authorities.north.roots


def test_a_stranger_to_the_case_is_refused_before_anybody_is_asked(desk, authorities):
    trust(desk, authorities.north)
    desk.run("key", "make", person="Cora Nemeth")
    before = len(authorities.north.asked)
    desk.run("stamp", person="Cora Nemeth", code=4)
    assert len(authorities.north.asked) == before


# Renewal


def test_renewing_covers_the_older_stamps_by_their_digests(stamped, authorities):
    older = ask(stamped, "--list")
    assert [row["renewed_by"] for row in older] == [None, None]
    ask(stamped, "--renew")
    rows = ask(stamped, "--list")
    assert [row["renewed_by"] is not None for row in rows] == [True, True, False, False]
    with stamped.open() as case:
        newest = case.stamps.all()[-1]
        first = case.stamps.all()[0]
        recorded = case.logbook.at(first.position)
    assert newest.size > first.position
    assert all(digest in recorded.body.decode() for digest in first.files.values())
    stamped.clean()


def test_a_list_says_when_and_by_whom_and_until_when(stamped):
    rows = ask(stamped, "--list")
    assert [row["authority"] for row in rows] == ["north", "south"]
    assert all(row["expires"] > row["time"] and not row["expired"] for row in rows)
    assert all(row["verified_by"] == ["rfc3161-client", "openssl"] for row in rows)
    shown = stamped.run("stamp", "--list").out
    assert "north" in shown
    assert "south" in shown


def test_verify_says_in_words_what_is_proven_of_which_entries(stamped):
    with stamped.open() as case:
        first, second = case.stamps.all()
    [said] = [note for note in notes_of(stamped) if "existed not later than" in note]
    assert said.startswith(f"entries 0 to {first.size - 1} existed not later than {first.time}")
    assert "north" in said
    assert "south" in said
    assert first.size == second.size


def test_a_published_page_says_not_later_than_and_no_more(mill, authorities):
    trust(mill, authorities.south)
    [row] = mill.json("stamp")
    mill.run("publish", "site", "--title", "The mill")
    pages = {path.name: path.read_text() for path in (mill.folder / "out" / "site").rglob("*.html")}
    checks = [text for text in pages.values() if "What this number rests on was recorded" in text]
    assert checks
    assert all("no one outside has stamped" not in text for text in pages.values())
    assert (
        f"stamped the first {row['size']} entries not later than {row['time']}"
        in (pages["proves.html"])
    )
