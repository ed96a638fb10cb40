"""Three programs that share no code compute the same numbers from any entries whatever."""

import sys
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from affiant.corroborate.ranges import numbers_of
from affiant.corroborate.state import load_state
from affiant.publish.disclosure import needed_for
from affiant.store.claims import ClaimStore
from affiant.store.database import open_scratch
from affiant.store.projection import project
from affiant.store.recorded import Recorded
from second_reader import reader
from tamper.small_case import claim_in, counted, speaker

SPEC = spec_from_file_location(
    "standalone_for_numbers",
    Path(__file__).resolve().parents[2] / "src/affiant/publish/standalone/verify.py",
)
alone = module_from_spec(SPEC)
sys.modules[SPEC.name] = alone
SPEC.loader.exec_module(alone)

DOCUMENTS = [f"sha256:{number:064x}" for number in range(5)]
CLAIMS = [f"{number:032x}" for number in range(6)]
KNOWERS = [f"k{number}" for number in range(5)]
SOURCES = ["s0", "s1", "s2"]
INCIDENTS = ["i0", "i1"]
ACTORS = ["a" * 64, "b" * 64]
NAMES = ["Halden", " HALDEN ", "Ministry", "A driver", "", None, "Stra\u00dfe", "STRASSE"]

some = st.sampled_from
bound = st.none() | st.integers(0, 5)


@st.composite
def counts(draw):
    low, high = draw(bound), draw(bound)
    if low is not None and high is not None and low > high:
        low, high = high, low
    of = draw(some(["killed", "killed", "wounded", "other"]))
    return counted(of, low, high, scope=draw(some(["event", "event", "event", "aggregate"])))


@st.composite
def decisions(draw, *, claim_id=None, verdicts=("accepted", "rejected", "unsure")):
    """A decision; it carries the claim, which counts only where it is the first."""
    document = draw(some(DOCUMENTS))
    stances = ["asserts", "asserts", "reports", "denies"]
    fields = claim_in(
        (document, document, "words"),
        "words",
        speakers=[
            speaker(draw(some(NAMES)), stance=draw(some(stances)))
            for _ in range(draw(st.integers(1, 2)))
        ],
        modality=draw(some(["actual", "actual", "actual", "presupposed", "possible"])),
        counts=draw(st.lists(counts(), min_size=draw(some([0, 1, 1])), max_size=2)),
    )
    claim_id = claim_id or draw(some(CLAIMS))
    fields["suggestion"] = draw(some([None, None, "s0"]))
    if fields["suggestion"]:  # what two people decide on apart from each other is mostly alike
        alike = {"modality": "actual", "counts": [counted("killed", draw(some([2, 3])), 4)]}
        document = DOCUMENTS[0]
        same = claim_in((document, document, "words"), "words", speakers=[speaker(None)], **alike)
        fields = {**same, "suggestion": "s0"}
    return f"claim.{draw(some(verdicts))}/1", {"claim_id": claim_id, "why": None, **fields}


def acts() -> st.SearchStrategy:
    """Any entry that bears on numbers."""
    texts = {"why": st.just("")}
    several = st.lists(some(CLAIMS), min_size=1, max_size=4)
    fixed = {
        "policy.set/1": {
            "name": st.just("reviewers_needed"),
            "value": some(["1", "1", "2"]),
        },
        "source.declared/1": {
            "source_id": some(SOURCES),
            "name": some(["Halden", "Order"]),
            "kind": st.just("outlet"),
            "interests": st.just(""),
            "reliability": st.none(),
            "speaks_as": st.lists(some([name for name in NAMES if name]), max_size=2),
        },
        "document.attributed/1": {
            "document": some(DOCUMENTS),
            "source_id": some(SOURCES),
            **dict.fromkeys(("author", "publisher", "published", "language"), st.none()),
            "generation": st.just("original"),
        },
        "edge.declared/1": {
            "document": some(DOCUMENTS),
            "of": some(DOCUMENTS),
            "kind": some(
                ["repeats", "translates", "strengthens", "weakens", "corrects", "retracts"]
            ),
            **texts,
        },
        "dependence.declared/1": {
            "left": some(KNOWERS),
            "right": some(KNOWERS),
            "verdict": some(["dependent", "shown_independent", "not_known"]),
            **texts,
        },
        "knower.assigned/1": {
            "claim_ids": several,
            "knower_id": some([*KNOWERS, *KNOWERS, None]),
            **texts,
        },
        "incident.opened/1": {
            "incident_id": some(INCIDENTS),
            "label": some(["here", "there"]),
            **texts,
        },
        "incident.joined/1": {"incident_id": some(INCIDENTS), "claim_ids": several, **texts},
        "incident.left/1": {"incident_id": some(INCIDENTS), "claim_ids": several, **texts},
        "claim.withdrawn/1": {"claim_id": some(CLAIMS), **texts},
        "claim.settled/1": {
            "claim_id": some(CLAIMS),
            "verdict": some(["accepted", "rejected", "unsure"]),
            **texts,
        },
        "claim.superseded/1": {"claim_id": some(CLAIMS), "by": some(CLAIMS), **texts},
        "decision.undone/1": {"commitment": st.integers(0, 40).map(str), **texts},
    }
    others = [
        st.tuples(st.just(kind), st.fixed_dictionaries(fields)) for kind, fields in fixed.items()
    ]
    return st.tuples(st.one_of(decisions(), *others), some(ACTORS))


