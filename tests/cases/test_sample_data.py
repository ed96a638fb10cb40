"""The sample case is whole: what it refers to exists, and its words stand where it says."""

import email
import importlib.util
import json
from collections.abc import Iterator
from email import policy
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, get_args

import docx
import pypdfium2
import pytest

from affiant.model import vocabulary
from affiant.model.claim import decode_claim
from affiant.model.when import span_of

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "src" / "affiant" / "cli" / "sample"
DOCUMENTS = SAMPLE / "documents"
PLAN: dict[str, Any] = json.loads((SAMPLE / "plan.json").read_text("utf-8"))
KEY: dict[str, Any] = json.loads(Path(__file__).with_name("qarsan_key.json").read_text("utf-8"))

CLAIMS = {claim["key"]: claim for claim in PLAN["claims"]}
SOURCES = {source["key"] for source in PLAN["sources"]}
KNOWERS = {knower["key"] for knower in PLAN["knowers"]}
INCIDENTS = {incident["key"] for incident in PLAN["incidents"]}
PERSONS = {person["key"] for person in PLAN["persons"]}
QUESTIONS = set(get_args(vocabulary.Question))
COUNTED = set(get_args(vocabulary.CountOf))


def document_key(document: dict[str, Any]) -> str:
    member = document["member"]
    return document["file"] + (f"!{member}" if member else "")


FILES = {document_key(document) for document in PLAN["documents"]}


def judged() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for incident, body in KEY["incidents"].items():
        for question, answer in body["questions"].items():
            yield incident, question, answer


