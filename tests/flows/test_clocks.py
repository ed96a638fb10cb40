"""Clocks years off and jumping backwards: the order is still right, contradictions are shown."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from affiant.audit import verify_case
from affiant.log.keys import SigningKey
from affiant.store import Case, create_case, open_case
from authorities import Authority, pem, record_by_hand, sent_in, stamp_by_hand
from flows.desk import FIRST, SECOND, Desk, new_desk
from tokens import token_over

NOW = datetime.now(UTC).replace(microsecond=0)
WRONG = ("2003-03-03T03:03:03Z", "2044-04-04T04:04:04Z", "2019-09-09T09:09:09Z",
         "1999-12-31T23:59:59Z", "2051-01-01T00:00:00Z")  # fmt: skip


def said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


@contextmanager
def at_clock(desk: Desk, clock: Callable[[], str]) -> Iterator[tuple[Case, SigningKey]]:
    """Open a case on a computer whose clock says something."""
    settings = desk.settings()
    around = replace(settings.surroundings, clock=clock)
    with open_case(desk.folder, surroundings=around) as case:
        yield case, settings.key()


def do(desk: Desk, *, at: str, value: str = "1") -> int:
    """Record one decision at a clock's time; return its place."""
    with at_clock(desk, lambda: at) as (case, key), case.writing(key) as pen:
        body = {"name": "reviewers_needed", "value": value}
        return pen.record("policy.set/1", body=body).position


def stamp(desk: Desk, authority: Authority, *, at: datetime, clock: str | None = None) -> int:
    """Have an authority stamp the newest checkpoint at a moment; return the entry's place."""
    with at_clock(desk, lambda: clock or said(at)) as (case, key):
        note = case.logbook.checkpoint().note.encode()
        files = {
            "checkpoint": note,
            "reply.tsr": token_over(note, authority=authority, at=at),
            "chain.pem": pem(sent_in(authority)),
            "roots.pem": authority.roots,
        }
        record_by_hand(case, files=files, key=key, authority=authority)
        return case.logbook.checkpoint().head.size - 1


def contradictions(desk: Desk) -> list[str]:
    """Verify on a computer whose clock is right; nothing may be a problem."""
    with at_clock(desk, lambda: said(datetime.now(UTC))) as (case, _):
        report = verify_case(case)
    assert report.problems == []
    return [text for text in report.notes if text.startswith("contradiction: ")]


@pytest.fixture
def desk(tmp_path) -> Desk:
    """A case that was started at NOW, however long the tests before took."""
    made = Desk(tmp_path / "mill", tmp_path / "configuration")
    settings = made.settings(person=FIRST)
    key, _ = settings.make_key(FIRST)
    around = replace(settings.surroundings, clock=lambda: said(NOW))
    create_case(made.folder, name="mill", key=key, person=FIRST, surroundings=around).close()
    return made


def test_a_clock_years_off_and_jumping_back_changes_no_order_and_is_shown(desk, authorities):
    places = [do(desk, at=at, value=str(1 + number % 2)) for number, at in enumerate(WRONG)]
    first = stamp(desk, authorities.north, at=NOW - timedelta(hours=1))
    after = [do(desk, at=at, value=str(1 + number % 2)) for number, at in enumerate(WRONG)]
    assert [*places, first, *after] == list(range(2, 13))
    with desk.open() as case:
        assert [entry.position for entry in case.logbook.recorded()] == list(range(13))
        assert case.policies.policies()["reviewers_needed"] == "1"  # the last, not the latest
    shown = contradictions(desk)
    then = said(NOW - timedelta(hours=1))
    ahead = [text for text in shown if "a clock is ahead" in text]
    assert [text.partition("clocks ")[2].partition(" were")[0] for text in ahead] == [
        "entries 0 to 1", "entry 3", "entry 6"
    ]  # fmt: skip
    assert all(then in text and "north" in text for text in ahead)
    behind = [text for text in shown if "a clock is behind" in text]
    assert [text.partition("clocks ")[2].partition(" were")[0] for text in behind] == [
        "entry 8", "entries 10 to 11"
    ]  # fmt: skip
    backwards = [text for text in shown if "ran backwards" in text]
    assert [text.partition("from entry ")[2].split(" ")[0] for text in backwards] == [
        "1", "3", "4", "6", "7", "9", "10"
    ]  # fmt: skip


def test_clocks_that_are_right_contradict_nothing(desk, authorities):
    hour = timedelta(hours=1)
    for number in range(4):
        do(desk, at=said(NOW + number * hour), value=str(1 + number % 2))
        stamp(desk, authorities.north, at=NOW + number * hour + timedelta(seconds=2))
        do(desk, at=said(NOW + number * hour + timedelta(seconds=4)))
    with at_clock(desk, lambda: said(NOW + 9 * hour)) as (case, _):
        report = verify_case(case)
    assert not any(text.startswith("contradiction") for text in report.notes)
    assert report.problems == []