@st.composite
def histories(draw):
    """Claims accepted, joined and mostly known to somebody; then anything at all."""
    entries = [
        (draw(decisions(claim_id=claim_id, verdicts=["accepted"])), ACTORS[0])
        for claim_id in CLAIMS
    ]
    for claim_id in CLAIMS[: draw(st.integers(0, len(CLAIMS)))]:
        knower = {"claim_ids": [claim_id], "knower_id": draw(some(KNOWERS)), "why": ""}
        entries.append((("knower.assigned/1", knower), ACTORS[0]))
    return [*entries, *ALWAYS, *draw(st.lists(acts(), max_size=25))]


ALWAYS = [
    (("incident.opened/1", {"incident_id": "i0", "label": "here", "why": ""}), ACTORS[0]),
    (("incident.joined/1", {"incident_id": "i0", "claim_ids": CLAIMS, "why": ""}), ACTORS[0]),
]


def recorded_as(entries) -> list[Recorded]:
    """Return the entries as the store sees them; the commitment is the position."""
    return marked(
        [
            Recorded(
                position=number,
                kind=kind,
                actor=actor,
                at="2031-03-14T21:00:00Z",
                commitment=str(number),
                fields=body,
            )
            for number, ((kind, body), actor) in enumerate(entries)
        ]
    )


def marked(recorded: list[Recorded]) -> list[Recorded]:
    """Return the entries, those marked that these entries take back."""
    undone: set[str] = set()
    for entry in reversed(recorded):
        if entry.kind == "decision.undone/1" and entry.commitment not in undone:
            undone.add(entry.fields["commitment"])
    return [replace(entry, undone=entry.commitment in undone) for entry in recorded]


def replayed(recorded) -> tuple[list, dict[str, str]]:
    """Return numbers and standing as the product's replay gives them."""
    db = open_scratch()
    for entry in recorded:
        project(db, entry=entry)
    numbers = [number.plain() for number in numbers_of(load_state(db))]
    standing = {row.claim_id: row.status for row in ClaimStore(db).all()}
    db.close()
    return numbers, standing


def by_the_verifier(recorded) -> tuple[list, dict[str, str]]:
    """Return the same from the stand-alone verifier's rules."""
    entries = []
    for number, ((kind, body), actor) in enumerate(recorded):
        entry = alone.Entry(number)
        entry.kind, entry.body, entry.state = kind, body, "whole"
        entry.header = {"commitment": str(number), "actor": actor, "at": "", "kind": kind}
        entries.append(entry)
    report = alone.Report()
    state = alone.State(entries, report=report)
    assert report.problems == []
    found = [
        alone.number(state, incident_id=incident_id, question=question)
        for incident_id in sorted(state.of["incident"])
        for question in alone.QUESTIONS
    ]
    standing = {claim_id: state.status(claim_id) for claim_id in state.of["claim"]}
    return [number for number in found if number], standing


def by_the_second_reader(recorded) -> tuple[list, dict[str, str]]:
    """Return the same from the reader that was written after the page."""
    standing = reader.replay(
        [
            reader.Act(number, kind, actor, str(number), (0, ""), b"", body, "whole")
            for number, ((kind, body), actor) in enumerate(recorded)
        ]
    )
    found = {claim_id: standing.status(claim_id) for claim_id in standing.claims}
    return reader.numbers(standing), found


@settings(max_examples=300)
@given(entries=histories())
def test_all_three_agree_on_every_number_and_every_standing(entries):
    numbers, standing = replayed(recorded_as(entries))
    assert by_the_verifier(entries) == (numbers, standing)
    assert by_the_second_reader(entries) == (numbers, standing)


@settings(max_examples=300)
@given(entries=histories(), chosen=some([["i0"], ["i1"], ["i0", "i1"]]))
def test_what_a_bundle_of_chosen_incidents_shows_gives_their_numbers(entries, chosen):
    recorded = recorded_as(entries)
    numbers, standing = replayed(recorded)
    shown = needed_for(recorded, incidents=chosen)
    left, left_standing = replayed(marked([entry for entry in recorded if entry.position in shown]))
    assert left == [number for number in numbers if number["incident_id"] in chosen]
    assert left_standing.items() <= standing.items()
