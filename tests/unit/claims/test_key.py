"""What a careful coder would hold to be told in invented sentences, and what we propose."""

import tomllib
from pathlib import Path

import pytest

from affiant.claims import suggest

KEYS = {"en": "key.toml", "fa": "key_fa.toml", "ar": "key_ar.toml"}
KEY = [
    {"language": language, **case}
    for language, name in KEYS.items()
    for case in tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))["case"]
]
DIGEST = "sha256:" + "0" * 64


def proposed(case):
    return suggest(
        case["text"],
        text_digest=DIGEST,
        published=case.get("published"),
        language=case["language"],
    )


def bounds(count):
    if count is None:
        return "null"
    low = "" if count.min is None else count.min
    high = "" if count.max is None else count.max
    return f"{low}..{high}"


def accused(claim):
    return {party.role: party.name for party in claim.involvements if party.side == "accused"}


def others(claim):
    return {party.role: party.name for party in claim.involvements if party.side == "other"}


def holds(claim, wanted):
    """Return the names of the fields in which a claim differs from the key."""
    count = claim.counts[0] if claim.counts else None
    victim = " | ".join(party.name for party in claim.involvements if party.side == "victim")
    inferred = any(party.inferred for party in claim.involvements if party.side == "victim")
    chain = [voice.name or "-" for voice in claim.speakers]
    when = (claim.when.edtf or "null") if claim.when else "null"
    tests = {
        "act": lambda want: claim.act == want,
        "family": lambda want: claim.family == want,
        "modality": lambda want: claim.modality == want,
        "n": lambda want: bounds(count) == want,
        "of": lambda want: count is not None and count.of == want,
        "words": lambda want: count is not None and want in count.words,
        "population": lambda want: count is not None and count.population == want,
        "scope": lambda want: count is not None and count.scope == want,
        "part": lambda want: count is not None and want in [bounds(p) for p in count.breakdown],
        "victim": lambda want: want in victim,
        "victim_inferred": lambda want: inferred == want,
        "accused": lambda want: (
            set(accused(claim)) == set(want)
            and all(name in accused(claim)[role] for role, name in want.items())
        ),
        "other": lambda want: all(
            name in others(claim).get(role, "") for role, name in want.items()
        ),
        "when": lambda want: when == want,
        "where": lambda want: (
            (claim.where is None) == (want == "null")
            and (claim.where is None or want in claim.where.words)
        ),
        "place": lambda want: claim.where is not None and claim.where.name == want,
        "method": lambda want: want in (claim.method or ""),
        "denies": lambda want: want in (claim.denies or ""),
        "basis": lambda want: claim.speakers[-1].basis == want,
        "outer_basis": lambda want: claim.speakers[0].basis == want,
        "acts": lambda want: sum(quote.slot == "act" for quote in claim.quotes) == want,
        "clock": lambda want: claim.when is not None and claim.when.clock == want,
        "stance": lambda want: claim.speakers[-1].stance == want,
        "label": lambda want: want in claim.characterisations,
        "voices": lambda want: (
            len(chain) == len(want)
            and all(name in found for name, found in zip(want, chain, strict=True))
        ),
    }
    return [field for field, want in wanted.items() if not tests[field](want)]


@pytest.mark.parametrize("case", KEY, ids=[case["text"][:60] for case in KEY])
def test_every_claim_of_the_key_is_proposed_with_its_fields(case):
    found = [suggestion.claim for suggestion in proposed(case)]
    for wanted in case["claims"]:
        differences = [holds(claim, wanted) for claim in found]
        assert [] in differences, f"{wanted} differs in {differences} of {found}"


@pytest.mark.parametrize("case", KEY, ids=[case["text"][:60] for case in KEY])
def test_no_more_is_proposed_than_a_coder_would_accept(case):
    found = [suggestion.claim for suggestion in proposed(case)]
    assert len(found) <= case.get("total", len(case["claims"]) + 1), found
    for unwanted in case.get("never", []):
        assert all(holds(claim, unwanted) for claim in found)
