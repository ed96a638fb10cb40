"""What a named person wrote down: a text of its own, whose times and pages quotes carry."""

import io
import json
import wave

import pytest

from affiant.audit import verify_case
from affiant.store.objects import digest_of
from drawn import pdf_with
from flows.desk import SECOND, Desk, new_desk, write
from flows.mill import killed

CALL = """1
00:00:01,000 --> 00:00:02,500
Hello.

2
00:01:12,000 --> 00:01:14,000
Three men were killed in Velmar

3
00:01:14,000 --> 00:01:16,250
on 2 May 2031.
"""
WORDS = "Hello.\nThree men were killed in Velmar\non 2 May 2031."
BY = ("--person", "Mira Sol", "--why", "Heard twice; the name of the place is unsure.")


def sound():
    target = io.BytesIO()
    with wave.open(target, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(8000)
        written.writeframes(bytes(16_000))
    return target.getvalue()


@pytest.fixture
def desk(tmp_path) -> Desk:
    desk = new_desk(tmp_path)
    files = {"call.wav": sound(), "report.pdf": pdf_with([[b"Page one"], [b"Four men wer killed"]])}
    desk.run("add", write(tmp_path / "in", files))
    desk.run("read")
    write(tmp_path / "typed", {"call.srt": CALL, "report.txt": "Page one\fFour men were killed"})
    return desk


def transcribe(desk, tmp_path, document, file, *words, code=0):
    return desk.json("transcribe", document, tmp_path / "typed" / file, *BY, *words, code=code)


def texts_of(desk, name):
    [row] = [row for row in desk.json("status", "--documents") if row["name"] == name]
    return row["texts"]


def test_sound_is_kept_and_said_to_need_a_person(desk):
    [row] = [row for row in desk.json("status")[0]["unread"] if row["name"] == "call.wav"]
    assert row["code"] == "sound_or_film"


def test_what_a_recording_says_of_itself_is_kept_as_facts(desk, ffprobe):
    with desk.open() as case:
        facts = case.derived.facts(desk.document("call.wav"))
    assert facts["duration_ms"] == "1000"


def test_a_transcription_is_a_text_with_times_by_a_named_person(desk, tmp_path):
    [made] = transcribe(desk, tmp_path, "call.wav", "call.srt", "--language", "en")
    assert made["text_digest"] == digest_of(WORDS.encode())
    [text] = texts_of(desk, "call.wav")
    assert (text["person"], text["tool"], text["corrects"]) == ("Mira Sol", "person", None)
    assert "call.wav" not in [row["name"] for row in desk.json("status")[0]["unread"]]
    assert desk.json("status")[0]["transcribed"] == 1
    [entry] = [row for row in desk.json("history", "list") if row["kind"] == "text.transcribed/1"]
    assert entry["by"] == "Ada Corvin"  # who recorded it signs; who wrote it down is in the body
    with desk.open() as case:
        fields = case.logbook.at(entry["position"]).fields()
    assert (fields["person"], fields["language"], fields["why"]) == ("Mira Sol", "en", BY[3])
    assert fields["regions"][1] == {"start": 7, "end": 38, "from_ms": 72_000, "to_ms": 74_000}
    desk.clean()


def test_a_claim_from_a_recording_carries_its_span_of_time(desk, tmp_path):
    transcribe(desk, tmp_path, "call.wav", "call.srt")
    desk.run("suggest")
    [suggested] = desk.json("claim", "list", "--document", "call.wav")
    desk.run("claim", "accept", suggested["claim_id"])
    [accepted] = desk.json("claim", "list", "--document", "call.wav")
    act = next(quote for quote in accepted["quotes"] if quote["slot"] == "act")
    assert act["region"] == [{"from_ms": 72_000, "to_ms": 74_000}]
    both = desk.add_claim("call.wav", **killed("killed in Velmar\non 2 May", 3, 3, counts=[]))
    [row] = [row for row in desk.json("claim", "list") if row["claim_id"] == both]
    assert row["quotes"][0]["region"] == [
        {"from_ms": 72_000, "to_ms": 74_000},
        {"from_ms": 74_000, "to_ms": 76_250},
    ]
    edited = desk.json("claim", "edit", both, "--set", 'act="mass_killing"')[0]["claim_id"]
    [row] = [row for row in desk.json("claim", "list") if row["claim_id"] == edited]
    assert len(row["quotes"][0]["region"]) == 2
    desk.clean()


def test_a_correction_stands_beside_what_it_corrects(desk, tmp_path):
    first = desk.add_claim("report.pdf", **killed("Four men wer killed", 4, 4, counts=[]))
    [layer] = texts_of(desk, "report.pdf")
    bare = layer["text_digest"].removeprefix("sha256:")
    transcribe(desk, tmp_path, "report.pdf", "report.txt", "--corrects", bare[:12])
    before, after = texts_of(desk, "report.pdf")
    assert before == layer
    assert (after["corrects"], after["person"]) == (layer["text_digest"], "Mira Sol")
    second = desk.add_claim("report.pdf", **killed("Four men were killed", 4, 4, counts=[]))
    rows = {row["claim_id"]: row["quotes"][0] for row in desk.json("claim", "list")}
    assert rows[first]["exact"] == "Four men wer killed"
    assert rows[second]["exact"] == "Four men were killed"
    assert rows[first]["region"] == rows[second]["region"] == [{"page": 2}]
    desk.clean()


@pytest.mark.parametrize("wrong", ["00", "sha256:" + "0" * 64, "abcdef"])
def test_a_text_of_no_document_is_not_corrected(desk, tmp_path, wrong):
    transcribe(desk, tmp_path, "report.pdf", "report.txt", "--corrects", wrong, code=2)
    assert len(texts_of(desk, "report.pdf")) == 1


def test_a_person_and_a_reason_are_asked_for(desk, tmp_path):
    file = tmp_path / "typed" / "report.txt"
    for words in (("--person", "Mira Sol"), ("--why", "x"), ("--person", " ", "--why", "x")):
        desk.run("transcribe", "report.pdf", file, *words, code=2)
    desk.run("transcribe", "report.pdf", file, *BY, "--language", "Persian!", code=2)
    assert len(texts_of(desk, "report.pdf")) == 1


def test_a_dry_run_keeps_nothing(desk, tmp_path):
    kept = sorted((desk.folder / "texts").rglob("*"))
    transcribe(desk, tmp_path, "call.wav", "call.srt", "--dry-run")
    assert texts_of(desk, "call.wav") == []
    assert sorted((desk.folder / "texts").rglob("*")) == kept
    desk.clean()


def test_the_name_of_who_wrote_it_down_can_be_erased(desk, tmp_path):
    transcribe(desk, tmp_path, "call.wav", "call.srt")
    [entry] = [row for row in desk.json("history", "list") if row["kind"] == "text.transcribed/1"]
    words = ("--field", "person", "--why", "asked for")
    desk.run("protect", "erase", entry["commitment"], *words)
    [text] = texts_of(desk, "call.wav")
    assert not text["person"]
    files = [path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()]
    assert not any(b"Mira Sol" in data for data in files)
    desk.clean()


@pytest.mark.parametrize(
    "forged",
    [
        [{"from_ms": 71_000, "to_ms": 74_000}],
        [{"page": 1}],
        [{"from_ms": 72_000, "to_ms": 74_000}, {"from_ms": 74_000, "to_ms": 76_250}],
    ],
)
def test_a_quote_that_says_another_place_than_its_text_is_found(desk, tmp_path, forged):
    transcribe(desk, tmp_path, "call.wav", "call.srt")
    made = desk.add_claim("call.wav", **killed("Three men were killed", 3, 3, counts=[]))
    with desk.open() as case:
        [row] = [row for row in case.claims.all() if row.claim_id == made]
        fields = case.logbook.at(row.position).fields()
        fields["claim_id"] = "ab" * 16
        fields["quotes"][0]["region"] = forged
        with case.writing(desk.settings().key()) as pen:
            pen.record("claim.accepted/1", body=fields)
        report = verify_case(case)
    [problem] = report.problems
    assert (problem.item, problem.kind) == (f"claim {'ab' * 16}", "anchor")


def test_a_quote_that_was_handed_in_with_a_place_gets_that_of_the_text(desk, tmp_path):
    transcribe(desk, tmp_path, "call.wav", "call.srt")
    fields = killed("Three men were killed", 3, 3, counts=[])
    fields["quotes"][0]["region"] = [{"page": 9}]
    made = desk.add_claim("call.wav", **fields)
    [row] = [row for row in desk.json("claim", "list") if row["claim_id"] == made]
    assert row["quotes"][0]["region"] == [{"from_ms": 72_000, "to_ms": 74_000}]
    desk.clean()


def test_another_persons_copy_takes_decisions_on_a_recording_in(desk, tmp_path):
    transcribe(desk, tmp_path, "call.wav", "call.srt")
    desk.run("suggest")
    [suggested] = desk.json("claim", "list", "--document", "call.wav")
    desk.run("claim", "accept", suggested["claim_id"])
    desk.run("key", "make", person=SECOND)
    packet = tmp_path / "packet.jsonl"
    packet.write_text(desk.run("exchange", "export").out, encoding="utf-8")
    bodies = [json.loads(line)["body"] for line in packet.read_text("utf-8").splitlines()]
    assert any('"region":[{"from_ms":72000' in body for body in bodies)
    [taken] = desk.json("exchange", "import", packet)
    assert (taken["appended"], taken["reported"]) == (0, 0)
    desk.clean()


def test_a_published_passage_says_when_it_was_said(desk, tmp_path):
    transcribe(desk, tmp_path, "call.wav", "call.srt", "--language", "en")
    words = killed("Three men were killed in Velmar", 3, 3)
    made = desk.add_claim("call.wav", **words)
    page = desk.add_claim("report.pdf", **killed("Four men wer killed", 4, 4))
    [incident] = desk.json(
        "link", "incident", "Velmar, 2 May 2031", made, page, "--why", "same place"
    )
    for item in (f"incident:{incident['incident_id']}", "document:call.wav", "document:report.pdf"):
        desk.run("publish", "approve", item, "--why", "read")
    desk.run("publish", "site")
    pages = list((desk.folder / "out" / "site" / "incident").glob("*.html"))
    text = "".join(path.read_text(encoding="utf-8") for path in pages)
    assert "at 00:01:12 · for" in text
    assert "page 2 · for" in text
    desk.clean()
