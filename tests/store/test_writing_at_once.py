"""Several commands on one case take turns, or say plainly that they could not."""

import json
import sys
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from filelock import FileLock

from affiant.audit import verify_case
from affiant.errors import CaseBusyError, PersonNeededError
from affiant.log.keys import load_key, new_key
from affiant.store import Surroundings, open_case
from flows.desk import FIRST, SECOND, Desk, new_desk
from flows.mill import ids_of, killed

PROCESSES, RECORDS = 8, 30
_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload(["affiant.store"])


def _record(folder: str, configuration: str, key: str, number: int) -> None:
    """Be one of several processes that write to a case."""
    surroundings = Surroundings(configuration=Path(configuration))
    signer = load_key(Path(key))
    for at in range(RECORDS):
        with (
            open_case(Path(folder), surroundings=surroundings) as case,
            case.writing(signer) as pen,
        ):
            pen.record("judgement.made/1", body=judgement(f"{number}-{at}"))
    sys.exit(0)


def judgement(name: str) -> dict[str, str]:
    return {"left": f"left {name}", "right": f"right {name}", "verdict": "same", "why": ""}


def test_eight_processes_write_at_once_and_nothing_forks_or_is_lost(tmp_path):
    desk = new_desk(tmp_path)
    key = desk.settings().key_path(desk.settings().default_name())
    given = (str(desk.folder), str(desk.configuration), str(key))
    running = [_CONTEXT.Process(target=_record, args=(*given, n)) for n in range(PROCESSES)]
    for process in running:
        process.start()
    for process in running:
        process.join(120)
    assert [process.exitcode for process in running] == [0] * PROCESSES
    with desk.open() as case:
        made = {left for left, *_ in case.incidents.judgements()}
        assert made == {f"left {n}-{at}" for n in range(PROCESSES) for at in range(RECORDS)}
        assert case.logbook.state()[1].size == 2 + PROCESSES * RECORDS
    desk.clean()


def test_a_busy_case_is_waited_for(mill):
    held = Event()

    def hold() -> None:
        with FileLock(mill.folder / "log" / "lock"):
            held.set()
            sleep(0.6)

    holder = Thread(target=hold)
    holder.start()
    held.wait()
    began = monotonic()
    mill.run("policy", "set", "reviewers_needed", "2")
    assert monotonic() - began > 0.4
    holder.join()
    mill.clean()


def test_a_case_that_stays_busy_is_given_up_with_a_clear_message(mill):
    settings = mill.settings()
    surroundings = replace(settings.surroundings, patience_s=0.2)
    with (
        FileLock(mill.folder / "log" / "lock"),
        open_case(mill.folder, surroundings=surroundings) as case,
        pytest.raises(CaseBusyError) as caught,
        case.writing(settings.key()),
    ):
        pytest.fail("it must not get here")
    assert "another command" in caught.value.problem
    assert "Wait" in caught.value.remedy
    assert caught.value.exit_code == 1
    mill.clean()


def test_reading_goes_on_while_another_writes(mill):
    settings = mill.settings()
    with mill.open() as writer, writer.writing(settings.key()) as pen:
        pen.record("judgement.made/1", body=judgement("a"))
        with mill.open() as reader:
            assert len(reader.incidents.judgements()) == 1
    with mill.open() as reader:
        assert len(reader.incidents.judgements()) == 2


def test_verifying_while_others_write_raises_no_alarm(mill):
    """A reader sees one state: what is written meanwhile is no fork and no rollback."""
    stop, written, key = Event(), [0], mill.settings().key()

    def write() -> None:
        with mill.open() as case:
            while not stop.is_set():
                with case.writing(key) as pen:
                    pen.record("judgement.made/1", body=judgement(str(written[0])))
                written[0] += 1

    writer = Thread(target=write)
    writer.start()
    try:
        for _ in range(8):
            with mill.open() as case:
                report = verify_case(case)
            assert report.problems == []
    finally:
        stop.set()
        writer.join()
    assert written[0] > 8
    mill.clean()


def _accept(folder: str, configuration: str, suggestion: str, person: str) -> None:
    """Be a reviewer who accepts a suggestion."""
    sys.exit(Desk(Path(folder), Path(configuration)).run("claim", "accept", suggestion,
                                                        person=person).code)  # fmt: skip


def test_two_reviewers_who_accept_one_suggestion_at_once_make_one_claim(mill):
    mill.run("suggest")
    suggestion = mill.json("claim", "list", "--status", "suggested")[0]["claim_id"]
    given = (str(mill.folder), str(mill.configuration), suggestion)
    running = [_CONTEXT.Process(target=_accept, args=(*given, name)) for name in (FIRST, SECOND)]
    for process in running:
        process.start()
    for process in running:
        process.join(60)
    assert [process.exitcode for process in running] == [0, 0]
    with mill.open() as case:
        [made] = case.claims.of_suggestion(suggestion)
        assert len(made.verdicts) == 2


def test_a_transaction_that_fails_leaves_nothing(mill):
    key = mill.settings().key()
    with mill.open() as case:
        before = case.logbook.checkpoint()
        with pytest.raises(RuntimeError, match="on purpose"), case.writing(key) as pen:
            pen.record("judgement.made/1", body=judgement("a"))
            raise RuntimeError("on purpose")
        assert case.logbook.checkpoint() == before
        with case.writing(key) as pen:
            pen.record("judgement.made/1", body=judgement("b"))
    mill.clean()


def test_a_stranger_s_key_is_refused(mill):
    refused = pytest.raises(PersonNeededError, match="not admitted")
    with mill.open() as case, refused, case.writing(new_key()):
        pytest.fail("it must not get here")


def test_a_rehearsal_keeps_nothing(mill):
    settings = mill.settings()
    surroundings = replace(settings.surroundings, rehearsal=True)
    with open_case(mill.folder, surroundings=surroundings) as case:
        before = case.logbook.checkpoint()
        with case.writing(settings.key()) as pen:
            pen.record("judgement.made/1", body=judgement("a"))
        assert case.logbook.checkpoint() == before
        assert len(case.incidents.judgements()) == 1
    mill.clean()


def test_an_open_case_with_nothing_to_record_signs_nothing(mill):
    with mill.open() as case:
        before = case.logbook.checkpoint()
        with case.writing(mill.settings().key()) as pen:
            assert not pen.wrote
        assert case.logbook.checkpoint() == before


def test_the_same_words_twice_are_two_entries(mill):
    """A commitment occurs once in a case: the salt is random."""
    claim = ids_of(mill)["deln"]
    for _ in range(2):
        mill.run("claim", "unsure", claim, "--why", "the same")
    twice = killed("seven people", 7, 7)
    assert mill.add_claim("deln.txt", **twice) != mill.add_claim("deln.txt", **twice)
    rows = [json.dumps(row) for row in mill.json("history", "list")]
    assert len(rows) == len(set(rows))
    mill.clean()