def decoded(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields with quotes in the shape that a claim has."""
    quotes = [
        {
            "slot": quote["slot"],
            "exact": quote["exact"],
            "start": 0,
            "end": len(quote["exact"]),
            "text_digest": "sha256:" + "0" * 64,
        }
        for quote in fields["quotes"]
    ]
    return {**fields, "quotes": quotes}


def stands(claim: dict[str, Any]) -> bool:
    accepting = {d["reviewer"] for d in claim["decisions"] if d["verdict"] == "accepted"}
    return len(accepting) >= KEY["policy"] and len(accepting) == len(claim["decisions"])


def test_every_file_is_planned_and_every_planned_file_is_there():
    on_disk = {path.name for path in DOCUMENTS.iterdir()}
    assert on_disk == {document["file"] for document in PLAN["documents"]}
    assert len(on_disk) >= 16


def test_the_sample_has_every_format_and_every_language():
    suffixes = {path.suffix for path in DOCUMENTS.iterdir()}
    assert suffixes == {".txt", ".html", ".pdf", ".docx", ".eml", ".csv"}
    assert {document["language"] for document in PLAN["documents"]} == {"en", "fa", "ar"}


def test_keys_are_used_once():
    for nouns in ("claims", "sources", "knowers", "incidents", "persons"):
        keys = [noun["key"] for noun in PLAN[nouns]]
        assert len(keys) == len(set(keys)), nouns


def test_a_name_is_quoted_for_one_source_only():
    names = [name for source in PLAN["sources"] for name in source["speaks_as"]]
    assert len(names) == len(set(names))


def test_documents_and_sources_use_the_closed_lists():
    for document in PLAN["documents"]:
        assert document["source"] in SOURCES
        assert document["generation"] in get_args(vocabulary.Generation)
        assert span_of(document["published"]).first is not None
    for source in PLAN["sources"]:
        assert source["kind"] in get_args(vocabulary.SourceKind)
        assert source["reliability"] in {None, *"ABCDEF"}
        assert source["interests"].startswith(("victim side", "accused side", "none"))


def test_knowers_edges_and_dependences_use_the_closed_lists():
    assert {knower["basis"] for knower in PLAN["knowers"]} <= set(get_args(vocabulary.Basis))
    for edge in PLAN["edges"]:
        assert {edge["document"], edge["of"]} <= FILES
        assert edge["kind"] in get_args(vocabulary.EdgeKind)
    for pair in PLAN["dependences"]:
        assert {pair["left"], pair["right"]} <= KNOWERS
        assert pair["verdict"] in get_args(vocabulary.Dependence)


@pytest.mark.parametrize("key", CLAIMS)
def test_a_planned_claim_is_a_claim(key: str):
    claim = CLAIMS[key]
    assert claim["document"] in FILES
    assert claim["by"] in {"suggestion", "hand"}
    assert claim["knower"] in {None, *KNOWERS}
    assert claim["incident"] in {None, *INCIDENTS}
    value = decode_claim(decoded(claim["fields"]))
    if value.when is not None and value.when.edtf is not None:
        assert span_of(value.when.edtf).first is not None


@cache
def words_of(document: str) -> str:
    """Return what a document says, by the plainest way its format has."""
    name, _, member = document.partition("!")
    path = DOCUMENTS / name
    if path.suffix == ".pdf":
        return "\n".join(
            page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)
        )
    if path.suffix == ".docx":
        opened = docx.Document(str(path))
        cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])
    if path.suffix == ".eml":
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        body = message.get_body()
        attached = {part.get_filename(): part for part in message.iter_attachments()}
        return (attached[member] if member else body).get_payload(decode=True).decode("utf-8")
    return path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("key", CLAIMS)
def test_a_quote_stands_in_its_document(key: str):
    claim = CLAIMS[key]
    text = words_of(claim["document"])
    plain = claim["document"].endswith((".txt", ".csv"))
    for quote in claim["fields"]["quotes"]:
        found = text.count(quote["exact"])
        assert found > quote["nth"] if plain else (found, quote["nth"]) == (1, 0), quote


@pytest.mark.parametrize("key", CLAIMS)
def test_decisions_are_those_of_known_reviewers(key: str):
    decisions = CLAIMS[key]["decisions"]
    assert {d["reviewer"] for d in decisions} == set(range(len(PLAN["reviewers"])))
    for decision in decisions:
        assert decision["verdict"] in get_args(vocabulary.ClaimVerdict)
        assert decision["verdict"] == "accepted" or decision["why"]


def test_reading_persons_and_publication_refer_to_what_exists():
    for reading in PLAN["read_through"]:
        assert reading["document"] in FILES
        assert set(reading["questions"]) <= QUESTIONS
    for person in PLAN["persons"]:
        assert set(person["claims"]) <= set(CLAIMS)
        assert {note["claim"] for note in person["note"]} <= set(person["claims"])
    named = {"incident": INCIDENTS, "person": PERSONS, "document": FILES}
    for decision in PLAN["publish"]:
        kind, _, key = decision["item"].partition(":")
        assert key in named[kind]
        assert decision["verdict"] in {"publish", "withhold"}


def test_the_key_speaks_of_known_claims_and_voices_only():
    for incident, question, answer in judged():
        assert incident in INCIDENTS
        assert question in QUESTIONS
        assert set(answer["states"]) == SOURCES
        assert set(answer["states"].values()) <= set(get_args(vocabulary.CellState))
        assert set(answer["members"]) <= set(CLAIMS)
    apart = [*KEY["not_standing"], *chain.from_iterable(KEY["aggregates_kept_out"].values())]
    apart += [
        *chain.from_iterable(KEY["one_knower"].values()),
        *chain.from_iterable(KEY["repeating"].values()),
    ]
    assert set(apart) <= set(CLAIMS)


def test_members_stand_in_their_incident_and_carry_the_bounds_of_the_range():
    for incident, question, answer in judged():
        members = [CLAIMS[key] for key in answer["members"]]
        assert all(stands(claim) and claim["incident"] == incident for claim in members)
        if question not in COUNTED or answer["range"] is None:
            continue
        counts = [c for m in members for c in m["fields"]["counts"] if c["of"] == question]
        assert len(counts) == len(members)
        assert all(count["scope"] == "event" for count in counts)
        lows = [count["min"] for count in counts if count["min"] is not None]
        highs = [count["max"] for count in counts if count["max"] is not None]
        assert answer["range"] == {"min": min(lows), "max": max(highs)}


def test_every_state_occurs_and_the_sets_kept_apart_are_no_members():
    states = {state for _, _, answer in judged() for state in answer["states"].values()}
    assert states == set(get_args(vocabulary.CellState))
    members = {key for _, _, answer in judged() for key in answer["members"]}
    assert not members & set(KEY["not_standing"])
    assert not members & set(chain.from_iterable(KEY["aggregates_kept_out"].values()))
    assert not any(stands(CLAIMS[key]) for key in KEY["not_standing"])


def test_shown_independent_is_at_most_the_knowers_behind_the_members():
    for _, _, answer in judged():
        knowers = {CLAIMS[key]["knower"] for key in answer["members"]} - {None}
        assert 0 <= answer["shown_independent"] <= len(knowers)
        assert answer["shown_independent"] <= answer["at_most"]


def test_the_name_withheld_stands_in_no_claim_of_an_incident():
    withheld = [
        claim for person in PLAN["persons"] if not person["publish"] for claim in person["claims"]
    ]
    assert withheld
    assert all(CLAIMS[key]["incident"] is None for key in withheld)


def test_the_script_makes_the_committed_binary_documents():
    path = ROOT / "benchmarks" / "make_sample.py"
    spec = importlib.util.spec_from_file_location("make_sample", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, content in module.binary_documents().items():
        assert (DOCUMENTS / name).read_bytes() == content, name


def test_persian_is_written_with_its_own_letters_and_digits():
    for document in PLAN["documents"]:
        path = DOCUMENTS / document["file"]
        if document["language"] != "fa" or path.suffix not in {".txt", ".html"}:
            continue
        text = path.read_text("utf-8")
        assert not set(text) & set("يكى٤٥٦"), path.name
        assert "\u200c" in text