def test_a_few_minutes_are_no_contradiction_and_more_are(desk, authorities):
    do(desk, at=said(NOW + timedelta(minutes=4)))
    stamp(desk, authorities.north, at=NOW, clock=said(NOW + timedelta(minutes=4)))
    do(desk, at=said(NOW - timedelta(minutes=1)))
    assert contradictions(desk) == []
    do(desk, at=said(NOW - timedelta(minutes=6)))
    [text] = contradictions(desk)
    assert "a clock is behind" in text


def test_a_stamp_recorded_by_a_clock_behind_its_own_token_is_shown(desk, authorities):
    place = stamp(desk, authorities.north, at=NOW, clock="2001-01-01T00:00:00Z")
    behind = [text for text in contradictions(desk) if "a clock is behind" in text]
    assert len(behind) == 1
    assert f"entry {place} " in behind[0]


def test_two_authorities_that_cannot_both_be_right_are_shown(desk, authorities):
    first = stamp(desk, authorities.north, at=NOW)
    second = stamp(desk, authorities.south, at=NOW - timedelta(hours=5), clock=said(NOW))
    [text] = [each for each in contradictions(desk) if "made after it" in each]
    assert f"entry {first}" in text
    assert f"entry {second}" in text
    assert "north" in text
    assert "south" in text


def test_two_authorities_over_one_checkpoint_that_differ_are_shown(desk, authorities):
    with desk.open() as case:
        note = case.logbook.checkpoint().note.encode()
        for authority, hours in ((authorities.north, 0), (authorities.south, 3)):
            at = NOW - timedelta(hours=hours)
            files = {
                "checkpoint": note,
                "reply.tsr": token_over(note, authority=authority, at=at),
                "chain.pem": pem(sent_in(authority)),
                "roots.pem": authority.roots,
            }
            record_by_hand(case, files=files, key=desk.settings().key(), authority=authority)
    assert any("over the same checkpoint" in text for text in contradictions(desk))


def test_a_computer_whose_clock_is_behind_the_newest_token_is_told(desk, authorities):
    with desk.open() as case:
        stamp_by_hand(case, authority=authorities.south, key=desk.settings().key())
    with at_clock(desk, lambda: "2007-07-07T07:07:07Z") as (case, _):
        report = verify_case(case)
    assert any("this computer's clock says 2007-07-07" in text for text in report.notes)
    assert report.problems == []


def test_decisions_taken_over_from_another_copy_run_by_that_copys_clock(tmp_path, authorities):
    """What a second person signed elsewhere came later and claims an earlier time: no alarm."""
    desk = new_desk(tmp_path)
    key = desk.json("key", "make", person=SECOND)[0]["key"]
    desk.run("key", "admit", key, "--name", SECOND)
    copy = desk.copied(tmp_path / "copy")
    before = said(datetime.now(UTC) - timedelta(days=3))
    with at_clock(copy, lambda: before) as (case, _):
        second = copy.settings(person=SECOND).key()
        for number in range(6):  # later ones have seen more entries than the stamp's place
            with case.writing(second) as pen:
                value = str(1 + number % 2)
                pen.record("policy.set/1", body={"name": "reviewers_needed", "value": value})
    packet = tmp_path / "packet.jsonl"
    packet.write_text(copy.run("exchange", "export", person=SECOND).out)
    stamp(desk, authorities.north, at=datetime.now(UTC).replace(microsecond=0))
    assert desk.json("exchange", "import", packet)[0]["appended"] == 6
    assert contradictions(desk) == []


def test_each_range_of_entries_is_proven_by_the_earliest_token_over_it(desk, authorities):
    hour = timedelta(hours=1)
    do(desk, at=said(NOW))
    stamp(desk, authorities.north, at=NOW)  # over 0 to 2, recorded as 3
    do(desk, at=said(NOW + hour))
    stamp(desk, authorities.south, at=NOW + hour)  # over 0 to 4, recorded as 5
    do(desk, at=said(NOW + 2 * hour))
    with at_clock(desk, lambda: said(NOW + 3 * hour)) as (case, _):
        notes = verify_case(case).notes
    ranges = [text for text in notes if text.startswith("entr")]
    assert ranges == [
        f"entries 0 to 2 existed not later than {said(NOW)} (north; covered by south too)",
        f"entries 3 to 4 existed not later than {said(NOW + hour)} (south; no other authority "
        "says so)",
        "entries 5 to 6 came after the newest stamp: no token covers them",
    ]
